"""A document as the network takes it: words and places in one row, candidates marked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.extraction.names import features
from archive.extraction.names.recognizer import Reading
from archive.extraction.names.tokens import PARTICLES

GAP = 2  # padding before the first and after each paragraph, the reach of the widest convolution
_BRIDGE = 4  # distance of two capitalised words between which all may belong to a name

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Encoded:
    """All words of a document, paragraphs parted by `GAP` paddings (empty words).

    `places` says for each word what the rules made of it; `capital` marks capitalised words, and
    `candidate` those that can belong to a name at all; `first` is where each paragraph begins.
    """

    words: list[str]
    places: list[features.PlaceKey]
    capital: Bools
    candidate: Bools
    first: list[int]


_PADDING: features.PlaceKey = (features.OUTSIDE, "", 0, False, False)


def encode(readings: Sequence[Reading]) -> Encoded:
    """Lay the paragraphs of a document out in one row."""
    words = [""] * GAP
    places = [_PADDING] * GAP
    capital = [False] * GAP
    beside = [False] * GAP
    first: list[int] = []
    for reading in readings:
        first.append(len(words))
        tokens = reading.tokens
        words += tokens.words
        capital += tokens.capital
        beside += [word in PARTICLES or word[0].isdigit() for word in tokens.words]
        places += _places(reading)
        words += [""] * GAP
        places += [_PADDING] * GAP
        capital += [False] * GAP
        beside += [False] * GAP
    is_capital = np.array(capital, dtype=bool)
    candidate = _candidates(is_capital, np.array(beside, dtype=bool), words)
    return Encoded(words, places, is_capital, candidate, first)


def _places(reading: Reading) -> list[features.PlaceKey]:
    title = reading.is_title
    plain = (
        (features.OUTSIDE, "", 0, False, title),
        (features.OUTSIDE, "", 0, True, title),
    )
    initial = reading.tokens.initial
    found = [plain[flag] for flag in initial]
    for span, typed, kept in zip(reading.spans, reading.types, reading.kept, strict=True):
        strength = features.strength(typed.score, kept)
        for at, part in enumerate(features.parts(span, typed.type), span.start):
            found[at] = (part, typed.rule, strength, initial[at], title)
    return found


def _candidates(capital: Bools, beside: Bools, words: list[str]) -> Bools:
    """Capitalised words, numbers and particles beside them, and what short gaps between hold."""
    found = capital.copy()
    found[1:] |= capital[:-1] & beside[1:]
    found[:-1] |= capital[1:] & beside[:-1]
    at = np.flatnonzero(capital)
    steps = np.diff(at)
    for index in np.flatnonzero((steps > 1) & (steps <= _BRIDGE)):
        left, right = at[index] + 1, at[index + 1]
        if "" not in words[left:right]:
            found[left:right] = True
    return found
