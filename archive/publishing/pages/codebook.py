"""The codebook: what every table, column, measure and unit means, and how sure each column is."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from archive.publishing import diagram
from archive.publishing.entries import Entry, entries
from archive.publishing.explained import tables
from archive.publishing.measured import METRICS, SETS, Score, scores
from archive.publishing.pages.rows import Row, select

DIAGRAM_TITLE = "The tables of the archive and what their columns refer to"

_PARTS = {"table": "Tables", "view": "Views", "summary": "Summary tables"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricRow:
    """A metric: what must agree, the columns that it tells of, and its score on each set."""

    name: str
    meaning: str
    columns: tuple[str, ...]
    scores: Mapping[str, Score]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookPage:
    """All that the codebook shows.

    `parts` are its entries under their headings. `units` are by kind, with how many figures have
    each (null where it is not among the 500 most frequent); `measures` likewise. `diagram` is SVG,
    made of our own names.
    """

    parts: Mapping[str, tuple[Entry, ...]]
    metrics: tuple[MetricRow, ...]
    sets: Mapping[str, str]
    scores: Mapping[str, Mapping[str, Score]]
    measures: tuple[Row, ...]
    units: Mapping[str, tuple[Row, ...]]
    diagram: str
    relations: tuple[str, ...]


def codebook_page(connection: sqlite3.Connection) -> CodebookPage:
    """Gather the codebook of this snapshot; all but measures and units is the same for any."""
    explained = tuple(tables())
    return CodebookPage(
        parts={
            heading: tuple(entry for entry in entries() if entry.kind == kind)
            for kind, heading in _PARTS.items()
        },
        metrics=metric_rows(),
        sets=SETS,
        scores=scores(),
        measures=tuple(_measures(connection)),
        units=_units(connection),
        diagram=drawing(),
        relations=tuple(diagram.relations(explained)),
    )


def drawing() -> str:
    """The entity-relationship diagram as SVG."""
    return diagram.svg(diagram.draw(tuple(tables())), DIAGRAM_TITLE)


def metric_rows() -> tuple[MetricRow, ...]:
    """The metrics, with the columns that each tells of."""
    told: dict[str, list[str]] = {metric: [] for metric in METRICS}
    for entry in entries():
        for column in entry.columns:
            if column.metric:
                told[column.metric].append(f"{entry.name}.{column.name}")
    return tuple(
        MetricRow(
            name=metric, meaning=meaning, columns=tuple(told[metric]), scores=scores()[metric]
        )
        for metric, meaning in METRICS.items()
    )


def _measures(connection: sqlite3.Connection) -> list[Row]:
    return select(
        connection,
        "SELECT m.name, m.definition, v.figures FROM measures AS m "
        "LEFT JOIN figure_values AS v ON v.facet = 'measure' AND v.value = m.name ORDER BY m.name",
    )


def _units(connection: sqlite3.Connection) -> dict[str, tuple[Row, ...]]:
    rows = select(
        connection,
        "SELECT u.kind, u.name, u.symbol, u.si_unit, u.si_factor, v.figures FROM units AS u "
        "LEFT JOIN (SELECT value, figures FROM figure_values WHERE facet = 'unit') AS v "
        "ON v.value = u.name ORDER BY u.kind, v.figures IS NULL, v.figures DESC, u.name",
    )
    kinds: dict[str, list[Row]] = {}
    for row in rows:
        kinds.setdefault(row["kind"], []).append(row)
    return {kind: tuple(own) for kind, own in kinds.items()}
