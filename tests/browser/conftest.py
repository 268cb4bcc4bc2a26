"""A browser, and servers of published archives as `archive serve` runs them.

Tests of one process share them; where pytest-xdist runs several processes, each has its own, on
ports that the system gives.
"""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive.publishing import server, snapshots
from archive.publishing.manifest import INSPECT, connect_frozen
from archive.publishing.settings import Serving
from archive.storage.engine import migrate

ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--disable-quic",
]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")


@dataclass(frozen=True)
class Served:
    """A published archive and where it is served."""

    base: str
    database: Path

    def one(self, sql: str, *values):
        """The first column of the first row of a query."""
        with connect_frozen(self.database) as connection:
            return connection.execute(sql, values).fetchone()[0]


@contextmanager
def serving(database: Path, **settings: int | str) -> Iterator[Served]:
    """Serve a snapshot's database with the command of `archive serve`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = server.command(host="127.0.0.1", port=port, public=False, metadata=server.METADATA)
    for name, value in settings.items():
        command += ["--setting", name, str(value)]
    process = subprocess.Popen(
        command,
        cwd=database.parent,
        env=server.environment(Serving()),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_for(base, process)
        yield Served(base, database)
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(base: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{base}/robots.txt").close()  # noqa: S310 - our own server
            return
        except urllib.error.URLError:
            assert process.poll() is None, "the server ended at once"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.1)


@pytest.fixture(scope="session")
def sample_database(built_sample_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a snapshot of the sample archive; not to be changed."""
    db = tmp_path_factory.mktemp("browsed") / "archive.db"
    shutil.copy(built_sample_archive, db)
    return snapshots.create(db) / "archive.db"


@pytest.fixture(scope="session")
def sample(sample_database: Path) -> Iterator[Served]:
    """The sample archive, served."""
    with serving(sample_database) as served:
        yield served


@pytest.fixture(scope="session")
def slow(sample_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same with a list of figures that is never done, and half a second for each page."""
    database = tmp_path_factory.mktemp("slow") / "archive.db"
    for path in (sample_database, sample_database.with_name(INSPECT)):
        shutil.copy(path, database.with_name(path.name))
    database.chmod(0o600)
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA legacy_alter_table=ON")  # views name the table
        connection.execute("ALTER TABLE figure_index RENAME TO figures_of_before")
        connection.execute(
            "CREATE VIEW figure_index AS SELECT * FROM figures_of_before WHERE ("
            "WITH RECURSIVE endless (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM endless) "
            "SELECT max(n) FROM endless) > 0"
        )
    connection.close()
    with serving(database, sql_time_limit_ms=500) as served:
        yield served


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An archive without an article, served."""
    db = tmp_path_factory.mktemp("empty") / "archive.db"
    migrate(db)
    with serving(snapshots.create(db) / "archive.db") as served:
        yield served


# --------------------------------------------------------------------------------- browser


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium, driven by Playwright.

    No longer than a module: while Playwright is at work the thread has a running event loop, in
    which tests of other modules could not start theirs.
    """
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed: pip install playwright"
    )
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium, or name it in CHROMIUM")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@dataclass
class Tab:
    """A page of the browser, and all that went wrong in it."""

    page: object
    base: str
    problems: list[str] = field(default_factory=list)

    def open(self, path: str, status: int = 200):
        """Open a page of the site; its answer must have this status."""
        answer = self.page.goto(self.base + path)
        assert answer.status == status, path
        # A browser counts the page itself as a failure where its status is one.
        if status >= 400:
            self.problems[:] = [each for each in self.problems if f"status of {status}" not in each]
        return answer

    def overflow(self) -> list[str]:
        """Elements that make the page wider than the window."""
        return self.page.evaluate(
            """() => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              const wide = [...document.querySelectorAll("body *")]
                .filter((each) => each.getBoundingClientRect().right > width + 1)
                .map((each) => each.outerHTML.slice(0, 120));
              return wide.length ? wide : ["a text"]; // its box is narrower than itself
            }"""
        )


OpenTab = Callable[..., Tab]


@pytest.fixture
def tab(browser) -> Iterator[OpenTab]:
    """Open tabs: of a site, a width, a colour scheme, with scripts or without.

    No request may leave the site, and nothing may be written to the console: the test that opened
    the tab fails at its end where one did.
    """
    opened: list[Tab] = []
    with ExitStack() as stack:

        def make(
            served: Served, *, width: int = 1280, scheme: str = "light", scripts: bool = True
        ) -> Tab:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                java_script_enabled=scripts,
                reduced_motion="reduce",
            )
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(15_000)
            made = Tab(page, served.base)

            def within(route) -> None:
                url = route.request.url
                if urlsplit(url).netloc == urlsplit(served.base).netloc:
                    route.continue_()
                else:
                    made.problems.append(f"asked another host: {url}")
                    route.abort()

            context.route(re.compile("^(?!data:|blob:)"), within)
            page.on("console", lambda message: _note(made, message))
            page.on("pageerror", lambda error: made.problems.append(f"script: {error}"))
            opened.append(made)
            return made

        yield make
    assert [problem for each in opened for problem in each.problems] == []


def _note(tab: Tab, message) -> None:
    """Note what the console says; a violation of the Content-Security-Policy is an error there."""
    if message.type in ("error", "warning"):
        tab.problems.append(f"console: {message.text}")


# ----------------------------------------------------------------------------------- pages


@pytest.fixture(scope="session")
def paths(sample: Served) -> dict[str, str]:
    """An address of every kind of page."""
    uid = sample.one(
        "SELECT a.uid FROM articles AS a JOIN article_counts AS n ON n.article_id = a.id "
        "ORDER BY n.figures * n.quotes * n.mentions DESC LIMIT 1"
    )
    place = sample.one(
        "SELECT n.entity_id FROM entity_counts AS n JOIN entities AS e ON e.id = n.entity_id "
        "WHERE e.latitude IS NOT NULL ORDER BY n.articles DESC LIMIT 1"
    )
    merged = sample.one(
        "SELECT merged_into_id FROM entities WHERE merged_into_id IS NOT NULL AND type = 'PERSON' "
        "ORDER BY id LIMIT 1"
    )
    return {
        "home": "/",
        "article": f"/articles/{uid}",
        "place": f"/entities/{place}",
        "person": f"/entities/{merged}",
        "figures": "/figures?measure=killed",
        "no figures": "/figures?measure=killed&place=Nowhere",
        "search": "/search?q=police",
        "search of nothing": "/search",
        "search in vain": "/search?q=zzqqxx",
        "dashboards": "/dashboards",
        "database": "/archive",
        "table": "/archive/paragraphs",
        "view": "/archive/figure_facts?measure=killed",
        "row": "/archive/figures/1",
        "query": "/archive/figures_about?measure=killed",
        "sql": "/archive?sql=select+*+from+figures+limit+5",
    }
