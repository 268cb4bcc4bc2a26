"""Exports of Factiva: fields and lines, in RTF and HTML."""

import io
from pathlib import Path

import pytest

from archive.errors import UnreadableDocument
from archive.reading.databases import factiva
from archive.reading.databases.factiva_stories import Heading, from_lines
from archive.reading.format import HEAD_BYTES, Container, Head
from archive.records import Metadata, Precision, Published, RawRecord, Role

SEEDS = Path(__file__).parents[2] / "seeds" / "documents"
RTF = (SEEDS / "42_factiva_two-outlets.rtf").read_bytes()
HTML = (SEEDS / "43_factiva_two-outlets.html").read_bytes()


def split(content: bytes, **metadata):
    return list(
        factiva.split(
            Container(name="b", stream=io.BytesIO(content), metadata=Metadata(**metadata))
        )
    )


def documents(content: bytes, **metadata):
    return [factiva.read(found) for found in split(content, **metadata)]


def minute(at: str) -> Published:
    return Published(on=at[:10], at=at, precision=Precision.MINUTE, source="metadata")


def day(on: str) -> Published:
    return Published(on=on, precision=Precision.DAY, source="metadata")


def test_each_story_of_an_rtf_file_is_a_record():
    """From the codes of its table; lead and text make the body."""
    first, second = documents(RTF)
    assert (first.name, first.encoding, first.media_type) == ("b#1", "utf-8", "text/plain")
    assert first.metadata == Metadata(
        outlet="Lowland Post",
        published=minute("2025-09-02T07:45"),
        headline="Sawmill at Brannock to double its output",
        byline="Henrike Solberg",
        section="Business",
        language="en",
    )
    assert [part.role for part in first.parts] == [Role.HEADLINE, None, None, None, None]
    assert first.text.endswith("is to be built for €6.5 million by 2029.")
    assert second.metadata.status == "corrected"
    assert "Factiva, Inc" not in second.text


def test_each_story_of_a_web_page_is_a_record_with_its_own_bytes():
    """From the order of its lines; emphasis of the words searched for is no part of them."""
    records = split(HTML)
    assert all(record.content in HTML for record in records)
    first, second = documents(HTML)
    assert (first.encoding, first.media_type) == ("utf-8", "text/html")
    assert first.metadata == Metadata(
        outlet="Harbour Courier",
        published=minute("2025-09-04T06:00"),
        headline="Ferry company orders two electric ships",
        byline="Jonne Amdal",
        section="Transport",
        language="en",
    )
    assert "Its batteries weigh 160 tonnes and are charged" in first.text
    assert second.metadata == Metadata(
        outlet="Quayside Herald",
        published=day("2025-09-06"),
        headline="Library to open on Sundays",
        language="en",
    )
    assert "Document" not in second.text


