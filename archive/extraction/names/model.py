"""The recogniser by network: what the rules read, weighed by what was learned from labelled text.

1. the rules read the document (`recognizer.read`): words, and what they take for names,
2. the network scores the tags of every word that can belong to a name,
3. the decoder takes the best well-formed tags, and articles and possessives fall off,
4. where a rule that is sure found the same words, its type holds unless the network is surer,
5. surnames of the document's persons are persons, laws have their years, abbreviations the types of
   what they are of (`completion`).
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from archive.extraction.names.completion import completed, with_surnames
from archive.extraction.names.decoder import Found, decode
from archive.extraction.names.encoding import encode
from archive.extraction.names.evidence import Typed
from archive.extraction.names.labels import BEGIN, END, INSIDE, LABELS, SINGLE
from archive.extraction.names.network import SCALE, Network, Weights
from archive.extraction.names.recognizer import Reading, glance
from archive.extraction.names.trimming import bare, untitled
from archive.records import EntityType, Mention

_TYPES = {label: EntityType(label) for label in LABELS}

WEIGHTS = Path(__file__).with_name("weights.npz")
"""The trained weights; MODEL_CARD.md beside them says what they were trained on."""


@cache
def _network() -> Network:
    return Network(Weights.load(WEIGHTS))


def recognize(paragraphs: Sequence[str]) -> list[list[Mention]]:
    """Find the names of a document by rules and network."""
    readings = glance(paragraphs)
    document = encode(readings)
    found: list[list[Mention]] = [[] for _ in readings]
    at = np.flatnonzero(document.candidate)
    if not len(at):
        return found
    scores = _network().scores(document, at)
    names = decode(scores, np.flatnonzero(np.diff(at, prepend=-2) > 1))
    rules = [_ruled(reading) for reading in readings]
    for name, sureness in zip(names, _sureness(scores, names), strict=True):
        first = int(at[name[0]])
        paragraph = bisect_right(document.first, first) - 1
        start = first - document.first[paragraph]
        end = start + name[1] - name[0]
        rule = rules[paragraph].get((start, end))
        label = _label(name, rule, scores)
        if rule is None:
            start = untitled(readings[paragraph].tokens, start, end)
        by = rule.rule if rule is not None and rule.type == label else "network"
        span = bare(readings[paragraph].tokens, start, end)
        if span is not None:
            mention = Mention(
                char_start=span[0],
                char_end=span[1],
                text=paragraphs[paragraph][span[0] : span[1]],
                type=_TYPES[label],
                rule=by,
                score=sureness,
            )
            found[paragraph].append(mention)
    typed = with_surnames(found)
    return [completed(some, text) for some, text in zip(typed, paragraphs, strict=True)]


_SURE = frozenset({"country", "demonym", "known", "head-word"})
TRUST = 3 * SCALE
"""What a lexicon's type, or a head word's, is worth against another: logarithms of odds."""


def _ruled(reading: Reading) -> dict[tuple[int, int], Typed]:
    """What the rules say of names by their first word and the one past their last."""
    spans = zip(reading.spans, reading.types, reading.kept, strict=True)
    return {(span.start, span.end): typed for span, typed, kept in spans if kept}


def _label(name: Found, rule: Typed | None, scores: npt.NDArray[np.int32]) -> str:
    """The type of a name: the network's, or a sure rule's where the network gives it a chance."""
    start, end, label = name
    own = LABELS[label]
    if rule is None or rule.type == own or rule.rule not in _SURE:
        return own
    words = np.arange(start, end)
    tags = np.full(end - start, 4 * label + 1 + INSIDE)
    tags[0], tags[-1] = 4 * label + 1 + BEGIN, 4 * label + 1 + END
    if end == start + 1:
        tags[0] = 4 * label + 1 + SINGLE
    other = tags + 4 * (LABELS.index(rule.type) - label)
    gap = int((scores[words, tags] - scores[words, other]).sum())
    return rule.type if gap < TRUST else own


def _sureness(scores: npt.NDArray[np.int32], names: list[Found]) -> list[float]:
    """For each name the share of the best tags among all tags, the mean over its words."""
    if not names:
        return []
    at = np.concatenate([np.arange(start, end) for start, end, _ in names])
    exact = scores[at] - scores[at].max(axis=1, keepdims=True)
    shares = 1 / np.exp(exact / SCALE).sum(axis=1)
    sizes = np.array([end - start for start, end, _ in names])
    sums = np.add.reduceat(shares, np.cumsum(sizes) - sizes)
    return [round(float(mean), 3) for mean in sums / sizes]
