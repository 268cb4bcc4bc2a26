"""Furniture of an outlet's pages is recognised by its repetition."""

import sqlite3

import pytest

from archive import pipeline
from archive.publishing import snapshots
from archive.records import Metadata

LINE = "Our newsroom of 40 people works for €9 a month."


@pytest.fixture
def published(tmp_path):
    """Five stories of one outlet and four of another, all with one line in common."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(9):
        story = (
            f"Storm {number} hits Tolven\nAt least {number + 30} people were killed, police said.\n"
        )
        (folder / f"{number}.txt").write_text(f"{story}{LINE}\n", encoding="utf-8")
    pipeline.ingest(
        [folder],
        tmp_path / "archive.db",
        metadata_for=lambda name: Metadata(outlet="Ledger" if name < "5" else "Courier"),
        name_prefix="",
    )
    connection = sqlite3.connect(snapshots.create(tmp_path / "archive.db") / "archive.db")
    yield connection
    connection.close()


def test_a_line_that_five_pages_of_an_outlet_share_is_boilerplate(published):
    """Four pages of another outlet are too few to tell."""
    rows = published.execute(
        "SELECT p.text, o.name, b.sources, count(*) FROM boilerplate b "
        "JOIN paragraphs p ON p.id = b.paragraph_id JOIN outlets o ON o.id = b.outlet_id GROUP BY 1, 2"
    ).fetchall()
    assert rows == [(LINE, "Ledger", 5, 5)]


def test_boilerplate_is_neither_claim_nor_copy(published):
    """Its numbers are not the stories', and repeating it is not copying."""
    tolls = [row[0] for row in published.execute("SELECT low FROM claims ORDER BY low")]
    assert tolls[-9:] == [float(number) for number in range(30, 39)]
    copies = published.execute("SELECT DISTINCT copied_by FROM copied_paragraphs").fetchall()
    assert copies == [("Courier",)]
