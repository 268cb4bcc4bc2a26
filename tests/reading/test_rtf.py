"""RTF: code pages, escapes, and what is no text of the page."""

from pathlib import Path

import pytest

from archive.errors import UnreadableDocument
from archive.reading.format import Head
from archive.reading.office import rtf
from archive.records import Metadata, RawRecord

SAMPLE = (
    Path(__file__).parents[2] / "seeds" / "documents" / "24_ferry_northern-ledger.rtf"
).read_bytes()


def read(content: bytes, **metadata):
    return rtf.read(RawRecord(name="a.rtf", content=content, metadata=Metadata(**metadata)))


def text_of(body: str, head: str = r"\ansi\ansicpg1252") -> str:
    return read(b"{\\rtf1" + head.encode() + b"\n" + body.encode("latin-1") + b"\\par}").text


def test_the_sample_is_the_story_of_the_plain_text():
    """Headline first, a paragraph per line, characters beyond ASCII, no header, no picture."""
    plain = SAMPLE_TEXT.replace("Quayside Herald", "Northern Ledger")
    document = read(SAMPLE)
    assert document.text.split("\n\n") == plain.splitlines()
    assert document.is_rendition
    assert document.parts == ()
    assert document.metadata == Metadata(
        headline="Ferry with 312 aboard runs aground off Tolven", byline="Lina Osterby"
    )


SAMPLE_TEXT = (
    Path(__file__).parents[2] / "seeds" / "documents" / "24_ferry_quayside-herald.txt"
).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"caf\'e9 \'93five\'94", "café “five”"),
        (r"10 \u8364?", "10 €"),
        (r"{\uc2\u8364 ab}c", "€c"),
        (r"smile \u-10179?\u-8704?", "smile 😀"),
        (r"half \u-10179? one", "half � one"),
        (r"{\fonttbl{\f1\fcharset204 Arial;}}{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (r"{\fonttbl{\f1\fcharset86 Times;}}{\f1 plain}", "plain"),
        ("one\\par\ntwo", "one\n\ntwo"),
        (
            r"It rained\line in Tolven.\line Then it stopped.",
            "It rained in Tolven.\n\nThen it stopped.",
        ),
        (
            r"\trowd Tolven\cell 12\cell\row\trowd Sandholm\cell 7\cell\row",
            "Tolven 12\n\nSandholm 7",
        ),
        (
            r'{\field{\*\fldinst HYPERLINK "https://a.example"}{\fldrslt a link}} here',
            "a link here",
        ),
        (r"seen{\v hidden} {\deleted gone}too", "seen too"),
        (r"{\v hidden\v0  seen}", "seen"),
        (r"{\pict\pngblip 89504e47}after", "after"),
        (r"{\footer page 3}text{\header top}", "text"),
        (r"{\*\unknown secret}text", "text"),
        ("{\n\\*\\unknown secret}text", "text"),
        ("one\nword\\b\nbold", "onewordbold"),
        (r"a \{brace\} and \\backslash", r"a {brace} and \backslash"),
        (r"no\~break 1\'a0000", "no break 1\u00a0000"),
    ],
)
def test_text_is_what_the_page_shows(body, text):
    """Escapes are resolved; pictures, fields, hidden and deleted text are left out."""
    assert text_of(body) == text


def test_bytes_of_a_picture_are_no_markup():
    r"""`\bin` says how many bytes follow, braces among them."""
    assert read(rb"{\rtf1 {\pict\bin6 }}}{\\}Rain fell.\par}").text == "Rain fell."


def test_the_title_counts_only_where_the_text_shows_it():
    """A file's title is as often the name of a template."""
    shown = rb"{\rtf1{\info{\title Rain fell | Herald}{\author Admin}}News\par Rain fell\par}"
    assert read(shown).metadata == Metadata(headline="Rain fell")
    assert read(shown.replace(b"title Rain", b"title Snow")).metadata == Metadata()


def test_what_the_user_said_stands():
    """Above what the file says."""
    assert read(SAMPLE, byline="Somebody Else").metadata.byline == "Somebody Else"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SAMPLE[: len(SAMPLE) // 2], "cut off"),
        (b"{\\rtf1", "cut off"),
        (b"{\\rtf1 }", "without text"),
        (b"{\\rtf1{\\pict 00}}", "without text"),
        (b"%PDF-1.7", "no RTF"),
        (b"", "no RTF"),
        (b"{\\rtf1" + b"{" * 5000, "within each other"),
    ],
)
def test_what_cannot_be_read_is_refused_with_reason_and_remedy(content, reason):
    """A file that was cut off is not stored in part."""
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        read(content)
    assert caught.value.name == "a.rtf"
    assert caught.value.reason.endswith(".")


def test_a_table_of_fonts_without_end_is_read_in_time():
    """Looking for the character set of each font must not take the square of their number."""
    assert (
        read(b"{\\rtf1{\\fonttbl" + b"\\f1 " * 200_000 + b"}Rain fell.\\par}").text == "Rain fell."
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [(SAMPLE, True), (b" \n" + SAMPLE, True), (b"Rain {\\rtf1 fell.", False), (b"", False)],
)
def test_rtf_is_told_by_its_first_bytes(content, told):
    """Whatever its name."""
    assert rtf.recognises(Head(name="a.txt", content=content)) is told
