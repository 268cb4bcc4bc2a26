"""News feeds: RSS 0.9x to 2.0, RSS 1.0 and Atom 1.0, each entry a record.

An entry's bytes are cut out of the file as they stand, without parsing the rest; feedparser reads
them, and the head of the feed, one at a time. Markup declarations (DTD, entities) stay behind, so
that there is nothing to expand.
"""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

import feedparser

from archive.errors import UnreadableDocument
from archive.reading.format import Container, Format, Found, Head
from archive.reading.limits import MAX_DOCUMENT_BYTES
from archive.reading.markup import Paragraphs, clean_line, compose, render_line, render_text
from archive.reading.markup import with_headline as put_headline
from archive.reading.meta import overlay
from archive.reading.moments import moment_of, published_of
from archive.reading.names import printable
from archive.reading.web.page_metadata import domain_of, join_names, web_address
from archive.records import Document, Metadata, RawRecord, Role

_BLOCK: Final = 256 * 1024
_MAX_HEAD: Final = 1024 * 1024
"""Bytes read at a time; most bytes that may stand before the first entry."""

_TOKEN: Final = re.compile(rb"<!\[CDATA\[|<!--|</?(?:[\w.-]{1,20}:)?(?:item|entry)(?=[\s>/])", re.I)
_OPENING: Final = re.compile(rb"<[^/!]")
_CLOSING: Final = re.compile(rb"</(?:[\w.-]{1,20}:)?(?:item|entry)\b", re.I)
_ANY: Final = re.compile(rb"</?[^!]")
_LONGEST_TOKEN: Final = 64
"""What matters to finding entries: their tags, and where tags are text."""

_ENDS: Final = {b"<![CDATA[": b"]]>", b"<!--": b"-->"}

_PROLOG: Final = re.compile(
    r"(?:\s+|<!--.*?-->|<\?.*?>|<!DOCTYPE\s+(?!html\b)[^<>\[]*(?:\[.*?\]\s*)?>)*", re.S | re.I
)
_FEED: Final = re.compile(
    r"<(?:rss[\s>]|(?:\w+:)?feed\s[^>]*?http://(?:www\.w3\.org/2005/Atom|purl\.org/atom/)|"
    r"(?:\w+:)?RDF\s[^>]*?http://(?:purl\.org/rss/1\.0/|my\.netscape\.com/rdf/simple))",
    re.I,
)
_DECLARED: Final = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_XML_DECLARATION: Final = re.compile(rb"\s*<\?xml[^>]*\?>\s*", re.I)
_ROOT: Final = re.compile(rb"<(?:rss|(?:[\w.-]{1,20}:)?(?:feed|RDF))[\s>]", re.I)

_ID_TAG: Final = re.compile(rb"<(?:guid|(?:[\w.-]{1,20}:)?id)(?:\s[^<>]{0,300})?>")
_VALUE: Final = re.compile(rb"(?:<!\[CDATA\[)?([^<\]]*)")
_LONGEST_ID: Final = 300

_NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "media": "http://search.yahoo.com/mrss/",
        "atom": "http://www.w3.org/2005/Atom",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "sy": "http://purl.org/rss/1.0/modules/syndication/",
        "slash": "http://purl.org/rss/1.0/modules/slash/",
        "wfw": "http://wellformedweb.org/CommentAPI/",
        "thr": "http://purl.org/syndication/thread/1.0",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "georss": "http://www.georss.org/georss",
        "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
        "xhtml": "http://www.w3.org/1999/xhtml",
    }.items()
)
"""The prefixes that entries use, as their specifications write them; a feed declares them in its
head, which an entry cut out of it lacks."""

_WRAPS: Final = {
    "atom": (f'<feed xmlns="http://www.w3.org/2005/Atom" {_NAMESPACES}>', "</feed>"),
    "rdf": (f'<rdf:RDF xmlns="http://purl.org/rss/1.0/" {_NAMESPACES}>', "</rdf:RDF>"),
    "rss": (f'<rss version="2.0" {_NAMESPACES}><channel>', "</channel></rss>"),
}

