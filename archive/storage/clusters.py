"""Which entities of the archive are the same, kept up to date.

    entities → keys → links within a key → clusters → references

Each step is derived from the one before and stored: the keys of an entity in `entity_keys`, the
links that rules found in `decisions` (`links`), beside those that users made (`decisions`), and
the clusters (`components`) as `entities.merged_into_id` and in every reference (`folding`). So what
is settled depends on the documents stored and on the decisions of users alone, not on the order in
which they came. Only what changed is looked at again: `unsettled_entities` and `unsettled_keys` say
what is to be done, in the database, so that a run goes on where a killed one stopped.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from archive.storage.components import components, user_decided
from archive.storage.evidence import EvidenceReader
from archive.storage.folding import refold
from archive.storage.links import Linker, difference, keys_of, portion, store, stored_keys

_ENTITIES = 5_000
"""Entities given keys in one transaction."""
_KEYS = 2_000
"""Keys whose entities are compared in one transaction, at most."""


def settle(connection: Connection, linker: Linker) -> int:
    """Bring keys, links, clusters and references up to date; how often an entity was moved.

    Call it outside a transaction: it works in several, each of which leaves a sound archive.
    """
    while _settle_entities(connection, linker):
        pass
    with connection.begin():
        _drop_lonely_keys(connection)
        moved = _settle_clusters(connection, user_decided(connection))
    reader = EvidenceReader(connection)
    while True:
        with connection.begin():
            found = connection.exec_driver_sql(
                "SELECT key FROM unsettled_keys ORDER BY key LIMIT ?", (_KEYS,)
            )
            keys = portion(connection, linker, iter(found.scalars().all()))
            if not keys:
                return moved
            links = difference(connection, linker, reader, keys)
            store(connection, links)
            moved += _settle_clusters(connection, links.ends)
            connection.exec_driver_sql(
                "DELETE FROM unsettled_keys WHERE key = ?", [(key,) for key in keys]
            )


def unsettle_all(connection: Connection) -> None:
    """Have every entity compared anew, as after a change of the rules."""
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO unsettled_entities (entity_id) SELECT id FROM entities"
    )


def _settle_entities(connection: Connection, linker: Linker) -> bool:
    """Give a portion of the unsettled entities their keys; whether there were any.

    What an entity was and now is compared under becomes unsettled.
    """
    with connection.begin():
        entities = (
            connection.exec_driver_sql(
                "SELECT entity_id FROM unsettled_entities ORDER BY entity_id LIMIT ?", (_ENTITIES,)
            )
            .scalars()
            .all()
        )
        if not entities:
            return False
        new = keys_of(connection, linker, entities)
        old = stored_keys(connection)
        for statement, rows in (
            ("DELETE FROM entity_keys WHERE key = ? AND entity_id = ?", sorted(old - new)),
            ("INSERT INTO entity_keys (key, entity_id) VALUES (?, ?)", sorted(new - old)),
            (
                "INSERT OR IGNORE INTO unsettled_keys (key) VALUES (?)",
                sorted({(key,) for key, _entity in old | new}),
            ),
            (
                "DELETE FROM unsettled_entities WHERE entity_id = ?",
                [(entity,) for entity in entities],
            ),
        ):
            if rows:
                connection.exec_driver_sql(statement, rows)
        return True


def _drop_lonely_keys(connection: Connection) -> None:
    """Pass over keys of a single entity, which are most."""
    connection.exec_driver_sql(
        "DELETE FROM unsettled_keys WHERE NOT EXISTS (SELECT 1 FROM entity_keys k "
        "WHERE k.key = unsettled_keys.key LIMIT 1 OFFSET 1) "
        "AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.block = unsettled_keys.key)"
    )


def _settle_clusters(connection: Connection, seeds: Iterable[int]) -> int:
    """Let everything that hangs together with these entities stand under its survivor."""
    return refold(connection, components(connection, seeds))
