"""What changed between two revisions of a source: paragraphs, figures and names.

Edits that leave the words as they are (case, punctuation, quotation marks, white space) are no
change.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME_PARAGRAPH = 0.5
"""Share of words, in order, from which two paragraphs are one that was changed."""

_CANDIDATES = 3
"""Old paragraphs that a new one is compared with word by word."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of a source: its row, the hash of its bytes and the run that stored it."""

    source_id: int
    sha256: str
    stored_at: str


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph, figure or name as it was and as it is; None where it was not, or is no more."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionChanges:
    """What leads from one revision to the next, each in the order of the text."""

    before: Revision
    after: Revision
    paragraphs: tuple[Change, ...]
    figures: tuple[Change, ...]
    names: tuple[Change, ...]


def revisions(connection: sqlite3.Connection, name: str) -> list[Revision]:
    """Every version of a source, oldest first; none for a name that is not stored."""
    # The current one is last, also where content came back that had been there before.
    rows = connection.execute(
        "SELECT s.id, s.sha256, r.started_at FROM sources s JOIN runs r ON r.id = s.run_id "
        "WHERE s.name = ? ORDER BY s.superseded_by_id IS NULL, s.id",
        (name,),
    )
    return [Revision(*row) for row in rows]


def changes(connection: sqlite3.Connection, before: Revision, after: Revision) -> RevisionChanges:
    """Compare two versions of a source."""
    old, new = (_paragraphs(connection, each.source_id) for each in (before, after))
    return RevisionChanges(
        before=before,
        after=after,
        paragraphs=tuple(_changed_paragraphs(old, new)),
        figures=_changed_figures(connection, before, after),
        names=_changed_names(connection, before, after),
    )


def _paragraphs(connection: sqlite3.Connection, source_id: int) -> list[tuple[int | None, str]]:
    return connection.execute(
        "SELECT words_hash, text FROM paragraphs WHERE source_id = ? ORDER BY position",
        (source_id,),
    ).fetchall()


def _changed_paragraphs(
    old: Sequence[tuple[int | None, str]], new: Sequence[tuple[int | None, str]]
) -> Iterator[Change]:
    """Paragraphs whose words differ; those that replace each other are paired by likeness."""
    matcher = SequenceMatcher(None, [row[0] for row in old], [row[0] for row in new], False)
    moved = Counter(row[0] for row in old) & Counter(row[0] for row in new)
    for operation, start, stop, new_start, new_stop in matcher.get_opcodes():
        if operation == "equal":
            continue
        gone = [text for key, text in old[start:stop] if key is not None and not moved[key]]
        come = [text for key, text in new[new_start:new_stop] if key is not None and not moved[key]]
        yield from _paired(gone, come)


def _paired(gone: list[str], come: list[str]) -> Iterator[Change]:
    """Pair each new paragraph with the likest old one that is left."""
    left = [(text, set(text.split())) for text in gone]
    pairs = []
    for text in come:
        words = set(text.split())
        # The words in common are quickly counted; their order is looked at for the likeliest alone.
        ranked = sorted(
            range(len(left)), key=lambda i: (-len(words & left[i][1]) / len(left[i][1]), i)
        )
        likeness = [(_likeness(left[i][0], text), -i) for i in ranked[:_CANDIDATES]]
        best, index = max(likeness, default=(0.0, 0))
        if best >= SAME_PARAGRAPH:
            pairs.append(Change(left.pop(-index)[0], text))
        else:
            pairs.append(Change(None, text))
    yield from (Change(text, None) for text, _words in left)
    yield from pairs


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), False).ratio()


# What a figure is about; two figures that agree in it and differ in value are one that changed.
_FIGURES = """
SELECT coalesce(f.measure, ''), f.kind, coalesce(f.unit, ''), lower(coalesce(f.counted, '')),
    coalesce(f.period, ''), f.low, f.high, f.modifier, f.text, coalesce(f.counted, '')
FROM figures f JOIN paragraphs p ON p.id = f.paragraph_id
WHERE p.source_id = ? ORDER BY f.char_start
"""
_TOPIC = 5
_VALUE = 8


def _changed_figures(
    connection: sqlite3.Connection, before: Revision, after: Revision
) -> tuple[Change, ...]:
    old, new = (
        connection.execute(_FIGURES, (each.source_id,)).fetchall() for each in (before, after)
    )
    kept = Counter(row[:_VALUE] for row in old) & Counter(row[:_VALUE] for row in new)
    gone, come = (_without(rows, Counter(kept)) for rows in (old, new))
    found = []
    for row in come:
        match = next((each for each in gone if each[:_TOPIC] == row[:_TOPIC]), None)
        if match is not None:
            gone.remove(match)
        was = None if match is None else _figure_line(match)
        found.append(Change(was, _figure_line(row)))
    return (*(Change(_figure_line(row), None) for row in gone), *found)


def _without(
    rows: Sequence[tuple[object, ...]], kept: Counter[tuple[object, ...]]
) -> list[tuple[object, ...]]:
    left = []
    for row in rows:
        if kept[row[:_VALUE]]:
            kept[row[:_VALUE]] -= 1
        else:
            left.append(row)
    return left


def _figure_line(row: tuple[object, ...]) -> str:
    return f"{row[8]} {row[9]}".strip()


def _changed_names(
    connection: sqlite3.Connection, before: Revision, after: Revision
) -> tuple[Change, ...]:
    statement = (
        "SELECT DISTINCT e.name || ' (' || e.type || ')' FROM mentions m "
        "JOIN paragraphs p ON p.id = m.paragraph_id JOIN entities e ON e.id = m.entity_id "
        "WHERE p.source_id = ? ORDER BY 1"
    )
    old, new = (
        [str(row[0]) for row in connection.execute(statement, (each.source_id,))]
        for each in (before, after)
    )
    return (
        *(Change(name, None) for name in old if name not in new),
        *(Change(None, name) for name in new if name not in old),
    )
