"""Articles that repeat an article or share passages with it, and the passages."""

import sqlite3
from dataclasses import dataclass

from archive.publishing.pages.rows import Row, marks_for, select

MOST_RELATED = 12
"""Related articles of a page; the query `copies_of_article` gives all."""

_MOST_SHARED = 2_000
"""Copied paragraphs looked through; lines that hundreds of articles share would fill them."""

_SHORTEST = 40
"""Characters below which a shared paragraph tells nothing of two articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another article, what this one is to it, and what they share.

    `relation` is identical, revision, contains or excerpt; None where they share passages only.
    `passages` pair the words of this article with those of the other, None where they are the same.
    """

    article: Row
    relation: str | None
    similarity: float | None
    passages: tuple[tuple[str, str | None], ...]


_PAIRS = """
SELECT other_id AS id, relation, similarity FROM article_pairs WHERE article_id = :id
UNION ALL
SELECT article_id, CASE relation WHEN 'contains' THEN 'excerpt' WHEN 'excerpt' THEN 'contains'
  ELSE relation END, similarity
FROM article_pairs WHERE other_id = :id
ORDER BY similarity DESC, id LIMIT 100
"""
_MINE = """
SELECT coalesce(copy_of_id, id) AS root, text FROM paragraphs
WHERE article_id = :id AND role NOT IN ('furniture', 'credit') AND length(text) >= :shortest
"""
# The earliest paragraphs with these words, and all that repeat them. The numbers are listed, for a
# join would have SQLite read all paragraphs into a Bloom filter first.
_SHARED = """
SELECT article_id, id AS root FROM paragraphs WHERE id IN ({roots})
UNION ALL
SELECT * FROM (
  SELECT article_id, copy_of_id FROM paragraphs WHERE copy_of_id IN ({roots}) LIMIT {most}
)
"""
_NEAR = """
SELECT theirs.article_id, mine.text AS mine, theirs.text AS theirs
FROM paragraphs AS mine
CROSS JOIN paragraph_pairs AS pair ON pair.paragraph_id = mine.id
CROSS JOIN paragraphs AS theirs ON theirs.id = pair.other_id
WHERE mine.article_id = :id AND theirs.article_id <> :id
UNION ALL
SELECT theirs.article_id, mine.text, theirs.text
FROM paragraphs AS mine
CROSS JOIN paragraph_pairs AS pair ON pair.other_id = mine.id
CROSS JOIN paragraphs AS theirs ON theirs.id = pair.paragraph_id
WHERE mine.article_id = :id AND theirs.article_id <> :id
LIMIT :most
"""


def related_articles(connection: sqlite3.Connection, article_id: int) -> list[Related]:
    """Find the articles nearest to one: by relation and similarity, then by what they share."""
    values = {"id": article_id, "shortest": _SHORTEST, "most": _MOST_SHARED}
    pairs = {row["id"]: row for row in select(connection, _PAIRS, values)}
    passages: dict[int, dict[str, str | None]] = {}
    mine = {row["root"]: row["text"] for row in select(connection, _MINE, values)}
    roots = ",".join(map(str, mine))
    for row in select(connection, _SHARED.format(roots=roots, most=_MOST_SHARED)):
        if row["article_id"] not in (article_id, None):
            passages.setdefault(row["article_id"], {})[mine[row["root"]]] = None
    for row in select(connection, _NEAR, values):
        passages.setdefault(row["article_id"], {}).setdefault(row["mine"], row["theirs"])
    nearest = sorted(
        pairs.keys() | passages.keys(),
        key=lambda other: (
            other not in pairs,
            -pairs.get(other, {}).get("similarity", 0),
            -sum(map(len, passages.get(other, ()))),
            other,
        ),
    )
    rows = _current(connection, nearest[: 4 * MOST_RELATED])
    return [
        Related(
            article=rows[other],
            relation=pairs.get(other, {}).get("relation"),
            similarity=pairs.get(other, {}).get("similarity"),
            passages=tuple(passages.get(other, {}).items()),
        )
        for other in nearest
        if other in rows
    ][:MOST_RELATED]


def _current(connection: sqlite3.Connection, ids: list[int]) -> dict[int, Row]:
    """Rows of those articles whose source is current."""
    rows = select(
        connection,
        "SELECT a.id, a.uid, a.headline, a.published_on, a.published_precision, a.kind, "
        "o.name AS outlet, s.name AS source FROM articles AS a "
        "JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL "
        f"LEFT JOIN outlets AS o ON o.id = a.outlet_id WHERE a.id IN ({marks_for(ids)})",
        ids,
    )
    return {row["id"]: row for row in rows}
