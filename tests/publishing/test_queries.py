"""The canned queries: that there are enough, that they find rows, and that none reads too much."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.publishing.definitions import GROUPS, DefinitionError, queries
from archive.publishing.functions import register_search

BIG = {
    *("articles", "paragraphs", "mentions", "figures", "dates", "quotes", "reported_statements"),
    *("aliases", "entities", "article_pairs", "paragraph_pairs"),
}
"""Tables that grow with the archive; no query may read one of them from end to end."""

EXCEPTIONS = {
    "copied_passages": "reads the dates of articles in the order of their index, and stops as "
    "soon as it has its rows",
    "corrected_articles": "reads an index of the snapshot that holds only articles which their "
    "publisher corrected or cancelled",
}
"""Queries that read an index of a big table from its end, and why that is little."""

LARGER = 1000
"""How many times the sample archive the query planner is told that the archive is."""


def larger(statistics: str) -> str:
    """The row of `sqlite_stat1` that an archive so many times larger would have.

    The first number counts rows; each further one the rows that agree in so many columns of the
    index. What has few values (kinds, outlets) has the same few in a large archive, each of them
    more often; what has many (names, keys) has more.
    """
    rows, *rest = statistics.split(" ")
    grown = [
        str(int(each) * LARGER) if each.isdigit() and int(each) * 20 >= int(rows) else each
        for each in rest
    ]
    return " ".join([str(int(rows) * LARGER), *grown])


@pytest.fixture(scope="module")
def planned(published: Path, tmp_path_factory: pytest.TempPathFactory):
    """The published sample archive, with the statistics of a larger one: plans are made by them."""
    path = tmp_path_factory.mktemp("planned") / "archive.db"
    shutil.copyfile(published, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        found = connection.execute("SELECT rowid, stat FROM sqlite_stat1").fetchall()
        connection.executemany(
            "UPDATE sqlite_stat1 SET stat = ? WHERE rowid = ?",
            [(larger(statistics), row) for row, statistics in found],
        )
    with closing(sqlite3.connect(path)) as connection:
        register_search(connection)
        yield connection


def read_whole(connection: sqlite3.Connection, sql: str, params: dict) -> set[tuple[str, str]]:
    """Tables, and the b-trees of theirs (table or index), that a query begins to read at an end.

    `EXPLAIN QUERY PLAN` tells it by alias only (`SCAN a`), and one alias may stand for a table here
    and for a subquery there. The program behind that plan names the b-tree: a scan opens it and
    goes to its first or last entry, a search seeks (https://www.sqlite.org/opcode.html).
    """
    trees = {
        root: (table, name)
        for root, table, name in connection.execute(
            "SELECT rootpage, tbl_name, name FROM sqlite_master WHERE rootpage > 0"
        )
    }
    opened: dict[int, tuple[str, str]] = {}
    found = set()
    for _address, operation, cursor, root, *_rest in connection.execute(f"EXPLAIN {sql}", params):
        if operation in ("OpenRead", "ReopenIdx") and root in trees:
            opened[cursor] = trees[root]
    for _address, operation, cursor, *_rest in connection.execute(f"EXPLAIN {sql}", params):
        if operation in ("Rewind", "Last") and cursor in opened:
            found.add(opened[cursor])
    return found


def test_there_are_queries_of_every_group():
    """Every group has more than one query, and all together there are more than thirty."""
    counts = {group: sum(query.group == group for query in queries()) for group in GROUPS}
    assert min(counts.values()) >= 2
    assert sum(counts.values()) == len(queries()) >= 30


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_no_query_reads_a_big_table_whole(planned, query):
    """A query searches an index or reads a summary table, with its example and with no values."""
    for params in (query.params, dict.fromkeys(query.params, "")):
        whole = read_whole(planned, query.sql, params)
        tables = {name for table, name in whole if table in BIG and name == table}
        indexes = {name for table, name in whole if table in BIG and name != table}
        assert tables == set()
        if query.name not in EXCEPTIONS:
            assert indexes == set()


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_the_plan_of_a_query_scans_no_big_table_by_name(planned, query):
    """What `EXPLAIN QUERY PLAN` calls a scan of a table is not one of a big table."""
    plan = [row[3] for row in planned.execute(f"EXPLAIN QUERY PLAN {query.sql}", query.params)]
    scanned = {match[1] for step in plan if (match := re.match(r"SCAN (\w+)$", step))}
    assert scanned & BIG == set()


def test_a_scan_is_found(planned):
    """The check tells reading a table from searching it, and a table from its index."""
    assert read_whole(planned, "SELECT text FROM figures WHERE trend = 'up'", {}) == {
        ("figures", "figures")
    }
    assert read_whole(planned, "SELECT text FROM figures WHERE id = 1", {}) == set()
    assert read_whole(planned, "SELECT count(published_on) FROM articles", {}) & {
        ("articles", "ix_articles_published_on"),
        ("articles", "articles"),
    }


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_a_query_that_lists_rows_is_bounded(published, query):
    """With its example no query gives more rows than a page of Datasette shows."""
    with closing(sqlite3.connect(f"file:{published}?immutable=1", uri=True)) as connection:
        register_search(connection)
        rows = connection.execute(query.sql, query.params).fetchall()
    assert 0 < len(rows) <= 1000


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_an_unknown_value_gives_no_row_and_no_error(published, query):
    """Whatever is typed into the fields of a query, it answers."""
    hostile = dict.fromkeys(query.params, "'; DROP TABLE x -- \" NEAR(")
    with closing(sqlite3.connect(f"file:{published}?immutable=1", uri=True)) as connection:
        register_search(connection)
        rows = connection.execute(query.sql, hostile).fetchall()
    assert not query.params or rows == []


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_a_query_is_described(query):
    """Title and description are whole; the group is one of the known."""
    assert query.title[0].isupper()
    assert not query.title.endswith(".")
    assert query.description.endswith(".")
    assert query.group in GROUPS


def test_an_unknown_group_is_refused(tmp_path, monkeypatch):
    """A query of a group that nobody knows is named with the groups there are."""
    from archive.publishing import definitions  # noqa: PLC0415 - patched here only

    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "odd.sql").write_text(
        "-- title: x\n-- group: odds\n-- description: x\nSELECT 1"
    )
    monkeypatch.setattr(definitions, "_SQL", tmp_path)
    with pytest.raises(DefinitionError, match="coverage"):
        definitions.queries.__wrapped__()
