"""What can go wrong with an export, and the libraries it may lack."""

from importlib import import_module
from typing import Any

from archive.errors import ArchiveError


class ExportError(ArchiveError):
    """An export that cannot be written."""


def optional(module: str, needed_for: str) -> Any:
    """Import a library that comes with the extra `export`, or say how to get it.

    Raises ExportError where it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise ExportError(
            f"{needed_for} needs {module.partition('.')[0]}, which is not installed ({error}). "
            "Install it with: pip install 'news-archive[export]'. CSV and JSON Lines need nothing "
            "more."
        ) from error
