"""The words of a passage that tell its subject and its actors.

Names here are runs of capitalised words: enough to see that the actors change, and independent
of the extraction that comes later.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from archive.vocabulary.countries import country_names, demonyms
from archive.vocabulary.discourse import discourse_words
from archive.vocabulary.names import common_words, known_names

_WORD: Final = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_NAME_RUN: Final = re.compile(
    r"[A-ZÀ-ÖØ-Þ](?<![\w’'-].)[\w’'-]*(?: (?:(?:al|bin|ibn|bint|ul|ur|de|da|di|van|von|der|of"
    r"|of the|for) )?[A-ZÀ-ÖØ-Þ][\w’'-]*)*"
)
_SENTENCE_BREAK: Final = re.compile(r"[.!?][”\"’']?\s+(?=[“\"‘']?[A-Z])")
_ABBREVIATED: Final = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Maj|Gov|Sen|Rep|St|No|Prof|U\.S|U\.N"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)$"
)
_DEFINITE: Final = re.compile(
    r"[“\"]?(?:The|This|That|These|Those|Such|Both) (?:[a-z]+ )??([a-z][\w-]+)"
)

_AROUND_WORDS: Final = ".,;:!?…\"“”'‘’()[]"
_MOST_REMEMBERED: Final = 1 << 17
"""Words kept with their stem or weight; more would grow the memory of a long run."""

_MOST_READ: Final = 20_000
"""Characters of a passage that are looked at: some 3,000 words, more than any paragraph has."""

_LINKS: Final = frozenset({"of", "the", "for"})
"""Words before the last word of a body's name, not of a person's."""

Name = tuple[str, str]
"""A name of two words or more: the word before its last, and its last."""


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """What a passage says and of whom.

    `first` is its first sentence. `stems` are the stems of its words of substance, `weight` the
    sum of their weights. `full` are its names of two words or more, `single` those of one word;
    `opening_full` and `opening_single` those of the first sentence; `lasts` the last words of
    those of `full` that can be persons. `opener` is the passage's first word without possessive,
    as written; `definite` the stem of the noun in an opening such as `The attack`.
    """

    text: str
    first: str
    stems: frozenset[str]
    weight: int
    full: frozenset[Name]
    single: frozenset[str]
    opening_full: frozenset[Name]
    opening_single: frozenset[str]
    lasts: frozenset[str]
    opener: str
    definite: str | None


def wording_of(text: str) -> Wording:
    """Read the words and names of one passage, or of its beginning where it is no paragraph."""
    text = text[:_MOST_READ]
    first = first_sentence(text)
    stems = frozenset[str]().union(*map(_STEMS.__getitem__, text.split()))
    full, single, opening_full, opening_single = _names(text, len(first))
    word = _WORD.search(text)
    definite = _DEFINITE.match(text)
    known_bodies = _known_bodies()
    return Wording(
        text,
        first,
        stems,
        weight_of(stems),
        full,
        single,
        opening_full,
        opening_single,
        frozenset(
            last for before, last in full if before not in _LINKS and last not in known_bodies
        ),
        _bare(word[0]) if word else "",
        stem(definite[1]) if definite else None,
    )


def first_sentence(text: str) -> str:
    """Give the first sentence of a passage: up to a stop before a capital, not after an initial."""
    for match in _SENTENCE_BREAK.finditer(text):
        if not _ABBREVIATED.search(text, max(0, match.start() - 6), match.start()):
            return text[: match.end()].rstrip()
    return text


class _Stems(dict[str, frozenset[str]]):
    """Stems of the words of substance in a piece of text between spaces, most often one or none."""

    def __init__(self) -> None:
        super().__init__()
        self._equal: dict[frozenset[str], frozenset[str]] = {}

    def __missing__(self, piece: str) -> frozenset[str]:
        word = piece.strip(_AROUND_WORDS)
        words = [word] if word.isalnum() else _WORD.findall(word)
        stems = frozenset(filter(None, map(substance, words)))
        if len(self) < _MOST_REMEMBERED:
            self[piece] = stems = self._equal.setdefault(stems, stems)
        return stems


_STEMS: Final = _Stems()


def substance(word: str) -> str | None:
    """The stem of a word that says something of a text's subject, None for other words."""
    word = word.lower()
    return None if len(word) < 3 or word in discourse_words("stop") else stem(word)


