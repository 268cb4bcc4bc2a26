"""What users decide of names: that two are one entity, or are not.

Decisions speak of names, not of numbers, so that they outlive the rows they were made of: a
document may be extracted again, removed and brought back. They outrank what rules find (see
`clustering`), and stand until they are taken back. `clusters.settle` carries them out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection

from archive.errors import MisuseError
from archive.storage.clock import now

SAME, DIFFERENT = "same", "different"


class Name(NamedTuple):
    """A name as decisions have it; `sense` None stands for all bearers of that name."""

    name: str
    key: str
    type: str
    country_code: str | None
    sense: str | None

    def __str__(self) -> str:
        """As people read it: `Foreign Ministry (ORG, IR)`."""
        return f"{self.name} ({', '.join(filter(None, self[2:]))})"

    @property
    def _bearer(self) -> tuple[str, str, str | None]:
        return self.key, self.type, self.country_code

    def covers(self, other: "Name") -> bool:
        """Whether this speaks of the other: of the same name, and of its sense or of all."""
        return self._bearer == other._bearer and self.sense in (None, other.sense)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A row of `decisions`; `block` is None where a user decided."""

    id: int
    left: Name
    right: Name
    verdict: str
    score: float
    decided_by: str
    block: str | None
    reason: str | None
    made_at: str
    undone_at: str | None

    def __str__(self) -> str:
        """As people read it, in one line."""
        return f"decision {self.id}: {self.left} {self.verdict} {self.right}, by {self.decided_by}"


_COLUMNS = (
    "d.id, d.left_name, d.left_key, d.left_type, d.left_country_code, d.left_sense, "
    "d.right_name, d.right_key, d.right_type, d.right_country_code, d.right_sense, "
    "d.verdict, d.score, d.decided_by, d.block, d.reason, d.made_at, d.undone_at"
)
_INSERT = (
    "INSERT INTO decisions (left_name, left_key, left_type, left_country_code, left_sense, "
    "right_name, right_key, right_type, right_country_code, right_sense, verdict, score, "
    "decided_by, reason, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1.0, ?, ?, ?)"
)


def decide(
    connection: Connection, left: Name, right: Name, verdict: str, *, by: str, reason: str | None
) -> Decision:
    """Write down that two names are one entity (`same`) or are not (`different`).

    With `same` the left name is the one by which both are to go. `different` speaks of all bearers
    of the two names, unless these differ in their sense alone. Raises MisuseError where users
    already decided otherwise, or just so.
    """
    if left == right:
        raise MisuseError(
            f"{left}: both names mean this one in the documents that have them. Name two "
            "entities, by number if need be."
        )
    if verdict == DIFFERENT and left[1:4] != right[1:4]:
        left, right = left._replace(sense=None), right._replace(sense=None)
    standing = [each for each in users_decisions(connection) if each.undone_at is None]
    _refuse_repetition(standing, left, right, verdict)
    _refuse_contradiction(standing, left, right, verdict)
    cursor = connection.exec_driver_sql(
        _INSERT, (*left, *right, verdict, f"user:{by}", reason, now())
    )
    return get(connection, cursor.lastrowid)


def undo(connection: Connection, decision_id: int) -> Decision:
    """Take a user's decision back. Raises MisuseError for any other number."""
    found = get(connection, decision_id)
    if found.block is not None:
        raise MisuseError(
            f"{found}: that is a rule, which would find it again. Overrule it with: archive "
            "entity different LEFT RIGHT"
        )
    if found.undone_at is not None:
        raise MisuseError(f"{found}: was taken back at {found.undone_at} already.")
    connection.exec_driver_sql(
        "UPDATE decisions SET undone_at = ? WHERE id = ?", (now(), decision_id)
    )
    return get(connection, decision_id)


def get(connection: Connection, decision_id: int) -> Decision:
    """One decision. Raises MisuseError where there is none of that number."""
    row = connection.exec_driver_sql(
        f"SELECT {_COLUMNS} FROM decisions d WHERE d.id = ?", (decision_id,)
    ).fetchone()
    if row is None:
        raise MisuseError(
            f"{decision_id}: no decision of that number. `archive entity show NAME` lists those "
            "that concern an entity."
        )
    return _decision(row)


