"""Bytes to text and back: which codec a text was written with.

The order of attempts: a byte-order mark; strict UTF-8; UTF-16 without a mark, told by its zero
bytes; Windows-1252 where the result reads as a Western language; charset-normalizer over the
other encodings that news is met in. The same bytes always give the same codec.
"""

import codecs
import re
import unicodedata
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

_SIGN_IN_WORD: Final = re.compile(r"(?:(?<=[a-z]{3})|(?<=[a-z])(?=.[a-z]))([^\x00-\x7f])")

_AFTER_WORD: Final = ("Pi", "Pf", "Pd", "Zs", "Po")
"""Categories of what does follow a letter: quotation marks, dashes, spaces, an ellipsis."""


def decode(content: bytes, encoding: str) -> str:
    """Give the text of `content`, without byte-order mark, newlines untouched.

    `encoding` is a codec name as `detect` returns it. Raises `UnicodeDecodeError` where the bytes
    are not in that encoding.
    """
    return content.decode(encoding)


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
    if _is_western(content):
        return "cp1252"
    return _detect_legacy(content)


def mend_utf8(content: bytes) -> str | None:
    """Text of UTF-8 that is damaged here and there, U+FFFD at each place; None for other bytes.

    Pages cut off within a character are met often. Read with a single-byte encoding instead,
    every other character beyond ASCII would come out wrong. Four sound characters for each
    damaged place are more than another encoding gives by chance.
    """
    if _decodes(content, "utf-8"):
        return None
    text = content.decode("utf-8", "replace")
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


def _is_western(content: bytes) -> bool:
    """Whether Windows-1252 reads `content` as words of a Western European language.

    In such text letters beyond ASCII are few and there are no stray signs; text in another
    single-byte encoding breaks one or the other.
    """
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return False
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
