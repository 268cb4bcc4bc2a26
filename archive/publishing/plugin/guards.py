"""Datasette's plugin that stands before all pages: what may be asked, how, and how often at once.

Nothing is ever written, so that only GET, HEAD and OPTIONS are answered. A public server also hides
what Datasette tells of itself, knows no visitors, and bounds what is asked at a time.
"""

import json
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from datasette import Response, hookimpl
from datasette import handle_exception as datasettes_own
from datasette.database import QueryInterrupted
from datasette.views.base import DatasetteError

from archive.publishing.api.problems import MEDIA_TYPE, ProblemError, problem
from archive.publishing.settings import (
    HIDDEN,
    LONGEST_ADDRESS,
    MOST_AT_ONCE,
    SHOWN,
    Serving,
    serving,
)

_Asgi = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
_Headers = list[tuple[bytes, bytes]]

_METHODS = "GET, HEAD, OPTIONS"

_ROBOTS = """\
User-agent: *
{rules}
"""
# Pages of articles and entities are for everybody; what is asked anew each time is not.
_ALLOWED = "Disallow: /archive\nDisallow: /api/\nDisallow: /search\nDisallow: /figures"
_DENIED = "Disallow: /"


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def register_routes() -> list[tuple[str, Callable[..., Response]]]:
    """Name the file that search engines ask for (RFC 9309)."""
    return [(r"^/robots\.txt$", robots)]


def robots() -> Response:
    """Tell search engines what they may list."""
    return Response.text(_ROBOTS.format(rules=_ALLOWED if serving().allows_robots else _DENIED))


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def startup() -> None:
    """Keep Datasette from printing each variable of each error, which takes seconds of a request.

    It does so wherever the package `rich` is installed.
    """
    datasettes_own.rich = None


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator, unused-ignore]
def asgi_wrapper() -> Callable[[_Asgi], _Asgi]:
    """Stand before the application, but behind what adds the security headers."""

    def wrap(app: _Asgi) -> _Asgi:
        guard = _Guard(app)

        async def guarded(scope: dict[str, Any], receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                await guard(scope, receive, send)
            else:
                await app(scope, receive, send)

        return guarded

    return wrap


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator, unused-ignore]
def handle_exception(
    datasette: Any, request: Any, exception: Exception
) -> Callable[[], Awaitable[Response | None]]:
    """Answer what a bound of SQLite or of memory stopped: that is no fault of the server."""

    async def answer() -> Response | None:
        told = _stopped(exception)
        if told is None:
            return None
        status, title, error = told
        if request.path.endswith((".json", ".csv")):
            body = {"ok": False, "error": error, "status": status, "title": title}
            return Response.json(body, status=status)
        html = await datasette.jinja_env.get_template("error.html").render_async(
            {
                **{"status": status, "title": title, "error": error, "urls": datasette.urls},
                "menu_links": list,
            }
        )
        return Response.html(html, status=status)

    return answer


def _stopped(exception: Exception) -> tuple[int, str, str] | None:
    """Status, title and explanation of what a bound stopped; None for any other error."""
    if isinstance(exception, MemoryError):
        return 503, "Not enough memory", "This needs more memory than the server gives. Ask less."
    if isinstance(exception, DatasetteError) and exception.status == 500:
        # A column that is not there to sort or facet by; Datasette gives such errors no status.
        return 400, exception.title or "This cannot be answered", str(exception.message)
    if isinstance(exception, QueryInterrupted):
        return 400, "This took too long", "The query took longer than the server allows."
    if isinstance(exception, sqlite3.DatabaseError | OverflowError):
        return 400, "This cannot be answered", f"The database refuses: {exception}."
    return None


