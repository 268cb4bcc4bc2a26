"""What ZIP and TAR have in common: the names of members, and which are no documents."""

import posixpath
import re
from typing import Final

from archive.errors import UnreadableDocument
from archive.reading.format import Container
from archive.reading.limits import MAX_NAME
from archive.reading.names import printable

_DRIVE: Final = re.compile(r"[A-Za-z]:")
"""The drive of a Windows path (`C:`)."""

_LEADS_OUT: Final = (
    "a path that leads out of its archive, as one made to do harm has. If you trust it, unpack "
    "the archive into an empty folder, and ingest that."
)

_TOO_LONG: Final = (
    f"a name of more than {MAX_NAME:,} characters. Unpack the archive, and give the file a shorter "
    "one."
)


def member_name(container: Container, path: str) -> str:
    """Name of the source that a member of an archive is: `box.zip#folder/a.txt`.

    The path is normalised (`./a.txt` is `a.txt`), backslashes are slashes, and characters that
    nobody can read are written as escapes. Raises `UnreadableDocument` for a path that is empty,
    absolute, leads out of the archive, or is longer than `MAX_NAME`: nothing is ever written under
    these names, but such an archive was made by a broken program or to do harm.
    """
    shown = printable(path[:MAX_NAME])
    name = f"{container.name}#{shown}"
    slashed = path.replace("\\", "/")
    normal = posixpath.normpath(slashed) if slashed else "."
    if len(path) > MAX_NAME:
        raise UnreadableDocument(name, _TOO_LONG)
    if normal.startswith(("/", "../")) or normal in (".", "..") or _DRIVE.match(normal):
        raise UnreadableDocument(name, _LEADS_OUT)
    return f"{container.name}#{printable(normal)}"


def is_hidden(path: str) -> bool:
    """Whether a leading dot hides a file or a folder above it, as in folders (`.DS_Store`)."""
    parts = path.replace("\\", "/").split("/")
    return any(part.startswith(".") and part not in (".", "..") for part in parts)
