"""Snapshots: made, listed, verified, compared, restored and pruned."""

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archive.errors import DatabaseError, MisuseError, SnapshotError
from archive.publishing import snapshots
from archive.publishing.comparison import diff
from archive.publishing.manifest import read_manifest
from archive.storage.digest import content_digest
from archive.storage.engine import connect_readonly, migrate


def digest_of(db: Path) -> str:
    with closing(connect_readonly(db)) as connection:
        return content_digest(connection)["all"]


def test_a_snapshot_lies_beside_its_archive_and_verifies(small_archive: Path):
    """`create` returns a folder under `snapshots/<stem>/` that holds three files and no fault."""
    path = snapshots.create(small_archive)
    assert path.parent == small_archive.parent / "snapshots" / "news"
    assert {each.name for each in path.iterdir()} == {
        "archive.db",
        "manifest.json",
        "inspect.json",
    }
    assert snapshots.verify(path) == []


def test_the_manifest_counts_what_the_archive_holds(small_archive: Path):
    """Rows, content digest, schema and file of the manifest are those of the archive."""
    path = snapshots.create(small_archive)
    manifest = read_manifest(path)
    assert manifest.tables["articles"] == 3
    assert manifest.summaries["claims"] == 2
    assert manifest.content_digest == digest_of(small_archive)
    assert manifest.byte_count == (path / "archive.db").stat().st_size
    inspect = json.loads((path / "inspect.json").read_text())["archive"]
    assert inspect["hash"] == manifest.sha256
    assert inspect["tables"]["figures"] == {"count": 3}


def test_a_snapshot_can_be_read_by_any_sqlite(small_archive: Path):
    """The frozen file is out of WAL mode, and no view asks for a function of ours."""
    path = snapshots.create(small_archive)
    with closing(sqlite3.connect(path / "archive.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        for view in read_manifest(path).views:
            connection.execute(f"SELECT * FROM {view}").fetchall()
        found = connection.execute(
            "SELECT count(*) FROM paragraphs_fts WHERE paragraphs_fts MATCH 'killing'"
        )
        assert found.fetchone() == (3,)


def test_a_taken_name_gets_a_number(small_archive: Path, monkeypatch: pytest.MonkeyPatch):
    """Snapshots of the same second stand side by side, in the order in which they were made."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    made = [snapshots.create(small_archive) for _ in range(11)]
    assert [path.name for path in made][:2] == ["19700101T000000Z", "19700101T000000Z-2"]
    assert [each.path for each in snapshots.list_snapshots(small_archive)] == made
    newest = snapshots.newest(small_archive)
    assert newest is not None
    assert newest.path == made[-1]


def test_identical_rows_give_identical_bytes(
    small_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Neither the path, nor the schema's history, nor old statistics show in the file."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    other = tmp_path / "elsewhere" / "another name.db"
    other.parent.mkdir()
    shutil.copy(small_archive, other)
    with closing(sqlite3.connect(other)) as connection:
        connection.executescript(
            "CREATE TABLE passing (x); DROP TABLE passing; ANALYZE; PRAGMA journal_mode=WAL;"
        )
    first, second = snapshots.create(small_archive), snapshots.create(other)
    assert (first / "archive.db").read_bytes() == (second / "archive.db").read_bytes()
    assert replace(read_manifest(first), made_of="another name.db") == read_manifest(second)


def test_a_crash_leaves_nothing_half_made_in_the_list(
    small_archive: Path, monkeypatch: pytest.MonkeyPatch
):
    """A process that dies while it builds leaves a hidden folder, which the next one sweeps."""
    program = (
        "import os, sys; from pathlib import Path; from archive.publishing import snapshots\n"
        "snapshots.describe = lambda *_: os._exit(9)\n"
        "snapshots.create(Path(sys.argv[1]))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(small_archive)], check=False)
    assert done.returncode == 9
    folder = snapshots.snapshots_folder(small_archive)
    assert list(folder.glob(".building-*"))
    assert snapshots.list_snapshots(small_archive) == []
    path = snapshots.create(small_archive)
    assert [each.path for each in snapshots.list_snapshots(small_archive)] == [path]
    assert not list(folder.glob(".building-*"))


def test_an_error_leaves_nothing_behind(small_archive: Path, monkeypatch: pytest.MonkeyPatch):
    """Where the disk is full the error says what to do, and no folder stays."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(snapshots, "write_manifest", full)
    with pytest.raises(SnapshotError, match="room for a copy"):
        snapshots.create(small_archive)
    assert not list(snapshots.snapshots_folder(small_archive).glob("*[!k]"))


def test_a_snapshot_is_made_while_another_connection_writes(rows):
    """Rows of a transaction that is not committed are not in it; it verifies."""
    rows.article("a.txt", "One", "First text.")
    db = rows.commit_to_log()
    rows.article("b.txt", "Two", "Second text.")
    path = snapshots.create(db)
    assert snapshots.verify(path) == []
    assert read_manifest(path).tables["articles"] == 1


def test_snapshots_of_an_archive_that_grows_verify(rows):
    """While a writer commits without a pause, each snapshot is of one moment, and whole."""
    db = rows.commit_to_log()
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(db, timeout=30)) as connection:
            while not stop.is_set():
                with connection:
                    for table in ("countries (code, name)", "outlets (id, name)"):
                        connection.execute(f"INSERT INTO {table} VALUES (random(), random())")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [snapshots.create(db) for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    counts = []
    for path in made:
        assert snapshots.verify(path) == []
        tables = read_manifest(path).tables
        assert tables["countries"] == tables["outlets"]
        counts.append(tables["outlets"])
    assert counts == sorted(set(counts))


def test_no_snapshot_of_what_is_no_archive(tmp_path: Path):
    """A missing database and one of another program are refused with a remedy."""
    with pytest.raises(DatabaseError, match="no such archive"):
        snapshots.create(tmp_path / "missing.db")
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE t (x)")
    with pytest.raises(DatabaseError, match="no archive"):
        snapshots.create(foreign)


# ---------------------------------------------------------------------------- verifying


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("UPDATE paragraphs SET text = 'x' WHERE id = 2", "paragraphs: its content"),
        ("DELETE FROM figures WHERE id = 3", "figures: 2 rows, the manifest says 3"),
        ("DELETE FROM articles WHERE id = 1", "refers to a row of articles that is not there"),
        ("DROP VIEW timeline", "timeline: missing"),
        ("DROP TABLE entity_pairs", "entity_pairs: missing"),
        ("DROP TABLE quotes", "quotes: missing"),
    ],
)
def test_verify_names_each_fault(small_archive: Path, damage: str, named: str):
    """What was tampered with is named, beside the file's SHA-256."""
    path = snapshots.create(small_archive)
    with closing(sqlite3.connect(path / "archive.db")) as connection:
        connection.execute(damage)
        connection.commit()
    faults = snapshots.verify(path)
    assert any(named in fault for fault in faults), faults
    assert any("SHA-256" in fault for fault in faults)


