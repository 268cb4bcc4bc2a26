"""The Atom feed of the newest articles, read by a feed reader's parser."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
import yaml
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archive.publishing import server, snapshots
from archive.publishing.api import feed
from archive.publishing.manifest import INSPECT, connect_frozen

ROOT = Path(__file__).resolve().parents[2]


def published_by(database: Path) -> Datasette:
    """Datasette on a snapshot's database with our plugins."""
    return Datasette(
        [],
        immutables=[str(database)],
        inspect_data=json.loads((database.parent / INSPECT).read_text(encoding="utf-8")),
        metadata=yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8")),
        plugins_dir=str(server.PLUGINS),
        template_dir=str(server.TEMPLATES),
    )


def get(site: Datasette, path: str):
    """The answer to a request, within this process."""
    return asyncio.run(site.client.get(path))


@pytest.fixture(scope="module")
def site(published: Path) -> Datasette:
    """The published sample archive."""
    return published_by(published)


def test_readers_can_read_it(site, published):
    """It has the newest articles, each with id, dates, link and text, and nothing bends a rule."""
    answer = get(site, "/feed.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert read.version == "atom10"
    with connect_frozen(published) as connection:
        (newest,) = connection.execute(
            "SELECT max(published_on) FROM articles AS a JOIN sources AS s ON s.id = a.source_id "
            "WHERE s.superseded_by_id IS NULL"
        ).fetchone()
    assert read.entries[0].published.startswith(newest)
    assert len(read.entries) == feed.SIZE
    assert len({entry.id for entry in read.entries}) == len(read.entries)
    for entry in read.entries:
        assert entry.id.startswith("urn:uuid:")
        assert entry.title
        assert entry.updated_parsed
        assert get(site, entry.link.removeprefix("http://localhost")).status_code == 200
    assert any(entry.get("summary") for entry in read.entries)
    assert read.feed.updated == max(entry.updated for entry in read.entries)


def test_it_has_what_the_standard_demands(site):
    """RFC 4287, 4.1: one id, title and updated each; an author; a link to itself."""
    names = {"a": "http://www.w3.org/2005/Atom"}
    root = etree.fromstring(get(site, "/feed.atom").content)
    for element in (root, *root.findall("a:entry", names)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", names)) == 1
        assert element.find("a:link[@rel='alternate']", names) is not None
    assert root.find("a:author/a:name", names).text
    own = root.find("a:link[@rel='self']", names).attrib["href"]
    assert own == "http://localhost/feed.atom"


def test_an_outlet_has_a_feed_of_its_own(site):
    """Only its articles, under another id; a feed of nobody is empty but valid."""
    whole = feedparser.parse(get(site, "/feed.atom").content)
    one = feedparser.parse(get(site, "/feed.atom?outlet=Meridian%20Wire").content)
    assert {entry.tags[0].term for entry in one.entries} == {"Meridian Wire"}
    assert one.feed.id != whole.feed.id
    assert one.feed.title.endswith("Meridian Wire")
    empty = feedparser.parse(get(site, "/feed.atom?outlet=Nobody").content)
    assert (empty.bozo, empty.entries) == (False, [])
    assert get(site, "/feed.atom?outlets=Nobody").status_code == 400


def test_ids_stay_when_the_archive_is_built_again(rows):
    """Another snapshot names the same article by the same id, a corrected one by another."""
    rows.article("a.txt", "One", "Text.", published_on="2025-07-01")
    before = feedparser.parse(
        get(published_by(snapshots.create(rows.commit()) / "archive.db"), "/feed.atom").content
    )
    rows.article("b.txt", "Two", "Text.", published_on="2025-07-02")
    after = feedparser.parse(
        get(published_by(snapshots.create(rows.commit()) / "archive.db"), "/feed.atom").content
    )
    assert [entry.title for entry in after.entries] == ["Two", "One"]
    assert before.entries[0].id == after.entries[1].id != after.entries[0].id


def test_what_is_written_in_articles_breaks_nothing(rows):
    """Markup and characters that XML cannot hold stand in titles as text."""
    headline = "<b>A & B</b> \x01\ufffe ]]> \U0001f600"
    rows.article("a.txt", headline, "Text.", outlet="A<&>B", published_on="2025-07-01")
    site = published_by(snapshots.create(rows.commit()) / "archive.db")
    root = etree.fromstring(get(site, "/feed.atom").content)
    title = root.find("{*}entry/{*}title").text
    assert title == "<b>A & B</b> \ufffd\ufffd ]]> \U0001f600"


@given(st.one_of(st.none(), st.text(max_size=40), st.datetimes().map(datetime.isoformat)))
def test_any_time_becomes_one_of_rfc_3339(time):
    """Whatever the column holds, readers can read what stands in the feed."""
    told = feed._moment(time)
    assert told.endswith("Z")
    assert datetime.fromisoformat(told).tzinfo == UTC
