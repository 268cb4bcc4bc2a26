"""Snapshots: frozen copies of an archive, made to be read, cited, verified and compared.

A snapshot is a folder `snapshots/<database's stem>/<UTC time>/` beside the database, with
`archive.db`, `manifest.json` and `inspect.json`. It is built under a hidden name and renamed when
it is whole, so that whatever has a snapshot's name is one. `news.db` and `news.sqlite` share a
folder; the manifest says of which one a snapshot was made.
"""

import os
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.errors import DatabaseError, MisuseError, SnapshotError
from archive.publishing.building import build, drop_derived, recipe
from archive.publishing.manifest import (
    DATABASE,
    INSPECT,
    MANIFEST,
    Manifest,
    connect_frozen,
    describe,
    file_sha256,
    inspect_data,
    inspect_faults,
    read_manifest,
    row_counts,
    size_faults,
    visible_faults,
    write_inspect,
    write_manifest,
)
from archive.publishing.state import state_of
from archive.storage.clock import now
from archive.storage.digest import content_digest
from archive.storage.engine import connect_readonly, head_revision, require_current, schema_revision

_NAME = re.compile(r"(?P<time>\d{8}T\d{6}Z)(?:-(?P<number>\d+))?")
_BUILDING = ".building-"
_PRUNED = ".pruned-"
_LOCK = ".lock"
_PATIENCE = 600.0
"""Seconds to wait for another process that makes a snapshot, or for a writer to finish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A snapshot's folder, and its manifest; None where that cannot be read.

    `faults` are those that show without a look into the database; `verify` finds the others.
    """

    path: Path
    manifest: Manifest | None
    faults: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of the snapshot among those of its archive."""
        return self.path.name


# ------------------------------------------------------------------------------- making


def create(db: Path) -> Path:
    """Make a snapshot of an archive and return its folder; the archive may be written meanwhile.

    Raises DatabaseError for what is no archive of this version, SnapshotError where the snapshot
    cannot be written; then nothing of it is left.
    """
    require_current(db)
    revision = schema_revision(db) or ""
    folder = snapshots_folder(db)
    created_at = now()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone_in(folder):
            _sweep(folder)
            building = folder / f"{_BUILDING}{os.getpid()}"
            building.mkdir()
            try:
                _build(db, building, created_at, revision)
                return _publish(building, folder, created_at)
            finally:
                shutil.rmtree(building, ignore_errors=True)
    except (sqlite3.Error, OSError) as error:
        raise SnapshotError(
            f"{folder}: the snapshot could not be made: {error}. "
            "Look whether the folder can be written to and the disk has room for a copy."
        ) from error


def _build(db: Path, building: Path, created_at: str, revision: str) -> None:
    tables, database = building / "tables.db", building / DATABASE
    with closing(connect_readonly(db)) as connection:
        connection.execute("VACUUM INTO ?", (str(tables.resolve()),))
    build(tables, database)
    manifest = describe(database, created_at, revision, db.name)
    write_manifest(building, manifest)
    write_inspect(building, inspect_data(database, manifest.sha256))
    for path in (database, building / MANIFEST, building / INSPECT, building):
        _flush_to_disk(path)


def _publish(building: Path, folder: Path, created_at: str) -> Path:
    """Give the finished snapshot its name, in one step; a taken one gets `-2` and so on."""
    stamp = created_at.replace("-", "").replace(":", "")
    number = 1
    while True:
        target = folder / (stamp if number == 1 else f"{stamp}-{number}")
        if not target.exists():
            building.rename(target)
            _flush_to_disk(folder)
            return target
        number += 1


def _flush_to_disk(path: Path) -> None:
    """Have the file or folder on disk before anything that follows."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep other processes out of a folder of snapshots.

    The lock is SQLite's on an empty database: it works wherever SQLite does, and goes with the
    process however that ends. Raises SnapshotError where it cannot be had.
    """
    with closing(_locked(folder)):
        yield


def _locked(folder: Path) -> sqlite3.Connection:
    connection = None
    try:
        connection = sqlite3.connect(folder / _LOCK, timeout=_PATIENCE, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        # Of a file that cannot be written it is a mere read lock, which shuts nobody out.
        connection.execute("PRAGMA user_version=1")
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        # The lower byte is the primary code: https://www.sqlite.org/rescode.html
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise SnapshotError(
                f"{folder}: another process has been at work here for {_PATIENCE:.0f} seconds "
                f"({error}). Let it finish, then try again."
            ) from error
        raise SnapshotError(
            f"{folder}: cannot be changed: {error}. Look whether you may write to the folder and "
            f"to {_LOCK} in it."
        ) from error
    return connection


def _sweep(folder: Path) -> None:
    """Take away what a crash left behind; whoever holds the lock is the only one at work."""
    for pattern in (f"{_BUILDING}*", f"{_PRUNED}*"):
        for leftover in folder.glob(pattern):
            shutil.rmtree(leftover, ignore_errors=True)


# ------------------------------------------------------------------------------ finding


def snapshots_folder(db: Path) -> Path:
    """Folder that holds the snapshots of a database."""
    return db.parent / "snapshots" / db.stem


def list_snapshots(db: Path) -> list[Snapshot]:
    """Return the snapshots of a database, oldest first.

    Raises DatabaseError where there is neither the database nor a snapshot of it.
    """
    found = _snapshots(db)
    if not found:
        _require_file(db)
    return found


def newest(db: Path) -> Snapshot | None:
    """Return the newest snapshot that shows no fault, None where there is none."""
    return next((each for each in _newest_first(db) if not each.faults), None)


def _snapshots(db: Path) -> list[Snapshot]:
    return list(_newest_first(db))[::-1]


def _newest_first(db: Path) -> Iterator[Snapshot]:
    """Snapshots of a database by the time in their names; each is looked at when asked for."""
    folder = snapshots_folder(db)
    named = [path for path in folder.glob("*") if _NAME.fullmatch(path.name) and path.is_dir()]
    for path in sorted(named, key=_age, reverse=True):
        try:
            manifest = read_manifest(path)
        except SnapshotError:
            yield Snapshot(path=path, manifest=None, faults=(f"{MANIFEST}: cannot be read",))
            continue
        if manifest.made_of in (None, db.name):
            faults = tuple(visible_faults(path, manifest))
            yield Snapshot(path=path, manifest=manifest, faults=faults)


def _require_file(db: Path) -> None:
    if not db.is_file():
        raise DatabaseError(f"{db}: no such archive. Make one with: archive ingest PATH --db {db}")


def find(db: Path, name: str, *, whole: bool = True) -> Path:
    """Folder of the snapshot that a person names: a path, a snapshot's name, or `latest`.

    The latest is one that shows no fault, unless `whole` is false. Raises SnapshotError where
    there is no such snapshot, or it was made of another database.
    """
    if name == "latest":
        found = next((each for each in _newest_first(db) if not (whole and each.faults)), None)
        if found is None:
            lack = "no undamaged snapshot" if any(_newest_first(db)) else "no snapshot yet"
            raise SnapshotError(
                f"{db}: has {lack}. Make one with: archive snapshot create --db {db}"
            )
        return found.path
    path = snapshots_folder(db) / name
    if _NAME.fullmatch(name) and path.is_dir():
        _require_made_of(db, path)
        return path
    if Path(name).is_dir():
        return Path(name)
    raise SnapshotError(
        f"{name}: no such snapshot of {db}. List them with: archive snapshot list --db {db}"
    )


def _require_made_of(db: Path, path: Path) -> None:
    try:
        made_of = read_manifest(path).made_of
    except SnapshotError:
        return  # whoever uses it says what is wrong
    if made_of not in (None, db.name):
        raise SnapshotError(
            f"{path.name}: a snapshot of {made_of}, not of {db.name}. Say which archive you mean "
            f"with: --db {db.with_name(str(made_of))}"
        )


def is_stale(db: Path) -> bool:
    """Tell whether the archive, or what is derived from it, has moved on since its last snapshot.

    Reads the rows of `sources`, the largest of the tables that tell. Raises DatabaseError where
    there is no archive.
    """
    require_current(db)
    snapshot = newest(db)
    if snapshot is None or snapshot.manifest is None:
        return True
    with closing(connect_readonly(db)) as connection:
        state = state_of(connection)
    manifest = snapshot.manifest
    return (
        manifest.state != state
        or manifest.recipe != recipe()
        or manifest.schema_revision != schema_revision(db)
    )


def _age(path: Path) -> tuple[str, int]:
    match = _NAME.fullmatch(path.name)
    assert match is not None  # noqa: S101 - called for names that match only
    return match["time"], int(match["number"] or 1)


# ---------------------------------------------------------------------------- verifying


def verify(snapshot: Path) -> list[str]:
    """Compare a snapshot with its manifest; each fault in one line, none where it is sound.

    Raises SnapshotError where the folder is no snapshot. Digests can be compared only at the
    schema revision that this version knows; the SHA-256 holds for any.
    """
    manifest = read_manifest(snapshot)
    return _database_faults(snapshot, manifest) + inspect_faults(snapshot, manifest)


def _database_faults(snapshot: Path, manifest: Manifest) -> list[str]:
    database = snapshot / DATABASE
    faults = size_faults(snapshot, manifest)
    if not database.is_file():
        return faults or [f"{DATABASE}: no file"]
    try:
        sha256 = file_sha256(database)
        if sha256 != manifest.sha256:
            faults.append(f"{DATABASE}: SHA-256 is {sha256}, the manifest says {manifest.sha256}")
        with connect_frozen(database) as connection:
            faults += _integrity_faults(connection)
            faults += _content_faults(connection, manifest)
    except (sqlite3.DatabaseError, OSError) as error:
        faults.append(f"{DATABASE}: cannot be read: {error}")
    return faults


def _integrity_faults(connection: sqlite3.Connection) -> list[str]:
    faults = [
        f"{DATABASE}: quick_check: {message}"
        for (message,) in connection.execute("PRAGMA quick_check")
        if message != "ok"
    ]
    for table, rowid, parent, _key in connection.execute("PRAGMA foreign_key_check"):
        faults.append(f"{table}: row {rowid} refers to a row of {parent} that is not there")
    return faults


def _content_faults(connection: sqlite3.Connection, manifest: Manifest) -> list[str]:
    expected = {**manifest.tables, **manifest.summaries}
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    wanted = {*expected, *manifest.views, *manifest.search}
    faults = [f"{name}: missing" for name in sorted(wanted - present)]
    counts = row_counts(connection, sorted(expected.keys() & present))
    for table, count in counts.items():
        if count != expected[table]:
            faults.append(f"{table}: {count} rows, the manifest says {expected[table]}")
    if manifest.schema_revision == head_revision() and manifest.tables.keys() <= present:
        digests = content_digest(connection)
        for table, digest in manifest.digests.items():
            if digests.get(table) != digest:
                faults.append(f"{table}: its content is not what the manifest's digest says")
    return faults


# --------------------------------------------------------------- restoring and pruning


def restore(snapshot: Path, db: Path, *, force: bool = False) -> None:
    """Bring an archive back to what a snapshot holds, in one transaction.

    Readers of `db` see either the old or the restored archive. An archive that exists is replaced
    only with `force`. Raises SnapshotError for a snapshot whose database does not verify, for an
    archive in the way, and where a writer keeps the archive for too long.
    """
    manifest = read_manifest(snapshot)
    faults = _database_faults(snapshot, manifest)  # what only a server needs may be gone
    if faults:
        raise SnapshotError(
            "\n".join([f"{snapshot}: not restored, for it does not verify:", *faults])
            + "\nRestore another one; list them with: archive snapshot list"
        )
    if db.exists() and db.stat().st_size and not force:
        raise SnapshotError(
            f"{db}: exists, and restoring would replace all it holds. Keep its state with "
            f"`archive snapshot create --db {db}`, then restore with --yes."
        )
    try:
        db.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=db.parent) as scratch:
            tables_only = Path(scratch) / DATABASE
            shutil.copyfile(snapshot / DATABASE, tables_only)
            drop_derived(tables_only, manifest.tables)
            _replace_content(tables_only, db)
    except (sqlite3.Error, OSError) as error:
        raise SnapshotError(
            f"{db}: could not be restored, and is as it was: {error}. Look whether it can be "
            "written to and the disk has room for a copy."
        ) from error


def _replace_content(tables_only: Path, db: Path) -> None:
    deadline = time.monotonic() + _PATIENCE

    def give_up(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > deadline:
            raise SnapshotError(
                f"{db}: another process is writing to it. Let that finish, then restore again."
            )

    # The driver tries again for as long as the target is locked; a short timeout lets it ask
    # `give_up` in between.
    with (
        closing(sqlite3.connect(tables_only)) as source,
        closing(sqlite3.connect(db, timeout=0.1)) as target,
    ):
        source.backup(target, progress=give_up)


def prune(db: Path, keep: int) -> list[Path]:
    """Delete all but the newest `keep` snapshots and return the folders that are gone.

    A snapshot that shows a fault neither counts nor goes. Raises MisuseError for a `keep` below 1,
    DatabaseError where there is neither the database nor a snapshot, and SnapshotError where one
    cannot be deleted.
    """
    if keep < 1:
        raise MisuseError(f"--keep {keep}: at least 1 snapshot must stay.")
    if not list_snapshots(db):
        return []
    folder = snapshots_folder(db)
    with _alone_in(folder):
        gone = [each.path for each in _snapshots(db) if not each.faults][:-keep]
        for path in gone:
            hidden = folder / f"{_PRUNED}{path.name}"
            try:
                path.rename(hidden)  # at once out of the list, whatever happens next
                shutil.rmtree(hidden)
            except OSError as error:
                raise SnapshotError(
                    f"{path}: could not be deleted: {error}. Look whether you may write to "
                    f"{folder}, then prune again."
                ) from error
    return gone
