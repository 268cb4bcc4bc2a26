"""Web archives: which records are pages, what is damaged, and HTTP's codings."""

import gzip
import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableDocument
from archive.reading.format import Container, Found, Head
from archive.reading.limits import MAX_DOCUMENT_BYTES
from archive.reading.web import warc
from archive.reading.web.http_message import UndecodableBody, decode_body, parse_message
from archive.records import RawRecord
from tests.reading.pages import HEADLINE, PARAGRAPHS, damaged, page
from tests.reading.warcs import ENCODERS, chunked, http, identity, record, zipped

SAMPLE = Path(__file__).parents[2] / "seeds" / "documents" / "24_ferry_lowland-post.warc.gz"
PAGE = page().encode()
STORY = "\n\n".join([HEADLINE, *PARAGRAPHS])


def split(content: bytes, name: str = "a.warc") -> list[Found]:
    return list(warc.split(Container(name=name, stream=io.BytesIO(content))))


def names(found: list[Found]) -> list[str]:
    """Numbers of the records given, and `!` for an error under the file's own name."""
    known = {f"a.warc#{identity(number)}": str(number) for number in range(1000)}
    known["a.warc"] = "!"
    return [known.get(each.name, each.name) for each in found]


PLAIN = b"".join(record(n, http(PAGE)) for n in range(4))


@pytest.mark.parametrize(
    ("name", "content", "is_warc"),
    [
        ("a", PLAIN, True),
        ("a", zipped([PLAIN]), True),
        ("a.warc.gz", gzip.compress(b"Rain fell.", mtime=0), False),
        ("a.warc.gz", b"\x1f\x8b\x08broken", False),
        ("a.warc", b"Rain fell.", False),
        ("a", b"", False),
    ],
)
def test_archives_are_told_by_their_first_record(name, content, is_warc):
    """Content decides, compressed or not."""
    assert warc.recognises(Head(name=name, content=content[:65536])) is is_warc


@pytest.mark.parametrize(
    "content",
    [PLAIN, zipped([record(n, http(PAGE)) for n in range(4)]), gzip.compress(PLAIN, mtime=0)],
    ids=["plain", "by record", "as one"],
)
def test_pages_are_records_named_by_their_ids(content):
    """Each response is a record with address and time; its bytes are the HTTP message."""
    found = split(content)
    assert names(found) == ["0", "1", "2", "3"]
    first = found[0]
    assert isinstance(first, RawRecord)
    assert first.content == http(PAGE)
    assert first.found.url == "https://a.example/0"
    assert first.found.retrieved_at == "2025-09-09T12:00+00:00"
    document = warc.read(first)
    assert document.text == STORY
    assert document.metadata.retrieved_at == "2025-09-09T12:00+00:00"


@pytest.mark.parametrize(
    ("made", "is_given"),
    [
        (record(1, http(PAGE)), True),
        (record(1, http(PAGE, "200 OK", "application/xhtml+xml")), True),
        (record(1, http(PAGE, "200 OK", None)), True),
        (record(1, PAGE, "resource", Content_Type="text/html"), True),
        (record(1, http(PAGE), WARC_Target_URI="<https://a.example/1>"), True),
        (record(1, http(PAGE, "404 Not Found")), False),
        (record(1, http(PAGE, "301 Moved Permanently")), False),
        (record(1, http(b"p{}", "200 OK", "text/css")), False),
        (record(1, http(b"\x89PNG", "200 OK", None)), False),
        (record(1, b"\x89PNG", "resource", Content_Type="image/png"), False),
        (record(1, http(PAGE), "revisit"), False),
        (record(1, b"GET / HTTP/1.1\r\n\r\n", "request"), False),
        (record(1, b"software: x\r\n", "warcinfo", Content_Type="application/warc-fields"), False),
        (record(1, b"via: x\r\n", "metadata"), False),
        (record(1, b"not HTTP"), False),
    ],
)
def test_only_pages_answered_with_200_are_records(made, is_given):
    """All else is passed over without a word, and what follows is read."""
    found = split(made + record(2, http(PAGE)))
    assert names(found) == (["1", "2"] if is_given else ["2"])
    assert all(isinstance(each, RawRecord) and warc.read(each).text == STORY for each in found)


