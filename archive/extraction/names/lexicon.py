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
    types it gives a name as its last or first word; `ends_pair` marks the second word of a head of
    two (`head_of`).
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
    ends_pair: bool


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
        ends_pair=plain in _second_words(),
    )


def head_of(before: str, last: str) -> str | None:
    """Entity type by a head of two words (`National Park`), None where these make none."""
    return name_heads("last").get(f"{before} {last}")


@cache
def _second_words() -> frozenset[str]:
    """The second words of the heads of two."""
    return frozenset(head.partition(" ")[2] for head in name_heads("last") if " " in head)


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


_Listed = tuple[str, str, str, float]
"""Entity type, kind, name as listed, and weight before `_place_weight` looks at the name."""


@cache
def _phrases() -> tuple[dict[str, _Listed], dict[str, tuple[int, ...]]]:
    """All names by their words (joined by spaces), and their lengths by first word, longest first.

    Of lists that share a name the first holds.
    """
    entries: dict[str, _Listed] = {}
    for type_, kind, weight, names in (
        ("GPE", "country", 0.95, country_names()),
        ("", "known", 0.9, known_names()),
        ("NORP", "demonym", 0.95, demonyms()),
        ("GPE", "region", 0.8, regions()),
        ("GPE", "city", 0.0, places()),
    ):
        for name in names:
            entries.setdefault(fold(name), (type_, kind, name, weight))
    phrases: dict[str, _Listed] = {}
    lengths: dict[str, set[int]] = {}
    for name, entry in entries.items():
        if name.isalpha():
            phrases.setdefault(name, entry)
            lengths.setdefault(name, set()).add(1)
            continue
        for form in {name, name.replace("-", " ")}:  # hyphens between names are cut in text
            words = words_of(form)
            phrases.setdefault(" ".join(words), entry)
            lengths.setdefault(words[0], set()).add(len(words))
    return phrases, {word: tuple(sorted(some, reverse=True)) for word, some in lengths.items()}


@lru_cache(maxsize=1 << 14)
def _entry(phrase: str) -> Entry | None:
    """The entry of a name's folded words, None where no list has it; weighed when first asked."""
    listed = _phrases()[0].get(phrase)
    if listed is None:
        return None
    type_, kind, name, weight = listed
    if kind == "known":
        type_ = known_names()[name].type
    elif kind == "city":
        is_large = places()[name][0].population >= LARGE_CITY
        weight = _place_weight(name, 0.85 if is_large else 0.6)
    elif kind == "region":
        weight = _place_weight(name, weight)
    return Entry(type_, kind, weight)


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
    phrases, lengths = _phrases()
    first = fold(words[start])
    for length in lengths.get(first, ()):
        if start + length > stop:
            continue
        phrase = first
        if length > 1:
            phrase = " ".join([first, *map(fold, words[start + 1 : start + length])])
        if phrase in phrases:
            entry = _entry(phrase)
            return (start + length, entry) if entry is not None else None
    return None


def entry_of(name: str) -> Entry | None:
    """The lexicon's entry of a name as written, None where it has none."""
    folded = fold(name)
    return _entry(folded if folded.isalpha() else " ".join(words_of(folded)))


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
