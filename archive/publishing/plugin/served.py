"""Datasette's plugin for a served snapshot, loaded with `--plugins-dir`.

It makes search safe for any input and, where `ARCHIVE_PUBLIC` is 1, bounds what strangers can do.
Where `ARCHIVE_TIED` is 1, the server ends with the process that started it.
"""

import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import asgi_send_html

from archive.publishing.functions import register_search
from archive.publishing.settings import HIDDEN_PATHS, bound

_Asgi = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


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
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Prepare each connection; last of all, since Datasette itself adds an `escape_fts`."""
    register_search(conn)
    if _is_public():
        bound(conn)


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def asgi_wrapper() -> Callable[[_Asgi], _Asgi]:
    """Answer 404 where a public server would tell of its machine."""

    def wrap(app: _Asgi) -> _Asgi:
        async def guarded(scope: dict[str, Any], receive: Any, send: Any) -> None:
            path = scope.get("path", "").removesuffix(".json")
            if _is_public() and path in HIDDEN_PATHS:
                await asgi_send_html(send, "<h1>404: not shown</h1>", status=404)
            else:
                await app(scope, receive, send)

        return guarded

    return wrap


def _is_public() -> bool:
    return os.environ.get("ARCHIVE_PUBLIC") == "1"
