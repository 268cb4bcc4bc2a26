"""Feeds: entries cut out as they stand, what they say of themselves, and what is damaged."""

import io
import time
from pathlib import Path

import pytest
from hypothesis import given, settings

from archive.errors import UnreadableDocument
from archive.reading.format import Container, Found, Head
from archive.reading.web import feeds
from archive.records import Document, RawRecord, Role
from tests.reading.pages import PARAGRAPHS, damaged

SAMPLE = Path(__file__).parents[2] / "seeds" / "documents" / "24_ferry_eastgate-dispatch.rss"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Courier &amp; Mail</title>
<link>https://www.courier.example/</link><language>en-gb</language>
<image><title>Logo</title></image>{}</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="{encoding}"?><feed xmlns="http://www.w3.org/2005/Atom"
 xml:lang="en"><title>Lowland Post</title><link href="https://lowland.example/"/>
<id>urn:feed</id><updated>2025-09-09T10:00:00Z</updated>{entries}</feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://a.example/"><title>Ledger</title><items><rdf:Seq>
<rdf:li resource="https://a.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://a.example/1"><title>Rain</title><link>https://a.example/1</link>
<description>Rain fell.</description><dc:date>2025-09-09T08:00:00Z</dc:date></item></rdf:RDF>"""

FULL = "<p>{}</p><h2>Homes left</h2><p>{}</p>".format(*PARAGRAPHS[:2])
ITEM = f"""<item><title>Gates &amp; rain</title><link>https://www.courier.example/1</link>
<guid isPermaLink="false">tag-1</guid><dc:creator><![CDATA[Ann Lee]]></dc:creator>
<pubDate>Tue, 09 Sep 2025 08:15:00 +0200</pubDate><category>Region</category>
<description>Two gates are open.</description>
<content:encoded><![CDATA[{FULL}]]></content:encoded></item>"""
BRIEF = "<item><title>Brief</title><description>Rain &lt;b&gt;fell&lt;/b&gt;.</description></item>"
ENTRY = """<entry><title type="html">Café &amp;amp; bar</title><id>urn:1</id>
<link rel="alternate" href="https://lowland.example/1"/><updated>2025-09-09T10:00:00Z</updated>
<published>2025-09-08T09:00:00+02:00</published><author><name>Ann Lee</name></author>
<author><name>Bo Ek</name></author><content type="xhtml"><div
xmlns="http://www.w3.org/1999/xhtml"><p>One café opened.</p><p>Two bars closed.</p></div></content>
</entry>"""


def split(content: str | bytes, name: str = "a.rss") -> list[Found]:
    content = content if isinstance(content, bytes) else content.encode()
    return list(feeds.split(Container(name=name, stream=io.BytesIO(content))))


def documents(content: str | bytes) -> list[Document]:
    return [feeds.read(each) for each in split(content) if isinstance(each, RawRecord)]


@pytest.mark.parametrize(
    ("content", "is_feed"),
    [
        (RSS.format(ITEM), True),
        (ATOM.format(encoding="utf-8", entries=ENTRY), True),
        (RDF, True),
        ("<!-- made by hand --> <!DOCTYPE rss [<!ENTITY a 'b'>]>\n<rss version='0.91'>", True),
        ("<?xml version='1.0'?><a:feed xmlns:a='http://www.w3.org/2005/Atom'/>", True),
        ("<?xml version='1.0'?><nitf><body/></nitf>", False),
        ("<!doctype html><rss></rss>", False),
        ("<feed>of hay</feed>", False),
        ("An <rss> feed", False),
        ("", False),
    ],
)
def test_feeds_are_told_by_their_root_element(content, is_feed):
    """RSS, RSS 1.0 and Atom; no other XML, whatever the name."""
    assert feeds.recognises(Head(name="a.rss", content=content.encode())) is is_feed


def test_an_entry_is_a_record_of_its_own_bytes():
    """Named by its id or number; its bytes stand in the file."""
    content = RSS.format(ITEM + BRIEF)
    found = split(content)
    assert [each.name for each in found] == ["a.rss#tag-1", "a.rss#2"]
    assert [each.content.decode() for each in found if isinstance(each, RawRecord)] == [ITEM, BRIEF]


def test_full_content_is_rendered_with_roles_and_metadata():
    """`content:encoded` before the description; the feed's title is the outlet."""
    (document,) = documents(RSS.format(ITEM))
    assert document.text.split("\n\n") == [
        "Gates & rain",
        PARAGRAPHS[0],
        "Homes left",
        PARAGRAPHS[1],
    ]
    assert [part.role for part in document.parts] == [
        Role.HEADLINE,
        None,
        Role.SUBHEADING,
        None,
    ]
    found = document.metadata
    assert (found.headline, found.byline, found.section) == ("Gates & rain", "Ann Lee", "Region")
    assert (found.outlet, found.outlet_domain) == ("Courier & Mail", "courier.example")
    assert (found.url, found.language) == ("https://www.courier.example/1", "en")
    assert found.published is not None
    assert (found.published.at, found.published.source) == ("2025-09-09T08:15+02:00", "metadata")
    assert (document.media_type, document.encoding) == ("application/rss+xml", "utf-8")


