"""One story from the fields of a record, whatever tool wrote it: JSON object or row of a table.

Which field is what is told by the user's mapping, else by the tool (`presets.PRESETS`), else by
the names that tools commonly use (`presets.NAMES`).
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

from archive.errors import UnreadableDocument
from archive.reading.data.presets import MAPPABLE, NAMES, PRESETS, WRAPPERS, Preset, plain_name
from archive.reading.markup import (
    Paragraphs,
    compose,
    render_line,
    render_text,
    with_headline,
)
from archive.reading.meta import overlay
from archive.reading.moments import moment_of, published_of
from archive.records import Document, Metadata, RawRecord, Role

Fields = Mapping[str, Any]
"""A record's fields by name; values as JSON has them, a table's cells as strings."""

FILLS: Final = MAPPABLE

_NOTHING: Final = frozenset(
    {"", "none", "null", "nan", "n/a", "na", "nil", "undefined", "unknown", "[removed]", "[]", "{}",
     "only available in paid plans", "only available in professional and corporate plans"}
)  # fmt: skip
"""What stands in a field that has no value, in lower case; the last are of NewsAPI and NewsData."""

_COUNTER: Final = re.compile(r"\s*\[\+?\s*[0-9][0-9,]*\s+(?:more\s+)?char(?:acter)?s\]\s*$")
"""How NewsAPI.org and GNews end a text that they cut off: `… [+1234 chars]`."""

_COUNTER_WIDTH: Final = 64

_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.I)
_BY: Final = re.compile(r"^by\b[\s:]*", re.I)

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_QUOTED: Final = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""")
_INNER: Final = ("name", "title", "main", "original", "rendered", "value", "text", "$date", "uri")
"""Where an object stands for a value, the field that holds it, as in `{"id": 1, "name": "…"}`."""

_TEXT_PARTS: Final = (
    ("summary", None),
    ("headline", Role.SUBHEADING),
    ("heading", Role.SUBHEADING),
    ("title", Role.SUBHEADING),
    ("rendered", None),
    ("html", None),
    ("text", None),
    ("value", None),
    ("paragraph", None),
    ("paragraphs", None),
    ("content", None),
    ("data", None),
    ("caption", Role.CAPTION),
    ("sections", None),
    ("blocks", None),
    ("children", None),
)
"""Fields of an object that holds text, in the order of the page, and the role of what they hold."""

_DEEPEST_TEXT: Final = 8
"""Objects within objects that are looked into for text."""

_STATUSES: Final = {
    "canceled": "cancelled",
    "cancelled": "cancelled",
    "cancel": "cancelled",
    "kill": "cancelled",
    "killed": "cancelled",
    "deleted": "cancelled",
    "retracted": "cancelled",
    "correction": "corrected",
    "corrected": "corrected",
}


def status_of(value: object) -> str | None:
    """`corrected` or `cancelled` where a publisher's word for a status says so, else None.

    >>> status_of("stat:canceled"), status_of("usable")
    ('cancelled', None)
    """
    if not isinstance(value, str):
        return None
    return _STATUSES.get(re.split(r"[:/]", value.strip().lower())[-1])


def writers(names: Sequence[str]) -> str | None:
    """Names of writers as a byline has them, without `By`: `Ann Lee, Bo Ek and Cy Dunn`.

    >>> writers(["By Ann Lee"]), writers(["Ann Lee", "Bo Ek"])
    ('Ann Lee', 'Ann Lee and Bo Ek')
    """
    bare = [_BY.sub("", name).strip(" ,;") for name in names]
    *most, last = list(dict.fromkeys(filter(None, bare))) or [""]
    return (f"{', '.join(most)} and {last}" if most else last) or None


