"""WACZ, a ZIP of WARC files with their indexes (specs.webrecorder.net/wacz/1.1.1).

ArchiveWeb.page, Browsertrix and ArchiveBox write it. Its web pages are records of the WACZ.
"""

import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from archive.errors import UnreadableDocument
from archive.reading.format import Container, Format, Found, Head
from archive.reading.limits import MAX_DIRECTORY_BYTES
from archive.reading.packed.members import member_name
from archive.reading.packed.streams import DAMAGE, HeaderReader
from archive.reading.web import warc

_WARCS: Final = (".warc", ".warc.gz")
_FIRST: Final = (b"archive/", b"datapackage", b"pages/", b"indexes/", b"logs/", b"fuzzy.json")
"""How the names of its members begin (section 5 of the specification)."""


def recognises(head: Head) -> bool:
    """Whether a file is a ZIP named `.wacz`, or one whose members are those of a WACZ."""
    content = head.content
    if not content.startswith(b"PK\x03\x04"):
        return False
    if head.name.lower().endswith(".wacz"):
        return True
    # The name stands at byte 30 of a member's header (APPNOTE.TXT 4.3.7).
    length = int.from_bytes(content[26:28], "little")
    first = content[30 : 30 + length]
    if first.startswith(b"archive/") and first.endswith((b".warc", b".warc.gz")):
        return True
    return first.startswith(_FIRST) and (b"archive/" in content and b".warc" in content)


def split(container: Container) -> Iterator[Found]:
    """Yield the web pages of all its WARC files, in the order of their names."""
    try:
        archive = zipfile.ZipFile(
            cast(BinaryIO, HeaderReader(container.stream, MAX_DIRECTORY_BYTES))
        )
    except DAMAGE:
        yield UnreadableDocument(
            container.name,
            "a WACZ whose list of files is missing, damaged or too long: it was cut off. Fetch it "
            "again.",
        )
        return
    with archive:
        members = [info for info in archive.infolist() if info.filename.lower().endswith(_WARCS)]
        if not members:
            yield UnreadableDocument(container.name, "a WACZ without a WARC file. Fetch it again.")
        for info in sorted(members, key=lambda info: info.filename):
            yield from _pages(container, archive, info)


def _pages(
    container: Container, archive: zipfile.ZipFile, info: zipfile.ZipInfo
) -> Iterator[Found]:
    """The web pages of one WARC file; where it cannot be read, an error in its name."""
    try:
        name = member_name(container, info.filename)
    except UnreadableDocument as refused:
        yield refused
        return
    try:
        with archive.open(info) as stream:
            inner = Container(name=container.name, stream=cast(BinaryIO, stream))
            yield from warc.split(inner)
    except DAMAGE:
        yield UnreadableDocument(
            name, "damaged, or compressed in a way that is not read. Fetch the archive again."
        )


FORMAT: Final = Format(
    name="wacz",
    title="web archive (WACZ)",
    suffixes=(".wacz",),
    library="standard library, fastwarc, trafilatura",
    fills=warc.FORMAT.fills,
    recognises=recognises,
    read=None,
    records=warc.FORMAT.records,
    split=split,
    seeks=True,
)
