"""Which own entities of one family name are the same person.

A block holds every own entity of one family name. They are taken one by one, those that tell
most first: full given names before initials, a stated country before none. Each joins the one
group of those before it with whose every member it can be one person, if the evidence is enough for
how common the name is; where two groups fit alike it stays alone. Since no member may contradict
any other, what is joined over several links agrees as well.

How much must speak for one person, in points (`_points`): nothing for the same rare full name,
one for a common one or for another spelling, two where the name is common and written otherwise.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from archive.records import Candidate, Link
from archive.resolution.candidates import linked, main_country, order
from archive.resolution.forms import (
    FEWER,
    SHORTER,
    PersonName,
    agreement,
    is_common,
    looked_up,
    meeting_keys,
    parse,
)
from archive.resolution.senses import Sense, read_sense
from archive.resolution.spelling import (
    EXACT,
    INITIAL,
    NEAR,
    NICKNAME,
    SPELLING,
    block_of,
    likeness,
    listed,
)

_MARGIN = 0.5  # points by which one group must fit better than the next
_COMPANIONS = 3  # shared companions that count; more add nothing
_STRANGERS = 2  # shared companions that outweigh two countries or two fields
_MOST_BEARERS = 200  # persons of one family name, of whom a single word may still be one
_ALONE = 3.0  # points that join a single word to a full name
_NAMED = 0.75  # points where one's country is named beside the other
_VISITED = 0.25  # points where both are seen in one country
_SYLLABLE = 4  # letters of a Chinese or Korean given name of one syllable, at most
_RELATED = {  # fields that people change to, or are of at once
    "politics": {"activism", "business", "farming", "law", "media", "military", "schooling"},
    "science": {"activism", "law", "media", "medicine", "politics", "schooling"},
    "arts": {"activism", "media"},
    "business": {"activism", "law"},
    "law": {"activism"},
    "media": {"activism"},
    "military": {"crime"},
}

_RULES = {
    EXACT: "same-name",
    SPELLING: "spelling",
    SHORTER: "shorter-name",
    FEWER: "shorter-name",
    NEAR: "near-spelling",
    NICKNAME: "nickname",
    INITIAL: "initials",
}


@dataclass(frozen=True, slots=True)
class _Person:
    """A candidate with what its name, sense and context tell, in the form it is compared.

    `is_settled` is true where several articles about somebody of this name tell of one country.
    """

    candidate: Candidate
    name: PersonName
    sense: Sense
    countries: frozenset[str]
    main: str | None
    companions: frozenset[str]
    is_settled: bool = False


@dataclass(slots=True)
class _Group:
    """Candidates that are one person, in the order in which they joined."""

    members: list[_Person] = field(default_factory=list)
    names: dict[PersonName, None] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    mains: set[str] = field(default_factory=set)
    companions: set[str] = field(default_factory=set)

    def add(self, person: _Person) -> None:
        self.members.append(person)
        self.names[person.name] = None
        if person.sense.code and not person.sense.is_weak:
            self.codes.add(person.sense.code)
        if person.sense.field:
            self.fields.add(person.sense.field)
        if person.sense.code:  # of no country it may be of any, and must not bridge two
            self.countries |= person.countries
            self.mains |= {person.main} if person.main else set()
        self.companions |= person.companions


def link_persons(candidates: Sequence[Candidate]) -> list[Link]:
    """Links between the persons of one family name; blind to the order of `candidates`."""
    persons = _settled([each for each in map(_person, candidates) if each is not None])
    full = sorted((each for each in persons if each.name.family is not None), key=_telling)
    single = sorted((each for each in persons if each.name.family is None), key=_telling)
    links: list[Link] = []
    groups = _grouped(full, links)
    _join_single(single, groups, links)
    return links


def _person(candidate: Candidate) -> _Person | None:
    name = parse(candidate.name)
    if name is None:
        return None
    sense = read_sense(candidate.key[3])
    context = candidate.context
    return _Person(
        candidate,
        name,
        sense,
        frozenset(code for code, _ in context.countries),
        main_country(context.countries) or (sense.code if sense.is_weak else None),
        frozenset(context.companions),
    )


def _settled(persons: Sequence[_Person]) -> list[_Person]:
    """The same persons, those marked whose country several articles of such a name tell."""
    articles: Counter[tuple[str, str | None]] = Counter()
    for each in persons:
        articles[block_of(each.name.given[0]), each.main] += each.candidate.context.articles
    return [
        replace(each, is_settled=articles[block_of(each.name.given[0]), each.main] > 1)
        for each in persons
    ]


def _telling(person: _Person) -> tuple[object, ...]:
    """Sort key: names that tell most first; of one name a stated country, then many articles."""
    spelt = [len(word) > 1 for word in person.name.given]
    return (
        not all(spelt),
        -sum(spelt),
        -len(spelt),
        2 if person.sense.code is None else int(person.sense.is_weak),
        -person.candidate.context.articles,
        person.sense.field is None,
        order(person.candidate.key),
    )


# ------------------------------------------------------------------------- full names


def _grouped(persons: Sequence[_Person], links: list[Link]) -> list[_Group]:
    """Put persons of full names into groups, and add the links that join them."""
    groups: list[_Group] = []
    index: defaultdict[str, dict[int, _Group]] = defaultdict(dict)
    for person in persons:
        near = {each: group for key in looked_up(person.name) for each, group in index[key].items()}
        group = _best(person, near.values(), links)
        if group is None:
            group = _Group()
            groups.append(group)
        group.add(person)
        for key in meeting_keys(person.name):
            index[key][id(group)] = group
    return groups


def _best(person: _Person, groups: Iterable[_Group], links: list[Link]) -> _Group | None:
    """The group that a person belongs to; None where none or several do."""
    fitting = []
    for group in groups:
        agreed = _agreement(person, group)
        if agreed and not _contradicts(person, group):
            fitting.append((_points(person, group), agreed, group))
    if not fitting:
        return None
    fitting.sort(key=lambda fit: (-fit[0], -fit[1], order(fit[2].members[0].candidate.key)))
    points, agreed, group = fitting[0]
    if points < _needed(person, group, agreed, is_alone=len(fitting) == 1):
        return None
    if len(fitting) > 1 and points < fitting[1][0] + _MARGIN:
        return None
    nearest = max(  # the first of the most alike
        group.members, key=lambda member: agreement(person.name, member.name)
    )
    rule = _RULES[agreement(person.name, nearest.name)]
    links.append(linked(person.candidate, nearest.candidate, rule, _score(agreed, points)))
    return group


def _agreement(person: _Person, group: _Group) -> float:
    """How well a name goes with those of a group; 0.0 where it does not with one of them."""
    best = 0.0
    for name in group.names:
        agreed = agreement(person.name, name)
        if not agreed:
            return 0.0
        best = max(best, agreed)
    return best


def _contradicts(person: _Person, group: _Group) -> bool:
    """Whether a person cannot be the group's.

    Two names in one article were kept apart by their own document.
    """
    return _is_beside(person, group) or _disagrees(person, group)


def _disagrees(person: _Person, group: _Group) -> bool:
    """Whether what is said of a person cannot be said of the group's: other country, other field.

    Common acquaintances outweigh that where the name is rare.
    """
    shared = len(person.companions & group.companions)
    is_known = shared >= _STRANGERS and not is_common(person.name)
    code = None if person.sense.is_weak else person.sense.code
    if code and group.codes and code not in group.codes:
        return not is_known
    field_ = person.sense.field
    if field_ and group.fields and field_ not in group.fields and shared < _STRANGERS:
        is_likely = code in group.codes or not is_common(person.name)
        return not (is_likely and all(_is_related(field_, each) for each in group.fields))
    return False


def _is_related(one: str, other: str) -> bool:
    return other in _RELATED.get(one, ()) or one in _RELATED.get(other, ())


def _is_beside(person: _Person, group: _Group) -> bool:
    """Whether an article names both under different keys."""
    key = person.candidate.key[0]
    return any(
        member.candidate.key[0] != key
        and (member.candidate.key[0] in person.companions or key in member.companions)
        for member in group.members
    )


def _points(person: _Person, group: _Group) -> float:
    """What speaks for one person beside the name: country, field and acquaintances."""
    points = 0.0
    code = person.sense.code
    if code and not person.sense.is_weak:
        if code in group.codes:
            points += 2.0
        elif code in group.mains:
            points += 1.0
        elif code in group.countries:
            points += _NAMED
    elif person.main is not None and person.main in group.codes | group.mains:
        points += 1.0
    elif person.countries & group.codes:
        points += _NAMED
    elif person.main in group.countries:
        points += _VISITED
    if person.sense.field and person.sense.field in group.fields:
        points += 1.0
    return points + min(_COMPANIONS, len(person.companions & group.companions))


def _needed(person: _Person, group: _Group, agreed: float, *, is_alone: bool) -> float:
    """Points that a name needs to be taken for one person's."""
    needed = 1.0 if is_common(person.name) else 0.0
    if agreed <= NEAR:
        needed += 1.0
    elif agreed < SHORTER and is_common(person.name):
        needed += 0.5
    if person.name.is_east_asian and len(person.name.given[0]) > _SYLLABLE:
        needed -= 0.5  # two syllables behind the family name are seldom shared
    if (person.is_settled or agreed < SPELLING) and group.codes | group.mains:
        needed = max(needed, 0.5)  # one article may be abroad, two are another home
    return needed if is_alone else max(needed, 1.0)


