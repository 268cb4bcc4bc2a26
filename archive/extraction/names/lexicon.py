"""What the lexicons say about a word and about a sequence of words."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from archive.extraction.names.tokens import is_capital, words_of
from archive.vocabulary.countries import country_names, demonyms
from archive.vocabulary.names import (
    common_words,
    cue_words,
    given_names,
    known_names,
    name_heads,
    places,
    regions,
    surnames,
    titles,
)

_HYPHENS = str.maketrans("‐‑", "--")
_PLAIN = re.compile(r"[\u0300-\u036f]")
LARGE_CITY = 100_000  # inhabitants from which a place is taken for known by its name alone


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a lexicon: entity type, which lexicon, and how far it can be trusted alone.

    `kind` is country, demonym, known, region or city; `weight` between 0 and 1.
    """

    type: str
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Word:
    """What the lexicons know of one capitalised word, wherever it stands.

    `title` is the kind of title word it can be, or None; `common` how much of its use in open
    news text is in lower case (0 to 1, 0 where it was not seen); `last` and `first` the entity
    types it gives a name as its last or first word.
    """

    title: str | None
    common: float
    is_function: bool
    is_calendar: bool
    is_given: bool
    is_surname: bool
    is_acronym: bool
    last: str | None
    first: str | None


def fold(name: str) -> str:
    """The name with plain letters, straight apostrophes and hyphens, for look-ups."""
    if name.isascii():
        return name
    straight = name.translate(_HYPHENS).replace("’", "'").replace("–", "-")
    return _PLAIN.sub("", unicodedata.normalize("NFKD", straight))


@lru_cache(maxsize=1 << 16)  # bounded: an archive of any size has ever more spellings
def word(text: str) -> Word:
    """Look one capitalised word up (cached for each spelling)."""
    plain = fold(text)
    lower = plain.lower()
    letters = plain.replace(".", "").replace("-", "").replace("&", "")
    is_acronym = len(letters) > 1 and letters.isupper() and letters.isalpha() and letters.isascii()
    return Word(
        title=titles().get(plain),
        common=_commonness(lower),
        is_function=(lower in cue_words("function") and not (is_acronym and len(letters) < 4))
        or _is_contracted(lower),
        is_calendar=text in cue_words("calendar"),
        is_given=plain in _given(),
        is_surname=plain in _surnames(),
        is_acronym=is_acronym and not is_roman(plain),
        last=name_heads("last").get(plain),
        first=name_heads("first").get(plain),
    )


_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_CONTRACTED = re.compile(r"n['’]t$|['’](?:m|ve|re|ll|d)$")


def is_roman(text: str) -> bool:
    """Whether a word is a Roman numeral as rulers and popes bear it (`II`, `XIV`)."""
    return len(text) > 1 and _ROMAN.fullmatch(text) is not None


def _is_contracted(lower: str) -> bool:
    """Whether a word is a pronoun or verb with its shortened partner (`we've`, `don't`)."""
    return not lower.isalnum() and _CONTRACTED.search(lower) is not None


@cache
def _given() -> frozenset[str]:
    return frozenset(map(fold, given_names()))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(map(fold, surnames()))


_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
            ("ly", ""), ("ers", ""), ("er", ""), ("ors", "e"), ("ly", "le"), ("ment", ""),
            ("ments", ""), ("less", ""), ("ful", ""), ("ness", ""))  # fmt: skip


def _commonness(lower: str) -> float:
    """Share of lower-case use; inflected forms of a common word count as it, somewhat less."""
    counts = common_words().get(lower)
    if counts:
        small, capital = counts
        return small / (small + capital)
    for ending, stem in _ENDINGS:
        if lower.endswith(ending) and len(lower) > len(ending) + 3:
            counts = common_words().get(lower[: -len(ending)] + stem)
            if counts and counts[0] > counts[1]:
                return 0.7
    return 0.0


@cache
def _phrases() -> tuple[dict[str, Entry], dict[str, int]]:
    """All names by their words (joined by spaces), and the longest by its first word."""
    entries: dict[str, Entry] = {}

    def add(name: str, entry: Entry) -> None:
        folded = fold(name)
        if folded not in entries:
            entries[folded] = entry

    for name in country_names():
        add(name, Entry("GPE", "country", 0.95))
    for name, known in known_names().items():
        add(name, Entry(known.type, "known", 0.9))
    for name in demonyms():
        add(name, Entry("NORP", "demonym", 0.95))
    for name in regions():
        add(name, Entry("GPE", "region", _place_weight(name, 0.8)))
    for name, found in places().items():
        size = found[0].population
        add(name, Entry("GPE", "city", _place_weight(name, 0.85 if size >= LARGE_CITY else 0.6)))
    phrases: dict[str, Entry] = {}
    longest: dict[str, int] = {}
    for name, entry in entries.items():
        for form in {name, name.replace("-", " ")}:  # hyphens between names are cut in text
            words = words_of(form)
            phrases.setdefault(" ".join(words), entry)
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return phrases, longest


def _place_weight(name: str, weight: float) -> float:
    """Trust less a place whose name is also a word, a given name or a surname."""
    if " " in name:
        return weight
    known = word(name)
    if known.common > 0.3 or known.is_function or known.is_calendar or known.title:
        return 0.1
    if known.is_given or known.is_surname:
        return min(weight, 0.5) if weight > 0.8 else 0.35
    return weight


def find(words: list[str], start: int, stop: int) -> tuple[int, Entry] | None:
    """The longest lexicon name that starts at a word and ends before `stop`: (end, entry)."""
    entries, longest = _phrases()
    most = longest.get(fold(words[start]))
    if most is None:
        return None
    for end in range(min(start + most, stop), start, -1):
        entry = entries.get(" ".join(map(fold, words[start:end])))
        if entry is not None:
            return end, entry
    return None


def entry_of(name: str) -> Entry | None:
    """The lexicon's entry of a name as written, None where it has none."""
    folded = fold(name)
    return _phrases()[0].get(folded if folded.isalpha() else " ".join(words_of(folded)))


@lru_cache(maxsize=1 << 14)
def is_suffix(part: str) -> bool:
    """Whether a word in lower case makes an adjective of the name before its hyphen (`-based`)."""
    return part in cue_words("suffix") or (part.endswith(("ed", "ing")) and _commonness(part) > 0)


@lru_cache(maxsize=1 << 14)
def stands_alone(part: str) -> bool:
    """Whether a part of a hyphenated word is a name by itself: country, people or known body."""
    entry = entry_of(part)
    if entry is None or not is_capital(part):
        return False
    return entry.kind in {"country", "demonym", "known"} or entry.weight >= 0.8
