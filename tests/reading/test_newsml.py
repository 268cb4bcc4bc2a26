"""NewsML-G2: items, messages of items, versions, signals."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from archive.errors import UnreadableDocument
from archive.reading.agencies import newsml
from archive.records import RawRecord, Role
from tests.reading.damage import check, damaged, read_all, recognises, split

SEEDS = Path(__file__).parents[2] / "seeds" / "documents"
NEWSML = newsml.FORMAT
MESSAGE = (SEEDS / "31_agency-message_meridian-wire.xml").read_bytes()
XMLNS = ' xmlns="http://iptc.org/std/nar/2006-10-01/"'
NITF = (
    '<inlineXML contenttype="application/nitf+xml">'
    '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><byline>By Bo Ek</byline>'
    "</body.head><body.content><p>Rain fell.</p><hl2>What next</hl2></body.content></body></nitf>"
    "</inlineXML>"
)
XHTML = (
    '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>'
    "<h1>Rain</h1><p>Rain fell.</p><h2>What next</h2></body></html></inlineXML>"
)

PLAIN = '<inlineData contenttype="text/plain">Rain fell.\n\nMore.</inlineData>'
HTML = '<inlineData contenttype="text/html">&lt;p&gt;Rain fell.&lt;/p&gt;</inlineData>'


def item(
    content: str = NITF,
    meta: str = "",
    about: str = "<headline>Rain</headline>",
    guid: str = "urn:newsml:x.example:1",
    ns: str = XMLNS,
) -> bytes:
    return (
        f'<newsItem{ns} guid="{guid}" version="4" xml:lang="en"><itemMeta>'
        f'<itemClass qcode="ninat:text"/>{meta}</itemMeta><contentMeta>{about}</contentMeta>'
        f"<contentSet>{content}</contentSet></newsItem>"
    ).encode()


def message(*items: bytes) -> bytes:
    inner = b"\n".join(items)
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">'
        b"<header><sent>2025-09-09T08:00:00Z</sent></header><itemSet>"
        + inner
        + b"</itemSet></newsMessage>"
    )


def read(content: bytes):
    (document,), reasons = read_all(NEWSML, content, "a.xml")
    assert reasons == []
    return document


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (NITF, ["Rain", "By Bo Ek", "Rain fell.", "What next"]),
        (XHTML, ["Rain", "Rain fell.", "What next"]),
        (PLAIN, ["Rain", "Rain fell.", "More."]),
        (HTML, ["Rain", "Rain fell."]),
        ("<inlineData/>" + XHTML, ["Rain", "Rain fell.", "What next"]),
    ],
)
def test_content_of_any_kind(content, lines):
    """NITF, XHTML, plain text and HTML; the headline stands once."""
    document = read(item(content))
    assert document.text.split("\n\n") == lines
    roles = {document.text[p.char_start : p.char_end]: p.role for p in document.parts}
    assert roles["Rain"] is Role.HEADLINE
    assert roles.get("What next", Role.SUBHEADING) is Role.SUBHEADING
    assert roles.get("By Bo Ek", Role.CREDIT) is Role.CREDIT


def test_what_an_item_says_of_itself():
    """A slugline is no headline, a person no section."""
    document = read(
        item(
            meta="<provider><name>Meridian Wire</name></provider>"
            "<firstCreated>2025-09-08T10:00:00Z</firstCreated>"
            "<versionCreated>2025-09-09T07:45:00Z</versionCreated>",
            about="<by>By Ann Lee</by><dateline>VELLIN, Sept 9</dateline><language tag='de'/>"
            "<infoSource><name>Other Wire</name></infoSource><slugline>RAIN</slugline>"
            "<subject type='cpnat:person'><name>Mara Vell</name></subject>"
            "<subject type='cpnat:abstract'><name>weather</name></subject>"
            "<headline role='hld:sub'>Rivers rise</headline>"
            "<headline role='hld:main'>Rain</headline>",
        )
    )
    metadata = document.metadata
    assert document.name == "urn:newsml:x.example:1"
    assert (metadata.headline, metadata.byline, metadata.outlet) == (
        "Rain",
        "Ann Lee",
        "Meridian Wire",
    )
    assert (metadata.agency, metadata.section, metadata.language) == ("Other Wire", "weather", "de")
    assert (metadata.published.on, metadata.updated_at) == ("2025-09-08", "2025-09-09T07:45+00:00")
    assert metadata.version == 4
    assert "VELLIN, Sept 9" in document.text.split("\n\n")


@pytest.mark.parametrize(
    ("meta", "status"),
    [
        ('<pubStatus qcode="stat:usable"/>', None),
        ('<pubStatus qcode="stat:withheld"/>', None),
        ('<pubStatus qcode="stat:canceled"/>', "cancelled"),
        ('<signal qcode="sig:update"/>', None),
        ('<signal qcode="sig:update"/><signal qcode="sig:correction"/>', "corrected"),
        ('<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>', "cancelled"),
    ],
)
def test_status(meta, status):
    """Publishing status and signals."""
    assert read(item(meta=meta)).metadata.status == status


def test_cancelled_item_is_kept():
    """With its headline, though it has no text."""
    document = read(
        item("", '<pubStatus qcode="stat:canceled"/>', "<headline>KILL: Rain</headline>")
    )
    assert (document.text, document.metadata.status) == ("KILL: Rain", "cancelled")


def test_messages_come_apart():
    """Each item with what the message says before it; versions of one item have one name."""
    documents, reasons = read_all(NEWSML, MESSAGE, "m.xml")
    assert reasons == []
    assert [(each.metadata.version, each.metadata.status) for each in documents] == [
        (1, None), (2, "corrected"), (2, "cancelled"),
    ]  # fmt: skip
    assert documents[0].name == documents[1].name != documents[2].name
    first = split(NEWSML, MESSAGE)[0].content
    assert first.startswith(MESSAGE[:200]) and first.endswith(b"</itemSet></newsMessage>")
    assert first.count(b"<newsItem") == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_messages_in_any_encoding(encoding):
    """Also where another one is declared."""
    story = item(NITF.replace("Rain fell", "Café für über ölig"), ns="").decode()
    text = message(story.encode(), story.encode()).decode()
    if encoding == "utf-16":
        text = text.replace("UTF-8", "UTF-16")
    documents, reasons = read_all(NEWSML, text.encode(encoding))
    assert reasons == []
    assert ["Café für über ölig." in each.text for each in documents] == [True, True]


def test_single_item_is_the_whole_file():
    """Its bytes are the file's."""
    content = b'<?xml version="1.0"?>\n' + item()
    (record,) = split(NEWSML, content, "a.xml")
    assert isinstance(record, RawRecord) and record.content == content


