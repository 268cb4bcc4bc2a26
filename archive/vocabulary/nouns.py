"""Nouns as they are counted: plurals and their singular, and nouns that name people.

Tables: `irregular_plurals` (plural, singular) and `person_nouns` (singular).
"""

import re
from functools import cache

from archive.vocabulary.countries import demonyms
from archive.vocabulary.tables import read_table

_NO_PLURAL = re.compile(r"(?:ss|us|is|ous|[^aeiou]as|’s|'s)$")
_PERSON_ENDING = re.compile(
    r"(?:men|women|people|(?:er|or|ist|ee|ian|ant|ster|eer|worker|maker|keeper)s)$"
)
# Endings that look like those of people's names but are things (`tankers`, `committees`).
_THING_ENDING = re.compile(
    r"(?:number|letter|paper|centre|center|tower|power|order|border|member-state|tanker|container|"
    r"computer|helicopter|trailer|fighter-jet|bunker|quarter|corner|tender|offer|layer|river|"
    r"matter|chapter|character|winter|summer|dinner|tiger|spider|flower|shoulder|finger|"
    r"committee|degree|fee|tree|guarantee|employee-owned|fever|disaster|master|poster|cluster|"
    r"filter|meter|charter|theater|monster|barrier|carrier|frontier|courier-van|tier|pier|prayer|"
    r"answer|shower|error|mirror|factor|tractor|sector|reactor|motor|monitor|floor|door|indicator|"
    r"generator|detector|calculator|elevator|favor|color|vapor|tumor|corridor|harbor|labor|"
    r"interceptor|trigger|danger|ledger|burger|plant|grant|restaurant|warrant|elephant|"
    r"hectare|cover|drawer|buffer|offer|smartphone-maker|router|printer|server|scooter|shelter|"
    r"counter|encounter|register|canister|semester|quarter|starter|feather|leather|brother-in-law|"
    r"cancer|launcher|boulder|ladder|folder|cylinder|gender|remainder|reminder|speaker|sticker|"
    r"bumper|skyscraper|newspaper|sweater|freighter|thriller|boiler|parameter|perimeter|diameter|"
    r"list|wrist|fist|twist|cyst|manifesto|mist)s?$"
)


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
    return bool(_PERSON_ENDING.search(low)) and not _THING_ENDING.search(low)
