"""Hashes of words, of runs of words, and the few of them that stand for a text.

All hashes are 64 bits and depend on the words alone: not on the process, the platform or
Python's own `hash()`.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

SHINGLE = 5
"""Words in a run. Shorter runs are phrases that unrelated stories share; longer ones rarely
outlive an editor: with a tenth of the words changed six runs of five in ten are left."""

WINDOW = 8
"""Neighbouring runs of which one is chosen. A passage of WINDOW + SHINGLE - 1 words in common is
always found; of the runs of a text about 2 in WINDOW + 1 are stored."""

# SplitMix64's constants (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
# OOPSLA 2014): its finaliser spreads a change of any bit over all bits.
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)

_POWERS = np.cumprod(np.full(64, _GOLDEN | np.uint64(2)))
"""Of an odd number, so that none is zero; the 65th letter of a word weighs as much as the first."""


def hash_words(words: Sequence[str]) -> Hashes:
    """Hash of each of the `comparison_words` of a text, in their order."""
    return hash_words_of([" ".join(words)]).hashes


class HashedWords(NamedTuple):
    """Words of several texts one after another.

    `hashes` and `lengths` (in characters) have an entry a word; `starts` the index of each text's
    first word, and the number of all words at its end.
    """

    hashes: Hashes
    lengths: NDArray[np.intp]
    starts: NDArray[np.intp]


def hash_words_of(texts: Sequence[str]) -> HashedWords:
    """Hash the `comparison_words` of texts without making them: three times as quick.

    The hash of a word is a polynomial of its characters modulo 2^64 (Rabin and Karp, "Efficient
    randomized pattern-matching algorithms", IBM J. Res. Dev. 31(2), 1987), mixed.
    """
    folded = [text.casefold() for text in texts]
    # A line's end before and after: every word then begins and ends at a change of kind.
    joined = "\n".join(("", *folded, ""))
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    is_word = _is_word(codes)
    edges = np.flatnonzero(is_word[1:] != is_word[:-1]) + 1
    begins, lengths = edges[::2], edges[1::2] - edges[::2]
    letters = codes[is_word].astype(np.uint64)
    firsts = np.cumsum(lengths) - lengths
    within = np.arange(len(letters)) - np.repeat(firsts, lengths)
    letters *= _POWERS[within & (len(_POWERS) - 1)]
    hashes = _mix(np.add.reduceat(letters, firsts)) if len(firsts) else letters
    sizes = np.fromiter(map(len, folded), np.intp, len(folded)) + 1
    offsets = np.concatenate((np.ones(1, np.intp), 1 + np.cumsum(sizes)))
    return HashedWords(hashes, lengths, np.searchsorted(begins, offsets))


def _is_word(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which characters are letters or digits, as `comparison_words` has it."""
    plane = _word_characters()
    if len(codes) == 0 or int(codes.max()) < len(plane):
        return plane[codes]
    found = plane[np.minimum(codes, len(plane) - 1)]
    beyond = np.flatnonzero(codes >= len(plane))
    found[beyond] = [chr(code).isalnum() for code in codes[beyond].tolist()]
    return found


@cache
def _word_characters() -> NDArray[np.bool_]:
    """Table of the characters below U+10000."""
    return np.fromiter((chr(code).isalnum() for code in range(0x10000)), np.bool_, 0x10000)


def combine(hashes: Hashes, starts: NDArray[np.intp]) -> Hashes:
    """One hash for each group of hashes, their order included; 0 for a group of none.

    `starts` has the index of each group's first, and the number of all at its end.
    """
    sizes = np.diff(starts)
    total = np.zeros(len(sizes), np.uint64)
    within = (np.arange(len(hashes)) - np.repeat(starts[:-1], sizes)).astype(np.uint64)
    filled = np.flatnonzero(sizes)
    if len(filled):
        total[filled] = np.add.reduceat(_mix(hashes + within * _GOLDEN), starts[:-1][filled])
    return total


def _mix(values: Hashes) -> Hashes:
    """SplitMix64's finaliser."""
    values = (values ^ (values >> np.uint64(30))) * _MIX_1
    values = (values ^ (values >> np.uint64(27))) * _MIX_2
    return values ^ (values >> np.uint64(31))


def hash_shingles(words: Hashes, length: int = SHINGLE) -> Hashes:
    """Hash of each run of `length` words; empty where there are fewer words.

    Element i stands for words i to i + length - 1, their order included.
    """
    count = max(len(words) - length + 1, 0)
    total = np.zeros(count, np.uint64)
    for offset in range(length):
        total = (total * _GOLDEN) ^ (words[offset : offset + count] + np.uint64(offset))
        total ^= total >> np.uint64(29)
    return _mix(total)


def winnow(hashes: Hashes, window: int = WINDOW) -> Hashes:
    """Smallest hash of each `window` neighbours, each once, ascending.

    Winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document
    Fingerprinting", SIGMOD 2003): two texts that share `window` neighbouring hashes share a
    chosen one, whatever stands around them. Of fewer hashes than a window the smallest is taken.
    """
    if len(hashes) == 0:
        return hashes
    minima, reach, target = hashes, 1, min(window, len(hashes))
    while reach < target:  # minima[i] is the smallest of hashes[i : i + reach]
        step = min(reach, target - reach)
        minima = np.minimum(minima[:-step], minima[step:])
        reach += step
    # Neighbouring windows mostly have the same minimum: few are left to be sorted.
    return np.unique(minima[np.append(True, minima[1:] != minima[:-1])])


def fingerprints(words: Sequence[str]) -> tuple[int, ...]:
    """Fingerprints of a text, as 64-bit signed integers, ascending.

    `words` are its `comparison_words`. Two texts that share a passage of WINDOW + SHINGLE - 1
    words share a fingerprint. Fewer words than SHINGLE give none.

    >>> len(fingerprints("a tram ran off its rails near the old harbour on monday".split()))
    1
    """
    return fingerprints_of(hash_words(words))


def fingerprints_of(words: Hashes) -> tuple[int, ...]:
    """Fingerprints of a text whose words are hashed already."""
    return tuple(np.sort(winnow(hash_shingles(words)).view(np.int64)).tolist())
