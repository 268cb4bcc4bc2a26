"""The endpoints: path, parameters, shape of the answer, and how it is gathered."""

import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from archive.publishing.api import articles, entities, figures, searching
from archive.publishing.api.parameters import (
    DAY,
    LARGEST,
    TRUTH,
    Parameter,
    between,
    code,
    form,
    words,
)
from archive.publishing.api.problems import ProblemError
from archive.publishing.api.shapes import Field, Shape, many, one, text
from archive.publishing.pages.figures import FIELDS
from archive.vocabulary.measures import measure_rows

_Values = Mapping[str, Any]
_Gather = Callable[[sqlite3.Connection, _Values], dict[str, Any]]

_LARGEST_PAGE = 200

SNAPSHOT = Shape(
    name="Snapshot",
    description="The state of the archive that answered; it never changes.",
    fields=(
        text("name", "Its name, the UTC time it was made", nullable=True),
        text("created_at", "UTC time of the archive it holds", nullable=True),
        text("sha256", "SHA-256 of its database, hex, for citations", nullable=True),
    ),
)


class MovedError(Exception):
    """What was asked for is found at another path for good."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A path with `{parameters}`, and what it answers.

    `gather` returns the members of the answer beside `snapshot`; it raises ProblemError where
    there is none and MovedError where it stands elsewhere.
    """

    path: str
    operation: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    answer: Shape
    gather: _Gather
    may_move: bool = False

    @property
    def query(self) -> tuple[Parameter, ...]:
        """Parameters of the query string."""
        return tuple(each for each in self.parameters if each.place == "query")

    def match(self, path: str) -> dict[str, str] | None:
        """Texts of the path's parameters; None where it is another endpoint's."""
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(self.path))
        found = re.fullmatch(pattern, path)
        return found.groupdict() if found else None


def _answer(name: str, description: str, *fields: Field) -> Shape:
    return Shape(name=name, description=description, fields=(one("snapshot", SNAPSHOT), *fields))


def _next(kind: str = "string") -> tuple[Field, Field]:
    """Cursor and path of the next page."""
    return (
        Field(
            name="next",
            schema={
                "type": [kind, "null"],
                "description": "Cursor of the next page, for `after`; null on the last",
            },
        ),
        text("next_address", "Path and query of the next page; null on the last", nullable=True),
    )


def _next_of(path: str, values: _Values, cursor: str | int | None) -> dict[str, Any]:
    given = {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in values.items()
        if value is not None
    }
    address = f"{path}?{urlencode({**given, 'after': cursor})}" if cursor is not None else None
    return {"next": cursor, "next_address": address}


_ENTITY_TYPES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "LAW", "WORK")
_SIZE = Parameter(
    name="size",
    description="How many a page has at most",
    schema=between(1, _LARGEST_PAGE),
    default=50,
)
_OUTLET = Parameter(name="outlet", description="Name of the outlet, as given", schema=words(200))


def _cursor(pattern: str) -> Parameter:
    return Parameter(
        name="after",
        description="Cursor of the page, as `next` of the page before has it",
        schema=form(pattern, 40),
    )


# --------------------------------------------------------------------------------- articles


def _article(connection: sqlite3.Connection, values: _Values) -> dict[str, Any]:
    found = articles.article(connection, values["uid"])
    if found is None:
        raise ProblemError(
            404,
            f"This archive has no article with the permanent name {values['uid']}. It may be in "
            "another snapshot, or its source was taken out.",
        )
    return {"article": found}


def _articles(connection: sqlite3.Connection, values: _Values) -> dict[str, Any]:
    rows, cursor = articles.articles(
        connection,
        size=values["size"],
        cursor=values["after"],
        outlet=values["outlet"],
        entity=values["entity"],
        first_day=values["from"],
        last_day=values["to"],
    )
    return {
        "articles": [articles.summary(row) for row in rows],
        **_next_of("/api/articles.json", values, cursor),
    }


_ARTICLE = Endpoint(
    path="/api/articles/{uid}.json",
    operation="get_article",
    summary="An article with everything found in it",
    description=(
        "Text, names, figures, dates, quotes, statements and posts with their offsets in the "
        "source, and the nearest other articles. `substr(text, char_start - paragraph's "
        "char_start)` of a paragraph's text gives the words of whatever stands in it."
    ),
    parameters=(
        Parameter(
            name="uid",
            place="path",
            description="Permanent name of the article",
            schema=form(articles.UID, 16),
        ),
    ),
    answer=_answer("ArticleAnswer", "An article.", one("article", articles.ARTICLE)),
    gather=_article,
)
_ARTICLES = Endpoint(
    path="/api/articles.json",
    operation="list_articles",
    summary="Articles, the newest first",
    description=(
        "Articles of current sources by day of publication; undated ones stand last, and not at "
        "all where `from` or `to` is given."
    ),
    parameters=(
        _OUTLET,
        Parameter(
            name="entity",
            description="Number of an entity that they name",
            schema=between(1, LARGEST),
        ),
        Parameter(name="from", description="First day of publication", schema=DAY),
        Parameter(name="to", description="Last day of publication", schema=DAY),
        _SIZE,
        _cursor(articles.CURSOR),
    ),
    answer=_answer(
        "ArticlesAnswer",
        "A page of articles.",
        many("articles", articles.SUMMARY, "The newest first"),
        *_next(),
    ),
    gather=_articles,
)

# --------------------------------------------------------------------------------- entities


