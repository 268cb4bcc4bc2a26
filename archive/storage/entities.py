"""The entities of the archive as the writer sees them: found by key, made where new, named.

These are *own* entities: what one document alone can tell. Which of them are the same is settled
in `clusters`; an entity that was merged into another is found here all the same, and its rows are
written under that one.
"""

from collections.abc import Iterable
from functools import reduce

from sqlalchemy import Connection

from archive.records import ResolvedName
from archive.storage.folding import REFERENCES, members, own_condition, refold, refresh_aliases
from archive.storage.rows import Row, insert_statement

_CACHE_LIMIT = 200_000
"""Entities kept in memory between batches; more are looked up again by their index."""

_Key = tuple[str, str, str | None, str]

_MENTIONS = REFERENCES[0]


def spelling_rank(name: str) -> tuple[bool, int, str]:
    """Sort key that puts the best of several spellings first.

    Mixed case before all capitals or all small, longer before shorter, then alphabetical: a total
    order, so that the name of an entity does not depend on which document came first.
    """
    return (name == name.upper() or name == name.lower(), -len(name), name)


def preferred_name(one: str, other: str) -> str:
    """The better of two spellings with the same key."""
    return min(one, other, key=spelling_rank)


class EntityIndex:
    """Finds or makes the own entity of a resolved name.

    `survivors` has, of those that were merged, the entity they were merged into; `names` has the
    name of every entity known here, survivors too. New entities, new aliases and changed names
    wait until `write`; call it before any row that refers to them is written.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids: dict[_Key, int] = {}
        self.names: dict[int, str] = {}
        self.survivors: dict[int, int] = {}
        self._new: dict[int, ResolvedName] = {}
        self._renamed: set[int] = set()
        self._aliases: set[tuple[int, str]] = set()
        self._touched: set[int] = set()
        self._marked: set[int] = set()
        self._next_id = 1

    def refresh(self, *, forget: bool) -> None:
        """Begin a batch: read the next free id.

        `forget` what another writer may have changed, or a batch that failed left.
        """
        if forget or len(self._ids) > _CACHE_LIMIT:
            self._ids.clear()
            self.names.clear()
            self.survivors.clear()
            self._marked.clear()
            for waiting in (self._new, self._renamed, self._aliases, self._touched):
                waiting.clear()
        row = self._connection.exec_driver_sql(
            "SELECT seq FROM sqlite_sequence WHERE name = 'entities'"
        ).fetchone()
        self._next_id = 1 + (row[0] if row else 0)

    def id_of(self, resolved: ResolvedName, text: str) -> int:
        """Id of the own entity that a mention written `text` names."""
        key = (resolved.key, resolved.type.value, resolved.country_code, resolved.sense)
        entity_id = self._ids.get(key)
        if entity_id is None:
            entity_id = self._ids[key] = self._find(key) or self._make(resolved)
        self._touched.add(entity_id)
        self._aliases.add((entity_id, text))
        self._aliases.add((entity_id, resolved.name))
        best = preferred_name(self.names[entity_id], resolved.name)
        if best != self.names[entity_id]:
            self.names[entity_id] = best
            self._renamed.add(entity_id)
        return entity_id

    def _find(self, key: _Key) -> int | None:
        row = self._connection.exec_driver_sql(
            "SELECT e.id, e.name, s.id, s.name FROM entities e "
            "LEFT JOIN entities s ON s.id = e.merged_into_id "
            "WHERE e.name_key = ? AND e.type = ? AND e.country_code IS ? AND e.sense = ?",
            key,
        ).fetchone()
        if row is None:
            return None
        self.names.setdefault(row[0], row[1])
        if row[2] is not None:
            self.survivors[row[0]] = row[2]
            self.names.setdefault(row[2], row[3])
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
                made.sense,
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
        self._write_aliases()
        mark_unsettled(self._connection, self._touched - self._marked)
        self._marked |= self._touched
        self._new.clear()
        self._renamed.clear()
        self._touched.clear()

    def _write_aliases(self) -> None:
        if not self._aliases:
            return
        self._connection.exec_driver_sql(
            "INSERT INTO aliases (entity_id, name, is_own) VALUES (?, ?, 1) "
            "ON CONFLICT (entity_id, name) DO UPDATE SET is_own = 1 WHERE NOT is_own",
            sorted(self._aliases),
        )
        shared = {
            (self.survivors[entity_id], name)
            for entity_id, name in self._aliases
            if entity_id in self.survivors
        }
        if shared:
            self._connection.exec_driver_sql(
                "INSERT OR IGNORE INTO aliases (entity_id, name, is_own) VALUES (?, ?, 0)",
                sorted(shared),
            )
        self._aliases.clear()


def mark_unsettled(connection: Connection, entities: Iterable[int]) -> None:
    """Note that these are to be compared with others anew, before the run ends."""
    rows = [(entity_id,) for entity_id in sorted(entities)]
    if rows:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO unsettled_entities (entity_id) VALUES (?)", rows
        )


def mark_source_unsettled(connection: Connection, source_id: int) -> None:
    """Note this of every entity that a source names: what stands around them has changed."""
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO unsettled_entities (entity_id) "
        "SELECT DISTINCT coalesce(m.own_entity_id, m.entity_id) FROM mentions m "
        "JOIN paragraphs p ON p.id = m.paragraph_id WHERE p.source_id = ?",
        (source_id,),
    )


def rename(connection: Connection, entity_id: int, name: str) -> None:
    """Give an entity another name, and with it every source and speaker that is this entity."""
    connection.exec_driver_sql("UPDATE entities SET name = ? WHERE id = ?", (name, entity_id))
    for reference in REFERENCES:
        if reference.name_column:
            connection.exec_driver_sql(
                f"UPDATE {reference.table} SET {reference.name_column} = ? "
                f"WHERE {reference.column} = ?",
                (name, entity_id),
            )


def drop_forms(connection: Connection, forms: Iterable[tuple[int, str, str]]) -> None:
    """After mentions were deleted: drop what nothing names any more, name the rest.

    `forms` are the (own entity, text, name) of the deleted mentions. Only forms that are gone cost
    more than a look: a name that a hundred thousand mentions share is not counted again.
    """
    deleted: dict[int, set[str]] = {}
    for entity_id, text, name in forms:
        deleted.setdefault(entity_id, set()).update((text, name))
    changed: set[int] = set()
    for entity_id, names in sorted(deleted.items()):
        survivor = connection.exec_driver_sql(
            "SELECT merged_into_id FROM entities WHERE id = ?", (entity_id,)
        ).scalar_one()
        condition = own_condition(_MENTIONS, was_merged=survivor is not None)
        if not _stands(connection, condition, entity_id):
            _drop(connection, entity_id)
            changed.update({survivor} - {None})
        elif gone := _gone(connection, condition, entity_id, names):
            connection.exec_driver_sql(
                "DELETE FROM aliases WHERE entity_id = ? AND name = ?",
                [(entity_id, form) for form in gone],
            )
            _name_again(connection, condition, entity_id, gone)
            changed.add(survivor or entity_id)
    refresh_aliases(connection, changed)
    mark_unsettled(connection, deleted)


def _drop(connection: Connection, entity_id: int) -> None:
    """Delete an entity that no document names; those merged into it stand alone until settled."""
    refold(connection, {each: each for each in members(connection, [entity_id])})
    connection.exec_driver_sql("DELETE FROM entities WHERE id = ?", (entity_id,))


def _stands(connection: Connection, condition: str, *values: object) -> bool:
    """Whether any mention meets a condition."""
    found = connection.exec_driver_sql(f"SELECT 1 FROM mentions WHERE {condition} LIMIT 1", values)
    return found.first() is not None


def _gone(
    connection: Connection, condition: str, entity_id: int, names: Iterable[str]
) -> list[str]:
    """Those of these forms in which no document names the entity any more."""
    return [
        form
        for form in sorted(names)
        if not _stands(connection, f"{condition} AND text = ?", entity_id, form)
        and not _stands(connection, f"{condition} AND name = ?", entity_id, form)
    ]


def _name_again(
    connection: Connection, condition: str, entity_id: int, gone: Iterable[str]
) -> None:
    """Choose a name anew where the present one is among those that are gone."""
    present = connection.exec_driver_sql(
        "SELECT name FROM entities WHERE id = ?", (entity_id,)
    ).scalar_one()
    if present not in gone:
        return
    names = connection.exec_driver_sql(
        f"SELECT DISTINCT name FROM mentions WHERE {condition}", (entity_id,)
    )
    rename(connection, entity_id, reduce(preferred_name, names.scalars()))
