"""Bytes to text and back: which codec a text was written with.

The order of attempts: a byte-order mark; strict UTF-8; UTF-16 without a mark, told by its zero
bytes; Windows-1252 where the result reads as a Western language; charset-normalizer over the
other encodings that news is met in; last, where what was found puts capitals and signs inside
words, the encodings of classic Mac OS. The same bytes always give the same codec.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from typing import Final

from charset_normalizer import from_bytes

_MARKS: Final = (
    # UTF-32's little-endian mark begins with UTF-16's, so it is tried first.
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_LEGACY: Final = [
    "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "iso8859_7", "iso8859_9", "cp874",
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip

_WESTERN_SHARE: Final = 0.25
"""Most letters beyond ASCII that a Western text has; French, the richest, stays below 0.1."""

_WRITTEN_SHARE: Final = 0.95
"""Least letters, digits, punctuation and spaces among the characters of a text."""

_UNPRINTABLE_SHARE: Final = 0.15
"""Least bytes of UTF-16 that are no printable ASCII; Japanese, the poorest, has some 0.35."""

_PRINTABLE_ASCII: Final = bytes([*b"\t\n\r", *range(0x20, 0x7F)])

_SIGN_IN_WORD: Final = re.compile(r"(?:(?<=[a-z]{3})|(?<=[a-z])(?=.[a-z]))([^\x00-\x7f])")

_AFTER_WORD: Final = ("Pi", "Pf", "Pd", "Zs", "Po")
"""Categories of what does follow a letter: quotation marks, dashes, spaces, an ellipsis."""


def _letters(category: str) -> str:
    """Latin, Greek and Cyrillic letters beyond ASCII of a Unicode category."""
    return "".join(c for c in map(chr, range(0xC0, 0x530)) if unicodedata.category(c) == category)


_LOWER: Final = _letters("Ll")
_UPPER: Final = _letters("Lu")

_JOINERS: Final = "\u00a0\u00ad\u2009\u2011\u2013\u2014\u2019\u202f"
"""What does stand between two lower-case letters: spaces, hyphens, dashes, the apostrophe."""

_ODDITY: Final = re.compile(
    rf"(?<=[a-z{_LOWER}])"
    rf"(?:[{_UPPER}]|[^\x00-\x7f{_LOWER}{_UPPER}{_JOINERS}](?=[a-z{_LOWER}]))"
)
"""A capital beyond ASCII after a lower-case letter, or a sign between two of them."""

_FEWER_ODDITIES: Final = 4
"""How many times fewer of them another encoding must leave. A name such as `na hÉireann` has one
rightly, and leaves one in any other encoding too."""


def decode(content: bytes, encoding: str) -> str:
    """Give the text of `content`, without byte-order marks, newlines untouched.

    A mark that was put before a mark goes too: at the beginning of a text U+FEFF is nothing else.

    `encoding` is a codec name as `detect` returns it. Raises `UnicodeDecodeError` where the bytes
    are not in that encoding.
    """
    return content.decode(encoding).lstrip("\ufeff")


def detect(content: bytes) -> str | None:
    """Name the codec that decodes `content`, or None where none gives sensible text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding if _decodes(content, encoding) else None
    if _decodes(content, "utf-8"):
        return _utf16_without_mark(content) or "utf-8"
    unmarked = _utf16_without_mark(content)
    if unmarked:
        return unmarked
    found = "cp1252" if _decodes_western(content) else _detect_legacy(content)
    return _detect_mac(content, found) or found


def looks_like_utf16(content: bytes) -> bool:
    """Whether bytes that no mark explains are most likely UTF-16, as in Russian or Japanese.

    Spaces and newlines then leave zero bytes, one of the byte orders gives almost nothing but
    letters, punctuation and spaces, and the bytes taken one by one are no ASCII text.
    """
    if len(content) % 2 or b"\0" not in content:
        return False
    sample = content[:4096]
    unprintable = len(sample.translate(None, _PRINTABLE_ASCII))
    if unprintable < len(sample) * _UNPRINTABLE_SHARE:
        return False
    return any(
        _decodes(content, encoding) and _is_written(sample.decode(encoding, "ignore"))
        for encoding in ("utf-16-le", "utf-16-be")
    )


