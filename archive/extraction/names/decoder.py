"""From the network's scores to names: the best sequence of BIOES tags that is well formed."""

import numpy as np
import numpy.typing as npt

from archive.extraction.names.labels import BEGIN, END, INSIDE, LABELS, SINGLE, TAGS

Scores = npt.NDArray[np.int32]
Tags = npt.NDArray[np.int64]
Found = tuple[int, int, int]
"""First word, one past the last, label (index of `LABELS`)."""

_NEVER = -(1 << 28)


def _open_after() -> npt.NDArray[np.bool_]:
    """For each tag, whether a name is still open behind it."""
    return np.array([tag > 0 and (tag - 1) % 4 in {BEGIN, INSIDE} for tag in range(TAGS)])


def _allowed() -> npt.NDArray[np.bool_]:
    """[before, after]: whether one tag may follow another."""
    tags = np.arange(TAGS)
    part, label = np.where(tags > 0, (tags - 1) % 4, -1), np.where(tags > 0, (tags - 1) // 4, -1)
    goes_on = (part == INSIDE) | (part == END)
    fresh = (part == BEGIN) | (part == SINGLE) | (tags == 0)
    is_open = _open_after()[:, None]
    table: npt.NDArray[np.bool_] = np.where(is_open, goes_on & (label[:, None] == label), fresh)
    return table


_OPEN = _open_after()
_ALLOWED = _allowed()
_PENALTY = np.where(_ALLOWED, 0, _NEVER).astype(np.int64)
_AT_START = _PENALTY[0]
_AT_END = np.where(_OPEN, _NEVER, 0).astype(np.int64)


def decode(scores: Scores, runs: npt.NDArray[np.int64]) -> list[Found]:
    """Names in runs of words, in order; `scores` is [words, TAGS], `runs` where each run begins.

    The best tag of every word makes the best sequence of a run wherever it is well formed; only
    the other runs need the search of Viterbi (1967). Scores are whole numbers and the first of
    equal sequences wins, so that no rounding decides.
    """
    if not len(scores):
        return []
    tags = scores.argmax(axis=1)
    before = np.concatenate([[0], tags[:-1]])
    before[runs] = 0
    ends = np.concatenate([runs[1:], [len(tags)]])
    broken = ~_ALLOWED[before, tags]
    broken[ends - 1] |= _OPEN[tags[ends - 1]]
    at_fault = np.unique(np.searchsorted(runs, np.flatnonzero(broken), side="right") - 1)
    for run in at_fault:
        start, end = runs[run], ends[run]
        tags[start:end] = _best(scores[start:end].astype(np.int64))
    return _names(tags)


def _best(scores: npt.NDArray[np.int64]) -> Tags:
    """The well-formed sequence with the largest sum of scores."""
    back = np.zeros(scores.shape, np.int64)
    total = scores[0] + _AT_START
    for at in range(1, len(scores)):
        paths = total[:, None] + _PENALTY
        back[at] = paths.argmax(axis=0)
        total = paths[back[at], np.arange(TAGS)] + scores[at]
    tags = np.zeros(len(scores), np.int64)
    tags[-1] = (total + _AT_END).argmax()
    for at in range(len(scores) - 1, 0, -1):
        tags[at - 1] = back[at, tags[at]]
    return tags


def _names(tags: Tags) -> list[Found]:
    found: list[Found] = []
    start = 0
    for at in np.flatnonzero(tags):
        label, part = divmod(int(tags[at]) - 1, 4)
        if part in {BEGIN, SINGLE}:
            start = int(at)
        if part in {END, SINGLE}:
            found.append((start, int(at) + 1, label))
    return found


def label_of(found: Found) -> str:
    """The label of a name found."""
    return LABELS[found[2]]
