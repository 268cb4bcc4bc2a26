"""Which texts repeat one another, how, and in which paragraphs.

Two steps. `fingerprints` finds, for a text, the few that may have passages in common with it
(`storage.pairs` keeps them). `align` then lays two texts beside each other, word for word, and
`relate` says what the one is to the other. Both look at two texts alone, so that neither the
order in which texts came nor what else is stored changes the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from archive.records import Relation, Role, Segments
from archive.resolution.cohesion import Vocabulary, belongs_elsewhere, vocabulary
from archive.resolution.lines import dateline_words, is_line
from archive.resolution.shingles import Hashes, fingerprints, hash_shingles, hash_words
from archive.resolution.words import comparison_words

__all__ = [
    "STORY_ROLES",
    "Alignment",
    "Pairing",
    "ParagraphPairing",
    "Passage",
    "Text",
    "align",
    "article_fingerprints",
    "compare",
    "fingerprints",
    "judge",
    "read_text",
    "relate",
    "similar_paragraphs",
]

STORY_ROLES = frozenset({Role.BODY, Role.TEASER})
"""Roles whose words are the story. Headlines, subheadings, credits, captions and furniture are an
outlet's own dress: they change while the story stays."""

_REACH = 12
"""Words that an alignment is carried past the end of a common run, over words that were changed."""

_LEAST_WORDS = 8
"""Words in common below which two texts are no pair: a phrase is no copy."""

_BOTH_WAYS = 0.5
"""Share of either text that a revision has in common with the other (half, by definition)."""

_ONE_WAY = 0.5
"""Share of the other text that stands in the longer one where the one is taken from the other."""

_VERBATIM = 0.97
"""Share of the other text that an unchanged cut has in common with the longer one."""

_CUT_SHARE = 0.67
"""Share of the longer text up to which an unchanged cut from it is an excerpt, not a revision."""

_FOREIGN_SHARE = 0.1
"""Share of the longer text that stories the other has nothing of make up at least."""

_FOREIGN_WORDS = 40
"""Words below which a passage is too short to be called another story."""


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


class Text:
    """A text made ready for comparison, which it can be with many others.

    `words` are hashes of all its words in order; `counted` marks those of the story itself
    (`STORY_ROLES`, without the dateline). `starts` has the index of each passage's first word,
    and the number of words at its end. `order` sorts texts from earliest to latest: of two as
    long as each other the later is named first.
    """

    def __init__(self, passages: Sequence[Passage], order: tuple[Any, ...] = ()) -> None:
        self.passages = tuple(passages)
        self.order = order
        words: list[str] = []
        starts, spans, opened = [0], [], set()
        for passage in self.passages:
            words += comparison_words(passage.text)
            if passage.role in STORY_ROLES:
                lead = 0 if passage.story in opened else dateline_words(passage.text)
                opened.add(passage.story)
                spans.append((starts[-1] + lead, len(words)))
            starts.append(len(words))
        self.starts = np.array(starts)
        self.words = hash_words(words)
        self.counted = np.zeros(len(words), np.bool_)
        for start, end in spans:
            self.counted[start:end] = True
        self.word_count = int(self.counted.sum())
        self._spans = spans
        self._letter_count = sum(sum(map(len, words[start:end])) for start, end in spans)

    @cached_property
    def story_words(self) -> Hashes:
        """Hashes of the words of the story itself."""
        return self.words[self.counted]

    def passage_words(self, index: int) -> Hashes:
        """Hashes of the words of one passage."""
        return self.words[self.starts[index] : self.starts[index + 1]]

    def has_letters_of(self, other: "Text") -> bool:
        """Whether the stories differ at most in what stands between letters: `U.S.` and `US`."""
        return self._letter_count == other._letter_count and self._letters == other._letters

    @cached_property
    def _letters(self) -> str:
        words = [word for each in self.passages for word in comparison_words(each.text)]
        return "".join(word for start, end in self._spans for word in words[start:end])

    @cached_property
    def shingles(self) -> Hashes:
        """Hash of each run of words."""
        return hash_shingles(self.words)

    @cached_property
    def sorted_shingles(self) -> tuple[Hashes, NDArray[np.intp]]:
        """The same in ascending order, and where in the text each begins."""
        places = np.argsort(self.shingles, kind="stable")
        return self.shingles[places], places

    @cached_property
    def passage_of(self) -> NDArray[np.intp]:
        """Index of the passage that each word stands in."""
        return np.repeat(np.arange(len(self.passages)), np.diff(self.starts))


class Pairing(NamedTuple):
    """What one text, the longer or later, is to the other.

    `similarity` is the share of the words of both that they have in common, 0 to 1, three
    decimals; `shared_words` the number of words in common. `is_reversed` tells that the second
    of the two texts handed in is the longer or later one.
    """

    relation: Relation
    similarity: float
    shared_words: int
    is_reversed: bool


