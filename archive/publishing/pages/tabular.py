"""Rows written as CSV and JSON, a stretch at a time."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from archive.publishing.pages.rows import Row

_FIGURE_COLUMNS = (
    *("id", "text", "kind", "value", "low", "high", "modifier", "unit", "per", "counted"),
    *("measure", "status", "trend", "period", "period_start", "period_end", "attributed_to"),
    *("attribution_kind", "place", "is_copy", "is_disputed", "sentence", "headline", "outlet"),
    *("published_on", "uid", "source", "char_start", "char_end"),
)
"""Columns of a download of figures; they mean what they mean in `figure_facts`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """How a download begins, goes on and ends; `rows` is told whether its stretch is the first."""

    media_type: str
    begin: str
    rows: Callable[[Sequence[Row], bool], str]
    end: str


def csv_line(values: Sequence[object]) -> str:
    """Write one line of CSV (RFC 4180)."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow(values)
    return buffer.getvalue()


def _csv_rows(rows: Sequence[Row], _is_first: bool) -> str:
    return "".join(csv_line([row[name] for name in _FIGURE_COLUMNS]) for row in rows)


def _json_rows(rows: Sequence[Row], is_first: bool) -> str:
    objects = (
        json.dumps({name: row[name] for name in _FIGURE_COLUMNS}, ensure_ascii=False)
        for row in rows
    )
    return ("" if is_first else ",\n") + ",\n".join(objects)


WRITERS: Mapping[str, Writer] = {
    "csv": Writer(
        media_type="text/csv; charset=utf-8",
        begin=csv_line(_FIGURE_COLUMNS),
        rows=_csv_rows,
        end="",
    ),
    "json": Writer(
        media_type="application/json; charset=utf-8", begin="[", rows=_json_rows, end="]\n"
    ),
}
"""Writers of figures by the ending of the address."""