def _score(agreed: float, points: float) -> float:
    """Sureness of a link: the name's agreement, doubted less the more evidence there is."""
    return agreed * (1 - 0.2 / (1 + points))


# ------------------------------------------------------------------------- single words


def _join_single(singles: Sequence[_Person], groups: Sequence[_Group], links: list[Link]) -> None:
    """Join single words to the one full name that fits and whose contexts agree strongly."""
    families: defaultdict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        for family in {name.family or "" for name in group.names}:
            families[family].append(group)
    bearing: dict[str, list[tuple[float, _Group]]] = {}
    for person in singles:
        word = person.name.given[0]
        if word not in bearing:
            bearing[word] = _bearing(word, families)
        if len(bearing[word]) <= _MOST_BEARERS:
            _join_one(person, bearing[word], links)


def _bearing(word: str, families: dict[str, list[_Group]]) -> list[tuple[float, _Group]]:
    """The groups that bear a word as family name, each once, with how well it fits."""
    found: dict[int, tuple[float, _Group]] = {}
    for family, groups in families.items():
        agreed = _bears(word, family)
        for group in groups if agreed else ():
            if id(group) not in found or found[id(group)][0] < agreed:
                found[id(group)] = agreed, group
    return list(found.values())


def _join_one(person: _Person, bearing: Iterable[tuple[float, _Group]], links: list[Link]) -> None:
    """Join a single word to one of the groups that bear it, given with how well it fits."""
    fitting = [
        (_points(person, group), agreed, group)
        for agreed, group in bearing
        if not _disagrees(person, group)
    ]
    if not fitting:
        return
    fitting.sort(key=lambda fit: (-fit[0], -fit[1], order(fit[2].members[0].candidate.key)))
    points, agreed, group = fitting[0]
    rest = max((other[0] for other in fitting[1:]), default=0.0)
    is_sure = points >= _ALONE and points >= 2 * rest + 1
    if is_sure and not _is_beside(person, group):
        other = group.members[0].candidate
        links.append(linked(person.candidate, other, "surname", _score(agreed * 0.9, points)))


def _bears(word: str, family: str) -> float:
    """How well a word goes with a family name; one that lexicons list must be written alike."""
    found = likeness(word, family)
    return found if found == EXACT or (found > NEAR and word not in listed()) else 0.0
