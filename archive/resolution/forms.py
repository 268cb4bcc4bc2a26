"""A person's written name taken apart: given names, family name, suffix; and two compared.

Which word is the family name follows the custom of the language the name comes from: the last in
most, the first in Chinese, Korean, Vietnamese and (in part) Japanese names, the last but one in
Spanish double surnames, the father's behind `bin`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from archive.resolution.keys import name_key
from archive.resolution.spelling import (
    EXACT,
    INITIAL,
    NEAR,
    block_of,
    given_likeness,
    likeness,
    skeleton,
)
from archive.vocabulary.names import (
    family_first_names,
    given_name_variants,
    given_names,
    korean_family_names,
    nicknames,
    spanish_surnames,
    surnames,
    titles,
)

_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼʻ`´](?=\w)")
_RUN_TOGETHER = re.compile(r"\b[A-Z]{2,3}\b(?=\s\S*[a-z])")
_SUFFIXES = {"jr": "jr", "sr": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_PARTICLES = frozenset(
    {"al", "el", "as", "ul", "ur", "abu", "da", "das", "de", "del", "della", "den", "der", "di"}
    | {"do", "dos", "du", "la", "las", "le", "los", "st", "ten", "ter", "van", "von", "zu"}
)  # fmt: skip
_SON_OF = frozenset({"bin", "ibn", "bint", "binti", "binte"})
_SERVANT = re.compile(r"^abd(?:[aeuo]l?)?$")  # `Abdul`, `Abdel`, `Abd al-` begin a name of two
_ARTICLE = frozenset(
    {"al", "el", "ul", "ol", "ar", "er", "ur", "as", "es", "us", "an", "en", "un"}
    | {"ad", "ed", "id", "od", "ud"}
)  # fmt: skip
_FAITH = re.compile(r"(?:(?:ed|ud|od|ad|al|ul|el)d[iey]+n[ei]?|ud+in|ed+ine?)$")
_PROPHET = frozenset({"muhammad", "mohammad", "mohammed", "mohamed", "mohamad", "muhammed"})
_SYLLABLE = (
    r"(?:[bpmfdtnlgkhjqxrzcsyvw]|zh|ch|sh|ts|tz|hs|kw|hw|gw|ng|ph|th|tr|nh|kh|gi|qu)?y?"
    r"(?:[aeiou]{1,3}|yu|eui)(?:ng|nh|n|m|k|l|p|t|h|r|ch)?"
)
_SYLLABIC = re.compile(rf"(?:{_SYLLABLE}){{1,2}}")
_LONGEST_GIVEN = 12  # letters of two syllables such as `Chang-gyeong`, and one more
_EAST_ASIAN = (  # what the romanisations of Chinese and Korean write in several ways
    (re.compile(r"hs|sh|x"), "s"), (re.compile(r"zh|ch|[jq]"), "C"),
    (re.compile(r"ts|tz|z|c"), "T"), (re.compile(r"b"), "p"), (re.compile(r"d"), "t"),
    (re.compile(r"(?<!n)g"), "k"), (re.compile(r"r"), "l"),
    (re.compile(r"ai|ay|ae"), "e"), (re.compile(r"eo|eu|ou|o"), "u"), (re.compile(r"wu"), "u"),
    (re.compile(r"yi|ee"), "i"), (re.compile(r"ie"), "ia"), (re.compile(r"ih"), "i"),
    (re.compile(r"h$"), ""), (re.compile(r"(.)\1+"), r"\1"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as it is compared; all words are keys.

    `family` is None for a single word, which stands in `given` then (it may be either).
    `second` is the second of two Spanish surnames, `suffix` tells generations apart (`jr`),
    `is_east_asian` that given names are syllables in one of several romanisations.
    """

    given: tuple[str, ...]
    family: str | None
    second: str | None = None
    suffix: str | None = None
    is_east_asian: bool = False

    @property
    def block(self) -> str:
        """The block of its family name, of the word itself where it is one."""
        word = self.family or self.given[0]
        return block_of(_folded(word) if self.is_east_asian else word)


