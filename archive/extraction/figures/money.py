"""Which country's money is meant where its name is shared: rupees, rials, dinars, pesos.

A bare `Rs` or `rupees` is read as the currency of the one country with such money that the
paragraph names; where it names none or several, as the one that the tables give.
"""

import re

from archive.extraction.figures.counting import Draft
from archive.records import FigureKind
from archive.vocabulary.countries import country_names, demonyms
from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.units import namesakes, units

_NAME = re.compile(r"[A-Z][^\W\d_]+(?:\s[A-Z][^\W\d_]+)*")


def settle_currencies(text: str, written: str, drafts: list[Draft]) -> None:
    """Replace shared currencies in `drafts` by that of the country that `text` names.

    `written` is the sentence: only amounts in a word or sign that countries share are touched.
    """
    if not any(draft.kind is FigureKind.MONEY for draft in drafts):
        return
    shared = figure_words("shared_currency").intersection(re.findall(r"\w+", written.lower()))
    if not shared:
        return
    countries = _countries_in(text)
    for draft in drafts:
        unit = draft.quantity.unit
        if unit is None or draft.kind is not FigureKind.MONEY:
            continue
        candidates = {code for place, code in namesakes(unit.name).items() if place in countries}
        if len(candidates) == 1:
            draft.unit = candidates.pop()
            draft.quantity.unit = units()[draft.unit]


def _countries_in(text: str) -> set[str]:
    """Codes of the countries that the text names, by name or by their people."""
    found: set[str] = set()
    for match in _NAME.finditer(text):
        words = match.group().split()
        for name in (match.group(), *words):
            if name in country_names():
                found.add(country_names()[name])
            elif name in demonyms() and (code := demonyms()[name].code):
                found.add(code)
    return found
