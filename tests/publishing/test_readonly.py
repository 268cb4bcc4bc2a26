"""Archives and snapshots in folders that cannot be written to."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from archive.errors import DatabaseError, SnapshotError
from archive.publishing import snapshots
from archive.storage.engine import connect_readonly, migrate, require_current

NOBODY = 65534


@contextmanager
def reading_only(folder: Path) -> Iterator[None]:
    """Take the right to write to a folder and what is in it, from root too."""
    tree = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in tree}
    for path in tree:
        path.chmod(0o555 if path.is_dir() else 0o444)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that others may enter, as those of `tmp_path` are not."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture
def archive(folder: Path) -> Path:
    """An empty archive in the state in which `archive ingest` leaves one."""
    db = folder / "news.db"
    migrate(db)
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
    return db


def test_an_archive_on_read_only_media_can_be_read(folder: Path, archive: Path):
    """Though SQLite cannot make the files that it reads a write-ahead log with."""
    snapshots.create(archive)
    for left in folder.glob("news.db-*"):  # a reader leaves an empty log, a copied archive has none
        left.unlink()
    with reading_only(folder):
        require_current(archive)
        with closing(connect_readonly(archive)) as connection:
            assert connection.execute("SELECT count(*) FROM sources").fetchone() == (0,)
        assert not snapshots.is_stale(archive)


def test_a_log_that_cannot_be_read_is_not_passed_over(folder: Path, archive: Path):
    """Rows that stand in the log alone would be missing without a word."""
    with closing(sqlite3.connect(archive)) as writer:
        writer.execute("INSERT INTO countries (code, name) VALUES ('XX', 'Nowhere')")
        writer.commit()
        log = archive.with_name("news.db-wal").read_bytes()
    archive.with_name("news.db-wal").write_bytes(log)
    with reading_only(folder), pytest.raises(DatabaseError, match="can be written to: copy both"):
        connect_readonly(archive)


def test_a_folder_that_cannot_be_written_to_is_called_that(folder: Path, archive: Path):
    """Nobody is told to wait for another process."""
    made = [snapshots.create(archive) for _ in range(2)]
    with reading_only(folder):
        for change in (lambda: snapshots.prune(archive, keep=1), lambda: snapshots.create(archive)):
            with pytest.raises(SnapshotError, match="you may write to") as caught:
                change()
            assert "another process" not in str(caught.value)
    assert [each.path for each in snapshots.list_snapshots(archive)] == made


def test_another_process_at_work_is_called_that(archive: Path, monkeypatch: pytest.MonkeyPatch):
    """The lock that is held is told from one that cannot be had."""
    snapshots.create(archive)
    monkeypatch.setattr(snapshots, "_PATIENCE", 0.1)
    lock = snapshots.snapshots_folder(archive) / ".lock"
    with closing(sqlite3.connect(lock, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(SnapshotError, match="another process"):
            snapshots.prune(archive, keep=1)


def test_prune_says_what_it_could_not_delete(archive: Path, monkeypatch: pytest.MonkeyPatch):
    """An error of the operating system is no traceback."""
    made = [snapshots.create(archive) for _ in range(2)]

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(SnapshotError, match=f"{made[0].name}: could not be deleted"):
        snapshots.prune(archive, keep=1)


def test_an_empty_file_is_no_archive_yet(tmp_path: Path):
    """The remedy is to fill it: there is no schema that could be brought up."""
    (tmp_path / "empty.db").touch()
    with pytest.raises(DatabaseError, match="archive ingest PATH"):
        require_current(tmp_path / "empty.db")


def test_snapshots_of_nothing_are_not_listed(tmp_path: Path):
    """Where there is neither an archive nor a snapshot, its name is mistyped."""
    for use in (snapshots.list_snapshots, lambda db: snapshots.prune(db, keep=1)):
        with pytest.raises(DatabaseError, match="no such archive"):
            use(tmp_path / "gone.db")


def test_snapshots_are_listed_after_the_archive_is_lost(archive: Path):
    """That is when they are needed."""
    path = snapshots.create(archive)
    archive.unlink()
    assert [each.path for each in snapshots.list_snapshots(archive)] == [path]
