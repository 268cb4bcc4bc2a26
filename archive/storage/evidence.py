"""What stands around entities in the articles that name them, as far as telling them apart needs.

Read from what documents alone gave (own entities of current sources), so that it does not depend
on which entities are merged, and bounded by the uid of articles, which is a hash, so that it does
not depend on the order in which they came.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection

from archive.records import (
    MOST_ARTICLES,
    MOST_COMPANIONS,
    MOST_COUNTRIES,
    MOST_ROLES,
    EntityType,
    Evidence,
)

_ARTICLES_KEPT = 200_000
"""Articles whose names are kept at hand, some 300 bytes each."""
_ENTITIES_KEPT = 200_000
"""Entities of which is kept what companions are told by."""

_COMPANION_TYPES = frozenset(
    {
        EntityType.PERSON,
        EntityType.ORG,
        EntityType.GPE,
        EntityType.LOC,
        EntityType.FAC,
        EntityType.EVENT,
    }
)

# Both halves find their rows by an index; see `folding`.
_OWN_ROWS = """
SELECT {columns} FROM temp.wanted w
CROSS JOIN {table} x ON x.entity_id = w.entity_id AND x.own_entity_id IS NULL
CROSS JOIN paragraphs p ON p.id = x.paragraph_id
CROSS JOIN sources s ON s.id = p.source_id AND s.superseded_by_id IS NULL
{more}
UNION ALL
SELECT {columns} FROM temp.wanted w
CROSS JOIN {table} x ON x.own_entity_id = w.entity_id
CROSS JOIN paragraphs p ON p.id = x.paragraph_id
CROSS JOIN sources s ON s.id = p.source_id AND s.superseded_by_id IS NULL
{more}
"""
_ARTICLES_OF = (
    "SELECT DISTINCT * FROM ("
    + _OWN_ROWS.format(
        columns="w.entity_id, a.uid, a.id",
        table="mentions",
        more="CROSS JOIN articles a ON a.id = p.article_id",
    )
    + ") ORDER BY 1, 2, 3"
)
_ROLES_OF = (
    _OWN_ROWS.format(columns="w.entity_id, x.role", table="roles", more="") + " ORDER BY 1, 2"
)
_NAMED_IN = """
SELECT DISTINCT w.entity_id, coalesce(m.own_entity_id, m.entity_id) FROM temp.wanted w
CROSS JOIN paragraphs p ON p.article_id = w.entity_id
CROSS JOIN mentions m ON m.paragraph_id = p.id
ORDER BY 1, 2
"""
_ABOUT = """
SELECT w.entity_id, e.name_key, e.type, e.country_code, EXISTS (
    SELECT 1 FROM countries c WHERE c.code = e.country_code AND c.name = e.name
)
FROM temp.wanted w CROSS JOIN entities e ON e.id = w.entity_id
"""


class _About(NamedTuple):
    """What an entity is to the others named beside it."""

    companion: str | None
    country_code: str | None


class EvidenceReader:
    """Reads evidence in one transaction or several; keeps what is asked for again and again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._named: OrderedDict[int, tuple[int, ...]] = OrderedDict()
        self._about: dict[int, _About] = {}
        self._data_version: object = None

    def read(self, entities: Iterable[int]) -> dict[int, Evidence]:
        """Evidence of these own entities."""
        version = self._connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        if version != self._data_version:  # another process has written
            self._named.clear()
            self._about.clear()
            self._data_version = version
        wanted = sorted(set(entities))
        self._want(wanted)
        articles: dict[int, list[int]] = {}
        totals: Counter[int] = Counter()
        for entity, rows in groupby(self._rows(_ARTICLES_OF), itemgetter(0)):
            found = [row[2] for row in rows]
            totals[entity] = len(found)
            articles[entity] = found[:MOST_ARTICLES]
        roles: dict[int, Counter[str]] = {}
        for entity, role in self._rows(_ROLES_OF):
            roles.setdefault(entity, Counter())[role.lower()] += 1
        self._load({article for some in articles.values() for article in some})
        return {
            entity: self._evidence(
                entity, articles.get(entity, ()), totals[entity], roles.get(entity, Counter())
            )
            for entity in wanted
        }

    def _evidence(
        self, entity: int, articles: Sequence[int], total: int, roles: Counter[str]
    ) -> Evidence:
        countries: Counter[str] = Counter()
        companions: Counter[str] = Counter()
        for article in articles:
            others = [
                self._about[other]
                for other in self._named[article]
                if other != entity and other in self._about
            ]
            countries.update({each.country_code for each in others if each.country_code})
            companions.update({each.companion for each in others if each.companion})
        return Evidence(
            countries=tuple(_most(countries, MOST_COUNTRIES)),
            companions=tuple(key for key, _count in _most(companions, MOST_COMPANIONS)),
            roles=tuple(role for role, _count in _most(roles, MOST_ROLES)),
            articles=total,
        )

    def _load(self, articles: set[int]) -> None:
        """Have at hand which entities these articles name, and what those are."""
        for article in articles & self._named.keys():
            self._named.move_to_end(article)
        missing = sorted(articles - self._named.keys())
        while self._named and len(self._named) + len(missing) > max(_ARTICLES_KEPT, len(articles)):
            self._named.popitem(last=False)
        if missing:
            self._want(missing)
            self._named.update((article, ()) for article in missing)
            for article, rows in groupby(self._rows(_NAMED_IN), itemgetter(0)):
                self._named[article] = tuple(row[1] for row in rows)
        if len(self._about) > _ENTITIES_KEPT:
            self._about.clear()
        named = {entity for article in articles for entity in self._named[article]}
        self._want(sorted(named - self._about.keys()))
        for entity, key, type_, code, is_country in self._rows(_ABOUT):
            is_companion = type_ in _COMPANION_TYPES and not is_country
            self._about[entity] = _About(key if is_companion else None, code)

    def _rows(self, statement: str) -> Sequence[Any]:
        """All rows at once, which SQLAlchemy gives much faster than one by one."""
        return self._connection.exec_driver_sql(statement).fetchall()

    def _want(self, numbers: Sequence[int]) -> None:
        """Fill `temp.wanted` with entities, or with articles."""
        fill(self._connection, "wanted", "entity_id INTEGER PRIMARY KEY", numbers)


def _most(counts: Counter[str], most: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]


def fill(connection: Connection, table: str, column: str, values: Iterable[object]) -> None:
    """Put values into a temporary table of one column, in place of what was there."""
    connection.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({column})")
    connection.exec_driver_sql(f"DELETE FROM temp.{table}")
    rows = [(value,) for value in values]
    if rows:
        connection.exec_driver_sql(f"INSERT INTO temp.{table} VALUES (?)", rows)
