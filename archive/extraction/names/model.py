"""The recogniser by network: what the rules read, weighed by what was learned from labelled text.

1. the rules read the document (`recognizer.read`): words, and what they take for names,
2. the network scores the tags of every word that can belong to a name,
3. what the lexicons know for sure speaks against other types,
4. the decoder takes the best well-formed tags, and articles and possessives fall off.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from archive.extraction.names import features
from archive.extraction.names.decoder import Found, decode
from archive.extraction.names.encoding import encode
from archive.extraction.names.labels import LABELS, SINGLE, TAGS, tag
from archive.extraction.names.network import SCALE, Network, Weights
from archive.extraction.names.recognizer import Reading, glance
from archive.extraction.names.tokens import Tokens
from archive.records import EntityType, Mention

_ARTICLES = frozenset({"the", "a", "an"})

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
    _heed(scores, [_listed(document.places[index]) for index in at.tolist()])
    runs = np.flatnonzero(np.diff(at, prepend=-2) > 1)
    names = decode(scores, runs)
    for name, sureness in zip(names, _sureness(scores, names), strict=True):
        first = int(at[name[0]])
        paragraph = bisect_right(document.first, first) - 1
        start = first - document.first[paragraph]
        mention = _mention(readings[paragraph].tokens, start, name, sureness)
        if mention is not None:
            found[paragraph].append(mention)
    return [_explained(some, reading) for some, reading in zip(found, readings, strict=True)]


_LISTED = frozenset({"country", "demonym", "known"})
_ALONE = np.arange(1 + SINGLE, TAGS, 4)  # tags of names of one word
TRUST = 2 * SCALE
"""What any other type loses where a lexicon knows a word for sure: logarithms of odds."""


@lru_cache(maxsize=1 << 14)
def _listed(key: features.PlaceKey) -> int:
    """The tag of a word that a lexicon knows for sure as a name by itself, else 0."""
    part, rule, strength, _, _ = key
    if rule not in _LISTED or strength == 0 or not part.startswith("S"):
        return 0
    return tag(part[2:], SINGLE)


def _heed(scores: npt.NDArray[np.int32], listed: list[int]) -> None:
    """Make the listed type of a word likelier than others; whether it is a name stays open."""
    tags = np.array(listed)
    at = np.flatnonzero(tags)
    scores[at[:, None], _ALONE] -= TRUST
    scores[at, tags[at]] += TRUST


def _mention(tokens: Tokens, start: int, name: Found, sureness: float) -> Mention | None:
    """The mention of a name that starts at a word of a paragraph; None where nothing is left."""
    label, words = LABELS[name[2]], tokens.words
    end = start + name[1] - name[0]
    while start < end and words[start].lower() in _ARTICLES:
        start += 1
    while start < end and not _ends(words[end - 1]):
        end -= 1
    if start == end or label not in EntityType.__members__:
        return None
    first, last = tokens.starts[start], tokens.ends[end - 1]
    return Mention(
        char_start=first,
        char_end=last,
        text=tokens.text[first:last],
        type=EntityType(label),
        rule="network",
        score=sureness,
    )


def _explained(mentions: list[Mention], reading: Reading) -> list[Mention]:
    """The mentions with the rule that found the same name of the same type, where one did."""
    starts, ends = reading.tokens.starts, reading.tokens.ends
    rules = {
        (starts[span.start], ends[span.end - 1], typed.type): typed.rule
        for span, typed in zip(reading.spans, reading.types, strict=True)
    }
    return [
        replace(m, rule=rule) if (rule := rules.get((m.char_start, m.char_end, m.type))) else m
        for m in mentions
    ]


def _ends(word: str) -> bool:
    """Whether a word can end a name: `U.S.` and `Jr.` can, `'s` and `,` cannot."""
    return word[0].isalnum()


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
