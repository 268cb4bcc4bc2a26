"""How fast the published pages answer on an archive of N articles, beside stock Datasette.

    python benchmarks/published.py [--articles 3000] [--keep FOLDER] [--times 20]

Ingests real news (or the sample documents), multiplies the rows with other numbers, days, outlets
and, for rarer names, other entities, makes a snapshot, and asks two servers: `archive serve`'s, and
Datasette as it comes for its table page with two facets. Every page is asked at many addresses:
the median and the slowest answer are printed, and whether both are within bounds (100 and 500 ms),
beside the median of the processor time that the server took, which other work on the machine does
not lengthen. With `--keep` the archive stays in FOLDER and is used again.
"""

import argparse
import hashlib
import http.client
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from ingest import NEWS, ROOT, texts

from archive import pipeline
from archive.publishing import server, snapshots
from archive.publishing.definitions import queries
from archive.publishing.manifest import connect_frozen
from archive.publishing.settings import SETTINGS
from archive.records import Metadata, Published
from archive.storage.models import Base

MULTIPLIED = (
    *("sources", "source_contents", "articles", "paragraphs", "mentions", "figures", "dates"),
    *("quotes", "reported_statements", "roles", "article_pairs", "paragraph_pairs"),
    *("entities", "aliases"),
)
SHARED_ENTITIES = 800
"""Entities that every copy names; the others are made anew for each, so that their number grows."""

OUTLETS = 40
MEDIAN, SLOWEST = 100.0, 500.0
"""Bounds in milliseconds."""


# ------------------------------------------------------------------------------ archive


def base_archive(folder: Path) -> Path:
    """Ingest the texts once, a file each, dated over two years."""
    db, documents = folder / "base.db", folder / "documents"
    if db.exists():
        return db
    documents.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts()):
        (documents / f"{number:04}.txt").write_text(text, encoding="utf-8")

    def metadata_for(name: str) -> Metadata:
        number = int(hashlib.sha256(name.encode()).hexdigest()[:6], 16)
        day = f"{2016 + number % 2}-{1 + number % 12:02}-{1 + number % 28:02}"
        return Metadata(
            outlet=f"Outlet {number % OUTLETS:02}", published=Published(on=day, source="option")
        )

    pipeline.ingest([documents], db, metadata_for=metadata_for, name_prefix="")
    return db


