"""Entities as JSON: one with what is known of it, or a page of them, the most named first."""

import sqlite3
from typing import Any

from archive.publishing.api.shapes import (
    Shape,
    columns,
    many,
    text,
    texts,
    whole,
)
from archive.publishing.functions import escape_fts
from archive.publishing.pages.links import entity as page_of
from archive.publishing.pages.rows import Row, first, select

CURSOR = r"[0-9]{1,15}\.[0-9]{1,15}"
"""Form of a cursor: articles and number of the last entity of the page before."""

_COUNTS = (
    whole("articles", "Number of articles that name it"),
    whole("outlets", "Number of outlets that name it"),
    whole("mentions", "Number of times it is named"),
    text("first_on", "Day of publication of the first article that names it", nullable=True),
    text("last_on", "Day of publication of the last", nullable=True),
)
_IS = tuple(columns("entities", "id", "name", "type", "country_code", "latitude", "longitude"))
_PAGE_ADDRESS = text("page", "Path of its page on this site")

SUMMARY = Shape(
    name="EntitySummary",
    description="An entity as lists have it.",
    fields=(*_IS, *_COUNTS, _PAGE_ADDRESS),
)
POST = Shape(
    name="Post",
    description="A post, the entity at its other end, and how often current sources say so.",
    fields=(
        *columns("roles", "role"),
        whole("entity_id", "Entity at the other end of it", nullable=True),
        text("name", "Name of that", nullable=True),
        whole("times", "Number of times it is said"),
        text("first_on", "Day of publication of the first article that says so", nullable=True),
        text("last_on", "Day of publication of the last", nullable=True),
    ),
)
COMPANION = Shape(
    name="NamedWith",
    description="An entity that is named together with it.",
    fields=(
        whole("entity_id", "Number of the entity"),
        *columns("entities", "name", "type"),
        whole("sentences", "Sentences that name both"),
        whole("paragraphs", "Paragraphs that name both"),
        whole("articles", "Articles that name both"),
    ),
)
MERGED = Shape(
    name="MergedEntity",
    description="An entity that was found to be this one; its number leads here.",
    fields=tuple(columns("entities", "id", "name")),
)
ENTITY = Shape(
    name="Entity",
    description="Somebody or something that the archive names.",
    fields=(
        *_IS,
        text("country", "Name of the country", nullable=True),
        *_COUNTS,
        texts("aliases", "Names it goes by, in the order of the alphabet; at most 500"),
        many("merged", MERGED, "Entities found to be this one; at most 500"),
        many("posts", POST, "Posts it holds, those told most often first; at most 100"),
        many("holders", POST, "Who holds posts of it, those told most often first; at most 100"),
        many("named_with", COMPANION, "Whom it is named with most; at most 100"),
        text("articles_address", "Path of the articles that name it, in this API"),
        _PAGE_ADDRESS,
    ),
)
SHAPES = (SUMMARY, POST, COMPANION, MERGED, ENTITY)

_ENTITY = """
SELECT e.*, c.name AS country, coalesce(n.articles, 0) AS articles,
  coalesce(n.outlets, 0) AS outlets, coalesce(n.mentions, 0) AS mentions, n.first_on, n.last_on
FROM entities AS e
LEFT JOIN entity_counts AS n ON n.entity_id = e.id
LEFT JOIN countries AS c ON c.code = e.country_code
WHERE e.id = ?
"""
_ALIASES = "SELECT name FROM aliases WHERE entity_id = :id ORDER BY name LIMIT 500"
_MERGED = "SELECT id, name FROM entities WHERE merged_into_id = :id ORDER BY id LIMIT 500"
# Of somebody in every article, the posts told last are counted.
_POSTS = """
SELECT r.role, other.id AS entity_id, other.name, count(*) AS times,
  min(a.published_on) AS first_on, max(a.published_on) AS last_on
FROM (SELECT * FROM roles WHERE {own} = :id ORDER BY id DESC LIMIT 10000) AS r
JOIN paragraphs AS p ON p.id = r.paragraph_id
JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN entities AS other ON other.id = r.{other}
GROUP BY r.role, other.id ORDER BY times DESC, r.role, other.id LIMIT 100
"""
_NAMED_WITH = """
SELECT e.id AS entity_id, e.name, e.type, n.sentences, n.paragraphs, n.articles
FROM (
  SELECT * FROM entity_pairs WHERE entity_id = :id
  ORDER BY sentences DESC, paragraphs DESC, other_id LIMIT 100
) AS n CROSS JOIN entities AS e ON e.id = n.other_id
ORDER BY n.sentences DESC, n.paragraphs DESC, n.other_id
"""


