"""The rows of `runs`, and small look-ups about sources that the pipeline asks for."""

import platform
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from archive import __version__
from archive.records import Metadata
from archive.storage.clock import now
from archive.storage.rows import metadata_from_json
from archive.storage.writer import Outcome


def start_run(connection: Connection, command: str, extractor_version: str) -> int:
    """Add the row of a run that begins now; its id."""
    values: dict[str, object] = {
        "command": command,
        "started_at": now(),
        "is_complete": 0,
        "archive_version": __version__,
        "extractor_version": extractor_version,
        "python_version": platform.python_version(),
        "sqlite_version": sqlite3.sqlite_version,
        **{outcome.value: 0 for outcome in Outcome},
    }
    marks = ", ".join("?" * len(values))
    with connection.begin():
        cursor = connection.exec_driver_sql(
            f"INSERT INTO runs ({', '.join(values)}) VALUES ({marks})",
            tuple(values.values()),
        )
        return int(cursor.lastrowid)


def finish_run(connection: Connection, run_id: int, outcomes: Mapping[Outcome, int]) -> None:
    """Note what a run brought and that it came to its end."""
    sets = ", ".join(f"{outcome.value} = ?" for outcome in Outcome)
    counts = tuple(outcomes.get(outcome, 0) for outcome in Outcome)
    with connection.begin():
        connection.exec_driver_sql(
            f"UPDATE runs SET is_complete = 1, {sets} WHERE id = ?",
            (*counts, run_id),
        )


def settled_version(connection: Connection) -> str | None:
    """Version of the rules by which the last run that came to its end settled entities."""
    found = connection.exec_driver_sql(
        "SELECT extractor_version FROM runs WHERE is_complete ORDER BY id DESC LIMIT 1"
    )
    return found.scalar()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSource:
    """A stored source without its content; `given` is the part of `metadata` the user said."""

    id: int
    name: str
    sha256: str
    media_type: str
    encoding: str | None
    extractor_version: str
    metadata: Metadata
    given: Metadata


_COLUMNS = "id, name, sha256, media_type, encoding, extractor_version, metadata_json, given_json"


def current_source(connection: sqlite3.Connection, name: str) -> KnownSource | None:
    """The source that is current under a name."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM sources WHERE name = ? AND superseded_by_id IS NULL",
        (name,),
    ).fetchone()
    return None if row is None else _known(row)


def all_sources(connection: sqlite3.Connection) -> Iterator[KnownSource]:
    """Every source, superseded ones too, in the order in which they were stored."""
    for row in connection.execute(f"SELECT {_COLUMNS} FROM sources ORDER BY id"):
        yield _known(row)


def names_within(connection: sqlite3.Connection, name: str) -> list[str]:
    """Names of the current sources that are this file, or records of this container."""
    rows = connection.execute(
        # From `name#` on and before `name$`, by the index.
        "SELECT name FROM sources WHERE superseded_by_id IS NULL "
        "AND (name = ?1 OR (name >= ?1 || '#' AND name < ?1 || '$')) ORDER BY name",
        (name,),
    )
    return [row[0] for row in rows]


def is_removed(connection: sqlite3.Connection, name: str, sha256: str) -> bool:
    """Whether a source was taken out and is to stay out."""
    return bool(
        connection.execute(
            "SELECT 1 FROM removals WHERE name = ? AND sha256 = ?", (name, sha256)
        ).fetchone()
    )


def _known(row: tuple[int, str, str, str, str | None, str, str, str]) -> KnownSource:
    return KnownSource(
        id=row[0],
        name=row[1],
        sha256=row[2],
        media_type=row[3],
        encoding=row[4],
        extractor_version=row[5],
        metadata=metadata_from_json(row[6]),
        given=metadata_from_json(row[7]),
    )
