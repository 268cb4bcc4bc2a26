"""Lexicons for names: known bodies and things, places, personal names, titles, head words.

Each function reads one table of `seeds/reference/` once and returns it unchangeable.
"""

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from archive.vocabulary.tables import read_table, split_values


@dataclass(frozen=True, slots=True)
class KnownName:
    """A body, thing or place that news names without introducing it.

    `name` is the canonical form, `type` an entity type, `code` the country it belongs to as a
    state's body or lies in, else None.
    """

    name: str
    type: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A populated place or a first-level division of a country.

    Coordinates are degrees (WGS 84) and `population` counts inhabitants; divisions have neither.
    """

    name: str
    code: str
    latitude: float | None
    longitude: float | None
    population: int


@cache
def known_names() -> MappingProxyType[str, KnownName]:
    """Known names by every form in use: canonical name and aliases."""
    found: dict[str, KnownName] = {}
    for row in read_table("known_names"):
        known = KnownName(row["name"], row["type"], row["code"] or None)
        for form in (row["name"], *split_values(row["aliases"])):
            found.setdefault(form, known)
    return MappingProxyType(found)


@cache
def places() -> MappingProxyType[str, tuple[Place, ...]]:
    """Cities and towns of GeoNames by name, those of one name by population, largest first."""
    found: dict[str, list[Place]] = {}
    for row in read_table("places"):
        place = Place(
            row["name"],
            row["code"],
            float(row["latitude"]),
            float(row["longitude"]),
            int(row["population"]),
        )
        found.setdefault(place.name, []).append(place)
    return MappingProxyType(
        {name: tuple(sorted(some, key=_by_population)) for name, some in found.items()}
    )


def _by_population(place: Place) -> tuple[int, str]:
    return -place.population, place.code


@cache
def regions() -> MappingProxyType[str, tuple[Place, ...]]:
    """First-level divisions (ISO 3166-2) by name; no coordinates."""
    found: dict[str, list[Place]] = {}
    for row in read_table("regions"):
        place = Place(row["name"], row["code"], None, None, 0)
        found.setdefault(place.name, []).append(place)
    return MappingProxyType({name: tuple(some) for name, some in found.items()})


@cache
def given_names() -> frozenset[str]:
    """Given names of many languages in Latin letters."""
    return frozenset(row["name"] for row in read_table("given_names"))


@cache
def surnames() -> frozenset[str]:
    """Surnames of many languages in Latin letters."""
    return frozenset(row["name"] for row in read_table("surnames"))


@cache
def titles() -> MappingProxyType[str, str]:
    """Kind of each title word: honorific, rank, office, or modifier (`Deputy`, `Foreign`)."""
    found: dict[str, str] = {}
    for row in read_table("titles"):
        found.setdefault(row["name"], row["kind"])
    return MappingProxyType(found)


@cache
def name_heads(position: str) -> MappingProxyType[str, str]:
    """Entity type by the head word of a name that stands `first` or `last` in it."""
    rows = read_table("name_heads")
    return MappingProxyType({r["word"]: r["type"] for r in rows if r["position"] == position})


@cache
def common_words() -> MappingProxyType[str, tuple[int, int]]:
    """Words that open news text has in lower case: (times so, times capitalised in a sentence)."""
    rows = read_table("common_words")
    return MappingProxyType({r["word"]: (int(r["lower"]), int(r["capital"])) for r in rows})


@dataclass(frozen=True, slots=True)
class Cue:
    """What a word beside a name says of its type, and how much (evidence points)."""

    type: str
    weight: float


@cache
def cues(kind: str) -> MappingProxyType[str, tuple[Cue, ...]]:
    """Words that tell of which type the name beside them is, by where they stand to it.

    `kind` is says (a verb behind a speaker), after, after-surname, before, before-of (`city of`)
    or preposition.
    """
    found: dict[str, list[Cue]] = {}
    for row in read_table("name_cues"):
        if row["cue"] == kind:
            found.setdefault(row["word"], []).append(Cue(row["type"], float(row["weight"])))
    return MappingProxyType({word: tuple(some) for word, some in found.items()})


@cache
def cue_words(kind: str) -> frozenset[str]:
    """Words of one kind that say nothing of the type.

    `kind` is function, calendar, leading (`Former`, no part of the name behind it), possessed
    (`People` in `People's Party`), takes-of (`Republic` in `Republic of X`), suffix (`based` in
    `X-based`) or no-name (`GDP`, an abbreviation of common nouns).
    """
    return frozenset(row["word"] for row in read_table("name_cues") if row["cue"] == kind)