def merged_into(connection: sqlite3.Connection, entity_id: int) -> int | None:
    """Number of the entity that this one was merged into; None where it was not, or is none."""
    row = first(connection, "SELECT merged_into_id FROM entities WHERE id = ?", (entity_id,))
    survivor: int | None = row["merged_into_id"] if row else None
    return survivor


def entity(connection: sqlite3.Connection, entity_id: int) -> dict[str, Any] | None:
    """Gather what is known of an entity; None where there is none of this number."""
    row = first(connection, _ENTITY, (entity_id,))
    if row is None:
        return None
    posts = select(connection, _POSTS.format(own="entity_id", other="of_entity_id"), row)
    holders = select(connection, _POSTS.format(own="of_entity_id", other="entity_id"), row)
    return ENTITY.of(
        {
            **row,
            "aliases": [alias["name"] for alias in select(connection, _ALIASES, row)],
            "merged": MERGED.all_of(select(connection, _MERGED, row)),
            "posts": POST.all_of(posts),
            "holders": POST.all_of(holders),
            "named_with": COMPANION.all_of(select(connection, _NAMED_WITH, row)),
            "articles_address": f"/api/articles.json?entity={entity_id}",
            "page": page_of(entity_id),
        }
    )


# The index on the number of articles gives the order; ties are put in order by SQLite.
_LIST = """
SELECT e.*, n.articles, n.outlets, n.mentions, n.first_on, n.last_on
FROM {tables} AS n CROSS JOIN entities AS e ON e.id = n.entity_id
WHERE {condition}
ORDER BY n.articles DESC, n.entity_id LIMIT :limit
"""
_FOUND = """(
  SELECT counted.* FROM (
    SELECT DISTINCT coalesce(own.merged_into_id, own.id) AS id
    FROM entities_fts CROSS JOIN entities AS own ON own.id = entities_fts.rowid
    WHERE entities_fts MATCH :words
  ) AS found CROSS JOIN entity_counts AS counted ON counted.entity_id = found.id
)"""


def entities(
    connection: sqlite3.Connection,
    *,
    size: int,
    cursor: str | None = None,
    words: str | None = None,
    kind: str | None = None,
) -> tuple[list[Row], str | None]:
    """A page of entities that current sources name, the most named first.

    `words` all stand in a name of theirs, `kind` is their type. Returns the rows and the cursor of
    the next page, None where there is none.
    """
    values: dict[str, Any] = {"limit": size + 1, "kind": kind}
    conditions = ["1"]
    if kind is not None:
        conditions.append("e.type = :kind")
    if cursor is not None:
        articles, _, last_id = cursor.partition(".")
        values |= {"articles": int(articles), "last_id": int(last_id)}
        conditions.append(
            "n.articles <= :articles AND (n.articles < :articles OR n.entity_id > :last_id)"
        )
    if words is not None:
        values["words"] = escape_fts(words)
    tables = "entity_counts" if words is None else _FOUND
    sql = _LIST.format(tables=tables, condition=" AND ".join(conditions))
    rows = select(connection, sql, values)
    if len(rows) <= size:
        return rows, None
    last = rows[size - 1]
    return rows[:size], f"{last['articles']}.{last['id']}"


def summary(row: Row) -> dict[str, Any]:
    """A row of `entities` as its summary."""
    return SUMMARY.of({**row, "page": page_of(row["id"])})
