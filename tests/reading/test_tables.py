"""CSV and TSV: rows, dialects, and quotation marks that do not close."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableDocument
from archive.reading.data import tables
from archive.reading.format import Container
from tests.reading.damage import check, damaged, read_all, recognises, split

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds" / "documents"
NEWS = ROOT.parent / "shared" / "news"
CSV = tables.FORMAT

ROWS = [
    ["url", "date", "title", "text", "author"],
    ["https://x.example/1", "2025-09-09", "Rain, again", 'Rain fell.\n"Two gates," she said.', "A"],
    ["https://x.example/2", "2025-09-10", "Bridge", "The café bridge closes for good.", "B"],
    ["https://x.example/3", "2025-09-11", "Gulls", "Gulls came; they stayed.", ""],
]
TITLES = ["Rain, again", "Bridge", "Gulls"]


def write(rows=ROWS, encoding="utf-8", **dialect) -> bytes:
    file = StringIO()
    csv.writer(file, lineterminator="\n", **dialect).writerows(rows)
    return file.getvalue().encode(encoding)


@pytest.mark.parametrize(
    "content",
    [
        write(),
        write(delimiter=";"),
        write(delimiter="\t"),
        write(delimiter="|"),
        write(quoting=csv.QUOTE_ALL),
        write(encoding="utf-8-sig"),
        write(encoding="utf-16"),
        write(encoding="utf-16-be"),
        write(encoding="cp1252"),
        write().replace(b"\n", b"\r\n"),
        write().replace(b"\n", b"\r"),
        b"\n" + write().replace(b"https://x.example/2", b"\n\nhttps://x.example/2"),
        write().rstrip(b"\n"),
        # Rows in two encodings, as when two programs wrote them.
        write()[:-40] + write(encoding="cp1252")[-40:],
    ],
)
def test_rows_of_any_dialect(content):
    """Delimiters, newlines and encodings; each row can be read with the header alone."""
    documents, reasons = read_all(CSV, content, "a.csv")
    assert recognises(CSV, content)
    assert reasons == []
    assert [document.name for document in documents] == ["a.csv#1", "a.csv#2", "a.csv#3"]
    assert [document.metadata.headline for document in documents] == TITLES
    assert documents[0].text.split("\n\n")[1:] == ["Rain fell.", '"Two gates," she said.']
    assert "café" in documents[1].text
    assert documents[0].metadata.byline == "A"


def test_content_of_a_record_is_header_and_row():
    """As they stand in the file."""
    lines = write().split(b"\n")
    assert [each.content for each in split(CSV, write())] == [
        lines[0] + b"\n" + lines[1] + b"\n" + lines[2],
        lines[0] + b"\n" + lines[3],
        lines[0] + b"\n" + lines[4],
    ]


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"title,text\nRain,Rain fell.\n", "a.dat", True),
        (b"Headline;Publish Date;Body\nRain;2025-09-09;Rain fell.\n", "a.dat", True),
        (b"stories_id,publish_date,title,url\n1,2025-09-09,T,https://x.example\n", "a.dat", True),
        (b"url,title,seendate,domain,sourcecountry\nx,y,z,d,s\n", "a.dat", True),
        (b"title,text\n", "a.csv", True),
        (b"title,text\n", "a.dat", False),
        (b"title,url\nRain,https://x.example\n", "a.dat", False),
        (b"country,population\nX,3\n", "a.dat", False),
        (b"text\nRain fell.\n", "a.dat", False),
        (b"Title, text\n\nOn Monday, rain fell, he said, and, at night, wind.\n", "a.txt", False),
        (b"Rain, wind and text\nOn Monday, rain fell.\n", "a.txt", False),
        (b"By Ann Lee, author, Tuesday\nRain fell, he said.\n", "a.txt", False),
        (b"Tag;Kopf;Leib\n9;Rain;Rain fell.\n10;Wind;Wind came.\n", "a.csv", True),
        (b"Tag;Kopf;Leib\n9;Rain;Rain fell.\n10;Wind;Wind came.\n", "a.txt", False),
        (b"sep=;\r\nTitle;Text\r\nRain;Rain fell.\r\n", "a.csv", True),
        (b"Rain, wind\n\nRain fell on Monday.\n\nWind, he said, came.\n", "a.csv", False),
        (b"", "a.csv", False),
        (b"\0\0\0", "a.csv", False),
    ],
)
def test_tables_are_told_from_prose(content, name, expected):
    """By a header of known names, and a second row that fits it."""
    assert recognises(CSV, content, name) == expected


def test_no_sample_of_prose_is_a_table():
    """However many commas it has."""
    for path in sorted(SEEDS.glob("*.txt")):
        assert not recognises(CSV, path.read_bytes(), path.name), path.name


@pytest.mark.parametrize(
    ("content", "titles", "reason"),
    [
        (write().replace(b",Bridge,The", b',Bridge,"The'), ["Rain, again", "Gulls"], "#2: a quot"),
        (write().replace(b",Bridge,", b',"Bridge,'), ["Rain, again", "Gulls"], "#2: a quotation"),
        (write().replace(b",Gulls,", b',"Gulls,'), ["Rain, again", "Bridge"], "#3: a quotation"),
        (
            write().replace(b"Bridge,", b"Bridge,,,x,"),
            ["Rain, again", "Gulls"],
            "#2: 8 cells, but 5",
        ),
        (write()[:-35], ["Rain, again", "Bridge"], "#3: its row breaks off after 2 of 5 cells"),
        (write()[:90], [], "#1: a quotation mark in this row does not close"),
        (b"title,text\n", [], "a header and no rows"),
        (b"\n\n,,\n", [], "nothing but blank rows"),
        (b"", [], "nothing but blank rows"),
    ],
)
def test_damage_is_named(content, titles, reason):
    """The rows that are whole are kept, also those behind the damage."""
    documents, reasons = read_all(CSV, content)
    assert [document.metadata.headline for document in documents] == titles
    assert len(reasons) == 1
    assert reason in str(reasons[0])


def test_each_of_two_damaged_rows_is_named():
    """A row that is too long ends with its line; the next one is not passed over for it."""
    content = write().replace(b"Bridge,", b"Bridge,,,x,").replace(b",Gulls,Gulls", b',Gulls,"Gulls')
    documents, reasons = read_all(CSV, content)
    assert [document.metadata.headline for document in documents] == TITLES[:1]
    assert "#2: 8 cells, but 5" in str(reasons[0])
    assert "#3: a quotation mark" in str(reasons[1])


def test_line_that_tells_excel_the_delimiter_is_no_header():
    """`sep=;` stands above it."""
    documents, reasons = read_all(CSV, b"sep=;\r\n" + write(delimiter=";"))
    assert reasons == []
    assert [document.metadata.headline for document in documents] == TITLES


def test_table_of_unknown_columns_is_refused_once():
    """Not once for each row; --map names the column of text."""
    content = b"Tag;Kopf;Leib\n9;Rain;Rain fell.\n10;Wind;Wind came.\n"
    documents, (reason,) = read_all(CSV, content, "a.csv")
    assert documents == []
    assert "a.csv: a table without a column of text among: Kopf, Leib, Tag." in str(reason)
    documents, reasons = read_all(CSV, content, "a.csv", (("text", "Leib"),))
    assert [document.text for document in documents] == ["Rain fell.", "Wind came."]
    assert reasons == []


def test_large_cells_are_read():
    """The csv module's own limit of 128 KiB does not hold."""
    content = write([ROWS[0], [*ROWS[2][:3], "Rain fell. " * 30_000, ""]])
    (document,), _ = read_all(CSV, content)
    assert len(document.text) > 300_000


