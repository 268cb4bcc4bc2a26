"""Datasette's plugin for a served snapshot, loaded with `--plugins-dir`.

It makes search safe for any input and, where the server is public, bounds what a connection may
do. Where `ARCHIVE_TIED` is 1, the server ends with the process that started it.
"""

import os
import signal
import sqlite3
import sys
import threading

from datasette import hookimpl

from archive.publishing.bounds import bound
from archive.publishing.functions import register_search
from archive.publishing.settings import serving

_DATASETTES_OWN = "_internal"
"""Database in which Datasette keeps its list of tables; it writes to it, and strangers cannot."""


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def startup() -> None:
    """Watch standard input, a pipe whose other end `archive serve` holds, where tied to it."""
    if os.environ.get("ARCHIVE_TIED") == "1":
        threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process once the pipe is closed, which a parent does even when it is killed."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


@hookimpl(trylast=True)  # type: ignore[untyped-decorator, unused-ignore]
def prepare_connection(conn: sqlite3.Connection, database: str) -> None:
    """Prepare each connection; last of all, since Datasette itself adds an `escape_fts`."""
    register_search(conn)
    if serving().is_public and database != _DATASETTES_OWN:
        bound(conn)
