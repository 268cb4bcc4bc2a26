"""Whether two passages tell one story or two, by the names and words that come back.

A story keeps its people, places and subject (lexical cohesion: Halliday and Hasan, "Cohesion in
English", 1976; for cutting text: Hearst, "TextTiling", Computational Linguistics 23(1), 1997).
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w’'-]+")
_WORD = re.compile(r"[a-zß-öø-ÿ]{5,}")

# Rounded from logistic regressions on pairs of `benchmarks/generated_copies.py`, half 0 of the
# news, seeds 1 and 2; a tenth of the weight lay on the same pairs with the segmenter's cuts taken
# away, so that the words decide where it saw none.
_BIAS, _NAMES, _WORDS, _CUT, _SIZE = -2.1, -6.5, -6.5, 4.2, 3.0
_ENOUGH = 60
"""Different names and words after which more of them make the shares no surer."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names and longer words of a passage, each once, without inflection of the ending."""

    names: frozenset[str]
    words: frozenset[str]


def vocabulary(texts: Iterable[str]) -> Vocabulary:
    """Vocabulary of paragraphs taken together.

    A capitalised word is a name unless it also stands without capital.
    """
    capitals: set[str] = set()
    words: set[str] = set()
    for text in texts:
        in_text = _passage_words(text)
        capitals |= in_text[0]
        words |= in_text[1]
    names = frozenset(_stem(name) for name in capitals - words)
    return Vocabulary(names, frozenset(_stem(word) for word in words))


@lru_cache(2000)
def _passage_words(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Capitalised words in lower case, and longer words without capital.

    Remembered, for a passage is compared with others of several texts on end.
    """
    return (
        frozenset(match.lower() for match in _NAME.findall(text)),
        frozenset(_WORD.findall(text)),
    )


@lru_cache(50_000)
def _stem(word: str) -> str:
    return re.sub(r"(?:['’]s?|s)$", "", word)[:6]


def _overlap(some: frozenset[str], others: frozenset[str]) -> float:
    """Share that comes back, in the one of fewer: a share of two tells less than one of twenty."""
    return (len(some & others) + 0.5) / (min(len(some), len(others)) + 5.0)


def features(passage: Vocabulary, rest: Vocabulary) -> tuple[float, float, float]:
    """Share of names and of words that come back, and how much there was to come back (log)."""
    size = sum(
        min(len(some), len(others))
        for some, others in ((passage.names, rest.names), (passage.words, rest.words))
    )
    return (
        _overlap(passage.names, rest.names),
        _overlap(passage.words, rest.words),
        math.log(5 + min(size, _ENOUGH)) - 3,
    )


def belongs_elsewhere(passage: Vocabulary, rest: Vocabulary, *, is_cut_off: bool) -> bool:
    """Whether a passage is of another story than the rest.

    `is_cut_off` tells that segmenting put them into different stories. A linear score over
    `features`; two empty vocabularies belong together.
    """
    names, words, size = features(passage, rest)
    return _BIAS + _NAMES * names + _WORDS * words + _SIZE * size + _CUT * is_cut_off > 0