def test_verify_finds_a_broken_file(small_archive: Path):
    """A file cut in half, a file that is gone and a damaged manifest are told apart."""
    path = snapshots.create(small_archive)
    database = path / "archive.db"
    database.write_bytes(database.read_bytes()[: database.stat().st_size // 2])
    faults = snapshots.verify(path)
    assert any("bytes, the manifest says" in fault for fault in faults)
    database.unlink()
    assert snapshots.verify(path) == ["archive.db: missing"]
    (path / "manifest.json").write_text("{}")
    with pytest.raises(SnapshotError, match="damaged"):
        snapshots.verify(path)
    assert snapshots.newest(small_archive) is None


# ---------------------------------------------------------------------------- comparing


def test_diff_lists_what_was_added_removed_and_changed(rows):
    """Articles, figures and entities differ by exactly what was done between two snapshots."""
    kept = rows.article("a.txt", "Kept", "Some 14 people.", published_on="2025-07-01")
    rows.figure(kept[1], "14", 14, measure="killed")
    gone = rows.article("b.txt", "Gone", "Another 3 people at Tolven.")
    rows.figure(gone[1], "3", 3)
    rows.mention(gone[1], "Tolven")
    first = snapshots.create(rows.commit())

    rows.run()
    rows.connection.execute("DELETE FROM sources WHERE name = 'b.txt'")
    rows.connection.execute("DELETE FROM entities")
    rows.connection.execute("UPDATE figures SET measure = 'injured'")
    new = rows.article("c.txt", "New", "All of Marrowby, 7 people.")
    rows.figure(new[1], "7", 7)
    rows.mention(new[1], "Marrowby")
    second = snapshots.create(rows.commit())

    found = diff(first, second)
    assert [row["source"] for row in found.articles.added] == ["c.txt"]
    assert [row["source"] for row in found.articles.removed] == ["b.txt"]
    assert found.articles.changed == ()
    assert [row["text"] for row in found.figures.added] == ["7"]
    assert [row["text"] for row in found.figures.removed] == ["3"]
    (changed,) = found.figures.changed
    assert (changed["before"], changed["after"]) == (
        {"measure": "killed"},
        {"measure": "injured"},
    )
    assert [row["name"] for row in found.entities.added] == ["Marrowby"]
    assert [row["name"] for row in found.entities.removed] == ["Tolven"]
    assert not found.is_empty
    assert diff(second, second).is_empty


def test_diff_counts_a_superseded_source_as_removed(rows):
    """A revision shows as the old article gone and the new one come."""
    rows.article("a.txt", "Old", "Old text.")
    first = snapshots.create(rows.commit())
    rows.run()
    rows.article("a.txt", "New", "New text.")
    rows.connection.execute("UPDATE sources SET superseded_by_id = 2 WHERE id = 1")
    second = snapshots.create(rows.commit())
    found = diff(first, second)
    assert [row["headline"] for row in found.articles.removed] == ["Old"]
    assert [row["headline"] for row in found.articles.added] == ["New"]


# ---------------------------------------------------------------------------- restoring


def test_restore_gives_the_content_back(rows):
    """After a restore the archive has the digest of the snapshot, tables only, and is stale."""
    rows.article("a.txt", "One", "First text.")
    db = rows.commit()
    tables = _objects(db)
    first = snapshots.create(db)
    before = digest_of(db)
    rows.run()
    rows.article("b.txt", "Two", "Second text.")
    rows.commit()
    rows.connection.close()
    snapshots.create(db)
    assert not snapshots.is_stale(db)
    snapshots.restore(first, db, force=True)
    assert digest_of(db) == before
    assert _objects(db) == tables
    assert snapshots.is_stale(db)
    assert not list(db.parent.glob(".restoring-*"))


def test_restore_asks_before_it_replaces(small_archive: Path, tmp_path: Path):
    """An archive in the way is kept, and the error says how to replace it; a new name is free."""
    path = snapshots.create(small_archive)
    with pytest.raises(SnapshotError, match="--yes"):
        snapshots.restore(path, small_archive)
    new = tmp_path / "deep" / "new.db"
    snapshots.restore(path, new)
    assert digest_of(new) == read_manifest(path).content_digest


def test_restore_is_one_transaction_for_open_readers(rows):
    """A reader in a transaction goes on reading the old rows, and then sees the restored ones."""
    rows.article("a.txt", "One", "First text.")
    db = rows.commit()
    path = snapshots.create(db)
    rows.article("b.txt", "Two", "Second text.")
    rows.commit_to_log()
    rows.connection.close()
    with closing(sqlite3.connect(db)) as reader:
        reader.execute("BEGIN")
        count = "SELECT count(*) FROM articles"
        assert reader.execute(count).fetchone() == (2,)
        snapshots.restore(path, db, force=True)
        assert reader.execute(count).fetchone() == (2,)
        reader.execute("COMMIT")
        assert reader.execute(count).fetchone() == (1,)


def test_restore_gives_up_where_a_writer_stays(
    small_archive: Path, monkeypatch: pytest.MonkeyPatch
):
    """A database that stays locked is left as it is, with a remedy."""
    path = snapshots.create(small_archive)
    monkeypatch.setattr(snapshots, "_PATIENCE", 0.2)
    with closing(sqlite3.connect(small_archive, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(SnapshotError, match="another process"):
            snapshots.restore(path, small_archive, force=True)


def test_restore_refuses_a_damaged_snapshot(small_archive: Path, tmp_path: Path):
    """What does not verify is not restored, and each fault is told."""
    path = snapshots.create(small_archive)
    with closing(sqlite3.connect(path / "archive.db")) as connection:
        connection.execute("DELETE FROM figures")
        connection.commit()
    with pytest.raises(SnapshotError, match="figures: 0 rows"):
        snapshots.restore(path, tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


def _objects(db: Path) -> list[tuple[str, str]]:
    with closing(connect_readonly(db)) as connection:
        return connection.execute(
            "SELECT type, name FROM sqlite_master ORDER BY type, name"
        ).fetchall()


# ------------------------------------------------------------------- pruning and finding


def test_prune_keeps_the_newest(small_archive: Path, monkeypatch: pytest.MonkeyPatch):
    """All but the newest are deleted, never all of them."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    made = [snapshots.create(small_archive) for _ in range(3)]
    with pytest.raises(MisuseError, match="at least 1"):
        snapshots.prune(small_archive, keep=0)
    assert snapshots.prune(small_archive, keep=2) == made[:1]
    assert [each.path for each in snapshots.list_snapshots(small_archive)] == made[1:]
    assert snapshots.prune(small_archive, keep=2) == []
    (made[2] / "manifest.json").write_text("damaged")
    assert snapshots.prune(small_archive, keep=1) == []


def test_a_snapshot_is_found_by_name_path_or_as_the_latest(small_archive: Path):
    """`find` takes what people type, and says how to list what there is."""
    with pytest.raises(SnapshotError, match="no snapshot yet"):
        snapshots.find(small_archive, "latest")
    path = snapshots.create(small_archive)
    assert {snapshots.find(small_archive, name) for name in ("latest", path.name, str(path))} == {
        path
    }
    with pytest.raises(SnapshotError, match="snapshot list"):
        snapshots.find(small_archive, "yesterday")


def test_an_empty_archive_has_a_snapshot_too(tmp_path: Path):
    """Before the first document everything is there, empty."""
    db = tmp_path / "empty.db"
    migrate(db)
    path = snapshots.create(db)
    assert snapshots.verify(path) == []
    assert read_manifest(path).tables["sources"] == 0
