"""WACZ: the web pages of the WARC files in a ZIP."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from archive.errors import UnreadableDocument
from archive.reading.format import Container, Found, Head
from archive.reading.web import wacz, warc
from archive.records import RawRecord
from tests.reading.pages import damaged, page
from tests.reading.warcs import http, identity, record, zipped

SAMPLE = Path(__file__).parents[2] / "seeds" / "documents" / "24_ferry_northern-ledger.wacz"
PAGE = page().encode()


def made(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            # A fixed time: the bytes are parameters, which all test workers must make alike.
            info = zipfile.ZipInfo(name, (2025, 9, 9, 12, 0, 0))
            info.compress_type = compression
            archive.writestr(info, content)
    return stream.getvalue()


def split(content: bytes) -> list[Found]:
    return list(wacz.split(Container(name="a.wacz", stream=io.BytesIO(content))))


ONE, TWO = (zipped([record(number, http(PAGE))]) for number in (1, 2))


@pytest.mark.parametrize(
    ("name", "members", "is_wacz"),
    [
        ("a", {"archive/data.warc.gz": ONE, "datapackage.json": b"{}"}, True),
        ("a", {"datapackage.json": b"{}", "archive/data.warc": b""}, True),
        ("a.wacz", {"x": b""}, True),
        ("a.zip", {"a.txt": b"Rain fell.", "archive/a.txt": b"x"}, False),
        ("a.zip", {"datapackage.json": b"{}", "data.csv": b"x"}, False),
    ],
)
def test_a_wacz_is_told_by_its_members(name, members, is_wacz):
    """A ZIP that holds an archive folder with WARC files, or is named so."""
    assert wacz.recognises(Head(name=name, content=made(members))) is is_wacz


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_pages_of_all_archives_are_records_of_the_file(compression):
    """The WARC files in the order of their names, each record under the file's name."""
    members = {"archive/b.warc.gz": TWO, "pages/pages.jsonl": b"{}", "archive/a.warc.gz": ONE}
    found = split(made(members, compression))
    assert [each.name for each in found] == [f"a.wacz#{identity(n)}" for n in (1, 2)]
    assert all(isinstance(each, RawRecord) and warc.read(each).metadata.url for each in found)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"PK\x03\x04", ["a.wacz"]),
        (made({"archive/a.warc.gz": ONE})[:-30], ["a.wacz"]),
        (made({"datapackage.json": b"{}"}), ["a.wacz"]),
        (made({"archive/a.warc.gz": ONE[:-40], "archive/b.warc.gz": TWO}), ["a.wacz", "2"]),
        (made({"../a.warc.gz": ONE, "archive/b.warc.gz": TWO}), ["a.wacz#../a.warc.gz", "2"]),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_kept(content, expected):
    """A file that was cut off, one without WARC files, a damaged one among others."""
    found = split(content)
    assert [each.name.replace(f"a.wacz#{identity(2)}", "2") for each in found] == expected
    assert isinstance(found[0], UnreadableDocument)


@settings(max_examples=50, deadline=None)
@given(damaged(SAMPLE.read_bytes()))
def test_damaged_files_give_records_or_reasons(content):
    """Whatever happens to a file, nothing but records and reasons comes out."""
    for found in split(content):
        if isinstance(found, RawRecord):
            try:
                warc.read(found)
            except UnreadableDocument as refused:
                assert refused.reason
        else:
            assert isinstance(found, UnreadableDocument)
