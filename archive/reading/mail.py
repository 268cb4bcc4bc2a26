"""Mail: newsletters and alerts as single messages (EML) and as mailboxes (mbox, RFC 4155).

A newsletter may hold several stories, so its text is handed on without parts. Headers are decoded
here (RFC 2047) and not by the `default` policy of the email package, whose parser takes very long
over headers that are made for it and raises on others.
"""

import re
from collections.abc import Iterator
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from email.utils import parseaddr
from typing import BinaryIO, Final

from archive.errors import UnreadableDocument
from archive.reading.encodings import detect
from archive.reading.format import Container, Format, Found, Head
from archive.reading.limits import MAX_DOCUMENT_BYTES
from archive.reading.markup import Paragraphs, clean_line, compose, render_fragment
from archive.reading.meta import overlay
from archive.reading.moments import published_of
from archive.reading.wrapped_lines import unwrap
from archive.records import Document, Metadata, RawRecord

FILLS: Final = ("text", "headline", "outlet", "published", "url", "language")

_HEADER: Final = re.compile(rb"[!-9;-~]{1,100}:")
_FROM_LINE: Final = re.compile(
    rb"From (?=\S[^\r\n]{0,400}[12][0-9]{3}\b)[^\r\n]{0,300}?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?"
    rb"[ \t]+\w[^\r\n]{0,20}[ \t][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:])"
)
"""Sender, then a time as C's `asctime` or mail headers write it, the weekday cut to three letters:
a line of prose may begin with `From` and name an hour and a year too."""
_ESCAPED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)

_TECHNICAL: Final = frozenset(
    {b"message-id", b"mime-version", b"received", b"return-path", b"dkim-signature",
     b"delivered-to", b"content-type", b"x-mailer"}
)  # fmt: skip
"""Headers that only mail programs write; prose that begins with `From:` and `Date:` has none."""

_LONGEST_HEADER: Final = 8_192
_MOST_PARTS: Final = 1_000
_STUB_WORDS: Final = 80
"""Words of a plain text below which it may say no more than that the mail is in HTML."""

_IN_BROWSER: Final = re.compile(
    r"(?:view|read|open)\b.{0,40}\b(?:browser|online|web)|web\s?version|online version", re.I
)
_LINK: Final = re.compile(r"https?://[^\s<>\"')\]]{4,2000}")
_ANCHOR: Final = re.compile(
    r"<a\s[^<>]{0,4000}?href\s*=\s*[\"']?(https?://[^\s\"'<>]{4,4000}+)[^<>]{0,4000}+>"
    r"(.{0,400}?)</a",
    re.I | re.DOTALL,
)
_LOOKED_AT: Final = 64 * 1024


class _Policy(Compat32):
    """The policy of old, with headers of bounded length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Name and value of a header as it stands; what is beyond any honest length goes."""
        name, value = super().header_source_parse([line[:_LONGEST_HEADER] for line in sourcelines])
        return name, value[:_LONGEST_HEADER]


_POLICY: Final = _Policy()


# ------------------------------------------------------------------------------------- telling


def recognises_message(head: Head) -> bool:
    """Headers up to a blank line, `From` and one that only mail programs write among them."""
    names = _header_names(head.content)
    if b"from" not in names or not names & {b"subject", b"date", b"to"}:
        return False
    return bool(names & _TECHNICAL) or head.name.lower().endswith(".eml")


def _header_names(content: bytes) -> frozenset[bytes]:
    """Names of the headers that a message begins with; none where the first line is no header."""
    names = set()
    for line in content[:_LOOKED_AT].splitlines():
        if not line.strip():
            break
        match = _HEADER.match(line)
        if match:
            names.add(match[0][:-1].lower())
        elif line[:1] not in b" \t" or not names:
            return frozenset()
    return frozenset(names)


def recognises_mailbox(head: Head) -> bool:
    """A `From ` line with a date, then a message's headers."""
    first, _, rest = head.content.lstrip(b"\r\n").partition(b"\n")
    return _FROM_LINE.match(first) is not None and _HEADER.match(rest) is not None


# ------------------------------------------------------------------------------------- reading


