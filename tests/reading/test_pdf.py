"""PDF: paragraphs from lines, running heads, properties, and files made to do harm."""

import io
import textwrap
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from archive.errors import UnreadableDocument
from archive.reading.format import Head
from archive.reading.office import pdf
from archive.reading.office.pdf_lines import PageLine, join_paragraphs, without_running_lines
from archive.records import Metadata, RawRecord

SEEDS = Path(__file__).parents[2] / "seeds" / "documents"
SAMPLE = (SEEDS / "24_ferry_lowland-post.pdf").read_bytes()


def read(content: bytes, **metadata):
    return pdf.read(RawRecord(name="a.pdf", content=content, metadata=Metadata(**metadata)))


def show(text: str, x: float = 50, y: float = 700, size: float = 11) -> bytes:
    """The operators that print a line."""
    return b"BT /F1 %f Tf 1 0 0 1 %f %f Tm (%s) Tj ET\n" % (size, x, y, text.encode("cp1252"))


def made(*pages: bytes, filters: bytes = b"", **info: str) -> bytes:
    """A PDF of pages with these contents."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
        b"<< %s >>" % b" ".join(b"/%s (%s)" % (k.encode(), v.encode()) for k, v in info.items()),
    ]
    for number, content in enumerate(pages):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (6 + 2 * number),
            b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content),
        ]
    out, starts = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    count = len(objects) + 1
    return b"".join(
        [
            out,
            b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table),
            b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\n" % count,
            b"startxref\n%d\n%%%%EOF\n" % len(out),
        ]
    )


def encrypted(user_password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(SAMPLE)))
    writer.encrypt(
        user_password=user_password, owner_password=user_password + "o", algorithm="RC4-128"
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_sample_is_the_story_of_the_plain_text():
    """Two pages of broken lines give the paragraphs; running heads and page numbers are gone."""
    plain = (SEEDS / "24_ferry_quayside-herald.txt").read_text(encoding="utf-8")
    document = read(SAMPLE)
    assert len(PdfReader(io.BytesIO(SAMPLE)).pages) > 1
    assert (
        document.text.split("\n\n") == plain.replace("Quayside Herald", "Lowland Post").splitlines()
    )
    assert document.parts == ()
    assert document.metadata == Metadata(
        headline="Ferry with 312 aboard runs aground off Tolven",
        byline="Lina Osterby",
        language="en",
    )


LONG = (
    "The river rose by two metres in a single night and flooded forty streets of the old town, "
    "where the fire service had to carry people from their houses in boats until the morning."
)


def page_of(*paragraphs: str, indent: float = 0, gap: float = 0, width: int = 60) -> bytes:
    """A page on which each paragraph's lines are broken at a width."""
    y, out = 760.0, b""
    for paragraph in paragraphs:
        for number, line in enumerate(textwrap.wrap(paragraph, width)):
            out += show(line, x=50 + (0 if number else indent), y=y)
            y -= 14
        y -= gap
    return out


@pytest.mark.parametrize(("indent", "gap"), [(0, 8), (15, 0)])
def test_distance_or_indent_parts_paragraphs(indent, gap):
    """Printers use the one or the other."""
    text = read(made(page_of(LONG, LONG, LONG, indent=indent, gap=gap))).text
    assert text.split("\n\n") == [LONG] * 3


def test_a_line_with_room_for_the_next_word_ends_its_paragraph():
    """Where neither distance nor indent tell, the break was meant."""
    text = read(made(page_of(LONG, "Nobody was hurt.", LONG, width=72))).text
    assert text.split("\n\n") == [LONG, "Nobody was hurt.", LONG]


def line(text: str, y: float, page: int = 0, x: float = 50, size: float = 10) -> PageLine:
    return PageLine(text=text, x=x, y=y, size=size, page=page)


@pytest.mark.parametrize(
    ("above", "below", "elsewhere", "text"),
    [
        (
            "they rose the sand-",
            "bank by a metre",
            "a sandbank",
            "they rose the sandbank by a metre",
        ),
        ("they rose the sand-", "bank by a metre", "", "they rose the sand-bank by a metre"),
        ("in the manage-", "ment of the port", "", "in the management of the port"),
        ("a well-known gun-", "wielding man", "gun-wielding", "a well-known gun-wielding man"),
        ("they rose the sand\u00ad", "bank again", "", "they rose the sandbank again"),
        ("from Tolven -", "and back", "", "from Tolven - and back"),
    ],
)
def test_a_divided_word_is_put_together_only_where_it_is_known(above, below, elsewhere, text):
    """Else its hyphen stays: nobody can tell `sand-bank` from `sandbank`."""
    lines = [line(above, 700), line(below, 688)]
    found = join_paragraphs([*lines, *([line(elsewhere, 400, size=20)] if elsewhere else [])])
    assert found[0] == text


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("the river and the", "sea met there", True),
        ("It rained all night.", "sea levels rose", False),
        ("the river and the", "Sea Office met", False),
    ],
)
def test_a_sentence_runs_over_a_page_only_where_it_surely_does(above, below, joined):
    """The next page goes on in lower case, and no sentence had ended."""
    found = join_paragraphs([line(above, 50), line(below, 750, page=1)])
    assert len(found) == (1 if joined else 2)


