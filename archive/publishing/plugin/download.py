"""Datasette's plugin for the download of the snapshot, which can be resumed where it broke off.

Datasette's own sends a length together with chunks, which proxies refuse (RFC 9112, 6.1), and
knows no ranges.
"""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasette import Response, hookimpl

from archive.publishing.pages.links import DATABASE_PATH
from archive.publishing.settings import serving
from archive.publishing.site import Site

_BLOCK = 1 << 18
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def register_routes() -> list[tuple[str, Any]]:
    """Stand in the place of Datasette's download."""
    return [(rf"^{DATABASE_PATH}\.db$", download)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """An answer that is a stretch of a file, from a byte to one before another."""

    path: Path
    status: int
    start: int
    end: int
    headers: dict[str, str]

    async def asgi_send(self, send: Any) -> None:
        """Send the stretch a block at a time."""
        headers = {**self.headers, "content-length": str(self.end - self.start)}
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": raw})
        left = self.end - self.start
        with self.path.open("rb") as file:
            file.seek(self.start)
            while left:
                block = await asyncio.to_thread(file.read, min(_BLOCK, left))
                if not block:  # cut short while it is read: the length tells the reader
                    break
                left -= len(block)
                await send({"type": "http.response.body", "body": block, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def download(request: Any, datasette: Any) -> Response | _Stretch:
    """Give the snapshot's database, or the one range of bytes that is asked for (RFC 9110, 14)."""
    path = Path(datasette.get_database(DATABASE_PATH.strip("/")).path)
    site: Site = datasette.jinja_env.globals["site"]
    size = path.stat().st_size
    name = f"archive-{site.snapshot}.db" if site.snapshot else "archive.db"
    headers = {
        "accept-ranges": "bytes",
        "content-type": "application/vnd.sqlite3",
        "content-disposition": f'attachment; filename="{name}"',
        "cache-control": "public, max-age=0, must-revalidate",
    }
    etag = f'"{site.sha256}"' if site.sha256 else None
    if etag is not None:
        headers["etag"] = etag
    if serving().allows_scripts:
        headers["access-control-allow-origin"] = "*"
    known = request.headers.get("if-none-match") or ""
    if etag is not None and etag in [each.strip().removeprefix("W/") for each in known.split(",")]:
        return Response("", status=304, headers=headers)
    stretch = _range(request, etag, size)
    if stretch is None:
        return _Stretch(path=path, status=200, start=0, end=size, headers=headers)
    start, end = stretch
    if start >= end:
        headers["content-range"] = f"bytes */{size}"
        return Response("", status=416, headers=headers)
    headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
    return _Stretch(path=path, status=206, start=start, end=end, headers=headers)


def _range(request: Any, etag: str | None, size: int) -> tuple[int, int] | None:
    """The range asked for, end exclusive; None where all of the file is to be sent.

    `If-Range` with another tag means that the file has changed since: it begins anew.
    """
    asked = _RANGE.fullmatch(request.headers.get("range") or "")
    condition = request.headers.get("if-range")
    if asked is None or (condition is not None and condition != etag):
        return None
    first, last = asked.groups()
    if not first:
        return (max(0, size - int(last)), size) if last and int(last) else None
    if last and int(last) < int(first):
        return None
    return int(first), min(size, int(last) + 1) if last else size
