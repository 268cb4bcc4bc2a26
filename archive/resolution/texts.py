"""Texts made ready for comparison: their words as numbers, in arrays.

`Text` is cheap to make; its words are hashed when they are first asked for, and of many texts
at once where `prepare` is called before. Everything here depends on the text alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from archive.records import Role
from archive.resolution.lines import dateline_words
from archive.resolution.shingles import Hashes, combine, hash_shingles, hash_words_of
from archive.resolution.words import comparison_words

STORY_ROLES = frozenset({Role.BODY, Role.TEASER})
"""Roles whose words are the story. Headlines, subheadings, credits, captions and furniture are an
outlet's own dress: they change while the story stays."""

SLOT_BITS = 18
"""Bits of a run's hash by which it is looked up; two runs of one text of a thousand words agree
in them once in 250 times, and the later of them is then found by its neighbours only."""

_BLOCK = 30_000
"""Characters hashed at once: few enough that the arrays stay in the processor's cache."""

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph of a text to compare.

    `story` numbers the story it belongs to within the text; all of an article's are one. `key`
    is the caller's name for it, given back in `ParagraphPairing`.
    """

    text: str
    role: Role
    story: int = 0
    key: int = 0


class _Arrays(NamedTuple):
    """What `prepare` finds of a text; one entry a word where nothing else is said.

    `words` are hashes of all words in order, `runs` those of each run of SHINGLE words and
    `slots` the upper bits of these. `counted` marks the words of the story itself (`STORY_ROLES`,
    without the dateline), `passage_of` tells each word's passage. `starts` has the index of each
    passage's first word, and the number of words at its end; `passage_hashes` a hash of the words
    of each passage. `letter_count` is the number of letters and digits of the story.
    """

    words: Hashes
    runs: Hashes
    slots: NDArray[np.uint32]
    counted: NDArray[np.bool_]
    passage_of: Indices
    starts: Indices
    passage_hashes: Hashes
    word_count: int
    letter_count: int


class Text:
    """A text to compare with others.

    `order` sorts texts from earliest to latest: of two as long as each other the later is named
    first.
    """

    def __init__(self, passages: Sequence[Passage], order: tuple[Any, ...] = ()) -> None:
        self.passages = tuple(passages)
        self.order = order
        self._arrays: _Arrays | None = None

    @property
    def arrays(self) -> _Arrays:
        """The words as numbers; made now where `prepare` has not."""
        if self._arrays is None:
            prepare((self,))
        assert self._arrays is not None  # noqa: S101 - prepare sets it
        return self._arrays

    @property
    def word_count(self) -> int:
        """Number of words of the story."""
        return self.arrays.word_count

    def has_story_of(self, other: "Text") -> bool:
        """Whether the stories have the same words."""
        return self.word_count == other.word_count and np.array_equal(
            self.arrays.words[self.arrays.counted], other.arrays.words[other.arrays.counted]
        )

    def has_words_of(self, other: "Text") -> bool:
        """Whether the two have the same words in the same passages."""
        return np.array_equal(self.arrays.starts, other.arrays.starts) and np.array_equal(
            self.arrays.words, other.arrays.words
        )

    def has_letters_of(self, other: "Text") -> bool:
        """Whether the stories differ at most in what stands between letters: `U.S.` and `US`."""
        return (
            self.arrays.letter_count == other.arrays.letter_count
            and self._letters() == other._letters()
        )

    def _letters(self) -> str:
        words = (word for each in self.passages for word in comparison_words(each.text))
        return "".join(
            word for word, counts in zip(words, self.arrays.counted.tolist(), strict=True) if counts
        )


def prepare(texts: Iterable[Text]) -> None:
    """Hash the words of all texts that were not yet, many at a time.

    A numpy operation costs as much as it does for a few hundred words before it has touched the
    first: so one passes over many texts.
    """
    block: list[Text] = []
    characters = 0
    for text in {id(each): each for each in texts if each._arrays is None}.values():
        block.append(text)
        characters += sum(len(each.text) for each in text.passages)
        if characters >= _BLOCK:
            _prepare(block)
            block, characters = [], 0
    if block:
        _prepare(block)


def _prepare(texts: Sequence[Text]) -> None:
    found = hash_words_of([passage.text for text in texts for passage in text.passages])
    passage_hashes = combine(found.hashes, found.starts)
    first = 0
    for text in texts:
        last = first + len(text.passages)
        start, end = int(found.starts[first]), int(found.starts[last])
        words = found.hashes[start:end].copy()  # a view would keep the whole block in memory
        starts = found.starts[first : last + 1] - start
        counted = _counted(text.passages, starts.tolist())
        runs = hash_shingles(words)
        text._arrays = _Arrays(
            words=words,
            runs=runs,
            slots=(runs >> np.uint64(64 - SLOT_BITS)).astype(np.uint32),
            counted=counted,
            passage_of=np.repeat(np.arange(len(text.passages)), np.diff(starts)),
            starts=starts,
            passage_hashes=passage_hashes[first:last].copy(),
            word_count=int(np.count_nonzero(counted)),
            letter_count=int(found.lengths[start:end][counted].sum()),
        )
        first = last


def _counted(passages: Sequence[Passage], starts: Sequence[int]) -> NDArray[np.bool_]:
    """Which words are of the story: those of its roles but for the dateline of each story."""
    counted = np.zeros(starts[-1], np.bool_)
    opened: set[int] = set()
    for index, passage in enumerate(passages):
        if passage.role in STORY_ROLES:
            lead = 0 if passage.story in opened else dateline_words(passage.text)
            opened.add(passage.story)
            counted[starts[index] + lead : starts[index + 1]] = True
    return counted