class ParagraphPairing(NamedTuple):
    """Two paragraphs in nearly the same words, by their keys: `key` the longer or later one."""

    key: int
    other_key: int
    similarity: float
    shared_words: int


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """Two texts word by word: `longer` is the longer, of equals the later."""

    longer: Text
    other: Text
    is_reversed: bool

    @cached_property
    def other_places(self) -> NDArray[np.intp]:
        """For each word of `other` the index in `longer` of the word it repeats, -1 for none."""
        places = _same_runs(self.other, self.longer)
        _carry_on(places, self.other.words, self.longer.words)
        return places

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """The same the other way."""
        places = np.full(len(self.longer.words), -1)
        matched = np.flatnonzero(self.other_places >= 0)
        places[self.other_places[matched]] = matched
        # What the other has once and this text repeats has one place only so far.
        _carry_on(places, self.longer.words, self.other.words)
        return places


def read_text(paragraphs: Sequence[tuple[int, str, str]], order: tuple[Any, ...]) -> Text:
    """Make an article comparable from the id, role and text of each of its paragraphs."""
    return Text(
        [Passage(text=text, role=Role(role), key=key) for key, role, text in paragraphs], order
    )


def judge(a: Text, b: Text) -> tuple[Pairing | None, list[ParagraphPairing]]:
    """Compare two texts and, where they have anything in common, their paragraphs."""
    alignment = align(a, b)
    if np.array_equal(a.words, b.words) and np.array_equal(a.starts, b.starts):
        return relate(alignment), []  # every paragraph is a copy
    return relate(alignment), similar_paragraphs(alignment)


def article_fingerprints(
    segments: Segments, words: Sequence[Sequence[str]]
) -> tuple[tuple[int, ...], ...]:
    """Fingerprints of each article of a document; `words` runs along its paragraphs."""
    stories: list[list[str]] = [[] for _ in segments.articles]
    for paragraph, paragraph_words in zip(segments.paragraphs, words, strict=True):
        if paragraph.article is not None and paragraph.role in STORY_ROLES:
            stories[paragraph.article] += paragraph_words
    return tuple(fingerprints(story) for story in stories)


def compare(a: Text, b: Text) -> Pairing | None:
    """Say what the longer or later of two texts is to the other; None where they are no pair."""
    return relate(align(a, b))


def align(a: Text, b: Text) -> Alignment:
    """Lay two texts beside each other, whatever the order of their paragraphs.

    Words correspond where a run of SHINGLE words is the same, and up to `_REACH` words further
    where they are the same at the same distance: a word changed does not hide those around it,
    while two stories that merely use the same words have nothing in common.
    """
    is_reversed = (b.word_count, b.order) > (a.word_count, a.order)
    longer, other = (b, a) if is_reversed else (a, b)
    return Alignment(longer=longer, other=other, is_reversed=is_reversed)


def _same_runs(text: Text, other: Text) -> NDArray[np.intp]:
    """For each word in a run that the other text has too its place there, -1 for the rest."""
    places = np.full(len(text.words), -1)
    hashes, origins = other.sorted_shingles
    if len(hashes) == 0 or len(text.shingles) == 0:
        return places
    found = np.searchsorted(hashes, text.shingles)
    found[found == len(hashes)] = 0
    hits = np.flatnonzero(hashes[found] == text.shingles)
    targets = origins[found[hits]]
    for offset in range(len(text.words) - len(text.shingles), -1, -1):
        places[hits + offset] = targets + offset  # the first word of a run decides last
    return places


def _carry_on(places: NDArray[np.intp], words: Hashes, other: Hashes) -> None:
    """Fill in words near a common run that correspond at the same distance."""
    is_known = places >= 0
    known, unknown = np.flatnonzero(is_known), np.flatnonzero(~is_known)
    if len(known) == 0 or len(unknown) == 0:
        return
    after = np.searchsorted(known, unknown)
    for nearest in (known[after - 1], known[np.minimum(after, len(known) - 1)]):
        targets = places[nearest] + unknown - nearest
        near = np.abs(unknown - nearest) <= _REACH
        near &= (targets >= 0) & (targets < len(other))
        spots, targets = unknown[near], targets[near]
        same = other[targets] == words[spots]
        places[spots[same]] = targets[same]


def relate(alignment: Alignment) -> Pairing | None:
    """Say what the longer text is to the other; None where they are no pair."""
    longer, other = alignment.longer, alignment.other
    if other.word_count >= _LEAST_WORDS and np.array_equal(longer.story_words, other.story_words):
        return Pairing(Relation.IDENTICAL, 1.0, other.word_count, alignment.is_reversed)
    other_matched = int(np.count_nonzero((alignment.other_places >= 0) & other.counted))
    if other_matched < max(_LEAST_WORDS, _ONE_WAY * other.word_count):
        return None
    matched = int(np.count_nonzero((alignment.places >= 0) & longer.counted))
    return Pairing(
        relation=_relation(
            alignment, matched / longer.word_count, other_matched / other.word_count
        ),
        similarity=round((matched + other_matched) / (longer.word_count + other.word_count), 3),
        shared_words=min(matched, other_matched),
        is_reversed=alignment.is_reversed,
    )


