"""Snapshots: frozen copies of an archive, made to be read, cited, verified and compared.

A snapshot is a folder `snapshots/<database's stem>/<UTC time>/` beside the database, with
`archive.db`, `manifest.json` and `inspect.json`. It is built under a hidden name and renamed when
it is whole, so that whatever has a snapshot's name is one.
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

from archive.errors import MisuseError, SnapshotError
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
    read_manifest,
    row_counts,
    state_of,
    write_inspect,
    write_manifest,
)
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
    """A snapshot's folder, and its manifest; None where that cannot be read."""

    path: Path
    manifest: Manifest | None

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
    manifest = describe(database, created_at, revision)
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
    process however that ends.
    """
    with closing(
        sqlite3.connect(folder / _LOCK, timeout=_PATIENCE, isolation_level=None)
    ) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise SnapshotError(
                f"{folder}: another process has been at work here for {_PATIENCE:.0f} seconds "
                f"({error}). Let it finish, then try again."
            ) from error
        yield


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
    """Return the snapshots of a database, oldest first."""
    return [Snapshot(path=path, manifest=_manifest_or_none(path)) for path in _paths(db)]


def newest(db: Path) -> Snapshot | None:
    """Return the newest snapshot with a manifest, None where there is none."""
    for path in reversed(_paths(db)):
        manifest = _manifest_or_none(path)
        if manifest is not None:
            return Snapshot(path=path, manifest=manifest)
    return None


def _paths(db: Path) -> list[Path]:
    """Folders of a database's snapshots by the time in their names, oldest first."""
    folder = snapshots_folder(db)
    named = [path for path in folder.glob("*") if _NAME.fullmatch(path.name) and path.is_dir()]
    return sorted(named, key=_age)


def find(db: Path, name: str) -> Path:
    """Folder of the snapshot that a person names: a path, a snapshot's name, or `latest`.

    Raises SnapshotError where there is no such snapshot.
    """
    if name == "latest":
        snapshot = newest(db)
        if snapshot is None:
            raise SnapshotError(
                f"{db}: has no snapshot yet. Make one with: archive snapshot create --db {db}"
            )
        return snapshot.path
    for path in (snapshots_folder(db) / name, Path(name)):
        if path.is_dir():
            return path
    raise SnapshotError(
        f"{name}: no such snapshot of {db}. List them with: archive snapshot list --db {db}"
    )


def is_stale(db: Path) -> bool:
    """Tell whether the archive, or what is derived from it, has moved on since its last snapshot.

    Reads a few rows only. Raises DatabaseError where there is no archive.
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


def _manifest_or_none(path: Path) -> Manifest | None:
    try:
        return read_manifest(path)
    except SnapshotError:
        return None


# ---------------------------------------------------------------------------- verifying


def verify(snapshot: Path) -> list[str]:
    """Compare a snapshot with its manifest; each fault in one line, none where it is sound.

    Raises SnapshotError where the folder is no snapshot. Digests can be compared only at the
    schema revision that this version knows; the SHA-256 holds for any.
    """
    manifest = read_manifest(snapshot)
    database = snapshot / DATABASE
    if not database.is_file():
        return [f"{database}: missing"]
    faults = _file_faults(database, manifest)
    try:
        with connect_frozen(database) as connection:
            faults += _integrity_faults(connection)
            faults += _content_faults(connection, manifest)
    except sqlite3.DatabaseError as error:
        faults.append(f"{DATABASE}: cannot be read: {error}")
    return faults


def _file_faults(database: Path, manifest: Manifest) -> list[str]:
    faults = []
    size = database.stat().st_size
    if size != manifest.byte_count:
        faults.append(f"{DATABASE}: {size} bytes, the manifest says {manifest.byte_count}")
    sha256 = file_sha256(database)
    if sha256 != manifest.sha256:
        faults.append(f"{DATABASE}: SHA-256 is {sha256}, the manifest says {manifest.sha256}")
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
    only with `force`. Raises SnapshotError for a snapshot that does not verify, for an archive in
    the way, and where a writer keeps the archive for too long.
    """
    faults = verify(snapshot)
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
    keep = read_manifest(snapshot).tables
    try:
        db.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=db.parent) as scratch:
            tables_only = Path(scratch) / DATABASE
            shutil.copyfile(snapshot / DATABASE, tables_only)
            drop_derived(tables_only, keep)
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

    A snapshot whose manifest cannot be read neither counts nor goes. Raises MisuseError for a
    `keep` below 1.
    """
    if keep < 1:
        raise MisuseError(f"--keep {keep}: at least 1 snapshot must stay.")
    folder = snapshots_folder(db)
    if not folder.is_dir():
        return []
    with _alone_in(folder):
        whole = [each.path for each in list_snapshots(db) if each.manifest is not None]
        gone = whole[:-keep]
        for path in gone:
            hidden = folder / f"{_PRUNED}{path.name}"
            path.rename(hidden)  # at once out of the list, whatever happens next
            shutil.rmtree(hidden)
    return gone
