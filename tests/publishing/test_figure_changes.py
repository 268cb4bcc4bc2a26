"""The view of figures that a revision states otherwise."""

import sqlite3

from archive import pipeline
from archive.publishing import snapshots

FIRST = (
    "River Bursts Its Banks\n"
    "At least 14 people were killed in Tolven, the fire service said.\n"
    "Repairs will cost €2 million.\n"
    "Some 300 people were evacuated.\n"
)


def changes(tmp_path, *texts):
    """Rows of the view after the texts came as versions of one source."""
    db, file = tmp_path / "archive.db", tmp_path / "story.txt"
    for text in texts:
        file.write_text(text, encoding="utf-8")
        pipeline.ingest([file], db, name_prefix="")
    connection = sqlite3.connect(snapshots.create(db) / "archive.db")
    rows = connection.execute(
        "SELECT source, text_before, text_after, is_current FROM figure_changes ORDER BY figure_id"
    ).fetchall()
    connection.close()
    return rows


def test_a_toll_that_rose_is_one_change(tmp_path):
    """The figures that stand in both versions are left out."""
    second = FIRST.replace("14 people", "17 people")
    assert changes(tmp_path, FIRST, second) == [("story.txt", "At least 14", "At least 17", 1)]


def test_each_revision_is_compared_with_the_one_before(tmp_path):
    """The history of a toll is there, the latest step marked as current."""
    texts = [FIRST.replace("14 people", f"{toll} people") for toll in (14, 17, 19)]
    assert changes(tmp_path, *texts) == [
        ("story.txt", "At least 14", "At least 17", 0),
        ("story.txt", "At least 17", "At least 19", 1),
    ]


def test_other_words_with_the_same_figures_change_none(tmp_path):
    """An edit that leaves the figures alone gives no row."""
    assert changes(tmp_path, FIRST, FIRST.replace("Repairs", "The repairs")) == []