def test_running_lines_are_alike_but_for_numbers_on_most_pages():
    """A line that two of four pages share stays, and so does one at another height."""
    lines = [
        each
        for page in range(4)
        for each in (
            line("The Daily", 790, page),
            line(f"A body line of page {'abcd'[page]}", 700, page),
            line("Twice", 600 - page, page),
            line("Another line", 400, page),
            line(f"Page {page + 1}", 20, page),
        )
    ]
    kept, running = without_running_lines(lines)
    assert {each.text for each in running} == {
        "The Daily",
        "Page 1",
        "Page 2",
        "Page 3",
        "Page 4",
    } | {"Another line"}
    assert len([each for each in kept if each.text == "Twice"]) == 4


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (["1", "2", "3"], 0),
        (["- 7 -", "- 8 -", "- 9 -"], 0),
        (["1/3", "2/3", "3/3"], 0),
        (["120", "85", "34"], 3),
        (["12", "12", "12"], 3),
    ],
)
def test_numbers_alone_are_running_lines_only_where_they_count_the_pages(texts, kept):
    """The figures of a table that goes on from page to page stay."""
    lines = [
        each
        for page, text in enumerate(texts)
        for each in (line(text, 20, page), line(f"word {'abc'[page]}", 700, page))
    ]
    assert len(without_running_lines(lines)[0]) == 3 + kept


def test_two_columns_of_one_page_are_no_running_lines():
    """What stands twice on one page is not repeated from page to page."""
    lines = [line("12", 700, x=50), line("15", 700, x=300), line("Rain fell.", 500)]
    assert without_running_lines(lines) == (lines, [])


def test_a_page_printed_by_a_browser_tells_its_address_and_when_it_was_fetched():
    """The head and foot that the browser adds are no text; when it was made is no publication."""
    content = (
        show("9/9/25, 10:15 AM Rain floods Tolven | Herald", y=790, size=8)
        + show("Rain floods Tolven", size=20)
        + show("Forty streets were under water on Monday.", y=600)
        + show("https://herald.example/rain 1/1", y=10, size=8)
    )
    printed = made(
        content,
        Title="Rain floods Tolven | Herald",
        Creator="Mozilla/5.0 Chrome/140.0",
        Producer="Skia/PDF m140",
        CreationDate="D:20250909081500Z",
    )
    document = read(printed)
    assert document.text == "Rain floods Tolven\n\nForty streets were under water on Monday."
    assert document.metadata == Metadata(
        headline="Rain floods Tolven",
        url="https://herald.example/rain",
        retrieved_at="2025-09-09T08:15+00:00",
    )


def test_a_publishers_metadata_tells_the_date():
    """PRISM in XMP says when something was published."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(SAMPLE)))
    writer.xmp_metadata = (
        b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        b'rdf:about="" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">'
        b"<prism:publicationDate>2025-09-10</prism:publicationDate>"
        b"<prism:publicationName>Lowland Post</prism:publicationName>"
        b'</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    out = io.BytesIO()
    writer.write(out)
    metadata = read(out.getvalue()).metadata
    assert metadata.published is not None
    assert (metadata.published.on, metadata.outlet) == ("2025-09-10", "Lowland Post")


def test_an_empty_password_opens_a_file():
    """Publishers encrypt to forbid copying; such a file opens for everybody."""
    assert read(encrypted("")).text == read(SAMPLE).text


BOMB = zlib.compress(bytes(40_000_000), 9)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SAMPLE[: len(SAMPLE) // 2], "cut off"),
        (b"", "cut off"),
        (b"%PDF-1.4\nnothing\n%%EOF", "damaged PDF"),
        (SAMPLE.replace(b"/Type /Pages", b"/Type /Nothing").replace(b"/Kids", b"/Nods"), "PDF"),
        (made(b""), "without a text layer"),
        (made(show("12 34")), "without a text layer"),
        (encrypted("secret"), "password"),
        (made(BOMB, filters=b"/Filter /FlateDecode"), "unpack to more"),
        (
            made(zlib.compress(b"q Q " * 1_000_000), filters=b"/Filter /FlateDecode"),
            "unpack to more",
        ),
        (made(*[show("page")] * (pdf.MAX_PAGES + 1)), "pages, more than"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_with_reason_and_remedy(content, reason):
    """A scan with the advice to recognise its text."""
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        read(content)
    assert caught.value.name == "a.pdf"
    assert caught.value.reason.endswith(".")


def test_drawing_without_end_is_stopped(monkeypatch):
    """By the number of operations, which is the same on every machine."""
    monkeypatch.setattr(pdf, "MAX_OPERATIONS", 100)
    with pytest.raises(UnreadableDocument, match="drawing operations"):
        read(made(show("word") * 100))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (SAMPLE, True),
        (b"\n" + SAMPLE, True),
        (b"X-Cache: HIT\r\n\r\n" + SAMPLE, True),
        (b"The mark is %PDF-1.4.", False),
        (b"The mark of such files is\n%PDF-1.4\nand nothing else.", False),
        (b"", False),
    ],
)
def test_pdf_is_told_by_its_first_bytes(content, told):
    """Whatever its name."""
    assert pdf.recognises(Head(name="a.txt", content=content)) is told
