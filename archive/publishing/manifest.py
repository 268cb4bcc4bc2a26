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
from archive.publishing.state import State, state_of
from archive.storage.digest import content_digest
from archive.storage.models import Base

DATABASE = "archive.db"
"""Name of the database in every snapshot; Datasette publishes it as `/archive`."""

MANIFEST = "manifest.json"
INSPECT = "inspect.json"

FORMAT = 1
"""Version of the manifest's own layout."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a snapshot is and holds, enough to verify it and to build it again.

    `tables` maps each table of the archive to its number of rows, `digests` those that the
    content digest covers to theirs; `content_digest` is that of all of them. `summaries` maps the
    derived tables to their rows. `recipe` and `state` tell whether the archive or the software
    has moved on since. `made_of` is the file name of the archive: two that differ in their suffix
    alone share a folder of snapshots.
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
    state: State
    made_of: str | None = None  # what an earlier version made does not say
    format: int = FORMAT


def describe(database: Path, created_at: str, schema_revision: str, made_of: str) -> Manifest:
    """Take stock of the finished database of a snapshot of the archive with file name `made_of`."""
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
            made_of=made_of,
        )


def versions() -> dict[str, str]:
    """Return the versions on which the bytes of a snapshot depend, and Datasette's."""
    return {
        "archive": __version__,
        "sqlite": sqlite3.sqlite_version,
        "python": platform.python_version(),
        "datasette": datasette.__version__,
    }


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


def visible_faults(folder: Path, manifest: Manifest) -> list[str]:
    """Faults that show without a look into the database, each in one line.

    With any of them Datasette would not start, or would show what is not there.
    """
    return size_faults(folder, manifest) + inspect_faults(folder, manifest)


def size_faults(folder: Path, manifest: Manifest) -> list[str]:
    """Tell whether the database is gone, or of another size than the manifest says."""
    try:
        size = (folder / DATABASE).stat().st_size
    except FileNotFoundError:
        return [f"{DATABASE}: missing"]
    except OSError as error:
        return [f"{DATABASE}: cannot be read: {error.strerror}"]
    if size != manifest.byte_count:
        return [f"{DATABASE}: {size} bytes, the manifest says {manifest.byte_count}"]
    return []


def inspect_faults(folder: Path, manifest: Manifest) -> list[str]:
    """Tell what is wrong with `inspect.json`: whether it can be read and counts this database."""
    try:
        counted = json.loads((folder / INSPECT).read_text(encoding="utf-8"))["archive"]
        sha256, tables = counted["hash"], counted["tables"]
        counts = {name: table["count"] for name, table in tables.items()}
    except FileNotFoundError:
        return [f"{INSPECT}: missing"]
    except OSError as error:
        return [f"{INSPECT}: cannot be read: {error.strerror}"]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return [f"{INSPECT}: damaged ({error})"]
    if sha256 != manifest.sha256:
        return [f"{INSPECT}: counts the rows of another database"]
    return [
        f"{INSPECT}: {counts.get(name)} rows of {name}, the manifest says {count}"
        for name, count in {**manifest.tables, **manifest.summaries}.items()
        if counts.get(name) != count
    ]


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
