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


@cache
def given_name_variants() -> MappingProxyType[str, frozenset[int]]:
    """Numbers of the groups of forms of one given name that a form (as key) belongs to.

    `Sergei` and `Sergey` share a group. A form may be in several.
    """
    found: dict[str, set[int]] = {}
    for number, row in enumerate(read_table("given_name_variants")):
        for name in split_values(row["names"]):
            found.setdefault(name, set()).add(number)
    return MappingProxyType({name: frozenset(numbers) for name, numbers in found.items()})


@cache
def nicknames() -> MappingProxyType[str, frozenset[str]]:
    """Formal given names by pet name, as keys: `william` for `bill`."""
    found: dict[str, set[str]] = {}
    for row in read_table("nicknames"):
        found.setdefault(row["name"], set()).add(row["formal"])
    return MappingProxyType({name: frozenset(formal) for name, formal in found.items()})


@cache
def family_first_names() -> MappingProxyType[str, frozenset[str]]:
    """Languages (ISO 639-1) by family name, as key, of names whose family name comes first."""
    found: dict[str, set[str]] = {}
    for row in read_table("family_first_names"):
        found.setdefault(row["name"], set()).add(row["language"])
    return MappingProxyType({name: frozenset(some) for name, some in found.items()})


@cache
def korean_family_names() -> MappingProxyType[str, str]:
    """One form for each romanisation of a Korean family name, as keys: `lee` for `yi`."""
    rows = read_table("family_first_names")
    return MappingProxyType({row["name"]: row["form"] for row in rows if row["form"]})


@cache
def spanish_surnames() -> MappingProxyType[str, bool]:
    """Spanish surnames, as keys, and whether they are Portuguese as well.

    Of two in a row Spaniards use the first, Portuguese and Brazilians the last.
    """
    rows = read_table("spanish_surnames")
    return MappingProxyType({row["name"]: row["is_portuguese"] == "1" for row in rows})


@cache
def professions() -> MappingProxyType[str, str]:
    """Field of each noun for what a person is: `politics` for `senator`, `sport` for `striker`."""
    return MappingProxyType({row["noun"]: row["field"] for row in read_table("professions")})


@cache
def legal_forms() -> frozenset[str]:
    """Words at the end of a company's name that tell its legal form, as keys (`inc`, `gmbh`)."""
    return frozenset(row["form"] for row in read_table("legal_forms"))


@cache
def american_spellings() -> MappingProxyType[str, str]:
    """American spelling by British spelling, of words that names of bodies have."""
    return MappingProxyType({row["british"]: row["american"] for row in read_table("spellings")})


@dataclass(frozen=True, slots=True)
class ManyNamed:
    """A town that news writes under several names: the usual one, its country, all forms."""

    name: str
    code: str
    forms: tuple[str, ...]


@cache
def many_named() -> MappingProxyType[str, ManyNamed]:
    """Towns with several names by each of them: `Kyiv` for `Kiev`, `Mumbai` for `Bombay`."""
    forms: dict[tuple[str, str], list[str]] = {}
    for row in read_table("exonyms"):
        forms.setdefault((row["name"], row["code"]), [row["name"]]).append(row["other"])
    found: dict[str, ManyNamed] = {}
    for (name, code), some in forms.items():
        for form in some:
            found.setdefault(form, ManyNamed(name, code, tuple(some)))
    return MappingProxyType(found)
