"""Furniture of an outlet's pages is recognised by its repetition."""

import itertools
import sqlite3

import pytest

from archive import pipeline
from archive.publishing import snapshots
from archive.records import Metadata
from archive.storage.digest import content_digest
from archive.storage.furniture import REPETITIONS

LINE = "Our newsroom of 40 people in Tolven works for €9 a month."


def story(number, line=LINE):
    """A story that ends with a line of its outlet."""
    toll = f"At least {number + 30} people were killed, police said."
    return f"Storm {number} hits Tolven\n{toll}\n{line}\n"


def write(folder, numbers):
    """One file a story."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number}.txt").write_text(story(number), encoding="utf-8")
    return folder


def ingest(db, folder):
    """Ingest; stories below 5 are the Ledger's, the others the Courier's."""
    outlet = lambda name: Metadata(outlet="Ledger" if name < "5" else "Courier")  # noqa: E731
    pipeline.ingest([folder], db, metadata_for=outlet, name_prefix="")


def roles(db):
    """Names of the sources whose line is furniture."""
    with sqlite3.connect(db) as connection:
        rows = connection.execute(
            "SELECT s.name FROM paragraphs p JOIN sources s ON s.id = p.source_id "
            "WHERE p.text = ? AND p.role = 'furniture' ORDER BY 1",
            (LINE,),
        )
        return [row[0].removesuffix(".txt") for row in rows]


@pytest.fixture
def nine(tmp_path):
    """Five stories of one outlet and four of another, all with one line in common."""
    ingest(tmp_path / "a.db", write(tmp_path / "in", range(9)))
    return tmp_path / "a.db"


def test_a_line_that_enough_pages_of_an_outlet_share_is_furniture(nine):
    """Four pages of another outlet are too few to tell."""
    assert REPETITIONS == 5
    assert roles(nine) == ["0", "1", "2", "3", "4"]
    assert list(pipeline.check(nine)) == []


def test_the_order_of_arrival_does_not_matter(tmp_path):
    """Whenever the fifth page comes, all five lines become furniture."""
    parts = [
        write(tmp_path / f"part{i}", numbers)
        for i, numbers in enumerate([(0, 5), (1, 2, 6), (3, 4)])
    ]
    digests = set()
    for number, order in enumerate(itertools.permutations(parts)):
        db = tmp_path / f"{number}.db"
        for part in order:
            ingest(db, part)
        assert roles(db) == ["0", "1", "2", "3", "4"]
        with sqlite3.connect(db) as connection:
            digests.add(content_digest(connection)["all"])
    assert len(digests) == 1


def test_the_page_s_own_role_comes_back(nine, tmp_path):
    """Where a page is removed or revised, the others may be too few again."""
    pipeline.remove(nine, ["0.txt"], "test")
    assert roles(nine) == []
    ingest(nine, write(tmp_path / "more", [0]))  # removed: stays out
    assert roles(nine) == []
    (tmp_path / "in" / "9.txt").write_text(story(9))
    pipeline.ingest(
        [tmp_path / "in" / "9.txt"],
        nine,
        metadata_for=lambda _: Metadata(outlet="Ledger"),
        name_prefix="",
    )
    assert roles(nine) == ["1", "2", "3", "4", "9"]
    (tmp_path / "in" / "9.txt").write_text(story(9, "It rained."))
    pipeline.ingest([tmp_path / "in" / "9.txt"], nine, name_prefix="")
    assert roles(nine) == []
    assert list(pipeline.check(nine)) == []


def test_furniture_is_neither_claim_nor_copy(nine):
    """Its numbers are not the stories', and repeating it is not copying."""
    connection = sqlite3.connect(snapshots.create(nine) / "archive.db")
    money = connection.execute("SELECT articles FROM claims WHERE kind = 'money'").fetchall()
    copies = connection.execute("SELECT DISTINCT copied_by FROM copied_paragraphs").fetchall()
    connection.close()
    assert money == [(4,)]  # the Courier's four, too few to tell
    assert copies == [("Courier",)]
