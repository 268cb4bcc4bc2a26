"""Figures as JSON: those that the explorer's filters leave, in its order."""

import sqlite3
from collections.abc import Mapping
from typing import Any

from archive.publishing.api.shapes import Shape, columns, text, truth
from archive.publishing.pages.figures import all_figures
from archive.publishing.pages.rows import Row

IN_CONTEXT = Shape(
    name="FigureInContext",
    description="A quantity with the sentence that states it, and where that stands.",
    fields=(
        *columns("figures", "text", "kind", "value", "low", "high", "modifier", "unit", "per"),
        *columns("figures", "counted", "measure", "status", "trend", "period", "period_start"),
        *columns("figures", "period_end", "attributed_to", "attribution_kind"),
        text("place", "Where", nullable=True),
        truth("is_copy", "Whether an earlier paragraph has the same words"),
        truth("is_disputed", "Whether another article tells a number that excludes it"),
        text("sentence", "The sentence that states it"),
        text("uid", "Permanent name of the article; null where it is in none", nullable=True),
        text("headline", "Headline of the article", nullable=True),
        text("outlet", "Outlet of the article", nullable=True),
        text("published_on", "Day of publication of the article", nullable=True),
        text("published_precision", "minute, day, month or year", nullable=True),
        text("source", "Name of the source"),
        *columns("figures", "char_start", "char_end"),
    ),
)
SHAPES = (IN_CONTEXT,)


def figures(
    connection: sqlite3.Connection, filters: Mapping[str, str], *, size: int, after: int
) -> tuple[list[dict[str, Any]], int | None]:
    """A page of figures, and the cursor of the next, None where there is none.

    `filters` are the explorer's (`archive.publishing.pages.figures.FIELDS`).
    """
    rows = all_figures(connection, filters, after, size + 1)
    shown = [in_context(row) for row in rows[:size]]
    return shown, rows[size - 1]["place_in_order"] if len(rows) > size else None


def in_context(row: Row) -> dict[str, Any]:
    """A row of the explorer as an object; what is in no claim is not disputed."""
    return IN_CONTEXT.of({**row, "is_disputed": row["is_disputed"] or 0})
