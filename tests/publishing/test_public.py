"""The profile for the internet: bounds of what strangers can ask, and what they are told."""

import asyncio
import json
import sqlite3
import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import httpx
import pytest
import yaml
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st

from archive.publishing import server, settings, snapshots
from archive.publishing.bounds import bound, whole_values
from archive.publishing.manifest import INSPECT
from archive.publishing.settings import PUBLIC_SETTINGS, Serving

ROOT = Path(__file__).resolve().parents[2]


def _hostile():
    """The command `benchmarks/hostile.py` as a module."""
    spec = spec_from_file_location("hostile", ROOT / "benchmarks" / "hostile.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hostile = _hostile()


def made(database: Path) -> Datasette:
    """Datasette on a snapshot's database, set up as `archive serve --public` does."""
    return Datasette(
        [],
        immutables=[str(database)],
        inspect_data=json.loads((database.parent / INSPECT).read_text(encoding="utf-8")),
        metadata=yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8")),
        plugins_dir=str(server.PLUGINS),
        template_dir=str(server.TEMPLATES),
        settings={
            name: {"on": True, "off": False}.get(value, value)
            for name, value in PUBLIC_SETTINGS.items()
        },
    )


@pytest.fixture
def public(published: Path, monkeypatch) -> Datasette:
    """The published sample archive, open to strangers."""
    for name, value in Serving(is_public=True).environment.items():
        monkeypatch.setenv(name, value)
    return made(published)


def ask(site: Datasette, method: str, path: str, **options) -> httpx.Response:
    """The answer to a request, within this process."""
    return asyncio.run(site.client.request(method, path, **options))


def get(site: Datasette, path: str, **options) -> httpx.Response:
    """The answer to a GET."""
    return ask(site, "GET", path, **options)


@pytest.fixture(scope="module")
def bounded() -> sqlite3.Connection:
    """A connection that strangers use."""
    connection = sqlite3.connect(":memory:")
    bound(connection)
    return connection


# ---------------------------------------------------------------------- memory and time


@pytest.mark.parametrize("name", hostile.BOMBS)
def test_each_bomb_fails_cheaply(public, name):
    """What eats time or memory is refused or answered within seconds, never an error of ours."""
    begun = time.monotonic()
    answer = get(public, "/archive.json", params={"sql": hostile.BOMBS[name], "_shape": "objects"})
    assert answer.status_code in (200, 400, 414, 503)
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("select zeroblob(900000000)", "too big"),
        (hostile.BOMBS["many large rows"], "8 MB"),
        (hostile.BOMBS["recursion without end"], "too long"),
        ("select load_extension('x')", "not authorized"),
        ("select fts3_tokenizer('simple')", "not authorized"),
        ("select * from pragma_hard_heap_limit(1)", "disallowed PRAGMA"),
    ],
)
def test_a_refusal_says_why(public, sql, told):
    """The bound that was met is told with status 400, in JSON and on the page."""
    answer = get(public, "/archive.json", params={"sql": sql})
    assert answer.status_code == 400
    assert told in json.dumps(answer.json())
    assert get(public, "/archive", params={"sql": sql}).status_code == 400


@pytest.mark.parametrize(
    "sql",
    [
        "PRAGMA writable_schema = on",
        "PRAGMA hard_heap_limit = 1",
        "ATTACH ':memory:' AS other",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x (y)",
        "DELETE FROM sqlite_master",
        "BEGIN",
    ],
)
def test_a_connection_only_reads(bounded, sql):
    """Even what is not checked by Datasette cannot write, attach or change the process."""
    with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|may not be modified"):
        bounded.execute(sql)


@given(
    st.sampled_from(["instr(?1, ?2)", "replace(?1, ?2, ?3)", "trim(?1, ?2)", "ltrim(?1, ?2)"]),
    st.tuples(
        *[
            st.one_of(
                st.none(),
                st.integers(-(2**53), 2**53),
                st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8),
            )
        ]
        * 3
    ),
)
def test_functions_in_bounds_are_sqlites(sql, values):
    """Functions that are replaced give what SQLite's own give."""
    plain, held = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    bound(held)
    told = [each.execute(f"SELECT {sql}, ?3", values).fetchone()[0] for each in (plain, held)]
    plain.close()
    held.close()
    assert told[0] == told[1]