TABLE = """<html><head><title>Factiva</title></head><body>
<div class="article frArticle"><table>
<tr><td class="index"><b>HD</b>&nbsp;</td>
<td><b class='frHeadline'>Le pont coûtera plus cher</b></td></tr>
<tr><td><b>CR</b>&nbsp;</td><td>AFP</td></tr>
<tr><td><b>PD</b>&nbsp;</td><td>29 décembre 2011</td></tr>
<tr><td><b>ET</b>&nbsp;</td><td>15:32</td></tr>
<tr><td><b>SN</b>&nbsp;</td><td>Le Courrier</td></tr>
<tr><td><b>LA</b>&nbsp;</td><td>Français</td></tr>
<tr><td><p><b>LP</b>&nbsp;</p></td>
<td><p class="articleParagraph">Un.</p><p>Deux.</p></td></tr>
<tr><td><p><b>TD</b>&nbsp;</p></td><td><p>Trois.</p></td></tr>
<tr><td><b>NS</b>&nbsp;</td><td>gvote : Elections</td></tr></table></div>
<div id="pageFooter">(c) 2011 Factiva, Inc.</div></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_web_page_with_indexing_is_read_by_its_codes(encoding):
    """In any encoding, and without the foot of the page."""
    (document,) = documents(TABLE.encode(encoding))
    assert document.text == "Le pont coûtera plus cher\n\nUn.\n\nDeux.\n\nTrois."
    assert document.metadata == Metadata(
        outlet="Le Courrier",
        published=minute("2011-12-29T15:32"),
        headline="Le pont coûtera plus cher",
        agency="AFP",
        language="fr",
    )


HEADER = ["120 words", "4 September 2025", "Harbour Courier", "HARCOU", "English", "(c) 2025 HC"]
AN = "Document HARCOU0020250904el940002k"


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        (["Rain floods Tolven"], (None, "Rain floods Tolven", None)),
        (["Rain floods Tolven", "By Ana Torvald"], (None, "Rain floods Tolven", "Ana Torvald")),
        (["Rain floods Tolven", "Ana Torvald"], (None, "Rain floods Tolven", "Ana Torvald")),
        (
            ["News", "Rain floods Tolven in the night"],
            ("News", "Rain floods Tolven in the night", None),
        ),
        (
            ["News", "Rain floods Tolven", "Ana Torvald"],
            ("News", "Rain floods Tolven", "Ana Torvald"),
        ),
    ],
)
def test_lines_before_the_number_of_words_are_told_by_their_looks(top, expected):
    """Section, headline and byline, where no code tells them."""
    story = from_lines([*top, *HEADER, "It rained.", AN])
    metadata = story.metadata
    assert (metadata.section, metadata.headline, metadata.byline) == expected
    assert metadata.outlet == "Harbour Courier"
    assert story.paragraphs == [("It rained.", None)]


@pytest.mark.parametrize(
    "header",
    [
        HEADER[:-1],
        HEADER[:4],
        [*HEADER[:4], "12", *HEADER[4:]],
        [*HEADER[:2], "06:00", *HEADER[2:]],
        [*HEADER[:4], "(c) 2025 HC"],
    ],
)
def test_a_header_may_lack_lines_or_have_more(header):
    """Page, time, copyright and language are not always there; the text begins after them."""
    story = from_lines(["Rain", *header, "It rained in Tolven.", "It stopped."], Heading("Rain"))
    assert [line for line, _ in story.paragraphs] == ["It rained in Tolven.", "It stopped."]
    assert story.metadata.outlet == "Harbour Courier"


def test_a_list_of_headlines_before_the_first_story_is_none_of_it():
    """Some files begin with one."""
    contents = ["Headlines", "Rain floods Tolven", "Library opens", "Eels are back", "Tram opens"]
    for byline in ((), ("By Ana Torvald",)):
        story = from_lines([*contents, "Rain floods Tolven", *byline, *HEADER, "It rained.", AN])
        assert story.metadata.headline == "Rain floods Tolven"
        assert story.metadata.byline == ("Ana Torvald" if byline else None)
        assert story.paragraphs == [("It rained.", None)]


def test_a_story_without_a_header_is_all_text():
    """Nothing of it is lost."""
    story = from_lines(["Rain", "It rained.", "It stopped."])
    assert [line for line, _ in story.paragraphs] == ["It rained.", "It stopped."]


@pytest.mark.parametrize(("content", "at"), [(RTF, b"Dredging"), (HTML, b"The town library")])
def test_of_a_file_that_was_cut_off_the_whole_stories_are_kept(content, at):
    """And the reason is named under the name of the file."""
    whole = split(content)
    first, error = split(content[: content.index(at) + 40])
    assert first == whole[0]
    assert isinstance(error, UnreadableDocument)
    assert (error.name, "cut off" in error.reason) == ("b", True)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            b"<html><title>Factiva</title><body><p>No documents.</p></body></html>",
            "without any story",
        ),
        (
            b"{\\rtf1{\\info{\\title Factiva RTF Display Format}}Headlines\\par}",
            "without any story",
        ),
        (b"{\\rtf1" + b"{" * 5000, "within each other"),
        (b"", "cut off"),
    ],
)
def test_a_file_without_stories_says_so(content, reason):
    """One error, under the name of the file."""
    (found,) = split(content)
    assert isinstance(found, UnreadableDocument)
    assert found.name == "b"
    assert reason in found.reason


def test_a_story_without_text_is_refused():
    """An empty element is none."""
    with pytest.raises(UnreadableDocument, match="without text"):
        factiva.read(RawRecord(name="b#1", content=b"<div class='article enArticle'></div>"))


def test_what_the_user_said_stands():
    """Above what the story says, for every story of the file."""
    assert {each.metadata.outlet for each in documents(HTML, outlet="Mine")} == {"Mine"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (RTF, True),
        (RTF.replace(b"Factiva RTF Display Format", b"Export"), True),
        (HTML, True),
        (TABLE.encode("utf-16"), True),
        (b"<html><head><title>Factiva</title>" + b" " * 70_000, True),
        ((SEEDS / "24_ferry_northern-ledger.rtf").read_bytes(), False),
        (b"<html><head><title>What Factiva costs</title></head><body>Much.</body></html>", False),
        (b"<html><body><div class='article'><p>Rain.</p></div></body></html>", False),
        (b"HD\tRain\nPD\t3 May 2025\n", False),
        (b"", False),
    ],
    ids=lambda value: value[:12] if isinstance(value, bytes) else None,
)
def test_an_export_is_told_by_its_title_or_its_stories(content, told):
    """A page about Factiva, and other RTF, is none."""
    head = Head(name="b", content=content[:HEAD_BYTES], is_whole=len(content) <= HEAD_BYTES)
    assert factiva.recognises(head) is told
