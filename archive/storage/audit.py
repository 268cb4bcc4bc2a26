"""Checks every row against the characters of its source.

`AUDIT_SQL` is the check that a reader of the database can repeat; `audit` also goes back to the
raw bytes.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from archive.storage.contents import Decode, unpack
from archive.storage.folding import REFERENCES
from archive.storage.rows import article_uid

_SPANS = {
    "mentions": "text",
    "figures": "text",
    "dates": "text",
    "quotes": "text",
    "reported_statements": "text",
    "roles": "role",
}
"""Tables whose rows repeat characters of their paragraph, and the column that does."""

AUDIT_SQL = "\nUNION ALL\n".join(
    f"SELECT '{table}' AS table_name, x.id, x.{column} AS text FROM {table} x "
    f"JOIN paragraphs p ON p.id = x.paragraph_id "
    f"WHERE x.char_start < p.char_start OR x.char_end > p.char_end OR "
    f"substr(p.text, x.char_start - p.char_start + 1, x.char_end - x.char_start) <> x.{column}"
    for table, column in _SPANS.items()
)
"""Rows whose text is not what stands at their offsets; none in a sound archive."""

WHOLE_FILE = "database"
"""Table of a fault that concerns the file itself; nothing more can be said of such a file."""

_OWN_ALIASES = "SELECT entity_id, name FROM aliases WHERE is_own"
_OWN_FORMS = (
    "SELECT entity_id, name FROM (SELECT coalesce(own_entity_id, entity_id) AS entity_id, name "
    "FROM mentions UNION SELECT coalesce(own_entity_id, entity_id), text FROM mentions)"
)
_MERGED_ALIASES = (
    "SELECT id, name FROM (SELECT e.merged_into_id AS id, a.name FROM entities e "
    "JOIN aliases a ON a.entity_id = e.id AND a.is_own WHERE e.merged_into_id IS NOT NULL)"
)

_INVARIANTS = {
    "articles: the source at char_start is in none of its paragraphs": (
        "SELECT 'articles', a.id FROM articles a WHERE NOT EXISTS (SELECT 1 FROM paragraphs p "
        "WHERE p.article_id = a.id AND p.char_start = a.char_start) OR NOT EXISTS (SELECT 1 FROM "
        "paragraphs p WHERE p.article_id = a.id AND p.char_end = a.char_end)"
    ),
    "paragraphs: belongs to an article of another source": (
        "SELECT 'paragraphs', p.id FROM paragraphs p JOIN articles a ON a.id = p.article_id "
        "WHERE a.source_id <> p.source_id"
    ),
    "paragraphs: not at its position in the source": (
        "SELECT 'paragraphs', id FROM (SELECT id, position, row_number() OVER "
        "(PARTITION BY source_id ORDER BY char_start) AS place FROM paragraphs) "
        "WHERE position <> place"
    ),
    "paragraphs: of those with the same words more than one is no copy": (
        "SELECT 'paragraphs', max(p.id) FROM paragraphs p JOIN sources s ON s.id = p.source_id "
        "WHERE p.copy_of_id IS NULL AND p.words_hash IS NOT NULL AND s.superseded_by_id IS NULL "
        "GROUP BY p.words_hash HAVING count(*) > 1"
    ),
    "figures: the sentence does not hold the figure, or leaves its paragraph": (
        "SELECT 'figures', f.id FROM figures f JOIN paragraphs p ON p.id = f.paragraph_id "
        "WHERE f.sentence_start > f.char_start OR f.sentence_end < f.char_end "
        "OR f.sentence_start < p.char_start OR f.sentence_end > p.char_end"
    ),
    "entities: its name is not among its aliases": (
        "SELECT 'entities', e.id FROM entities e WHERE NOT EXISTS "
        "(SELECT 1 FROM aliases a WHERE a.entity_id = e.id AND a.name = e.name)"
    ),
    "mentions: its text is not among its entity's aliases": (
        "SELECT 'mentions', m.id FROM mentions m WHERE NOT EXISTS "
        "(SELECT 1 FROM aliases a WHERE a.entity_id = m.entity_id AND a.name = m.text)"
    ),
    "paragraphs: overlaps the one before it": (
        "SELECT 'paragraphs', q.id FROM paragraphs q JOIN paragraphs p "
        "ON p.source_id = q.source_id AND p.position = q.position - 1 "
        "WHERE p.char_end > q.char_start"
    ),
    "paragraphs: copy_of_id names a paragraph with other words, or itself a copy": (
        "SELECT 'paragraphs', p.id FROM paragraphs p JOIN paragraphs o ON o.id = p.copy_of_id "
        "WHERE o.words_hash IS NOT p.words_hash OR o.copy_of_id IS NOT NULL"
    ),
    "sources: superseded by a source of another name": (
        "SELECT 'sources', s.id FROM sources s JOIN sources n ON n.id = s.superseded_by_id "
        "WHERE n.name <> s.name"
    ),
    "entities: named by no mention": (
        "SELECT 'entities', e.id FROM entities e WHERE NOT EXISTS (SELECT 1 FROM mentions m "
        "WHERE m.entity_id = e.id AND m.own_entity_id IS NULL) AND NOT EXISTS "
        "(SELECT 1 FROM mentions m WHERE m.own_entity_id = e.id)"
    ),
    "entities: merged into one that is itself merged": (
        "SELECT 'entities', e.id FROM entities e JOIN entities s ON s.id = e.merged_into_id "
        "WHERE s.merged_into_id IS NOT NULL"
    ),
    "entities: has key, type, country and sense of another": (
        "SELECT 'entities', max(id) FROM entities "
        "GROUP BY name_key, type, ifnull(country_code, ''), sense HAVING count(*) > 1"
    ),
    "aliases: a form of this entity that no document uses": (
        f"SELECT 'aliases', entity_id FROM ({_OWN_ALIASES} EXCEPT {_OWN_FORMS})"
    ),
    "aliases: misses a form in which documents name this entity": (
        f"SELECT 'aliases', entity_id FROM ({_OWN_FORMS} EXCEPT {_OWN_ALIASES})"
    ),
    "aliases: a form that nothing merged into this entity has": (
        f"SELECT 'aliases', entity_id FROM (SELECT entity_id, name FROM aliases WHERE NOT is_own "
        f"EXCEPT {_MERGED_ALIASES})"
    ),
    "aliases: misses a form of an entity merged into this one": (
        f"SELECT 'aliases', id FROM ({_MERGED_ALIASES} EXCEPT SELECT entity_id, name FROM aliases)"
    ),
    **{
        f"{each.table}: {each.column} names an entity that was merged into another": (
            f"SELECT '{each.table}', x.id FROM entities e "
            f"JOIN {each.table} x ON x.{each.column} = e.id WHERE e.merged_into_id IS NOT NULL"
        )
        for each in REFERENCES
    },
    **{
        f"{each.table}: {each.own} names no entity that was merged into that of {each.column}": (
            f"SELECT '{each.table}', x.id FROM {each.table} x "
            f"LEFT JOIN entities o ON o.id = x.{each.own} "
            f"WHERE x.{each.own} IS NOT NULL AND o.merged_into_id IS NOT x.{each.column}"
        )
        for each in REFERENCES
    },
    "figures: attributed_to is not its entity's name": (
        "SELECT 'figures', f.id FROM figures f JOIN entities e ON e.id = f.attributed_entity_id "
        "WHERE f.attributed_to IS NOT e.name"
    ),
    "quotes: speaker is not its entity's name": (
        "SELECT 'quotes', q.id FROM quotes q JOIN entities e ON e.id = q.speaker_entity_id "
        "WHERE q.speaker IS NOT e.name"
    ),
    "reported_statements: source is not its entity's name": (
        "SELECT 'reported_statements', r.id FROM reported_statements r "
        "JOIN entities e ON e.id = r.source_entity_id WHERE r.source IS NOT e.name"
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that does not hold: its table, its id, its source's name and what is wrong."""

    table: str
    row_id: int
    source: str | None
    reason: str

    def __str__(self) -> str:
        where = f" ({self.source})" if self.source else ""
        return f"{self.table} {self.row_id}{where}: {self.reason}"


