"""What the network sees of a word and of its place: hashed features.

A feature is a text such as `s=Xxx` (shape) or `3=<ka` (trigram), hashed into one of `ROWS` rows
of the network's table with CRC-32, which is the same on every machine. Features of a word depend
on its spelling and the lexicons alone, so that what follows from them can be kept for each word;
features of a place say what the rules made of it.
"""

import re
from collections import defaultdict
from functools import cache
from zlib import crc32

from archive.extraction.names import lexicon
from archive.extraction.names.frequency import half_steps
from archive.extraction.names.runs import Span
from archive.extraction.names.tokens import is_capital
from archive.vocabulary.names import common_words, cue_words, cues

ROWS = 1 << 15
_HASHED = ROWS - 1
PAD = 0  # row of the padding between paragraphs; no feature is hashed to it
_UPPER, _LOWER, _DIGIT = map(re.compile, ("[A-Z]", "[a-z]", "[0-9]"))
_REPEATED = re.compile(r"(.)\1{3,}")
_KINDS = ("function", "calendar", "leading", "possessed", "takes-of", "suffix", "no-name")
_CUES = ("says", "after", "after-surname", "before", "before-of", "preposition")

PlaceKey = tuple[str, str, int, bool, bool]
"""Position and type in a rule's span (`B-PERSON`), the rule, strength, initial, Title Case."""
OUTSIDE = ""


def row(feature: str) -> int:
    """Row of the network's table for a feature, 1 to `ROWS` - 1."""
    return crc32(feature.encode()) % _HASHED + 1


def _rows(found: list[str]) -> list[int]:
    """Row of each feature, as `row` has it."""
    return [code % _HASHED + 1 for code in map(crc32, map(str.encode, found))]


def shape(word: str) -> str:
    """Spelling of a word by kinds of characters, runs of more than three shortened: `Xxxx-dd`."""
    if word.isascii():
        if word.isalpha() and word[1:].islower():  # most words, without a search
            return "X" + "xxx"[: len(word) - 1] if word[0].isupper() else "xxx"[: len(word)]
        kinds = _DIGIT.sub("d", _LOWER.sub("x", _UPPER.sub("X", word)))
    else:
        kinds = "".join(map(_kind, word))
    return _REPEATED.sub(r"\1\1\1", kinds)


def _kind(character: str) -> str:
    if character.isalpha():
        return "X" if character.isupper() else "x"
    return "d" if character.isdecimal() else character


def word_features(word: str) -> list[int]:
    """Rows for a word, wherever it stands; the first two are those of the whole word.

    Words in lower case are context: their ends suffice. Capitalised ones also have prefixes,
    character n-grams and what the lexicons know of them. An empty word is the padding.
    """
    if not word:
        return [PAD]
    lower = word.lower()
    found = ["w=" + lower, "W=" + word, "s=" + shape(word)]
    if not word[0].isalnum():
        return _rows(found)
    found += [f"{size}<{lower[-size:]}" for size in (2, 3, 4)]
    found += _lexical(lower)
    found.append(f"z={half_steps(lower)}/{is_capital(word):d}{word.isupper():d}")
    if is_capital(word):
        found += _spelling(lower) + _listed(word)
    else:
        found.append("p=" + lower[:3])
    return _rows(found)


def _lexical(lower: str) -> list[str]:
    """How often open news has the word, how much of it in lower case, and its use as a cue."""
    small, capital = common_words().get(lower, (0, 0))
    share = f"q={(small + capital).bit_length()}/{4 * small // (small + capital or 1)}"
    return [share, *_cue_features().get(lower, ())]


@cache
def _cue_features() -> dict[str, list[str]]:
    """Features of the words that are cues, by word."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind in _KINDS:
        for word in cue_words(kind):
            found[word].append("k=" + kind)
    for kind in _CUES:
        for word, some in cues(kind).items():
            found[word] += [f"c={kind}/{cue.type}" for cue in some]
    return dict(found)


def _spelling(lower: str) -> list[str]:
    """Prefixes and character n-grams of a capitalised word."""
    found = [f"{size}>{lower[:size]}" for size in (1, 2, 3, 4)] + ["1<" + lower[-1]]
    framed = f"<{lower}>"
    found += ["g=" + framed[at : at + 3] for at in range(min(len(framed) - 2, 10))]
    return found + ["g=" + framed[at : at + 4] for at in range(min(len(framed) - 3, 10))]


def _listed(word: str) -> list[str]:
    """What the lexicons know of a capitalised word."""
    info = lexicon.word(word)
    entry = lexicon.entry_of(word)
    found = [f"d={int(4 * info.common)}"]
    if entry is not None:
        found.append(f"e={entry.kind}/{entry.type}/{int(4 * entry.weight)}")
    if info.title:
        found.append("t=" + info.title)
    if info.last:
        found.append("l=" + info.last)
    if info.first:
        found.append("f=" + info.first)
    flags = (info.is_given, info.is_surname, info.is_acronym)
    return [*found, "n={:d}{:d}{:d}".format(*flags)]


def place_features(key: PlaceKey) -> list[int]:
    """Rows for a word's place: what the rules made of it, and the form of sentence and line."""
    part, rule, strength, initial, title = key
    found = [f"i={initial:d}{title:d}"]
    if part != OUTSIDE:
        found += [f"r={part}", f"r={part}/{strength}", f"h={rule}/{strength}/{part[2:]}"]
    return _rows(found)


def parts(span: Span, type_: str) -> list[str]:
    """Position and type for each word of a span: `B-`, `I-`, `E-`, or `S-` for one of one word."""
    size = span.end - span.start
    if size == 1:
        return ["S-" + type_]
    return ["B-" + type_, *(["I-" + type_] * (size - 2)), "E-" + type_]


def strength(score: float, kept: bool) -> int:
    """How sure the rules are of a span: 0 where they drop it, else 1 to 4."""
    return 1 + sum(score >= limit for limit in (0.45, 0.6, 0.8)) if kept else 0
