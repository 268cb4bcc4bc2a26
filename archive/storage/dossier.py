"""Finding an entity by any of its names, and all that the archive knows about one.

Counts are of current sources.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler
from sqlalchemy import Connection

from archive.errors import MisuseError
from archive.storage.decisions import SAME, Decision, Name, concerning

_NEAREST = 5
"""Names proposed where one is not known."""
_LEAST_LIKENESS = 0.8
"""Jaro-Winkler likeness below which a name is not proposed."""
_MOST_LISTED = 20
"""Entities listed where a name is that of several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """An own entity that a name may mean, and the entity that its rows stand under."""

    id: int
    survivor_id: int
    label: Name
    mentions: int

    @property
    def is_merged(self) -> bool:
        """Whether its rows stand under another."""
        return self.survivor_id != self.id

    def __str__(self) -> str:
        """As people read it, in one line."""
        return f"{self.id}  {self.label}, {self.mentions} mentions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """An entity that is part of another, and the strongest decision that says so.

    `beside` is the name on the decision's other side.
    """

    id: int
    name: str
    type: str
    country_code: str | None
    sense: str
    mentions: int
    decision: Decision | None
    beside: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post, of what, in how many articles and when first and last."""

    role: str
    of: str | None
    articles: int
    first_on: str | None
    last_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """An entity: what it is, its names, what it is made of and what was decided of it.

    Of an entity that was merged into another, `names`, `roles` and counts are of its own part.
    """

    id: int
    name: str
    type: str
    country_code: str | None
    country: str | None
    sense: str
    merged_into: Bearer | None
    merged_by: Merged | None
    names: tuple[tuple[str, int], ...]
    merged: tuple[Merged, ...]
    roles: tuple[Post, ...]
    mentions: int
    articles: int
    figures: int
    first_on: str | None
    last_on: str | None
    decisions: tuple[Decision, ...]


# ---------------------------------------------------------------------------- finding

_MENTIONS = (
    "(SELECT count(*) FROM mentions m WHERE m.entity_id = e.id AND m.own_entity_id IS NULL) + "
    "(SELECT count(*) FROM mentions m WHERE m.own_entity_id = e.id)"
)
_BEARER = (
    f"SELECT e.id, coalesce(e.merged_into_id, e.id), {_MENTIONS}, "
    "e.name, e.name_key, e.type, e.country_code, e.sense FROM entities e"
)


def find(
    connection: Connection, wanted: str, *, type_: str | None = None, country: str | None = None
) -> Bearer:
    """The own entity that a number, a name or any form of a name means.

    Of the parts of one entity the one that goes by that very name. Raises MisuseError, with what
    might be meant, where it is no entity's name, or that of several.
    """
    if wanted.isdecimal():
        row = connection.exec_driver_sql(f"{_BEARER} WHERE e.id = ?", (int(wanted),)).fetchone()
        if row is not None:
            return _bearer(row)
    named = _named(connection, wanted)
    found = [
        each
        for each in named
        if type_ in (None, each.label.type) and country in (None, each.label.country_code)
    ]
    if not found:
        raise MisuseError(_unknown(connection, wanted, named))
    if len({each.survivor_id for each in found}) > 1:
        listed = "\n  ".join(str(each) for each in found[:_MOST_LISTED])
        raise MisuseError(
            f"{wanted}: the name of several. Say which by number, or with --type or --country:\n"
            f"  {listed}"
        )
    return min(found, key=lambda each: (each.label.name != wanted, each.is_merged, each.id))


def _named(connection: Connection, wanted: str) -> list[Bearer]:
    """Own entities that go by a name, else by one of other case; most mentioned first."""
    for collation in ("BINARY", "NOCASE"):
        found = connection.exec_driver_sql(
            f"{_BEARER} WHERE e.id IN (SELECT entity_id FROM aliases WHERE is_own "
            f"AND name = ? COLLATE {collation})",
            (wanted,),
        )
        bearers = [_bearer(row) for row in found]
        if bearers:
            return sorted(bearers, key=lambda each: (-each.mentions, each.id))
    return []


def _unknown(connection: Connection, wanted: str, named: Sequence[Bearer]) -> str:
    if named:
        listed = "\n  ".join(str(each) for each in named[:_MOST_LISTED])
        return f"{wanted}: none of that type and country. There are:\n  {listed}"
    names = connection.exec_driver_sql("SELECT DISTINCT name FROM aliases WHERE is_own").scalars()
    nearest = process.extract(
        wanted,
        names,
        scorer=JaroWinkler.normalized_similarity,
        processor=str.casefold,
        limit=_NEAREST,
        score_cutoff=_LEAST_LIKENESS,
    )
    hint = f" Did you mean {' or '.join(name for name, *_rest in nearest)}?" if nearest else ""
    return f"{wanted}: the archive knows no such name.{hint}"


def _bearer(row: Sequence[Any]) -> Bearer:
    return Bearer(id=row[0], survivor_id=row[1], mentions=row[2], label=Name(*row[3:]))


