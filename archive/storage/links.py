"""The links between entities that rules give, beside those that are stored.

Own entities are compared under their keys, those of one key with one another alone. What the
rules find under a key depends on the entities that have it, so links are stored key by key, as
rows of `decisions` whose `block` is the key.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from archive.records import MOST_NAMES, Candidate, EntityKey, EntityType, Evidence, Link
from archive.storage.clock import now
from archive.storage.components import ids_of
from archive.storage.evidence import EvidenceReader, fill
from archive.storage.folding import names_of

MEMBERS = 20_000
"""Entities compared at a time, but for a single key with more."""


@dataclass(frozen=True, slots=True)
class Linker:
    """How own entities are compared; handed in, for storage knows nothing of names.

    `keys` gives the keys under which an entity is compared, from name, type, country, sense and
    its forms; `limit` how many entities a key may have before it says too little; `link` the links
    between the entities of one key; `needs_context` whether for that key it looks at what stands
    around them.
    """

    keys: Callable[[str, EntityType, str | None, str, Sequence[str]], Sequence[str]]
    limit: Callable[[str], int]
    needs_context: Callable[[str], bool]
    link: Callable[[str, Sequence[Candidate]], Sequence[Link]]


# ------------------------------------------------------------------------------- keys


def keys_of(
    connection: Connection, linker: Linker, entities: Sequence[int]
) -> set[tuple[str, int]]:
    """The keys that rules give these entities, as (key, entity); none for entities that are gone.

    Leaves the entities in `temp.chosen`.
    """
    fill(connection, "chosen", "entity_id INTEGER PRIMARY KEY", entities)
    names = _names_of_chosen(connection)
    found = connection.exec_driver_sql(
        "SELECT e.id, e.name, e.type, e.country_code, e.sense FROM temp.chosen c "
        "CROSS JOIN entities e ON e.id = c.entity_id"
    )
    return {
        (key, number)
        for number, name, type_, country_code, sense in found.fetchall()
        for key in linker.keys(name, EntityType(type_), country_code, sense, names.get(number, ()))
    }


def stored_keys(connection: Connection) -> set[tuple[str, int]]:
    """The keys that the entities in `temp.chosen` have."""
    found = connection.exec_driver_sql(
        "SELECT k.key, k.entity_id FROM temp.chosen c "
        "CROSS JOIN entity_keys k ON k.entity_id = c.entity_id"
    )
    return {(row[0], row[1]) for row in found.fetchall()}


def _names_of_chosen(connection: Connection) -> dict[int, tuple[str, ...]]:
    """Forms in which documents name the own entities in `temp.chosen`, sorted."""
    found = connection.exec_driver_sql(
        "SELECT c.entity_id, a.name FROM temp.chosen c "
        "CROSS JOIN aliases a ON a.entity_id = c.entity_id AND a.is_own ORDER BY 1, 2"
    )
    return {
        entity: tuple(row[1] for row in rows)[:MOST_NAMES]
        for entity, rows in groupby(found.fetchall(), itemgetter(0))
    }


def portion(connection: Connection, linker: Linker, keys: Iterator[str]) -> dict[str, bool]:
    """Take as many keys as are compared at a time; with each, whether it has what to compare."""
    taken: dict[str, bool] = {}
    members = 0
    for key in keys:
        limit = linker.limit(key)
        size = connection.exec_driver_sql(
            "SELECT count(*) FROM (SELECT 1 FROM entity_keys WHERE key = ? LIMIT ?)",
            (key, limit + 1),
        ).scalar_one()
        taken[key] = 1 < size <= limit
        members += size if taken[key] else 0
        if members >= MEMBERS:
            break
    return taken


# ------------------------------------------------------------------------------ links

_Identity = tuple[str, EntityKey, EntityKey]

_COLUMNS = (
    "block, left_key, left_type, left_country_code, left_sense, "
    "right_key, right_type, right_country_code, right_sense"
)
_STORED = (
    f"SELECT d.id, {_COLUMNS}, left_name, right_name, score, decided_by FROM temp.blocks b "
    "CROSS JOIN decisions d ON d.block = b.key"
)
_ADD = (
    "INSERT INTO decisions (left_name, right_name, score, decided_by, made_at, "
    f"{_COLUMNS}, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'same')"
)
_CHANGE = (
    "UPDATE decisions SET left_name = ?, right_name = ?, score = ?, decided_by = ?, made_at = ? "
    "WHERE id = ?"
)
_DELETE = "DELETE FROM decisions WHERE id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What the rules give under some keys, against what is stored.

    `missing` and `changed` are rows for the statements below, `stale` the numbers of rows that no
    rule gives any more. `ends` are the entities at the ends of all links, old and new.
    """

    missing: list[tuple[Any, ...]]
    changed: list[tuple[Any, ...]]
    stale: list[int]
    ends: set[int]


