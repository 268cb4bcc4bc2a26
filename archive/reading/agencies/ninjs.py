"""News items in JSON as the IPTC defines them: ninjs 1.x, 2.x and 3.x.

Sources: the JSON schemas and the user guide of the IPTC (https://iptc.org/std/ninjs/userguide/),
and the schema of Superdesk, which calls the identifier `guid`. In 1.x names are in lower case and
the body's name tells its kind (`body_xhtml`); from 2.0 on texts are lists of objects (`bodies`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from archive.errors import UnreadableDocument
from archive.reading.data.fields import FILLS, Fields, status_of, version_of, writers
from archive.reading.data.json_text import byte_codec, parse, parse_object
from archive.reading.format import Container, Format, Found, Head
from archive.reading.limits import MAX_DOCUMENT_BYTES
from archive.reading.markup import (
    Paragraphs,
    compose,
    render_fragment,
    render_line,
    render_text,
    split_paragraphs,
    with_headline,
)
from archive.reading.meta import overlay
from archive.reading.moments import moment_of, published_of
from archive.records import Document, Metadata, RawRecord, Role

MEDIA_TYPE: Final = "application/ninjs+json"

_SIGNS: Final = frozenset(
    (
        "versioncreated", "versionCreated", "pubstatus", "pubStatus", "body_text", "body_xhtml",
        "body_html", "bodies", "headlines", "representationtype", "representationType",
        "firstcreated", "copyrightholder", "copyrightHolder", "infoSources", "altids", "altIds",
        "renditions",
    )
)  # fmt: skip
"""Names of the standard that other tools do not use."""

_SIGN: Final = re.compile(rf'"(?:{"|".join(sorted(_SIGNS))})"\s*:')
_IDENTIFIED: Final = re.compile(r'"(?:uri|guid)"\s*:\s*"')

_BODIES: Final = ("body_xhtml", "body_html", "body_nitf", "body_text", "body_plain", "body")
"""Names of the body in ninjs 1.x, those that tell paragraphs first."""


def is_ninjs(fields: Fields) -> bool:
    """Whether an object is a ninjs item: it has an identifier and a name that only ninjs uses."""
    has_id = isinstance(fields.get("uri"), str) or isinstance(fields.get("guid"), str)
    return has_id and not _SIGNS.isdisjoint(fields)


def permanent_name(fields: Fields) -> str | None:
    """The identifier that all versions of an item have, where it is one beyond its provider."""
    for key in ("uri", "guid"):
        value = fields.get(key)
        if isinstance(value, str) and is_permanent(value.strip()):
            return value.strip()
    return None


def is_permanent(name: str) -> bool:
    """Whether an identifier is a URI (RFC 3986), fit to name a source: `urn:…`, `tag:…`.

    >>> is_permanent("urn:newsml:meridianwire.example:20250909:0042"), is_permanent("0042")
    (True, False)
    """
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]{1,30}:[!-~]{4,900}", name) is not None


def read(record: RawRecord) -> Document:
    """Make the Document of one item; see `document_of`."""
    fields, encoding = parse_object(record)
    if not is_ninjs(fields):
        raise UnreadableDocument(
            record.name, "no ninjs: an item has `uri`, and a body or headline. Try --format json."
        )
    return document_of(record, fields, encoding)


def document_of(record: RawRecord, fields: Fields, encoding: str | None) -> Document:
    """Make the Document of a parsed item: headline, then the body that tells most of its shape.

    A cancelled item without text is kept with its headline. Raises UnreadableDocument for an item
    without text (a picture, a package, an event).
    """
    metadata = _metadata(fields)
    paragraphs = _body(fields)
    if not paragraphs:
        paragraphs = _teaser(fields)
    if not paragraphs and not (metadata.headline and metadata.status == "cancelled"):
        kind = render_line(str(fields.get("type") or "item")[:40])
        raise UnreadableDocument(record.name, f"a ninjs {kind} without text. Leave it out.")
    text, parts = compose(with_headline(metadata.headline, paragraphs))
    return Document(
        name=record.name,
        text=text,
        media_type=MEDIA_TYPE,
        encoding=encoding,
        is_rendition=True,
        metadata=overlay(overlay(record.found, metadata), record.metadata),
        parts=parts,
    )


def _metadata(fields: Fields) -> Metadata:
    get = _Getter(fields)
    version = version_of(fields.get("version"))
    status = status_of(get.first("pubstatus", "pubStatus")) or _signalled(fields)
    created = get.first("firstcreated", "firstCreated", "versioncreated", "versionCreated")
    published = published_of(get.first("embargoed")) or published_of(created)
    updated = moment_of(get.first("versioncreated", "versionCreated"))
    return Metadata(
        headline=_main(fields, "headlines") or get.line("headline"),
        byline=_bylines(fields),
        outlet=get.named("copyrightholder", "copyrightHolder", "provider", "publisher", "source"),
        agency=_agency(fields),
        published=published,
        updated_at=updated if published is None or updated != published.at else None,
        section=_subject(fields),
        language=get.line("language"),
        url=_link(fields),
        status=status,
        version=version,
    )


class _Getter:
    """Values of an item by the names of any version of the standard."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields

    def first(self, *names: str) -> Any:
        """The first value that is there."""
        return next((self._fields[name] for name in names if self._fields.get(name)), None)

    def line(self, *names: str) -> str | None:
        """The first that is a string, on one line."""
        value = self.first(*names)
        return render_line(value) or None if isinstance(value, str) else None

    def named(self, *names: str) -> str | None:
        """The first that is a string or an object with a name."""
        for name in names:
            value = self._fields.get(name)
            if isinstance(value, Mapping):
                value = value.get("name")
            if isinstance(value, str) and (line := render_line(value)):
                return line
        return None


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _main(fields: Fields, name: str) -> str | None:
    """The value with the role `main` of a list of texts, else the first."""
    each = _objects(fields.get(name))
    texts = [one for one in each if isinstance(one.get("value"), str) and one["value"].strip()]
    main = next((one for one in texts if one.get("role") == "main"), texts[0] if texts else None)
    return render_line(main["value"]) or None if main else None


