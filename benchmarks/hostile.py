"""Ask a public server what nobody should: random requests of the API, SQL and searches.

    python benchmarks/hostile.py api --cases 5000    # schemathesis against the API's description
    python benchmarks/hostile.py sql --cases 5000    # SQL and searches against `--public`
    python benchmarks/hostile.py bombs               # each known way to eat time or memory, alone

`api` asks within this process; the others start `archive serve --public` and watch how much memory
the server takes. Each prints what it found, and exits with 1 where an answer was an error of the
server, or the memory went over the bound. The archive is that of the sample documents, or `--db`.
"""

import argparse
import asyncio
import contextlib
import json
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import yaml
from datasette.app import Datasette

from archive import pipeline
from archive.publishing import server, snapshots
from archive.publishing.manifest import INSPECT
from archive.publishing.settings import PUBLIC_SETTINGS
from archive.reading.meta import overlay, read_metadata
from archive.records import Metadata
from archive.resources import ROOT

BOUND = 1 << 30
"""Bytes of memory that a public server of the sample archive may take, whatever is asked."""

_PATIENCE = 60.0
"""Seconds after which an answer is given up."""


# ------------------------------------------------------------------------------- archive


def sample(folder: Path) -> Path:
    """Store the sample documents; path of the archive."""
    db = folder / "archive.db"
    table = read_metadata(ROOT / "seeds" / "meta.csv")
    pipeline.ingest(
        [ROOT / "seeds" / "documents"],
        db,
        metadata_for=lambda name: overlay(Metadata(), table.find(name)),
        name_prefix="",
    )
    return db


def published(db: Path) -> Path:
    """Database of the newest snapshot, made where there is none."""
    newest = None if snapshots.is_stale(db) else snapshots.newest(db)
    return (newest.path if newest else snapshots.create(db)) / "archive.db"


# ------------------------------------------------------------------------------- the API


def site(database: Path) -> Datasette:
    """Datasette on a snapshot's database, set up as `archive serve --public` does."""
    settings = {"on": True, "off": False}
    return Datasette(
        [],
        immutables=[str(database)],
        inspect_data=json.loads((database.parent / INSPECT).read_text(encoding="utf-8")),
        metadata=yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8")),
        plugins_dir=str(server.PLUGINS),
        template_dir=str(server.TEMPLATES),
        settings={name: settings.get(value, value) for name, value in PUBLIC_SETTINGS.items()},
    )


def known(database: Path) -> dict[str, list[Any]]:
    """Names and numbers that the archive has, so that some requests find something."""
    with contextlib.closing(sqlite3.connect(database)) as connection:

        def column(sql: str) -> list[Any]:
            return [row[0] for row in connection.execute(f"{sql} LIMIT 50")]

        return {
            "uid": column("SELECT uid FROM articles"),
            "id": column("SELECT id FROM entities"),
            "entity": column("SELECT id FROM entities"),
            "outlet": column("SELECT name FROM outlets"),
            "place": column("SELECT name FROM entities WHERE type = 'GPE'"),
            "q": [*column("SELECT name FROM entities"), '"', "NEAR(", "a*", "*", "\u0000"],
        }