_FULL_WORDS: Final = 120
_FULL_PARAGRAPHS: Final = 3
"""A description with so many words or paragraphs is the story itself, as many feeds have it; a
shorter one is a teaser."""

_ADDRESS: Final = re.compile(
    rb"<author>\s{0,50}(?:<!\[CDATA\[)?[^\s<>@]{1,100}@[^\s<>()]{1,100}\s{0,50}"
    rb"(?:\(([^<>()]{0,200})\))?"
)
"""RSS 2.0 has authors as `address@example.org (Name)`; feedparser cuts some addresses in two."""


def recognises(head: Head) -> bool:
    """Whether the root element of a file is that of a feed."""
    content = head.content[:16384]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content[: len(content) // 2 * 2].decode("utf-16", "ignore")
    else:
        text = content.removeprefix(codecs.BOM_UTF8).decode("latin-1")
    if text.lstrip()[:1] != "<":
        return False
    prolog = _PROLOG.match(text)
    return _FEED.match(text, prolog.end() if prolog else 0) is not None


def split(container: Container) -> Iterator[Found]:
    """Yield the entries of a feed, streaming; see `Format.split`.

    An entry is named after its own id (`guid`, `id`), else its number. Its content is its element
    as it stands in the file; where the feed is not in UTF-8, after an XML declaration that says in
    what it is. A feed in UTF-16 gives its entries in UTF-8.
    """
    cutter = _Cutter(container.stream)
    found = Metadata()
    names: set[str] = set()
    number = 0
    for number, entry in enumerate(cutter.entries(), start=1):
        if number == 1:
            found = _feed_metadata(cutter.declaration + _XML_DECLARATION.sub(b"", cutter.head))
        name = f"{container.name}#{_identity(entry, number, names)}"
        content = cutter.declaration + entry
        if len(content) > MAX_DOCUMENT_BYTES:
            yield UnreadableDocument(
                name,
                f"more than the {MAX_DOCUMENT_BYTES:,} bytes that one entry may have. "
                "Leave it out.",
            )
        else:
            yield RawRecord(name=name, content=content, found=found, format=FORMAT.name)
    if cutter.breaks_off:
        yield UnreadableDocument(
            container.name,
            f"it breaks off within entry {number + 1}; the entries before it are kept. Fetch the "
            "feed again.",
        )
    elif not number:
        yield UnreadableDocument(
            container.name, "a feed without entries. Fetch it again or leave it out."
        )


@dataclass(slots=True)
class _Cutter:
    """Cuts the elements of entries out of a stream of XML, however broken the rest of it is.

    `head` is what stands before the first entry, `declaration` an XML declaration for the entries
    where they are not in UTF-8. One entry and one block are in memory at a time.
    """

    stream: BinaryIO
    head: bytes = b""
    declaration: bytes = b""
    breaks_off: bool = False
    _buffer: bytes = b""
    _decoder: codecs.IncrementalDecoder | None = field(default=None)

    def entries(self) -> Iterator[bytes]:
        """The entries in their order; afterwards `breaks_off` tells whether the last has no end."""
        self._begin()
        at = self._next(_OPENING, 0)
        while at >= 0:
            self._pass_over(at)
            # An entry without an end reaches to the beginning of the next.
            end = self._next(_ANY, 1)
            if end < 0:
                self.breaks_off = True
                return
            if self._buffer.startswith(b"</", end):
                end = self._find(b">", end) + 1  # 0 where the tag itself breaks off
                if not end:
                    self.breaks_off = True
                    return
            yield self._buffer[:end]
            self._buffer = self._buffer[end:]
            at = self._next(_OPENING, 0)

    def _begin(self) -> None:
        opening = self.stream.read(4)
        if opening.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self._decoder = codecs.getincrementaldecoder("utf-16")("replace")
        self._buffer = self._converted(opening)
        self._fill()
        self._buffer = self._buffer.removeprefix(codecs.BOM_UTF8)
        declared = None if self._decoder else _DECLARED.match(self._buffer)
        if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
            self.declaration = b'<?xml version="1.0" encoding="%s"?>\n' % declared[1]

    def _next(self, tag: re.Pattern[bytes], at: int) -> int:
        """Where the next such tag stands, outside of CDATA and comments; -1 if nowhere.

        Before an entry what is passed over is dropped, so that the buffer stays small.
        """
        while True:
            match = _TOKEN.search(self._buffer, at)
            if match is None:
                at = max(at, len(self._buffer) - _LONGEST_TOKEN)
                if tag is _OPENING:
                    self._pass_over(at)
                    at = 0
                if not self._fill():
                    return -1
            elif match[0] in _ENDS:
                end = self._find(_ENDS[match[0]], match.end())
                if end < 0:
                    return -1
                at = end
            elif tag.match(match[0]):
                return match.start()
            else:
                at = match.end()

    def _find(self, mark: bytes, at: int) -> int:
        """Where `mark` stands from `at` on; -1 if it does not, or is too far away."""
        while (place := self._buffer.find(mark, at)) < 0:
            at = max(at, len(self._buffer) - len(mark))
            if not self._fill():
                return -1
        return place

    def _pass_over(self, count: int) -> None:
        if len(self.head) < _MAX_HEAD and not _CLOSING.search(self.head):
            self.head += self._buffer[:count]
        self._buffer = self._buffer[count:]

    def _fill(self) -> bool:
        """Read one more block; False at the end, and where one entry has become far too long."""
        if len(self._buffer) > MAX_DOCUMENT_BYTES + _BLOCK:
            return False
        block = self.stream.read(_BLOCK)
        self._buffer += self._converted(block)
        return bool(block)

    def _converted(self, block: bytes) -> bytes:
        return block if self._decoder is None else self._decoder.decode(block).encode()


def _identity(entry: bytes, number: int, names: set[str]) -> str:
    """What an entry is called in its feed: its own id, its number where it has none of its own."""
    identity = ""
    if tag := _ID_TAG.search(entry):
        after = entry[tag.end() : tag.end() + 2 * _LONGEST_ID].lstrip()
        value = _VALUE.match(after)
        identity = printable(clean_line(value[1].decode("utf-8", "replace"))) if value else ""
    if not identity or len(identity) > _LONGEST_ID or identity in names:
        identity = str(number)
    names.add(identity)
    return identity


def _parse(content: bytes) -> Any:
    """What feedparser reads in the bytes of a feed. It is given a stream, so it fetches nothing."""
    return feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)