class _Guard:
    """An application that answers what may be asked, and refuses the rest itself."""

    def __init__(self, app: _Asgi) -> None:
        self._app = app
        self._at_once = 0

    @property
    def _how(self) -> Serving:
        return serving()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer one request."""
        send = self._with_headers(send)
        path = _path(scope)
        try:
            self._check(scope, path)
            if scope["method"] == "OPTIONS":
                await _send(send, 204, self._told_of_methods())
                return
            self._at_once += 1
            try:
                await _answer(self._app, self._scope(scope), receive, send)
            finally:
                self._at_once -= 1
        except ProblemError as error:
            await _refuse(send, error, path)

    def _check(self, scope: dict[str, Any], path: str) -> None:
        """Raise ProblemError for a request that is not answered."""
        if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            raise ProblemError(405, f"Nothing can be written here: only {_METHODS} are answered.")
        raw: bytes = scope.get("raw_path") or b""
        if len(raw) + len(scope.get("query_string") or b"") > LONGEST_ADDRESS:
            raise ProblemError(414, f"An address may have {LONGEST_ADDRESS} bytes.")
        if not raw.isascii() or path.startswith("//"):
            raise ProblemError(400, "This is no path of this site.")
        headers = dict(scope.get("headers") or ())
        if headers.get(b"content-length", b"0").strip() != b"0" or b"transfer-encoding" in headers:
            raise ProblemError(413, "A request must have no body.")
        if _has_odd_facet(scope.get("query_string") or b""):
            raise ProblemError(400, "A facet is the name of a column.")
        if not self._how.is_public:
            return
        if path.startswith(HIDDEN) and not path.startswith(SHOWN):
            raise ProblemError(404, "This server keeps that to itself.")
        if self._at_once >= MOST_AT_ONCE:
            raise ProblemError(503, "Too many ask at once. Try again in a few seconds.")

    def _scope(self, scope: dict[str, Any]) -> dict[str, Any]:
        """What the application is told: a HEAD is a GET, and a public server knows nobody."""
        told = {**scope, "method": "GET"}
        if self._how.is_public:
            told["headers"] = [
                (name, value)
                for name, value in scope.get("headers") or ()
                if name not in (b"cookie", b"authorization")
            ]
        told["archive.is_head"] = scope["method"] == "HEAD"
        return told

    def _with_headers(self, send: Any) -> Any:
        """Add to every answer whether robots may list it."""
        if self._how.allows_robots:
            return send

        async def send_more(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                more = (b"x-robots-tag", b"noindex, nofollow")
                message = {**message, "headers": [*message.get("headers", ()), more]}
            await send(message)

        return send_more

    def _told_of_methods(self) -> _Headers:
        headers = [(b"allow", _METHODS.encode())]
        if self._how.allows_scripts:
            headers += [
                (b"access-control-allow-origin", b"*"),
                (b"access-control-allow-methods", _METHODS.encode()),
                (b"access-control-allow-headers", b"if-none-match"),
                (b"access-control-max-age", b"86400"),
            ]
        return headers


class _EnoughError(BaseException):
    """The headers of a HEAD are sent; the application need not go on.

    No Exception, which the application would answer with a page of errors.
    """


async def _answer(app: _Asgi, scope: dict[str, Any], receive: Any, send: Any) -> None:
    if not scope["archive.is_head"]:
        await app(scope, receive, send)
        return

    async def send_head(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            return
        await send({"type": "http.response.body", "body": b""})
        raise _EnoughError

    with suppress(_EnoughError):
        await app(scope, receive, send_head)


def _path(scope: dict[str, Any]) -> str:
    """The path, decoded."""
    path = scope.get("path") or "/"
    return path if isinstance(path, str) else path.decode("utf-8", "replace")


def _has_odd_facet(query: bytes) -> bool:
    """Whether a facet is no column: Datasette takes a brace for JSON and stumbles over it."""
    return b"_facet" in query and any(
        name.startswith("_facet") and value.lstrip().startswith("{")
        for name, value in parse_qsl(query.decode("latin-1"))
    )


async def _refuse(send: Any, error: ProblemError, path: str) -> None:
    """Send why there is no answer."""
    body = json.dumps(problem(error, path), ensure_ascii=False).encode("utf-8", "replace")
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"cache-control", b"no-store")]
    if error.status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers.append((b"allow", _METHODS.encode()))
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append((b"retry-after", b"5"))
    await _send(send, error.status, headers, body)


async def _send(send: Any, status: int, headers: _Headers, body: bytes = b"") -> None:
    if status != HTTPStatus.NO_CONTENT:
        headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