def fuzz_api(database: Path, cases: int) -> list[str]:
    """Send requests that schemathesis makes of the description; faults, each in a line or more.

    Half are right by the description, half wrong. Each answer must have a status that the
    description names, its media type and schema, and no wrong request may be answered as right.
    """
    import schemathesis  # noqa: PLC0415 - of this command alone
    from schemathesis.core.failures import FailureGroup  # noqa: PLC0415

    served = site(database)
    asyncio.run(served.invoke_startup())
    refused = ["400", "404", "414"]
    config = schemathesis.Config.from_dict(
        {"checks": {"negative_data_rejection": {"expected-statuses": refused}}}
    )
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", served.app(), config=config)
    operations = [found.ok() for found in schema.get_all_operations()]
    real = known(database)
    statuses: Counter[int] = Counter()
    faults: list[str] = []
    each = -(-cases // (2 * len(operations)))
    for operation in operations:
        for mode in schemathesis.GenerationMode:

            def check(case: Any, label: str = f"{operation.label} {mode.value}") -> None:
                answer = case.call()
                statuses[answer.status_code] += 1
                try:
                    case.validate_response(answer)
                except (Exception, FailureGroup) as error:  # whatever the checks raise
                    faults.append(f"{label}: {error}")

            is_right = mode == schemathesis.GenerationMode.POSITIVE
            made = operation.as_strategy(generation_mode=mode)
            _each(made, check, cases=each, real=real if is_right else {})
    print(f"{sum(statuses.values())} requests; answers by status: {dict(sorted(statuses.items()))}")
    return faults


def _each(
    made: Any, check: Callable[[Any], None], *, cases: int, real: dict[str, list[Any]]
) -> None:
    """Check so many of the requests that a strategy makes."""
    from hypothesis import HealthCheck, Phase, given, settings  # noqa: PLC0415
    from hypothesis import strategies as st  # noqa: PLC0415

    @settings(
        max_examples=cases,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=made, data=st.data())
    def run(case: Any, data: Any) -> None:
        _make_real(case, data, real)
        check(case)

    run()


def _make_real(case: Any, data: Any, real: dict[str, list[Any]]) -> None:
    """Give half of the known parameters of a request a value that the archive has."""
    from hypothesis import strategies as st  # noqa: PLC0415

    for values in (case.path_parameters, case.query):
        for name in list(values or ()):
            if real.get(name) and data.draw(st.booleans()):
                values[name] = data.draw(st.sampled_from(real[name]).filter(_is_allowed))


def _is_allowed(value: Any) -> bool:
    return not (isinstance(value, str) and "\0" in value)


# ------------------------------------------------------------------------------- the server


class Public:
    """A public server in a process of its own, and the most memory it took."""

    def __init__(self, db: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        program = (
            "import sys; from pathlib import Path; from archive.publishing.server import serve; "
            "sys.exit(serve(Path(sys.argv[1]), port=int(sys.argv[2]), public=True))"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", program, str(db), str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}", timeout=_PATIENCE, trust_env=False
        )
        self.peak = 0
        self._stop = threading.Event()

    def __enter__(self) -> "Public":
        deadline = time.monotonic() + _PATIENCE
        while True:
            with contextlib.suppress(httpx.TransportError):
                self.client.get("/robots.txt")
                break
            if time.monotonic() > deadline:
                raise TimeoutError("The server does not answer.")
            time.sleep(0.1)
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self.client.close()
        self._process.terminate()
        self._process.wait()

    def memory(self) -> int:
        """Bytes of memory that the server and what it started hold now (Linux)."""
        total, ids = 0, [self._process.pid]
        while ids:
            number = ids.pop()
            folder = Path(f"/proc/{number}")
            with contextlib.suppress(OSError):
                children = (folder / f"task/{number}/children").read_text().split()
                ids += map(int, children)
                resident = (folder / "statm").read_text().split()[1]
                total += int(resident) * 4096
        return total

    def _watch(self) -> None:
        while not self._stop.wait(0.01):
            self.peak = max(self.peak, self.memory())

    def ask(self, path: str, **params: str) -> tuple[int, float]:
        """Status of an answer, its length aside, and seconds; 599 where there was none."""
        begun = time.perf_counter()
        try:
            with self.client.stream("GET", path, params=params) as answer:
                for _block in answer.iter_raw():
                    pass
                status = answer.status_code
        except httpx.TransportError:
            status = 599
        return status, time.perf_counter() - begun


# ------------------------------------------------------------------------------- statements

_AS = "replace(hex(zeroblob(499000)), '0', 'a')"
BOMBS: dict[str, str] = {
    "zeroblob": "select zeroblob(900000000)",
    "hex of zeroblob": "select hex(zeroblob(900000))",
    "printf": "select printf('%.*c', 900000000, 'x')",
    "printf width": "select printf('%900000000d', 1)",
    "wide row": "select " + ", ".join(["zeroblob(999999)"] * 100),
    "wide row of one value": f"select {', '.join('x' * 100)} from (select zeroblob(999999) as x)",
    "many large rows": "with recursive n(i) as (select 1 union all select i + 1 from n) "
    "select zeroblob(999999) from n limit 1000",
    "large rows of control characters": "with recursive n(i) as (select 1 union all "
    "select i + 1 from n) select printf('%.*c', 100000, char(1)) from n limit 150",
    "registers": "select " + " + ".join(f"length(zeroblob(9{i:05d}) || 'a')" for i in range(600)),
    "joined registers": "select count(*) from "
    + ", ".join(f"(select randomblob(999{i:03d}) as x)" for i in range(60)),
    "group_concat": "with recursive n(i) as (select 1 union all select i + 1 from n limit 1000000) "
    "select group_concat('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa') from n",
    "json_group_array": "with recursive n(i) as (select 1 union all select i + 1 from n) "
    "select json_group_array(hex(randomblob(1000))) from n",
    "many aggregates": "with recursive n(i) as (select 1 union all select i + 1 from n limit 9000) "
    "select " + ", ".join(f"group_concat(i + {i})" for i in range(90)) + " from n",
    "window of texts": "with recursive n(i) as (select 1 union all select i + 1 from n limit 9000) "
    "select max(length(x)) from (select group_concat(hex(zeroblob(90))) over (order by i) as x "
    "from n)",
    "replace that grows": f"select length(replace({_AS}, 'a', {_AS}))",
    "replace in vain": f"select length(replace({_AS}, substr({_AS}, 1, 500000) || 'b', 'c'))",
    "instr": f"select instr({_AS}, substr({_AS}, 1, 500000) || 'b')",
    "trim": f"select length(trim({_AS}, substr(hex(randomblob(400000)), 1, 800000) || 'a'))",
    "LIKE": "with recursive n(i) as (select 1 union all select i + 1 from n) "
    f"select count(*) from n, (select {_AS} as x) where x || i like '{'%a' * 95}%b'",
    "GLOB": "with recursive n(i) as (select 1 union all select i + 1 from n) "
    f"select count(*) from n, (select {_AS} as x) where x || i glob '{'*a' * 95}*b'",
    "GLOB many in one step": "select "
    + " + ".join([f"(x glob '{'*a' * 95}*b')"] * 40)
    + f" from (select {_AS} as x)",
    "recursion without end": "with recursive n(i) as (select 1 union all select i + 1 from n) "
    "select count(*) from n",
    "recursion of texts": "with recursive n(x) as (select 'a' union all select x || x from n) "
    "select length(x) from n",
    "recursion that is kept": "with recursive n(x) as (select hex(randomblob(400000)) union "
    "select hex(randomblob(400000)) from n) select count(*) from n",
    "sorting large rows": "with recursive n(i) as (select 1 union all select i + 1 from n) "
    "select * from (select randomblob(900000) as x from n) order by x limit 1",
    "cross join": "select count(*) from paragraphs, paragraphs as b, paragraphs as c, mentions",
    "cross join of texts": "select a.text || b.text || c.text from paragraphs as a, "
    "paragraphs as b, paragraphs as c order by 1",
    "large IN": f"select 1 in ({', '.join(map(str, range(4000)))})",
    "large VALUES": f"values {', '.join(['(1)'] * 4000)}",
    "deep expression": f"select {'(' * 5000}1{')' * 5000}",
    "long chain": f"select {' or '.join(['1 = 2'] * 3000)}",
    "many unions": " union all ".join(["select 1"] * 1500),
    "deep JSON": "select json_extract(printf('%.*c', 900000, '['), '$[0]')",
    "wide JSON": "select count(*) from json_tree('[' || "
    "substr(replace(hex(zeroblob(240000)), '00', '[],'), 1, 700000) || '1]')",
    "search for any beginning": "select count(*) from paragraphs_fts where paragraphs_fts match "
    "'a* OR b* OR c* OR d* OR e* OR f* OR g* OR h* OR i* OR j* OR s* OR t*'",
    "search of many words": "select count(*) from paragraphs_fts where paragraphs_fts match "
    "substr(replace(hex(zeroblob(40000)), '00', 'the OR '), 1, 270000) || 'a'",
    "search NEAR": "select count(*) from paragraphs_fts where paragraphs_fts match "
    "'NEAR(the of the of the of the of the of, 1000000)'",
    "snippets": "select snippet(paragraphs_fts, 0, printf('%.*c', 900000, 'x'), '', '', 64) "
    "from paragraphs_fts where paragraphs_fts match 'the OR a OR of OR in'",
    "table of sizes": "select sum(pgsize) from dbstat, dbstat as b, dbstat as c",
    "other heap": "select * from pragma_hard_heap_limit(1000)",
    "tokenizer's address": "select hex(fts3_tokenizer('simple'))",
    "another tokenizer": "select fts3_tokenizer('evil', x'4141414141414141')",
    "a library": "select load_extension('libc')",
    "path of the file": "select file from pragma_database_list",
}
"""Statements known to eat time or memory, or to tell or change what nobody should."""

_CLAUSES = (
    *("select", "from", "where", "group by", "having", "order by", "limit", "union", "with"),
    *(
        "recursive",
        "values",
        "(",
        ")",
        ",",
        "*",
        "+",
        "||",
        "=",
        "<",
        "like",
        "glob",
        "match",
        "in",
    ),
    *("exists", "distinct", "as", "join", "left join", "on", "case when", "then", "end", "null"),
    *("is", "not", "and", "or", "between", "collate nocase", "over", "partition by", "filter"),
    *("pragma", "attach", "detach", "insert into", "delete from", "drop table", "create table"),
    *(
        "explain",
        "vacuum",
        "begin",
        ";",
        "--",
        "/*",
        "*/",
        ":p",
        "?",
        "cast",
        "escape",
        "indexed by",
    ),
)
_VALUES = (
    *("1", "0", "-1", "9223372036854775807", "9223372036854775808", "1e308", "1e999", "0x7f", "''"),
    *(
        "'a'",
        "x'00'",
        "x'ff'",
        "'%'",
        "char(0)",
        "char(55296)",
        "'\u00e9'",
        "'{}'",
        "'[1,2'",
        "'$.a'",
    ),
    *(
        "zeroblob(999999)",
        "randomblob(9)",
        "printf('%.*c', 99999, 'x')",
        "1/0",
        "random()",
        "'now'",
    ),
)
_FUNCTIONS = (
    *("length", "upper", "hex", "quote", "typeof", "unicode", "abs", "sum", "count", "avg", "max"),
    *("group_concat", "json", "json_extract", "json_each", "json_group_array", "json_group_object"),
    *("date", "strftime", "julianday", "replace", "instr", "substr", "trim", "printf", "round"),
    *("snippet", "bm25", "highlight", "escape_fts", "zeroblob", "likely", "nullif", "coalesce"),
    *(
        "iif",
        "char",
        "soundex",
        "sqlite_version",
        "row_number",
        "ntile",
        "lag",
        "pow",
        "sqrt",
        "log",
    ),
)
_LETTERS = (
    "abcdefghijklmnopqrstuvwxyz      0123456789'\"`;:%_*^$#@!?/\\|&()[]{}<>=+-~.,"
    "\x00\x01\t\n\r\u00e9\u0130\u4e2d\u202e\ufeff\ufffd\U0001f600"
)
_SEARCH_WORDS = (
    "NEAR(",
    "AND",
    "OR",
    "NOT",
    '"',
    "*",
    "^",
    "iran",
    "president",
    "the",
    "text:",
    "+",
    "{a}:",
)


def random_sql(chance: random.Random, names: list[str]) -> str:
    """A statement: mostly words of the language in disorder, now and then one that runs."""
    if chance.random() < 0.3:
        value, name = chance.choice(_VALUES), chance.choice(names)
        function = chance.choice(_FUNCTIONS)
        others = "".join(f", {chance.choice(_VALUES)}" for _ in range(chance.randrange(3)))
        return f"select {function}({value}{others}) from {name} limit {chance.choice(_VALUES)}"
    words = chance.choices((*_CLAUSES, *_VALUES, *_FUNCTIONS, *names), k=chance.randint(1, 40))
    return f"select {' '.join(words)}" if chance.random() < 0.8 else " ".join(words)


def random_text(chance: random.Random) -> str:
    """What somebody might type or paste into a search."""
    if chance.random() < 0.4:
        return " ".join(chance.choices(_SEARCH_WORDS, k=chance.randint(1, 30)))
    length = chance.choice((1, 3, 10, 100, 3_000))
    return "".join(chance.choices(_LETTERS, k=chance.randint(1, length)))


def requests(chance: random.Random, names: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Addresses and parameters without end, half of them SQL, half searches and filters."""
    formats = ("/archive.json", "/archive.csv", "/archive")
    searches: tuple[Callable[[str], tuple[str, dict[str, str]]], ...] = (
        lambda text: ("/search", {"q": text}),
        lambda text: ("/api/search.json", {"q": text}),
        lambda text: ("/api/entities.json", {"q": text}),
        lambda text: ("/archive/paragraphs.json", {"_search": text}),
        lambda text: ("/archive/paragraphs", {"_search": text, "_searchmode": "raw"}),
        lambda text: ("/archive/search_paragraphs.json", {"text": text}),
        lambda text: ("/archive/figures.json", {"counted__contains": text, "_facet": text}),
        lambda text: ("/archive/figures", {"_sort": text, "_size": text}),
        lambda text: ("/archive/articles.json", {"_next": text, "_where": text}),
        lambda text: ("/archive/entities.csv", {text or "x": text, "_stream": "on"}),
        lambda text: ("/figures", {"place": text, "counted": text, "since": text}),
        lambda text: ("/figures.csv", {"source": text, "unit": text, "until": text}),
        lambda text: (f"/articles/{quote(text, safe='')}", {}),
        lambda text: (f"/{quote(text, safe='/')}", {text: text}),
    )
    while True:
        if chance.random() < 0.5:
            sql = random_sql(chance, names)
            yield chance.choice(formats), {"sql": sql, "p": random_text(chance)[:50]}
        else:
            yield chance.choice(searches)(random_text(chance))


def names_of(database: Path) -> list[str]:
    """Tables and views of the archive, those of SQLite too, and some columns."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        found = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
    columns = ["id", "text", "rowid", "name", "published_on", "rank", "content"]
    return (
        [f"[{name}]" for name in found] + columns + ["sqlite_master", "dbstat", "json_each('[1]')"]
    )


def fuzz_server(db: Path, cases: int, seed: int) -> list[str]:
    """Send random SQL and searches to a public server; faults, each in a line."""
    names = names_of(published(db))
    statuses: Counter[int] = Counter()
    faults, slowest = [], (0.0, "")
    made = requests(random.Random(seed), names)
    with Public(db) as public:
        public.ask("/")
        before = public.memory()
        for _ in range(cases):
            path, params = next(made)
            status, seconds = public.ask(path, **params)
            statuses[status] += 1
            slowest = max(slowest, (seconds, f"{path} {str(params)[:300]}"))
            if status >= 500 and status != 503:
                faults.append(f"{status}: {path} {params!r}"[:600])
        peak = public.peak
    print(f"{cases} requests (seed {seed}); answers by status: {dict(sorted(statuses.items()))}")
    print(f"slowest {slowest[0]:.2f} s: {slowest[1]}")
    return faults + _too_much(peak, before)


def explode(db: Path) -> list[str]:
    """Send each known bomb alone, then all of them at once; faults, each in a line."""
    faults = []
    published(db)
    with Public(db) as public:
        public.ask("/")
        before = public.memory()
        for name, sql in BOMBS.items():
            public.peak = 0
            told = {
                ending: public.ask(f"/archive{ending}", sql=sql) for ending in ("", ".json", ".csv")
            }
            line = "  ".join(f"{status} {seconds:5.2f} s" for status, seconds in told.values())
            print(f"{name:34} {line}  {public.peak >> 20:5} MB")
            faults += [
                f"{status}: {name}"
                for status, _ in told.values()
                if status >= 500 and status != 503
            ]
            faults += [f"{seconds:.1f} s: {name}" for _, seconds in told.values() if seconds > 10]
            faults += _too_much(public.peak, before, quiet=True)
        public.peak = 0
        with ThreadPoolExecutor(16) as pool:
            asked = pool.map(
                lambda sql: public.ask("/archive.json", sql=sql), 2 * list(BOMBS.values())
            )
            statuses = Counter(status for status, _seconds in asked)
        print(f"all at once, twice, 16 at a time: {dict(sorted(statuses.items()))}")
        faults += _too_much(public.peak, before)
        status, seconds = public.ask("/")
        print(f"the home page afterwards: {status} in {seconds:.2f} s")
    return faults


def _too_much(peak: int, before: int, *, quiet: bool = False) -> list[str]:
    if not quiet:
        told = f"{before >> 20} MB before, {peak >> 20} MB at most"
        print(f"memory: {told}; the bound is {BOUND >> 20} MB")
    return [f"{peak >> 20} MB of memory were taken."] if peak > BOUND else []


def main() -> int:
    """Do what the command line asks; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("api", "sql", "bombs"))
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--db", type=Path, help="an archive, instead of the sample documents")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = given.db or sample(Path(folder))
        if given.what == "api":
            faults = fuzz_api(published(db), given.cases)
        elif given.what == "sql":
            faults = fuzz_server(db, given.cases, given.seed)
        else:
            faults = explode(db)
    print("\n".join([f"{len(faults)} faults", *faults[:40]]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
