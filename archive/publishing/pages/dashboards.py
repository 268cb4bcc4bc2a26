"""The charts: what the archive holds over time, each with its table and the SQL behind it."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.publishing.pages.charts import SMALL, Chart, over_time
from archive.publishing.pages.rows import Row, select

_MOST_SERIES = 6
"""Outlets, entities or measures of a chart that have a colour; the rest is counted together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A chart, or several small ones by name, with its table and its SQL.

    `columns` are those of the table, in its order; `numeric` those that hold counts.
    """

    name: str
    title: str
    description: str
    charts: Mapping[str, Chart]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    numeric: frozenset[str]
    sql: str


_COVERAGE = """SELECT outlet, month, articles + teasers + fragments AS articles, words, figures,
  copied_paragraphs
FROM coverage
ORDER BY month IS NULL, month DESC, articles DESC"""
_ENTITIES = """SELECT e.name, m.month, m.articles, m.mentions
FROM (
  SELECT entity_id, articles FROM entity_counts ORDER BY articles DESC, entity_id LIMIT 9
) AS top
JOIN entities AS e ON e.id = top.entity_id
JOIN entity_months AS m ON m.entity_id = top.entity_id
ORDER BY top.articles DESC, top.entity_id, m.month"""
_MEASURES = """SELECT measure, month, figures, copies
FROM measure_months
ORDER BY month DESC, figures DESC"""
_COPIES = """SELECT first_outlet, copied_by, paragraphs, articles, characters, fewest_days_later,
  most_days_later
FROM outlet_copies
ORDER BY paragraphs DESC
LIMIT 100"""


def dashboards_page(connection: sqlite3.Connection) -> tuple[Board, ...]:
    """Gather all boards."""
    return (
        _articles(connection),
        _coverage(connection),
        _entities(connection),
        _measures(connection),
        _copies(connection),
    )


def _articles(connection: sqlite3.Connection) -> Board:
    rows = select(connection, _COVERAGE)
    chart = over_time(_series(rows, "outlet", "articles", "unknown outlet"), "articles", 260.0)
    return Board(
        name="articles",
        title="Articles over time by outlet",
        description="Articles, teasers and fragments by month of publication. Those whose date "
        "is not known, or to the year only, are in the table alone.",
        charts={} if chart is None else {"Articles by outlet and month": chart},
        columns=("outlet", "month", "articles", "words", "figures", "copied_paragraphs"),
        rows=tuple(rows),
        numeric=frozenset({"articles", "words", "figures", "copied_paragraphs"}),
        sql=_COVERAGE,
    )


def _coverage(connection: sqlite3.Connection) -> Board:
    """Draw one small chart an outlet, so that small ones are seen beside large ones."""
    rows = select(connection, _COVERAGE)
    months = sorted({row["month"] for row in rows if row["month"]})
    by_outlet: dict[str | None, dict[str | None, float]] = {}
    for row in rows:
        by_outlet.setdefault(row["outlet"], {})[row["month"]] = row["articles"]
    table, charts = [], {}
    for outlet, total in _totals(rows, "outlet", "articles").most_common(12):
        own = by_outlet[outlet]
        name = outlet or "unknown outlet"
        # The first and last month of all keep the small charts on one axis of time.
        padded = {**dict.fromkeys((months[:1] + months[-1:]), 0.0), **own}
        dated = {month: count for month, count in padded.items() if month}
        chart = over_time({name: dated}, "articles", 130.0, SMALL)
        if chart is not None:
            charts[name] = chart
        known = [month for month in own if month]
        table.append(
            {
                "outlet": name,
                "articles": total,
                "months": len(known),
                "first": min(known, default=None),
                "last": max(known, default=None),
                "without_month": own.get(None, 0),
            }
        )
    return Board(
        name="coverage",
        title="Coverage by outlet and month",
        description="Each outlet on the same axis of time: a gap is a month of which this archive "
        "has nothing from it.",
        charts=charts,
        columns=("outlet", "articles", "months", "first", "last", "without_month"),
        rows=tuple(table),
        numeric=frozenset({"articles", "months", "without_month"}),
        sql=_COVERAGE,
    )


def _entities(connection: sqlite3.Connection) -> Board:
    rows = select(connection, _ENTITIES)
    ends = {row["month"] for row in rows}
    charts = {}
    for name in dict.fromkeys(row["name"] for row in rows):
        own = {row["month"]: row["articles"] for row in rows if row["name"] == name}
        padded = {**dict.fromkeys((min(ends), max(ends)), 0.0), **own}
        chart = over_time({name: padded}, "articles", 130.0, SMALL)
        if chart is not None:
            charts[name] = chart
    return Board(
        name="entities",
        title="The most named over time",
        description="Articles by month that name each of the nine entities named in most articles.",
        charts=charts,
        columns=("name", "month", "articles", "mentions"),
        rows=tuple(rows),
        numeric=frozenset({"articles", "mentions"}),
        sql=_ENTITIES,
    )


def _measures(connection: sqlite3.Connection) -> Board:
    rows = select(connection, _MEASURES)
    chart = over_time(_series(rows, "measure", "figures", "other"), "figures", 260.0)
    return Board(
        name="measures",
        title="Figures by measure",
        description="Figures by what happened to what they count, without copies, by month.",
        charts={} if chart is None else {"Figures by measure and month": chart},
        columns=("measure", "month", "figures", "copies"),
        rows=tuple(rows),
        numeric=frozenset({"figures", "copies"}),
        sql=_MEASURES,
    )


def _copies(connection: sqlite3.Connection) -> Board:
    rows = select(connection, _COPIES)
    columns = (
        *("first_outlet", "copied_by", "paragraphs", "articles", "characters"),
        *("fewest_days_later", "most_days_later"),
    )
    return Board(
        name="copies",
        title="Copies between outlets",
        description="Paragraphs that one outlet has in the same words as an earlier one of "
        "another, or of its own; the hundred pairs with most.",
        charts={},
        columns=columns,
        rows=tuple(rows),
        numeric=frozenset(columns[2:]),
        sql=_COPIES,
    )


def _totals(rows: Iterable[Row], by: str, counted: str) -> Counter[str | None]:
    totals: Counter[str | None] = Counter()
    for row in rows:
        totals[row[by]] += row[counted]
    return totals


def _series(
    rows: list[Row], by: str, counted: str, unknown: str
) -> Mapping[str, Mapping[str, float]]:
    """Counts by month of the largest groups, and of all others together."""
    largest = [group for group, _n in _totals(rows, by, counted).most_common(_MOST_SERIES)]
    series: dict[str, dict[str, float]] = {str(group or unknown): {} for group in largest}
    for row in rows:
        if not row["month"]:
            continue
        name = str(row[by] or unknown) if row[by] in largest else "all others"
        months = series.setdefault(name, {})
        months[row["month"]] = months.get(row["month"], 0.0) + row[counted]
    return {name: months for name, months in series.items() if months}
