"""Bytes to text: encodings, newlines, and what is refused."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UnreadableDocument
from archive.reading import decode, read
from archive.records import Document, RawRecord


def read_bytes(content: bytes, name: str = "news.txt") -> Document:
    return read(RawRecord(name=name, content=content))


WESTERN = "Café owners in Zürich – “all 300” of them – paid €3 each, the mayor’s office said."


@pytest.mark.parametrize(
    ("text", "written_with", "encoding"),
    [
        (WESTERN, "utf-8", "utf-8"),
        (WESTERN, "utf-8-sig", "utf-8-sig"),
        (WESTERN, "utf-16", "utf-16"),
        (WESTERN, "utf-32", "utf-32"),
        (WESTERN, "utf-16-le", "utf-16-le"),
        (WESTERN, "utf-16-be", "utf-16-be"),
        (WESTERN, "cp1252", "cp1252"),
        ("Rain\u00a0fell on 3 May.\r\nRivers rose.\rRoads closed.\n", "utf-8", "utf-8"),
        ("В столице прошёл сильный дождь, сообщили власти города.", "cp1251", "cp1251"),
        ("هطلت أمطار غزيرة على العاصمة اليوم السبت", "cp1256", "cp1256"),
        ("Deszcz zalał ulice, a mieszkańcy żądają wyjaśnień od władz", "cp1250", "cp1250"),
        (WESTERN, "mac_roman", "mac_roman"),
        ("The mayor’s plan was refused.", "mac_roman", "mac_roman"),
        ("Der Bürgermeister sagte, die Straße sei „später“ dran.", "mac_roman", "mac_roman"),
        (
            "Où vont les élèves dont l’école a fermé ? Le maire ne répond à personne.",
            "mac_roman",
            "mac_roman",
        ),
        (
            "В столице прошёл сильный дождь. Россия приняла меры, заявил Яков Лебедев.",
            "mac_cyrillic",
            "mac_cyrillic",
        ),
        # Capitals within a word that are rightly there.
        ("Uachtarán na hÉireann – “in Dublin” – met Óglaigh na hÉireann.", "cp1252", "cp1252"),
        ("Акции ЮниКредит выросли, РосНефть подешевела, сообщила биржа.", "cp1251", "cp1251"),
    ],
)
def test_text_comes_out_as_it_went_in(text, written_with, encoding):
    """Encoding found by mark or content; newlines and non-breaking spaces stay."""
    content = text.encode(written_with)
    document = read_bytes(content)
    assert (document.text, document.encoding) == (text, encoding)
    assert decode(content, encoding) == text
    assert not document.is_rendition


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("\ufeff" * 2 + WESTERN, "utf-8"),
        ("\ufeff" * 3 + WESTERN, "utf-8"),
        ("\ufeff" + WESTERN, "utf-16"),
    ],
)
def test_no_byte_order_mark_is_left(text, encoding):
    """Not even where two programs put one each."""
    content = text.encode(encoding)
    document = read_bytes(content)
    assert document.text == WESTERN
    assert document.encoding is not None
    assert decode(content, document.encoding) == WESTERN


def test_damaged_utf8_loses_its_mark_too():
    """A rendition begins with the text."""
    document = read_bytes(b"\xef\xbb\xbf" + WESTERN.encode() + "’".encode()[:-1])
    assert (document.text, document.is_rendition) == (WESTERN + "\ufffd", True)


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "В столице прошёл сильный дождь — «всю ночь», сообщили власти.\nДороги закрыты.",
        "\u3000東京都は一日、大雨のため学校を休校にすると発表した。\n\u3000道路も閉鎖された。\n",
        "هطلت أمطار غزيرة على العاصمة اليوم السبت",
    ],
)
def test_unmarked_utf16_is_refused_by_its_name(text, order):
    """Not as text with NUL characters, which its writer would look for in vain."""
    with pytest.raises(UnreadableDocument, match=r"UTF-16 without a byte-order mark\. Save it as"):
        read_bytes(text.encode(order))


@pytest.mark.parametrize(
    "content",
    [
        b"The mayor said no.\0\0 The council met again.",
        b"The \0mayor",
        "Café\0 prices rose to €3 again.".encode(),
        struct.pack("<40h", *range(-20, 20)),
    ],
)
def test_other_text_with_a_nul_is_not_called_utf16(content):
    """ASCII taken in pairs gives Chinese characters, but it is no UTF-16."""
    with pytest.raises(UnreadableDocument) as refused:
        read_bytes(content)
    assert "UTF-16" not in refused.value.reason


def test_damaged_utf8_is_kept_as_a_rendition():
    """UTF-8 cut within a character is not taken for another encoding."""
    document = read_bytes(WESTERN.encode()[:-1] + "’".encode()[:-1])
    assert document.text == WESTERN[:-1] + "\ufffd"
    assert (document.is_rendition, document.encoding) == (True, None)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.txt", "text/plain"), ("a", "text/plain"), ("A.MD", "text/markdown")],
)
def test_media_type_tells_markdown_by_its_name(name, media_type):
    """Markdown is text whose name says so."""
    assert read_bytes(b"Rain fell.", name).media_type == media_type


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty file"),
        (b"\xef\xbb\xbf", "white space"),
        (b" \r\n\t\xc2\xa0\n\xe2\x80\x8b", "white space"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG image"),
        (b"GIF89a\1\0\1\0", "GIF image"),
        (b"%PDF-1.7\n", "PDF that was cut off"),
        (b"PK\x03\x04\x14\0", "ZIP archive"),
        (b"\x1f\x8b\x08\0", "GZIP file: not one document"),
        (b"SQLite format 3\0", "SQLite database"),
        (b"\x7fELF\2\1\1", "ELF program"),
        (b"MZ\x90\0\3\0", "Windows program"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><p>Rain", "web page"),
        (b"<?xml version='1.0'?><p>Rain</p>", "XML document"),
        (b"Rain \0fell.", r"U\+0000\) at character 5"),
        (b"\x01\x02\x03 Rain \x04\x05\x06", "control characters"),
        ("Rain".encode("utf-16") + b"\0", "no known text encoding"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(content, reason):
    """The reason names what the bytes are, and ends with a remedy."""
    with pytest.raises(UnreadableDocument, match=reason) as refused:
        read_bytes(content)
    assert refused.value.name == "news.txt"
    assert refused.value.reason.endswith(".")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_exactly_or_refused(content):
    """Whatever is read decodes from its bytes again, unless it is a rendition."""
    try:
        document = read_bytes(content)
    except UnreadableDocument:
        return
    assert "\0" not in document.text
    if not document.is_rendition:
        assert document.encoding is not None
        assert decode(content, document.encoding) == document.text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_utf8_text_is_kept_character_by_character(text):
    """Text without control characters is stored as it is, unless it is blank."""
    try:
        assert read_bytes(b"\xef\xbb\xbf" + text.encode()).text == text.lstrip("\ufeff")
    except UnreadableDocument as refused:
        assert "white space" in refused.reason
