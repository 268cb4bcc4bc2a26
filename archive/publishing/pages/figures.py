"""The explorer of figures: filters, conflicts among what they leave, and a chart over time.

Everything is filtered in the summary table `figure_index`, whose rows stand in the order of
publication, so that a page begins where the one before ended (`after`), however deep.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.publishing.functions import escape_fts, thing_key
from archive.publishing.pages import links
from archive.publishing.pages.charts import Chart, Point, with_bounds
from archive.publishing.pages.conflicts import Conflict, conflicts
from archive.publishing.pages.rows import Row, first, numbers, select
from archive.publishing.pages.wording import amount, day

_PAGE = 50
_MOST_POINTS = 400
_HISTORY = 10
"""Years before publication from which a figure looks back; it would stretch the axis of time."""

_COUNTED_TO = 10_000
"""Matches are counted up to here; beyond, the page says `more than`."""

_DOWNLOAD_STEP = 1_000
"""Rows that a download reads at a time."""

_LONGEST = 200
"""Characters of a filter; nothing that figures are filtered by is longer."""

_CODES = ("measure", "kind", "unit", "status")
FIELDS = (*_CODES, "counted", "place", "source", "since", "until", "copies")
"""Names of the filters in the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Filters as SQL over `figure_index` with the alias i, and its parameters."""

    sql: str
    values: Mapping[str, object]
    places: tuple[int, ...] = ()
    thing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    """All that the explorer shows.

    `filters` are those given, by their names in the address; `choices` the values that there are,
    by facet. `matches` counts up to 10,000, `is_counted` tells whether that is all of them.
    `chart_unit` is the unit of the figures in the chart. `after` is the cursor of the next page.
    """

    filters: Mapping[str, str]
    choices: Mapping[str, tuple[Row, ...]]
    rows: tuple[Row, ...]
    after: int | None
    matches: int
    is_counted: bool
    chart: Chart | None
    chart_unit: str | None
    chart_figures: int
    conflicts: tuple[Conflict, ...]
    sql: str
    sql_values: Mapping[str, object]


_SELECT = """
SELECT i.id AS place_in_order, f.id, f.text, f.kind, f.value, f.low, f.high, f.modifier, f.unit,
  f.per, f.counted, f.measure, f.status, f.trend, f.period, f.period_start, f.period_end,
  f.attributed_to, f.attribution_kind, place.name AS place, i.is_copy, claim.is_disputed,
  substr(p.text, f.sentence_start - p.char_start + 1, f.sentence_end - f.sentence_start)
    AS sentence,
  a.headline, o.name AS outlet, a.published_on, a.published_precision, a.uid, s.name AS source,
  f.char_start, f.char_end
