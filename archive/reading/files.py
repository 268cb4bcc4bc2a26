"""Which files there are, and the bytes of one."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.errors import MisuseError, UnreadableDocument
from archive.records import Metadata, RawRecord

MAX_DOCUMENT_BYTES = 16 * 1024 * 1024
"""Largest document that is stored, in bytes: some three million words, far beyond any news text."""


def find_files(paths: Sequence[Path], *, name_prefix: str | None = None) -> list[tuple[str, Path]]:
    """List every file at or below `paths` as (source name, path), sorted by name, each name once.

    Hidden files and folders (leading dot) below a folder are left out; an argument that is itself
    hidden is taken, since it was asked for. The name is the path as given, normalised, with `/`
    between its parts; with `name_prefix` it is the prefix and the path relative to the argument
    (the file's own name where the argument is a file). Links to folders are followed, except back
    into a folder that the path already leads through. What cannot be opened (a dangling link, a
    folder without permission, a device) is listed too, so that `records` can say why it fails.

    Raises `MisuseError` for an argument at which there is nothing at all.
    """
    found: dict[str, Path] = {}
    for argument in paths:
        if not os.path.lexists(argument):
            raise MisuseError(
                f"{_printable(str(argument))}: no such file or folder. Check the path."
            )
        for path in _files_below(argument):
            found.setdefault(_source_name(path, argument, name_prefix), path)
    return sorted(found.items())


def records(name: str, path: Path, metadata: Metadata) -> Iterator[RawRecord]:
    """Yield the records of the file at `path`: today exactly one, the file itself.

    Raises `UnreadableDocument` for what is no regular file, cannot be opened, or is larger than
    `MAX_DOCUMENT_BYTES` (looked up before anything is read).
    """
    try:
        status = path.stat()
        _refuse_unfit(name, status)
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(name, _reason(error, path)) from error
    yield RawRecord(name=name, content=content, metadata=metadata)


def _files_below(argument: Path) -> Iterator[Path]:
    if argument.is_dir():
        yield from _walk(argument, frozenset())
    else:
        yield argument


def _walk(folder: Path, ancestors: frozenset[tuple[int, int]]) -> Iterator[Path]:
    """Files below `folder`; `ancestors` are the device and inode of the folders above it."""
    try:
        status = folder.stat()
        identity = (status.st_dev, status.st_ino)
        if identity in ancestors:
            return
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry, ancestors | {identity})
        else:
            yield entry


def _source_name(path: Path, argument: Path, name_prefix: str | None) -> str:
    if name_prefix is None:
        name = os.path.normpath(path)
    elif path == argument:
        name = name_prefix + path.name
    else:
        name = name_prefix + str(path.relative_to(argument))
    return _printable(name.replace(os.sep, "/"))


def _printable(name: str) -> str:
    r"""Write bytes of `name` that are no UTF-8 (surrogate escapes, PEP 383) as `\xff`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _refuse_unfit(name: str, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableDocument(name, "a folder that cannot be listed. Check its permissions.")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableDocument(
            name, "not a regular file (a device, pipe or socket). Copy its content into a file."
        )
    if status.st_size > MAX_DOCUMENT_BYTES:
        raise UnreadableDocument(
            name,
            f"{status.st_size:,} bytes, more than the {MAX_DOCUMENT_BYTES:,} that one document may "
            "have. Split it into one file per story.",
        )


def _reason(error: OSError, path: Path) -> str:
    if path.is_symlink() and not path.exists():
        return "a link whose target is missing. Restore the target or delete the link."
    if isinstance(error, PermissionError):
        return "no permission to read it. Check its permissions (ls -l) and its owner."
    return f"cannot be read: {error.strerror or error}. Check the file and its disk."
