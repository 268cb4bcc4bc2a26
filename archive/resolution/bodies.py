"""Bodies by name: acronyms, shorter forms, and the country a state's body belongs to."""

import re
from functools import cache, lru_cache

from archive.resolution.keys import name_key
from archive.vocabulary.countries import country_names, demonyms
from archive.vocabulary.names import common_words

_SMALL = frozenset(
    {"of", "the", "for", "and", "in", "on", "to", "a", "an", "de", "la", "du", "des"}
)
# Heads of bodies that a state has: with a country's name or people beside them they are its own.
_STATE = re.compile(
    r"\b(?:ministry|ministries|embassy|consulate|government|parliament|senate|army|navy|police|"
    r"air force|armed forces|defen[cs]e forces?|security forces?|national guard|coast guard|"
    r"border guards?|supreme court|constitutional court|high court|central bank|reserve bank|"
    r"state bank|national bank|intelligence|news agency|house of representatives|"
    r"national assembly|department|directorate|secretariat|cabinet|treasury|customs|"
    r"election commission|electoral commission|federal|state|national|royal|revolutionary guards?|"
    r"attorney general|prosecutor|immigration|civil aviation|space agency|broadcasting|congress|"
    r"foreign office|home office|presidency|court|commission|bureau|authority|military)\b"
)
# Names that every state's bodies bear alike, so that the country must tell them apart.
_OFFICE_OF = re.compile(r"^(ministry|department) (?:of |for )?(.*)$")
_OFFICE_LAST = re.compile(r"^(.*?) (ministry|department)$")


def acronym_letters(text: str) -> str | None:
    """Letters of an abbreviation in capitals (`T.T.P.` gives `ttp`), None for other names."""
    letters = text.replace(".", "")
    return letters.lower() if 2 <= len(letters) <= 8 and letters.isupper() else None


def initials_of(name: str) -> set[str]:
    """Abbreviations of a name by its initials, small words counted or not.

    >>> sorted(initials_of("Tehreek-e-Taliban Pakistan"))
    ['tetp', 'ttp']
    """
    words = name_key(name).split()
    main = "".join(word[0] for word in words if word not in _SMALL and len(word) > 1)
    return {letters for letters in (main, "".join(word[0] for word in words)) if len(letters) > 1}


def stands_for(short: str, long: str) -> bool:
    """Whether capitals right beside a name can abbreviate it: its letters in order, first alike.

    All but one of the name's words must give their initial (`Iranian State News Agency, IRNA`).
    """
    letters = acronym_letters(short)
    if letters is None or letters[0] != name_key(long)[0]:
        return False
    if letters in initials_of(long):
        return True
    initials = [word[0] for word in name_key(long).split() if word not in _SMALL]
    rest = iter(name_key(long).replace(" ", ""))
    in_order = all(any(letter == other for other in rest) for letter in letters)
    shared = sum(letter in letters for letter in initials)
    return in_order and len(initials) > 1 and shared >= len(initials) - 1


@lru_cache(maxsize=4096)
def country_in(name: str) -> str | None:
    """Code of the one country that a body's name contains by name or people, else None."""
    codes = set()
    words = name.replace("’", "'").split()
    at = 0
    while at < len(words):
        for size in (5, 4, 3, 2, 1):
            part = " ".join(words[at : at + size]).removesuffix("'s").strip(",")
            demonym = demonyms().get(part)
            code = country_names().get(part) or (demonym.code if demonym else None)
            if code is not None and at + size <= len(words):
                codes.add(code)
                at += size
                break
        else:
            at += 1
    return codes.pop() if len(codes) == 1 else None


def is_state_body(name: str) -> bool:
    """Whether the name is one that bodies of a state bear (`Ministry`, `Army`, `Embassy`)."""
    return _STATE.search(name_key(name)) is not None


@lru_cache(maxsize=4096)
def is_generic(name: str) -> bool:
    """Whether every country can have a body of this name: `Ministry of Defence`, `Supreme Court`.

    Such a name has a word for a state's body, no country, and only common words.
    """
    if not is_state_body(name) or country_in(name) is not None:
        return False
    words = [word for word in name_key(name).split() if word not in _SMALL]
    return bool(words) and all(word in common_words() for word in words)


@cache
def _owner() -> re.Pattern[str]:
    """Pattern of a country's name or people in a key, `of the` before it included."""
    of_countries = [form for form, demonym in demonyms().items() if demonym.code]
    keys = {name_key(form) for form in (*country_names(), *of_countries)}
    longest = sorted((key for key in keys if len(key) > 1), key=lambda key: (-len(key), key))
    return re.compile(rf"(?:\bof )?(?:\bthe )?\b(?:{'|'.join(map(re.escape, longest))})\b")


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """What is left of a state body's name without its country, in one order.

    `German Foreign Ministry`, `Foreign Ministry` and `Ministry of Foreign Affairs` give the same,
    `foreign ministry`.
    """
    key = " ".join(_owner().sub(" ", name_key(name)).split())
    first, last = _OFFICE_OF.match(key), _OFFICE_LAST.match(key)
    if first is not None:
        head, field = first[1], first[2]
    elif last is not None:
        head, field = last[2], last[1]
    else:
        return key
    field = re.sub(r"\b(?:affairs|the|of)\b", " ", field).replace("defence", "defense")
    return " ".join([*field.split(), head])