def audit(connection: sqlite3.Connection, decode: Decode) -> Iterator[Fault]:
    """Yield every row that does not hold, the file and raw bytes first; nothing where all is sound.

    `decode(content, encoding)` turns raw bytes into text as the reader did.
    """
    for (message,) in connection.execute("PRAGMA quick_check"):
        if message != "ok":
            yield Fault(WHOLE_FILE, 0, None, f"the file is damaged: {message}")
            return
    yield from _check_contents(connection, decode)
    for table, row_id, text in connection.execute(AUDIT_SQL):
        source = _source_of(connection, table, row_id)
        yield Fault(table, row_id, source, f"{text[:60]!r} is not what stands at its offsets")
    for reason, statement in _INVARIANTS.items():
        for table, row_id in connection.execute(statement):
            source = _source_of(connection, table, row_id)
            yield Fault(table, row_id, source, reason.partition(": ")[2])
    for table, row_id, parent, _number in connection.execute("PRAGMA foreign_key_check"):
        yield Fault(table, row_id, None, f"refers to a row of {parent} that is not there")


def _check_contents(connection: sqlite3.Connection, decode: Decode) -> Iterator[Fault]:
    sources = connection.execute(
        "SELECT s.id, s.name, s.sha256, s.byte_count, s.encoding, c.content, c.compression, c.text "
        "FROM sources s LEFT JOIN source_contents c ON c.source_id = s.id ORDER BY s.id"
    )
    for source_id, name, sha256, byte_count, encoding, packed, compression, rendition in sources:
        try:
            content = unpack(packed, compression)
            text = decode(content, encoding) if rendition is None else rendition
        except (zlib.error, ValueError, TypeError, LookupError) as error:
            yield Fault("source_contents", source_id, name, f"cannot be unpacked: {error}")
            continue
        if hashlib.sha256(content).hexdigest() != sha256 or len(content) != byte_count:
            yield Fault("sources", source_id, name, "sha256 or byte_count is not that of its bytes")
        yield from _check_paragraphs(connection, source_id, name, text)
        for row_id, uid, start in connection.execute(
            "SELECT id, uid, char_start FROM articles WHERE source_id = ?", (source_id,)
        ):
            if uid != article_uid(sha256, start):
                yield Fault("articles", row_id, name, "uid is not that of its source and place")


