"""From the front page on, by links alone: every row is reached, and nothing leads nowhere."""

import re
from collections import deque
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import httpx
import pytest

from archive.publishing.manifest import connect_frozen

SMALL = 60
"""Rows of a table whose pages of one row are all opened."""


class Page(HTMLParser):
    """Links, ids and cells of tables of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.next: str | None = None
        self.rows = 0
        self.cells: list[tuple[str, str, list[str]]] = []
        self._in_body = False
        self._cell: tuple[str, list[str], list[str]] | None = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note links, ids, rows and the beginning of a cell."""
        given = dict(attrs)
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
            if given.get("rel") == "next":
                self.next = given["href"]
        if tag == "tbody":
            self._in_body = True
        if tag == "tr" and self._in_body:
            self.rows += 1
        column = re.search(r"(?:^| )col-([\w-]+)", given.get("class") or "")
        if tag == "td" and column:
            self._cell = (column[1], [], [])
        if tag == "a" and self._cell is not None:
            self._cell[2].append(given.get("href") or "")

    def handle_data(self, data):
        """Note the words of a cell."""
        if self._cell is not None:
            self._cell[1].append(data)

    def handle_endtag(self, tag):
        """Note the end of a cell."""
        if tag == "tbody":
            self._in_body = False
        if tag == "td" and self._cell is not None:
            column, words, links = self._cell
            self.cells.append((column, "".join(words).replace("\xa0", " ").strip(), links))
            self._cell = None


class Site:
    """The site as one walks it: every page is asked for once."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._client = httpx.Client(base_url=base, timeout=30)
        self._kept: dict[str, tuple[int, Page]] = {}

    def open(self, path: str) -> tuple[int, Page]:
        """Status and content of a page."""
        if path not in self._kept:
            answer = self._client.get(path, follow_redirects=True)
            is_html = answer.headers.get("content-type", "").startswith("text/html")
            self._kept[path] = (answer.status_code, Page(answer.text if is_html else ""))
        return self._kept[path]

    def within(self, path: str, link: str) -> str | None:
        """The path that a link of a page leads to, with its fragment; None for another host."""
        url = urljoin(self.base + path, link)
        return url.removeprefix(self.base) if url.startswith(self.base) else None


@pytest.fixture(scope="session")
def site(sample) -> Site:
    """The sample archive to walk in."""
    return Site(sample.base)


@pytest.fixture(scope="session")
def relations(sample) -> dict[str, int]:
    """Tables and views of the snapshot, with the number of their rows."""
    with connect_frozen(sample.database) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
            )
        ]
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in names
        }


@pytest.fixture(scope="session")
def keys(sample, relations) -> dict[str, dict[str, bool]]:
    """Columns of each table that refer to rows of another, and whether one is its own key too."""
    with connect_frozen(sample.database) as connection:
        own = {
            name: {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")') if row[5]}
            for name in relations
        }
        return {
            name: {
                row[3]: own[name] == {row[3]}
                for row in connection.execute(f'PRAGMA foreign_key_list("{name}")')
            }
            for name in relations
        }


@pytest.fixture(scope="session")
def linked(site) -> dict[str, str]:
    """Addresses of tables and views, by name, as the front page has them."""
    found = {}
    for link in site.open("/")[1].links:
        match = re.fullmatch(r"/archive/([\w.~-]+)", urlsplit(link).path)
        if match and not urlsplit(link).query:
            found[unquote(match[1])] = link
    return found


def pages_of(site: Site, path: str):
    """A page of rows, and all that its link to the next page leads to."""
    following: str | None = path
    while following is not None:
        status, page = site.open(following)
        assert status == 200, following
        yield following, page
        following = site.within(following, page.next) if page.next else None


def test_every_row_is_reached_from_the_front_page(site, relations, linked):
    """Each table and view has a link there; its pages, one after the other, have all its rows."""
    assert set(relations) <= set(linked)
    counted = {
        name: sum(page.rows for _path, page in pages_of(site, linked[name])) for name in relations
    }
    assert counted == relations
    assert sum(relations.values()) > 5_000


def test_every_foreign_key_is_labelled(site, relations, linked, keys):
    """Where a column refers to a row, its cell leads there and shows more than its number.

    One that is the table's own key leads to the page of its row, which labels it (see below).
    """
    bare: dict[tuple[str, str], tuple[str, str]] = {}
    seen = set()
    for name in (each for each in relations if keys[each]):
        for path, page in pages_of(site, linked[name]):
            for column, text, links in page.cells:
                if column not in keys[name] or not text:
                    continue
                seen.add((name, column))
                if not links or (text.isdigit() and not keys[name][column]):
                    bare.setdefault((name, column), (path, text))
    assert bare == {}
    assert len(seen) > 20


def rows_of(site: Site, name: str, path: str) -> list[str]:
    """Links of a page of rows to the pages of each."""
    pattern = re.compile(rf"/archive/{re.escape(name)}/[^/?#]+$")
    return [link for link in dict.fromkeys(site.open(path)[1].links) if pattern.match(link)]


def test_pages_of_rows_open_and_label_their_keys(site, relations, linked, keys):
    """All rows of small tables, the first ones of the others; what they refer to has a name."""
    bare, opened = [], 0
    for name, count in relations.items():
        links = rows_of(site, name, linked[name])
        for path in links if count <= SMALL else links[:3]:
            status, page = site.open(path)
            assert (path, status) == (path, 200)
            opened += 1
            for column, text, cell_links in page.cells:
                if column in keys[name] and text and (not cell_links or text.isdigit()):
                    bare.append((path, column, text))
    assert bare == []
    assert opened > 100


def shape(path: str) -> str:
    """What kind of address it is: names and numbers of rows, and values, left out."""
    parts = urlsplit(path)
    names = ",".join(sorted({each.partition("=")[0] for each in parts.query.split("&")}))
    plain = re.sub(r"(?<=/)([0-9a-f]{16}|\d+)(?=[./]|$)", "*", parts.path)
    return f"{plain}?{names}"


def test_no_link_leads_nowhere(site):
    """Every article, entity, table and query, and one link of each kind on each kind of page.

    What a link points to within a page is there.
    """
    waiting, tried, broken = deque(["/"]), set(), []
    queued = {"/"}
    while waiting:
        path = waiting.popleft()
        status, page = site.open(path)
        if status != 200:
            broken.append((status, path))
        for link in dict.fromkeys(page.links):
            address = site.within(path, link)
            if address is None or re.search(r"\.db$|_stream=|/-/", address):
                continue
            target, fragment = urldefrag(address)
            kind = (shape(path), shape(target), bool(fragment))
            own_page = re.fullmatch(r"/(articles/[0-9a-f]{16}|entities/\d+)", target)
            if kind in tried and not own_page:
                continue
            tried.add(kind)
            if fragment and fragment not in site.open(target)[1].ids:
                broken.append((f"no place #{fragment}", path, target))
            # Datasette's own pages lead on to every order and facet of themselves.
            if target not in queued and not (path.startswith("/archive/") and not own_page):
                queued.add(target)
                waiting.append(target)
            elif site.open(target)[0] != 200:
                broken.append((site.open(target)[0], path, target))
    assert broken == []
    assert sum(path.startswith("/articles/") for path in queued) > 60
    assert sum(path.startswith("/entities/") for path in queued) > 100
