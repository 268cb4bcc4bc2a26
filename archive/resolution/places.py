"""Where a place lies: its country and coordinates, told apart by what the article speaks of."""

from collections import Counter
from dataclasses import dataclass

from archive.vocabulary.countries import countries, country_names
from archive.vocabulary.names import Place, known_names, places, regions

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


def _population(place: Place) -> int:
    return place.population


def _best(name: str, found: list[Place], context: Counter[str]) -> Located:
    codes = {place.code for place in found}
    mentioned = {code: context[code] for code in codes if context[code]}

    def weight(code: str) -> tuple[float, str]:
        size = max(place.population or 200_000 for place in found if place.code == code)
        return size * (1 + _MENTIONED * mentioned.get(code, 0)), code

    code = max(sorted(codes), key=weight)
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
