"""Datasette's plugin for the pages of the archive: routes, what templates know, and headers.

Every route gathers its values from a read-only connection (`archive.publishing.pages`) under the
server's time limit, and hands them to a template. HTML is escaped by the templates alone.
"""

import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from datasette import Response, hookimpl
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import AsgiStream
from jinja2 import Environment
from markupsafe import Markup

from archive.publishing.bounds import whole_values
from archive.publishing.pages import links
from archive.publishing.pages.article import article_page, source_of
from archive.publishing.pages.citation import cite
from archive.publishing.pages.codebook import codebook_page, drawing
from archive.publishing.pages.dashboards import dashboards_page
from archive.publishing.pages.entity import entity_page
from archive.publishing.pages.figures import all_figures, figures_page, filters_of
from archive.publishing.pages.home import home_page
from archive.publishing.pages.rows import Row
from archive.publishing.pages.search import search_page
from archive.publishing.pages.tabular import WRITERS as _WRITERS
from archive.publishing.site import (
    SECURITY_HEADERS,
    Site,
    assets,
    filters,
    site_of,
    template_globals,
)
from archive.storage.contents import load

_Asgi = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
_Value = TypeVar("_Value")

_LARGEST_ID = 2**63 - 1
"""Largest number that SQLite can compare a row's with."""

_UID = re.compile("[0-9a-f]{16}")
_UID_COLUMN = re.compile("(?:[a-z]+_)?uid|group_of")
_ENTITY_COLUMN = re.compile("(?:[a-z_]+_)?entity_id")
"""A permanent name, and the columns of views and queries that hold one or an entity."""

_LABELS = {
    "articles": "coalesce(nullif(headline, ''), 'Without a headline')",
    "paragraphs": "substr(text, 1, 60) || '…'",
    "claims": "topic",
}
"""How a row is named where it has no name."""

_KEYS = "archive_foreign_keys"
"""Where the templates' environment keeps what `startup` learned."""

_PAGES = "archive_pages"
"""Where it keeps the pages that are the same for everybody."""

_NOTATIONS = {
    "txt": ("text", "text/plain"),
    "bib": ("bibtex", "application/x-bibtex"),
    "ris": ("ris", "application/x-research-info-systems"),
}
"""Field of a citation, and media type, by the ending of its address."""


# --------------------------------------------------------------------------------- hooks


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """Name the pages; what is not among them is Datasette's."""
    uid = "(?P<uid>[^/.]+)"
    return [
        (r"^/$", home),
        (rf"^/articles/{uid}$", article),
        (rf"^/articles/{uid}\.(?P<notation>txt|bib|ris)$", citation),
        (rf"^/articles/{uid}/source$", source),
        (r"^/entities/(?P<entity_id>[^/.]+)$", entity),
        (r"^/figures$", figures),
        (r"^/figures\.(?P<ending>csv|json)$", figures_file),
        (r"^/search$", search),
        (r"^/dashboards$", dashboards),
        (r"^/codebook$", codebook),
        (r"^/codebook/diagram\.svg$", codebook_diagram),
        (r"^/static/(?P<name>[^/]+)$", static),
    ]


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def prepare_jinja2_environment(env: Environment, datasette: Any) -> None:
    """Give all templates, those of errors too, our filters and what is known of the site."""
    path = _database(datasette).path
    site = site_of(datasette.metadata() or {}, Path(path or "."))
    env.filters.update(filters())
    env.globals.update(template_globals(site, datasette.urls.path))


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def startup(datasette: Any) -> Callable[[], Awaitable[None]]:
    """Learn which columns refer to which tables, for the labels of pages of one row."""

    async def learn() -> None:
        database = _database(datasette)
        keys: dict[tuple[str, str], tuple[str, str, str]] = {}
        for table in await database.table_names():
            for key in await database.foreign_keys_for_table(table):
                other = key["other_table"]
                label = _LABELS.get(other) or await database.label_column_for_table(other)
                if label:
                    target = (key["other_table"], key["other_column"], label)
                    keys[table, key["column"]] = target
        datasette.jinja_env.globals[_KEYS] = keys

    return learn


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def render_cell(
    value: Any, column: str, table: str | None, datasette: Any
) -> Markup | Awaitable[Markup | None] | None:
    """Lead from any row, of views and queries too, to the page of its article or entity.

    Left alone, Datasette shows the value as text; on a page of one row it shows the number of what
    a column refers to without its name.
    """
    if value is None or isinstance(value, bytes):
        return None
    kind = _kind_of(column)
    key = datasette.jinja_env.globals.get(_KEYS, {}).get((table, column)) if table else None
    if kind is None and key is None:
        return None
    shown, label = (value["value"], value["label"]) if isinstance(value, dict) else (value, value)
    if kind == "article" and _UID.fullmatch(str(shown)):
        return _link(datasette, links.article(str(shown)), label)
    if key is not None and not isinstance(value, dict):
        return _labelled(datasette, shown, key)
    if kind == "entity" and isinstance(shown, int):
        return _link(datasette, links.entity(shown), label)
    return None