@pytest.mark.parametrize(
    "sql",
    [
        "printf('%5.2f|%s|%,d', 3.14159, 'é', 1234567)",
        "printf('%.*c', 5, 'x')",
        "format('%08.3e', 12.5)",
        "printf(NULL)",
        "rtrim(12.5, '5')",
        "replace(1.0, '.', 'x')",
        "instr(x'010203', x'03')",
    ],
)
def test_formats_in_bounds_are_sqlites(bounded, sql):
    """So do formats, of numbers too."""
    (plain,) = sqlite3.connect(":memory:").execute(f"SELECT {sql}").fetchone()
    (held,) = bounded.execute(f"SELECT {sql}").fetchone()
    assert plain == held


def test_raw_bytes_longer_than_a_value_can_be_fetched(public, rows):
    """SQL cannot read a long source, the address of its bytes gives it whole."""
    noise = "".join(chr(97 + (i * i * 7 + i // 3) % 26) for i in range(2_000))
    rows.article("a.txt", "One", noise, published_on="2025-07-01")
    long = noise.encode() * 700
    rows.connection.execute(
        "UPDATE source_contents SET content = ?, compression = 'none', text = NULL", (long,)
    )
    (uid,) = rows.connection.execute("SELECT uid FROM articles").fetchone()
    site = made(snapshots.create(rows.commit()) / "archive.db")
    answer = get(site, f"/articles/{uid}/source")
    assert (answer.status_code, len(answer.content)) == (200, len(long))
    sql = "select length(hex(content)) from source_contents"
    assert get(site, "/archive.json", params={"sql": sql}).status_code == 400


def test_the_bound_is_back_after_a_whole_value(bounded):
    """Lifting the bound ends with the block."""
    with whole_values(bounded):
        assert bounded.execute("SELECT length(hex(zeroblob(900000)))").fetchone()[0] == 1_800_000
    with pytest.raises(sqlite3.DataError):
        bounded.execute("SELECT length(hex(zeroblob(900000)))").fetchone()


# ---------------------------------------------------------------------- what is told


@pytest.mark.parametrize(
    "path",
    [
        *("/-/databases", "/-/databases.json", "/-/threads.json", "/-/plugins.json", "/-/settings"),
        *("/-/metadata.json", "/-/versions.json", "/-/actor.json", "/-/permissions", "/-/config"),
        *("/-/allow-debug", "/-/auth-token?token=x", "/-/logout", "/-/messages", "/-/patterns"),
        "/%2D/databases.json",
    ],
)
def test_the_machine_is_not_told_of(public, path):
    """What Datasette tells of itself is not there for strangers."""
    answer = get(public, path)
    assert answer.status_code == 404
    assert "archive.db" not in answer.text


def test_no_path_of_the_machine_is_told(public, published):
    """Neither SQL nor a page names the folder of the file."""
    folder = str(published.parent)
    for path in ("/", "/.json", "/archive.json", "/archive", "/archive/articles.json", "/nothing"):
        assert folder not in get(public, path).text
    answer = get(public, "/archive.json?sql=select+*+from+pragma_database_list&_shape=array")
    assert answer.json() == []


@pytest.mark.parametrize("path", ["/", "/archive", "/api/articles.json", "/nothing", "/-/threads"])
def test_every_answer_has_the_security_headers(public, path):
    """Pages, JSON, errors and refusals alike; nothing about TLS, which is the proxy's."""
    headers = get(public, path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"].endswith("same-origin")
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers
    assert "set-cookie" not in headers


# ---------------------------------------------------------------------- what may be asked


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/archive", "/api/articles.json", "/archive/articles"])
def test_nothing_can_be_written(public, method, path):
    """Every other method is refused, with those that are not."""
    answer = ask(public, method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "path", ["/", "/api/articles.json", "/archive.db", "/archive/articles.csv"]
)
def test_head_is_get_without_a_body(public, path):
    """Status and headers are those of GET."""
    head, whole = ask(public, "HEAD", path), get(public, path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]


def test_a_facet_is_a_column(public):
    """What is none is an error of the asker."""
    for facet in ("nothing", "{a}", "", "]"):
        answer = get(public, "/archive/figures.json", params={"_facet": facet, "_size": "0"})
        assert answer.status_code in (200, 400)


def test_addresses_and_bodies_are_bounded(public):
    """Too long an address is 414, a body 413, a path that is none 400; 10 kB of search is fine."""
    assert get(public, f"/search?q={'x' * 10_000}").status_code == 200
    assert get(public, f"/search?q={'x' * 40_000}").status_code == 414
    assert ask(public, "GET", "/", content=b"x").status_code == 413
    assert get(public, "//evil.example/").status_code == 400


def test_a_public_server_knows_nobody(public):
    """Cookies and credentials change nothing, not even what may be kept; broken ones do no harm."""
    plain = get(public, "/api/articles.json")
    for headers in ({"cookie": "ds_actor=x; a b=\x7f"}, {"authorization": "Bearer x"}):
        answer = get(public, "/api/articles.json", headers=headers)
        assert answer.headers["cache-control"] == plain.headers["cache-control"]
        assert answer.content == plain.content


def test_too_many_at_once_are_told_to_come_again(public):
    """Of more requests at a time than the bound, some get 503 with a time to wait."""

    async def crowd() -> list[httpx.Response]:
        await public.invoke_startup()
        transport = httpx.ASGITransport(app=public.app())
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            asked = [client.get("/api/articles.json") for _ in range(settings.MOST_AT_ONCE + 20)]
            return await asyncio.gather(*asked)

    answers = asyncio.run(crowd())
    refused = [answer for answer in answers if answer.status_code == 503]
    assert len(refused) == 20
    assert all(answer.headers["retry-after"] for answer in refused)
    assert {answer.status_code for answer in answers} == {200, 503}


# ---------------------------------------------------------------------- options


def test_robots_may_be_let_in_or_not(public, monkeypatch):
    """By default pages of articles may be listed; told not to, nothing may."""
    rules = get(public, "/robots.txt").text
    assert "Disallow: /archive\n" in rules
    assert "Disallow: /\n" not in rules
    assert "x-robots-tag" not in get(public, "/").headers
    monkeypatch.setenv("ARCHIVE_ROBOTS", "0")
    assert "Disallow: /\n" in get(public, "/robots.txt").text
    assert get(public, "/").headers["x-robots-tag"] == "noindex, nofollow"


def test_scripts_of_other_sites_may_read_or_not(public, monkeypatch):
    """CORS is off unless asked for; then answers and preflights allow it."""
    path = "/api/articles.json"
    assert "access-control-allow-origin" not in get(public, path).headers
    assert "access-control-allow-origin" not in ask(public, "OPTIONS", path).headers
    monkeypatch.setenv("ARCHIVE_CORS", "1")
    for answer in (get(public, path), get(public, "/api/nothing"), ask(public, "OPTIONS", path)):
        assert answer.headers["access-control-allow-origin"] == "*"
    assert "--cors" in server.command(
        host="h", port=1, public=True, metadata=server.METADATA, cors=True
    )


def test_how_it_is_served_reaches_the_plugins(monkeypatch):
    """What the command is told, its environment tells the server's plugins."""
    for how in (Serving(), Serving(is_public=True, allows_robots=False, allows_scripts=True)):
        for name, value in server.environment(how).items():
            monkeypatch.setenv(name, value)
        assert settings.serving() == how


# ---------------------------------------------------------------------- downloads


def test_a_download_can_be_resumed(public, published):
    """Ranges give the bytes they name; with another tag the file is sent from its beginning."""
    whole = published.read_bytes()
    answer = get(public, "/archive.db")
    tag = answer.headers["etag"]
    assert answer.content == whole
    assert "transfer-encoding" not in answer.headers
    for asked, start, end in (
        ("bytes=0-99", 0, 100),
        ("bytes=1000-", 1000, len(whole)),
        ("bytes=-50", len(whole) - 50, len(whole)),
        (f"bytes=5-{10**12}", 5, len(whole)),
    ):
        part = get(public, "/archive.db", headers={"range": asked, "if-range": tag})
        assert (part.status_code, part.content) == (206, whole[start:end])
        assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{len(whole)}"
    for headers in ({"range": "bytes=0-1", "if-range": '"other"'}, {"range": "bytes=9-3"}):
        assert get(public, "/archive.db", headers=headers).content == whole
    beyond = get(public, "/archive.db", headers={"range": f"bytes={len(whole)}-"})
    assert beyond.status_code == 416
    assert get(public, "/archive.db", headers={"if-none-match": tag}).status_code == 304
