"""Checks that entities are merged as the decisions say, and decided as the rules say now.

What stands in one row or its neighbours is checked by `audit`; here keys, links and clusters are
derived once more and compared.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from archive.storage.audit import Fault
from archive.storage.components import components
from archive.storage.evidence import EvidenceReader
from archive.storage.folding import survivors
from archive.storage.links import Linker, difference, keys_of, portion, stored_keys

_PORTION = 5_000
"""Entities or keys looked at together."""

_ENTITIES = "SELECT id FROM entities WHERE id > ? ORDER BY id LIMIT ?"
_BLOCKS = (
    "SELECT key FROM entity_keys WHERE key > ?1 "
    "UNION SELECT block FROM decisions WHERE block IS NOT NULL AND block > ?1 ORDER BY 1 LIMIT ?2"
)


def audit_clusters(connection: Connection, linker: Linker) -> Iterator[Fault]:
    """Yield every key, decision of a rule and merged entity that is not as it should be.

    Nothing where a run was stopped before it settled what it wrote: the next one does. Works in
    temporary tables alone, so the connection need not be able to write.
    """
    is_unsettled = connection.exec_driver_sql(
        "SELECT EXISTS (SELECT 1 FROM unsettled_entities) OR EXISTS (SELECT 1 FROM unsettled_keys)"
    ).scalar_one()
    if is_unsettled:
        return
    last = 0
    while some := connection.exec_driver_sql(_ENTITIES, (last, _PORTION)).scalars().all():
        last = some[-1]
        yield from _wrong_keys(connection, linker, some)
        yield from _wrong_clusters(connection, some)
    yield from _wrong_links(connection, linker)


def _wrong_keys(connection: Connection, linker: Linker, entities: Sequence[int]) -> Iterator[Fault]:
    wanted = keys_of(connection, linker, entities)
    stored = stored_keys(connection)
    for key, entity in sorted(stored - wanted):
        yield Fault("entities", entity, None, f"is compared under {key!r}, which is not its key")
    for key, entity in sorted(wanted - stored):
        yield Fault("entities", entity, None, f"is not compared under its key {key!r}")


def _wrong_clusters(connection: Connection, entities: Sequence[int]) -> Iterator[Fault]:
    wanted = components(connection, entities)
    present = survivors(connection, entities)
    for entity in entities:
        if present[entity] != wanted[entity]:
            where = "alone" if wanted[entity] == entity else f"merged into {wanted[entity]}"
            yield Fault("entities", entity, None, f"by the decisions it should stand {where}")


def _wrong_links(connection: Connection, linker: Linker) -> Iterator[Fault]:
    reader = EvidenceReader(connection)
    last = ""
    while some := connection.exec_driver_sql(_BLOCKS, (last, _PORTION)).scalars().all():
        last = some[-1]
        keys = iter(some)
        while taken := portion(connection, linker, keys):
            found = difference(connection, linker, reader, taken)
            for number in found.stale:
                yield Fault("decisions", number, None, "no rule gives this link now")
            for *_said, number in found.changed:
                yield Fault("decisions", number, None, "its names, rule or score are others now")
            for left, right, *_rest in found.missing:
                reason = f"no row says that {left} and {right} are one, as a rule does"
                yield Fault("decisions", 0, None, reason)
