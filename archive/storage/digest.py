"""The content digest: what an archive says, whatever the order in which it came to say it.

Rows are hashed with natural keys in place of ids; runs, failures, run ids, times and what is left
to be settled stay out. The
hashes of a table's rows are added modulo 2^256, so the sum depends on the set of rows (repeats
counted) and not on their order (MSet-Add-Hash: Clarke et al., "Incremental Multiset Hash
Functions", ASIACRYPT 2003). It tells archives apart that differ by accident or by work; it is no
seal against a forger, which the SHA-256 of a snapshot's file is.
"""

import hashlib
import json
import sqlite3
from collections import Counter

from archive.storage.folding import REFERENCES
from archive.storage.models import Base
from archive.storage.rows import DERIVED_TABLES, Row

_SOURCE_KEY = "(SELECT name || ' ' || sha256 FROM sources WHERE id = {})"
_ARTICLE_KEY = (
    "(SELECT s.name || ' ' || s.sha256 || ' ' || a.char_start FROM articles a "
    "JOIN sources s ON s.id = a.source_id WHERE a.id = {})"
)
_PARAGRAPH_KEY = (
    "(SELECT s.name || ' ' || s.sha256 || ' ' || p.char_start FROM paragraphs p "
    "JOIN sources s ON s.id = p.source_id WHERE p.id = {})"
)
_ENTITY_KEY = (
    "(SELECT name_key || ' ' || type || ' ' || ifnull(country_code, '') || ' ' || sense "
    "FROM entities WHERE id = {})"
)
_NATURAL_KEYS = {
    "sources": _SOURCE_KEY,
    "articles": _ARTICLE_KEY,
    "paragraphs": _PARAGRAPH_KEY,
    "entities": _ENTITY_KEY,
    "outlets": "(SELECT name FROM outlets WHERE id = {})",
    "units": "(SELECT name FROM units WHERE id = {})",
}
_LEFT_OUT_TABLES = frozenset({"runs", "failures", "unsettled_entities", "unsettled_keys"})
_LEFT_OUT_COLUMNS = frozenset({"id", "run_id", "made_at", "undone_at", "content", "compression"})
"""`sources.sha256` stands for the content; whether a decision is undone is added below."""

_MODULUS = 1 << 256


def content_digest(connection: sqlite3.Connection) -> dict[str, str]:
    """Digest of each table of the contract, and of all of them together under `all`.

    Each is 64 hex digits. Memory stays flat; time is linear in the rows.
    """
    digests = {
        table: _table_digest(connection, table)
        for table in sorted(Base.metadata.tables)
        if table not in _LEFT_OUT_TABLES
    }
    together = hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()
    return {**digests, "all": together}


def _table_digest(connection: sqlite3.Connection, table: str) -> str:
    total = 0
    for row in connection.execute(natural_select(table)):
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        total += int.from_bytes(hashlib.sha256(line.encode("utf-8", "surrogatepass")).digest())
    return f"{total % _MODULUS:064x}"


def source_rows(connection: sqlite3.Connection, source_id: int) -> dict[str, Counter[Row]]:
    """Rows made from one source, per table, with natural keys; for comparing before and after.

    They are as the document alone gives them, whatever its entities are merged into.
    """
    rows = {}
    for table in DERIVED_TABLES:
        if "source_id" in Base.metadata.tables[table].columns:
            where = "t.source_id = ?"
        else:
            where = "t.paragraph_id IN (SELECT id FROM paragraphs WHERE source_id = ?)"
        select = f"{natural_select(table, is_own=True)} WHERE {where}"
        rows[table] = Counter(connection.execute(select, (source_id,)).fetchall())
    return rows


def natural_select(table: str, *, is_own: bool = False) -> str:
    """SQL that reads a table with natural keys instead of ids, columns in a fixed order.

    With `is_own` the entities that the documents gave stand in place of those they are merged into.
    """
    references = [each for each in REFERENCES if each.table == table] if is_own else []
    owns = {each.own: f"coalesce(t.{each.own}, t.{each.column})" for each in references}
    names = {each.name_column: f"t.{each.column} IS NULL" for each in references}
    left_out = _LEFT_OUT_COLUMNS | {each.column for each in references}
    columns = []
    for column in Base.metadata.tables[table].columns:
        if column.name in left_out:
            continue
        value = owns.get(column.name, f"t.{column.name}")
        if column.name in names:
            value = f"CASE WHEN {names[column.name]} THEN {value} END"
        target = column.info.get("refers_to")
        if column.foreign_keys:
            target = next(iter(column.foreign_keys)).column.table.name
        if target in _NATURAL_KEYS:
            value = _NATURAL_KEYS[target].format(value)
        columns.append(f"{value} AS {column.name}")
    if table == "decisions":
        columns.append("t.undone_at IS NOT NULL AS is_undone")
    return f"SELECT {', '.join(columns)} FROM {table} t"
