"""Scores and speed of the resolution of names across the archive.

    python benchmarks/resolution.py [--half held-out|fit] [--people 2000] [--errors N] [--json FILE]
    python benchmarks/resolution.py --ingest [--half ...] [--people ...]
    python benchmarks/resolution.py --scale [--json FILE]

Without `--scale`: people are made up in eleven traditions (`romanised.py`), at least one in ten
with the full name of another who lives elsewhere or does something else. Each is mentioned in a few
short documents, beside acquaintances, in one of the forms of the name. The mentions are
given; each document is resolved by `resolution.entities` alone, then own entities are linked by
`resolution.clusters`. Scored are pairs of mentions: of the pairs put together, how many are one
person (precision); of the pairs that are one person, how many were put together (recall). Family
names of the two halves differ, so that rules fitted on one half are measured on the other.

With `--ingest` the same documents go through the whole of `archive ingest`, names recognised too;
scored are the persons' mentions that were found.

With `--scale`: the same made larger, 100,000 and then 1,000,000 mentions; prints seconds and the
ratio to n log n.
"""

import argparse
import json
import math
import sqlite3
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from romanised import TRADITIONS, Named

from archive.extraction.roles import find_roles
from archive.pipeline import ingest
from archive.records import (
    MOST_ARTICLES,
    MOST_COMPANIONS,
    MOST_COUNTRIES,
    MOST_NAMES,
    Candidate,
    EntityKey,
    EntityType,
    Evidence,
    Link,
    Mention,
    ResolvedName,
)
from archive.resolution.candidates import order
from archive.resolution.clusters import block_limit, blocking_keys, link
from archive.resolution.entities import resolve_names
from archive.storage.entities import preferred_name
from archive.vocabulary.countries import countries, demonyms
from archive.vocabulary.names import places

# ------------------------------------------------------------------------------ people

PROFESSIONS = {
    "politics": ("minister", "senator", "lawmaker", "governor", "opposition leader", "mayor"),
    "sport": ("striker", "sprinter", "goalkeeper", "swimmer", "cricketer", "boxer"),
    "arts": ("novelist", "singer", "film director", "painter", "actor", "pianist"),
    "science": ("physicist", "historian", "epidemiologist", "astronomer", "economist"),
    "business": ("businessman", "banker", "entrepreneur", "chief executive"),
    "law": ("judge", "lawyer", "prosecutor"),
    "media": ("journalist", "editor", "reporter"),
    "activism": ("activist", "campaigner", "union leader"),
    "religion": ("archbishop", "cleric", "pastor"),
    "military": ("general", "colonel", "army spokesman"),
}
SHARE_OF_HOMONYMS = 0.12  # of all people; the task asks for a tenth
ACQUAINTANCES = 4
MENTIONS_EACH = 20  # of names in the documents about one person, roughly


@dataclass(frozen=True)
class Person:
    """Somebody made up: number, name, home, what the person is, and whom one meets beside."""

    number: int
    named: Named
    country: str
    profession: str
    acquaintances: tuple[int, ...]


def people(count: int, rng: Random, half: int) -> list[Person]:
    """Draw people; each homonym has the name of the one drawn before, not the home or work."""
    traditions = sorted(TRADITIONS)
    drawn: list[tuple[Named, str, str]] = []
    taken: set[tuple[str, str]] = set()
    while len(drawn) < count:
        draw, homes = TRADITIONS[rng.choice(traditions)]
        named, home = draw(rng, half), rng.choice(homes)
        if named.drawn in taken:  # only homonyms that are meant
            continue
        taken.add(named.drawn)
        field = rng.choice(sorted(PROFESSIONS))
        drawn.append((named, home, rng.choice(PROFESSIONS[field])))
        if rng.random() < SHARE_OF_HOMONYMS / (2 - SHARE_OF_HOMONYMS) * 1.1:
            elsewhere = [code for code in homes if code != home]
            other = rng.choice(sorted(set(PROFESSIONS) - {field}))
            drawn.append((named, rng.choice(elsewhere), rng.choice(PROFESSIONS[other])))
    drawn = drawn[:count]
    at_home: defaultdict[str, list[int]] = defaultdict(list)
    for number, (_, home, _work) in enumerate(drawn):
        at_home[home].append(number)
    return [
        Person(number, named, home, work, _met(number, at_home[home], rng))
        for number, (named, home, work) in enumerate(drawn)
    ]