def _entity(connection: sqlite3.Connection, values: _Values) -> dict[str, Any]:
    survivor = entities.merged_into(connection, values["id"])
    if survivor is not None:
        raise MovedError(f"/api/entities/{survivor}.json")
    found = entities.entity(connection, values["id"])
    if found is None:
        raise ProblemError(
            404,
            f"This archive has no entity with the number {values['id']}. Numbers belong to one "
            "archive; look for a name with /api/entities.json?q=.",
        )
    return {"entity": found}


def _entities(connection: sqlite3.Connection, values: _Values) -> dict[str, Any]:
    rows, cursor = entities.entities(
        connection,
        size=values["size"],
        cursor=values["after"],
        words=values["q"],
        kind=values["type"],
    )
    return {
        "entities": [entities.summary(row) for row in rows],
        **_next_of("/api/entities.json", values, cursor),
    }


_ENTITY = Endpoint(
    path="/api/entities/{id}.json",
    operation="get_entity",
    summary="An entity with what is known of it",
    description="One that was merged into another answers 308 with the address of that one.",
    parameters=(
        Parameter(
            name="id",
            place="path",
            description="Number of the entity",
            schema=between(1, LARGEST),
        ),
    ),
    answer=_answer("EntityAnswer", "An entity.", one("entity", entities.ENTITY)),
    gather=_entity,
    may_move=True,
)
_ENTITIES = Endpoint(
    path="/api/entities.json",
    operation="list_entities",
    summary="Entities, the most named first",
    description="Entities that current sources name, by the number of articles that do.",
    parameters=(
        Parameter(
            name="q",
            description="Words that all stand in a name of theirs; `*` ends the beginning of one",
            schema=words(1_000),
        ),
        Parameter(name="type", description="Type of entity", schema=code(*_ENTITY_TYPES)),
        _SIZE,
        _cursor(entities.CURSOR),
    ),
    answer=_answer(
        "EntitiesAnswer",
        "A page of entities.",
        many("entities", entities.SUMMARY, "The most named first"),
        *_next(),
    ),
    gather=_entities,
)

# --------------------------------------------------------------------------------- figures


def _figures(connection: sqlite3.Connection, values: _Values) -> dict[str, Any]:
    filters = {name: values[name] for name in FIELDS if name != "copies" and values[name]}
    if values["copies"]:
        filters["copies"] = "1"
    shown, cursor = figures.figures(
        connection, filters, size=values["size"], after=values["after"] or 0
    )
    return {"figures": shown, **_next_of("/api/figures.json", values, cursor)}


_STATUSES = ("reported", "planned", "alleged", "denied", "hypothetical")
_FIGURES = Endpoint(
    path="/api/figures.json",
    operation="list_figures",
    summary="Figures in context, the newest first",
    description="Figures of current sources, filtered as the explorer of figures filters them.",
    parameters=(
        Parameter(
            name="measure",
            description="What happened to what is counted",
            schema=code(*sorted(name for name, _definition in measure_rows())),
        ),
        Parameter(name="kind", description="count, money, length and so on", schema=words(200)),
        Parameter(
            name="unit",
            description="Singular unit, ISO 4217 code for money, person, or the noun counted",
            schema=words(200),
        ),
        Parameter(name="status", description="How sure the text is", schema=code(*_STATUSES)),
        Parameter(name="counted", description="What is counted, in any wording", schema=words(200)),
        Parameter(name="place", description="Name of the place", schema=words(200)),
        Parameter(name="source", description="Whoever the text gives as source", schema=words(200)),
        Parameter(name="since", description="First day of publication", schema=DAY),
        Parameter(name="until", description="Last day of publication", schema=DAY),
        Parameter(
            name="copies",
            description="Whether figures in copied paragraphs are told too",
            schema=TRUTH,
            default=False,
        ),
        _SIZE,
        Parameter(
            name="after",
            description="Cursor of the page, as `next` of the page before has it",
            schema=between(0, LARGEST),
        ),
    ),
    answer=_answer(
        "FiguresAnswer",
        "A page of figures.",
        many("figures", figures.IN_CONTEXT, "The newest first, undated ones last"),
        *_next("integer"),
    ),
    gather=_figures,
)

# --------------------------------------------------------------------------------- search


def _search(connection: sqlite3.Connection, values: _Values) -> dict[str, Any]:
    return searching.search(connection, values["q"], values["page"])


_SEARCH = Endpoint(
    path="/api/search.json",
    operation="search",
    summary="Search over everything",
    description=(
        "All words must occur; words between quotation marks must follow one another, and `*` ends "
        "the beginning of a word. Whatever else is typed is safe and has no meaning. A page beyond "
        "the last gives the last."
    ),
    parameters=(
        Parameter(name="q", description="What to look for", schema=words(1_000), is_required=True),
        Parameter(
            name="page", description="Number of the page", schema=between(1, 1_000), default=1
        ),
    ),
    answer=_answer("SearchAnswer", "What was found.", *searching.RESULT),
    gather=_search,
)

ENDPOINTS = (_ARTICLES, _ARTICLE, _ENTITIES, _ENTITY, _FIGURES, _SEARCH)
"""All endpoints, in the order of the description."""

SHAPES = (
    SNAPSHOT,
    *articles.SHAPES,
    *entities.SHAPES,
    *figures.SHAPES,
    *searching.SHAPES,
    *(endpoint.answer for endpoint in ENDPOINTS),
)
"""All shapes that the endpoints' answers refer to."""
