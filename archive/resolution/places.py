"""Where a place lies: its country and coordinates, told apart by what the article speaks of."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from archive.vocabulary.countries import countries, country_names
from archive.vocabulary.names import Place, known_names, many_named, places, regions

_MENTIONED = 50  # how many times its population a place counts whose country is mentioned too


@dataclass(frozen=True, slots=True)
class Located:
    """Country (ISO 3166-1 alpha-2) and coordinates in degrees; None where unknown."""

    name: str
    code: str | None
    latitude: float | None
    longitude: float | None
    rule: str
    score: float


def country_of(name: str) -> Located | None:
    """The country that a name stands for in any of its forms, None where it is no country."""
    code = country_names().get(name) or country_names().get(name.replace("’", "'"))
    if code is None:
        return None
    country = countries()[code]
    return Located(country.name, code, country.latitude, country.longitude, "country-lexicon", 1.0)


def locate(name: str, context: Counter[str]) -> Located | None:
    """Find a place in the gazetteer; None where it is not listed.

    `context` counts the countries that the article mentions. Of several places of one name the
    largest is taken, one in a mentioned country before larger ones elsewhere.
    """
    known_by_many = _many_named(name, context)
    if known_by_many is not None:
        return known_by_many
    found: list[Place] = [*regions().get(name, ()), *places().get(name, ())]
    bare = _without_kind(name)
    if not found and bare != name:
        found = [*regions().get(bare, ()), *places().get(bare, ())]
    known = known_names().get(name) or known_names().get(bare)
    if known is not None and known.type in {"GPE", "LOC", "FAC"}:
        code = known.code
        same = [place for place in found if place.code == code and place.latitude is not None]
        at = max(same, key=_population, default=None)
        if at is None:
            return Located(name, code, None, None, "gazetteer", 0.95)
        return Located(name, code, at.latitude, at.longitude, "gazetteer", 0.95)
    if not found:
        return None
    return _best(name, found, context)


def _many_named(name: str, context: Counter[str]) -> Located | None:
    """The town that has several names, under the one written.

    None where it has none, or where the article speaks of a namesake's country instead.
    """
    town = many_named().get(name.replace("’", "'")) or many_named().get(name)
    if town is None:
        return None
    others = {place.code for place in places().get(name, ())} - {town.code}
    if not context[town.code] and any(context[code] for code in others):
        return None
    here = [p for form in town.forms for p in places().get(form, ()) if p.code == town.code]
    if others and not here and not context[town.code]:
        return None
    at = max(here, key=_population, default=None)
    latitude, longitude = (None, None) if at is None else (at.latitude, at.longitude)
    return Located(name, town.code, latitude, longitude, "many-named", 0.9)


@cache
def _places_by_country() -> Counter[str]:
    return Counter(place.code for some in places().values() for place in some)


def _listed_places(code: str) -> int:
    """Towns of a country in the gazetteer: of two regions of one name that of the larger wins."""
    return _places_by_country()[code]


def _population(place: Place) -> int:
    return place.population


def _best(name: str, found: list[Place], context: Counter[str]) -> Located:
    codes = {place.code for place in found}
    mentioned = {code: context[code] for code in codes if context[code]}

    def weight(code: str) -> float:
        size = max(place.population or 200_000 for place in found if place.code == code)
        return size * (1 + _MENTIONED * mentioned.get(code, 0))

    code = max(sorted(codes), key=lambda code: (weight(code), _listed_places(code)))
    inside = [place for place in found if place.code == code and place.latitude is not None]
    at = max(inside, key=_population, default=None)
    sure = len(codes) == 1 or code in mentioned
    score = 0.9 if sure else 0.6
    rule = "gazetteer" if sure else "gazetteer-largest"
    if at is None:
        return Located(name, code, None, None, rule, score)
    return Located(name, code, at.latitude, at.longitude, rule, score)


_KINDS = (" Province", " County", " District", " Governorate", " City", " State", " Oblast",
          " Prefecture", " Region", " Municipality")  # fmt: skip


def _without_kind(name: str) -> str:
    for kind in _KINDS:
        if name.endswith(kind):
            return name[: -len(kind)]
    return name.removesuffix("'s").removesuffix("’s")
