"""The encoding of a web page: what its bytes, its server and its own head say of it.

A byte-order mark comes first (HTML Living Standard, 13.2.3.2). Then bytes that are valid UTF-8 are
UTF-8, whatever was declared: text in another encoding is so by chance only when it is very short.
Then the server's word, the page's own, and what the words themselves tell.
"""

import codecs
import re
from typing import Final

from archive.reading.encodings import detect, mend_utf8

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_DECLARED_BYTES: Final = 4096
"""Where a page's own declaration is looked for; the standard says 1,024 bytes, pages say more."""

_META: Final = re.compile(rb"<meta\b[^>]{0,300}?\bcharset\s*=\s*[\"']?\s*([\w.:+-]{2,40})", re.I)
_XML_DECLARATION: Final = re.compile(
    rb"^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{2,40})"
)

_WIDER: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What browsers read a declared encoding as, by Python's codec names: encoding.spec.whatwg.org."""

_PAGE_CODEC: Final = re.compile(
    "utf-(?:8|16|32).*|cp[0-9]+|iso8859-[0-9]+|iso2022.*|koi8.*|mac.*|big5.*|gb.*|euc.*|shift_?jis.*|"
    "johab|hz|tis-620|ptcp154|kz1048"
)
"""Python's codecs in which pages are written; it has others (`base64`, `utf-7`, `idna`)."""

_MIXED: Final = re.compile(
    r"[A-Za-z][\u0370-\u07ff\u0e00-\u0e7f]|[\u0370-\u07ff\u0e00-\u0e7f][A-Za-z]"
)
"""A Latin letter beside one of another script: no word has it, text read wrongly is full of it."""

_FOREIGN: Final = re.compile(r"[\u0370-\u07ff\u0e00-\u0e7f]")

_MIXED_SHARE: Final = 0.1
_DAMAGED_SHARE: Final = 0.01
"""Of the characters beyond ASCII, most that may stand beside Latin letters; of all, that may be
damaged."""


def decode_page(content: bytes, charset: str | None = None) -> tuple[str, str | None]:
    """The text of a page's bytes, and the codec that gives it; None where some bytes are damaged.

    `charset` is what the server said (`Content-Type: text/html; charset=...`). Damaged bytes
    become U+FFFD. Never raises: where nothing fits, Windows-1252 or Latin-1 does.
    """
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return _strict_or_damaged(content, codec)
    declared = [_codec(name) for name in (charset, _own_declaration(content))]
    # ISO 2022 and UTF-16 without a mark may look like ASCII.
    is_shifted = b"\x1b" in content and any((name or "").startswith("iso2022") for name in declared)
    if not is_shifted and b"\0" not in content and (text := _strict(content, "utf-8")) is not None:
        return text, "utf-8"
    for name in declared:
        if name and (told := _plausible(content, name)) is not None:
            return told, name
    return _detected(content, declared)


def _detected(content: bytes, declared: list[str | None]) -> tuple[str, str | None]:
    """Text and codec by what the words tell, where no declaration holds."""
    words = _beyond_ascii(content) if b"\0" not in content else content
    is_utf8 = "utf-8" in declared and _is_damaged_utf8(words)
    mended = mend_utf8(words)
    if mended is None and not is_utf8:
        found = detect(words)
        if found and (text := _strict(content, found)) is not None:
            return text, found
    if mended is not None or "utf-8" in declared:
        return content.decode("utf-8", "replace").lstrip("\ufeff"), None
    for codec in declared:
        if codec:
            damaged = content.decode(codec, "replace")
            if damaged.count("\ufffd") <= len(damaged) * _DAMAGED_SHARE:
                return damaged, None
    western = _strict(content, "cp1252")
    return (content.decode("latin-1"), "latin-1") if western is None else (western, "cp1252")


def _beyond_ascii(content: bytes) -> bytes:
    """What stands between tags and is not all ASCII: the rest tells nothing of an encoding.

    No encoding that is met in pages has `<` or `>` as a part of another character.
    """
    return b"\n".join(piece for piece in re.split(rb"[<>]", content) if not piece.isascii())


def _is_damaged_utf8(content: bytes) -> bool:
    """Whether more characters beyond ASCII are sound than damaged; other encodings give none."""
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) > 2 * damaged


def _own_declaration(content: bytes) -> str | None:
    """The encoding that a page's `meta` element or XML declaration names."""
    head = content[:_DECLARED_BYTES]
    match = _META.search(head) or _XML_DECLARATION.search(head)
    return match[1].decode("ascii") if match else None


def _codec(label: str | None) -> str | None:
    """Python's name of a declared encoding, as browsers read it; None for names of none."""
    if not label:
        return None
    try:
        info = codecs.lookup(label.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    name = info.name
    if not _PAGE_CODEC.fullmatch(name):
        return None
    # A page whose head could be read byte by byte is not in UTF-16, whatever it says (13.2.3.3).
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else _WIDER.get(name, name)


def _plausible(content: bytes, codec: str) -> str | None:
    """The text in a declared encoding where it decodes and reads as words.

    Windows-1252 decodes almost anything and is what careless servers declare: it has to be found.
    """
    if codec in ("utf-8", "cp1252") or (text := _strict(content, codec)) is None:
        return None
    foreign = sum(
        1 for char in text if "\u0370" <= char <= "\u07ff" or "\u0e00" <= char <= "\u0e7f"
    )
    return None if len(_MIXED.findall(text)) > foreign * _MIXED_SHARE else text


def _strict(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec).lstrip("\ufeff")
    except (UnicodeError, LookupError):
        return None


def _strict_or_damaged(content: bytes, codec: str) -> tuple[str, str | None]:
    text = _strict(content, codec)
    if text is not None:
        return text, codec
    return content.decode(codec, "replace").lstrip("\ufeff"), None
