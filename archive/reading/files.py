"""Which files there are, and the bytes of one."""

import errno
import os
import re
import stat
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from archive.errors import MisuseError, UnreadableDocument
from archive.records import Metadata, RawRecord

MAX_DOCUMENT_BYTES = 16 * 1024 * 1024
"""Largest document that is stored, in bytes: some three million words, far beyond any news text."""


_Identity = tuple[int, int]
"""Device and inode: what all paths to one file or folder have in common."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""Control characters of ISO/IEC 6429 (C0, DEL, C1), with which a name could steer a terminal."""


def find_files(
    paths: Sequence[Path], *, name_prefix: str | None = None, leave_out: Sequence[Path] = ()
) -> list[tuple[str, Path]]:
    """List every file at or below `paths` as (source name, path), sorted by name, each name once.

    Hidden files and folders (leading dot) below a folder are left out; an argument that is itself
    hidden is taken, since it was asked for. The files and folders of `leave_out`, which need not
    exist, are left out everywhere. The name is the path as given, normalised, with `/` between
    its parts; with `name_prefix` it is the prefix and the path relative to the argument (the
    file's own name where the argument is a file). Below an argument each folder is entered once:
    by its own path, else by the first link to it. What cannot be opened (a dangling link, a
    folder without permission, a device) is listed too, so that `records` can say why it fails.

    Raises `MisuseError` for an argument at which there is nothing at all, and for two different
    files that would have the same name.
    """
    left_out = frozenset(each for path in leave_out if (each := _identity(_status(path))))
    found: dict[str, Path] = {}
    for argument in paths:
        _require_something(argument)
        for path in _files_below(argument, left_out):
            name = _source_name(path, argument, name_prefix)
            other = found.setdefault(name, path)
            if not _is_same_file(path, other):
                raise MisuseError(
                    f"{_quoted(other)} and {_quoted(path)} would both be named {name}. "
                    "Rename one of them, or ingest them in two calls with different --name-prefix."
                )
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


def _require_something(argument: Path) -> None:
    """Raise `MisuseError` where nothing is; what may not be looked at is for `records` to name."""
    try:
        argument.lstat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MisuseError(
            f"{_printable(str(argument))}: no such file or folder. Check the path."
        ) from error
    except OSError:
        return


def _files_below(argument: Path, left_out: frozenset[_Identity]) -> Iterator[Path]:
    """The files below a folder, or the file itself.

    Links to folders wait until every folder has been entered by its own path. So a new link
    gives no file that is stored already another name, and links among folders do not multiply
    their files.
    """
    seen: set[_Identity | None] = {*left_out}
    unfollowed = deque([argument])
    while unfollowed:
        root = unfollowed.popleft()
        stack = [root]  # no recursion: folders may be nested more deeply than Python's calls
        while stack:
            path = stack.pop()
            status = _status(path)
            identity = _identity(status)
            if status is None or not stat.S_ISDIR(status.st_mode):
                if identity not in left_out:
                    yield path
            elif path is not root and path.is_symlink():
                unfollowed.append(path)
            elif identity not in seen:
                seen.add(identity)
                entries = _entries(path)
                if entries is None:
                    yield path
                stack.extend(reversed(entries or []))


def _entries(folder: Path) -> list[Path] | None:
    """What is in a folder and not hidden, sorted by name; None where it cannot be listed."""
    try:
        entries = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
    except OSError:
        return None
    return sorted(entries, key=lambda entry: entry.name)


def _status(path: Path) -> os.stat_result | None:
    """Status of what a path leads to; None where it cannot be told, as without permission."""
    try:
        return path.stat()
    except OSError:
        return None


def _identity(status: os.stat_result | None) -> _Identity | None:
    return None if status is None else (status.st_dev, status.st_ino)


def _is_same_file(one: Path, other: Path) -> bool:
    if one is other:
        return True
    status = _status(one)
    if status is None:  # a dangling link, given twice
        return os.path.realpath(one) == os.path.realpath(other)
    return _identity(status) == _identity(_status(other))


def _source_name(path: Path, argument: Path, name_prefix: str | None) -> str:
    if name_prefix is None:
        name = os.path.normpath(path)
    elif path == argument:
        name = name_prefix + path.name
    else:
        name = name_prefix + str(path.relative_to(argument))
    return _printable(name.replace(os.sep, "/"))


def _printable(name: str) -> str:
    r"""Write as escapes what a name may hold but nobody can read.

    Bytes that are no UTF-8 (surrogate escapes, PEP 383) and the control characters of ASCII
    become `\xff`, the other control characters `\u0085`.
    """
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return _CONTROL.sub(_escape, text)


def _escape(control: re.Match[str]) -> str:
    code = ord(control[0])
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}"


def _quoted(path: Path) -> str:
    """A path such that two different ones never look alike."""
    return repr(str(path))


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
    if isinstance(error, PermissionError):
        return "no permission to read it. Check the permissions (ls -l) of it and of its folder."
    # Asked for these only: of a path that is too long, `is_symlink` would raise.
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP) and path.is_symlink():
        return "a link whose target is missing. Restore the target or delete the link."
    return f"cannot be read: {error.strerror or error}. Check the file and its disk."