def test_too_large_rows_are_passed_over(monkeypatch):
    """Whether they have newlines or not."""
    monkeypatch.setattr(tables, "MAX_DOCUMENT_BYTES", 5_000)
    for filler in ("x" * 20_000, "x y z\n" * 4_000):
        content = write([*ROWS[:2], ["u", "d", "t", filler, ""], *ROWS[2:]])
        documents, reasons = read_all(CSV, content)
        assert [document.metadata.headline for document in documents] == TITLES
        assert "#2: a row of more than" in str(reasons[0])


def test_quotation_marks_that_never_close_take_no_time():
    """Each line opens one; the file is given up, or read, but not again and again."""
    content = b"title,text\n" + b'T,"x\n' * 100_000
    assert len(split(CSV, content)) <= 100_001


def test_mapped_column_that_is_missing():
    """It is said before anything is stored, with the columns that there are."""
    found = split(CSV, write(), mapping=(("text", "body"),))
    assert [type(each) for each in found] == [UnreadableDocument]
    assert "'body'" in found[0].reason and "author, date, text, title, url" in found[0].reason


def test_mapping_names_columns():
    """Also those that are not known by name."""
    content = write([["Überschrift", "Rubrik", "Inhalt"], ["Regen", "Wetter", "Es regnete."]])
    mapping = (("headline", "Überschrift"), ("section", "Rubrik"), ("text", "Inhalt"))
    (document,), reasons = read_all(CSV, content, mapping=mapping)
    assert (document.text, reasons) == ("Regen\n\nEs regnete.", [])
    assert document.metadata.section == "Wetter"


def test_stream_stays_open():
    """Its owner closes it."""
    stream = BytesIO(write())
    list(tables.split(Container(name="a", stream=stream)))
    assert not stream.closed


def test_wikinews_tables_are_read_whole():
    """295 articles of English Wikinews with dates and headlines."""
    if not NEWS.is_dir():
        pytest.skip("no ../shared/news beside the project")
    count = 0
    for path in sorted(NEWS.glob("*.csv")):
        documents, reasons = read_all(CSV, path.read_bytes(), path.name)
        assert recognises(CSV, path.read_bytes(), path.name)
        assert reasons == []
        for document in documents:
            assert document.metadata.published and document.metadata.headline
            assert document.metadata.url.startswith("https://en.wikinews.org/")
        count += len(documents)
    assert count == 295


def test_sample():
    """The ferry's story and another."""
    content = (SEEDS / "24_ferry_lowland-post.csv").read_bytes()
    plain = (SEEDS / "24_ferry_quayside-herald.txt").read_text(encoding="utf-8").split("\n")
    documents, reasons = read_all(CSV, content)
    assert recognises(CSV, content) and reasons == [] and len(documents) == 2
    assert documents[0].text.split("\n\n") == [plain[0], *plain[2:7]]


@settings(max_examples=80, deadline=None)
@given(damaged((SEEDS / "24_ferry_lowland-post.csv").read_bytes()))
def test_damaged_tables(content):
    """Only documents and reasons, the same each time."""
    check(CSV, content)


_CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=30)


@settings(max_examples=80)
@given(st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_rows_come_apart_as_they_were_put_together(cells, delimiter):
    """What the csv module writes, each row's bytes give back."""
    rows = [["title", "text"], *([f"T{title}", f"x{text}"] for title, text in cells)]
    found = split(CSV, write(rows, delimiter=delimiter, quoting=csv.QUOTE_ALL))
    parsed = [
        list(csv.reader(StringIO(each.content.decode(), newline=""), delimiter=delimiter))
        for each in found
    ]
    assert parsed == [[rows[0], row] for row in rows[1:]]
