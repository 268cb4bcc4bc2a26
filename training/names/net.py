"""The network in PyTorch, as it is trained; `archive.extraction.names.network` is its run time."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from archive.extraction.names.features import ROWS
from archive.extraction.names.labels import TAGS
from training.names.targets import allowed

WIDE, NARROW = 5, 3  # words that the first and the other convolutions see

FEATURE_DROP, WORD_DROP = 0.2, 0.5  # share of features, and of whole words, left out in training


@dataclass(frozen=True, slots=True)
class Batch:
    """Several examples in one row.

    Feature rows of the distinct words and places are flat, with the offset of each one's first.
    `around` gives for each word the 2 x `WIDE` rows of the first convolution that it sees;
    `seen` the words that candidates see, each with its neighbours; `candidates` these as indices
    into `seen`, each with the second next to either side. `groups` numbers equal capitalised
    words of one document from 1, 0 for all others; it, `tags` and `weights` are the candidates'.
    """

    word_rows: Tensor
    word_offsets: Tensor
    word_sizes: Tensor
    place_rows: Tensor
    place_offsets: Tensor
    around: Tensor
    seen: Tensor
    candidates: Tensor
    groups: Tensor
    count: int
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
        """Scores of the candidate words, [candidates, TAGS].

        Layers behind the first are computed where a candidate sees them, nowhere else.
        """
        h = self.hidden_values(batch)[-1]
        return self.output(functional.dropout(h, self.dropout, self.training))

    def hidden_values(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """What the four hidden layers give, never negative."""
        drop = self.dropout if self.training else 0.0
        first = functional.dropout(functional.relu(self._first(batch)), drop)
        seen, places = batch.seen, batch.candidates
        second = first[seen[:, 1]] + functional.relu(self.second(first[seen].flatten(1)))
        second = functional.dropout(second, drop)
        third = second[places[:, 1]] + functional.relu(self.third(second[places].flatten(1)))
        groups = batch.groups
        most = torch.zeros(batch.count + 1, third.shape[1])
        most = most.scatter_reduce(0, groups[:, None].expand_as(third), third, "amax")
        pooled = most[groups] * (groups > 0)[:, None]
        both = torch.cat([third, pooled], 1)
        return first, second, third, third + functional.relu(self.pooled(both))

    def _first(self, batch: Batch) -> Tensor:
        """The first convolution, linear in what is seen of words and places: once for each."""
        words, places = self._embed(batch)
        hidden, size = self.first.out_features, self.table.shape[1]
        weight = self.first.weight.view(hidden, WIDE, size).permute(2, 1, 0).reshape(size, -1)
        rows = (torch.cat([words, places]) @ weight).view(-1, hidden)
        return functional.embedding_bag(batch.around, rows, mode="sum") + self.first.bias

    def _embed(self, batch: Batch) -> tuple[Tensor, Tensor]:
        word_keep = torch.ones(len(batch.word_rows))
        place_keep = torch.ones(len(batch.place_rows))
        if self.training:
            word_keep = (torch.rand(len(word_keep)) > FEATURE_DROP).float()
            whole = (torch.rand(len(batch.word_offsets)) > WORD_DROP).float()
            word_keep[batch.word_offsets] *= whole
            second = (batch.word_offsets + 1)[batch.word_sizes > 1]
            word_keep[second] *= whole[batch.word_sizes > 1]
            place_keep = (torch.rand(len(place_keep)) > FEATURE_DROP).float()
        words = functional.embedding_bag(
            batch.word_rows, self.table, batch.word_offsets, mode="sum",
            per_sample_weights=word_keep,
        ) / batch.word_sizes.sqrt()[:, None]  # fmt: skip
        places = functional.embedding_bag(
            batch.place_rows, self.table, batch.place_offsets, mode="sum",
            per_sample_weights=place_keep,
        )  # fmt: skip
        rate = self.dropout / 2
        return (
            functional.dropout(words, rate, self.training),
            functional.dropout(places, rate, self.training),
        )


_PENALTIES = torch.from_numpy(np.where(allowed(), 0.0, -1e4)).float()


def loss_of(scores: Tensor, batch: Batch) -> Tensor:
    """Mean cross entropy over the candidates, each by its weight.

    Where several tags are right, what counts is the probability of all of them together.
    """
    total = torch.logsumexp(scores, 1)
    losses = total - torch.logsumexp(scores + _PENALTIES[batch.tags], 1)
    return (losses * batch.weights).sum() / batch.weights.sum().clamp(min=1.0)


def arrays_of(net: NameNet) -> dict[str, np.ndarray]:
    """The weights as numpy arrays by name."""
    return {name: value.detach().numpy() for name, value in net.state_dict().items()}
