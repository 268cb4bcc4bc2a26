"""Which own entities that are no persons are the same: bodies, places, events, works.

Four kinds of block. `same:` holds names with one *core*: the name without what is only a way of
writing it (legal form, `&`, order of an event's year), and for a state's body without its country,
which stands in the key. `spelt:` holds names that are alike in American spelling. `short:` holds
the abbreviation and the names it can stand for, `place:` one-word places of a country that are
written alike.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from math import cos, hypot, radians

from archive.records import Candidate, EntityType, Link
from archive.resolution import bodies
from archive.resolution.candidates import linked, main_country
from archive.resolution.keys import name_key
from archive.resolution.spelling import block_of, is_same_letters
from archive.vocabulary.names import (
    Place,
    american_spellings,
    common_words,
    legal_forms,
    many_named,
    places,
)

SAME = "same:"
SPELT = "spelt:"
SHORT = "short:"
PLACE = "place:"

_PLACES = frozenset({EntityType.GPE, EntityType.LOC, EntityType.FAC})
_ABROAD = frozenset({"embassy", "consulate", "mission"})  # of one country in another
_FULL = {"st": "saint", "mt": "mount", "ft": "fort", "intl": "international", "natl": "national"}
_SHORTEST_PLACE = 5  # letters; shorter names are too often two places
_SAME_PLACE = 30.0  # kilometres between two entries of the gazetteer that can be one place
_KM_PER_DEGREE = 111.2  # of a great circle of the Earth
_SHORTEST_INITIALS = 3  # letters of an abbreviation that no document explains
_TOLD = 3  # countries named most that tell where a body is at home
_ACQUAINTED = 2  # shared companions that let initials alone be believed


def blocking_keys(
    name: str, type_: EntityType, country_code: str | None, names: Sequence[str]
) -> tuple[str, ...]:
    """Blocks in which an own entity that is no person is compared, sorted."""
    same = core(name, type_, country_code)
    found = {f"{SAME}{type_.value}:{same}"}
    american = " ".join(american_spellings().get(word, word) for word in same.split())
    if american != same or not _american().isdisjoint(same.split()):
        found.add(f"{SPELT}{type_.value}:{american}")
    if type_ is EntityType.ORG:
        found |= {f"{SHORT}{letters}" for letters in _abbreviations(name, names)}
    if type_ in {EntityType.GPE, EntityType.LOC} and country_code is not None:
        word = name_key(name)
        if word.isalpha() and len(word) >= _SHORTEST_PLACE:
            found.add(f"{PLACE}{country_code}:{block_of(word)}")
    return tuple(sorted(found))


def link(block: str, candidates: Sequence[Candidate]) -> list[Link]:
    """Links between the own entities of one block, which are sorted by key."""
    if block.startswith(SHORT):
        return _link_abbreviations(block.removeprefix(SHORT), candidates)
    if block.startswith(PLACE):
        return _link_places(candidates)
    if block.startswith(SPELT):
        return _link_spellings(candidates)
    return _link_cores(candidates)


# ------------------------------------------------------------------------ same core


@lru_cache(maxsize=65_536)
def core(name: str, type_: EntityType, country_code: str | None) -> str:
    """What is left of a name without the ways of writing it.

    >>> core("Ministry of Defence", EntityType.ORG, "NO")
    'defense ministry'
    >>> core("2022 FIFA World Cup", EntityType.EVENT, None)
    '2022 cup fifa world'
    """
    town = many_named().get(name.replace("’", "'")) if type_ is EntityType.GPE else None
    if town is not None and town.code == country_code:
        name = town.name
    words = _plain_words(name.replace("&", " and "))
    if type_ is EntityType.EVENT:
        return " ".join(sorted(words))
    if type_ is EntityType.NORP:
        return " ".join(_singular(word) for word in words)
    if type_ is not EntityType.ORG:
        return " ".join(words)
    if country_code and bodies.is_state_body(name) and _ABROAD.isdisjoint(words):
        bare = bodies.core(name)
        if bare:  # of one country, so that spelling tells nothing
            return " ".join(american_spellings().get(word, word) for word in bare.split())
    return " ".join(_without_legal_form(words))


def _plain_words(name: str) -> list[str]:
    return [_FULL.get(word, word) for word in name_key(name).split()]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _without_legal_form(words: list[str]) -> list[str]:
    """The words of a company's name without `Inc` and the like, if what is left is a name."""
    left = words
    while len(left) > 1 and left[-1] in legal_forms():
        left = left[:-1]
    return words if all(word in common_words() for word in left) else left