def _body(fields: Fields) -> Paragraphs:
    """Paragraphs of the body; of several the first in HTML, else the first at all."""
    bodies = _objects(fields.get("bodies"))
    bodies.sort(key=lambda body: "html" not in str(body.get("contentType") or body.get("role")))
    for body in bodies:
        value = body.get("value")
        kind = str(body.get("contentType") or body.get("contenttype") or "")
        if isinstance(value, str) and (found := _render(value, kind)):
            return found
    others = sorted(name for name in fields if name.startswith("body_") and name not in _BODIES)
    for name in (*_BODIES, *others):
        value = fields.get(name)
        kind = "text/plain" if name in ("body_text", "body_plain") else ""
        if isinstance(value, str) and (found := _render(value, kind)):
            return found
    return []


def _render(value: str, kind: str) -> Paragraphs:
    if "plain" in kind:
        return split_paragraphs(value)
    return render_fragment(value) if "html" in kind else render_text(value)


def _teaser(fields: Fields) -> Paragraphs:
    """The description of a text that the item does not hold; a picture's is no story."""
    if fields.get("type") not in (None, "text", "composite"):
        return []
    texts = [fields.get(name) for name in sorted(fields) if name.startswith("description_")]
    texts += [each.get("value") for each in _objects(fields.get("descriptions"))]
    text = next((text for text in texts if isinstance(text, str) and text.strip()), "")
    return [(line, Role.TEASER) for line, _ in render_text(text)]


def _bylines(fields: Fields) -> str | None:
    """The byline as written (`byline`, `by`), else the names of its writers."""
    for name in ("byline", "by"):
        value = fields.get(name)
        if isinstance(value, str) and (line := render_line(value)):
            return writers([line])
    people = _objects(fields.get("bylines")) or _objects(fields.get("authors"))
    names = [each.get("byline") or each.get("value") or each.get("name") for each in people]
    return writers([render_line(name) for name in names if isinstance(name, str)])


def _agency(fields: Fields) -> str | None:
    """The one that the information came from (`infosource`)."""
    for name in ("infosource", "infoSources"):
        for each in _objects(fields.get(name)):
            if isinstance(each.get("name"), str):
                return render_line(each["name"]) or None
    return None


def _subject(fields: Fields) -> str | None:
    """The name of the first subject that has one."""
    names = [
        each.get("name") for key in ("subject", "subjects") for each in _objects(fields.get(key))
    ]
    return next((render_line(name) for name in names if isinstance(name, str) and name), None)


def _link(fields: Fields) -> str | None:
    """The address of the item: its link, else its identifier where that is a web address."""
    for name in ("url", "link", "href", "uri"):
        value = fields.get(name)
        if isinstance(value, str) and re.match(r"https?://\S+$", value.strip()):
            return value.strip()
    return None


def _signalled(fields: Fields) -> str | None:
    """A status given as a signal (Superdesk, and extensions of the standard)."""
    for name in ("signal", "signals"):
        for each in _objects(fields.get(name)):
            if status := status_of(each.get("code") or each.get("name") or each.get("uri")):
                return status
    return None


def recognises(head: Head) -> bool:
    """One JSON object that names itself by `uri` and has a field that only ninjs has."""
    codec, mark = byte_codec(head.content)
    text = head.content[mark:].decode(codec, "ignore").lstrip("\ufeff \t\r\n")
    if not text.startswith("{") or not (_IDENTIFIED.search(text) and _SIGN.search(text)):
        return False
    try:
        return is_ninjs(parse(head.name, text)) if head.is_whole else not _is_list(text)
    except (UnreadableDocument, AttributeError):
        return not _is_list(text)


def _is_list(text: str) -> bool:
    """Whether the text goes on with another object behind the first line, or wraps a list."""
    first, _, rest = text.partition("\n")
    is_lines = first.rstrip().endswith("}") and rest.lstrip().startswith("{")
    return is_lines or re.match(r'\{\s*"(?:items|results|data|docs|hits)"\s*:', text) is not None


def split(container: Container) -> Iterator[Found]:
    """One record, named by the item's identifier where it has a permanent one."""
    content = container.stream.read(MAX_DOCUMENT_BYTES + 1)
    if len(content) > MAX_DOCUMENT_BYTES:
        yield UnreadableDocument(
            container.name,
            f"more than the {MAX_DOCUMENT_BYTES:,} bytes that one document may have. Leave out "
            "what is no text of it, such as pictures.",
        )
        return
    record = RawRecord(
        name=container.name,
        content=content,
        metadata=container.metadata,
        format="ninjs",
        mapping=container.mapping,
    )
    try:
        fields, _ = parse_object(record)
    except UnreadableDocument as error:
        yield error
        return
    yield replace(record, name=permanent_name(fields) or container.name)


FORMAT: Final = Format(
    name="ninjs",
    title="ninjs (IPTC news in JSON)",
    suffixes=(".json", ".ninjs"),
    library="json (standard library), lxml",
    fills=FILLS,
    recognises=recognises,
    read=read,
    records="one news item",
    split=split,
)
