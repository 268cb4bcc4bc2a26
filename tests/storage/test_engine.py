"""What SQLite and the operating system refuse is told in a sentence that says what to do."""

import sqlite3
from contextlib import closing

import pytest

from archive import pipeline
from archive.errors import DatabaseError

STORY = "Bridge opens\nThe bridge in Tolven cost €12 million, Ada Lindqvist said.\n"


@pytest.fixture
def story(tmp_path):
    """A file with a story."""
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    return tmp_path / "story.txt"


def test_an_archive_that_another_process_writes(story, tmp_path, monkeypatch):
    """The wait is bounded, and the message names the cause."""
    db = tmp_path / "a.db"
    pipeline.ingest([], db)
    monkeypatch.setattr("archive.storage.engine.BUSY_TIMEOUT", 50)
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match="Another process is writing"):
            pipeline.ingest([story], db)
    assert pipeline.ingest([story], db).failures == []


def test_a_folder_that_is_a_file(story):
    """`--db` below a file is named as what it is."""
    with pytest.raises(DatabaseError, match="--db"):
        pipeline.ingest([story], story / "a.db")


def test_a_damaged_file_does_not_pass_the_check(tmp_path):
    """Pages overwritten in the middle of the file are found."""
    db = tmp_path / "a.db"
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text(STORY.replace("12", str(number + 20)) * 3)
    pipeline.ingest([folder], db)
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    content = bytearray(db.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 40_000] = b"\xff" * 40_000
    db.write_bytes(content)
    try:
        faults = list(pipeline.check(db))
    except DatabaseError as error:
        assert "malformed" in str(error)
    else:
        assert faults