def document_of(
    record: RawRecord, fields: Fields, *, encoding: str | None, media_type: str
) -> Document:
    """Make the Document of a record from its fields: headline first, then its paragraphs.

    A text that the tool cut off, and a description where there is no text, are teasers. A record
    whose publisher cancelled it is kept with its headline alone. Raises UnreadableDocument, with
    the names of the fields that there are, where no field holds text.
    """
    known = _Known(record, fields)
    metadata = _metadata(known)
    paragraphs = _story(known, metadata)
    headline = metadata.headline
    if not paragraphs and not (headline and metadata.status == "cancelled"):
        raise UnreadableDocument(record.name, _why_no_text(known))
    text, parts = compose(with_headline(headline, paragraphs))
    return Document(
        name=record.name,
        text=text,
        media_type=media_type,
        encoding=encoding,
        is_rendition=True,
        metadata=overlay(overlay(record.found, metadata), record.metadata),
        parts=parts,
    )


class _Known:
    """The fields of one record by plain name, and the order in which names are asked."""

    def __init__(self, record: RawRecord, fields: Fields) -> None:
        self.record = record
        self.fields = fields
        self.mapping = dict(record.mapping)
        self.plain = _flat(fields)
        self.preset, self._names = _plan(frozenset(self.plain))

    def values(self, ours: str) -> list[Any]:
        """Values that may be the archive's field `ours`, the likeliest first.

        A field that the user named is the only one. Raises UnreadableDocument where that is the
        text's and the record does not have it.
        """
        theirs = self.mapping.get(ours)
        if theirs is not None:
            found = find_field(self.fields, theirs)
            if found is None and ours == "text" and not has_field(self.fields, theirs):
                raise UnreadableDocument(
                    self.record.name,
                    f"it has no field {theirs!r}, which --map text={theirs} names. Its fields "
                    f"are: {_listed(self.fields)}.",
                )
            return [] if found is None else [found]
        values = [self.plain[name] for name in self._names[ours]]
        return [value for value in values if not _is_nothing(value)]


def find_field(fields: Fields, path: str) -> Any:
    """The value of a field by the name that a user gave; `a.b` is the field `b` of the object `a`.

    >>> find_field({"source": {"name": "Meridian Wire"}}, "source.name")
    'Meridian Wire'
    """
    if path in fields:
        return fields[path]
    first, dot, rest = path.partition(".")
    inner = fields.get(first)
    return find_field(inner, rest) if dot and isinstance(inner, Mapping) else None


def has_field(fields: Fields, path: str) -> bool:
    """Whether a record has the field at all, be it empty."""
    if path in fields:
        return True
    first, dot, rest = path.partition(".")
    inner = fields.get(first)
    return bool(dot) and isinstance(inner, Mapping) and has_field(inner, rest)


def _flat(fields: Fields) -> dict[str, Any]:
    """Values by plain name; those of the objects in `WRAPPERS` where the record has none itself."""
    wrapped = [fields[name] for name in WRAPPERS if isinstance(fields.get(name), Mapping)]
    if not wrapped:
        # Of two names that are one when plain, the first counts.
        return {plain_name(name): value for name, value in reversed(list(fields.items()))}
    plain: dict[str, Any] = {}
    for name, value in fields.items():
        if not (name in WRAPPERS and isinstance(value, Mapping)):
            plain.setdefault(plain_name(name), value)
    for inner in wrapped:
        for name, value in inner.items():
            plain.setdefault(plain_name(name), value)
    return plain


@lru_cache(maxsize=1024)
def _plan(names: frozenset[str]) -> tuple[Preset | None, Mapping[str, tuple[str, ...]]]:
    """The tool whose records have these names, and the names to ask for each field, in order."""
    preset = next((preset for preset in PRESETS if preset.told_by <= names), None)
    own = preset.fields if preset else {}
    order = {ours: (*own.get(ours, ()), *theirs) for ours, theirs in NAMES.items()}
    return preset, {
        ours: tuple(name for name in dict.fromkeys(theirs) if name in names)
        for ours, theirs in order.items()
    }


def _is_nothing(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) < 64 and value.strip().lower() in _NOTHING
    return value in (None, [], {})