def _feed_metadata(head: bytes) -> Metadata:
    """What the head of a feed says of all its entries: outlet, address, language."""
    root = _ROOT.search(head)  # what stands before it, such as entities, is left out
    declaration = _XML_DECLARATION.match(head)
    opening = declaration[0] if declaration else b""
    feed = _parse(opening + head[root.start() if root else 0 : _MAX_HEAD]).feed
    outlet = render_line(str(feed.get("title") or ""))
    link = web_address(feed.get("link"))
    language = str(feed.get("language") or "").strip().lower()
    return Metadata(
        outlet=outlet or None,
        outlet_domain=domain_of(link),
        language=language[:2] if re.match(r"[a-z]{2}(?:[-_]|$)", language) else None,
    )


def read(record: RawRecord) -> Document:
    """Make a `Document` of one entry: its headline, then its text or its summary.

    Raises `UnreadableDocument` for an entry that has neither, and for what is no entry.
    """
    body, declaration = record.content, b""
    if match := _XML_DECLARATION.match(body):
        declaration, body = match[0], body[match.end() :]
    opening, closing = _WRAPS[_dialect(body)]
    parsed = _parse(declaration + opening.encode("ascii") + body + closing.encode("ascii"))
    if not parsed.entries:
        raise UnreadableDocument(
            record.name, "not an entry of a feed. Ingest the feed as a file, to open it."
        )
    entry = parsed.entries[0]
    headline = render_line(str(entry.get("title") or "")) or None
    lines, is_full = _text(entry)
    if not lines and not headline:
        raise UnreadableDocument(
            record.name, "an entry without headline and text. Leave it out, or fetch its page."
        )
    if not is_full:
        lines = [(line, role or Role.TEASER) for line, role in lines]
    text, parts = compose(put_headline(headline, lines))
    metadata = overlay(
        overlay(record.found, _entry_metadata(entry, headline, body)), record.metadata
    )
    return Document(
        name=record.name,
        text=text,
        media_type="application/atom+xml" if opening.startswith("<feed") else "application/rss+xml",
        encoding=_codec(declaration),
        is_rendition=True,
        metadata=metadata,
        parts=parts,
    )


