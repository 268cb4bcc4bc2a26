"""What one snapshot has that another has not: articles, figures and entities of current sources.

Rows are matched by natural keys, so that ids may differ: an article by its source's name and its
`uid`, a figure by its article and where it stands, an entity by its key, type, country and sense.
The two sides are read in the order of their keys and merged, so memory holds differences only.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.errors import SnapshotError
from archive.publishing.manifest import DATABASE, connect_frozen, read_manifest, size_faults

Row = dict[str, object]

_ARTICLES = """
SELECT s.name AS source, a.uid, a.headline, a.kind, o.name AS outlet, a.published_on,
  a.published_precision, a.updated_at, a.status, a.byline, a.dateline, a.url, a.word_count,
  a.char_start, a.char_end
FROM articles AS a
JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
LEFT JOIN outlets AS o ON o.id = a.outlet_id
ORDER BY 1, 2
"""
# `nth` tells apart figures that stand at the same place.
_FIGURES = """
SELECT s.name AS source, coalesce(a.uid, '') AS uid, f.char_start, f.char_end,
  row_number() OVER (
    PARTITION BY s.name, a.uid, f.char_start, f.char_end ORDER BY f.kind, f.low, f.high
  ) AS nth,
  f.text, f.kind, f.value, f.low, f.high, f.modifier, f.unit, f.per, f.counted, f.measure,
  f.status, f.trend, f.period, f.period_start, f.period_end, f.attributed_to, f.attribution_kind,
  actor.name AS actor, place.name AS place
FROM figures AS f
JOIN paragraphs AS p ON p.id = f.paragraph_id
JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN entities AS actor ON actor.id = f.actor_entity_id
LEFT JOIN entities AS place ON place.id = f.place_entity_id
ORDER BY 1, 2, 3, 4, 5
"""
_ENTITIES = """
SELECT e.name_key, e.type, coalesce(e.country_code, '') AS country_code, e.sense,
  e.name, e.latitude, e.longitude, m.name AS merged_into
FROM entities AS e
LEFT JOIN entities AS m ON m.id = e.merged_into_id
ORDER BY 1, 2, 3, 4
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Rows of one kind that differ.

    Added and removed rows are whole; a changed one has its key, and under `before` and `after`
    the columns that differ.
    """

    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    changed: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What leads from one snapshot to another; `dataclasses.asdict` makes JSON of it."""

    before: str
    after: str
    articles: Changes
    figures: Changes
    entities: Changes

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not any(
            (each.added or each.removed or each.changed)
            for each in (self.articles, self.figures, self.entities)
        )


def diff(before: Path, after: Path) -> Difference:
    """Compare two snapshots' folders.

    Raises SnapshotError where one is no snapshot, or they are of different schemas.
    """
    manifests = {path: read_manifest(path) for path in (before, after)}
    for path, manifest in manifests.items():
        if faults := size_faults(path, manifest):
            raise SnapshotError(
                f"{path}: cannot be compared: {faults[0]}. Choose another one; list them with: "
                "archive snapshot list"
            )
    old_schema, new_schema = (manifests[path].schema_revision for path in (before, after))
    if old_schema != new_schema:
        raise SnapshotError(
            f"{before.name} has schema {old_schema}, {after.name} {new_schema}: they cannot "
            "be compared. Restore the older one to another name with `archive snapshot restore`, "
            "upgrade it, and make a snapshot of that."
        )
    try:
        with (
            connect_frozen(before / DATABASE) as old,
            connect_frozen(after / DATABASE) as new,
        ):
            return Difference(
                before=before.name,
                after=after.name,
                articles=_changes(old, new, _ARTICLES, key_size=2),
                figures=_changes(old, new, _FIGURES, key_size=5),
                entities=_changes(old, new, _ENTITIES, key_size=4),
            )
    except sqlite3.DatabaseError as error:
        raise SnapshotError(
            f"{before.name} and {after.name} cannot be compared: {error}. "
            "Find the damaged one with: archive snapshot verify"
        ) from error


def _changes(
    old: sqlite3.Connection, new: sqlite3.Connection, select: str, key_size: int
) -> Changes:
    added: list[Row] = []
    removed: list[Row] = []
    changed: list[Row] = []
    cursor = new.execute(select)
    names = [column[0] for column in cursor.description]
    for before, after in _merged(old.execute(select), cursor, key_size):
        if before is None:
            added.append(_row(names, after))
        elif after is None:
            removed.append(_row(names, before))
        elif before != after:
            differing = [n for n in range(key_size, len(names)) if before[n] != after[n]]
            changed.append(
                {
                    **{names[n]: after[n] for n in range(key_size)},
                    "before": {names[n]: before[n] for n in differing},
                    "after": {names[n]: after[n] for n in differing},
                }
            )
    return Changes(added=tuple(added), removed=tuple(removed), changed=tuple(changed))


def _merged(
    old: Iterator[tuple[object, ...]], new: Iterator[tuple[object, ...]], key_size: int
) -> Iterator[tuple[tuple[object, ...] | None, tuple[object, ...] | None]]:
    """Pair the rows of two sides that are in the order of their first `key_size` columns.

    SQLite orders text by its bytes in UTF-8, which is Python's order of code points.
    """
    left, right = next(old, None), next(new, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left[:key_size] < right[:key_size]):
            yield left, None
            left = next(old, None)
        elif left is None or right[:key_size] < left[:key_size]:
            yield None, right
            right = next(new, None)
        else:
            yield left, right
            left, right = next(old, None), next(new, None)


def _row(names: list[str], values: tuple[object, ...] | None) -> Row:
    return dict(zip(names, values or (), strict=True))
