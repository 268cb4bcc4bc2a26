"""What the labels of a set allow: one tag, or several where the set does not tell them apart.

The open sets call every place by one label, split by a heuristic that is no gold, and have a label
for all other names (`MISC`: works, prizes, fields of science, music styles), of which the archive
wants some and not others. There the network may choose, as the archive's own texts teach it.
"""

import numpy as np
import numpy.typing as npt

from archive.extraction.names.labels import LABELS, TAGS, tag

PLACES = ("GPE", "LOC", "FAC")
OTHERS = ("WORK", "LAW", "PRODUCT", "EVENT")  # or no name at all
_PLACE, _OTHER = TAGS, TAGS + 4  # codes behind those of the tags, one for each part


def code(label: str, part: int, is_own: bool) -> int:
    """Code of what is allowed: a tag's own number, or that of a group of tags."""
    if label == "MISC":
        return _OTHER + part
    if label in PLACES and not is_own:
        return _PLACE + part
    return tag(label, part)


def allowed() -> npt.NDArray[np.bool_]:
    """[code, tag]: whether a tag is right where a code stands."""
    table = np.zeros((_OTHER + 4, TAGS), dtype=bool)
    table[np.arange(TAGS), np.arange(TAGS)] = True
    for part in range(4):
        table[_PLACE + part, [tag(label, part) for label in PLACES]] = True
        table[_OTHER + part, [0, *(tag(label, part) for label in OTHERS)]] = True
    return table


def label_of(number: int) -> str | None:
    """Label to score by for a code: places are one, `MISC` is None."""
    if number >= _OTHER:
        return None
    if number >= _PLACE:
        return PLACES[0]
    label = LABELS[(number - 1) // 4]
    return PLACES[0] if label in PLACES else label