@lru_cache(maxsize=65_536)
def parse(name: str) -> PersonName | None:
    """Take a person's name apart; None where it has no letters.

    >>> parse("J. K. Smith Jr.").given, parse("Xi Jinping").family
    (('j', 'k'), 'xi')
    """
    text = _APOSTROPHE.sub("", _RUN_TOGETHER.sub(lambda match: " ".join(match[0]), name))
    words = [word for word in name_key(text).split() if word.isalpha()]
    suffix = _SUFFIXES.get(words[-1]) if len(words) > 2 else None
    words = _joined(_untitled(words[:-1] if suffix else words))
    if not words:
        return None
    for at in range(1, len(words) - 1):
        if words[at] in _SON_OF:
            return PersonName(_given(words[:at]), words[at + 1], suffix=suffix)
    kept = [word for word in words if word not in _PARTICLES and word not in _SON_OF]
    if _ends_in_family(name.split()):
        kept = [kept[-1], *kept[:-1]]
    kept = kept or words[-1:]
    if len(kept) == 1 or " " not in name.strip():  # a hyphenated surname is one word
        return PersonName((kept[-1],), None, suffix=suffix)
    return _east_asian(kept) or _western(kept, suffix)


def _untitled(words: list[str]) -> list[str]:
    while len(words) > 2 and words[0] in _title_keys():
        words = words[1:]
    return words


@cache
def _title_keys() -> frozenset[str]:
    kinds = titles()
    return frozenset(name_key(t) for t, kind in kinds.items() if kind in {"honorific", "rank"})


def _joined(words: Sequence[str]) -> list[str]:
    """Join what is one name in several words: `Abd al-Rahman`, `Nur ad-Din`."""
    out: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        rest = words[at + 1 :]
        if _SERVANT.match(word) and rest:
            step = 2 if rest[0] in _ARTICLE and len(rest) > 1 else 1
            word, at = "abdul" + rest[step - 1], at + step
        elif len(rest) > 1 and rest[0] in _ARTICLE and _is_faith(rest[1]):
            word, at = word + "uddin", at + 2
        elif rest and len(rest[0]) > 3 and _FAITH.fullmatch(rest[0]):
            word, at = word + "uddin", at + 1
        elif word.startswith("abdul") and len(word) > 6:
            word = re.sub(r"^abdul+", "abdul", word)
        elif len(word) > 6 and _FAITH.search(word):
            word = _FAITH.sub("uddin", word)
        out.append(word)
        at += 1
    return out


def _is_faith(word: str) -> bool:
    return re.fullmatch(r"d[iey]+n[ei]?", word) is not None


