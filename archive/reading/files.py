"""Which files there are, under which names, and why one cannot be opened."""

import errno
import os
import stat
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from archive.errors import MisuseError, UnreadableDocument
from archive.reading.names import printable

_Identity = tuple[int, int]
"""Device and inode: what all paths to one file or folder have in common."""


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
    folder without permission, a device) is listed too, so that opening it can say why it fails.

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


def open_file(name: str, path: Path) -> BinaryIO:
    """Open the file of a source for reading.

    Raises `UnreadableDocument` for what is no regular file or cannot be opened.
    """
    try:
        _refuse_unfit(name, path.stat())
        return path.open("rb")
    except OSError as error:
        raise UnreadableDocument(name, why_not_read(error, path)) from error


def why_not_read(error: OSError, path: Path) -> str:
    """What an error of the file system means for the person at the keyboard, with the remedy."""
    if isinstance(error, PermissionError):
        return "no permission to read it. Check the permissions (ls -l) of it and of its folder."
    # Asked for these only: of a path that is too long, `is_symlink` would raise.
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP) and path.is_symlink():
        return "a link whose target is missing. Restore the target or delete the link."
    return f"cannot be read: {error.strerror or error}. Check the file and its disk."


def _require_something(argument: Path) -> None:
    """Raise `MisuseError` where nothing is; what may not be looked at, `open_file` names."""
    try:
        argument.lstat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MisuseError(
            f"{printable(str(argument))}: no such file or folder. Check the path."
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
    return printable(name.replace(os.sep, "/"))


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
