"""NITF: what the head says, what the body shows."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from archive.reading.agencies import nitf
from archive.records import Role
from tests.reading.damage import check, damaged, read_all, recognises

SEEDS = Path(__file__).parents[2] / "seeds" / "documents"
NITF = nitf.FORMAT
XMLNS = ' xmlns="http://iptc.org/std/NITF/2006-10-18/"'


def story(
    head: str = "", body_head: str = "", content: str = "<p>Rain fell.</p>", ns: str = ""
) -> bytes:
    return (
        f'<?xml version="1.0"?><nitf{ns}><head>{head}</head><body><body.head>{body_head}'
        f"</body.head><body.content>{content}</body.content></body></nitf>"
    ).encode()


def read(content: bytes):
    (document,), reasons = read_all(NITF, content, "a.xml")
    assert reasons == []
    return document


@pytest.mark.parametrize("ns", ["", XMLNS])
def test_a_story(ns):
    """Headline, deck, byline, dateline, paragraphs, subheading, caption, list, end."""
    document = read(
        story(
            body_head="<hedline><hl1>Rain &amp; <em>wind</em></hl1><hl2>Rivers rise</hl2></hedline>"
            "<byline>By <person>Ann Lee</person><byttl>Weather Editor</byttl></byline>"
            "<dateline><location>VELLIN</location><story.date>Sept. 9</story.date></dateline>"
            "<abstract><p>It rained.</p></abstract>",
            content="<p>Rain fell on <location>Vellin</location>, <person>she</person> said.</p>"
            "<hl2>What next</hl2><ul><li>More rain</li></ul><block><p>Rivers rose.</p>"
            '<media media-type="image"><media-reference source="x.jpg"/>'
            "<media-caption>The dam</media-caption></media></block>"
            '<note noteclass="npa"><p>Editors: hold.</p></note>',
            ns=ns,
        )
    )
    shown = [(document.text[part.char_start : part.char_end], part.role) for part in document.parts]
    assert shown == [
        ("Rain & wind", Role.HEADLINE),
        ("Rivers rise", Role.SUBHEADING),
        ("By Ann Lee Weather Editor", Role.CREDIT),
        ("VELLIN Sept. 9", Role.CREDIT),
        ("Rain fell on Vellin, she said.", None),
        ("What next", Role.SUBHEADING),
        ("More rain", None),
        ("Rivers rose.", None),
        ("The dam", Role.CAPTION),
    ]
    assert document.metadata.byline == "Ann Lee Weather Editor"


def test_what_the_head_says():
    """Dates in basic format, outlet, section, version; the title of a slug is no headline."""
    document = read(
        story(
            '<title>rain-wind</title><docdata><date.issue norm="20250908"/>'
            '<date.release norm="20250909T074500+0200"/><du-key version="3"/>'
            '<doc.copyright holder="Meridian Wire"/></docdata>'
            '<pubdata name="Sandholm Star" position.section="Coast" ex-ref="https://x.example/1"/>'
            '<revision-history norm="20250910T080000Z"/>',
            "<distributor>Meridian Wire</distributor>",
        )
    )
    metadata = document.metadata
    assert metadata.published.at == "2025-09-09T07:45+02:00"
    assert metadata.updated_at == "2025-09-10T08:00+00:00"
    assert (metadata.outlet, metadata.agency) == ("Sandholm Star", "Meridian Wire")
    assert (metadata.section, metadata.version, metadata.headline) == ("Coast", 3, None)
    assert metadata.url == "https://x.example/1"


def test_title_is_a_headline_where_it_reads_as_one():
    """And the body has none."""
    assert read(story("<title>Rain falls on Vellin again</title>")).metadata.headline == (
        "Rain falls on Vellin again"
    )


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ('<docdata management-status="usable"/>', None),
        ('<docdata management-status="embargoed"/>', None),
        ('<docdata management-status="canceled"/>', "cancelled"),
        ('<docdata><correction info="toll" id-string="x"/></docdata>', "corrected"),
        ('<tobject tobject.type="Correction"/>', "corrected"),
        ('<tobject tobject.type="News"/>', None),
    ],
)
def test_status(head, status):
    """As management data and the kind of item tell it."""
    assert read(story(head)).metadata.status == status


def test_cancelled_story_is_kept():
    """With its headline, though it has no text."""
    content = story(
        '<docdata management-status="canceled"/>', "<hedline><hl1>KILL: Rain</hl1></hedline>", ""
    )
    assert read(content).text == "KILL: Rain"


def test_abstract_stands_in_for_text():
    """As a teaser."""
    document = read(story("", "<abstract><p>It rained.</p></abstract>", ""))
    assert [part.role for part in document.parts] == [Role.TEASER]


@pytest.mark.parametrize(
    ("identifier", "name"),
    [("urn:newsml:x.example:1", "urn:newsml:x.example:1"), ("0042", "a.xml")],
)
def test_name(identifier, name):
    """The identifier where it is one beyond the provider, else the file's."""
    assert read(story(f'<docdata><doc-id id-string="{identifier}"/></docdata>')).name == name


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (story(content="<p>Caf&eacute; &mdash; A&amp;B&nbsp;&rsquo;s.</p>"), "Café — A&B ’s."),
        (story(content="<p>Café.</p>"), "Café."),
        (
            story(content="<p>Café für über ölig.</p>").decode().encode("cp1252"),
            "Café für über ölig.",
        ),
        (b"\xef\xbb\xbf" + story(content="<p>Caf\xe9.</p>"), "Café."),
        (
            story(content="<p>Café.</p>").decode().replace("<?xml", "<?xml").encode("utf-16"),
            "Café.",
        ),
        (b"<!DOCTYPE nitf SYSTEM 'http://x.example/nitf.dtd'>" + story()[21:], "Rain fell."),
    ],
)
def test_encodings_and_references(content, text):
    """HTML's references, bytes in another encoding than declared, document types."""
    assert recognises(NITF, content)
    assert read(content).text == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (story()[:-30], "breaks off"),
        (story().replace(b"<p>", b"<p", 1), "not well-formed XML (line 1)"),
        (story(content="<block>" * 3000 + "</block>" * 3000), "nested too deeply"),
        (story(content=""), "without text"),
        (b"", "not well-formed"),
        (b"<html><body><p>Rain fell.</p></body></html>", "no NITF"),
        (
            b'<!DOCTYPE nitf [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><nitf><body/></nitf>',
            "declares entities",
        ),
        (
            b'<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/passwd">]><nitf>&a;</nitf>',
            "declares entities",
        ),
    ],
)
def test_damage_is_named(content, reason):
    """In a sentence; nothing outside the file is read."""
    documents, (error,) = read_all(NITF, content)
    assert documents == [] and reason in error.reason


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<nitf>", True),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<n:nitf xmlns:n="x">', True),
        (b"<nitfx>", False),
        (b"<html>", False),
        (b"Rain fell on <nitf>.", False),
        (b"", False),
    ],
)
def test_recognised_by_its_root(content, expected):
    """Whatever stands before it."""
    assert recognises(NITF, content) == expected


def test_sample():
    """The ferry's story, with a photograph."""
    content = (SEEDS / "24_ferry_sandholm-star.xml").read_bytes()
    plain = (SEEDS / "24_ferry_quayside-herald.txt").read_text(encoding="utf-8").split("\n")
    document = read(content)
    assert recognises(NITF, content)
    lines = [
        document.text[part.char_start : part.char_end]
        for part in document.parts
        if part.role in (Role.HEADLINE, None)
    ]
    assert lines == [plain[0], *plain[2:7]]


@settings(max_examples=80, deadline=None)
@given(damaged((SEEDS / "24_ferry_sandholm-star.xml").read_bytes()))
def test_damaged_stories(content):
    """Only documents and reasons, the same each time."""
    check(NITF, content)