def users_decisions(connection: Connection) -> list[Decision]:
    """Every decision of a user, those taken back included, oldest first."""
    found = connection.exec_driver_sql(
        f"SELECT {_COLUMNS} FROM decisions d WHERE d.block IS NULL ORDER BY d.id"
    )
    return [_decision(row) for row in found]


def concerning(connection: Connection, entities: Sequence[int]) -> list[Decision]:
    """Every decision that speaks of any of these own entities, users' first."""
    sides = (
        f"SELECT {_COLUMNS} FROM entities e CROSS JOIN decisions d ON d.{side}_key = e.name_key "
        f"AND d.{side}_type = e.type AND +d.{side}_country_code IS e.country_code "
        f"AND (d.{side}_sense IS NULL OR d.{side}_sense = e.sense) WHERE e.id = ?"
        for side in ("left", "right")
    )
    statement = " UNION ".join(sides)
    found = {
        _decision(row)
        for entity in entities
        for row in connection.exec_driver_sql(statement, (entity, entity))
    }
    return sorted(found, key=lambda each: (each.block is not None, each.id))


def _decision(row: Sequence[Any]) -> Decision:
    number, verdict, score, decided_by, block, reason, made_at, undone_at = (row[0], *row[11:])
    return Decision(
        id=number,
        left=Name(*row[1:6]),
        right=Name(*row[6:11]),
        verdict=verdict,
        score=score,
        decided_by=decided_by,
        block=block,
        reason=reason,
        made_at=made_at,
        undone_at=undone_at,
    )


# ------------------------------------------------------------------------ contradictions


def _refuse_repetition(standing: Sequence[Decision], left: Name, right: Name, verdict: str) -> None:
    for each in standing:
        pair = {each.left[1:], each.right[1:]}
        if each.verdict == verdict and pair == {left[1:], right[1:]}:
            remedy = (
                f" To go by the other name, first: archive entity undo {each.id}"
                if verdict == SAME and each.left[1:] != left[1:]
                else ""
            )
            raise MisuseError(f"{each}: already decided.{remedy}")


def _refuse_contradiction(
    standing: Sequence[Decision], left: Name, right: Name, verdict: str
) -> None:
    """Hold that no two names are called different that users made one, over others too."""
    same = [each for each in standing if each.verdict == SAME]
    different = [(each.left, each.right, each) for each in standing if each.verdict == DIFFERENT]
    if verdict == SAME:
        for one, other, cause in different:
            for path in _paths(same, one, other, (left, right)):
                raise MisuseError(_contradiction([cause, *path]))
    else:
        for path in _paths(same, left, right, None):
            raise MisuseError(_contradiction(path))


def _contradiction(causes: Sequence[Decision]) -> str:
    listed = "; ".join(str(each) for each in causes)
    return (
        f"This contradicts what was decided before: {listed}. Take one of them back with: "
        f"archive entity undo {causes[0].id}"
    )


def _paths(
    same: Sequence[Decision], start: Name, end: Name, more: tuple[Name, Name] | None
) -> Iterator[list[Decision]]:
    """The decisions by which two names are one: the shortest way, or none.

    `more` is a pair that would be made one besides.
    """
    links: list[tuple[Name, Name, Decision | None]] = [
        (each.left, each.right, each) for each in same
    ]
    if more is not None:
        links.append((*more, None))
    names = {name for one, other, _cause in links for name in (one, other)}
    seen: dict[Name, list[Decision]] = {name: [] for name in names if start.covers(name)}
    waiting = list(seen)
    while waiting:
        at = waiting.pop(0)
        if end.covers(at):
            yield seen[at]
            return
        for one, other, cause in links:
            for near, far in ((one, other), (other, one)):
                if near[1:] == at[1:] and far not in seen:
                    seen[far] = [*seen[at], *([cause] if cause else [])]
                    waiting.append(far)
