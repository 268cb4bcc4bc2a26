"""The table of units, and the words and signs that write them."""

import csv
import math

import pytest

from archive.resources import REFERENCE
from archive.vocabulary.units import (
    currency_signs,
    unit_rows,
    unit_symbols,
    unit_words,
    units,
)


def test_names_are_unique():
    """Every unit and currency has a name of its own, as the table's key demands."""
    names = [row[0] for row in unit_rows()]
    assert len(names) == len(set(names)) > 300


@pytest.mark.parametrize("table", [unit_words, unit_symbols, currency_signs])
def test_every_written_form_names_a_known_unit(table):
    """No word or sign leads to a unit that is not in the table."""
    assert set(table().values()) <= set(units())


def test_money_and_temperatures_have_no_factor():
    """A currency is no multiple of an SI unit, nor is a degree with a zero of its own."""
    for name, _, kind, _, factor in unit_rows():
        if kind in ("money", "temperature"):
            assert factor is None, name


def test_lengths_are_in_metres():
    """All units of one dimension share their SI unit, so that their bounds compare."""
    of_kind = {}
    for _, _, kind, si_unit, factor in unit_rows():
        if factor is not None and kind not in ("rate", "other"):
            of_kind.setdefault(kind, set()).add(si_unit)
    assert all(len(si_units) == 1 for si_units in of_kind.values()), of_kind


def test_factors_are_those_of_pint():
    """The stored factors agree with the unit registry pint, to ten digits."""
    pint = pytest.importorskip("pint", reason="pint checks the factors; it is not installed")
    registry = pint.UnitRegistry()
    checked = 0
    with (REFERENCE / "units.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["pint"] or row["si_unit"].startswith("bit"):
                continue
            quantity = registry.parse_expression(row["pint"])
            base = quantity.to_base_units().magnitude if hasattr(quantity, "m") else quantity
            assert math.isclose(float(row["si_factor"]), base, rel_tol=1e-10), row["name"]
            checked += 1
    assert checked > 100


def test_currencies_are_those_of_the_cldr():
    """Codes and names of currencies agree with the Unicode CLDR as babel carries it."""
    babel = pytest.importorskip("babel", reason="babel carries the CLDR; it is not installed")
    english = babel.Locale("en")
    for code in ("USD", "EUR", "IRR", "AFN", "PKR", "GBP"):
        assert unit_words()[english.currencies[code].casefold()] == code
