"""The home page: what the archive holds, and every way into it."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.publishing.pages.charts import Chart, over_time
from archive.publishing.pages.conflicts import Conflict, conflicts
from archive.publishing.pages.rows import Row, select

_NEWEST = """
SELECT a.uid, a.headline, a.published_on, a.published_precision, a.kind, a.word_count, a.status,
  o.name AS outlet, place.name AS place, n.figures, n.entities, n.quotes,
  (SELECT count(*) FROM article_copies AS c WHERE c.earliest_id = a.id) AS copies,
  (SELECT substr(p.text, 1, 280) FROM paragraphs AS p
   WHERE p.article_id = a.id AND p.role = 'body' ORDER BY p.position LIMIT 1) AS opening
FROM articles AS a
JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
LEFT JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN entities AS place ON place.id = a.place_entity_id
LEFT JOIN article_counts AS n ON n.article_id = a.id
WHERE a.kind = 'article' AND a.status <> 'cancelled'
  AND NOT EXISTS (SELECT 1 FROM article_copies AS c WHERE c.article_id = a.id)
ORDER BY a.published_on DESC, a.id
LIMIT ?
"""
_MOST_NAMED = """
SELECT e.id, e.name, n.articles, n.mentions
FROM entity_counts AS n CROSS JOIN entities AS e ON e.id = n.entity_id
WHERE n.type = ?
ORDER BY n.articles DESC, n.entity_id
LIMIT ?
"""
GROUPS: Mapping[str, str] = {"People": "PERSON", "Places": "GPE", "Organisations": "ORG"}
"""Entities listed apart on the home page, and their type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """All that the home page shows; `overview` is the table of that name as a dictionary."""

    overview: Mapping[str, Any]
    newest: tuple[Row, ...]
    conflicts: tuple[Conflict, ...]
    most_named: Mapping[str, tuple[Row, ...]]
    outlets: tuple[Row, ...]
    by_month: Chart | None
    months: tuple[Row, ...]


def home_page(connection: sqlite3.Connection) -> HomePage:
    """Gather the home page."""
    months = select(
        connection,
        "SELECT month, sum(articles + teasers + fragments) AS articles FROM coverage "
        "WHERE month IS NOT NULL GROUP BY month ORDER BY month",
    )
    chart = over_time(
        {"articles": {row["month"]: row["articles"] for row in months}}, "articles", height=150.0
    )
    return HomePage(
        overview=overview(connection),
        newest=tuple(select(connection, _NEWEST, (9,))),
        conflicts=tuple(conflicts(connection, limit=4, claims=5)),
        most_named={
            group: tuple(select(connection, _MOST_NAMED, (kind, 10)))
            for group, kind in GROUPS.items()
        },
        outlets=tuple(outlets(connection)),
        by_month=chart,
        months=tuple(months),
    )


def overview(connection: sqlite3.Connection) -> Mapping[str, Any]:
    """What the archive holds, by name."""
    return {row["name"]: row["value"] for row in select(connection, "SELECT * FROM overview")}


def outlets(connection: sqlite3.Connection) -> list[Row]:
    """Outlets with the number of their articles, the most first; null is an unknown one."""
    return select(
        connection,
        "SELECT outlet_id AS id, outlet AS name, sum(articles + teasers + fragments) AS articles, "
        "min(month) AS first_month, max(month) AS last_month "
        "FROM coverage GROUP BY outlet_id ORDER BY articles DESC, outlet LIMIT 50",
    )