def _met(number: int, near: Sequence[int], rng: Random) -> tuple[int, ...]:
    others = [other for other in near if other != number]
    return tuple(rng.sample(others, min(ACQUAINTANCES, len(others))))


def homonyms(some: Sequence[Person]) -> int:
    """How many share their full name with another."""
    counts = Counter(person.named.drawn for person in some)
    return sum(counts[person.named.drawn] > 1 for person in some)


# --------------------------------------------------------------------------- documents

OPENINGS = (
    "{people} {work} {name} said on Monday that talks would go on in {city}.",
    "{name}, a {people} {work}, arrived in {city} on Friday.",
    "The {work} {name} spoke to reporters in {city}, {country}, after the meeting.",
    "{name} was in {city} this week to answer questions about the plan.",
    "{work} {name} and others in {country} welcomed the report.",
    "A crowd in {city} waited for {name} until late in the evening.",
)
FOLLOWING = (
    "{surname} added that nothing had been agreed.",
    "According to {surname}, the work will take two years.",
    "“We are not afraid of that,” {surname} told {other}.",
    "{other} had criticised {surname} before.",
)
CLOSING = (
    "The government of {country} has not commented.",
    "Most {nationals} will hear of it next week, {other} said.",
    "It was the second visit to {city} this year.",
)


@dataclass(frozen=True)
class Made:
    """A made document: paragraphs, mentions by paragraph, and who each mention of a person is."""

    paragraphs: tuple[str, ...]
    mentions: tuple[tuple[Mention, ...], ...]
    bearers: tuple[tuple[int | None, ...], ...]


def documents(some: Sequence[Person], rng: Random, each: int) -> Iterator[Made]:
    """Short documents about each person, `each` at most, at least two."""
    cities = _cities()
    peoples = _peoples()
    for person in some:
        for _ in range(rng.randint(2, each)):
            place = person.country if rng.random() < 0.85 else rng.choice(sorted(cities))
            yield _document(person, some, rng, rng.choice(cities[place]), place, peoples)


def _document(
    person: Person,
    some: Sequence[Person],
    rng: Random,
    city: str,
    place: str,
    peoples: dict[str, tuple[str, str]],
) -> Made:
    named = person.named
    form = named.full if rng.random() < 0.5 or not named.forms else rng.choice(named.forms)
    other = some[rng.choice(person.acquaintances)] if person.acquaintances else None
    met = "an aide" if other is None else other.named.full
    adjective, nationals = peoples[person.country]
    surname = named.surname if named.surname in form else form
    slots = {
        "name": (form, EntityType.PERSON, person.number),
        "surname": (surname, EntityType.PERSON, person.number),
        "other": (met, EntityType.PERSON if other else None, other.number if other else None),
        "people": (adjective, EntityType.NORP, None),
        "nationals": (nationals, EntityType.NORP, None),
        "city": (city, EntityType.GPE, None),
        "country": (countries()[place].name, EntityType.GPE, None),
        "work": (person.profession, None, None),
    }
    lines = [rng.choice(OPENINGS), rng.choice(FOLLOWING), rng.choice(CLOSING)]
    filled = [_filled(line, slots) for line in lines]
    return Made(*(tuple(part) for part in zip(*filled, strict=True)))


Slot = tuple[str, EntityType | None, int | None]


def _filled(
    line: str, slots: dict[str, Slot]
) -> tuple[str, tuple[Mention, ...], tuple[int | None, ...]]:
    """A template with its slots filled, and the mentions that stand in them."""
    text, mentions, bearers = "", [], []
    for piece in line.replace("}", "{").split("{"):
        if piece not in slots:
            text += piece
            continue
        written, type_, bearer = slots[piece]
        if type_ is not None:
            mentions.append(
                Mention(char_start=len(text), char_end=len(text) + len(written), text=written,
                        type=type_, rule="gold")
            )  # fmt: skip
            bearers.append(bearer)
        text += written
    return text[0].upper() + text[1:], tuple(mentions), tuple(bearers)


def _cities() -> dict[str, list[str]]:
    """The largest cities of each country that people live in."""
    homes = {code for _, codes in TRADITIONS.values() for code in codes}
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for name, some in places().items():
        if some[0].code in homes:
            found[some[0].code].append((-some[0].population, name))
    return {code: [name for _, name in sorted(cities)[:4]] for code, cities in found.items()}


