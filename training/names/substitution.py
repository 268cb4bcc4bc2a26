"""Other names in the same sentences: persons and towns drawn from the open lists.

Each word of a person's name is exchanged for another given name or surname, the same word by the
same one throughout a document, so that `Masoud Amiri` and `Amiri` stay one person. Names with
particles or hyphens are left as they are, for their parts are no list's business.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from archive.vocabulary.names import common_words, given_names, places, surnames
from training.names.sets import Document

_LARGE = 15_000  # inhabitants of the towns drawn
_PLAIN = re.compile(r"[A-Z][^\W\d_]+")


@cache
def _lists() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Given names, surnames and towns of one word that are no common word."""
    small = common_words()

    def usable(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(sorted(n for n in names if _PLAIN.fullmatch(n) and n.lower() not in small))

    towns = [name for name, found in places().items() if found[0].population >= _LARGE]
    return usable(sorted(given_names())), usable(sorted(surnames())), usable(towns)


def substituted(document: Document, draw: random.Random, share: float) -> Document:
    """The document with about `share` of its person and town words exchanged."""
    given, family, towns = _lists()
    chosen: dict[str, str] = {}
    pieces: list[str] = []
    moved: list[tuple[int, int, str]] = []
    at = length = 0
    for start, end, label in document.spans:
        before, name = document.text[at:start], document.text[start:end]
        if label == "PERSON":
            words = name.split(" ")
            lists = [given] * (len(words) - 1) + [family]
        elif label == "GPE" and " " not in name and name in places():
            words, lists = [name], [towns]
        else:
            words, lists = [name], [()]
        for word, pool in zip(words, lists, strict=True):
            if word not in chosen:
                change = pool and _PLAIN.fullmatch(word) and draw.random() < share
                chosen[word] = draw.choice(pool) if change else word
        new = " ".join(chosen[word] for word in words)
        pieces += [before, new]
        length += len(before)
        moved.append((length, length + len(new), label))
        length += len(new)
        at = end
    pieces.append(document.text[at:])
    return replace(
        document, text="".join(pieces), spans=tuple(moved), missing=_moved(document, moved)
    )


def _moved(document: Document, moved: list[tuple[int, int, str]]) -> tuple[tuple[int, int], ...]:
    """The missing stretches, shifted by what the names before them grew."""
    found: list[tuple[int, int]] = []
    shift = at = 0
    for start, end in sorted(document.missing):
        while at < len(document.spans) and document.spans[at][1] <= start:
            shift = moved[at][1] - document.spans[at][1]
            at += 1
        found.append((start + shift, end + shift))
    return tuple(found)