def test_a_summary_is_a_teaser_and_a_long_description_a_story():
    """Feeds that have the whole story in the description are met often."""
    story = "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in PARAGRAPHS)
    long = f"<item><title>Long</title><description>{story}</description></item>"
    brief, full = documents(RSS.format(BRIEF + long))
    assert brief.text == "Brief\n\nRain fell."
    assert [part.role for part in brief.parts] == [Role.HEADLINE, Role.TEASER]
    assert full.text.split("\n\n") == ["Long", *PARAGRAPHS]
    assert {part.role for part in full.parts[1:]} == {None}


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16", "iso-8859-15"])
def test_atom_is_read_in_any_encoding(encoding):
    """An entry of a feed that is not in UTF-8 says in what it is."""
    content = ATOM.format(encoding=encoding, entries=ENTRY).encode(encoding)
    (document,) = documents(content)
    assert document.text.split("\n\n") == ["Café & bar", "One café opened.", "Two bars closed."]
    found = document.metadata
    assert found.published is not None
    assert found.published.at == "2025-09-08T09:00+02:00"
    assert found.updated_at == "2025-09-09T10:00+00:00"
    assert (found.byline, found.outlet) == ("Ann Lee and Bo Ek", "Lowland Post")
    assert (found.url, found.language) == ("https://lowland.example/1", "en")
    (record,) = split(content)
    assert isinstance(record, RawRecord)
    if not encoding.startswith("utf"):
        assert record.content.split(b"?>\n", 1)[1] in content


def test_rss_1_is_read():
    """The list of items in the channel is no entry."""
    (document,) = documents(RDF)
    assert document.text == "Rain\n\nRain fell."
    assert document.metadata.outlet == "Ledger"
    assert document.metadata.published is not None


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("<author>ann@a.example (Ann Lee)</author>", "Ann Lee"),
        ("<author>ann@a.example</author>", None),
        ("<dc:creator>By Ann Lee</dc:creator>", "Ann Lee"),
        ("", None),
    ],
)
def test_bylines_are_names(author, byline):
    """Addresses and `By` are no part of a name."""
    (document,) = documents(RSS.format(f"<item><title>Rain</title>{author}</item>"))
    assert document.metadata.byline == byline


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (RSS.format(ITEM + BRIEF)[:-60], ["a.rss#tag-1", "a.rss"]),
        (RSS.format(ITEM)[:300], ["a.rss"]),
        (RSS.format(""), ["a.rss"]),
        ("", ["a.rss"]),
        (RSS.format(BRIEF.removesuffix("</item>") + ITEM), ["a.rss#1", "a.rss#tag-1"]),
        (RSS.format(f"<!-- {ITEM} -->{BRIEF}"), ["a.rss#1"]),
        (RSS.format(BRIEF.replace("Rain", "<![CDATA[</item><item>]]>")), ["a.rss#1"]),
        (RSS.format(ITEM + ITEM), ["a.rss#tag-1", "a.rss#2"]),
    ],
)
def test_damaged_feeds_keep_their_whole_entries(content, expected):
    """A feed that breaks off, one without entries, tags that are words."""
    found = split(content)
    assert [each.name for each in found] == expected
    for each in found:
        if isinstance(each, RawRecord):
            assert feeds.read(each).text


@pytest.mark.parametrize("content", [b"<item></item>", b"<item/>", b"Rain fell.", b"<entry><a>"])
def test_entries_without_words_are_refused(content):
    """An entry needs a headline or a text."""
    with pytest.raises(UnreadableDocument, match=r"Leave it out|Ingest the feed"):
        feeds.read(RawRecord(name="a", content=content))


def test_entities_are_not_expanded():
    """A feed made to fill the memory costs nothing, and names no file."""
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(12)
    )
    declared = f'<!DOCTYPE rss [{laughs}<!ENTITY f SYSTEM "file:///etc/hostname">]><rss'
    content = RSS.replace("<rss", declared, 1).replace("Courier", "&l11;").replace("Mail", "&f;")
    item = "<item><title>Rain &l11; &f;</title><description>Rain fell.</description></item>"
    started = time.process_time()
    (document,) = documents(content.replace("{}", item))
    assert time.process_time() - started < 2
    assert len(document.text) < 100
    assert "haha" not in document.text + (document.metadata.outlet or "")


@settings(max_examples=80, deadline=None)
@given(damaged(SAMPLE.read_bytes()))
def test_damage_gives_documents_or_reasons(content):
    """Whatever happens to a feed: sound documents or reasons, the same each time."""

    def outcome() -> list[str]:
        outcomes = []
        for found in split(content):
            if isinstance(found, UnreadableDocument):
                outcomes.append(str(found))
                continue
            assert isinstance(found, RawRecord)
            try:
                document = feeds.read(found)
            except UnreadableDocument as refused:
                outcomes.append(str(refused))
                continue
            for part in document.parts:
                assert part.char_start < part.char_end <= len(document.text)
            outcomes.append(repr(document))
        return outcomes

    assert outcome() == outcome()
