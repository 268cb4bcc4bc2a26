"""A document as the network takes it: words and places in one row, candidates marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.extraction.names import features
from archive.extraction.names.recognizer import Reading
from archive.extraction.names.tokens import BESIDE, CAPITAL

GAP = 2  # padding before the first and after each paragraph, the reach of the widest convolution
_BRIDGE = 4  # distance of two capitalised words between which all may belong to a name

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Encoded:
    """All words of a document, paragraphs parted by `GAP` paddings (empty words).

    `places` says for each word what the rules made of it, as an index of `place_keys`; `capital`
    marks capitalised words, and `candidate` those that can belong to a name at all; `first` is
    where each paragraph begins.
    """

    words: list[str]
    place_keys: list[features.PlaceKey]
    places: Ints
    capital: Bools
    candidate: Bools
    first: list[int]


_PLAIN: tuple[features.PlaceKey, ...] = (
    (features.OUTSIDE, "", 0, False, False),  # also the padding
    (features.OUTSIDE, "", 0, True, False),
    (features.OUTSIDE, "", 0, False, True),
    (features.OUTSIDE, "", 0, True, True),
)
"""Places outside of all spans: initial adds one to the index, a line in Title Case two."""


def encode(readings: Sequence[Reading]) -> Encoded:
    """Lay the paragraphs of a document out in one row."""
    gap = [""] * GAP
    words = gap.copy()
    kinds, plain = [bytes(GAP)], [bytes(GAP)]
    numbers = {key: number for number, key in enumerate(_PLAIN)}
    inside: list[int] = []
    numbers_inside: list[int] = []
    first: list[int] = []
    for reading in readings:
        tokens = reading.tokens
        start = len(words)
        first.append(start)
        words += tokens.words
        words += gap
        kinds += (tokens.kinds, bytes(GAP))
        plain += (tokens.initial.translate(_TITLED) if reading.is_title else tokens.initial,
                  bytes(GAP))  # fmt: skip
        for at, key in _inside(reading):
            inside.append(start + at)
            numbers_inside.append(numbers.setdefault(key, len(numbers)))
    places = np.frombuffer(b"".join(plain), np.uint8).astype(np.int64)
    places[inside] = numbers_inside
    kind = np.frombuffer(b"".join(kinds), np.uint8)
    capital = kind == CAPITAL
    candidate = _candidates(capital, kind == BESIDE, words)
    return Encoded(words, list(numbers), places, capital, candidate, first)


_TITLED = bytes(code + 2 if code < 2 else code for code in range(256))


def _inside(reading: Reading) -> Iterator[tuple[int, features.PlaceKey]]:
    """The words inside the spans of a paragraph, with their places."""
    title = reading.is_title
    initial = reading.tokens.initial
    for span, typed, kept in zip(reading.spans, reading.types, reading.kept, strict=True):
        strength = features.strength(typed.score, kept)
        for at, part in enumerate(features.parts(span, typed.type), span.start):
            yield at, (part, typed.rule, strength, bool(initial[at]), title)


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