def _peoples() -> dict[str, tuple[str, str]]:
    """Adjective and plural of each nationality."""
    found: dict[str, tuple[str, str]] = {}
    for form, demonym in demonyms().items():
        if demonym.code and demonym.kind == "nationality":
            adjective, plural = found.get(demonym.code, (demonym.canonical, demonym.canonical))
            found[demonym.code] = adjective, form if form.endswith("s") else plural
    return found


# -------------------------------------------------------------------------- resolution


class Archive:
    """Own entities of documents in memory, with the evidence that storage keeps of them."""

    def __init__(self) -> None:
        self._names: defaultdict[EntityKey, set[str]] = defaultdict(set)
        self._name: dict[EntityKey, str] = {}
        self._articles: defaultdict[EntityKey, list[int]] = defaultdict(list)
        self._named: list[frozenset[EntityKey]] = []

    def add(self, resolved: Iterable[tuple[ResolvedName, str]]) -> list[EntityKey]:
        """Take the names of one article in, each with the text of its mention."""
        keys = []
        for name, text in resolved:
            key = (name.key, name.type, name.country_code, name.sense)
            self._names[key] |= {text, name.name}
            self._name[key] = preferred_name(self._name.get(key, name.name), name.name)
            keys.append(key)
        for key in set(keys):
            self._articles[key].append(len(self._named))
        self._named.append(frozenset(keys))
        return keys

    def candidates(self) -> list[Candidate]:
        """All own entities, each with its evidence."""
        states = {country.name.casefold() for country in countries().values()}
        return [self._candidate(key, states) for key in sorted(self._names, key=order)]

    def _candidate(self, key: EntityKey, states: set[str]) -> Candidate:
        codes: Counter[str] = Counter()
        companions: Counter[str] = Counter()
        for article in self._articles[key][:MOST_ARTICLES]:
            others = self._named[article] - {key}
            codes.update({other[2] for other in others if other[2] is not None})
            companions.update({other[0] for other in others if _is_companion(other, states)})
        ranked = sorted(codes.items(), key=lambda item: (-item[1], item[0]))
        near = sorted(companions, key=lambda name: (-companions[name], name))
        return Candidate(
            key=key,
            name=self._name[key],
            names=tuple(sorted(self._names[key])[:MOST_NAMES]),
            context=Evidence(
                countries=tuple(ranked[:MOST_COUNTRIES]),
                companions=tuple(near[:MOST_COMPANIONS]),
                articles=len(self._articles[key]),
            ),
        )


def _is_companion(key: EntityKey, states: set[str]) -> bool:
    return key[1] is not EntityType.NORP and key[0] not in states


def resolve(made: Made) -> list[list[ResolvedName]]:
    """The names of a made document, by the document alone."""
    roles = [
        find_roles(text, mentions)
        for text, mentions in zip(made.paragraphs, made.mentions, strict=True)
    ]
    return resolve_names(
        made.mentions, [0] * len(made.paragraphs), texts=made.paragraphs, roles=roles
    )


def links_of(candidates: Sequence[Candidate]) -> list[Link]:
    """All links, block by block."""
    blocks: defaultdict[str, list[Candidate]] = defaultdict(list)
    for each in candidates:
        for block in blocking_keys(each.name, each.key[1], each.key[2], each.key[3], each.names):
            blocks[block].append(each)
    return [
        found
        for block, some in sorted(blocks.items())
        if 1 < len(some) <= block_limit(block)
        for found in link(block, some)
    ]


def clusters_of(
    candidates: Sequence[Candidate], links: Iterable[Link]
) -> dict[EntityKey, EntityKey]:
    """The key that stands for each own entity's cluster: connected components of the links."""
    parent = {candidate.key: candidate.key for candidate in candidates}

    def root(key: EntityKey) -> EntityKey:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for each in links:
        left, right = sorted((root(each.left), root(each.right)), key=order)
        parent[right] = left
    return {key: root(key) for key in parent}


# ----------------------------------------------------------------------------- scoring


