"""Nouns as they are counted: plurals and their singular, and nouns that name people.

Tables: `irregular_plurals` (plural, singular) and `person_nouns` (singular).
"""

import re
from functools import cache

from archive.vocabulary.countries import demonyms
from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.tables import read_table

_NO_PLURAL = re.compile(r"(?:ss|us|is|ous|[^aeiou]as|’s|'s)$")
_PERSON_ENDING = re.compile(
    r"(?:men|women|people|(?:er|or|ist|ee|ian|ant|ster|eer|worker|maker|keeper)s)$"
)


@cache
def _thing_ending() -> re.Pattern[str]:
    """Ends of words that look like those of people but are things (`tankers`, `committees`)."""
    return re.compile(f"(?:{'|'.join(sorted(figure_words('thing_ending')))})s?$")


@cache
def irregular_plurals() -> dict[str, str]:
    """Singular of each plural that is not made with `-s` alone, in small letters."""
    return {row["plural"]: row["singular"] for row in read_table("irregular_plurals")}


@cache
def person_nouns() -> frozenset[str]:
    """Singular nouns, in small letters, that name people."""
    return frozenset(row["noun"] for row in read_table("person_nouns"))


@cache
def _peoples() -> frozenset[str]:
    return frozenset(name for name in demonyms())


def is_plural(word: str) -> bool:
    """Tell whether `word` can be a plural noun: irregular, or in `-s` but not `-ss`, `-us`."""
    low = word.lower()
    if low in irregular_plurals():
        return True
    if word.endswith("s") and word[:-1].isupper() and len(word) > 2:
        return True  # MPs
    return len(low) > 3 and low.endswith("s") and not _NO_PLURAL.search(low)


@cache
def singular(word: str) -> str:
    """The singular of a plural noun; any other word as it is.

    >>> singular("countries"), singular("people"), singular("attacks"), singular("Afghans")
    ('country', 'person', 'attack', 'Afghan')
    """
    low = word.lower()
    known = irregular_plurals().get(low)
    if known is not None:
        return known
    if not is_plural(word):
        return word
    if low.endswith("ies") and len(low) > 4:
        return word[:-3] + "y"
    if low.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return word[:-2]
    return word[:-1]


@cache
def is_person(noun: str) -> bool:
    """Tell whether `noun`, singular or plural, names people.

    Known nouns and names of peoples first; else the endings of nouns for people (`-ers`, `-ists`).
    """
    low = noun.lower()
    one = singular(low)
    if one in person_nouns() or one in {"police officer", "crew member"}:
        return True
    if noun in _peoples() or singular(noun) in _peoples():
        return True
    last = low.rsplit("-", 1)[-1]
    if last != low and singular(last) in person_nouns():
        return True
    return bool(_PERSON_ENDING.search(low)) and not _thing_ending().search(low)
