"""ZIP archives, by the standard library's `zipfile`.

Nothing is unpacked to the disk: a member is read through its decompressor, bounded by
`streams.Budget`.
"""

import stat
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from archive.errors import UnreadableDocument
from archive.reading.format import Container, Format, Found, Head, Member
from archive.reading.limits import MAX_DIRECTORY_BYTES
from archive.reading.packed.members import is_hidden, member_name
from archive.reading.packed.streams import DAMAGE, HeaderReader

_ENCRYPTED: Final = 0x1
"""Bit of the general purpose flags: the member is encrypted (APPNOTE.TXT 4.4.4)."""

_UTF8: Final = 0x800
"""Bit of the general purpose flags: the name is UTF-8 (APPNOTE.TXT 4.4.4)."""


_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
"""Compressions that need little memory, whatever the archive says; LZMA's may want 4 GiB."""


_LONGEST_TYPE: Final = 200
"""Largest member `mimetype`, in bytes: it holds one media type."""

_DOCUMENT_TYPES: Final = {
    "epub+zip": "EPUB book",
    "text": "OpenDocument text",
    "spreadsheet": "OpenDocument spreadsheet",
    "presentation": "OpenDocument presentation",
}
"""Kinds of documents that are ZIPs, by the last part of their media type."""

_SAVE: Final = "Save it as .docx or its text as .txt; where it is DOCX all the same, --format docx."


def recognises(head: Head) -> bool:
    """Whether a file begins with a member's header, or with the end of an empty archive's list."""
    return head.content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def split(container: Container) -> Iterator[Found]:
    """Yield the members in the order of the archive's list, without folders and hidden files.

    An archive that was cut off has lost its list, which stands at the end: it gives nothing.
    """
    try:
        archive = zipfile.ZipFile(
            cast(BinaryIO, HeaderReader(container.stream, MAX_DIRECTORY_BYTES))
        )
    except DAMAGE:
        yield UnreadableDocument(
            container.name,
            "a ZIP archive whose list of files is missing, damaged or too long: it was cut off, or "
            "is not whole. Fetch it again, or unpack it and ingest the files.",
        )
        return
    with archive:
        if kind := _document_kind(archive):
            yield UnreadableDocument(container.name, f"{kind}: not a format that is read. {_SAVE}")
            return
        for info in archive.infolist():
            yield from _member(container, archive, info)


def _document_kind(archive: zipfile.ZipFile) -> str | None:
    """What a ZIP is that is no archive of files but one document; None for other archives.

    Office Open XML has a list of content types at its root (ECMA-376-2, 10.1.2); OpenDocument and
    EPUB a first member `mimetype` (OpenDocument 1.3, part 2, 3.3; EPUB OCF 3.2, 4.3).
    """
    names = archive.NameToInfo
    if "[Content_Types].xml" in names:
        return "Office document other than Word's"
    first = next(iter(names.values()), None)
    if first is None or first.filename != "mimetype" or first.file_size > _LONGEST_TYPE:
        return None
    try:
        media_type = archive.read(first).decode("ascii", "replace").strip()
    except DAMAGE:
        return None
    return _DOCUMENT_TYPES.get(media_type.split("/")[-1].split(".")[-1].split("-")[0])


def _member(
    container: Container, archive: zipfile.ZipFile, info: zipfile.ZipInfo
) -> Iterator[Found]:
    path = _path(info)
    if info.is_dir() or is_hidden(path):
        return
    try:
        name = member_name(container, path)
    except UnreadableDocument as refused:
        yield refused
        return
    if reason := _unfit(info):
        yield UnreadableDocument(name, reason)
        return
    try:
        stream = archive.open(info)
    except DAMAGE:
        yield UnreadableDocument(
            name,
            "its header in the archive is damaged. Fetch the archive again.",
        )
        return
    with stream:
        yield Member(name=name, stream=cast(BinaryIO, stream))


def _unfit(info: zipfile.ZipInfo) -> str | None:
    """Why a member is not read, with the remedy; None where it is."""
    if info.flag_bits & _ENCRYPTED:
        return "encrypted. Unpack the archive with its password, and ingest the file."
    if info.compress_type not in _METHODS:
        return "compressed in a way that is not read. Unpack the archive, and ingest the file."
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "a link or a device, not a file. Nothing is read through it; leave it out."
    return None


def _path(info: zipfile.ZipInfo) -> str:
    """A member's path; one that is UTF-8 without saying so, as many programs write it, is read so.

    `zipfile` reads a name that is not said to be UTF-8 as code page 437 (APPNOTE.TXT, D.1).
    """
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


FORMAT: Final = Format(
    name="zip",
    title="ZIP archive",
    suffixes=(".zip",),
    library="standard library",
    fills=(),
    recognises=recognises,
    read=None,
    records="a file in it, read by its own format",
    split=split,
    seeks=True,
)
