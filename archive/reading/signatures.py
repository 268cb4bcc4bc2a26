"""Files that are no text, told by their first bytes.

Sources: the formats' own specifications, as collected in the IANA media type registrations and
in the PRONOM registry of The National Archives (UK).
"""

import codecs
import re
from typing import Final

_SIGNATURES: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"\x89PNG\r\n\x1a\n", "PNG image"),
    (0, b"\xff\xd8\xff", "JPEG image"),
    (0, b"GIF87a", "GIF image"),
    (0, b"GIF89a", "GIF image"),
    (0, b"II*\0", "TIFF image"),
    (0, b"MM\0*", "TIFF image"),
    (8, b"WEBP", "WebP image"),
    (8, b"AVI ", "AVI video"),
    (8, b"WAVE", "WAV audio"),
    (4, b"ftyp", "MP4 video"),
    (0, b"\x1aE\xdf\xa3", "Matroska or WebM video"),
    (0, b"ID3", "MP3 audio"),
    (0, b"OggS", "Ogg audio"),
    (0, b"fLaC", "FLAC audio"),
    (0, b"%PDF-", "PDF document"),
    (0, b"%!PS-", "PostScript document"),
    (0, b"{\\rtf", "RTF document"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Microsoft Office document"),
    (0, b"PK\x03\x04", "ZIP archive or office document"),
    (0, b"PK\x05\x06", "ZIP archive"),
    (0, b"\x1f\x8b", "GZIP archive"),
    *((0, b"BZh%d1AY&SY" % level, "BZIP2 archive") for level in range(1, 10)),
    (0, b"\xfd7zXZ\0", "XZ archive"),
    (0, b"\x28\xb5\x2f\xfd", "Zstandard archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (0, b"Rar!\x1a\x07", "RAR archive"),
    (257, b"ustar", "TAR archive"),
    (0, b"SQLite format 3\0", "SQLite database"),
    (0, b"PAR1", "Parquet table"),
    (0, b"\x7fELF", "ELF program"),
    (0, b"\0asm", "WebAssembly program"),
    (0, b"\xca\xfe\xba\xbe", "Java class or Mach-O program"),
    (0, b"\xcf\xfa\xed\xfe", "Mach-O program"),
    (0, b"wOFF", "font"),
    (0, b"wOF2", "font"),
    (0, b"\0\1\0\0\0", "font"),
)

_TOLD_BY_LETTERS: Final = re.compile(rb"[ -~]+")
_BINARY: Final = re.compile(rb"[\0-\x08\x0e-\x1f]")
_LOOKED_AT: Final = 1024
"""Signatures that are letters may begin a text too (`ID3`, a car): what follows them in a file of
that kind, sizes and versions within the first kilobyte, holds control characters."""

_OF_TEXT: Final = (b"%PDF-", b"%!PS-", b"{\\rtf")
"""Signatures of formats that are, or may be, written in letters throughout."""

_MARKUP: Final = (
    (b"<!doctype html", "web page (HTML)"),
    (b"<html", "web page (HTML)"),
    (b"<?xml", "XML document"),
)
"""Text, but with more markup than words: read as plain text its tags would become paragraphs."""


_LEAVE_OUT: Final = "There is no text in it: leave it out."
_UNPACK: Final = "Unpack it, and ingest what is in it."
_EXPORT: Final = "Export its texts as CSV or JSON Lines."
_REMEDIES: Final = {
    "old Microsoft Office document": "Save it as .docx.",
    "PostScript document": "Save it as PDF.",
    "SQLite database": _EXPORT,
    "Parquet table": _EXPORT,
}
"""What to do with a kind of file; for kinds not named here, by the last word of their names."""

_REMEDIES_BY_WORD: Final = {
    **dict.fromkeys(("image", "video", "audio", "program", "font"), _LEAVE_OUT),
    "archive": _UNPACK,
}


def remedy(kind: str) -> str:
    """What to do with a file of a kind that `foreign_format` names, in a sentence.

    >>> remedy("RAR archive")
    'Unpack it, and ingest what is in it.'
    """
    last = kind.rsplit(maxsplit=1)[-1]
    by_word = _REMEDIES_BY_WORD.get(last, "Save its text as a UTF-8 .txt file.")
    return _REMEDIES.get(kind, by_word)


def foreign_format(content: bytes) -> str | None:
    """Name the format, other than text, that the first bytes of `content` tell; else None.

    >>> foreign_format(b"%PDF-1.7 ...")
    'PDF document'
    >>> foreign_format(b"Rain fell.") is None
    True
    """
    for offset, signature, name in _SIGNATURES:
        if content.startswith(signature, offset) and _is_meant(signature, content):
            return name
    if content.startswith(b"MZ") and b"\0" in content[:64]:
        return "Windows program"
    head = content[:256].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for opening, name in _MARKUP:
        if head.startswith(opening):
            return name
    return None


def _is_meant(signature: bytes, content: bytes) -> bool:
    """Whether bytes that begin with a signature are of its kind, and no text with its letters."""
    if signature in _OF_TEXT or not _TOLD_BY_LETTERS.fullmatch(signature):
        return True
    return _BINARY.search(content[:_LOOKED_AT]) is not None