# ------------------------------------------------------------------------------------ metadata


def _metadata(known: _Known) -> Metadata:
    """What the record's fields say beside the text."""
    outlet, domain = _outlet(known)
    return Metadata(
        headline=_line(known, "headline"),
        url=next(filter(None, map(_url, known.values("url"))), None),
        published=next(
            filter(None, map(published_of, map(_inner, known.values("published")))), None
        ),
        updated_at=next(
            filter(None, map(moment_of, map(_inner, known.values("updated_at")))), None
        ),
        byline=_names(known.values("byline")),
        outlet=outlet,
        outlet_domain=domain,
        agency=_line(known, "agency"),
        section=_line(known, "section"),
        language=next(filter(None, map(_language, known.values("language"))), None),
        retrieved_at=next(filter(None, map(moment_of, known.values("retrieved_at"))), None),
        status=next(filter(None, map(status_of, known.values("status"))), None),
        version=_version(known) if "version" in known.mapping else None,
    )


def _inner(value: Any) -> Any:
    """The value that an object or a list stands for: its name, its first element."""
    for _ in range(3):
        if isinstance(value, list | tuple) and value and not isinstance(value[0], str):
            value = value[0]
        elif isinstance(value, Mapping):
            value = next((value[key] for key in _INNER if value.get(key)), None)
        else:
            break
    return value


def _line(known: _Known, ours: str) -> str | None:
    """A field of one line, without markup."""
    for value in known.values(ours):
        inner = _inner(value)
        if isinstance(inner, list | tuple) and inner:
            inner = inner[0]
        if isinstance(inner, str) and not _is_nothing(inner) and (line := render_line(inner)):
            return line
    return None


def _url(value: Any) -> str | None:
    """A web address, as it stands."""
    inner = _inner(value)
    if isinstance(inner, list | tuple) and inner:
        inner = inner[0]
    if not isinstance(inner, str):
        return None
    text = inner.strip()
    is_address = text[:8].lower().startswith(("http://", "https://")) and len(text.split()) == 1
    return text if is_address and len(text) <= 8192 else None


def _domain(value: Any) -> str | None:
    """The host of a web address or a bare domain, without `www.`."""
    inner = _inner(value)
    if not isinstance(inner, str) or len(inner) > 8192:
        return None
    text = inner.strip()
    if "://" in text:
        try:
            text = urlsplit(text).hostname or ""
        except ValueError:
            return None
    return text.lower().removeprefix("www.") if _DOMAIN.fullmatch(text) else None


def _outlet(known: _Known) -> tuple[str | None, str | None]:
    """Name and domain of the outlet; a name that is an address is its domain."""
    mapped = known.mapping.get("outlet")
    name = domain = None
    for value in known.values("outlet"):
        inner = _inner(value)
        if not isinstance(inner, str) or _is_nothing(inner):
            continue
        if not mapped and (host := _domain(inner)):
            domain = domain or host
        elif name is None and len(inner) <= 200 and "://" not in inner:
            name = render_line(inner) or None
    for value in known.values("outlet_domain"):
        if host := _domain(value):
            return name, host
    return name, domain


def _names(values: Sequence[Any]) -> str | None:
    """Writers as one line; a list as tables write it (`['A', 'B']`) is taken apart."""
    for value in values:
        each: Sequence[Any] = value if isinstance(value, list | tuple) else [value]
        if isinstance(value, str) and value.startswith("[") and value.endswith("]"):
            each = ["".join(pair) for pair in _QUOTED.findall(value[:10_000])]
        inner = [_inner(one) for one in each]
        names = [
            line
            for one in inner
            if isinstance(one, str) and not _is_nothing(one) and (line := render_line(one))
        ]
        if names:
            return writers(names)
    return None


