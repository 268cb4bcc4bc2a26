"""The weights by which signals of a story's opening are added up.

Table: `story_weights` (model, signal, weight, source), written by `benchmarks/cutting_fit.py`.
"""

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from operator import mul

from archive.vocabulary.tables import read_table


@cache
def weights(model: str) -> Mapping[str, float]:
    """Weight of every signal of one model, `opening`, `heading` or `mid_story`."""
    return {
        row["signal"]: float(row["weight"])
        for row in read_table("story_weights")
        if row["model"] == model
    }


def probability(model: str, signals: Mapping[str, float]) -> float:
    """Chance, by logistic regression, that the signals speak for a yes to the model's question."""
    total = sum(map(mul, _vector(model, tuple(signals)), signals.values()))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=16)
def _vector(model: str, names: tuple[str, ...]) -> tuple[float, ...]:
    """Weights in the order in which the signals come; 0 for a signal without weight."""
    known = weights(model)
    return tuple(known.get(name, 0.0) for name in names)
