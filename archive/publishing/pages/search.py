"""Search over everything: articles by their paragraphs, best first; names and figures beside.

Ranking costs time for every paragraph that has the words, so of a common word only the paragraphs
stored last are ranked, and the page says so. Finding them is cheap: the index gives their numbers
in order, without looking at them.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from archive.publishing.functions import escape_fts
from archive.publishing.pages.rows import Row, first, marks_for, select

CANDIDATES = 20_000
"""Paragraphs that are ranked."""

_BEST = 400
"""Paragraphs kept of those, from which pages of articles are made."""

_PAGE = 20
_SNIPPETS = 2
"""Articles of a page, and passages shown of each."""

_HEADLINE_WEIGHT = 1.6
"""How much more a word counts in a headline; it tells what the article is about."""

_MOST_WORDS = 16
"""Words of a search of which any will do."""

_LONGEST = 1_000
"""Characters of a search; the rest of a longer one is left out."""

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Characters without a meaning that bound the words found in a snippet."""

NOTHING = escape_fts("")
"""The expression that finds nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A passage: stretches of text, each with whether it is what was looked for."""

    paragraph_id: int
    role: str
    parts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that was found, and its best passages."""

    article: Row
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """All that a page of search results shows.

    `is_capped` tells that only the newest of the paragraphs with these words were ranked,
    `is_any_word` that none has all the words and those with any of them are shown.
    """

    text: str
    is_cut: bool
    articles: tuple[Found, ...]
    page: int
    has_more: bool
    is_capped: bool
    is_any_word: bool
    entities: tuple[Row, ...]
    figures: tuple[Row, ...]


def search_page(connection: sqlite3.Connection, text: str, page: int = 1) -> SearchPage:
    """Search for what somebody typed, whatever it is; an empty search finds nothing."""
    typed = text.replace("\0", " ").strip()
    words = typed[:_LONGEST]
    expression, is_any_word = escape_fts(words), False
    floor = _floor(connection, expression)
    hits = _hits(connection, expression, floor)
    if not hits and len(words.split()) > 1:
        expression, is_any_word = any_word(words), True
        floor = _floor(connection, expression)
        hits = _hits(connection, expression, floor)
    is_any_word = is_any_word and bool(hits)
    articles = _by_article(connection, hits)
    page = max(1, min(page, 1 + len(articles) // _PAGE))
    shown = articles[(page - 1) * _PAGE : page * _PAGE]
    return SearchPage(
        text=words,
        is_cut=len(typed) > _LONGEST,
        articles=tuple(_with_snippets(connection, expression, shown)),
        page=page,
        has_more=len(articles) > page * _PAGE,
        is_capped=floor > 0,
        is_any_word=is_any_word,
        entities=tuple(_entities(connection, words)),
        figures=tuple(_figures(connection, [row["id"] for row in hits])),
    )


def any_word(text: str) -> str:
    """Make an FTS5 expression of which any word will do.

    >>> any_word('iran "prime minister')
    '"iran" OR "prime" OR "minister"'
    """
    terms = [escape_fts(word.strip('"')) for word in text.split()]
    return " OR ".join([term for term in terms if term != NOTHING][:_MOST_WORDS]) or NOTHING


def _floor(connection: sqlite3.Connection, expression: str) -> int:
    """Number of the paragraph below which candidates are too many; 0 where they are not."""
    row = first(
        connection,
        "SELECT rowid AS id FROM paragraphs_fts WHERE paragraphs_fts MATCH ? "
        "ORDER BY rowid DESC LIMIT 1 OFFSET ?",
        (expression, CANDIDATES),
    )
    return int(row["id"]) if row else 0


def _hits(connection: sqlite3.Connection, expression: str, floor: int) -> list[Row]:
    """The best paragraphs, by bm25, above a number; the lower the score the better."""
    return select(
        connection,
        "SELECT rowid AS id, rank AS score FROM paragraphs_fts "
        "WHERE paragraphs_fts MATCH ? AND rowid > ? ORDER BY rank LIMIT ?",
        (expression, floor, _BEST),
    )


_PARAGRAPHS = """
SELECT p.id, p.role, p.article_id, a.uid, a.headline, a.kind, a.published_on,
  a.published_precision, o.name AS outlet
