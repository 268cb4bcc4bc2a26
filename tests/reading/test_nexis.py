"""Exports of Nexis: stories, their headers, and files that look like exports."""

import io
from pathlib import Path

import docx as python_docx
import pytest

from archive.errors import UnreadableDocument
from archive.reading.databases import nexis
from archive.reading.databases.nexis_word import REFUSED
from archive.reading.format import HEAD_BYTES, Container, Head
from archive.records import Metadata, Precision, Published, RawRecord, Role

SEEDS = Path(__file__).parents[2] / "seeds" / "documents"
WORD = (SEEDS / "40_nexis-uni_three-outlets.docx").read_bytes()
TEXT = (SEEDS / "41_lexisnexis_three-outlets.txt").read_bytes()


def split(content: bytes, **metadata):
    return list(
        nexis.split(Container(name="b", stream=io.BytesIO(content), metadata=Metadata(**metadata)))
    )


def documents(content: bytes, **metadata):
    return [nexis.read(found) for found in split(content, **metadata)]


def word(*lines: str) -> bytes:
    """A Word file with these lines as its paragraphs."""
    document = python_docx.Document()
    for line in lines:
        document.add_paragraph(line)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def story(*lines: str) -> RawRecord:
    return RawRecord(name="b#1", content="\n".join(lines).encode(), format="nexis")


def day(on: str) -> Published:
    return Published(on=on, precision=Precision.DAY, source="metadata")


def test_each_story_of_a_word_file_is_a_record():
    """The page with the search is none, and the number that it promises is not relied on."""
    first, second, third = documents(WORD)
    assert [each.name for each in (first, second, third)] == ["b#1", "b#2", "b#3"]
    assert first.metadata == Metadata(
        outlet="Harbour Courier",
        published=day("2025-09-08"),
        headline="Tram line to Sandholm opens after nine years",
        byline="Petra Lindqvist, Owen Faraday",
        section="NEWS",
        language="en",
    )
    assert first.text.startswith(
        "Tram line to Sandholm opens after nine years\n\nTOLVEN — The first"
    )
    assert first.parts[0].role is Role.HEADLINE
    assert first.parts[-1].role is Role.CAPTION
    assert second.metadata.byline is None
    assert second.metadata.section is None
    assert second.metadata.published is not None
    assert second.metadata.published.at == "2025-09-09T22:32+00:00"
    assert third.text.endswith("\n\nForty firefighters needed three hours to put it out")


def test_nothing_of_a_body_is_lost_that_looks_like_a_header():
    """A paragraph that begins with `Length:` stays a paragraph."""
    assert "Length: the council expects 9,000 travellers" in documents(WORD)[0].text


def test_header_and_end_of_a_story_are_no_text():
    """They are metadata, or are told by the record's own bytes alone."""
    for document in [*documents(WORD), *documents(TEXT)]:
        for line in document.text.split("\n\n"):
            assert not line.startswith(
                ("Copyright", "Load-Date", "LOAD-DATE", "Section:", "SECTION", "End of Document")
            )
            assert document.metadata.outlet != line


def test_each_story_of_plain_text_is_a_record_with_its_own_bytes():
    """In both orders of the fields, whatever number the file promises."""
    records = split(TEXT)
    assert b"".join(record.content for record in records) in TEXT
    first, second, third = documents(TEXT)
    assert first.metadata == Metadata(
        outlet="Sandholm Star (Sandholm)",
        published=day("2025-09-03"),
        headline="Rovers sell striker Fehr for a record fee",
        byline="Marta Ohlsen",
        section="SPORT",
        language="en",
    )
    assert second.metadata == Metadata(
        outlet="The Eastgate Dispatch",
        published=day("2025-08-30"),
        headline="Council sells town hall and rents it back",
        language="en",
    )
    assert third.metadata.byline == "Tomas Hjelm, Staff Writer"
    assert third.text.endswith("the lamp needs 14,000")
    assert {each.encoding for each in (first, second, third)} == {"utf-8"}


def test_lines_broken_for_want_of_room_are_joined():
    """A paragraph is a line, and words with a hyphen stay whole."""
    first = documents(TEXT)[0]
    assert len(first.text.split("\n\n")) == 5
    assert "which well-informed supporters had expected for weeks." in first.text


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_plain_text_is_read_in_any_encoding(encoding):
    """Older exports are Windows-1252, some programs save UTF-16."""
    text = TEXT.decode()
    assert [each.text for each in documents(text.encode(encoding))] == [
        each.text for each in documents(TEXT)
    ]