def multiply(base: Path, target: Path, articles: int) -> None:
    """Copy an archive's rows until it has this many articles."""
    with closing(sqlite3.connect(base)) as source:
        source.execute("VACUUM INTO ?", (str(target),))
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-262144"):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("vary", 2, vary, deterministic=True)
        connection.create_function("renamed", 3, renamed, deterministic=True)
        have = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        strides = {
            table: connection.execute(f"SELECT max(rowid) + 1 FROM {table}").fetchone()[0] or 1
            for table in MULTIPLIED
            if table not in ("source_contents", "article_pairs", "paragraph_pairs", "aliases")
        }
        connection.execute(
            "CREATE TEMP TABLE shared AS SELECT entity_id AS id FROM mentions "
            f"GROUP BY entity_id ORDER BY count(*) DESC LIMIT {SHARED_ENTITIES}"
        )
        connection.execute("CREATE UNIQUE INDEX temp.ix_shared ON shared (id)")
        outlets = connection.execute("SELECT count(*) FROM outlets").fetchone()[0]
        limits = {table: stride - 1 for table, stride in strides.items()}
        for copy in range(1, max(1, -(-articles // have))):
            connection.execute("BEGIN")
            for table in MULTIPLIED:
                connection.execute(_copy(table, copy, strides, limits, outlets))
            connection.execute("COMMIT")


def vary(text: str | None, copy: int) -> str | None:
    """The text with other digits; its length stays, and so do all offsets."""
    if text is None:
        return None
    return text.translate({48 + digit: 48 + (digit + copy) % 10 for digit in range(1, 10)})


def renamed(text: str, copy: int, size: int) -> str:
    """A name of hexadecimal digits for a copy of what has this one."""
    return hashlib.sha256(f"{text}/{copy}".encode()).hexdigest()[:size]


def _copy(
    table: str, copy: int, strides: dict[str, int], limits: dict[str, int], outlets: int
) -> str:
    """SQL that copies the first rows of a table, with ids moved on by whole strides."""
    columns = Base.metadata.tables[table].columns
    values = [_value(table, column, copy, strides, outlets) for column in columns]
    names = ", ".join(column.name for column in columns)
    first = next(iter(columns)).name
    owner = {"source_contents": "sources", "article_pairs": "articles"}
    owner |= {"paragraph_pairs": "paragraphs", "aliases": "entities"}
    where = f"t.{first} <= {limits[owner.get(table, table)]}"
    if table in ("entities", "aliases"):
        where += f" AND t.{first} NOT IN (SELECT id FROM shared)"
    return (
        f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table} AS t WHERE {where}"
    )


def _value(table: str, column, copy: int, strides: dict[str, int], outlets: int) -> str:
    """What a column of a copied row holds, as SQL."""
    name = f"t.{column.name}"
    special = {
        ("sources", "name"): f"'{copy}/' || {name}",
        ("sources", "sha256"): f"renamed({name}, {copy}, 64)",
        ("articles", "uid"): f"renamed({name}, {copy}, 16)",
        ("articles", "published_on"): f"date({name}, '+{copy * 37 % 3200} days')",
        ("paragraphs", "text"): f"vary({name}, {copy})",
        ("paragraphs", "words_hash"): f"{name} + {copy}",
        ("figures", "text"): f"vary({name}, {copy})",
        ("entities", "name"): f"{name} || ' {copy}'",
        ("entities", "name_key"): f"{name} || ' {copy}'",
        ("aliases", "name"): f"{name} || ' {copy}'",
    }
    if (table, column.name) in special:
        return special[table, column.name]
    if table == "figures" and column.name in ("value", "low", "high", "si_low", "si_high"):
        return f"{name} + {copy % 9}"
    target = _target(column, table)
    if target == "outlets":
        return f"1 + ({name} + {copy}) % {outlets}"
    if target == "entities":
        moved = f"{name} + {copy * strides['entities']}"
        if column.primary_key:
            return moved
        return f"CASE WHEN {name} IN (SELECT id FROM shared) THEN {name} ELSE {moved} END"
    return f"{name} + {copy * strides[target]}" if target in strides else name


def _target(column, table: str) -> str | None:
    """Table whose row a column names: its own for a key, another for a reference."""
    if column.foreign_keys:
        return next(iter(column.foreign_keys)).column.table.name
    if column.primary_key:
        return table
    return column.info.get("refers_to")


# ------------------------------------------------------------------------------- servers


@dataclass(frozen=True, slots=True)
class Served:
    """A server: a connection to it, and its process."""

    connection: http.client.HTTPConnection
    process_id: int

    def get(self, path: str) -> tuple[float, float, int]:
        """Ask for a page: milliseconds until its end, those of the processor, and its status."""
        start, spent = time.perf_counter(), processor_seconds(self.process_id)
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        answer.read()
        wall = time.perf_counter() - start
        return wall * 1000, (processor_seconds(self.process_id) - spent) * 1000, answer.status


def processor_seconds(process_id: int) -> float:
    """Processor time of all threads of a process; NaN where the system does not tell (no Linux).

    The first number of a thread's `schedstat` is nanoseconds (Linux, Documentation/scheduler).
    """
    tasks = Path(f"/proc/{process_id}/task")
    try:
        return (
            sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9
        )
    except OSError:
        return float("nan")


@contextmanager
def serving(folder: Path, arguments: list[str], port: int) -> Iterator[Served]:
    """Run Datasette on a snapshot."""
    process = subprocess.Popen(
        [*arguments, "--port", str(port)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        for _ in range(200):
            try:
                connection.request("GET", "/-/versions.json")
                connection.getresponse().read()
                break
            except OSError:
                connection.close()
                time.sleep(0.1)
        yield Served(connection, process.pid)
    finally:
        connection.close()
        process.terminate()
        process.wait()


def stock() -> list[str]:
    """Datasette as it comes: the same file, its counts and time limit, nothing of ours."""
    return [
        *(sys.executable, "-m", "datasette", "serve", "-i", "archive.db"),
        *("--inspect-file", "inspect.json"),
        *("--setting", "sql_time_limit_ms", str(SETTINGS["sql_time_limit_ms"])),
    ]


# ----------------------------------------------------------------------------- addresses


def addresses(database: Path, times: int) -> dict[str, list[str]]:
    """Addresses of every kind of page: common and rare, large and small."""
    chance = random.Random(7)
    with connect_frozen(database) as connection:

        def column(sql: str) -> list:
            return [row[0] for row in connection.execute(sql)]

        uids = column("SELECT uid FROM articles")
        long = column("SELECT uid FROM articles ORDER BY word_count DESC LIMIT 5")
        copied = column(
            "SELECT a.uid FROM article_copies AS c JOIN articles AS a ON a.id = c.article_id "
            "ORDER BY c.group_size DESC LIMIT 5"
        )
        named = column("SELECT entity_id FROM entity_counts ORDER BY articles DESC LIMIT 10")
        entities = column("SELECT entity_id FROM entity_counts")
        measures = column("SELECT value FROM figure_values WHERE facet = 'measure' LIMIT 8")
        places = column("SELECT value FROM figure_values WHERE facet = 'place' LIMIT 8")
        sources = column("SELECT value FROM figure_values WHERE facet = 'source' LIMIT 8")
        things = column("SELECT value FROM figure_values WHERE facet = 'thing' LIMIT 8")
        paragraphs = column("SELECT count(*) FROM paragraphs")[0]
        connection.execute(
            "CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, paragraphs_fts, row)"
        )
        words = connection.execute(
            "SELECT term, doc FROM temp.words WHERE length(term) > 2"
        ).fetchall()
    usual = [word for word, count in words if 0.001 <= count / paragraphs <= 0.05]
    common = sorted((count, word) for word, count in words if count / paragraphs > 0.05)
    filters = [
        *({"measure": each} for each in measures),
        *({"place": each} for each in places),
        *({"source": each} for each in sources),
        *({"counted": each} for each in things),
        *({"kind": "money", "status": each} for each in ("denied", "planned", "alleged")),
        {"measure": measures[0], "since": "2018-01-01", "until": "2018-02-01"},
        {"since": "2018-01-01"},
        {"until": "2016-02-01"},
        {"kind": "count", "status": "denied", "place": places[0]},
        {"measure": measures[0], "after": "2000"},
    ]
    pairs = [" ".join(chance.sample(usual, 2)) for _ in range(times)]
    return {
        "home": ["/"] * times,
        "article": [
            f"/articles/{uid}"
            for uid in [*long, *copied, *chance.sample(uids, min(times, len(uids)))]
        ],
        "entity": [
            f"/entities/{number}"
            for number in [*named, *chance.sample(entities, min(times, len(entities)))]
        ],
        "figures": ["/figures", *(f"/figures?{urlencode(each)}" for each in filters)],
        "search": [
            f"/search?{urlencode({'q': word})}"
            for word in [*chance.sample(usual, min(times, len(usual))), *pairs]
        ],
        "search, common words": [
            f"/search?{urlencode({'q': word})}" for _count, word in common[-times:]
        ],
        "dashboards": ["/dashboards"] * times,
        **query_addresses(database),
    }


COMMONEST = {
    "name": "SELECT e.name FROM entity_counts AS n JOIN entities AS e ON e.id = n.entity_id "
    "ORDER BY n.articles DESC LIMIT 3",
    "place": "SELECT value FROM figure_values WHERE facet = 'place' ORDER BY place LIMIT 3",
    "measure": "SELECT value FROM figure_values WHERE facet = 'measure' ORDER BY place LIMIT 3",
    "unit": "SELECT unit FROM figure_index WHERE unit IS NOT NULL "
    "GROUP BY unit ORDER BY count(*) DESC LIMIT 3",
    "thing": "SELECT value FROM figure_values WHERE facet = 'thing' ORDER BY place LIMIT 3",
    "currency": "SELECT unit FROM claims WHERE kind = 'money' "
    "GROUP BY unit ORDER BY count(*) DESC LIMIT 3",
    "outlet": "SELECT outlet FROM coverage GROUP BY outlet ORDER BY sum(articles) DESC LIMIT 3",
    "uid": "SELECT uid FROM articles ORDER BY word_count DESC LIMIT 3",
    "month": "SELECT month FROM coverage GROUP BY month ORDER BY sum(articles) DESC LIMIT 3",
    "day": "SELECT published_on FROM articles GROUP BY 1 ORDER BY count(*) DESC LIMIT 3",
    "text": "SELECT 'said' UNION SELECT 'police' UNION SELECT 'minis*'",
    "type": "SELECT 'PERSON' UNION SELECT 'ORG' UNION SELECT 'LAW'",
    "status": "SELECT 'planned' UNION SELECT 'alleged' UNION SELECT 'denied'",
    "agency": "SELECT agency FROM articles GROUP BY 1 ORDER BY count(*) DESC LIMIT 3",
    "since": "SELECT min(published_on) FROM articles",
    "kind": "SELECT 'money' UNION SELECT 'count'",
    "claim_id": "SELECT id FROM claims ORDER BY figures DESC LIMIT 3",
    "figure_id": "SELECT figure_id FROM figure_index LIMIT 3",
}
"""The values that find most, by the parameter of a query."""

ALIKE = {"speaker": "name", "one": "name", "other": "name", "body": "name", "source": "name"}
"""Parameters that hold a name of somebody or something."""


def query_addresses(database: Path) -> dict[str, list[str]]:
    """Addresses of every canned query: with its own values, and with those that find most."""
    with connect_frozen(database) as connection:
        values = {
            name: [str(row[0]) for row in connection.execute(sql)]
            for name, sql in COMMONEST.items()
        }
    found = {}
    for query in queries():
        asked = [dict(query.params)] * 2
        for number in range(3):
            common = {
                name: among[(number + (name == "other")) % len(among)]
                for name in query.params
                if (among := values.get(ALIKE.get(name, name)))
            }
            asked.append({**query.params, **common})
        found[f"query {query.name}"] = [
            f"/archive/{query.name}?{urlencode(each)}" for each in asked
        ]
    return found


@dataclass(frozen=True, slots=True)
class Timing:
    """Times of the answers of one kind of page, in milliseconds."""

    median: float
    slowest: float
    processor: float
    most_processor: float
    slowest_path: str

    def line(self, name: str, mark: str = "") -> str:
        """The times in a line."""
        wall = f"{self.median:8.1f} {self.slowest:8.1f}"
        return f"{name:44} {wall} {self.processor:8.1f} {self.most_processor:8.1f}{mark}"


def measure(server: Served, paths: list[str]) -> Timing:
    """Time the answers, after one warm-up.

    An answer that is no page counts as infinitely slow.
    """
    server.get(paths[0])
    timed, processor = [], []
    for path in paths:
        wall, spent, status = server.get(path)
        timed.append((wall if status == 200 else float("inf"), path))
        processor.append(spent)
    slowest, path = max(timed)
    median = statistics.median(wall for wall, _path in timed)
    return Timing(median, slowest, statistics.median(processor), max(processor), path)


def main() -> int:
    """Make the archive, ask the pages and print; exit code 1 where one is out of bounds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--port", type=int, default=8765)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        db = folder / f"articles{options.articles}.db"
        if not db.exists():
            start = time.perf_counter()
            multiply(base_archive(folder), db, options.articles)
            made = "news" if NEWS.is_dir() else "sample documents of " + ROOT.name
            print(f"rows made of {made} in {time.perf_counter() - start:.0f} s")
        snapshot = snapshots.newest(db)
        if snapshot is None or snapshots.is_stale(db):
            start = time.perf_counter()
            snapshots.create(db)
            print(f"snapshot made in {time.perf_counter() - start:.0f} s")
        return report(snapshots.newest(db).path, options.times, options.port)


def report(snapshot: Path, times: int, port: int) -> int:
    """Ask both servers, one after the other, and print a line a page."""
    tables = json.loads((snapshot / "inspect.json").read_text())["archive"]["tables"]
    size = (snapshot / "archive.db").stat().st_size / 1e6
    counts = ", ".join(f"{tables[n]['count']:,} {n}" for n in ("articles", "paragraphs", "figures"))
    print(f"{counts}; {size:,.0f} MB")
    asked = addresses(snapshot / "archive.db", times)
    print(f"{'milliseconds':44} {'median':>8} {'slowest':>8}   {'of the processor':>16}")
    alike = {
        "figures": ["/archive/figures?_facet=kind&_facet=measure"] * 5,
        "search": [
            path.replace("/search?q", "/archive/paragraphs?_search") for path in asked["search"]
        ],
    }
    stock_times = {}
    with serving(snapshot, stock(), port) as datasette:
        for name, paths in alike.items():
            stock_times[name] = measure(datasette, paths)
            print(
                stock_times[name].line(f"stock Datasette: {paths[0].partition('=')[0]}"), flush=True
            )
    ours = server.command(host="127.0.0.1", port=port, public=False, metadata=server.METADATA)
    ours = ours[: ours.index("--port")] + ours[ours.index("--port") + 2 :]
    failed = 0
    with serving(snapshot, ours, port) as archive:
        for name, paths in asked.items():
            if not paths:
                continue
            timing = measure(archive, paths)
            bound = SLOWEST if "common" in name else MEDIAN
            is_within = timing.median <= bound and timing.slowest <= SLOWEST
            failed += not is_within
            mark = "" if is_within else f"  OUT OF BOUNDS {timing.slowest_path}"
            if name in stock_times:
                mark += f"  {stock_times[name].median / timing.median:.1f} times stock"
            print(timing.line(name, mark), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
