"""Under which entity a row stands, and which one its document alone gave.

An entity that was merged into another keeps its row, its aliases and its number; every reference
to it names the other instead, and beside the reference the column `own_entity_id` (with the
reference's prefix) remembers it. So plain SQL on `entity_id` finds every mention under whatever
name, and a merge can be taken back exactly.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names an entity; `name_column`, where there is one, repeats its name."""

    table: str
    column: str
    name_column: str | None = None

    @property
    def own(self) -> str:
        """Column that remembers which entity the document gave."""
        return self.column.replace("entity_id", "own_entity_id")


REFERENCES = (
    Reference("mentions", "entity_id"),
    Reference("roles", "entity_id"),
    Reference("roles", "of_entity_id"),
    Reference("figures", "attributed_entity_id", "attributed_to"),
    Reference("figures", "counted_entity_id"),
    Reference("figures", "actor_entity_id"),
    Reference("figures", "place_entity_id"),
    Reference("quotes", "speaker_entity_id", "speaker"),
    Reference("reported_statements", "source_entity_id", "source"),
    Reference("articles", "place_entity_id"),
)
"""Every reference to an entity from what was made of documents."""

_MOST_VALUES = 500
"""Values listed in one statement; SQLite takes more, but need not parse them."""

_ALIASES_GO = "DELETE FROM aliases WHERE entity_id = ? AND NOT is_own"
_ALIASES_COME = (
    "INSERT OR IGNORE INTO aliases (entity_id, name, is_own) "
    "SELECT e.merged_into_id, a.name, 0 FROM entities e "
    "JOIN aliases a ON a.entity_id = e.id AND a.is_own WHERE e.merged_into_id = ?"
)


def refold(connection: Connection, targets: Mapping[int, int]) -> int:
    """Let the rows of each entity stand under its target; the number of entities that changed.

    An entity that is its own target stands alone. A target must be its own target, now or in this
    call. Names derived from entities, and the aliases of those that entities leave or join,
    follow.
    """
    present = survivors(connection, targets)
    changed = sorted(
        (entity, target) for entity, target in targets.items() if present[entity] != target
    )
    if not changed:
        return 0
    names = names_of(connection, {target for _entity, target in changed})
    for reference in REFERENCES:
        for was_merged in (False, True):
            rows = [
                (
                    target,
                    None if target == entity else entity,
                    *([names[target]] if reference.name_column else []),
                    entity,
                )
                for entity, target in changed
                if (present[entity] != entity) == was_merged
            ]
            if rows:
                connection.exec_driver_sql(_update(reference, was_merged=was_merged), rows)
    connection.exec_driver_sql(
        "UPDATE entities SET merged_into_id = ? WHERE id = ?",
        [(None if target == entity else target, entity) for entity, target in changed],
    )
    touched = {each for entity, target in changed for each in (entity, target, present[entity])}
    refresh_aliases(connection, touched)
    return len(changed)


def _update(reference: Reference, *, was_merged: bool) -> str:
    sets = [f"{reference.column} = ?", f"{reference.own} = ?"]
    if reference.name_column:
        sets.append(f"{reference.name_column} = ?")
    where = own_condition(reference, was_merged=was_merged)
    return f"UPDATE {reference.table} SET {', '.join(sets)} WHERE {where}"


def own_condition(reference: Reference, *, was_merged: bool) -> str:
    """SQL that is true of the rows whose document gave one entity, its number being the `?`."""
    if was_merged:
        return f"{reference.own} = ?"
    return f"{reference.column} = ? AND {reference.own} IS NULL"


def refresh_aliases(connection: Connection, entities: Iterable[int]) -> None:
    """Give entities, beside the forms of their own, those of all that are merged into them."""
    rows = [(entity,) for entity in sorted(entities)]
    if rows:
        connection.exec_driver_sql(_ALIASES_GO, rows)
        connection.exec_driver_sql(_ALIASES_COME, rows)


def survivors(connection: Connection, entities: Iterable[int]) -> dict[int, int]:
    """The entity under which the rows of each of these stand now."""
    found = _select(
        connection,
        "SELECT id, coalesce(merged_into_id, id) FROM entities WHERE id IN ({})",
        entities,
    )
    return {row[0]: row[1] for row in found}


def names_of(connection: Connection, entities: Iterable[int]) -> dict[int, str]:
    """Name of each entity."""
    found = _select(connection, "SELECT id, name FROM entities WHERE id IN ({})", entities)
    return {row[0]: row[1] for row in found}


def members(connection: Connection, entities: Iterable[int]) -> dict[int, int]:
    """All that is merged into any of these, each with the one it is merged into."""
    found = _select(
        connection,
        "SELECT id, merged_into_id FROM entities WHERE merged_into_id IN ({})",
        entities,
    )
    return {row[0]: row[1] for row in found}


def _select(connection: Connection, statement: str, entities: Iterable[int]) -> Iterator[Any]:
    """Rows of a statement in which `{}` stands for a list of entities, asked for in portions."""
    numbers = sorted(set(entities))
    for at in range(0, len(numbers), _MOST_VALUES):
        some = tuple(numbers[at : at + _MOST_VALUES])
        marks = ",".join("?" * len(some))
        yield from connection.exec_driver_sql(statement.format(marks), some).fetchall()
