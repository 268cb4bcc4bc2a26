"""The network in PyTorch, as it is trained; `archive.extraction.names.network` is its run time."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from archive.extraction.names.features import ROWS
from archive.extraction.names.labels import TAGS

WIDE, NARROW = 5, 3  # words that the first and the other convolutions see


@dataclass(frozen=True, slots=True)
class Batch:
    """Several examples in one row.

    `words` and `places` index the bags of feature rows given flat with their offsets; `groups`
    numbers equal capitalised words of one document from 1, 0 for all others.
    """

    word_rows: Tensor
    word_offsets: Tensor
    word_sizes: Tensor
    words: Tensor
    place_rows: Tensor
    place_offsets: Tensor
    places: Tensor
    groups: Tensor
    count: int
    candidates: Tensor
    tags: Tensor
    weights: Tensor


class NameNet(nn.Module):
    """Hashed features summed, three convolutions, pooling over a document's equal words."""

    def __init__(self, size: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.table = nn.Parameter(torch.randn(ROWS, size) * 0.1)
        self.first = nn.Linear(WIDE * size, hidden)
        self.second = nn.Linear(NARROW * hidden, hidden)
        self.third = nn.Linear(NARROW * hidden, hidden)
        self.pooled = nn.Linear(2 * hidden, hidden)
        self.output = nn.Linear(hidden, TAGS)
        self.dropout = dropout

    def forward(self, batch: Batch) -> Tensor:
        """Scores of the candidate words, [candidates, TAGS]."""
        drop = self.dropout if self.training else 0.0
        summed = self._embed(batch)
        h = functional.relu(self.first(_shifted(summed, (-2, -1, 0, 1, 2))))
        h = functional.dropout(h, drop)
        h = h + functional.relu(self.second(_shifted(h, (-1, 0, 1))))
        h = functional.dropout(h, drop)
        at = batch.candidates
        h = h[at] + functional.relu(self.third(_shifted(h, (-2, 0, 2))[at]))
        groups = batch.groups[at]
        most = torch.zeros(batch.count + 1, h.shape[1])
        most = most.scatter_reduce(0, groups[:, None].expand_as(h), h, "amax")
        pooled = most[groups] * (groups > 0)[:, None]
        h = h + functional.relu(self.pooled(torch.cat([h, pooled], 1)))
        return self.output(functional.dropout(h, drop))

    def _embed(self, batch: Batch) -> Tensor:
        word_keep = torch.ones(len(batch.word_rows))
        place_keep = torch.ones(len(batch.place_rows))
        if self.training:
            word_keep = (torch.rand(len(word_keep)) > 0.15).float()
            whole = (torch.rand(len(batch.word_offsets)) > 0.3).float()
            word_keep[batch.word_offsets] *= whole
            second = (batch.word_offsets + 1)[batch.word_sizes > 1]
            word_keep[second] *= whole[batch.word_sizes > 1]
            place_keep = (torch.rand(len(place_keep)) > 0.1).float()
        words = functional.embedding_bag(
            batch.word_rows, self.table, batch.word_offsets, mode="sum",
            per_sample_weights=word_keep,
        ) / batch.word_sizes.sqrt()[:, None]  # fmt: skip
        places = functional.embedding_bag(
            batch.place_rows, self.table, batch.place_offsets, mode="sum",
            per_sample_weights=place_keep,
        )  # fmt: skip
        return functional.dropout(
            words[batch.words] + places[batch.places], self.dropout / 2, self.training
        )


def _shifted(rows: Tensor, steps: tuple[int, ...]) -> Tensor:
    """Each row beside its neighbours at the given distances; zeros beyond the ends."""
    reach = max(steps)
    padded = functional.pad(rows, (0, 0, reach, reach))
    size = len(rows)
    return torch.cat([padded[reach + step : reach + step + size] for step in steps], 1)


def loss_of(scores: Tensor, batch: Batch) -> Tensor:
    """Mean cross entropy over the candidates, each by its weight."""
    losses = functional.cross_entropy(scores, batch.tags, reduction="none")
    return (losses * batch.weights).sum() / batch.weights.sum().clamp(min=1.0)


def arrays_of(net: NameNet) -> dict[str, np.ndarray]:
    """The weights as numpy arrays by name."""
    return {name: value.detach().numpy() for name, value in net.state_dict().items()}
