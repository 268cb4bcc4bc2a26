"""Page furniture known by its repetition: the same line in many unlike texts of one outlet."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

_WORD: Final = re.compile(r"\w+")
_MAX_WORDS: Final = 80
"""Longest furniture: an editorial board's self-description, a copyright notice."""

_MOST_COMPARED: Final = 40
"""Sources looked at for one line, so that the time stays in proportion to the lines."""


def line_key(text: str) -> str:
    """The words of a line in small letters: what has to be equal for lines to count as one.

    >>> line_key("Follow us, on X!") == line_key("FOLLOW US ON X")
    True
    """
    return " ".join(_WORD.findall(text.lower()))


def repeated_lines(sources: Mapping[str, Sequence[str]], *, at_least: int = 3) -> frozenset[str]:
    """Keys of the lines that stand in `at_least` unlike sources of one outlet.

    `sources` gives the lines of each source by its name. Copies of one story repeat all its
    lines; so sources of which one shares half its lines or more with the other count once. The
    order of the sources makes no difference.
    """
    keys = {name: frozenset(map(line_key, lines)) for name, lines in sources.items()}
    holders: dict[str, list[str]] = defaultdict(list)
    for name in sorted(keys):
        for key in sorted(keys[name]):
            holders[key].append(name)
    return frozenset(
        key
        for key, names in holders.items()
        if len(names) >= at_least
        and key
        and key.count(" ") < _MAX_WORDS
        and _unlike([keys[name] for name in names[:_MOST_COMPARED]], at_least) >= at_least
    )


def _unlike(sources: Sequence[frozenset[str]], enough: int) -> int:
    """How many of the sources are unlike each other, counted up to `enough`."""
    chosen: list[frozenset[str]] = []
    for source in sources:
        if all(len(source & other) * 2 < min(len(source), len(other)) for other in chosen):
            chosen.append(source)
            if len(chosen) == enough:
                break
    return len(chosen)