def stem(word: str) -> str:
    """Cut the endings that most often part forms of one word: possessive, plural, -ed, -ing.

    >>> stem("refugees"), stem("iran’s"), stem("deported"), stem("deporting")
    ('refugee', 'iran', 'deport', 'deport')
    """
    word = _bare(word)
    if len(word) > 6:
        if word.endswith("ing"):
            return word[:-3]
        if word.endswith("ed"):
            return word[:-2]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def likeness(left: Wording, right: Wording) -> float:
    """Cosine of the stems of two passages, rare ones weighing more; 0 where one has none."""
    return cosine(weight_of(left.stems & right.stems), left.weight, right.weight)


def cosine(shared: float, left: float, right: float) -> float:
    """Weight that two sets share, over the geometric mean of their weights.

    >>> cosine(100, 100, 400)
    0.5
    """
    return shared / math.sqrt(left * right) if left and right else 0.0


def weight_of(stems: Iterable[str]) -> int:
    """Sum of the weights of stems."""
    return sum(map(_RARITY.__getitem__, stems))


class _Rarity(dict[str, int]):
    """Weight of a stem between 10 and 100: the rarer in news, the more it tells of the subject.

    Whole numbers, so that a sum over a set is the same in whatever order the set gives them.
    """

    def __missing__(self, word: str) -> int:
        weight = max(10, 100 - round(12 * math.log1p(_times_met().get(word, 0))))
        if len(self) < _MOST_REMEMBERED:
            self[word] = weight
        return weight


_RARITY: Final = _Rarity()


@cache
def _times_met() -> dict[str, int]:
    met: dict[str, int] = {}
    for word, (lower, capital) in common_words().items():
        stemmed = stem(word)
        met[stemmed] = met.get(stemmed, 0) + lower + capital
    return met


def _bare(word: str) -> str:
    """`word` without possessive ending."""
    if word[-1:] in "s'’":
        return word.removesuffix("'s").removesuffix("’s").rstrip("'’")
    return word


@cache
def _function_words() -> frozenset[str]:
    """Words that a sentence opens with in capitals though they are no names."""
    small = frozenset().union(*map(discourse_words, ("stop", "pronoun", "connective", "weekday")))
    return small | {word.capitalize() for word in small}


@cache
def _known_bodies() -> frozenset[str]:
    """Single words that stand for countries, peoples and known bodies: nobody's surname."""
    return frozenset(country_names()) | frozenset(demonyms()) | frozenset(known_names())


_Names = tuple[frozenset[Name], frozenset[str], frozenset[Name], frozenset[str]]


def _names(text: str, first_end: int) -> _Names:
    """Names of `text`, full and single, and those of them that start before `first_end`.

    Function words with a capital are left out before a name; a single capitalised word that opens
    a sentence may be any word and is no name.
    """
    function_words = _function_words()
    full: list[Name] = []
    single: list[str] = []
    opening: tuple[int, int] | None = None
    for match in _NAME_RUN.finditer(text):
        run, start = match[0], match.start()
        if opening is None and start >= first_end:
            opening = (len(full), len(single))
        words = run.split(" ")
        if len(words) == 1:
            if run not in function_words and not _opens_sentence(text, start):
                single.append(_bare(run))
            continue
        skipped = 0
        while skipped < len(words) and words[skipped] in function_words:
            skipped += 1
        if len(words) - skipped > 1:
            full.append((_bare(words[-2]), _bare(words[-1])))
        elif len(words) - skipped == 1:
            single.append(_bare(words[-1]))
    all_names = frozenset(full), frozenset(single)
    if opening is None:
        return *all_names, *all_names
    return *all_names, frozenset(full[: opening[0]]), frozenset(single[: opening[1]])


def _opens_sentence(text: str, start: int) -> bool:
    return start == 0 or text[max(0, start - 3) : start].rstrip(" “”\"‘’'")[-1:] in ".!?:"