def difference(
    connection: Connection, linker: Linker, reader: EvidenceReader, keys: Mapping[str, bool]
) -> Difference:
    """Compare the links within these keys, as from `portion`, with the rows that are stored."""
    blocks = _blocks(connection, [key for key, is_compared in keys.items() if is_compared])
    wanted = {
        (block, link.left, link.right): link
        for block, links in _links_within(connection, linker, reader, blocks)
        for link in links
    }
    fill(connection, "blocks", "key TEXT PRIMARY KEY", keys)
    stored = {_identity(row): row for row in connection.exec_driver_sql(_STORED).fetchall()}
    linked = {key for _, *pair in chain(wanted, stored) for key in pair}
    members = {key: number for rows in blocks.values() for number, _name, key in rows}
    ends = {key: members[key] for key in linked & members.keys()}
    ends |= ids_of(connection, linked - members.keys())
    names = names_of(connection, ends.values())
    missing, changed = [], []
    moment = now()
    for identity in sorted(wanted, key=_sortable):
        _block, left, right = identity
        link = wanted[identity]
        said = (names[ends[left]], names[ends[right]], link.score, link.rule)
        if identity not in stored:
            missing.append((*said, moment, *_flat(identity)))
        elif said != tuple(stored[identity][-4:]):
            changed.append((*said, moment, stored[identity][0]))
    return Difference(
        missing=missing,
        changed=changed,
        stale=[row[0] for identity, row in stored.items() if identity not in wanted],
        ends=set(ends.values()),
    )


def store(connection: Connection, found: Difference) -> None:
    """Let the stored links be those that the rules give."""
    for statement, rows in (
        (_DELETE, [(number,) for number in found.stale]),
        (_CHANGE, found.changed),
        (_ADD, found.missing),
    ):
        if rows:
            connection.exec_driver_sql(statement, rows)


def _identity(row: Sequence[Any]) -> _Identity:
    return row[1], _key(row[2:6]), _key(row[6:10])


def _key(values: Sequence[Any]) -> EntityKey:
    key, type_, country_code, sense = values
    return key, EntityType(type_), country_code, sense


def _flat(identity: _Identity) -> tuple[str | None, ...]:
    block, left, right = identity
    return (block, left[0], left[1].value, *left[2:], right[0], right[1].value, *right[2:])


def _sortable(identity: _Identity) -> tuple[str, ...]:
    return tuple(value or "" for value in _flat(identity))


_BLOCK_MEMBERS = """
SELECT b.key, e.id, e.name, e.name_key, e.type, e.country_code, e.sense
FROM temp.blocks b
CROSS JOIN entity_keys k ON k.key = b.key
CROSS JOIN entities e ON e.id = k.entity_id
ORDER BY b.key, e.name_key, e.type, e.country_code, e.sense
"""


_Blocks = Mapping[str, Sequence[tuple[int, str, EntityKey]]]
"""Number, name and natural key of the entities of each key."""


def _blocks(connection: Connection, keys: Sequence[str]) -> _Blocks:
    fill(connection, "blocks", "key TEXT PRIMARY KEY", keys)
    found = connection.exec_driver_sql(_BLOCK_MEMBERS).fetchall()
    return {
        key: [(row[1], row[2], _key(row[3:])) for row in rows]
        for key, rows in groupby(found, itemgetter(0))
    }


def _links_within(
    connection: Connection, linker: Linker, reader: EvidenceReader, blocks: _Blocks
) -> Iterable[tuple[str, Sequence[Link]]]:
    """What the rules find between the entities of each of these keys."""
    everybody = {row[0] for rows in blocks.values() for row in rows}
    fill(connection, "chosen", "entity_id INTEGER PRIMARY KEY", sorted(everybody))
    names = _names_of_chosen(connection)
    context = reader.read(
        {row[0] for key, rows in blocks.items() if linker.needs_context(key) for row in rows}
    )
    for block, rows in blocks.items():
        has_context = linker.needs_context(block)
        candidates = [
            Candidate(
                key=key,
                name=name,
                names=names.get(number, ()),
                context=context[number] if has_context else Evidence(),
            )
            for number, name, key in rows
        ]
        yield block, linker.link(block, candidates)
