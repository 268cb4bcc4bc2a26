"""Whether a snapshot is up to date, and of which archive it is."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive import pipeline
from archive.errors import SnapshotError
from archive.publishing import snapshots

# Each with the counts of the other, so that only their content tells them apart.
STORIES = {
    "a": "Bridge falls at Tolven\nSome 14 people were killed in Tolven on Sunday.\n",
    "b": "Ferry sinks at Marrow\nSome 15 people were killed in Marrow on Sunday.\n",
    "c": "Tunnel opens at Elvery\nSome 16 people were killed in Elvery on Monday.\n",
}

DECISION = {
    "left_name": "A",
    "left_type": "ORG",
    "right_name": "B",
    "right_type": "ORG",
    "verdict": "same",
    "score": 1.0,
    "decided_by": "user:test",
    "made_at": "2025-01-01T00:00:00Z",
}

CHANGES: dict[str, Callable[[Any], object]] = {
    "a run that stored": lambda rows: rows.add("runs", stored=1),
    "a run that was killed": lambda rows: rows.add("runs", is_complete=0),
    "a source": lambda rows: rows.article("a.txt", "One", "Text."),
    "a removal": lambda rows: rows.add(
        "removals", name="x", sha256="0", reason="test", run_id=rows.run_id
    ),
    "a failure": lambda rows: rows.add("failures", name="x", reason="test", run_id=rows.run_id),
    "a decision": lambda rows: rows.add("decisions", **DECISION),
    "a reference row": lambda rows: rows.add("countries", code="XX", name="Nowhere"),
}


@pytest.fixture
def store(tmp_path: Path) -> Callable[[str], None]:
    """Ingest one of the stories into `news.db`."""

    def ingest(name: str) -> None:
        file = tmp_path / f"{name}.txt"
        file.write_text(STORIES[name], encoding="utf-8")
        pipeline.ingest([file], tmp_path / "news.db", name_prefix="")

    return ingest


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_an_archive_is_stale_until_its_state_is_in_a_snapshot(rows, change):
    """Before the first snapshot, and after whatever changed the rows."""
    db = rows.commit()
    assert snapshots.is_stale(db)
    snapshots.create(db)
    assert not snapshots.is_stale(db)
    change(rows)
    rows.commit()
    assert snapshots.is_stale(db)


def test_a_decision_that_is_undone_is_a_change(rows):
    """The row stays, its meaning does not."""
    rows.add("decisions", **DECISION)
    db = rows.commit()
    snapshots.create(db)
    rows.connection.execute("UPDATE decisions SET undone_at = '2025-01-02'")
    rows.commit()
    assert snapshots.is_stale(db)


def test_an_ingest_that_finds_nothing_new_asks_for_no_snapshot(tmp_path: Path, store):
    """However often it runs, and though a document fails each time."""
    db = tmp_path / "news.db"
    (tmp_path / "empty.txt").touch()

    def ingest() -> None:
        store("a")
        pipeline.ingest([tmp_path / "empty.txt"], db, name_prefix="")

    ingest()
    snapshots.create(db)
    for _ in range(2):
        ingest()
        assert not snapshots.is_stale(db)


def test_what_came_after_a_restore_is_not_taken_for_what_came_before(tmp_path: Path, store):
    """Counts and numbers of runs are the same again; the snapshot of other documents is stale."""
    db = tmp_path / "news.db"
    store("a")
    first = snapshots.create(db)
    store("b")
    snapshots.create(db)
    snapshots.restore(first, db, force=True)
    store("c")
    assert snapshots.is_stale(db)
    snapshots.create(db)
    assert not snapshots.is_stale(db)


def test_archives_of_one_stem_keep_their_snapshots_apart(rows):
    """`news.db` and `news.sqlite` share the folder, and neither lists, serves or prunes both."""
    db = rows.commit()
    twin = db.with_suffix(".sqlite")
    shutil.copy(db, twin)
    mine = snapshots.create(db)
    assert snapshots.newest(twin) is None
    assert snapshots.is_stale(twin)
    theirs = [snapshots.create(twin) for _ in range(2)]
    assert mine.parent == theirs[0].parent
    assert [each.path for each in snapshots.list_snapshots(db)] == [mine]
    assert [each.path for each in snapshots.list_snapshots(twin)] == theirs
    assert snapshots.prune(db, keep=1) == []
    assert snapshots.prune(twin, keep=1) == theirs[:1]
    assert snapshots.find(db, "latest") == mine
    with pytest.raises(SnapshotError, match=r"--db .*news\.db"):
        snapshots.find(twin, mine.name)
    assert snapshots.find(twin, str(mine)) == mine  # whoever gives a path means it