def _link_cores(candidates: Sequence[Candidate]) -> list[Link]:
    """Join those of one country; those of none join the only country there is."""
    by_country: defaultdict[str | None, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_country[candidate.key[2]].append(candidate)
    links = []
    for some in by_country.values():
        rule = "state-body" if some[0].key[2] and bodies.is_state_body(some[0].name) else "form"
        links += [linked(some[0], other, rule, 0.9) for other in some[1:]]
    stateless = by_country.pop(None, [])
    if stateless and len(by_country) == 1 and _tells_alone(stateless[0]):
        (some,) = by_country.values()
        links.append(linked(stateless[0], some[0], "only-country", 0.8))
    return links


@cache
def _american() -> frozenset[str]:
    return frozenset(american_spellings().values())


def _link_spellings(candidates: Sequence[Candidate]) -> list[Link]:
    """Join British and American spelling of one name where both mean the same country."""
    by_core: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_core[core(candidate.name, candidate.key[1], candidate.key[2])].append(candidate)
    if len(by_core) != 2:
        return []
    ours, theirs = by_core.values()
    pairs = [(one, other) for one in ours for other in theirs if _is_of_one_country(one, other)]
    return [linked(*pairs[0], "british-american", 0.85)] if len(pairs) == 1 else []


def _is_of_one_country(one: Candidate, other: Candidate) -> bool:
    """Whether two have one country, or the articles of both name one country most."""
    if one.key[2] is not None or other.key[2] is not None:
        return one.key[2] == other.key[2]
    here, there = main_country(one.context.countries), main_country(other.context.countries)
    return here is not None and here == there


def _tells_alone(candidate: Candidate) -> bool:
    """Whether a name without country is one that only one thing bears, as far as words tell."""
    words = name_key(candidate.name).split()
    if candidate.key[1] in {EntityType.NORP, EntityType.PRODUCT, EntityType.WORK}:
        return False
    if candidate.key[1] is EntityType.ORG and (
        len(words) < 2 or bodies.is_state_body(candidate.name)
    ):
        return False
    return not all(word in common_words() for word in words)


# ------------------------------------------------------------------------ abbreviations


def _abbreviations(name: str, names: Sequence[str]) -> set[str]:
    """Abbreviations that a body's name is, that documents explain by it, and its initials."""
    own = bodies.acronym_letters(name)
    if own is not None:
        return {own}
    if " " not in name:
        return set()
    by_initials = {each for each in bodies.initials_of(name) if len(each) >= _SHORTEST_INITIALS}
    return by_initials | _explained(names)


def _explained(names: Sequence[str]) -> set[str]:
    return {letters for each in names if (letters := bodies.acronym_letters(each)) is not None}


def _link_abbreviations(letters: str, candidates: Sequence[Candidate]) -> list[Link]:
    """Join an abbreviation that its documents leave unexplained to the one name it can mean."""
    short = [each for each in candidates if bodies.acronym_letters(each.name) == letters]
    full = [each for each in candidates if bodies.acronym_letters(each.name) is None]
    explained = [each for each in full if letters in _explained(each.names)]
    countries = {each.key[2] for each in (*short, *full)} - {None}
    links = []
    for one in short:
        fitting = [
            each
            for each in (explained or full)
            if one.key[2] == each.key[2]
            or (len(countries) < 2 and None in {one.key[2], each.key[2]})
        ]
        if len({core(each.name, each.key[1], each.key[2]) for each in fitting}) != 1:
            continue
        if explained and _is_near(one, fitting[0]):
            links.append(linked(one, fitting[0], "abbreviation", 0.9))
        elif not explained and _is_acquainted(one, fitting[0]):
            links.append(linked(one, fitting[0], "initials", 0.8))
    return links


def _is_near(one: Candidate, other: Candidate) -> bool:
    """Whether two are of one country, or speak of one beside a companion in common."""
    if _is_of_one_country(one, other):
        return True
    ours = {code for code, _ in one.context.countries[:_TOLD]}
    theirs = {code for code, _ in other.context.countries[:_TOLD]}
    return bool(ours & theirs) and _is_acquainted(one, other)


def _is_acquainted(one: Candidate, other: Candidate) -> bool:
    return len(set(one.context.companions) & set(other.context.companions)) >= _ACQUAINTED


# ------------------------------------------------------------------------------- places


def _link_places(candidates: Sequence[Candidate]) -> list[Link]:
    """Join spellings of one place; each joins the only earlier group that it is written like."""
    groups: list[list[Candidate]] = []
    links = []
    for one in candidates:
        near = [group for group in groups if all(_is_same_place(one, each) for each in group)]
        if len(near) == 1:
            links.append(linked(near[0][0], one, "place-spelling", 0.85))
            near[0].append(one)
        else:
            groups.append([one])
    return links


def _is_same_place(one: Candidate, other: Candidate) -> bool:
    if one.key[1] is not other.key[1]:
        return False
    ours, theirs = name_key(one.name), name_key(other.name)
    if ours != theirs and not is_same_letters(ours, theirs):
        return False
    here, there = _entries(one), _entries(other)
    if not here or not there:
        return True
    return any(_kilometres(a, b) <= _SAME_PLACE for a in here for b in there)


def _entries(candidate: Candidate) -> list[Place]:
    found = places().get(candidate.name, ())
    return [place for place in found if place.code == candidate.key[2]]


def _kilometres(one: Place, other: Place) -> float:
    """Distance on the plane that touches the Earth between them: exact enough for tens of km."""
    north, east = one.latitude or 0.0, one.longitude or 0.0
    to_north, to_east = other.latitude or 0.0, other.longitude or 0.0
    across = (east - to_east) * cos(radians((north + to_north) / 2))
    return hypot(north - to_north, across) * _KM_PER_DEGREE
