"""Search as JSON: what the page of results shows."""

import sqlite3
from typing import Any

from archive.publishing.api.shapes import Shape, columns, many, text, truth, whole
from archive.publishing.pages.links import article as article_page
from archive.publishing.pages.links import entity as entity_page
from archive.publishing.pages.search import search_page

PART = Shape(
    name="SnippetPart",
    description="A stretch of a passage.",
    fields=(
        text("text", "The words"),
        truth("is_match", "Whether they are what was looked for"),
    ),
)
SNIPPET = Shape(
    name="Snippet",
    description="A passage that has the words.",
    fields=(
        *columns("paragraphs", "role"),
        many("parts", PART, "The passage in stretches; ellipses tell what is left out"),
    ),
)
FOUND = Shape(
    name="FoundArticle",
    description="An article that has the words, and its best passages.",
    fields=(
        *columns("articles", "uid", "headline", "kind", "published_on", "published_precision"),
        text("outlet", "Name of the outlet that published it", nullable=True),
        many("snippets", SNIPPET, "Its best passages, at most two; none where only the headline"),
        text("page", "Path of its page on this site"),
    ),
)
NAMED = Shape(
    name="FoundEntity",
    description="An entity whose name has the words.",
    fields=(
        *columns("entities", "id", "name", "type"),
        text("country", "Country that it is, lies in or belongs to", nullable=True),
        whole("articles", "Number of articles that name it"),
        text("page", "Path of its page on this site"),
    ),
)
STATED = Shape(
    name="FoundFigure",
    description="A figure that one of the best passages states.",
    fields=(
        *columns("figures", "text", "kind", "low", "high", "modifier", "unit", "per", "counted"),
        *columns("figures", "measure", "status", "attributed_to"),
        *columns("articles", "uid", "headline", "published_on"),
        text("outlet", "Outlet of the article", nullable=True),
    ),
)
RESULT = (
    truth("is_capped", "Whether there were so many that only those stored last were ranked"),
    truth("is_any_word", "Whether nothing had all words, and these have any of them"),
    whole("page_number", "Number of this page, from 1"),
    truth("has_more", "Whether there is another page"),
    many("articles", FOUND, "Best first (bm25); 20 a page"),
    many("entities", NAMED, "The most named first; at most 12"),
    many("figures", STATED, "In the order of the passages; at most 10"),
)
SHAPES = (PART, SNIPPET, FOUND, NAMED, STATED)


def search(connection: sqlite3.Connection, text: str, number: int) -> dict[str, Any]:
    """Search for what somebody typed, whatever it is; a page beyond the last gives the last."""
    page = search_page(connection, text, number)
    return {
        "is_capped": page.is_capped,
        "is_any_word": page.is_any_word,
        "page_number": page.page,
        "has_more": page.has_more,
        "articles": [_found(found) for found in page.articles],
        "entities": [NAMED.of({**row, "page": entity_page(row["id"])}) for row in page.entities],
        "figures": STATED.all_of(page.figures),
    }


def _found(found: Any) -> dict[str, Any]:
    snippets = [
        {
            "role": snippet.role,
            "parts": [{"text": words, "is_match": match} for words, match in snippet.parts],
        }
        for snippet in found.snippets
    ]
    row = found.article
    return FOUND.of({**row, "snippets": snippets, "page": article_page(row["uid"])})