def _given(words: list[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _PARTICLES) or tuple(words)


def _western(words: list[str], suffix: str | None) -> PersonName:
    if len(words) > 2 and _is_double(words[-2], words[-1]):
        return PersonName(tuple(words[:-2]), words[-2], second=words[-1], suffix=suffix)
    return PersonName(tuple(words[:-1]), words[-1], suffix=suffix)


def _ends_in_family(tokens: list[str]) -> bool:
    """Whether a hyphen tells that an East Asian family name stands last (`Geun-hye Park`)."""
    return (
        len(tokens) == 2
        and "-" in tokens[0]
        and "-" not in tokens[1]
        and name_key(tokens[1]) in family_first_names()
        and all(_is_syllabic(word) for word in name_key(tokens[0]).split())
    )


def _is_double(first: str, second: str) -> bool:
    """Whether two words are Spanish surnames, at least one of them not Portuguese too."""
    spanish = spanish_surnames()
    return first in spanish and second in spanish and not (spanish[first] and spanish[second])


def _east_asian(words: list[str]) -> PersonName | None:
    """The name with its family name first, or last as in the West, if its words are of that kind.

    Where both ends can be the family name, it is the first.
    """
    languages = family_first_names()
    for family, given in ((words[0], words[1:]), (words[-1], words[:-1])):
        named = languages.get(family, frozenset()) if len(family) > 1 else frozenset()
        if "ja" in named and not languages.get(given[0], frozenset()) and len(given) == 1:
            return PersonName(tuple(given), family)
        if named - {"ja"} and len(given) < 3 and all(_is_syllabic(word) for word in given):
            if len(given) == 2:  # in two syllables, as Koreans and not the Chinese write it
                korean = korean_family_names().get(family, family)
                return PersonName(("".join(given),), korean, is_east_asian=True)
            return PersonName((given[0],), family, is_east_asian=True)
    return None


@lru_cache(maxsize=16_384)
def _is_syllabic(word: str) -> bool:
    return len(word) < _LONGEST_GIVEN and _SYLLABIC.fullmatch(word) is not None


@lru_cache(maxsize=16_384)
def _folded(word: str) -> str:
    """An East Asian name with the letters made one that its romanisations vary.

    >>> _folded("tsetung") == _folded("zedong")
    True
    """
    for pattern, plain in _EAST_ASIAN:
        word = pattern.sub(plain, word)
    return word


# --------------------------------------------------------------------------- comparing

SHORTER = 0.9
"""Agreement of names of which one has an initial or a second surname more."""
FEWER = 0.88
"""Agreement of names of which one has a given name more."""


@lru_cache(maxsize=262_144)
def agreement(left: PersonName, right: PersonName) -> float:
    """How well two full names go together, 0.0 where they cannot be one person's.

    1.0 is the same name, less than that another spelling, initials for names, or a name left out;
    the weakest part decides.
    """
    if left.family is None or right.family is None or left.suffix != right.suffix:
        return 0.0
    if left.is_east_asian and right.is_east_asian:
        return _east_asian_agreement(left, right)
    family = likeness(left.family, right.family)
    if not family or (left.second and right.second and not likeness(left.second, right.second)):
        return 0.0
    given = _given_agreement(left.given, right.given) or min(
        SHORTER,
        max(
            _given_agreement(ours, theirs)
            for ours in _without_first(left.given)
            for theirs in _without_first(right.given)
        ),
    )
    told = bool(left.second) == bool(right.second)
    return min(family, given, EXACT if told else SHORTER)


def _east_asian_agreement(left: PersonName, right: PersonName) -> float:
    families, given = (left.family or "", right.family or ""), (left.given[0], right.given[0])
    if families[0] == families[1] and given[0] == given[1]:
        return EXACT
    if _folded(families[0]) == _folded(families[1]) and _folded(given[0]) == _folded(given[1]):
        return NEAR
    return 0.0


def _without_first(given: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Given names, and without a first that often falls away: `Mohammad`, or an initial."""
    spare = len(given) > 1 and (given[0] in _PROPHET or len(given[0]) == 1 < len(given[1]))
    return [given, given[1:]] if spare else [given]


def _given_agreement(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    score = given_likeness(short[0], long[0])
    if len(short) == 1 and len(long) > 1 and len(long[0]) == 1 < len(long[1]):
        score = 0.0  # `V. Harish` goes by his second name
    if not score:
        return _solid(left, right)
    at = 1
    for word in short[1:]:
        while at < len(long) and not given_likeness(word, long[at]):
            at += 1
        if at == len(long):
            return _solid(left, right)
        score = min(score, given_likeness(word, long[at]))
        at += 1
    if len(short) == len(long):
        return score
    full = [sum(len(word) > 1 for word in words) for words in (short, long)]
    return min(score, SHORTER if full[0] == full[1] else FEWER)


def _solid(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """Agreement of given names that one writes in one word (`Jean Claude`, `Jeanclaude`)."""
    if len(left) == len(right) or min(len(left), len(right)) > 1:
        return 0.0
    found = likeness("".join(left), "".join(right))
    return found if found > NEAR else 0.0


@lru_cache(maxsize=65_536)
def is_common(name: PersonName) -> bool:
    """Whether many people can bear a full name: given name and family name are both listed.

    A name with initials only, and one of East Asia, where few family names serve most people,
    counts as common.
    """
    if name.family is None or name.is_east_asian:
        return True
    first = name.given[0]
    return len(first) == 1 or (first in _given_keys() and name.family in _family_keys())


@cache
def _given_keys() -> frozenset[str]:
    return frozenset(name_key(name) for name in given_names())


@cache
def _family_keys() -> frozenset[str]:
    return frozenset(name_key(name) for name in surnames()) | family_first_names().keys()


@lru_cache(maxsize=65_536)
def meeting_keys(name: PersonName) -> tuple[str, ...]:
    """Keys under which a full name is found by those whose given names can go with it.

    Spellings of the given names, the formal names of pet names, and the initials.
    """
    if name.is_east_asian:
        return (_folded(name.given[0]),)
    words = {word for word in name.given[:3] if len(word) > 1}
    words |= {formal for word in words for formal in nicknames().get(word, ())}
    groups = {group for word in words for group in given_name_variants().get(word, ())}
    keys = {skeleton(word) for word in words} | {f"={group}" for group in groups}
    return tuple(sorted(keys | {f"{name.given[0][0]}-"} | _solid_key(name)))


def _solid_key(name: PersonName) -> set[str]:
    return {skeleton("".join(name.given[:2]))} if len(name.given) > 1 else set()


@lru_cache(maxsize=65_536)
def looked_up(name: PersonName) -> tuple[str, ...]:
    """The keys of `meeting_keys` under which a name looks for others that tell as much or more.

    Only a name of initials looks by its initial; `J.` may be anybody.
    """
    keys = meeting_keys(name)
    if name.is_east_asian or len(name.given[0]) == 1:
        return keys
    return tuple(key for key in keys if not key.endswith("-"))


__all__ = [
    "EXACT",
    "FEWER",
    "INITIAL",
    "NEAR",
    "SHORTER",
    "PersonName",
    "agreement",
    "is_common",
    "looked_up",
    "meeting_keys",
    "parse",
]
