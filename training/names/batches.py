"""Examples put together into batches of about equal size."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch

from archive.extraction.names.encoding import GAP
from training.names.examples import Example, Vocabulary
from training.names.net import WIDE, Batch


def batches(
    some: Sequence[Example], vocabulary: Vocabulary, size: int, order: Sequence[int]
) -> Iterator[Batch]:
    """The examples in the given order, up to `size` words a batch (or one longer example)."""
    held: list[Example] = []
    length = 0
    for index in order:
        more = len(some[index].words)
        if held and length + more > size:
            yield _batch(held, vocabulary)
            held, length = [], 0
        held.append(some[index])
        length += more
    if held:
        yield _batch(held, vocabulary)


def _bags(numbers: np.ndarray, rows: Sequence[Sequence[int]]) -> tuple[np.ndarray, ...]:
    """Feature rows of the distinct numbers: flat, offsets, sizes; and each number's bag."""
    distinct, bag = np.unique(numbers, return_inverse=True)
    lists = [rows[number] for number in distinct.tolist()]
    sizes = np.array([len(items) for items in lists], np.int64)
    offsets = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    flat = np.fromiter((item for items in lists for item in items), np.int64, int(sizes.sum()))
    return flat, offsets, sizes.astype(np.float32), bag


def _batch(some: Sequence[Example], vocabulary: Vocabulary) -> Batch:
    words = np.concatenate([e.words for e in some])
    places = np.concatenate([e.places for e in some])
    candidate = np.concatenate([e.candidate for e in some])
    groups, count = [], 0
    for example in some:
        groups.append(np.where(example.groups > 0, example.groups + count, 0))
        count += int(example.groups.max(initial=0))
    tags = np.concatenate([e.tags[e.candidate] for e in some])
    weights = np.concatenate([e.weights[e.candidate] for e in some])
    flat, offsets, sizes, bag = _bags(words, vocabulary.word_rows)
    place_flat, place_offsets, _, place_bag = _bags(places, vocabulary.place_rows)
    around = np.concatenate(
        [_around(bag, 0), _around(place_bag, len(sizes))],
        axis=1,
    )
    at = np.flatnonzero(candidate)
    seen = np.unique(np.concatenate([at - GAP, at, at + GAP]))
    index = np.searchsorted(seen, at[:, None] + np.array([-GAP, 0, GAP]))
    near = np.clip(seen[:, None] + np.array([-1, 0, 1]), 0, len(words) - 1)
    group = np.concatenate(groups)[at]
    arrays = (
        flat, offsets, sizes, place_flat, place_offsets, around, near, index, group,
    )  # fmt: skip
    return Batch(
        *map(torch.from_numpy, arrays),
        count,
        torch.from_numpy(tags),
        torch.from_numpy(weights),
    )


def _around(bags: np.ndarray, first: int) -> np.ndarray:
    """For each word the rows of the `WIDE` bags around it; those beyond the ends are the ends'."""
    reach = WIDE // 2
    padded = np.pad(bags, reach, mode="edge")
    at = np.arange(len(bags))[:, None] + np.arange(WIDE)
    return (padded[at] + first) * WIDE + np.arange(WIDE)