def read(record: RawRecord) -> Document:
    """Make the Document of one message: its subject, then its text.

    The plain text, unless it is empty or a stub beside the HTML; then messages that it forwards.
    Raises UnreadableDocument for a message without text.
    """
    content = _without_from_line(record.content)
    try:
        message = BytesParser(policy=_POLICY).parsebytes(content)
        found = _Parts(message)
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise UnreadableDocument(
            record.name, "not a message that can be taken apart. Save its text as a .txt file."
        ) from error
    paragraphs = found.paragraphs
    if not paragraphs:
        raise UnreadableDocument(
            record.name, "a message without text (attachments are not read). Leave it out."
        )
    subject = header(message, "Subject")
    if subject and paragraphs[0][0] != subject:
        paragraphs = [(subject, None), *paragraphs]
    text, _ = compose(paragraphs)
    own = _metadata(message, subject, found)
    return Document(
        name=record.name,
        text=text,
        media_type="message/rfc822",
        encoding=None,
        is_rendition=True,
        metadata=overlay(overlay(record.found, own), record.metadata),
    )


def _without_from_line(content: bytes) -> bytes:
    """A message of a mailbox as it was sent: no `From ` line, quoted `From ` lines restored."""
    if not content.startswith(b"From "):
        return content
    return _ESCAPED.sub(rb"\1", content.partition(b"\n")[2])


def header(message: Message, name: str) -> str | None:
    """A header decoded, on one line; None where it is missing or blank."""
    for given, value in message.raw_items():
        if given.lower() == name.lower():
            return clean_line(_decoded(str(value))) or None
    return None


def _decoded(value: str) -> str:
    """Encoded words (RFC 2047) as text; bytes that stand in a header raw, in their own encoding."""
    raw = value.encode("ascii", "surrogateescape") if not value.isascii() else b""
    if raw:
        value = _text_of_bytes(raw, None)
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(
        piece if isinstance(piece, str) else _text_of_bytes(piece, charset)
        for piece, charset in pieces
    )


def _text_of_bytes(content: bytes, charset: str | None) -> str:
    """Text in the encoding that is declared, else in the one that fits, else as far as it goes."""
    for encoding in (charset, "utf-8"):
        try:
            if encoding:
                return content.decode(encoding)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return content.decode(detect(content) or "latin-1", "replace")


def _metadata(message: Message, subject: str | None, parts: "_Parts") -> Metadata:
    sender = next((str(value) for name, value in message.raw_items() if name.lower() == "from"), "")
    name = clean_line(_decoded(parseaddr(sender[:1_000])[0])).strip("\"' ")
    archived = (header(message, "Archived-At"), parts.browser_link, header(message, "List-Archive"))
    links = (_LINK.search(given) for given in archived if given)
    return Metadata(
        headline=subject,
        outlet=name if name and "@" not in name else None,
        published=published_of(header(message, "Date")),
        url=next((link[0] for link in links if link), None),
        language=_language(header(message, "Content-Language")),
    )


def _language(value: str | None) -> str | None:
    code = (value or "").split(",")[0].strip()
    return code if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", code) else None


class _Parts:
    """The text of a message's parts: paragraphs, and the link to its copy on the web."""

    def __init__(self, message: Message) -> None:
        self.browser_link: str | None = None
        self._count = 0
        self.paragraphs: Paragraphs = self._of(message)

    def _of(self, message: Message) -> Paragraphs:
        """Paragraphs of a part; messages within it come behind their subjects."""
        self._count += 1
        if self._count > _MOST_PARTS:
            return []
        kind = message.get_content_type()
        if kind == "message/rfc822":
            return [line for each in _inner(message) for line in self._forwarded(each)]
        if message.is_multipart():
            inner = _inner(message)
            if kind == "multipart/alternative":
                return self._alternative(inner)
            return [line for each in inner for line in self._of(each)]
        if message.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            return []
        text = _payload(message)
        return self._html(text) if kind == "text/html" else self._plain(message, text)

    def _forwarded(self, message: Message) -> Paragraphs:
        subject = header(message, "Subject")
        return [*([(subject, None)] if subject else []), *self._of(message)]

    def _alternative(self, parts: list[Message]) -> Paragraphs:
        """The plain one of several renditions of one text, unless another says far more."""
        plain = [part for part in parts if part.get_content_type() == "text/plain"]
        others = [part for part in parts if part.get_content_type() != "text/plain"]
        text = next(filter(None, map(self._of, plain)), [])
        if text and _count_words(text) >= _STUB_WORDS:
            for part in others:  # for the link to the web alone
                if part.get_content_type() == "text/html" and not self.browser_link:
                    self._look_for_link(_payload(part))
            return text
        rich: Paragraphs = next(filter(None, map(self._of, reversed(others))), [])
        return rich if _count_words(rich) > 2 * _count_words(text) else text

    def _plain(self, message: Message, text: str) -> Paragraphs:
        for line in text[:_LOOKED_AT].splitlines():
            if not self.browser_link and _IN_BROWSER.search(line[:400]):
                link = _LINK.search(line[:2_400])
                self.browser_link = link[0] if link else None
        is_flowed = str(message.get_param("format", "")).lower() == "flowed"
        return unwrap(text, is_flowed=is_flowed)

    def _html(self, text: str) -> Paragraphs:
        self._look_for_link(text)
        return [(line, None) for line, _ in render_fragment(text)]

    def _look_for_link(self, html: str) -> None:
        for match in _ANCHOR.finditer(html[:_LOOKED_AT]):
            if self.browser_link:
                return
            if _IN_BROWSER.search(re.sub(r"<[^<>]*>", " ", match[2])):
                self.browser_link = match[1].replace("&amp;", "&")