RECORDS = [record(n, http(PAGE)) for n in range(4)]
MEMBERS = [zipped([each]) for each in RECORDS]


def broken(member: bytes) -> bytes:
    """A compressed member whose data is not what it was."""
    return member[:60] + bytes(255 - byte for byte in member[60:90]) + member[90:]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"".join(RECORDS)[:-300], ["0", "1", "2", "!"]),
        (b"".join(MEMBERS)[:-60], ["0", "1", "2", "!"]),
        (b"".join([MEMBERS[0], broken(MEMBERS[1]), *MEMBERS[2:]]), ["0", "!", "2", "3"]),
        (b"".join([broken(MEMBERS[0]), *MEMBERS[1:]]), ["!", "1", "2", "3"]),
        (b"".join([*MEMBERS[:2], b"\x1f\x8b\x08" * 50, *MEMBERS[2:]]), ["0", "1", "2", "3", "!"]),
        (RECORDS[0] + record(1, http(PAGE + b"\nWARC/1.1 is a format")), ["0", "1"]),
        (RECORDS[0] + b"XX" + RECORDS[1][2:] + RECORDS[2], ["0", "!", "2"]),
        (record(0, http(PAGE), Content_Length="99999999") + RECORDS[1], ["!", "1"]),
        (record(0, http(PAGE), Content_Length="-5") + RECORDS[1], ["!", "1"]),
        (RECORDS[0] * 2, ["0", "a.warc#2"]),
        (RECORDS[0] + record(1, http(PAGE), WARC_Record_ID=""), ["0", "a.warc#2"]),
        (b"", []),
    ],
)
def test_damage_costs_only_what_is_damaged(content, expected):
    """Reading goes on at the next record that is whole, and the gap is named once."""
    found = split(content)
    assert names(found) == expected
    for each in found:
        if isinstance(each, UnreadableDocument):
            assert each.reason.endswith("Fetch the file again.")


def test_pages_too_large_are_named_and_passed_over():
    """A page beyond the bound is an error in its place."""
    large = http(b"<html>" + b"x" * MAX_DOCUMENT_BYTES)
    found = split(zipped([RECORDS[0], record(1, large), RECORDS[2]]))
    assert names(found) == ["0", "1", "2"]
    assert isinstance(found[1], UnreadableDocument)


def test_memory_stays_flat():
    """A WARC of many records is never held as a whole."""
    member = zipped([record(7, http(PAGE + b" " * 200_000))])

    class Endless(io.RawIOBase):
        """The same member over and over."""

        def __init__(self) -> None:
            self.at = 0

        def seek(self, offset: int, whence: int = 0, /) -> int:
            self.at = offset
            return offset

        def tell(self) -> int:
            return self.at

        def read(self, size: int = -1, /) -> bytes:
            start = self.at % len(member)
            block = (member * 200)[start : start + size] if self.at < 400 * len(member) else b""
            self.at += len(block)
            return block

    tracemalloc.start()
    count = sum(1 for _ in warc.split(Container(name="a", stream=Endless())))  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count >= 400
    assert peak < 20_000_000


# ------------------------------------------------------------------------------------ HTTP


@pytest.mark.parametrize("coding", sorted(ENCODERS))
@pytest.mark.parametrize("is_chunked", [False, True])
def test_bodies_are_decoded(coding, is_chunked):
    """Content codings within the chunked transfer coding."""
    body = ENCODERS[coding](PAGE)
    more = [f"Content-Encoding: {coding}"]
    if is_chunked:
        body = chunked(body)
        more.append("Transfer-Encoding: chunked")
    (found,) = split(record(1, http(body, "200 OK", "text/html; charset=utf-8", *more)))
    assert isinstance(found, RawRecord)
    assert warc.read(found).text == STORY


@pytest.mark.parametrize("header", ["Content-Encoding: gzip", "Content-Encoding: br",
                                    "Content-Encoding: zstd", "Content-Encoding: deflate",
                                    "Transfer-Encoding: chunked"])  # fmt: skip
