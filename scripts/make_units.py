"""Fill the computed columns of `units.csv` and make `currencies.csv` (development only).

    python scripts/make_units.py

needs the packages pint (factors to SI units) and babel (names and symbols of currencies from the
Unicode CLDR). In `units.csv` everything but `si_factor` is kept by hand; the column `pint` holds
the unit in pint's notation, and a row without it has no factor (temperatures, and units that are
no multiple of an SI unit). `currency_words.csv`, also kept by hand, adds what the CLDR does not
list: bare names (`dollar`), signs with a letter before them (`A$`), minor units.
"""

import csv
from pathlib import Path

import pint
from babel import Locale
from babel.core import get_global
from babel.numbers import list_currencies

REFERENCE = Path(__file__).parents[1] / "seeds" / "reference"
SOURCE = "Unicode CLDR (Unicode License v3), through babel"
# Codes of metals, funds, bonds and tests: not money that news counts in (ISO 4217, table A.1).
NOT_MONEY = frozenset(
    [
        "XAG",
        "XAU",
        "XBA",
        "XBB",
        "XBC",
        "XBD",
        "XDR",
        "XEU",
        "XFO",
        "XFU",
        "XPD",
        "XPT",
        "XRE",
        "XSU",
        "XTS",
        "XUA",
        "XXX",
        "CHE",
        "CHW",
        "CLF",
        "COU",
        "MXV",
        "USN",
        "USS",
        "UYI",
        "UYW",
        "BOV",
    ]
)


def fill_factors() -> None:
    """Write `si_factor` of every unit whose column `pint` says what it is."""
    registry = pint.UnitRegistry()
    path = REFERENCE / "units.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        factor = registry.parse_expression(row["pint"]) if row["pint"] else ""
        if row["si_unit"] == "bit" or row["si_unit"] == "bit per second":
            row["si_factor"] = (
                f"{factor.to('bit' + row['si_unit'][3:].replace(' per ', '/')).m:.12g}"
            )
        elif isinstance(factor, pint.Quantity):
            row["si_factor"] = f"{factor.to_base_units().magnitude:.12g}"
        else:
            row["si_factor"] = f"{factor:.12g}" if factor else ""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def make_currencies() -> None:
    """Write code, symbol and names of each currency of the CLDR that is money, by code."""
    english = Locale("en")
    with (REFERENCE / "currencies.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "symbol", "names", "countries", "source"])
        tender = countries_by_currency()
        for code in sorted(set(list_currencies()) - NOT_MONEY):
            names = {english.currencies.get(code, ""), *plural_names(english, code)}
            plain = sorted({name.casefold() for name in names if name and "(" not in name})
            if plain:
                symbol = english.currency_symbols.get(code, "")
                places = "|".join(tender.get(code, []))
                writer.writerow([code, symbol, "|".join(plain), places, SOURCE])


def countries_by_currency() -> dict[str, list[str]]:
    """ISO 3166-1 codes of the countries where each currency is legal tender today."""
    found: dict[str, list[str]] = {}
    for country, history in sorted(get_global("territory_currencies").items()):
        for code, _, end, is_tender in history:
            if is_tender and end is None:
                found.setdefault(code, []).append(country)
    return found


def plural_names(locale: Locale, code: str) -> list[str]:
    """The names of `code` after a number: `US dollar`, `US dollars`."""
    forms = locale._data["currency_names_plural"].get(code, {})
    return list(forms.values())


if __name__ == "__main__":
    fill_factors()
    make_currencies()
