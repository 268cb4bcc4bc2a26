"""What stands beside a snapshot's database: its manifest, and row counts for Datasette."""

import hashlib
import json
import platform
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import datasette

from archive import __version__
from archive.errors import SnapshotError
from archive.publishing.building import SEARCHED, recipe
from archive.publishing.definitions import summaries, views
from archive.storage.digest import content_digest
from archive.storage.models import Base

DATABASE = "archive.db"
"""Name of the database in every snapshot; Datasette publishes it as `/archive`."""

MANIFEST = "manifest.json"
INSPECT = "inspect.json"

FORMAT = 1
"""Version of the manifest's own layout."""

_BLOCK = 1 << 20

# The last run, and the tables that commands other than ingest write to. All are read by key.
_STATE = """
SELECT
  (SELECT max(id) FROM sources) AS last_source,
  (SELECT max(id) FROM articles) AS last_article,
  (SELECT max(id) FROM decisions) AS last_decision,
  (SELECT count(*) FROM decisions WHERE undone_at IS NOT NULL) AS decisions_undone,
  (SELECT count(*) FROM removals) AS removals,
  runs.id AS last_run, is_complete, stored, revised, reprocessed, removed, failed
FROM (SELECT 1) LEFT JOIN runs ON runs.id = (SELECT max(id) FROM runs)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a snapshot is and holds, enough to verify it and to build it again.

    `tables` maps each table of the archive to its number of rows, `digests` those that the
    content digest covers to theirs; `content_digest` is that of all of them. `summaries` maps the
    derived tables to their rows. `recipe` and `state` tell whether the archive or the software
    has moved on since.
    """

    created_at: str
    schema_revision: str
    versions: Mapping[str, str]
    sha256: str
    byte_count: int
    content_digest: str
    tables: Mapping[str, int]
    digests: Mapping[str, str]
    summaries: Mapping[str, int]
    views: tuple[str, ...]
    search: tuple[str, ...]
    recipe: str
    state: Mapping[str, int | None]
    format: int = FORMAT


def describe(database: Path, created_at: str, schema_revision: str) -> Manifest:
    """Take stock of a finished snapshot's database."""
    with connect_frozen(database) as connection:
        digests = content_digest(connection)
        together = digests.pop("all")
        tables = [*sorted(Base.metadata.tables), "alembic_version"]
        return Manifest(
            created_at=created_at,
            schema_revision=schema_revision,
            versions=versions(),
            sha256=file_sha256(database),
            byte_count=database.stat().st_size,
            content_digest=together,
            tables=row_counts(connection, tables),
            digests=digests,
            summaries=row_counts(connection, [each.name for each in summaries()]),
            views=tuple(each.name for each in views()),
            search=tuple(f"{table}_fts" for table, _column, _tokenizer in SEARCHED),
            recipe=recipe(),
            state=state_of(connection),
        )


def versions() -> dict[str, str]:
    """Return the versions on which the bytes of a snapshot depend, and Datasette's."""
    return {
        "archive": __version__,
        "sqlite": sqlite3.sqlite_version,
        "python": platform.python_version(),
        "datasette": datasette.__version__,
    }


def state_of(connection: sqlite3.Connection) -> dict[str, int | None]:
    """Tell one state of an archive from another at the price of a few look-ups."""
    cursor = connection.execute(_STATE)
    names = [column[0] for column in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))


def inspect_data(database: Path, sha256: str) -> dict[str, Any]:
    """Count all rows for Datasette's `--inspect-file`, so that it counts none itself."""
    with connect_frozen(database) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
        ]
        counts = row_counts(connection, names)
    return {
        "archive": {
            "hash": sha256,
            "size": database.stat().st_size,
            "file": DATABASE,
            "tables": {name: {"count": count} for name, count in counts.items()},
        }
    }


def row_counts(connection: sqlite3.Connection, tables: list[str]) -> dict[str, int]:
    """Count the rows of each table."""
    return {
        table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        for table in tables
    }


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


class connect_frozen:  # noqa: N801 - used as a statement
    """A connection to a database that nobody changes, closed at the end of the block."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> sqlite3.Connection:
        uri = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True)
        return self._connection

    def __exit__(self, *_error: object) -> None:
        self._connection.close()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a snapshot's manifest."""
    _write_json(folder / MANIFEST, asdict(manifest))


def write_inspect(folder: Path, data: Mapping[str, Any]) -> None:
    """Write the row counts for Datasette."""
    _write_json(folder / INSPECT, data)


def read_manifest(folder: Path) -> Manifest:
    """Read a snapshot's manifest. Raises SnapshotError where there is none or it is damaged."""
    path = folder / MANIFEST
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            raise SnapshotError(
                f"{path}: written in format {values['format']}, this version reads {FORMAT}. "
                "Upgrade News Archive, or make a new snapshot."
            )
        values["views"], values["search"] = tuple(values["views"]), tuple(values["search"])
        return Manifest(**values)
    except FileNotFoundError as error:
        raise SnapshotError(
            f"{folder}: no snapshot, for it has no {MANIFEST}. "
            "List the snapshots with: archive snapshot list"
        ) from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SnapshotError(
            f"{path}: damaged ({error}). Make a new snapshot with: archive snapshot create"
        ) from error


def _write_json(path: Path, value: object) -> None:
    text = json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8")