@pytest.mark.parametrize(
    ("content", "stored", "reason"),
    [
        (message(item(ns=""), item(ns=""))[:-60], 1, "breaks off or is damaged after item 1"),
        (message(item(ns=""))[:-100], 0, "before its first item ends"),
        (message(item(ns=""), b"<packageItem/>", item(ns="")), 2, "#2: a packageItem"),
        (message(item("", ns=""), item(ns="")), 1, "without text"),
        (message(), 0, "a message without news items"),
        (b"", 0, "before its first item ends"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + item(), 0, "breaks off or is damaged"),
    ],
)
def test_damage_is_named(content, stored, reason):
    """The items that are whole are kept."""
    documents, reasons = read_all(NEWSML, content)
    assert len(documents) == stored
    assert len(reasons) == 1 and reason in str(reasons[0])


def test_too_large_items_are_passed_over(monkeypatch):
    """Their neighbours are read."""
    monkeypatch.setattr("archive.reading.agencies.xml_text.MAX_DOCUMENT_BYTES", 20_000)
    large = item(NITF.replace("Rain fell", "Rain " * 100_000), ns="")
    documents, (reason,) = read_all(NEWSML, message(item(ns=""), large, item(ns="")))
    assert len(documents) == 2
    assert isinstance(reason, UnreadableDocument) and "#2: an item of more than" in str(reason)


@pytest.mark.parametrize(
    "name", ["24_ferry_meridian-wire.xml", "31_agency-message_meridian-wire.xml"]
)
def test_samples_are_recognised(name):
    """By their root element."""
    assert recognises(NEWSML, (SEEDS / name).read_bytes())


def test_other_xml_is_not_recognised():
    """Feeds and pages are others' to read."""
    for content in (b"<rss/>", b"<html/>", b"<nitf/>", b"newsItem", b""):
        assert not recognises(NEWSML, content)


def test_ferry_is_the_same_story():
    """The words of the plain text, byline apart."""
    plain = (SEEDS / "24_ferry_quayside-herald.txt").read_text(encoding="utf-8").split("\n")
    document = read((SEEDS / "24_ferry_meridian-wire.xml").read_bytes())
    assert document.text.split("\n\n") == [plain[0], "By Lena Harrow", *plain[2:7]]


@settings(max_examples=80, deadline=None)
@given(damaged(MESSAGE))
def test_damaged_messages(content):
    """Only documents and reasons, the same each time."""
    check(NEWSML, content)
