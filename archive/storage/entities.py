"""The entities of the archive as the writer sees them: found by key, made where new, named."""

from collections.abc import Iterable
from functools import reduce

from sqlalchemy import Connection

from archive.records import ResolvedName
from archive.storage.rows import Row, insert_statement

_CACHE_LIMIT = 200_000
"""Entities kept in memory between batches; more are looked up again by their index."""

_Key = tuple[str, str, str | None]


def preferred_name(one: str, other: str) -> str:
    """The better of two spellings with the same key.

    Mixed case before all capitals or all small, longer before shorter, then alphabetical: a total
    order, so that the name of an entity does not depend on which document came first.
    """
    return min(
        one,
        other,
        key=lambda name: (name == name.upper() or name == name.lower(), -len(name), name),
    )


class EntityIndex:
    """Finds or makes the entity of a resolved name.

    New entities, new aliases and changed names wait until `write`; call it before any row that
    refers to them is written.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids: dict[_Key, int] = {}
        self.names: dict[int, str] = {}
        self._new: dict[int, ResolvedName] = {}
        self._renamed: set[int] = set()
        self._aliases: set[tuple[int, str]] = set()
        self._next_id = 1

    def refresh(self, *, forget: bool) -> None:
        """Begin a batch: read the next free id; `forget` what another writer may have changed."""
        if forget or len(self._ids) > _CACHE_LIMIT:
            self._ids.clear()
            self.names.clear()
        row = self._connection.exec_driver_sql(
            "SELECT seq FROM sqlite_sequence WHERE name = 'entities'"
        ).fetchone()
        self._next_id = 1 + (row[0] if row else 0)

    def id_of(self, resolved: ResolvedName, text: str) -> int:
        """Id of the entity that a mention written `text` names."""
        key = (resolved.key, resolved.type.value, resolved.country_code)
        entity_id = self._ids.get(key)
        if entity_id is None:
            entity_id = self._ids[key] = self._find(key) or self._make(resolved)
        self._aliases.add((entity_id, text))
        self._aliases.add((entity_id, resolved.name))
        best = preferred_name(self.names[entity_id], resolved.name)
        if best != self.names[entity_id]:
            self.names[entity_id] = best
            self._renamed.add(entity_id)
        return entity_id

    def _find(self, key: _Key) -> int | None:
        row = self._connection.exec_driver_sql(
            "SELECT id, name FROM entities WHERE name_key = ? AND type = ? AND country_code IS ?",
            key,
        ).fetchone()
        if row is None:
            return None
        self.names[row[0]] = row[1]
        return int(row[0])

    def _make(self, resolved: ResolvedName) -> int:
        entity_id, self._next_id = self._next_id, self._next_id + 1
        self._new[entity_id] = resolved
        self.names[entity_id] = resolved.name
        return entity_id

    def write(self) -> None:
        """Write what waits; names derived from a renamed entity follow."""
        rows: list[Row] = [
            (
                number,
                self.names[number],
                made.key,
                made.type.value,
                made.country_code,
                made.latitude,
                made.longitude,
                None,
            )
            for number, made in self._new.items()
        ]
        if rows:
            self._connection.exec_driver_sql(insert_statement("entities"), rows)
        for entity_id in sorted(self._renamed - self._new.keys()):
            rename(self._connection, entity_id, self.names[entity_id])
        if self._aliases:
            self._connection.exec_driver_sql(
                "INSERT OR IGNORE INTO aliases (entity_id, name) VALUES (?, ?)",
                sorted(self._aliases),
            )
        self._new.clear()
        self._renamed.clear()
        self._aliases.clear()


def rename(connection: Connection, entity_id: int, name: str) -> None:
    """Give an entity another name, and with it every source and speaker that is this entity."""
    for statement in (
        "UPDATE entities SET name = ? WHERE id = ?",
        "UPDATE figures SET attributed_to = ? WHERE attributed_entity_id = ?",
        "UPDATE quotes SET speaker = ? WHERE speaker_entity_id = ?",
        "UPDATE reported_statements SET source = ? WHERE source_entity_id = ?",
    ):
        connection.exec_driver_sql(statement, (name, entity_id))


def settle(connection: Connection, forms: Iterable[tuple[int, str, str]]) -> None:
    """After mentions were deleted: drop what nothing names any more, name the rest.

    `forms` are the (entity, text, name) of the deleted mentions. Only forms that are gone cost more
    than a look: a name that a hundred thousand mentions share is not counted again.
    """
    deleted: dict[int, set[str]] = {}
    for entity_id, text, name in forms:
        deleted.setdefault(entity_id, set()).update((text, name))
    for entity_id in sorted(deleted):
        if not _stands(connection, "entity_id = ?", entity_id):
            connection.exec_driver_sql("DELETE FROM entities WHERE id = ?", (entity_id,))
            continue
        gone = [
            form
            for form in sorted(deleted[entity_id])
            if not _stands(connection, "entity_id = ? AND text = ?", entity_id, form)
            and not _stands(connection, "entity_id = ? AND name = ?", entity_id, form)
        ]
        if gone:
            connection.exec_driver_sql(
                "DELETE FROM aliases WHERE entity_id = ? AND name = ?",
                [(entity_id, form) for form in gone],
            )
            _name_again(connection, entity_id, gone)


def _stands(connection: Connection, condition: str, *values: object) -> bool:
    """Whether any mention meets a condition."""
    found = connection.exec_driver_sql(f"SELECT 1 FROM mentions WHERE {condition} LIMIT 1", values)
    return found.first() is not None


def _name_again(connection: Connection, entity_id: int, gone: Iterable[str]) -> None:
    """Choose a name anew where the present one is among those that are gone."""
    present = connection.exec_driver_sql(
        "SELECT name FROM entities WHERE id = ?", (entity_id,)
    ).scalar_one()
    if present not in gone:
        return
    names = connection.exec_driver_sql(
        "SELECT DISTINCT name FROM mentions WHERE entity_id = ?", (entity_id,)
    )
    rename(connection, entity_id, reduce(preferred_name, names.scalars()))