def _is_written(text: str) -> bool:
    written = sum(1 for char in text if char.isspace() or unicodedata.category(char)[0] in "LMNPZ")
    return written > len(text) * _WRITTEN_SHARE


def mend_utf8(content: bytes) -> str | None:
    """Text of UTF-8 that is damaged here and there, U+FFFD at each place; None for other bytes.

    Pages cut off within a character are met often. Read with a single-byte encoding instead,
    every other character beyond ASCII would come out wrong. Four sound characters for each
    damaged place are more than another encoding gives by chance.
    """
    if _decodes(content, "utf-8"):
        return None
    text = content.decode("utf-8", "replace").lstrip("\ufeff")
    damaged = text.count("\ufffd")
    sound = sum(1 for char in text if char > "\x7f") - damaged
    return text if damaged and sound >= 4 * damaged else None


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_mark(content: bytes) -> str | None:
    """UTF-16's byte order where most characters of a text are ASCII, each with one zero byte."""
    sample = content[:4096]
    if len(content) % 2 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    for many, few, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if many > half * 0.7 and few < half * 0.05 and _decodes(content, encoding):
            return encoding
    return None


def _decodes_western(content: bytes) -> bool:
    """Whether Windows-1252 reads `content` as words of a Western European language."""
    try:
        return _is_western(content.decode("cp1252"))
    except UnicodeDecodeError:
        return False


def _is_western(text: str) -> bool:
    """Whether `text` reads as a Western European language.

    In such text letters beyond ASCII are few and there are no stray signs; text read with a
    wrong single-byte encoding breaks one or the other.
    """
    letters = sum(map(str.isalpha, text))
    beyond = sum(1 for char in text if char > "\x7f" and char.isalpha())
    if beyond > letters * _WESTERN_SHARE:
        return False
    return not _has_stray_signs(text)


def _has_stray_signs(text: str) -> bool:
    """Whether a sign that no language writes there (`³`, `¿`) stands in or after a word."""
    return any(
        not sign.isalpha() and unicodedata.category(sign) not in _AFTER_WORD and sign not in "®™°"
        for sign in set(_SIGN_IN_WORD.findall(text))
    )


def _detect_legacy(content: bytes) -> str | None:
    """The likeliest of charset-normalizer's matches in which no stray signs are left."""
    matches = [
        match.encoding
        for match in from_bytes(content, cp_isolation=_LEGACY)
        if _decodes(content, match.encoding)
    ]
    sensible = [name for name in matches if not _has_stray_signs(content.decode(name))]
    if sensible or matches:
        return (sensible or matches)[0]
    return "cp1252" if _decodes(content, "cp1252") else None


def _is_cyrillic(text: str) -> bool:
    """Whether most letters of `text` are Cyrillic."""
    cyrillic = sum(1 for char in text if "\u0400" <= char <= "\u04ff")
    return cyrillic > sum(map(str.isalpha, text)) / 2


_MAC: Final[tuple[tuple[str, Callable[[str], bool], int], ...]] = (
    ("mac_roman", _is_western, 1),
    # Two, for Russian companies write themselves with a capital inside.
    ("mac_cyrillic", _is_cyrillic, 2),
)
"""Encodings of classic Mac OS: what their text reads as, and the least oddities to look at them."""


def _detect_mac(content: bytes, found: str | None) -> str | None:
    """The Mac encoding that explains the oddities which `found` leaves; None where none does.

    Read as Windows-1252, an apostrophe in Mac Roman becomes a capital within a word. Where
    nothing was found, a Mac encoding has to leave no oddity at all.
    """
    oddities = _count_oddities(content.decode(found)) if found else None
    for encoding, reads_well, least in _MAC:
        if oddities is not None and oddities < least:
            continue
        text = content.decode(encoding)
        left = _count_oddities(text) * _FEWER_ODDITIES
        if left <= (oddities or 0) and reads_well(text):
            return encoding
    return None


def _count_oddities(text: str) -> int:
    return sum(1 for _ in _ODDITY.finditer(text))
