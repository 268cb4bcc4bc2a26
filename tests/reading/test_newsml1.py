"""NewsML 1.x: items with components, content of several kinds, revisions."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from archive.reading.agencies import newsml, newsml1
from archive.records import Role
from tests.reading.damage import check, damaged, read_all, recognises

SEEDS = Path(__file__).parents[2] / "seeds" / "documents"
SAMPLE = (SEEDS / "34_gulls_meridian-wire.xml").read_bytes()
NEWSML = newsml1.FORMAT
PARAGRAPHS = SAMPLE[SAMPLE.index(b"<p>") : SAMPLE.rindex(b"</p>") + 4]


def read(content: bytes):
    (document,), reasons = read_all(NEWSML, content, "a.xml")
    assert reasons == []
    return document


def test_sample():
    """Headline, byline, paragraphs, metadata; a slugline is no headline."""
    document = read(SAMPLE)
    assert recognises(NEWSML, SAMPLE) and not recognises(newsml.FORMAT, SAMPLE)
    assert document.name == "urn:newsml:meridianwire.example:20250915:GULL-NETS"
    assert [part.role for part in document.parts] == [Role.HEADLINE, Role.CREDIT, None, None]
    metadata = document.metadata
    assert (metadata.byline, metadata.outlet, metadata.language) == (
        "Lena Harrow", "Meridian Wire", "en",
    )  # fmt: skip
    assert (metadata.version, metadata.status) == (1, None)
    assert metadata.published.at == "2025-09-15T07:10+02:00"


@pytest.mark.parametrize(
    "content",
    [
        b"<nitf><body><body.content><p>Rain fell.</p></body.content></body></nitf>",
        b'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Rain fell.</p></body></html>',
        b"Rain fell.",
        b"<![CDATA[<p>Rain fell.</p>]]>",
    ],
)
def test_content_of_any_kind(content):
    """NITF, XHTML, plain text and HTML in a CDATA section."""
    assert read(SAMPLE.replace(PARAGRAPHS, content)).text.endswith("By Lena Harrow\n\nRain fell.")


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        (b'"Usable"', b'"Canceled"', "cancelled"),
        (b'"Usable"', b'"Embargoed"', None),
        (b"<Status", b'<Instruction FormalName="Correction"/><Status', "corrected"),
    ],
)
def test_status(old, new, status):
    """As the management data tell it."""
    assert read(SAMPLE.replace(old, new)).metadata.status == status


def test_cancelled_item_is_kept():
    """With its headline, though it has no text."""
    content = SAMPLE.replace(PARAGRAPHS, b"").replace(b'"Usable"', b'"Canceled"')
    assert read(content).text == "Nets over the fish hall keep the gulls out"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SAMPLE[:-60], "breaks off or is damaged before its first item"),
        (SAMPLE.replace(PARAGRAPHS, b""), "without text"),
        (b"<NewsML/>", "a message without news items"),
        (b"", "breaks off"),
    ],
)
def test_damage_is_named(content, reason):
    """In a sentence."""
    documents, (error,) = read_all(NEWSML, content)
    assert documents == [] and reason in error.reason


@settings(max_examples=80, deadline=None)
@given(damaged(SAMPLE))
def test_damaged_items(content):
    """Only documents and reasons, the same each time."""
    check(NEWSML, content)