def pairs(counts: Iterable[int]) -> int:
    """Pairs within groups of so many."""
    return sum(count * (count - 1) // 2 for count in counts)


def score(gold: Sequence[int], found: Sequence[Hashable]) -> dict[str, float]:
    """Pairwise precision, recall and F1 in percent."""
    both = pairs(Counter(zip(gold, found, strict=True)).values())
    precision = both / max(1, pairs(Counter(found).values()))
    recall = both / max(1, pairs(Counter(gold).values()))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": 100 * precision, "recall": 100 * recall, "f1": 100 * f1}


def measure(count: int, half: int, seed: int, errors: int) -> dict[str, object]:
    """Resolve made documents about `count` people and score persons' mentions."""
    rng = Random(2 * seed + half)
    some = people(count, rng, half)
    archive = Archive()
    bearers: list[int] = []
    keys: list[EntityKey] = []
    for made in documents(some, rng, 6):
        names = resolve(made)
        flat = [
            (name, mention.text, bearer)
            for ours, mentions, who in zip(names, made.mentions, made.bearers, strict=True)
            for name, mention, bearer in zip(ours, mentions, who, strict=True)
        ]
        found = archive.add((name, text) for name, text, _ in flat)
        for key, (_, _, bearer) in zip(found, flat, strict=True):
            if bearer is not None:
                bearers.append(bearer)
                keys.append(key)
    candidates = archive.candidates()
    links = links_of(candidates)
    cluster = clusters_of(candidates, links)
    clustered = [cluster[key] for key in keys]
    if errors:
        _show_errors(some, bearers, keys, clustered, errors)
    return {
        "people": len(some),
        "homonyms": homonyms(some),
        "mentions": len(bearers),
        "own entities": len(set(keys)),
        "documents alone": score(bearers, keys),
        "clusters": score(bearers, clustered),
        "rules": dict(Counter(each.rule for each in links).most_common()),
    }


def measure_ingested(count: int, half: int, seed: int) -> dict[str, object]:
    """The same documents through ingest: scores of those mentions of persons that it found."""
    rng = Random(2 * seed + half)
    some = people(count, rng, half)
    gold: dict[tuple[str, int, int], int] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "documents"
        root.mkdir()
        for number, made in enumerate(documents(some, rng, 6)):
            name, start = f"{number:06}.txt", 0
            for text, mentions, who in zip(
                made.paragraphs, made.mentions, made.bearers, strict=True
            ):
                for mention, bearer in zip(mentions, who, strict=True):
                    if bearer is not None:
                        begin, end = start + mention.char_start, start + mention.char_end
                        gold[name, begin, end] = bearer
                start += len(text) + 2
            (root / name).write_text("\n\n".join(made.paragraphs) + "\n", encoding="utf-8")
        db = Path(folder) / "archive.db"
        ingest([root], db, name_prefix="")
        with closing(sqlite3.connect(db)) as connection:
            rows = connection.execute(
                "SELECT s.name, m.char_start, m.char_end, m.entity_id FROM mentions AS m "
                "JOIN paragraphs AS p ON p.id = m.paragraph_id "
                "JOIN sources AS s ON s.id = p.source_id WHERE m.type = 'PERSON'"
            ).fetchall()
    found = {(Path(name).name, start, end): entity for name, start, end, entity in rows}
    both = sorted(gold.keys() & found.keys())
    scores = score([gold[each] for each in both], [found[each] for each in both])
    return {
        "people": len(some),
        "mentions": len(gold),
        "mentions found": len(both),
        "clusters": scores,
    }


def _show_errors(
    some: Sequence[Person],
    bearers: Sequence[int],
    keys: Sequence[EntityKey],
    clustered: Sequence[EntityKey],
    most: int,
) -> None:
    """Print persons put together and persons torn apart, those of most mentions first."""
    together: defaultdict[EntityKey, Counter[tuple[int, EntityKey]]] = defaultdict(Counter)
    apart: defaultdict[int, Counter[EntityKey]] = defaultdict(Counter)
    own: defaultdict[EntityKey, set[EntityKey]] = defaultdict(set)
    for bearer, key, cluster in zip(bearers, keys, clustered, strict=True):
        together[cluster][bearer, key] += 1
        apart[bearer][cluster] += 1
        own[cluster].add(key)
    wrong = [each for each in together.values() if len({bearer for bearer, _ in each}) > 1]
    for each in sorted(wrong, key=lambda counts: -counts.total())[:most]:
        for (bearer, key), count in sorted(each.items(), key=str):
            person = some[bearer]
            print(
                "together",
                count,
                bearer,
                person.named.full,
                person.country,
                person.profession,
                key[0],
                key[3],
            )
        print()
    torn = [(person, each) for person, each in apart.items() if len(each) > 1]
    for bearer, each in sorted(torn, key=lambda item: -item[1].total())[:most]:
        person = some[bearer]
        print("apart", person.named.full, person.country, person.profession)
        for cluster, count in each.most_common():
            print("     ", count, sorted((key[0], key[3]) for key in own[cluster]))


# ------------------------------------------------------------------------------- scale


SYLLABLES = tuple(a + b for a in "bdfgklmnprstvz" for b in "aeiou")
FAMILIES = 100_000
COMMONEST = 20  # the larger, the smaller the share of the most frequent family names


def many_people(count: int, rng: Random) -> list[Person]:
    """So many people that lists of names do not last: family names of made-up syllables.

    Family names are as unevenly frequent as in life: the n-th has a share of about 1 / (n + 20).
    """
    given = sorted({word for draw, _ in TRADITIONS.values() for word in _given(draw, rng)})
    homes = sorted({code for _, codes in TRADITIONS.values() for code in codes})
    fields = sorted(PROFESSIONS)
    found = []
    for number in range(count):
        rank = int(COMMONEST ** (1 - (u := rng.random())) * (FAMILIES + COMMONEST) ** u) - COMMONEST
        letters = (rank // 70**2 % 70, rank // 70 % 70, rank % 70)
        family = "".join(SYLLABLES[letter] for letter in letters).capitalize()
        first = rng.choice(given)
        forms = (f"{first[0]}. {family}",) if rng.random() < 0.1 else ()
        work = rng.choice(PROFESSIONS[rng.choice(fields)])
        met = tuple(rng.randrange(count) for _ in range(ACQUAINTANCES))
        found.append(
            Person(
                number,
                Named(f"{first} {family}", forms, family, (first, family)),
                rng.choice(homes),
                work,
                met,
            )
        )
    return found


def _given(draw: Callable[[Random, int], Named], rng: Random) -> list[str]:
    return [draw(rng, 0).full.split()[0] for _ in range(200)]


def scale(mentions: int) -> dict[str, float]:
    """Seconds to link the own entities of so many mentions, and to resolve their documents."""
    rng = Random(mentions)
    some = many_people(mentions // MENTIONS_EACH, rng)
    archive = Archive()
    count = 0
    began = time.process_time()
    for made in documents(some, rng, 6):
        resolved = resolve(made)
        flat = [
            (name, mention.text)
            for ours, each in zip(resolved, made.mentions, strict=True)
            for name, mention in zip(ours, each, strict=True)
        ]
        archive.add(flat)
        count += len(flat)
    resolved_at = time.process_time()
    candidates = archive.candidates()
    gathered_at = time.process_time()
    links = links_of(candidates)
    linked_at = time.process_time()
    return {
        "mentions": count,
        "own entities": len(candidates),
        "links": len(links),
        "resolving": resolved_at - began,
        "gathering": gathered_at - resolved_at,
        "linking": linked_at - gathered_at,
    }


def _print_scale(small: dict[str, float], large: dict[str, float]) -> float:
    """Print both runs, and how the time grew against n log n."""
    growth = large["mentions"] / small["mentions"]
    growth *= math.log(large["mentions"]) / math.log(small["mentions"])
    for each in (small, large):
        print("  ".join(f"{name} {value:,.1f}" for name, value in each.items()))
    steps = ("resolving", "gathering", "linking")
    whole = [sum(each[step] for step in steps) for each in (small, large)]
    ratio = whole[1] / whole[0] / growth
    linking = large["linking"] / small["linking"] / growth
    print(f"grew {ratio:.2f} times as fast as n log n; linking alone {linking:.2f} times")
    return ratio


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--half", choices=("held-out", "fit"), default="held-out")
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=10_130_561)
    parser.add_argument("--errors", type=int, default=0, help="show so many errors of each kind")
    parser.add_argument("--ingest", action="store_true", help="through the whole of ingest")
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--sizes", type=int, nargs=2, default=(100_000, 1_000_000))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    result: dict[str, object]
    if options.scale:
        small, large = (scale(size) for size in options.sizes)
        result = {"small": small, "large": large, "ratio": _print_scale(small, large)}
    else:
        half = int(options.half == "held-out")
        result = (
            measure_ingested(options.people, half, options.seed)
            if options.ingest
            else measure(options.people, half, options.seed, options.errors)
        )
        for name, value in result.items():
            print(f"{name}: {value}")
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
