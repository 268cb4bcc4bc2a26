"""The Atom feed of the newest articles (RFC 4287)."""

import re
import sqlite3
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from archive.publishing.api.articles import articles
from archive.publishing.pages.links import article as page_of
from archive.publishing.pages.rows import Row, marks_for, select

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
SIZE = 50
"""Articles of the feed."""

_LONGEST = 500
"""Characters of a summary."""

_ATOM = "http://www.w3.org/2005/Atom"
_NAMES: Any = {None: _ATOM}
_ARTICLES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:news-archive:article")
"""Namespace of the entries' ids: a uid gives the same id on every server that has the article."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What the feed says of itself.

    `at` makes a whole URL of a path; `made_at` is the UTC time of the snapshot, None where unknown.
    `query` is what stands behind the feed's path, with its question mark.
    """

    title: str
    subtitle: str | None
    rights: str | None
    made_at: str | None
    at: Callable[[str], str]
    query: str = ""


def newest(connection: sqlite3.Connection, outlet: str | None = None) -> list[Row]:
    """The newest articles, of one outlet where it is named, each with the text it opens with."""
    rows, _cursor = articles(connection, size=SIZE, outlet=outlet)
    ids = [row["id"] for row in rows]
    opening: dict[int, str] = {}
    for paragraph in select(
        connection,
        "SELECT article_id, text FROM paragraphs "
        f"WHERE article_id IN ({marks_for(ids)}) AND role = 'body' ORDER BY article_id, position",
        ids,
    ):
        opening.setdefault(paragraph["article_id"], paragraph["text"])
    return [{**row, "opening": opening.get(row["id"])} for row in rows]


def atom(feed: Feed, rows: Sequence[Row]) -> bytes:
    """Write the feed; `rows` are those of `newest`."""
    root = etree.Element(f"{{{_ATOM}}}feed", None, _NAMES)
    address = feed.at("/feed.atom") + feed.query
    _add(root, "id", uuid.uuid5(uuid.NAMESPACE_URL, address).urn)
    _add(root, "title", feed.title)
    if feed.subtitle:
        _add(root, "subtitle", feed.subtitle)
    if feed.rights:
        _add(root, "rights", feed.rights)
    changed = max((_changed(row) for row in rows), default=_moment(feed.made_at))
    _add(root, "updated", changed)
    _link(root, "self", address, "application/atom+xml")
    _link(root, "alternate", feed.at("/"), "text/html")
    _add(_add(root, "author"), "name", feed.title)
    _add(root, "generator", "News Archive")
    for row in rows:
        _entry(root, feed, row)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written


def _entry(root: etree._Element, feed: Feed, row: Row) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", uuid.uuid5(_ARTICLES, row["uid"]).urn)
    _add(entry, "title", row["headline"] or "Untitled")
    _add(entry, "updated", _changed(row))
    if row["published_on"]:
        _add(entry, "published", _published(row))
    _link(entry, "alternate", feed.at(page_of(row["uid"])), "text/html")
    _link(entry, "related", feed.at(f"/api/articles/{row['uid']}.json"), "application/json")
    author = row["byline"] or row["outlet"]
    if author:
        _add(_add(entry, "author"), "name", author)
    if row["outlet"]:
        _add(entry, "category").set("term", _clean(row["outlet"]))
    if row["opening"]:
        text = row["opening"]
        _add(entry, "summary", text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def _changed(row: Row) -> str:
    """When the outlet last changed it, else when it was published, else when it was stored."""
    told = row["updated_at"] or row["published_at"] or row["published_on"]
    return _moment(told or row["stored_at"])


def _published(row: Row) -> str:
    return _moment(row["published_at"] or row["published_on"])


def _moment(time: str | None) -> str:
    """A time or day as RFC 3339 in UTC; a day begins at midnight, an unreadable time long ago."""
    try:
        moment = datetime.fromisoformat(time or "")
    except ValueError:
        moment = datetime(1970, 1, 1, tzinfo=UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except OverflowError:  # year 1 or 9999 with an offset
        return "1970-01-01T00:00:00Z"


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    if text is not None:
        element.text = _clean(text)
    return element


def _link(parent: etree._Element, relation: str, address: str, media_type: str) -> None:
    link = _add(parent, "link")
    link.set("rel", relation)
    link.set("type", media_type)
    link.set("href", _clean(address))


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