# ------------------------------------------------------------------------ describing

# Mentions, roles and figures of current sources with their articles; `mine` is what is described.
_CURRENT = (
    "JOIN paragraphs p ON p.id = x.paragraph_id "
    "JOIN sources s ON s.id = p.source_id AND s.superseded_by_id IS NULL "
    "LEFT JOIN articles a ON a.id = p.article_id"
)


def describe(connection: Connection, entity_id: int) -> Dossier:
    """All that the archive knows about an entity, by its number."""
    row = connection.exec_driver_sql(f"{_BEARER} WHERE e.id = ?", (entity_id,)).one()
    entity = _bearer(row)
    mine = "x.own_entity_id = ?" if entity.is_merged else "x.entity_id = ?"
    country = connection.exec_driver_sql(
        "SELECT name FROM countries WHERE code = ?", (entity.label.country_code,)
    ).scalar()
    counts = connection.exec_driver_sql(
        "SELECT count(*), count(DISTINCT a.id), min(a.published_on), max(a.published_on) "
        f"FROM mentions x {_CURRENT} WHERE {mine}",
        (entity_id,),
    ).one()
    names = connection.exec_driver_sql(
        f"SELECT x.text, count(*) FROM mentions x {_CURRENT} WHERE {mine} "
        "GROUP BY x.text ORDER BY 2 DESC, 1",
        (entity_id,),
    )
    cluster = _cluster(connection, entity.survivor_id)
    decisions = concerning(connection, [each.id for each in cluster])
    merged = [_merged(each, decisions) for each in cluster if each.id != entity.survivor_id]
    return Dossier(
        id=entity.id,
        name=entity.label.name,
        type=entity.label.type,
        country_code=entity.label.country_code,
        country=country,
        sense=entity.label.sense or "",
        merged_into=next(each for each in cluster if not each.is_merged)
        if entity.is_merged
        else None,
        merged_by=next((each for each in merged if each.id == entity.id), None),
        names=tuple((row[0], row[1]) for row in names),
        merged=() if entity.is_merged else tuple(merged),
        roles=_roles(connection, entity_id, mine),
        mentions=counts[0],
        articles=counts[1],
        figures=_figures(connection, entity_id, is_merged=entity.is_merged),
        first_on=counts[2],
        last_on=counts[3],
        decisions=tuple(
            each for each in decisions if not entity.is_merged or _speaks_of(each, entity.label)
        ),
    )


def _cluster(connection: Connection, survivor_id: int) -> list[Bearer]:
    """An entity and all that is merged into it, most mentioned first."""
    found = connection.exec_driver_sql(
        f"{_BEARER} WHERE e.id = ? OR e.merged_into_id = ?", (survivor_id, survivor_id)
    )
    return sorted((_bearer(row) for row in found), key=lambda each: (-each.mentions, each.id))


def _roles(connection: Connection, entity_id: int, mine: str) -> tuple[Post, ...]:
    found = connection.exec_driver_sql(
        "SELECT x.role, body.name, count(DISTINCT a.id), min(a.published_on), max(a.published_on) "
        f"FROM roles x {_CURRENT} LEFT JOIN entities body ON body.id = x.of_entity_id "
        f"WHERE {mine} GROUP BY x.role, body.id ORDER BY 3 DESC, 1, 2",
        (entity_id,),
    )
    return tuple(
        Post(role=row[0], of=row[1], articles=row[2], first_on=row[3], last_on=row[4])
        for row in found
    )


def _figures(connection: Connection, entity_id: int, *, is_merged: bool) -> int:
    """Figures that count the entity, that it caused or gave, or that hold there."""
    columns = [
        f"{part}_{'own_' if is_merged else ''}entity_id"
        for part in ("attributed", "counted", "actor", "place")
    ]
    parts = " UNION ".join(f"SELECT id FROM figures WHERE {column} = ?" for column in columns)
    return int(
        connection.exec_driver_sql(
            f"SELECT count(*) FROM figures x {_CURRENT} WHERE x.id IN ({parts})",
            (entity_id,) * len(columns),
        ).scalar_one()
    )


def _merged(part: Bearer, decisions: Sequence[Decision]) -> Merged:
    """A part of a cluster with the strongest link to another: a user's, else the surest rule's."""
    links = [
        each
        for each in decisions
        if each.verdict == SAME and each.undone_at is None and _speaks_of(each, part.label)
    ]
    best = min(links, key=lambda each: (each.block is not None, -each.score, each.id), default=None)
    beside = None
    if best is not None:
        beside = (best.right if best.left.covers(part.label) else best.left).name
    return Merged(
        id=part.id,
        name=part.label.name,
        type=part.label.type,
        country_code=part.label.country_code,
        sense=part.label.sense or "",
        mentions=part.mentions,
        decision=best,
        beside=beside,
    )


def _speaks_of(decision: Decision, label: Name) -> bool:
    return decision.left.covers(label) or decision.right.covers(label)
