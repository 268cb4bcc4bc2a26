"""Two texts laid beside each other, word for word: of many pairs at once.

Words correspond where a run of SHINGLE words is the same, and up to `_REACH` words further where
they are the same at the same distance: a word changed does not hide those around it, while two
stories that merely use the same words have nothing in common. The order of paragraphs is free.

The pairs of a block stand one after another in flat arrays, the longer text of each in one and
the other text in another, so that a step is one numpy operation for all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from archive.resolution.shingles import SHINGLE, Hashes
from archive.resolution.texts import SLOT_BITS, Indices, Text, prepare

_REACH = 12
"""Words that an alignment is carried past the end of a common run, over words that were changed."""

_BLOCK = 60_000
"""Words aligned at once: few enough that the arrays stay in the processor's cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Two texts word by word: `longer` is the longer, of equals the later.

    `places` has for each word of `longer` the index in `other` of the word it repeats, -1 for
    none; `other_places` the same the other way. `matched` and `other_matched` count the words of
    the story that have a place. `shared` lists the passages with story words in common.
    """

    longer: Text
    other: Text
    is_reversed: bool
    places: Indices
    other_places: Indices
    matched: int
    other_matched: int
    shared: tuple["SharedPassage", ...]


class SharedPassage(NamedTuple):
    """A passage of the longer text, one of the other, and their story words in common.

    `longer_size` and `other_size` are the numbers of all words of the passages.
    """

    longer_index: int
    other_index: int
    words: int
    longer_size: int
    other_size: int


class _Side(NamedTuple):
    """One text of each pair.

    `words`, `counted` and `passages` (numbered through the block) have an entry a word; `starts`
    has the first word of each pair and the number of words at the end, `first_passages` the same
    of passages.
    """

    texts: list[Text]
    words: Hashes
    counted: NDArray[np.bool_]
    passages: Indices
    starts: Indices
    first_passages: Indices


def align(pairs: Sequence[tuple[Text, Text]], least_shared: int) -> Iterator[Alignment]:
    """Lay the texts of each pair beside each other, in the order of the pairs.

    `shared` has the passages with at least `least_shared` words in common, both ways, in the
    order of the longer text; passages with the very same words are left out.
    """
    block: list[tuple[Text, Text]] = []
    size = 0
    for pair in pairs:
        prepare(pair)
        block.append(pair)
        size += len(pair[0].arrays.words) + len(pair[1].arrays.words)
        if size >= _BLOCK:
            yield from _align(block, least_shared)
            block, size = [], 0
    if block:
        yield from _align(block, least_shared)


def _align(pairs: Sequence[tuple[Text, Text]], least_shared: int) -> Iterator[Alignment]:
    reversals = [(two.word_count, two.order) > (one.word_count, one.order) for one, two in pairs]
    longer = _side([pair[turned] for pair, turned in zip(pairs, reversals, strict=True)])
    other = _side([pair[not turned] for pair, turned in zip(pairs, reversals, strict=True)])
    other_places = _same_runs(longer, other)
    _carry_on(other_places, other, longer)
    places = np.full(len(longer.words), -1)
    found = np.flatnonzero(other_places >= 0)
    places[other_places[found]] = found
    # What the other has once and this text repeats has one place only so far.
    _carry_on(places, longer, other)
    matched = _sums((places >= 0) & longer.counted, longer.starts)
    other_matched = _sums((other_places >= 0) & other.counted, other.starts)
    shared = _shared_passages(longer, other, places, other_places, least_shared)
    for number, is_reversed in enumerate(reversals):
        start, end = longer.starts[number : number + 2].tolist()
        other_start, other_end = other.starts[number : number + 2].tolist()
        yield Alignment(
            longer=longer.texts[number],
            other=other.texts[number],
            is_reversed=is_reversed,
            places=_local(places[start:end], other_start),
            other_places=_local(other_places[other_start:other_end], start),
            matched=matched[number],
            other_matched=other_matched[number],
            shared=tuple(shared.get(number, ())),
        )


def _side(texts: list[Text]) -> _Side:
    arrays = [text.arrays for text in texts]
    passages = _starts([len(text.passages) for text in texts])
    return _Side(
        texts,
        np.concatenate([each.words for each in arrays]),
        np.concatenate([each.counted for each in arrays]),
        np.concatenate(
            [
                each.passage_of + first
                for each, first in zip(arrays, passages.tolist(), strict=False)
            ]
        ),
        _starts([len(each.words) for each in arrays]),
        passages,
    )


def _starts(sizes: Sequence[int]) -> Indices:
    return np.concatenate((np.zeros(1, np.intp), np.cumsum(sizes, dtype=np.intp)))


def _sums(flags: NDArray[np.bool_], starts: Indices) -> list[int]:
    """Number of flags set in each pair."""
    total = np.concatenate((np.zeros(1, np.intp), np.cumsum(flags)))
    return np.diff(total[starts]).tolist()  # type: ignore[no-any-return]


def _local(places: Indices, start: int) -> Indices:
    """Places counted from the start of the text instead of that of the block."""
    return np.where(places >= 0, places - start, -1)


_TABLE = np.zeros(1 << SLOT_BITS, np.int32)
"""Where a run of these upper bits was seen last, in whichever text: to be checked in the text."""


def _same_runs(longer: _Side, other: _Side) -> Indices:
    """For each word of the others in a run that the longer has too its place there, else -1."""
    places = np.full(len(other.words), -1)
    known: Text | None = None
    for text, other_text, start, other_start in zip(
        longer.texts, other.texts, longer.starts.tolist(), other.starts.tolist(), strict=False
    ):
        runs, other_runs = text.arrays.runs, other_text.arrays.runs
        if len(runs) == 0:
            continue
        if text is not known:
            # Backwards, so that of equal runs the first stays.
            _TABLE[text.arrays.slots[::-1]] = np.arange(len(runs) - 1, -1, -1, dtype=np.int32)
            known = text
        found = np.minimum(_TABLE[other_text.arrays.slots], len(runs) - 1)
        places[other_start : other_start + len(other_runs)] = np.where(
            runs[found] == other_runs, found + start, -1
        )
    missing = np.flatnonzero(places < 0)
    firsts = places.copy()  # of runs; the last words of a text begin none, so none reaches beyond
    for offset in range(1, SHINGLE):
        missing = missing[np.searchsorted(missing, offset) :]
        begins = firsts[missing - offset]
        is_within = begins >= 0
        places[missing[is_within]] = begins[is_within] + offset
        missing = missing[~is_within]
    return places


def _carry_on(places: Indices, side: _Side, other: _Side) -> None:
    """Fill in words near a common run that correspond at the same distance."""
    is_known = places >= 0
    known, unknown = np.flatnonzero(is_known), np.flatnonzero(~is_known)
    if len(known) == 0 or len(unknown) == 0:
        return
    after = np.cumsum(is_known)[unknown]
    pairs = np.searchsorted(side.starts, unknown, "right") - 1
    nearest_two = (known[after - 1], known[np.minimum(after, len(known) - 1)])
    first_places = [places[nearest] for nearest in nearest_two]
    for nearest, their_places in zip(nearest_two, first_places, strict=True):
        targets = their_places + unknown - nearest
        near = np.abs(unknown - nearest) <= _REACH
        near &= (nearest >= side.starts[pairs]) & (nearest < side.starts[pairs + 1])
        near &= (targets >= other.starts[pairs]) & (targets < other.starts[pairs + 1])
        spots, targets = unknown[near], targets[near]
        same = other.words[targets] == side.words[spots]
        places[spots[same]] = targets[same]


def _shared_passages(
    longer: _Side, other: _Side, places: Indices, other_places: Indices, least: int
) -> dict[int, list[SharedPassage]]:
    """Passages with at least so many story words in common, both ways, by number of the pair."""
    width = int(other.first_passages[-1])
    one, two, counts = _common(places, longer, other, least)
    back_two, back_one, back_counts = _common(other_places, other, longer, least)
    both, first, second = np.intersect1d(
        one * width + two, back_one * width + back_two, assume_unique=True, return_indices=True
    )
    words = np.minimum(counts[first], back_counts[second])
    one, two = both // width, both % width
    differs = _passage_hashes(longer)[one] != _passage_hashes(other)[two]
    pairs = np.searchsorted(longer.first_passages, one, "right") - 1
    sizes, other_sizes = _passage_sizes(longer)[one], _passage_sizes(other)[two]
    one, two = one - longer.first_passages[pairs], two - other.first_passages[pairs]
    found: dict[int, list[SharedPassage]] = {}
    for pair, *passage in zip(
        *(each[differs].tolist() for each in (pairs, one, two, words, sizes, other_sizes)),
        strict=True,
    ):
        found.setdefault(pair, []).append(SharedPassage(*passage))
    return found


def _passage_hashes(side: _Side) -> Hashes:
    return np.concatenate([text.arrays.passage_hashes for text in side.texts])


def _passage_sizes(side: _Side) -> Indices:
    return np.concatenate([np.diff(text.arrays.starts) for text in side.texts])


def _common(
    places: Indices, side: _Side, other: _Side, least: int
) -> tuple[Indices, Indices, Indices]:
    """Passages of the one side and of the other with enough words in common, and their number."""
    spots = np.flatnonzero((places >= 0) & side.counted)
    spots = spots[other.counted[places[spots]]]
    width = int(other.first_passages[-1])
    codes = side.passages[spots] * width + other.passages[places[spots]]
    # Neighbouring words mostly stand in the same two passages: few are left to be sorted.
    changes = np.flatnonzero(np.diff(codes, prepend=-1))
    lengths = np.diff(changes, append=len(codes))
    distinct, inverse = np.unique(codes[changes], return_inverse=True)
    counts = np.bincount(inverse, lengths, len(distinct)).astype(np.intp)
    enough = counts >= least
    return distinct[enough] // width, distinct[enough] % width, counts[enough]
