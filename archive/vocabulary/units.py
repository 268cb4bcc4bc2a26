"""Units of measure and currencies, and the words and signs that write them.

Tables: `units` (name, symbol, kind, SI unit and factor, words, symbols), `currencies` (ISO 4217
code, symbol, names, countries, from the Unicode CLDR) and `currency_words` (what the CLDR does
not list).
"""

from dataclasses import dataclass
from functools import cache

from archive.records import FigureKind
from archive.vocabulary.tables import read_table, split_values


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure, or a currency with its ISO 4217 code for a name.

    `si_factor` is how many `si_unit` one unit is; None for money, for temperatures, and where the
    unit is no multiple of an SI unit.
    """

    name: str
    symbol: str | None
    kind: FigureKind
    si_unit: str | None = None
    si_factor: float | None = None


@cache
def units() -> dict[str, Unit]:
    """Every unit by name: units of measure first, then currencies by code."""
    found = {}
    for row in read_table("units"):
        found[row["name"]] = Unit(
            name=row["name"],
            symbol=row["symbol"] or None,
            kind=FigureKind(row["kind"]),
            si_unit=row["si_unit"] or None,
            si_factor=float(row["si_factor"]) if row["si_factor"] else None,
        )
    for row in read_table("currencies"):
        found[row["code"]] = Unit(row["code"], row["symbol"] or None, FigureKind.MONEY)
    return found


def unit_rows() -> tuple[tuple[str, str | None, str, str | None, float | None], ...]:
    """Rows for the table `units`: name, symbol, kind, si_unit, si_factor."""
    return tuple(
        (unit.name, unit.symbol, unit.kind.value, unit.si_unit, unit.si_factor)
        for unit in units().values()
    )


@cache
def unit_words() -> dict[str, str]:
    """Unit of each name written in words, in small letters (`kilometres`, `us dollars`)."""
    found = {}
    for row in read_table("units"):
        found.update(dict.fromkeys(split_values(row["words"]), row["name"]))
    for row in read_table("currencies"):
        found.update(dict.fromkeys(split_values(row["names"]), row["code"]))
    for row in read_table("currency_words"):
        if row["place"] == "word":
            found[row["written"]] = row["unit"]
    return found


@cache
def unit_symbols() -> dict[str, str]:
    """Unit of each sign or abbreviation that follows a number, in its own case (`km`, `%`)."""
    found = {}
    for row in read_table("units"):
        found.update(dict.fromkeys(split_values(row["symbols"]), row["name"]))
    for row in read_table("currencies"):
        found[row["code"]] = row["code"]
    for row in read_table("currency_words"):
        if row["place"] == "after":
            found.setdefault(row["written"], row["unit"])
    return found


@cache
def currency_signs() -> dict[str, str]:
    """Currency of each sign or code that stands before a number (`US$`, `Rs`, `EUR`)."""
    found = {row["code"]: row["code"] for row in read_table("currencies")}
    for row in read_table("currency_words"):
        if row["place"] == "before":
            found[row["written"]] = row["unit"]
    return found


@cache
def namesakes(code: str) -> dict[str, str]:
    """Currencies that share the noun of `code` (rupee), each by the countries that use it.

    >>> namesakes("INR")["PK"]
    'PKR'
    """
    nouns = {row["code"]: _noun(row["names"]) for row in read_table("currencies")}
    noun = nouns.get(code)
    return {
        country: row["code"]
        for row in read_table("currencies")
        if noun and nouns[row["code"]] == noun
        for country in split_values(row["countries"])
    }


def _noun(names: str) -> str:
    """The last word of the shortest name: `rupee` of `pakistani rupee|pakistani rupees`."""
    return min(split_values(names), key=len).rsplit(" ", 1)[-1]