FROM figure_index AS i
CROSS JOIN figures AS f ON f.id = i.figure_id
CROSS JOIN paragraphs AS p ON p.id = f.paragraph_id
CROSS JOIN sources AS s ON s.id = p.source_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN entities AS place ON place.id = f.place_entity_id
LEFT JOIN claims AS claim ON claim.id = i.claim_id
WHERE {condition} AND i.id > :after
ORDER BY i.id LIMIT :limit
"""
_SQL = """SELECT f.*
FROM figure_index AS i
JOIN figure_facts AS f ON f.id = i.figure_id
WHERE {condition}
ORDER BY i.id"""


# The last row not before a day, and the first not after it.
_LAST = """
SELECT max(id) AS id FROM figure_index
WHERE published_on = (SELECT min(published_on) FROM figure_index WHERE published_on >= ?)
"""
_FIRST = """
SELECT min(id) AS id FROM figure_index
WHERE published_on = (SELECT max(published_on) FROM figure_index WHERE published_on <= ?)
"""


def filters_of(arguments: Mapping[str, str]) -> dict[str, str]:
    """Take the filters from the arguments of an address; empty and overlong ones are left out."""
    given = {name: arguments.get(name, "").replace("\0", " ").strip() for name in FIELDS}
    return {name: value for name, value in given.items() if value and len(value) <= _LONGEST}


def figures_page(
    connection: sqlite3.Connection, filters: Mapping[str, str], after: int = 0
) -> FiguresPage:
    """Gather a page of the explorer, from the figure after the cursor on."""
    condition = condition_of(connection, filters)
    rows = _rows(connection, condition, after, _PAGE + 1)
    matches = _count(connection, condition)
    chart, unit, drawn = _chart(connection, filters, condition)
    return FiguresPage(
        filters=filters,
        choices=_choices(connection),
        rows=tuple(rows[:_PAGE]),
        after=rows[_PAGE - 1]["place_in_order"] if len(rows) > _PAGE else None,
        matches=min(matches, _COUNTED_TO),
        is_counted=matches <= _COUNTED_TO,
        chart=chart,
        chart_unit=unit,
        chart_figures=drawn,
        conflicts=tuple(
            conflicts(
                connection,
                limit=4,
                claims=6,
                measure=filters.get("measure"),
                thing=condition.thing,
                places=condition.places,
            )
        )
        if not filters.keys().isdisjoint({"measure", "counted", "place"})
        else (),
        sql=_SQL.format(condition=condition.sql.replace(" AND ", "\n  AND ")),
        sql_values=condition.values,
    )


def all_figures(
    connection: sqlite3.Connection,
    filters: Mapping[str, str],
    after: int,
    limit: int = _DOWNLOAD_STEP,
) -> list[Row]:
    """A stretch of a download: the matches after the cursor, each with its `place_in_order`."""
    return _rows(connection, condition_of(connection, filters), after, limit)


def condition_of(connection: sqlite3.Connection, filters: Mapping[str, str]) -> Condition:
    """Turn filters into SQL; a name of no place or source leaves nothing."""
    parts: list[str] = []
    values: dict[str, object] = {}
    for name in _CODES:
        if name in filters:
            parts.append(f"i.{name} = :{name}")
            values[name] = filters[name]
    thing = None
    if "counted" in filters:
        thing = _thing(filters["counted"], filters.get("measure"))
        parts.append("i.thing = :thing")
        values["thing"] = thing
    places: tuple[int, ...] = ()
    if "place" in filters:
        places = entities_named(connection, filters["place"])
        parts.append(f"i.place_entity_id IN ({_listed(places)})")
    if "source" in filters:
        parts.append(_source(connection, filters["source"]))
        values["source"] = filters["source"]
    if "copies" not in filters:
        parts.append("i.is_copy = 0")
    parts += _days(connection, filters, values)
    return Condition(sql=" AND ".join(parts) or "1", values=values, places=places, thing=thing)


def entities_named(connection: sqlite3.Connection, name: str) -> tuple[int, ...]:
    """Entities that go by a name; where none has it just so, those whose name has its words."""
    exact = numbers(
        connection,
        "SELECT DISTINCT coalesce(e.merged_into_id, e.id) FROM aliases AS n "
        "JOIN entities AS e ON e.id = n.entity_id WHERE n.name = ? ORDER BY 1 LIMIT 50",
        (name,),
    )
    return tuple(exact) or tuple(
        numbers(
            connection,
            "SELECT DISTINCT coalesce(e.merged_into_id, e.id) FROM entities_fts "
            "JOIN entities AS e ON e.id = entities_fts.rowid "
            "WHERE entities_fts MATCH ? LIMIT 50",
            (escape_fts(name),),
        )
    )


def _thing(text: str, measure: str | None) -> str:
    """What is counted as `figure_index.thing` has it; a key that is typed in stays one."""
    return thing_key(text, None, "count", measure)


def _listed(ids: tuple[int, ...]) -> str:
    return ", ".join(map(str, ids)) or "NULL"


def _source(connection: sqlite3.Connection, name: str) -> str:
    """Condition for a source: by its entity where it is one, else by the words of the text."""
    if first(connection, "SELECT 1 FROM figure_index WHERE said_by = ? LIMIT 1", (name,)):
        return "i.said_by = :source"
    found = entities_named(connection, name)
    return f"i.said_by_entity_id IN ({_listed(found)}) AND :source <> ''"


def _days(
    connection: sqlite3.Connection, filters: Mapping[str, str], values: dict[str, object]
) -> Iterator[str]:
    """Conditions on the day of publication.

    Rows stand in the order of days, so that a day is a place among them (`i.id`); `+` keeps SQLite
    from going by the index of days, which would have to be put in order again.
    """
    for name, operator, edge in (("since", ">=", _LAST), ("until", "<=", _FIRST)):
        if name in filters:
            place = first(connection, edge, (filters[name],))
            values |= {name: filters[name], f"{name}_id": place["id"] if place else None}
            bound = "<=" if name == "since" else ">="
            yield f"+i.published_on {operator} :{name} AND i.id {bound} :{name}_id"


def _rows(
    connection: sqlite3.Connection, condition: Condition, after: int, limit: int
) -> list[Row]:
    sql = _SELECT.format(condition=condition.sql)
    return select(connection, sql, {**condition.values, "after": after, "limit": limit})


def _count(connection: sqlite3.Connection, condition: Condition) -> int:
    matching = f"SELECT 1 FROM figure_index AS i WHERE {condition.sql} LIMIT :most"
    values = {**condition.values, "most": _COUNTED_TO + 1}
    return int(select(connection, f"SELECT count(*) AS n FROM ({matching})", values)[0]["n"])


def _chart(
    connection: sqlite3.Connection, filters: Mapping[str, str], condition: Condition
) -> tuple[Chart | None, str | None, int]:
    """Draw the newest matches of the commonest unit, where filters name something to compare."""
    if filters.keys().isdisjoint({"measure", "counted", "unit"}):
        return None, None, 0
    commonest = first(
        connection,
        "SELECT unit, kind, count(*) FROM (SELECT i.unit, i.kind FROM figure_index AS i "
        f"WHERE {condition.sql} ORDER BY i.id LIMIT 2000) GROUP BY unit, kind ORDER BY 3 DESC",
        condition.values,
    )
    if commonest is None:
        return None, None, 0
    alike = Condition(
        sql=f"{condition.sql} AND +i.unit IS :of_unit AND +i.kind = :of_kind",
        values={
            **condition.values,
            "of_unit": commonest["unit"],
            "of_kind": commonest["kind"],
        },
    )
    points = [_point(row) for row in _rows(connection, alike, 0, _MOST_POINTS)]
    dated = [point for point in points if point.day]
    return with_bounds(dated), commonest["unit"] or commonest["kind"], len(dated)


def _point(row: Row) -> Point:
    """Place a figure by its period, unless that is history, else by its day of publication."""
    when = row["period_start"] or row["published_on"]
    published = row["published_on"] or when
    if when and int(published[:4]) - int(when[:4]) > _HISTORY:
        when = published
    told = f"according to {row['attributed_to']}" if row["attributed_to"] else row["outlet"]
    parts = (amount(row), row["counted"], row["place"], day(when), told)
    return Point(
        day=when or "",
        low=row["low"],
        high=row["high"],
        title=", ".join(part for part in parts if part),
        href=links.article(row["uid"]) if row["uid"] else None,
        style="disputed" if row["is_disputed"] else "figure",
    )


def _choices(connection: sqlite3.Connection) -> Mapping[str, tuple[Row, ...]]:
    """Values of the filters with their numbers: all codes, the commonest names."""
    found: dict[str, list[Row]] = {}
    for row in select(
        connection,
        "SELECT facet, value, figures FROM figure_values "
        "WHERE facet IN ('measure', 'kind', 'status') OR place <= 150 ORDER BY facet, place",
    ):
        found.setdefault(row["facet"], []).append(row)
    return {facet: tuple(rows) for facet, rows in found.items()}
