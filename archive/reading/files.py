"""Which files there are, and the bytes of one."""

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
    left_out = frozenset(each for path in leave_out if (each := _identity(path)) is not None)
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
        os.lstat(argument)
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
    entered = set(left_out)
    unfollowed = deque([argument])
    while unfollowed:
        # A stack, not recursion: folders may be nested more deeply than Python calls.
        stack = [unfollowed.popleft()]
        while stack:
            path = stack.pop()
            identity = _identity(path)
            if not os.path.isdir(path):
                if identity not in left_out:
                    yield path
            elif identity is not None and identity not in entered:
                entered.add(identity)
                names = _names_in(path)
                if names is None:
                    yield path
                for entry in (path / name for name in names or ()):
                    if os.path.islink(entry) and os.path.isdir(entry):
                        unfollowed.append(entry)
                    else:
                        stack.append(entry)


def _names_in(folder: Path) -> list[str] | None:
    """Names of what is in a folder and not hidden, sorted; None where it cannot be listed."""
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError:
        return None


def _identity(path: Path) -> _Identity | None:
    """What tells a file or folder from all others, links followed; None where it cannot be told."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_same_file(one: Path, other: Path) -> bool:
    if one is other:
        return True
    identity = _identity(one)
    if identity is None:  # a dangling link, given twice
        return os.path.realpath(one) == os.path.realpath(other)
    return identity == _identity(other)


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
    # Of `os.path`, since the methods of Path raise where its folder may not be entered.
    if os.path.islink(path) and not os.path.exists(path):
        return "a link whose target is missing. Restore the target or delete the link."
    return f"cannot be read: {error.strerror or error}. Check the file and its disk."