def _check_paragraphs(
    connection: sqlite3.Connection, source_id: int, name: str, text: str
) -> Iterator[Fault]:
    """Each paragraph is its slice of the text, and between them stands nothing but space."""
    end = 0
    for row_id, start, stop, stored in connection.execute(
        "SELECT id, char_start, char_end, text FROM paragraphs WHERE source_id = ? "
        "ORDER BY char_start",
        (source_id,),
    ):
        if text[start:stop] != stored:
            yield Fault("paragraphs", row_id, name, f"{stored[:60]!r} is not what its bytes say")
        if text[end:start].strip():
            yield Fault("paragraphs", row_id, name, "text before it belongs to no paragraph")
        end = stop
    if text[end:].strip():
        yield Fault("sources", source_id, name, "text at its end belongs to no paragraph")


def _source_of(connection: sqlite3.Connection, table: str, row_id: int) -> str | None:
    """Name of the source a row comes from, None for tables above sources."""
    if table in _SPANS:
        query = (
            "SELECT s.name FROM {table} x JOIN paragraphs p ON p.id = x.paragraph_id "
            "JOIN sources s ON s.id = p.source_id WHERE x.id = ?"
        )
    elif table in ("articles", "paragraphs"):
        query = "SELECT s.name FROM {table} x JOIN sources s ON s.id = x.source_id WHERE x.id = ?"
    elif table == "sources":
        query = "SELECT name FROM {table} WHERE id = ?"
    else:
        return None
    row = connection.execute(query.format(table=table), (row_id,)).fetchone()
    return str(row[0]) if row else None
