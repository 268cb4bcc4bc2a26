"""Twenty copied or reworded versions of a story: all known, none counted."""

import sqlite3

import pytest

from archive import pipeline
from archive.publishing import snapshots
from archive.reading.meta import parse_published
from archive.records import Metadata

HEADLINE = "Warehouse fire in Marrowby kills at least 23"
PARAGRAPHS = (
    "MARROWBY, Norland — At least 23 people were killed when fire tore through a furniture "
    "warehouse in the east of Marrowby on Thursday night, the Norland Fire Service said.",
    "The flames spread from the loading bay to the upper floors within minutes, and workers of the "
    "late shift found two of the four exits locked, according to the service.",
    "“We heard them knocking and could not get the doors open,” said Ada Lindqvist, who lives "
    "across the street and ran to help with her neighbours.",
    "Officers arrested the owner of the building on Friday morning. A judge will decide today "
    "whether he may leave on bail of €40,000.",
    "The warehouse had been inspected in spring, when the town listed nine faults in its alarm and "
    "its stairs. None of them was put right before the fire.",
)
OTHER = (
    "Harvest festival draws crowds to Tolven\n"
    "Some 4,000 visitors came to the harvest festival in Tolven on Sunday, the organisers said.\n"
    "Three choirs sang on the market square until the rain came down in the late afternoon.\n"
)
WORDS = (
    ("tore through", "swept through"),
    ("within minutes", "in a few minutes"),
    ("found", "discovered"),
    ("ran to help", "came to help"),
    ("Officers", "Police"),
    ("whether", "if"),
    ("listed", "noted"),
    ("put right", "mended"),
    ("in spring", "this spring"),
    ("late shift", "evening shift"),
)


def version(number: int) -> str:
    """One of twenty versions: ten copies in other dress, ten with words changed."""
    paragraphs = list(PARAGRAPHS)
    if number % 2:
        for old, new in WORDS[number % 5 :: 2]:
            paragraphs = [paragraph.replace(old, new) for paragraph in paragraphs]
    if number % 3 == 1:
        paragraphs = [p.replace("“", '"').replace("”", '"').replace("—", "-") for p in paragraphs]
    if number % 4 == 2:
        paragraphs[2], paragraphs[4] = paragraphs[4], paragraphs[2]
    if number % 7 == 3:
        paragraphs = [*paragraphs[:3], " ".join(paragraphs[3:])]
    headline = (HEADLINE, "Blaze in Marrowby kills at least 23", HEADLINE.upper())[number % 3]
    return "\n".join([headline, *paragraphs]) + "\n"


COUNTS = {
    "claims": "SELECT count(*) FROM claims",
    "figures of no copy": "SELECT sum(figures - copies) FROM claims",
}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Snapshots before and after the twenty versions came, each from an outlet of its own."""
    folder = tmp_path_factory.mktemp("versions")
    db, first, rest = folder / "archive.db", folder / "first", folder / "rest"
    first.mkdir()
    rest.mkdir()
    (first / "original.txt").write_text("\n".join([HEADLINE, *PARAGRAPHS]) + "\n", encoding="utf-8")
    (first / "other.txt").write_text(OTHER, encoding="utf-8")
    for number in range(20):
        (rest / f"{number:02}.txt").write_text(version(number), encoding="utf-8")

    def metadata_for(name: str) -> Metadata:
        day = 1 if name in ("original.txt", "other.txt") else 2 + int(name[:2]) % 5
        return Metadata(outlet=name, published=parse_published(f"2025-05-0{day}", "option"))

    connections = []
    for part in (first, rest):
        pipeline.ingest([part], db, metadata_for=metadata_for, name_prefix="")
        connections.append(sqlite3.connect(snapshots.create(db) / "archive.db"))
    yield connections
    for connection in connections:
        connection.close()


def test_every_version_is_paired_and_the_earliest_named(published):
    """All twenty lead to the article that was there first."""
    rows = (
        published[1]
        .execute(
            "SELECT s.name, t.name FROM article_copies c JOIN articles a ON a.id = c.article_id "
            "JOIN sources s ON s.id = a.source_id JOIN articles e ON e.id = c.earliest_id "
            "JOIN sources t ON t.id = e.source_id ORDER BY 1"
        )
        .fetchall()
    )
    assert rows == [(f"{number:02}.txt", "original.txt") for number in range(20)]


def test_the_original_is_paired_with_each(published):
    """Nobody is reached through others alone, in a group of this size."""
    pairs = published[1].execute(
        "SELECT a.id FROM article_pairs p JOIN articles a ON a.id IN (p.article_id, p.other_id) "
        "JOIN sources s ON s.id = a.source_id WHERE s.name = 'original.txt'"
    )
    assert len(pairs.fetchall()) == 20


@pytest.mark.parametrize("count", ["claims", "figures of no copy"])
def test_counts_that_leave_copies_out_stay_as_they_were(published, count):
    """Twenty more outlets say the same, and it is said once."""
    before, after = (each.execute(COUNTS[count]).fetchone() for each in published)
    assert after == before
