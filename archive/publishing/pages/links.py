"""Addresses of pages and of Datasette's own tables, relative to the root of the site."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

DATABASE_PATH = "/archive"
"""Where Datasette shows the database."""


def article(uid: str, ending: str = "") -> str:
    """Address of an article's page, or of another form of it (`.bib`, `.ris`, `/source`)."""
    return f"/articles/{quote(uid, safe='')}{ending}"


def entity(entity_id: int) -> str:
    """Address of an entity's page."""
    return f"/entities/{entity_id}"


def table(name: str, ending: str = "", /, **values: object) -> str:
    """Address of a table, view or canned query, its rows limited to these values."""
    chosen = {key: str(value) for key, value in values.items() if value is not None}
    return f"{DATABASE_PATH}/{name}{ending}{'?' if chosen else ''}{urlencode(chosen)}"


def row(name: str, key: int | str) -> str:
    """Address of one row of a table with one plain key."""
    return f"{DATABASE_PATH}/{name}/{key}"


def sql(text: str, params: Mapping[str, object]) -> str:
    """Address of a query with its parameters, open to be changed and run."""
    return f"{DATABASE_PATH}?{urlencode({'sql': text, **params})}"


def search(text: str) -> str:
    """Address of a search over everything."""
    return f"/search?{urlencode({'q': text})}"


def figures(**filters: object) -> str:
    """Address of the explorer of figures with these filters."""
    chosen = {key: str(value) for key, value in filters.items() if value not in (None, "")}
    return f"/figures{'?' if chosen else ''}{urlencode(chosen)}"