@lru_cache(maxsize=1_000)
def _kind_of(column: str) -> str | None:
    """Whether a column's name says that it holds an article's or an entity's name."""
    if _UID_COLUMN.fullmatch(column):
        return "article"
    return "entity" if _ENTITY_COLUMN.fullmatch(column) else None


def _link(datasette: Any, path: str, label: object) -> Markup:
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(path), label)


async def _labelled(datasette: Any, value: object, key: tuple[str, str, str]) -> Markup | None:
    """Name what a column refers to, its number beside it."""
    table, column, label = key
    found = (
        await _database(datasette).execute(
            f'SELECT {label} AS label FROM "{table}" WHERE "{column}" = ?', (value,)
        )
    ).first()
    if found is None or found["label"] is None:
        return None
    if found["label"] == value:
        return _link(datasette, links.row(table, str(value)), value)
    number = value if isinstance(value, int) else str(value)
    path = links.entity(value) if table == "entities" and isinstance(value, int) else None
    link = _link(datasette, path or links.row(table, number), found["label"])
    return Markup('{} <span class="muted">{}</span>').format(link, value)


@hookimpl  # type: ignore[untyped-decorator, unused-ignore]
def asgi_wrapper() -> Callable[[_Asgi], _Asgi]:
    """Send the security headers with every answer."""
    extra = [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]

    def wrap(app: _Asgi) -> _Asgi:
        async def with_headers(scope: dict[str, Any], receive: Any, send: Any) -> None:
            async def send_more(message: dict[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    message = {**message, "headers": [*message.get("headers", ()), *extra]}
                await send(message)

            await app(scope, receive, send_more)

        return with_headers

    return wrap


# --------------------------------------------------------------------------------- pages


async def home(request: Any, datasette: Any) -> Response:
    """Show what the archive holds, and every table, view and query of it."""

    async def render(page: object) -> Response:
        return await _page(datasette, request, "home.html", page=page, data=await _data(datasette))

    return await _kept(datasette, "home", lambda: _answer(datasette, request, home_page, render))


async def article(request: Any, datasette: Any) -> Response:
    """Show an article by its permanent name."""
    uid = request.url_vars["uid"].lower()

    async def render(page: Any) -> Response:
        if page is None:
            return await _missing_article(datasette, request, uid)
        address = datasette.absolute_url(request, datasette.urls.path(links.article(uid)))
        return await _page(
            datasette,
            request,
            "article.html",
            page=page,
            address=address,
            citation=cite(page.article, address, _site(datasette).title, _site(datasette).cited_as),
        )

    start = _whole(request.args.get("from"))
    return await _answer(
        datasette, request, lambda connection: article_page(connection, uid, start), render
    )


async def citation(request: Any, datasette: Any) -> Response:
    """Give an article's citation as a file."""
    uid = request.url_vars["uid"].lower()
    field, media_type = _NOTATIONS[request.url_vars["notation"]]

    async def render(page: Any) -> Response:
        if page is None:
            return await _missing_article(datasette, request, uid)
        address = datasette.absolute_url(request, datasette.urls.path(links.article(uid)))
        site = _site(datasette)
        text = getattr(cite(page.article, address, site.title, site.cited_as), field)
        name = f"{uid}.{request.url_vars['notation']}"
        return Response(
            text,
            content_type=f"{media_type}; charset=utf-8",
            headers={"content-disposition": f'attachment; filename="{name}"'},
        )

    return await _answer(
        datasette, request, lambda connection: article_page(connection, uid), render
    )


async def source(request: Any, datasette: Any) -> Response:
    """Give the raw bytes of an article's source, unchanged."""
    uid = request.url_vars["uid"].lower()

    def gather(connection: sqlite3.Connection) -> tuple[Any, bytes] | None:
        row = source_of(connection, uid)
        if row is None:
            return None
        with whole_values(connection):
            return row, load(connection, row["id"]).content

    async def render(found: Any) -> Response:
        if found is None:
            return await _missing_article(datasette, request, uid)
        row, content = found
        etag = f'"{row["sha256"]}"'
        # Whatever the bytes are, no browser shall run them.
        headers = {"etag": etag, "content-disposition": _attachment(row["name"])}
        if etag in (request.headers.get("if-none-match") or ""):
            return Response("", status=304, headers=headers)
        return Response(content, headers=headers, content_type="application/octet-stream")

    return await _answer(datasette, request, gather, render)


async def entity(request: Any, datasette: Any) -> Response:
    """Show an entity by its number; one that was merged leads to what it is now."""
    text = request.url_vars["entity_id"]
    entity_id = _whole(text)

    async def render(page: Any) -> Response:
        if page is None:
            return await _error(
                datasette,
                request,
                404,
                "No such entity",
                f"This archive has no entity with the number {text[:100]}. Numbers belong to one "
                "archive; search for the name instead.",
            )
        merged_into = page.entity["merged_into_id"]
        if merged_into is not None:
            address = datasette.urls.path(links.entity(merged_into))
            return Response.redirect(address, status=301)
        return await _page(datasette, request, "entity.html", page=page)

    before = request.args.get("before")
    return await _answer(
        datasette, request, lambda connection: entity_page(connection, entity_id, before), render
    )


async def figures(request: Any, datasette: Any) -> Response:
    """Show the explorer of figures."""
    filters = filters_of(_arguments(request))
    after = _whole(request.args.get("after"))

    async def render(page: object) -> Response:
        return await _page(datasette, request, "figures.html", page=page)

    return await _answer(
        datasette, request, lambda connection: figures_page(connection, filters, after), render
    )


async def figures_file(request: Any, datasette: Any) -> AsgiStream | Response:
    """Give all figures of the explorer's filters as CSV or JSON, read as they are sent."""
    filters = filters_of(_arguments(request))
    write = _WRITERS[request.url_vars["ending"]]

    async def read(after: int) -> list[Row]:
        def stretch(connection: sqlite3.Connection) -> list[Row]:
            return all_figures(connection, filters, after)

        rows: list[Row] = await _limited(datasette, stretch)
        return rows

    try:
        rows = await read(0)  # what fails does so before the answer begins
    except sqlite3.OperationalError as error:
        return await _unanswered(datasette, request, error)

    async def stream(writer: Any) -> None:
        await writer.write(write.begin)
        chunk, is_first = rows, True
        while chunk:
            await writer.write(write.rows(chunk, is_first))
            chunk, is_first = await read(chunk[-1]["place_in_order"]), False
        await writer.write(write.end)

    name = f"figures.{request.url_vars['ending']}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return AsgiStream(stream, headers=headers, content_type=write.media_type)


async def search(request: Any, datasette: Any) -> Response:
    """Show what a search finds."""
    text = request.args.get("q") or ""
    number = _whole(request.args.get("page")) or 1

    async def render(page: Any) -> Response:
        return await _page(datasette, request, "search.html", page=page, searched=page.text)

    return await _answer(
        datasette, request, lambda connection: search_page(connection, text, number), render
    )


async def dashboards(request: Any, datasette: Any) -> Response:
    """Show the charts."""

    async def render(boards: object) -> Response:
        return await _page(datasette, request, "dashboards.html", boards=boards)

    return await _kept(
        datasette, "dashboards", lambda: _answer(datasette, request, dashboards_page, render)
    )


async def codebook(request: Any, datasette: Any) -> Response:
    """Show what every table, column, measure and unit means."""

    async def render(page: object) -> Response:
        return await _page(datasette, request, "codebook.html", page=page)

    return await _kept(
        datasette, "codebook", lambda: _answer(datasette, request, codebook_page, render)
    )


async def codebook_diagram() -> Response:
    """Give the diagram of the tables as a file."""
    return Response(
        drawing(),
        content_type="image/svg+xml; charset=utf-8",
        headers={"content-disposition": 'inline; filename="tables.svg"'},
    )


async def static(request: Any, datasette: Any) -> Response:
    """Give a style sheet, script or image; its address changes with its content."""
    asset = assets().get(request.url_vars["name"])
    if asset is None:
        return await _error(datasette, request, 404, "No such file", "There is no such file here.")
    headers = {"cache-control": "public, max-age=31536000, immutable", "etag": f'"{asset.version}"'}
    return Response(asset.content, headers=headers, content_type=asset.media_type)


# --------------------------------------------------------------------------------- parts


def _database(datasette: Any) -> Any:
    """The database of the archive; the only one that `archive serve` serves."""
    databases = datasette.databases
    name = links.DATABASE_PATH.removeprefix("/")
    return databases[name] if name in databases else next(iter(databases.values()))


def _site(datasette: Any) -> Site:
    site: Site = datasette.jinja_env.globals["site"]
    return site


async def _answer(
    datasette: Any,
    request: Any,
    gather: Callable[[sqlite3.Connection], _Value],
    render: Callable[[_Value], Awaitable[Response]],
) -> Response:
    """Gather values within the time limit and render them; say so where it takes longer."""
    try:
        value = await _limited(datasette, gather)
    except sqlite3.OperationalError as error:
        return await _unanswered(datasette, request, error)
    return await render(value)


async def _kept(datasette: Any, name: str, make: Callable[[], Awaitable[Response]]) -> Response:
    """Make a page that is the same for everybody once: the database under it never changes."""
    kept: dict[str, str] = datasette.jinja_env.globals.setdefault(_PAGES, {})
    if name in kept:
        return Response.html(kept[name])
    response = await make()
    if response.status == 200 and not _database(datasette).is_mutable:
        kept[name] = response.body
    return response


async def _limited(datasette: Any, gather: Callable[[sqlite3.Connection], _Value]) -> _Value:
    """Call a function with a read-only connection, in a thread, under the server's time limit."""
    limit = datasette.setting("sql_time_limit_ms")

    def within_limit(connection: sqlite3.Connection) -> _Value:
        with sqlite_timelimit(connection, limit):
            return gather(connection)

    value: _Value = await _database(datasette).execute_fn(within_limit)
    return value


async def _unanswered(datasette: Any, request: Any, error: sqlite3.OperationalError) -> Response:
    """Tell why a page could not be gathered, and what to do."""
    if error.args == ("interrupted",):
        return await _error(
            datasette,
            request,
            503,
            "This took too long",
            "The page would have taken longer than the server allows. Narrow it down with more "
            "filters or rarer words, or download the archive and ask it without a limit.",
        )
    if "no such table" in str(error) or "no such column" in str(error):
        return await _error(
            datasette,
            request,
            503,
            "This snapshot is of another version",
            f"It lacks what the page shows ({error}). Whoever runs this server can make a new one "
            "with: archive snapshot create",
        )
    raise error


async def _page(datasette: Any, request: Any, template: str, **context: object) -> Response:
    html = await datasette.render_template(template, context, request=request)
    return Response.html(html)


async def _error(datasette: Any, request: Any, status: int, title: str, error: str) -> Response:
    context = {"status": status, "title": title, "error": error}
    html = await datasette.render_template("error.html", context, request=request)
    return Response.html(html, status=status)


async def _missing_article(datasette: Any, request: Any, uid: str) -> Response:
    return await _error(
        datasette,
        request,
        404,
        "No such article",
        f"This archive has no article with the permanent name {uid[:100]}. It may be in another "
        "snapshot, or its source was taken out. Search for words of its headline.",
    )


async def _data(datasette: Any) -> Mapping[str, list[dict[str, Any]]]:
    """Tables, views and canned queries with title, description and number of rows."""
    database = _database(datasette)
    hidden = set(await database.hidden_table_names())
    counts = await database.table_counts()
    metadata = datasette.metadata(database=database.name) or {}
    known = metadata.get("tables") or {}

    def described(name: str) -> dict[str, Any]:
        about = known.get(name) or {}
        return {
            "name": name,
            "title": about.get("title") or name.replace("_", " ").capitalize(),
            "description": about.get("description") or "",
            "count": counts.get(name),
        }

    tables = [described(name) for name in sorted(counts)]
    return {
        "tables": [each for each in tables if each["name"] not in hidden],
        "hidden": [each for each in tables if each["name"] in hidden],
        "views": [described(name) for name in sorted(await database.view_names())],
        "queries": [
            {"name": name, **query} for name, query in (metadata.get("queries") or {}).items()
        ],
    }


def _arguments(request: Any) -> Mapping[str, str]:
    """Arguments of an address, the first of each name."""
    return {name: request.args.get(name) or "" for name in request.args.keys()}  # noqa: SIM118


def _whole(text: str | None) -> int:
    """A number from an address; 0, which no row has, for anything else."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 19:
        return 0
    return min(int(text), _LARGEST_ID)


def _attachment(name: str) -> str:
    """Name a download after its source, in letters that every header can carry."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = "".join(
        each if each.isascii() and (each.isalnum() or each in "._-") else "_" for each in last
    )
    return f'attachment; filename="{plain[-120:] or "source"}"'
