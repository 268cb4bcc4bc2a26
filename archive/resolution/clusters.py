"""Which entities of the whole archive are the same, as far as names and contexts tell.

Each document decides alone which *own* entity its mentions speak of (`entities`); here own
entities of different documents are compared. Nothing is compared with everything: an own entity
stands under a few `blocking_keys`, and `link` looks at the own entities of one key. Every rule is
decided within one block that holds all who could contradict it, so that what is linked may also
be joined over several links.
"""

from collections.abc import Sequence

from archive.records import Candidate, EntityType, Link
from archive.resolution import things
from archive.resolution.bearers import link_persons
from archive.resolution.candidates import order
from archive.resolution.forms import parse

_PERSON = "person:"
_LIMITS = {
    _PERSON: 5_000,
    things.SAME: 2_000,
    things.SPELT: 500,
    things.SHORT: 200,
    things.PLACE: 500,
}
"""Most own entities of a block, by the kind of block: so many of one name tell nothing."""


def blocking_keys(
    name: str, type_: EntityType, country_code: str | None, sense: str, names: Sequence[str]
) -> tuple[str, ...]:
    """Blocks in which an own entity is compared, sorted; () where nothing can be the same.

    Needs no context. `names` are its aliases, as in `Candidate`.

    >>> blocking_keys("Sergey Lavrov", EntityType.PERSON, None, "", ())
    ('person:lvrv.au.',)
    """
    if type_ is EntityType.PERSON:
        parsed = parse(name)
        return () if parsed is None else (_PERSON + parsed.block,)
    return things.blocking_keys(name, type_, country_code, names)


def block_limit(block: str) -> int:
    """The most own entities a block may hold; a larger one says too little and gives no links.

    The caller need not load the members of a larger block.
    """
    return _LIMITS[block[: block.index(":") + 1]]


def needs_context(block: str) -> bool:
    """Whether `link` looks at `Candidate.context` in this block; else it may be left empty."""
    return block.startswith((_PERSON, things.SPELT, things.SHORT))


def comparable(left: Candidate, right: Candidate) -> bool:
    """Whether two own entities could be one at all: same type, no two countries."""
    countries = {left.key[2], right.key[2]} - {None}
    return left.key[1] is right.key[1] and len(countries) < 2


def link(block: str, candidates: Sequence[Candidate]) -> list[Link]:
    """The links between the own entities of one block, sorted; pure, blind to their order.

    `block` is the blocking key that all `candidates` share. A block of more than `block_limit`
    candidates gives [].
    """
    if not 1 < len(candidates) <= block_limit(block):
        return []
    ordered = sorted(candidates, key=lambda candidate: order(candidate.key))
    is_person = block.startswith(_PERSON)
    found = link_persons(ordered) if is_person else things.link(block, ordered)
    return sorted(found, key=lambda each: (order(each.left), order(each.right), each.rule))