def test_german_and_french_exports_are_taken_apart():
    """Their fields and months are told too."""
    text = (
        f"{'Dokument 1 von 2':>40}\n\n{'Elbe-Blatt':>30}\n\n{'Dienstag 10. Dezember 2019':>40}\n\n"
        "Neue Brücke wird teurer\n\nAUTOR: Von Jutta Ahrens\n\nRUBRIK: LOKALES; S. 4\n\n"
        "LÄNGE: 12 Wörter\n\nDie Brücke kostet 14 Millionen Euro.\n\nSPRACHE: Deutsch\n\n"
        f"{'Document 2 de 2':>40}\n\n{'Le Courrier':>30}\n\n{'mardi 10 décembre 2019':>40}\n\n"
        "Le pont coûtera plus cher\n\nLONGUEUR: 9 mots\n\nIl coûtera 14 millions.\n\n"
        "LANGUE: Français\n"
    )
    german, french = documents(text.encode())
    assert german.metadata == Metadata(
        outlet="Elbe-Blatt",
        published=day("2019-12-10"),
        headline="Neue Brücke wird teurer",
        byline="Jutta Ahrens",
        section="LOKALES",
        language="de",
    )
    assert german.text == "Neue Brücke wird teurer\n\nDie Brücke kostet 14 Millionen Euro."
    assert (french.metadata.published, french.metadata.language) == (day("2019-12-10"), "fr")


def test_a_correction_and_an_address_are_told():
    """The publisher says that a story was corrected."""
    document = nexis.read(
        story(
            "Rain floods Tolven",
            "Lowland Post",
            "September 8, 2025",
            "URL: https://lowlandpost.example/rain",
            "Body",
            "It rained.",
            "Classification",
            "Correction: It rained on Monday, not on Sunday.",
        )
    )
    assert document.metadata.status == "corrected"
    assert document.metadata.url == "https://lowlandpost.example/rain"
    assert document.text == "Rain floods Tolven\n\nIt rained."


def test_a_story_that_nexis_failed_to_export_is_named_and_the_others_kept():
    """In its place among the others."""
    good = ["Rain", "Post", "September 8, 2025", "Length: 2 words", "Body", "It rained."]
    found = split(word(*good, "End of Document", f"{REFUSED} .", "End of Document", *good))
    assert [type(each).__name__ for each in found] == [
        "RawRecord",
        "UnreadableDocument",
        "RawRecord",
    ]
    assert found[1].name == "b#2"


def test_what_the_user_said_stands():
    """Above what the story says, for every story of the file."""
    assert {each.metadata.outlet for each in documents(TEXT, outlet="Mine")} == {"Mine"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (WORD[: len(WORD) // 2], "cut off or damaged"),
        (b"PK\x03\x04", "cut off or damaged"),
        (
            word("Date and Time: Monday", "Job Number: 1", "Documents (3)", "1. Rain"),
            "without any story",
        ),
        (b"Download Request: All Documents: 1-161\n", "without any story"),
        (b"", "without any story"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_without_stories_says_so(content, reason):
    """One error, under the name of the file."""
    (found,) = split(content)
    assert isinstance(found, UnreadableDocument)
    assert found.name == "b"
    assert reason in found.reason


def test_a_text_that_was_cut_off_keeps_its_stories():
    """The last one is as long as there is of it."""
    whole = documents(TEXT)
    cut = documents(TEXT[: TEXT.index(b"Eastgate council has sold") + 60])
    assert cut[0] == whole[0]
    assert len(cut) == 2


def test_a_file_may_begin_with_a_story():
    """Without a page before it, whatever newlines stand first."""
    begun = TEXT[TEXT.index(b"1 of 4 DOCUMENTS") :]
    for opening in (b"", b"\xef\xbb\xbf", b"\n", b"\r\n\r\n", b"\n\n\n\n"):
        assert [each.text for each in documents(opening + begun)] == [
            each.text for each in documents(TEXT)
        ]


def test_a_story_without_text_is_refused():
    """Its header alone is none."""
    with pytest.raises(UnreadableDocument, match="without text"):
        nexis.read(RawRecord(name="b#1", content=b"\n  2 of 3 DOCUMENTS\n\n"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (WORD, True),
        (TEXT, True),
        (TEXT.decode().encode("utf-16"), True),
        (b"\xef\xbb\xbf" + TEXT[TEXT.index(b"1 of 4 DOCUMENTS") :], True),
        (word("Rain", "Post", "September 8, 2025", "Length: 20 words", "Body", "It rained."), True),
        (word("Rain", "Length: two metres", "Body", "It rained in Tolven."), False),
        (word("Rain floods Tolven", "End of Document"), False),
        ((SEEDS / "24_ferry_harbour-courier.docx").read_bytes(), False),
        ((SEEDS / "24_ferry_quayside-herald.txt").read_bytes(), False),
        (b"Length: two metres\n\nBYLINE: a word\n\nCopyright 2025\n", False),
        (b"He had kept 2 of 50 DOCUMENTS.\n\nLENGTH: 3\n", False),
        (b"2 of 50 DOCUMENTS\n\nwere found in the cellar.\n", False),
        (b"", False),
    ],
    ids=str,
)
def test_an_export_is_told_by_its_header(content, told):
    """Text that merely mentions a length or a number of documents is none."""
    head = Head(name="b", content=content[:HEAD_BYTES], is_whole=len(content) <= HEAD_BYTES)
    assert nexis.recognises(head) is told