def _language(value: Any) -> str | None:
    """A language code (BCP 47, ISO 639); names of languages say nothing here."""
    inner = _inner(value)
    if isinstance(inner, list | tuple) and inner:
        inner = inner[0]
    if not isinstance(inner, str) or not _LANGUAGE.fullmatch(inner.strip()):
        return None
    return inner.strip().replace("_", "-")


def _version(known: _Known) -> int | None:
    return next(filter(None, map(version_of, known.values("version"))), None)


def version_of(value: object) -> int | None:
    """A version number: a whole number from 0 that fits into a database; None for anything else."""
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,18}\s*", value, re.ASCII):
        return int(value)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 <= value < 10**18 else None  # type: ignore[operator,return-value]


# ---------------------------------------------------------------------------------------- text


def _story(known: _Known, metadata: Metadata) -> Paragraphs:
    """The paragraphs of the story, without its headline."""
    for value in known.values("text"):
        text, is_cut = _without_counter(value)
        if paragraphs := _paragraphs(text, None, 0):
            if _is_only(paragraphs, metadata.headline):
                continue
            return [(line, Role.TEASER) for line, _ in paragraphs] if is_cut else paragraphs
    if known.preset and known.preset.lacks_text:
        return []
    for value in known.values("teaser") if "text" not in known.mapping else ():
        if paragraphs := _paragraphs(value, None, 0):
            return [(line, Role.TEASER) for line, _ in paragraphs]
    return []


def _without_counter(value: Any) -> tuple[Any, bool]:
    """A text without the counter at its end, and whether there was one."""
    if not isinstance(value, str):
        return value, False
    end = value[-_COUNTER_WIDTH:]
    match = _COUNTER.search(end)
    return (value[: len(value) - len(end) + match.start()], True) if match else (value, False)


def _is_only(paragraphs: Paragraphs, headline: str | None) -> bool:
    """Whether a text is the headline again and nothing else."""
    return len(paragraphs) == 1 and paragraphs[0][0] == headline


def _paragraphs(value: Any, role: Role | None, depth: int) -> Paragraphs:
    """Paragraphs of a string, of a list of them, or of an object that holds such."""
    if isinstance(value, str):
        if _is_nothing(value):
            return []
        found = render_text(value)
        return [(line, role) for line, _ in found] if role else found
    if depth >= _DEEPEST_TEXT:
        return []
    if isinstance(value, list | tuple):
        return [line for each in value for line in _paragraphs(each, role, depth + 1)]
    if isinstance(value, Mapping):
        own = role or _role_of_block(value)
        return [
            line
            for key, part_role in _TEXT_PARTS
            if key in value
            for line in _paragraphs(value[key], own or part_role, depth + 1)
        ]
    return []


def _role_of_block(block: Fields) -> Role | None:
    """The role that an editor's block says of itself: `{"type": "heading", "text": "…"}`."""
    kind = block.get("type")
    if isinstance(kind, str) and re.fullmatch(
        r"h[2-6]|(?:sub)?-?head(?:er|ing|line)?", kind.lower()
    ):
        return Role.SUBHEADING
    return None


def _why_no_text(known: _Known) -> str:
    if known.preset and known.preset.lacks_text:
        return (
            f"an item of a {known.preset.title}: title and link, but no text. Fetch the page "
            "that it links to, and ingest that."
        )
    if "text" in known.mapping:
        return f"its field {known.mapping['text']!r} holds no text. Check --map, or leave it out."
    if empty := next((name for name in known.fields if plain_name(name) in NAMES["text"]), None):
        return f"its field {empty!r} holds no text. Fetch the story again or leave it out."
    return (
        f"no field with text among: {_listed(known.fields)}. Name it with --map text=FIELD, or "
        "leave the record out."
    )


def _listed(fields: Fields) -> str:
    """Names of fields for a message, not too many and none that breaks a line."""
    names = [" ".join(render_line(str(name)[:40]).split()) or "''" for name in list(fields)[:12]]
    more = f" and {len(fields) - 12} more" if len(fields) > 12 else ""
    return (", ".join(names) or "none") + more