def _inner(message: Message) -> list[Message]:
    payload = message.get_payload()
    return (
        [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
    )


def _payload(message: Message) -> str:
    """The text of a part, its transfer encoding and charset undone."""
    payload = message.get_payload(decode=True)
    charset = message.get_content_charset()
    return _text_of_bytes(payload, charset) if isinstance(payload, bytes) else ""


def _count_words(paragraphs: Paragraphs) -> int:
    return sum(len(line.split()) for line, _ in paragraphs)


# ----------------------------------------------------------------------------------- mailboxes


def split(container: Container) -> Iterator[Found]:
    """The messages of a mailbox in order, each with its `From ` line.

    A message begins at a line `From ` with a date, at the beginning or behind a blank line, where
    a header follows (RFC 4155; bodies that quote such a line have `>` before it).
    """
    number = 0
    for content in _messages(container.stream):
        number += 1
        name = f"{container.name}#{number}"
        if content is None:
            yield UnreadableDocument(
                name,
                f"a message of more than the {MAX_DOCUMENT_BYTES:,} bytes that one document may "
                "have. Save it without its attachments.",
            )
            continue
        yield RawRecord(
            name=name,
            content=content,
            metadata=container.metadata,
            format="mbox",
            mapping=container.mapping,
        )
    if number == 0:
        yield UnreadableDocument(
            container.name, "no message in it. Leave it out, or fetch the mailbox again."
        )


def _messages(stream: BinaryIO) -> Iterator[bytes | None]:
    """The bytes of each message; None for one that is too large."""
    lines: list[bytes] = []
    size = 0
    is_blank = True
    opening: bytes | None = None
    while line := stream.readline(MAX_DOCUMENT_BYTES):
        if opening is not None:
            if _HEADER.match(line):
                if lines:
                    yield _joined(lines, size)
                lines, size = [], 0
            lines, size = _keep(lines, size, opening)
            opening = None
        if is_blank and _FROM_LINE.match(line):
            opening = line
        else:
            lines, size = _keep(lines, size, line)
        is_blank = not line.strip()
    if opening is not None:
        lines, size = _keep(lines, size, opening)
    if lines and any(map(bytes.strip, lines)):
        yield _joined(lines, size)


def _keep(lines: list[bytes], size: int, line: bytes) -> tuple[list[bytes], int]:
    """Add a line, unless the message is too large already: then only its first is kept."""
    if not lines and not line.strip():
        return lines, size
    size += len(line)
    if size > MAX_DOCUMENT_BYTES:
        return lines[:1] or [line[:1]], size
    lines.append(line)
    return lines, size


def _joined(lines: list[bytes], size: int) -> bytes | None:
    return None if size > MAX_DOCUMENT_BYTES else b"".join(lines).rstrip(b"\r\n") + b"\n"


EML: Final = Format(
    name="eml",
    title="EML (one mail: newsletter, alert)",
    suffixes=(".eml",),
    library="email (standard library), lxml",
    fills=FILLS,
    recognises=recognises_message,
    read=read,
)

MBOX: Final = Format(
    name="mbox",
    title="mbox (mailbox)",
    suffixes=(".mbox", ".mbx"),
    library="email (standard library), lxml",
    fills=FILLS,
    recognises=recognises_mailbox,
    read=read,
    records="one message",
    split=split,
)

FORMATS: Final = (MBOX, EML)
"""Tried in this order."""
