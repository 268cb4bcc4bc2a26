"""The trained network in numpy: whole numbers throughout, so that every machine gets the same.

Weights and what flows between the layers are whole numbers small enough that each sum of products
stays below 2^24, where 32-bit floats are exact. The order in which a library adds, or whether it
fuses a multiplication with an addition, then changes nothing; between the layers single products
are rounded, which IEEE 754 fixes to the bit.

| layer | sees | computed |
|---|---|---|
| first | features of five words and their places | once for each word and place, then summed |
| second | three words | where a candidate sees it |
| third | a candidate and the second words to either side | at candidates |
| pooled | the largest values among a document's equal capitalised words | at candidates |
| output | | scores of the tags, in units of 1/`SCALE` |
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from archive.extraction.names import features
from archive.extraction.names.encoding import GAP, Encoded

SCALE = 64  # steps of a score: one is 1/64 of the natural logarithm's unit
TOP = 255  # largest value between layers
_FINE = 8  # steps of the first layer's sums in one step of its result
_LARGEST = (1 << 14) - 1  # part of a word or place; two fit into 16 bits, none comes near
_WIDE = 5  # words that the first layer sees
_KEPT = 1 << 15  # words whose part in the first layer is kept, about 30 MB
_PLACES = 1 << 12

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Layer:
    """A linear layer: whole `weight` [in, out]; `scale` [out] and `bias` [out] give its result."""

    weight: Floats
    scale: Floats
    bias: Floats

    def __call__(self, values: Floats) -> Floats:
        """Result for whole values [n, in], in steps of the layer's output."""
        result: Floats = values @ self.weight
        result *= self.scale
        result += self.bias
        return result


@dataclass(frozen=True, slots=True)
class Weights:
    """The trained weights.

    `table` [ROWS, size] holds features, `first` projects their sums to five positions at once;
    `carry` is what a step of one layer is in steps of the next, for what is passed on unchanged.
    """

    table: npt.NDArray[np.int8]
    first: Layer
    second: Layer
    third: Layer
    pooled: Layer
    output: Layer
    carry: Floats

    @classmethod
    def load(cls, path: Path) -> "Weights":
        """Read weights written by `python -m training.names.export`."""
        with np.load(path) as file:

            def layer(name: str) -> Layer:
                parts = (file[f"{name}_{part}"] for part in ("weight", "scale", "bias"))
                return Layer(*(part.astype(np.float32) for part in parts))

            return cls(
                file["table"],
                layer("first"),
                layer("second"),
                layer("third"),
                layer("pooled"),
                layer("output"),
                file["carry"],
            )


