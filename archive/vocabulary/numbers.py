"""Words that make numbers and the words that hedge them.

Tables: `number_words` (word, role, value), `hedges` (phrase, modifier, place) and `number_labels`
(nouns that take a number as a name: `page 3`, `Resolution 2231`).
"""

from decimal import Decimal
from functools import cache

from archive.records import Modifier
from archive.vocabulary.tables import read_table


@cache
def number_words(role: str) -> dict[str, Decimal]:
    """Value of each word of one role, in small letters.

    Roles: `digit` (zero to nine), `teen`, `ten` (twenty ...), `hundred`, `scale` (thousand,
    crore ...), `dozen`, `fraction` (the denominator of `thirds`), `vague` (the smallest number
    that `dozens` can mean), `years` (the same in years for `decades`), `several` (the smallest
    factor of `several hundred`), `multiple` (`doubled`, `twice`), `suffix` (`bn` glued to
    digits) and `glyph` (`½`).
    """
    return {
        row["word"]: _value(row["value"])
        for row in read_table("number_words")
        if row["role"] == role
    }


@cache
def hedges(place: str) -> dict[str, Modifier]:
    """Modifier of each hedging phrase that stands `before` or `after` its number."""
    return {
        row["phrase"]: Modifier(row["modifier"])
        for row in read_table("hedges")
        if row["place"] == place
    }


@cache
def number_labels() -> frozenset[str]:
    """Nouns, in small letters, that take the number after them as a name."""
    return frozenset(row["word"] for row in read_table("number_labels"))


def _value(cell: str) -> Decimal:
    numerator, _, denominator = cell.partition("/")
    return Decimal(numerator) / Decimal(denominator or 1)