def _relation(alignment: Alignment, share: float, other_share: float) -> Relation:
    """The relation, from the share of the longer and of the other text that is common."""
    if share >= _BOTH_WAYS and _is_identical(alignment):
        return Relation.IDENTICAL
    if share < 1 - _FOREIGN_SHARE and _has_other_stories(alignment):
        return Relation.CONTAINS
    if share < _BOTH_WAYS:
        return Relation.EXCERPT
    is_cut = share <= _CUT_SHARE and other_share >= _VERBATIM and _is_one_piece(alignment)
    return Relation.EXCERPT if is_cut else Relation.REVISION


def _is_identical(alignment: Alignment) -> bool:
    """Whether nothing but dress differs: headline, byline, dateline, layout, punctuation.

    What one text has as body and the other as a headline or furniture still counts as the same.
    """
    longer, other = alignment.longer, alignment.other
    if longer.has_letters_of(other):
        return True
    common, other_common = alignment.places >= 0, alignment.other_places >= 0
    return (
        _only_lines_differ(longer, common)
        and _only_lines_differ(other, other_common)
        and np.array_equal(longer.words[common], other.words[other_common])
    )


def _only_lines_differ(text: Text, common: NDArray[np.bool_]) -> bool:
    """Whether all of the story is common but short lines at its edges that are no sentences."""
    if not len(common):
        return True
    passages = text.passage_of
    touched = np.flatnonzero(common & text.counted)
    first, last = passages[touched[0]], passages[touched[-1]]
    missing = np.unique(passages[text.counted & ~common])
    return all(
        not first <= index <= last and is_line(text.passages[index].text) for index in missing
    )


def _is_one_piece(alignment: Alignment) -> bool:
    """Whether the words in common stand in the longer text without a gap and in their order."""
    places = alignment.places[alignment.longer.counted]
    common = np.flatnonzero(places >= 0)
    gaps = len(common) < common[-1] - common[0] + 1
    return not gaps and bool(np.all(np.diff(places[common]) > 0))


def _has_other_stories(alignment: Alignment) -> bool:
    """Whether the longer text has, beside what is common, a story that the other is not of."""
    longer = alignment.longer
    common = np.bincount(
        longer.passage_of[(alignment.places >= 0) & longer.counted], minlength=len(longer.passages)
    )
    counted = np.bincount(longer.passage_of[longer.counted], minlength=len(longer.passages))
    own: list[int] = []
    rest: list[list[int]] = []
    previous: tuple[int, bool] | None = None
    for index, passage in enumerate(longer.passages):
        if not counted[index]:
            continue
        is_common = common[index] >= min(_LEAST_WORDS, counted[index])
        if is_common:
            own.append(index)
        elif previous == (passage.story, False):
            rest[-1].append(index)
        else:
            rest.append([index])
        previous = (passage.story, is_common)
    return any(
        counted[run].sum() >= max(_FOREIGN_WORDS, _FOREIGN_SHARE * longer.word_count)
        and belongs_elsewhere(
            _vocabulary(longer, run),
            _vocabulary(longer, own),
            is_cut_off=all(
                longer.passages[index].story != longer.passages[run[0]].story for index in own
            ),
        )
        for run in rest
    )


def _vocabulary(text: Text, indices: Sequence[int]) -> Vocabulary:
    return vocabulary(text.passages[index].text for index in indices)


def similar_paragraphs(alignment: Alignment) -> list[ParagraphPairing]:
    """Paragraphs of the story that are near-copies: most words in common both ways, not all.

    Paragraphs with the very same words are left out, they are copies; so are those of fewer
    than `_LEAST_WORDS` words. The pairs come in the order of the longer text.
    """
    longer, other = alignment.longer, alignment.other
    shared = _shared(alignment.other_places, other, longer).T
    if not (shared >= _LEAST_WORDS).any():
        return []
    shared = np.minimum(shared, _shared(alignment.places, longer, other))
    sizes, other_sizes = np.diff(longer.starts), np.diff(other.starts)
    least = np.maximum(_LEAST_WORDS, _ONE_WAY * np.maximum.outer(sizes, other_sizes))
    pairs = []
    for index, other_index in np.argwhere(shared >= least).tolist():
        words, other_words = longer.passage_words(index), other.passage_words(other_index)
        if np.array_equal(words, other_words):
            continue
        keys = longer.passages[index].key, other.passages[other_index].key
        count = int(shared[index, other_index])
        first, second = keys if len(words) >= len(other_words) else keys[::-1]
        similarity = round(2 * count / (len(words) + len(other_words)), 3)
        pairs.append(ParagraphPairing(first, second, similarity, count))
    return pairs


def _shared(places: NDArray[np.intp], text: Text, other: Text) -> NDArray[np.intp]:
    """Number of story words in common for each passage of the text and each of the other."""
    shape = len(text.passages), len(other.passages)
    spots = np.flatnonzero((places >= 0) & text.counted)
    spots = spots[other.counted[places[spots]]]
    codes = text.passage_of[spots] * shape[1] + other.passage_of[places[spots]]
    return np.bincount(codes, minlength=shape[0] * shape[1]).reshape(shape)