class Network:
    """Scores the candidate words of documents; keeps the first layer's part of `most` words."""

    def __init__(self, weights: Weights, most: int = _KEPT) -> None:
        self._weights = weights
        words = _Kept(most, features.word_features, self._project_words)
        self._words: _Kept[str] = words
        self._places: _Kept[features.PlaceKey] = _Kept(
            _PLACES, features.place_features, self._project_places
        )

    def scores(self, document: Encoded, at: Ints) -> npt.NDArray[np.int32]:
        """Scores [len(at), tags] of the candidates `at`, as indices of the document's words."""
        weights = self._weights
        seen, far = _sight(at, (-GAP, 0, GAP), len(document.words))
        around, near = _sight(seen, (-1, 0, 1), len(document.words))
        h = self._first(document, around)
        h = self._onward(weights.second, np.take(h, near, axis=0), 1, 0)
        h = self._onward(weights.third, np.take(h, far, axis=0), 1, 1)
        beside = np.stack([h, _largest(h, _groups(document, at))], axis=1)
        h = self._onward(weights.pooled, beside, 0, 2)
        return np.rint(weights.output(h)).astype(np.int32)

    def _onward(self, layer: Layer, sight: Floats, own: int, step: int) -> Floats:
        """A layer's positive results added to its own word's values, in whole steps.

        `sight` is [n, words seen, hidden], `own` the word of these that the result is for.
        """
        result = layer(sight.reshape(len(sight), -1))
        np.maximum(result, 0, out=result)
        result += sight[:, own] * self._weights.carry[step]
        return _whole(result)

    def _first(self, document: Encoded, at: Ints) -> Floats:
        """The first layer's result at some words."""
        words = np.pad(self._words.rows(document.words), _WIDE // 2, mode="edge")
        place_rows = self._places.rows(document.place_keys)
        places = np.pad(place_rows[document.places], _WIDE // 2, mode="edge")
        size = self._words.table.shape[1] // _WIDE
        word_table = self._words.table.reshape(-1, size)
        place_table = self._places.table.reshape(-1, size)
        sums = np.zeros((len(at), size), np.int32)
        for step in range(_WIDE):
            both = np.take(word_table, words[at + step] * _WIDE + step, axis=0)
            both += np.take(place_table, places[at + step] * _WIDE + step, axis=0)
            sums += both
        result = sums.astype(np.float32)
        result += self._weights.first.bias
        result *= np.float32(1 / _FINE)
        return _whole(result)

    def _project_words(self, rows: Sequence[Sequence[int]]) -> npt.NDArray[np.int16]:
        sizes = np.array([len(some) for some in rows], np.float32)
        return self._project(np.rint(self._summed(rows) / np.sqrt(sizes)[:, None]))

    def _project_places(self, rows: Sequence[Sequence[int]]) -> npt.NDArray[np.int16]:
        return self._project(self._summed(rows))

    def _summed(self, rows: Sequence[Sequence[int]]) -> Floats:
        """Sums of the rows of each; a word has far fewer features than 16 bits have room for."""
        sizes = np.fromiter(map(len, rows), np.int64, len(rows))
        flat = np.fromiter(chain.from_iterable(rows), np.int64, int(sizes.sum()))
        table = self._weights.table.take(flat, axis=0)
        starts = np.cumsum(sizes) - sizes
        return np.add.reduceat(table, starts, axis=0, dtype=np.int16).astype(np.float32)

    def _project(self, summed: Floats) -> npt.NDArray[np.int16]:
        first = self._weights.first
        result = np.rint((summed @ first.weight) * first.scale)
        parts: npt.NDArray[np.int16] = np.clip(result, -_LARGEST, _LARGEST).astype(np.int16)
        return parts


def _sight(at: Ints, steps: tuple[int, ...], size: int) -> tuple[Ints, Ints]:
    """What words at `at` see at some distances: its indices, and for each word its share of them.

    Beyond the document's ends, of `size` words, the words at the ends are seen.
    """
    seen = np.clip(at[:, None] + np.array(steps), 0, size - 1)
    marked = np.zeros(size, dtype=bool)
    marked[seen] = True
    return np.flatnonzero(marked), (np.cumsum(marked) - 1)[seen]


def _whole(values: Floats) -> Floats:
    """Values rounded, from 0 to `TOP`."""
    np.rint(values, out=values)
    np.clip(values, 0, TOP, out=values)
    return values


def _groups(document: Encoded, at: Ints) -> Ints:
    """A number for each candidate's spelling, from 1; 0 where it is not capitalised."""
    numbers: dict[str, int] = {}
    capital = document.capital
    found = [
        numbers.setdefault(document.words[index].lower(), len(numbers) + 1) if capital[index] else 0
        for index in at.tolist()
    ]
    return np.array(found, np.int64)


def _largest(values: Floats, groups: Ints) -> Floats:
    """For each row the largest values in its group; zeros for group 0."""
    order = np.argsort(groups, kind="stable")
    sorted_groups = groups[order]
    starts = np.flatnonzero(np.diff(sorted_groups, prepend=-1))
    most = np.maximum.reduceat(values[order], starts, axis=0)
    most[sorted_groups[starts] == 0] = 0
    result = np.empty_like(values)
    result[order] = np.repeat(most, np.diff(starts, append=len(order)), axis=0)
    return result


class _Kept(Generic[_Key]):
    """The first layer's part of words or places, computed when first seen.

    When more than `most` are kept, all are dropped, so that memory stays flat.
    """

    def __init__(
        self,
        most: int,
        describe: Callable[[_Key], list[int]],
        project: Callable[[Sequence[Sequence[int]]], npt.NDArray[np.int16]],
    ) -> None:
        self._most = most
        self._describe = describe
        self._project = project
        self._numbers: dict[_Key, int] = {}
        self.table = np.zeros((0, 0), np.int16)

    def rows(self, keys: Sequence[_Key]) -> Ints:
        """Row of `table` for each key; valid until the next call."""
        numbers = self._numbers
        try:
            return np.fromiter(map(numbers.__getitem__, keys), np.int64, len(keys))
        except KeyError:
            self._add(keys)
        return np.fromiter(map(numbers.__getitem__, keys), np.int64, len(keys))

    def _add(self, keys: Sequence[_Key]) -> None:
        numbers = self._numbers
        new = [key for key in dict.fromkeys(keys) if key not in numbers]
        if len(numbers) + len(new) > self._most:
            numbers.clear()
            new = list(dict.fromkeys(keys))
        start = len(numbers)
        self._store(self._project([self._describe(key) for key in new]), start)
        numbers.update((key, at) for at, key in enumerate(new, start))

    def _store(self, parts: npt.NDArray[np.int16], start: int) -> None:
        """Put rows in from `start` on; memory is taken up page by page as the table fills."""
        end = start + len(parts)
        if end > len(self.table):  # the first rows, or one document with more words than are kept
            grown = np.zeros((max(end, self._most), parts.shape[1]), np.int16)
            if start:
                grown[:start] = self.table[:start]
            self.table = grown
        self.table[start:end] = parts
