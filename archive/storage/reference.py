"""Filling of the reference tables: countries, units and measures."""

from collections.abc import Iterable

from sqlalchemy import Connection


def fill_reference(
    connection: Connection,
    countries: Iterable[tuple[str, str, float | None, float | None]],
    units: Iterable[tuple[str, str | None, str, str | None, float | None]],
    measures: Iterable[tuple[str, str]],
) -> None:
    """Bring the reference tables up to the rows given; known rows keep their ids.

    Countries are (code, name, latitude, longitude), units (name, symbol, kind, si_unit,
    si_factor), measures (name, definition). Rows that are no longer given stay: archived figures
    may refer to them.
    """
    _upsert(connection, "countries", ("code", "name", "latitude", "longitude"), countries)
    _upsert(connection, "units", ("name", "symbol", "kind", "si_unit", "si_factor"), units)
    _upsert(connection, "measures", ("name", "definition"), measures)


def _upsert(
    connection: Connection, table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]
) -> None:
    key = columns[0]
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    changed = " OR ".join(f"{table}.{column} IS NOT excluded.{column}" for column in columns[1:])
    marks = ", ".join("?" * len(columns))
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) "
        f"ON CONFLICT ({key}) DO UPDATE SET {updates} WHERE {changed}"
    )
    connection.exec_driver_sql(statement, list(rows))
