"""Numbers, days and codes in words; the templates have these functions as filters."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from math import isfinite
from typing import Any

TYPE_NAMES: Mapping[str, str] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "country, region or city",
    "LOC": "place",
    "FAC": "building or site",
    "NORP": "people or group",
    "EVENT": "event",
    "PRODUCT": "product",
    "LAW": "law or agreement",
    "WORK": "work",
}
"""What the types of entities mean to a reader."""

GROUPS: Mapping[str, str] = {
    "PERSON": "person",
    "NORP": "group",
    "ORG": "group",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
"""Groups by which names are marked in a text; all others are `thing`."""

_BEFORE: Mapping[str, str] = {
    "about": "about ",
    "nearly": "nearly ",
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "at most ",
    "less_than": "less than ",
    "vague": "some ",
}
_SYMBOLS: Mapping[str, str] = {"percent": "%", "USD": "$", "EUR": "€", "GBP": "£"}


def number(value: float | int | None) -> str:
    """Write a number with thousands apart and no needless decimals; nothing for None.

    >>> number(1500000.0), number(0.25), number(-3.50)
    ('1,500,000', '0.25', '−3.5')
    """
    if value is None:
        return ""
    if isinstance(value, float) and not isfinite(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:,.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return text.replace("-", "−")


def short_number(value: float | int | None) -> str:
    """Write a number for an axis: 1.5 million, 20,000, 0.3.

    >>> short_number(1500000.0), short_number(20000), short_number(2e9)
    ('1.5 million', '20,000', '2 billion')
    """
    if value is None:
        return ""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{number(round(value / size, 2))} {word}"
    return number(value)


def amount(figure: Mapping[str, Any]) -> str:
    """Write the bounds of a figure with its hedge, and its unit unless things are counted.

    >>> amount({"low": 1e6, "high": None, "modifier": "more_than", "kind": "count"})
    'more than 1,000,000'
    >>> amount({"low": 5.0, "high": 7.0, "modifier": "between", "unit": "USD", "kind": "money"})
    '$5 to $7'
    """
    low, high, unit = figure["low"], figure["high"], figure.get("unit")
    if low is not None and high is not None and low != high:
        text = f"{_with_unit(low, unit)} to {_with_unit(high, unit)}"
    else:
        bound = low if low is not None else high
        text = f"{_BEFORE.get(figure['modifier'], '')}{_with_unit(bound, unit)}"
    if unit and unit not in _SYMBOLS and figure.get("kind") != "count":
        text += f" {unit}"
    per = figure.get("per")
    return f"{text} per {per}" if per else text


def _with_unit(value: float | None, unit: str | None) -> str:
    symbol = _SYMBOLS.get(unit or "", "")
    return f"{number(value)}{symbol}" if symbol == "%" else f"{symbol}{number(value)}"


def day(value: str | None, precision: str | None = "day") -> str:
    """Write a day in words, as finely as it is known; nothing for None.

    >>> day("2025-07-01"), day("2025-07-01", "month"), day("2025-07-01", "year")
    ('1 July 2025', 'July 2025', '2025')
    """
    if not value:
        return ""
    with suppress(ValueError):
        when = date.fromisoformat(value[:10])
        if precision == "year":
            return str(when.year)
        if precision == "month":
            return f"{when:%B} {when.year}"
        return f"{when.day} {when:%B} {when.year}"
    return value


def month(value: str | None) -> str:
    """Write a month in words.

    >>> month("2025-07")
    'July 2025'
    """
    return day(f"{value}-01", "month") if value else "no date"


def type_name(value: str) -> str:
    """Say what a type of entity means."""
    return TYPE_NAMES.get(value, value.lower())


def group_of(entity_type: str) -> str:
    """Group of names by which an entity is marked: person, group, place or thing."""
    return GROUPS.get(entity_type, "thing")


def counted(count: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun.

    >>> counted(1, "article"), counted(1200, "article"), counted(2, "entity", "entities")
    ('1 article', '1,200 articles', '2 entities')
    """
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def words(code: str | None) -> str:
    """Write a code of the archive as words: `at_least` as `at least`."""
    return (code or "").replace("_", " ")