FROM paragraphs AS p
JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE p.id IN ({ids}) AND p.copy_of_id IS NULL AND p.role <> 'furniture'
"""


def _by_article(connection: sqlite3.Connection, hits: Sequence[Row]) -> list[list[Row]]:
    """Group paragraphs by article, the best article and its best paragraph first."""
    scores = {row["id"]: row["score"] for row in hits}
    rows = select(connection, _PARAGRAPHS.format(ids=marks_for(hits)), list(scores))
    groups: dict[int, list[Row]] = {}
    for row in rows:
        weight = _HEADLINE_WEIGHT if row["role"] == "headline" else 1.0
        row["score"] = weight * scores[row["id"]]
        groups.setdefault(row["article_id"], []).append(row)
    for group in groups.values():
        group.sort(key=lambda row: (row["score"], row["id"]))
    return sorted(groups.values(), key=lambda group: (group[0]["score"], group[0]["article_id"]))


def _with_snippets(
    connection: sqlite3.Connection, expression: str, groups: Sequence[list[Row]]
) -> list[Found]:
    """Cut the passages that are shown, from the index, which knows where the words stand."""
    chosen = [row for group in groups for row in _shown(group)]
    texts = {
        row["id"]: row["snippet"]
        for row in select(
            connection,
            "SELECT rowid AS id, snippet(paragraphs_fts, 0, ?, ?, ' … ', 36) AS snippet "
            f"FROM paragraphs_fts WHERE paragraphs_fts MATCH ? AND rowid IN ({marks_for(chosen)})",
            (_OPEN, _CLOSE, expression, *(row["id"] for row in chosen)),
        )
    }
    return [
        Found(
            article=group[0],
            snippets=tuple(
                Snippet(paragraph_id=row["id"], role=row["role"], parts=_parts(texts[row["id"]]))
                for row in _shown(group)
                if row["id"] in texts
            ),
        )
        for group in groups
    ]


def _shown(group: list[Row]) -> list[Row]:
    """Passages of an article that are shown: its headline is there anyway."""
    return [row for row in group if row["role"] != "headline"][:_SNIPPETS]


def _parts(snippet: str) -> tuple[tuple[str, bool], ...]:
    parts: list[tuple[str, bool]] = []
    for number, stretch in enumerate(snippet.split(_OPEN)):
        found, closed, rest = stretch.partition(_CLOSE)
        if number and closed:
            parts.append((found, True))
            parts.append((rest, False))
        else:
            parts.append((stretch, False))
    return tuple((text, is_found) for text, is_found in parts if text)


_ENTITIES = """
SELECT DISTINCT e.id, e.name, e.type, c.name AS country, n.articles
FROM (SELECT rowid FROM entities_fts WHERE entities_fts MATCH ? LIMIT 2000) AS found
CROSS JOIN entities AS own ON own.id = found.rowid
CROSS JOIN entities AS e ON e.id = coalesce(own.merged_into_id, own.id)
JOIN entity_counts AS n ON n.entity_id = e.id
LEFT JOIN countries AS c ON c.code = e.country_code
ORDER BY n.articles DESC, e.id LIMIT 12
"""
_FIGURES = """
SELECT f.id, f.text, f.kind, f.low, f.high, f.modifier, f.unit, f.per, f.counted, f.measure,
  f.status, f.attributed_to, a.uid, a.headline, a.published_on, o.name AS outlet, f.paragraph_id
FROM figures AS f
JOIN paragraphs AS p ON p.id = f.paragraph_id AND p.copy_of_id IS NULL
JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE f.paragraph_id IN ({ids}) AND (f.measure IS NOT NULL OR f.kind IN ('money', 'percentage'))
"""


def _entities(connection: sqlite3.Connection, words: str) -> list[Row]:
    """Entities whose name has the words, the most named first; those with any word where none."""
    found = select(connection, _ENTITIES, (escape_fts(words),))
    return found or select(connection, _ENTITIES, (any_word(words),))


def _figures(connection: sqlite3.Connection, paragraph_ids: list[int]) -> list[Row]:
    """Figures that the best paragraphs state, in their order."""
    best = {paragraph_id: place for place, paragraph_id in enumerate(paragraph_ids[:100])}
    rows = select(connection, _FIGURES.format(ids=marks_for(list(best))), list(best))
    return sorted(rows, key=lambda row: (best[row["paragraph_id"]], row["id"]))[:10]
