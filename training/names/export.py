"""Turn trained weights into the whole numbers that the archive computes with.

    python -m training.names.export TRAINED.npz --sets ../shared/ner --out WEIGHTS.npz

How large the values between the layers grow is measured on the open sets' dev part.
"""

import argparse
import itertools
from pathlib import Path

import numpy as np
import torch

from archive.extraction.names.network import SCALE, TOP
from training.names import sets
from training.names.batches import batches
from training.names.examples import Vocabulary, examples
from training.names.net import WIDE, NameNet

_FINE = 8  # steps of the first layer's sums in one step of its result, as at run time
_TABLE, _FIRST, _OTHER = 127, 255, 127  # largest whole weights
_SHARE = 99.98  # percentile of the values that is still told apart
_DOCUMENTS = 60

Arrays = dict[str, np.ndarray]


def steps(net: NameNet, documents: list[sets.Document]) -> list[float]:
    """Size of one step behind each of the four hidden layers."""
    vocabulary = Vocabulary()
    some = list(examples(documents, vocabulary))
    largest: list[list[float]] = [[], [], [], []]
    with torch.no_grad():
        for batch in batches(some, vocabulary, 3000, range(len(some))):
            for kept, values in zip(largest, net.hidden_values(batch), strict=True):
                kept.append(float(np.percentile(values.numpy(), _SHARE)))
    return [max(kept) / TOP for kept in largest]


def whole(weights: np.ndarray, top: int) -> tuple[np.ndarray, np.ndarray]:
    """Whole weights up to `top` for each output column, and the columns' scales."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-8) / top
    return np.rint(weights / scale), scale


def quantized(trained: Arrays, step: list[float]) -> Arrays:
    """The arrays that `archive.extraction.names.network.Weights` reads."""
    table = trained["table"]
    width = np.percentile(np.abs(table), 99.97, axis=0) / _TABLE
    found: Arrays = {"table": np.clip(np.rint(table / width), -_TABLE, _TABLE).astype(np.int8)}
    size = table.shape[1]
    hidden = len(trained["first.bias"])
    first = trained["first.weight"].reshape(hidden, WIDE, size).transpose(2, 1, 0)
    weight, scale = whole(first.reshape(size, -1) * width[:, None], _FIRST)
    fine = step[0] / _FINE
    found |= _layer("first", weight, scale / fine, np.rint(trained["first.bias"] / fine))
    before = [*step]
    after = [*step[1:], 1 / SCALE]
    for name, low, high in zip(("second", "third", "pooled", "output"), before, after, strict=True):
        weight, scale = whole(trained[f"{name}.weight"].T, _OTHER)
        found |= _layer(name, weight, scale * low / high, trained[f"{name}.bias"] / high)
    carry = [low / high for low, high in itertools.pairwise(step)]
    return found | {"carry": np.array(carry, np.float32)}


def _layer(name: str, weight: np.ndarray, scale: np.ndarray, bias: np.ndarray) -> Arrays:
    return {
        f"{name}_weight": weight.astype(np.int16),
        f"{name}_scale": scale.astype(np.float32),
        f"{name}_bias": bias.astype(np.float32),
    }


def main() -> None:
    """Read, measure, round, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("trained", type=Path)
    parser.add_argument("--sets", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    with np.load(options.trained) as file:
        trained = {name: file[name] for name in file.files}
    net = NameNet(trained["table"].shape[1], len(trained["first.bias"]), 0.0)
    net.load_state_dict({name: torch.from_numpy(array) for name, array in trained.items()})
    net.eval()
    documents = [
        document
        for document in sets.open_sets(options.sets, "dev")
        if document.source.startswith(("re3d", "UNER_English-PUD", "GUM"))
    ][:_DOCUMENTS]
    np.savez_compressed(options.out, **quantized(trained, steps(net, documents)))


if __name__ == "__main__":
    main()
