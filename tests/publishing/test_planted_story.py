"""One story told by six outlets with three values: three claims, six places."""

import sqlite3

import pytest

from archive import pipeline
from archive.publishing import snapshots
from archive.reading.meta import parse_published
from archive.records import Metadata

WIRE = (
    "Ferry capsizes off Tolven\n"
    "TOLVEN, Norland — At least 34 people were killed when a ferry capsized off Tolven on Monday, "
    "the Norland Coast Guard said.\n"
    "Divers searched the hull through the night while families waited on the quay for news.\n"
)
REWORDED = (
    "Tolven ferry disaster\n"
    "TOLVEN, Norland — A ferry with day trippers on board went down near the port of Tolven on "
    "Monday, and at least 34 people were killed, according to the Norland Coast Guard.\n"
    "The harbour stays shut for a second day.\n"
)
HOSPITAL = (
    "Hospital counts ferry dead\n"
    "TOLVEN, Norland — Tolven General Hospital said 29 people were killed when the ferry sank.\n"
    "Its wards are full and its staff have been called back from their holidays.\n"
)
UNION = (
    "Union disputes toll\n"
    "TOLVEN, Norland — The Norland Harbour Workers Union said 41 people were killed on the ferry.\n"
    "Its chairman wants an inquiry by judges from abroad.\n"
)
TEXTS = {
    "1": ("Meridian Wire", WIRE),
    "2": ("Harbour Courier", WIRE),
    "3": ("Lowland Post", WIRE.replace("—", "–").replace(",", " ,")),
    "4": ("Northern Ledger", REWORDED),
    "5": ("Quayside Herald", HOSPITAL),
    "6": ("Sandholm Star", UNION),
}


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    """A snapshot of the six outlets' articles, one a day."""
    folder = tmp_path_factory.mktemp("planted")
    (folder / "in").mkdir()
    for number, (_outlet, text) in TEXTS.items():
        (folder / "in" / f"{number}.txt").write_text(text, encoding="utf-8")

    def metadata_for(name: str) -> Metadata:
        number = name.removesuffix(".txt")
        day = parse_published(f"2025-03-0{int(number) + 3}", "option")
        return Metadata(outlet=TEXTS[number][0], published=day)

    pipeline.ingest(
        [folder / "in"], folder / "archive.db", metadata_for=metadata_for, name_prefix=""
    )
    connection = sqlite3.connect(snapshots.create(folder / "archive.db") / "archive.db")
    yield connection
    connection.close()


PLACES = (
    "SELECT {view}.low, {view}.said_by, group_concat(s.name, ' ') FROM {view} "
    "JOIN figure_claims fc ON fc.claim_id = {view}.{key} "
    "JOIN figures f ON f.id = fc.figure_id JOIN paragraphs p ON p.id = f.paragraph_id "
    "JOIN sources s ON s.id = p.source_id WHERE {view}.measure = 'killed' GROUP BY {view}.{key} "
    "ORDER BY {view}.low"
)
EXPECTED = [
    (29.0, "Tolven General Hospital", {"5.txt"}),
    (34.0, "Norland Coast Guard", {"1.txt", "2.txt", "3.txt", "4.txt"}),
    (41.0, "Norland Harbour Workers Union", {"6.txt"}),
]


@pytest.mark.parametrize(("view", "key"), [("claims", "id"), ("figure_conflicts", "claim_id")])
def test_three_claims_with_all_six_places(connection, view, key):
    """Two copies and a rewording are no claims of their own; each place is there."""
    rows = connection.execute(PLACES.format(view=view, key=key)).fetchall()
    assert [(low, said_by, set(names.split())) for low, said_by, names in rows] == EXPECTED
