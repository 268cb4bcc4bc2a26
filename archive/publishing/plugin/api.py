"""Datasette's plugin for the stable JSON API, its description, and the Atom feed."""

import hashlib
import json
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode

from datasette import Response, hookimpl
from datasette.utils import sqlite_timelimit

from archive import __version__
from archive.publishing.api import feed, problems
from archive.publishing.api.endpoints import ENDPOINTS, Endpoint, MovedError
from archive.publishing.api.openapi import VERSION, description
from archive.publishing.api.parameters import Parameter, read_all, words
from archive.publishing.api.problems import ProblemError
from archive.publishing.pages.links import DATABASE_PATH
from archive.publishing.settings import API_SECONDS, serving
from archive.publishing.site import Site

_Headers = Mapping[str, str]

_OUTLET = Parameter(name="outlet", description="Name of the outlet, as given", schema=words(200))


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """Name the paths; all below `/api` is ours, so that what is missing says so in JSON."""
    return [(r"^/api(?P<below>/.*)?$", api), (r"^/feed\.atom$", atom)]


async def api(request: Any, datasette: Any) -> Response:
    """Answer a request of the API."""
    path = "/api" + unquote(request.url_vars["below"] or "")
    try:
        return await _answered(request, datasette, path)
    except ProblemError as error:
        return _problem(error, path)


async def atom(request: Any, datasette: Any) -> Response:
    """Give the feed of the newest articles, of one outlet where it is named."""
    site = _site(datasette)
    try:
        outlet = read_all([_OUTLET], _given(request))["outlet"]
        etag = _etag(site, f"{request.host}{request.scheme}/feed.atom", {"outlet": outlet})
        headers = _caching(etag)
        if _is_known(request, etag):
            return Response("", status=304, headers=headers)
        rows = await _limited(datasette, lambda connection: feed.newest(connection, outlet))
    except ProblemError as error:
        return _problem(error, "/feed.atom")
    shown = feed.Feed(
        title=f"{site.title}: {outlet}" if outlet else site.title,
        subtitle=site.description,
        rights=site.licence,
        made_at=site.created_at,
        at=lambda each: datasette.absolute_url(request, datasette.urls.path(each)),
        query=f"?{urlencode({'outlet': outlet})}" if outlet else "",
    )
    return Response(feed.atom(shown, rows), headers=headers, content_type=feed.MEDIA_TYPE)


# --------------------------------------------------------------------------------- parts


async def _answered(request: Any, datasette: Any, path: str) -> Response:
    if path == "/api/openapi.json":
        return _description(request, datasette)
    endpoint, texts = _endpoint(path)
    known = {each.name: each for each in endpoint.parameters}
    try:
        values = {name: known[name].read(text) for name, text in texts.items()}
    except ProblemError as error:  # a path that no thing can have
        raise ProblemError(404, error.detail, error.parameter) from error
    values |= read_all(endpoint.query, _given(request))
    site = _site(datasette)
    etag = _etag(site, path, values)
    headers = _caching(etag)
    if _is_known(request, etag):
        return Response("", status=304, headers=headers)
    try:
        answer = await _limited(datasette, lambda connection: endpoint.gather(connection, values))
    except MovedError as moved:
        to = datasette.urls.path(moved.path)
        return Response("", status=308, headers={**_open(), "location": to})
    return _json(
        {
            "snapshot": {
                "name": site.snapshot,
                "created_at": site.created_at,
                "sha256": site.sha256,
            },
            **answer,
        },
        headers=headers,
    )


def _endpoint(path: str) -> tuple[Endpoint, Mapping[str, str]]:
    for endpoint in ENDPOINTS:
        texts = endpoint.match(path)
        if texts is not None:
            return endpoint, texts
    raise ProblemError(404, "There is nothing here; what there is says /api/openapi.json.")


def _description(request: Any, datasette: Any) -> Response:
    read_all([], _given(request))
    site = _site(datasette)
    licence = (site.licence, site.licence_url) if site.licence else None
    described = description(site.title, datasette.urls.instance(), licence)
    etag = f'"{hashlib.sha256(json.dumps(described).encode()).hexdigest()[:32]}"'
    headers = _caching(etag)
    if _is_known(request, etag):
        return Response("", status=304, headers=headers)
    return _json(described, headers=headers)


def _given(request: Any) -> Mapping[str, list[str]]:
    """Parameters of the query string; those without a value are given, as empty texts."""
    raw: bytes = request.scope.get("query_string") or b""
    try:
        return parse_qs(raw.decode("ascii"), keep_blank_values=True, max_num_fields=50)
    except ValueError as error:
        raise ProblemError(
            400, "The query string cannot be read: it has too many parts, or is not ASCII."
        ) from error


def _site(datasette: Any) -> Site:
    site: Site = datasette.jinja_env.globals["site"]
    return site


async def _limited(datasette: Any, gather: Callable[[sqlite3.Connection], Any]) -> Any:
    """Gather in a thread, on a read-only connection, within the server's time limit.

    Raises ProblemError where that is not enough, or SQLite's own bounds are.
    """
    limit = datasette.setting("sql_time_limit_ms")

    def within_limit(connection: sqlite3.Connection) -> Any:
        with sqlite_timelimit(connection, limit):
            return gather(connection)

    try:
        return await datasette.get_database(DATABASE_PATH.strip("/")).execute_fn(within_limit)
    except (sqlite3.Error, MemoryError) as error:
        if error.args == ("interrupted",):
            raise ProblemError(
                503,
                f"This took longer than the {limit / 1000:g} seconds that the server allows. "
                "Narrow it down, or download the archive and ask it without a limit.",
            ) from error
        print(f"API: {error!r}", file=sys.stderr, flush=True)
        raise ProblemError(
            503,
            "The snapshot could not answer this: it is of another version, or what was asked for "
            "is too large for this server.",
        ) from error


def _etag(site: Site, path: str, values: Mapping[str, Any]) -> str | None:
    """Name an answer by the snapshot, the software and what was asked; None without a snapshot."""
    if site.sha256 is None:
        return None
    told = json.dumps([site.sha256, __version__, VERSION, path, values], sort_keys=True)
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def _is_known(request: Any, etag: str | None) -> bool:
    """Whether the asker has this answer (RFC 9110, 13.1.2); proxies mark tags as weak."""
    if etag is None:
        return False
    told = request.headers.get("if-none-match") or ""
    return etag in [each.strip().removeprefix("W/") for each in told.split(",")]


def _caching(etag: str | None) -> dict[str, str]:
    headers = {**_open(), "cache-control": f"public, max-age={API_SECONDS}"}
    return {**headers, "etag": etag} if etag else headers


def _open() -> dict[str, str]:
    """Let scripts of other sites read the answer, where the server is told to."""
    return {"access-control-allow-origin": "*"} if serving().allows_scripts else {}


def _json(value: object, *, headers: _Headers) -> Response:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(text, headers=headers, content_type="application/json; charset=utf-8")


def _problem(error: ProblemError, path: str) -> Response:
    text = json.dumps(problems.problem(error, path), ensure_ascii=False)
    headers = {**_open(), "cache-control": "no-store"}
    if error.status == 503:
        headers["retry-after"] = "5"
    return Response(
        text.encode("utf-8", "replace"),
        status=error.status,
        headers=headers,
        content_type=problems.MEDIA_TYPE,
    )