def _dialect(entry: bytes) -> str:
    """Which feed's an entry is, by its tag."""
    if re.match(rb"\s*<(?:[\w.-]+:)?entry", entry, re.I):
        return "atom"
    return "rdf" if re.match(rb"\s*<item\s[^>]*rdf:about", entry, re.I) else "rss"


def _codec(declaration: bytes) -> str | None:
    """Python's name of the encoding that a declaration names: UTF-8 where there is none."""
    match = _DECLARED.match(declaration)
    try:
        return codecs.lookup(match[1].decode("ascii")).name if match else "utf-8"
    except LookupError:
        return None


def _text(entry: Any) -> tuple[Paragraphs, bool]:
    """The lines of an entry, and whether they are the whole story, not a teaser."""
    contents = [_rendered(each) for each in entry.get("content") or []]
    summary = _rendered(entry.get("summary_detail") or {})
    full = max(contents, key=_words, default=[])
    if full and _words(full) >= _words(summary):
        return full, True
    return summary, _words(summary) >= _FULL_WORDS or len(summary) >= _FULL_PARAGRAPHS


def _rendered(detail: Any) -> Paragraphs:
    """The lines of a text construct: HTML, or text that may hold HTML all the same."""
    return render_text(str(detail.get("value") or ""))


def _words(lines: Paragraphs) -> int:
    return sum(len(line.split()) for line, _ in lines)


def _entry_metadata(entry: Any, headline: str | None, body: bytes) -> Metadata:
    """What an entry says of itself. `source` names the outlet of an entry taken from elsewhere."""
    source = entry.get("source") or {}
    outlet = render_line(str(source.get("title") or "")) or None
    url = web_address(entry.get("feedburner_origlink")) or web_address(entry.get("link"))
    published = entry.get("published") or entry.get("created") or entry.get("updated")
    terms = [render_line(str(tag.get("term") or "")) for tag in entry.get("tags") or []]
    # feedparser gives `published` for `updated` where an entry has none of its own.
    updated = moment_of(entry.get("updated")) if "updated" in entry.keys() else None  # noqa: SIM118
    return Metadata(
        headline=headline,
        byline=_byline(entry, body),
        outlet=outlet,
        outlet_domain=domain_of(url),
        published=published_of(published),
        updated_at=updated,
        url=url,
        section=next((term for term in terms if term and "://" not in term), None),
    )


def _byline(entry: Any, body: bytes) -> str | None:
    """The names of an entry's authors, without addresses."""
    told = [str(each.get("name") or "") for each in entry.get("authors") or []]
    if address := _ADDRESS.search(body):
        told = [(address[1] or b"").decode("utf-8", "replace")]
    names: list[str] = []
    for name in told or [str(entry.get("author") or "")]:
        line = clean_line(render_line(name))
        line = re.sub(r"^by\s+", "", line, flags=re.I)
        if line and "@" not in line and "://" not in line and line not in names:
            names.append(line)
    return join_names(names) if names else None


FORMAT: Final = Format(
    name="feed",
    title="news feed (RSS, Atom)",
    suffixes=(".rss", ".atom", ".rdf"),
    library="feedparser",
    fills=(
        "text", "headline", "byline", "outlet", "outlet_domain", "published", "updated_at", "url",
        "section", "language",
    ),
    recognises=recognises,
    read=read,
    records="an entry",
    split=split,
)  # fmt: skip
