"""Versions of a source, and what changed from one to the next."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from archive.publishing.pages.rows import Row, first, select

_MOST_VERSIONS = 10
_MOST_PARAGRAPHS = 1_000
"""Versions and paragraphs that are compared; of longer ones the rest is left out."""

_ALIKE = 0.5
"""Share of words in common from which a paragraph is an edited one, not another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A paragraph that came, went or was edited.

    `words` are stretches of it, each `same`, `added` or `removed`.
    """

    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A version of a source, its first article, and what differs from the version before."""

    source: Row
    changes: tuple[Change, ...]
    is_first: bool


_VERSIONS = """
SELECT s.id, s.name, s.sha256, s.superseded_by_id, s.retrieved_at, r.started_at AS stored_at,
  (SELECT uid FROM articles AS a WHERE a.source_id = s.id ORDER BY position LIMIT 1) AS uid
FROM sources AS s JOIN runs AS r ON r.id = s.run_id
WHERE s.name = ?
ORDER BY s.superseded_by_id IS NULL DESC, s.id DESC
LIMIT ?
"""
_TEXTS = """
SELECT text FROM paragraphs WHERE source_id = ? AND role <> 'furniture' ORDER BY position LIMIT ?
"""
_NEWEST = """
WITH RECURSIVE later (id, step) AS (
  SELECT :superseded_by_id, 0
  UNION
  SELECT s.superseded_by_id, step + 1 FROM later JOIN sources AS s ON s.id = later.id
  WHERE s.superseded_by_id IS NOT NULL AND step < 1000
)
SELECT a.uid, a.headline, a.published_on, a.published_precision, s.name AS source
FROM later
JOIN sources AS s ON s.id = later.id AND s.superseded_by_id IS NULL
JOIN articles AS a ON a.source_id = s.id
ORDER BY a.headline IS NOT :headline, abs(a.position - :position), a.id
LIMIT 1
"""


def newest_version(connection: sqlite3.Connection, article: Row) -> Row | None:
    """Article of the current source that a superseded one became, by headline, then place."""
    return first(connection, _NEWEST, article)


def revisions_of(connection: sqlite3.Connection, name: str) -> list[Revision]:
    """Versions of the source of this name, the newest first; none where there is only one."""
    versions = select(connection, _VERSIONS, (name, _MOST_VERSIONS))
    if len(versions) < 2:
        return []
    texts = [
        [row["text"] for row in select(connection, _TEXTS, (version["id"], _MOST_PARAGRAPHS))]
        for version in versions
    ]
    found = [
        Revision(source=version, changes=tuple(changes(before, after)), is_first=False)
        for version, (after, before) in zip(versions, pairwise(texts), strict=False)
    ]
    return [*found, Revision(source=versions[-1], changes=(), is_first=True)]


def changes(before: list[str], after: list[str]) -> Iterator[Change]:
    """Yield the paragraphs that differ, in the order of the text."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            continue
        old, new = before[old_from:old_to], after[new_from:new_to]
        edited = min(len(old), len(new))
        for one, other in zip(old[:edited], new[:edited], strict=True):
            yield from _edited(one, other)
        for gone in old[edited:]:
            yield Change(words=(("removed", gone),))
        for come in new[edited:]:
            yield Change(words=(("added", come),))


def _edited(before: str, after: str) -> Iterator[Change]:
    """Tell an edited paragraph word by word, one that was replaced whole."""
    old, new = before.split(" "), after.split(" ")
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        yield Change(words=(("removed", before),))
        yield Change(words=(("added", after),))
        return
    parts: list[tuple[str, str]] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            parts.append(("same", " ".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            parts.append(("removed", " ".join(old[old_from:old_to])))
        if new_to > new_from:
            parts.append(("added", " ".join(new[new_from:new_to])))
    yield Change(words=tuple(parts))
