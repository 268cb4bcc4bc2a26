"""Figures in conflict: claims about one thing that exclude one another, side by side."""

import sqlite3
from dataclasses import dataclass

from archive.publishing.pages.rows import Row, select


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A topic in conflict, where it is, and its claims from the lowest to the highest."""

    topic: Row
    claims: tuple[Row, ...]


_TOPICS = """
SELECT t.*, e.name AS place_name
FROM conflict_topics AS t LEFT JOIN entities AS e ON e.id = t.place_entity_id
WHERE {where}
ORDER BY t.place LIMIT :limit
"""
_CLAIMS = """
SELECT c.id, f.text, c.low, c.high, c.modifier, c.unit, c.per, c.kind, f.counted, f.period,
  c.said_by, c.said_by_kind, c.said_by_entity_id, c.articles, c.outlets, c.first_on, a.uid,
  a.headline, o.name AS outlet, c.figure_id, c.status,
  substr(p.text, f.sentence_start - p.char_start + 1, f.sentence_end - f.sentence_start) AS sentence
FROM claims AS c
JOIN figures AS f ON f.id = c.figure_id
JOIN paragraphs AS p ON p.id = f.paragraph_id
LEFT JOIN articles AS a ON a.id = c.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE c.topic = ? AND c.is_disputed = 1
ORDER BY coalesce(c.low, c.high), c.id LIMIT ?
"""


def conflicts(
    connection: sqlite3.Connection,
    *,
    limit: int,
    measure: str | None = None,
    thing: str | None = None,
    places: tuple[int, ...] = (),
    claims: int = 8,
) -> list[Conflict]:
    """Return the topics most in conflict, of a measure, thing or place where one is given.

    Of each the first `claims` are given, the lowest first; the view `figure_conflicts` has all.
    """
    where = ["1"]
    values: dict[str, object] = {"limit": limit}
    for column, value in (("measure", measure), ("thing", thing)):
        if value:
            where.append(f"t.{column} = :{column}")
            values[column] = value
    if places:
        listed = ",".join(str(int(place)) for place in places)
        where.append(f"t.place_entity_id IN ({listed})")
    topics = select(connection, _TOPICS.format(where=" AND ".join(where)), values)
    return [
        Conflict(
            topic=topic,
            claims=tuple(select(connection, _CLAIMS, (topic["topic"], claims))),
        )
        for topic in topics
    ]
