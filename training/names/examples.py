"""Documents as arrays: words, places, groups of equal words, tags, and what each word counts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.extraction.names import features
from archive.extraction.names.encoding import GAP, encode
from archive.extraction.names.labels import BEGIN, END, INSIDE, SINGLE
from archive.extraction.names.recognizer import Reading, glance
from training.names.sets import OWN, Document
from training.names.targets import code

Ints = npt.NDArray[np.int64]
LONGEST = 1500  # words of one example; longer documents are cut between paragraphs


class Vocabulary:
    """Numbers for words and places in the order of their first use, and their features."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {"": 0}
        self._places: dict[features.PlaceKey, int] = {}
        self.word_rows = [features.word_features("")]
        self.place_rows: list[list[int]] = []

    def word(self, word: str) -> int:
        """Number of a word; 0 is the padding."""
        number = self._words.get(word)
        if number is None:
            number = self._words[word] = len(self.word_rows)
            self.word_rows.append(features.word_features(word))
        return number

    def place(self, key: features.PlaceKey) -> int:
        """Number of a place."""
        number = self._places.get(key)
        if number is None:
            number = self._places[key] = len(self.place_rows)
            self.place_rows.append(features.place_features(key))
        return number


@dataclass(frozen=True, slots=True)
class Example:
    """One document or part of one; all arrays have one item a word.

    `groups` numbers the capitalised words by spelling in lower case, 0 for the others; `tags` are
    the codes of `targets`; `weights` are 0 where nothing is known or no name can be.
    """

    words: Ints
    places: Ints
    groups: Ints
    candidate: npt.NDArray[np.bool_]
    tags: Ints
    weights: npt.NDArray[np.float32]


def examples(documents: Iterable[Document], vocabulary: Vocabulary) -> Iterator[Example]:
    """The documents as examples; those without a candidate word give none."""
    for document in documents:
        lines = document.text.split("\n")
        offsets = np.cumsum([0] + [len(line) + 1 for line in lines])
        readings = glance(lines)
        for start, end in _cuts(readings):
            part = _example(document, readings[start:end], offsets[start:end], vocabulary)
            if part.candidate.any():
                yield part


def _cuts(readings: Sequence[Reading]) -> Iterator[tuple[int, int]]:
    start = size = 0
    for at, reading in enumerate(readings):
        more = len(reading.tokens.words) + GAP
        if size and size + more > LONGEST:
            yield start, at
            start, size = at, 0
        size += more
    yield start, len(readings)


def _example(
    document: Document, readings: Sequence[Reading], offsets: Ints, vocabulary: Vocabulary
) -> Example:
    encoded = encode(readings)
    size = len(encoded.words)
    starts = np.full(size, -1, np.int64)
    ends = np.full(size, -1, np.int64)
    for first, reading, offset in zip(encoded.first, readings, offsets, strict=True):
        length = len(reading.tokens.words)
        starts[first : first + length] = np.array(reading.tokens.starts, np.int64) + offset
        ends[first : first + length] = np.array(reading.tokens.ends, np.int64) + offset
    tags, weights = _targets(document, starts, ends, encoded.candidate)
    spelling: dict[str, int] = {}
    groups = [
        spelling.setdefault(word.lower(), len(spelling) + 1) if capital else 0
        for word, capital in zip(encoded.words, encoded.capital.tolist(), strict=True)
    ]
    return Example(
        np.array([vocabulary.word(word) for word in encoded.words], np.int64),
        np.array([vocabulary.place(key) for key in encoded.place_keys], np.int64)[encoded.places],
        np.array(groups, np.int64),
        encoded.candidate,
        tags,
        weights,
    )


def _targets(
    document: Document, starts: Ints, ends: Ints, candidate: npt.NDArray[np.bool_]
) -> tuple[Ints, npt.NDArray[np.float32]]:
    """Codes and weights; a name whose ends are no word's, or not all candidates, is not taught."""
    tags = np.zeros(len(starts), np.int64)
    weights = np.where(candidate, np.float32(document.weight), np.float32(0))
    for start, end in document.missing:
        weights[(starts < end) & (ends > start)] = 0
    for start, end, label in document.spans:
        at = np.flatnonzero((starts < end) & (ends > start))
        if not len(at):
            continue
        if starts[at[0]] != start or ends[at[-1]] != end or not candidate[at].all():
            weights[at] = 0
            continue
        weights[at] = document.weight
        is_own = document.source in OWN
        if len(at) == 1:
            tags[at] = code(label, SINGLE, is_own)
        else:
            tags[at] = code(label, INSIDE, is_own)
            tags[at[0]] = code(label, BEGIN, is_own)
            tags[at[-1]] = code(label, END, is_own)
    return tags, weights.astype(np.float32)