def test_bodies_that_the_crawler_decoded_are_read_as_they_are(header):
    """A header may speak of a coding that is gone."""
    message = parse_message(http(PAGE, "200 OK", "text/html", header))
    assert message is not None
    assert decode_body(message) == PAGE


@pytest.mark.parametrize(
    ("body", "coding", "reason"),
    [
        (b"\x1f\x8b\x08" + b"\xff" * 50, "gzip", "damaged"),
        (b"\xff" * 50, "br", "damaged"),
        (b"x", "compress", "not read"),
        (ENCODERS["gzip"](bytes(MAX_DOCUMENT_BYTES + 1)), "gzip", "more than"),
        (ENCODERS["br"](bytes(MAX_DOCUMENT_BYTES + 1)), "br", "more than"),
        (ENCODERS["zstd"](bytes(MAX_DOCUMENT_BYTES + 1)), "zstd", "more than"),
    ],
)
def test_bodies_that_cannot_be_decoded_say_why(body, coding, reason):
    """Damage, unknown codings and bombs are named."""
    message = parse_message(http(body, "200 OK", "text/html", f"Content-Encoding: {coding}"))
    assert message is not None
    with pytest.raises(UndecodableBody, match=reason):
        decode_body(message)
    with pytest.raises(UnreadableDocument, match=reason):
        warc.read(
            RawRecord(name="a", content=http(body, "200 OK", None, f"Content-Encoding: {coding}"))
        )


@pytest.mark.parametrize("coding", sorted(ENCODERS))
def test_bodies_that_break_off_give_what_there_is(coding):
    """The beginning of a page is worth keeping."""
    long = page(
        body="".join(f"<p>{n}: {text}</p>" for n in range(400) for text in PARAGRAPHS)
    ).encode()
    body = ENCODERS[coding](long)
    message = parse_message(
        http(body[: len(body) // 2], "200 OK", None, f"Content-Encoding: {coding}")
    )
    assert message is not None
    decoded = decode_body(message)
    assert long.startswith(decoded)


def test_the_servers_encoding_is_used():
    """The charset of the HTTP header decodes a page that declares none."""
    text = "Дождь шёл в северных долинах третий день подряд, и вода в реке поднялась до отметки."
    body = f"<html><body><article><p>{text} {text}</p></article></body></html>".encode("koi8-r")
    found = warc.read(
        RawRecord(name="a", content=http(body, "200 OK", "text/html; charset=KOI8-R"))
    )
    assert text in found.text
    assert found.encoding == "koi8-r"


@given(st.binary(max_size=300), st.integers(1, 50))
def test_chunks_come_together_again(body, size):
    """Taking a chunked body apart and together changes nothing."""
    message = parse_message(http(chunked(body, size), "200 OK", None, "Transfer-Encoding: chunked"))
    assert message is not None
    assert decode_body(message) == (body or b"0\r\n\r\n")


# ----------------------------------------------------------------------------------- damage


def documents(content: bytes) -> Iterator[object]:
    for found in split(content):
        if isinstance(found, RawRecord):
            try:
                document = warc.read(found)
            except UnreadableDocument as refused:
                yield str(refused)
                continue
            assert all(part.char_end <= len(document.text) for part in document.parts)
            yield document
        else:
            assert isinstance(found, UnreadableDocument)
            yield str(found)


@settings(max_examples=60, deadline=None)
@given(damaged(SAMPLE.read_bytes()))
def test_damaged_archives_give_documents_or_reasons(content):
    """Whatever happens to a compressed file: sound documents or reasons, the same each time."""
    assert list(documents(content)) == list(documents(content))


@settings(max_examples=60, deadline=None)
@given(
    damaged(
        RECORDS[0]
        + record(1, http(ENCODERS["br"](PAGE), "200 OK", "text/html", "Content-Encoding: br"))
    )
)
def test_damaged_records_give_documents_or_reasons(content):
    """The same for a plain file, whose damage shows in headers, codings and pages."""
    assert list(documents(content)) == list(documents(content))
