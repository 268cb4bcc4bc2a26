"""Which texts repeat one another, how, and in which paragraphs.

Two steps. `fingerprints` finds, for a text, the few that may have passages in common with it
(`storage.pairs` keeps them). `align` then lays two texts beside each other, word for word, and
`relate` says what the one is to the other. Both look at two texts alone, so that neither the
order in which texts came nor what else is stored or compared changes the answer.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from archive.records import Relation, Role, Segments
from archive.resolution.alignment import Alignment, align
from archive.resolution.cohesion import Vocabulary, belongs_elsewhere, vocabulary
from archive.resolution.lines import is_line
from archive.resolution.shingles import combine, fingerprints, fingerprints_of, hash_words_of
from archive.resolution.texts import STORY_ROLES, Passage, Text, prepare

__all__ = [
    "STORY_ROLES",
    "DocumentHashes",
    "Pairing",
    "ParagraphPairing",
    "Passage",
    "Text",
    "compare",
    "fingerprints",
    "hash_document",
    "judge",
    "read_text",
    "relate",
    "similar_paragraphs",
]

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


T = TypeVar("T")

_ROLES = {role.value: role for role in Role}


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


def read_text(paragraphs: Sequence[tuple[int, str, str]], order: tuple[Any, ...]) -> Text:
    """Make an article comparable from the id, role and text of each of its paragraphs."""
    return Text(
        [Passage(text=text, role=_ROLES[role], key=key) for key, role, text in paragraphs], order
    )


def judge(
    pairs: Sequence[tuple[Text, Text]],
) -> list[tuple[Pairing | None, list[ParagraphPairing]]]:
    """Compare the texts of each pair and, where they have anything in common, their paragraphs.

    Many pairs at once take a fraction of the time that they take one by one, the more so where
    pairs with a text in common follow one another.
    """
    prepare(text for pair in pairs for text in pair)
    decisions = [_same_words(*pair) for pair in pairs]
    aligned = align(
        [pair for pair, known in zip(pairs, decisions, strict=True) if known is None],
        _LEAST_WORDS,
    )
    return [(known, []) if known is not None else _judge(next(aligned)) for known in decisions]


def _judge(alignment: Alignment) -> tuple[Pairing | None, list[ParagraphPairing]]:
    return relate(alignment), similar_paragraphs(alignment)


def _same_words(a: Text, b: Text) -> Pairing | None:
    """Identity of texts with the same words in the same paragraphs, which are copies then."""
    if a.word_count < _LEAST_WORDS or not a.has_words_of(b) or not a.has_story_of(b):
        return None
    return Pairing(Relation.IDENTICAL, 1.0, a.word_count, b.order > a.order)


class DocumentHashes(NamedTuple):
    """What tells whether a document repeats another.

    `words_hashes` has for each paragraph a 64-bit signed hash of its `comparison_words` in order,
    None where it has none, `word_counts` their number; `fingerprints` those of each article.
    """

    words_hashes: tuple[int | None, ...]
    word_counts: tuple[int, ...]
    fingerprints: tuple[tuple[int, ...], ...]


def hash_document(segments: Segments) -> DocumentHashes:
    """Hash the words of a document's paragraphs and choose its articles' fingerprints."""
    found = hash_words_of([paragraph.text for paragraph in segments.paragraphs])
    counts = np.diff(found.starts).tolist()
    hashes = combine(found.hashes, found.starts).view(np.int64).tolist()
    words = np.split(found.hashes, found.starts[1:-1])
    stories = _stories(segments, words)
    return DocumentHashes(
        tuple(value if count else None for value, count in zip(hashes, counts, strict=True)),
        tuple(counts),
        tuple(fingerprints_of(np.concatenate(story)) if story else () for story in stories),
    )


def _stories(segments: Segments, words: Sequence[T]) -> list[list[T]]:
    """Words of the paragraphs of each article that tell its story."""
    stories: list[list[T]] = [[] for _ in segments.articles]
    for paragraph, paragraph_words in zip(segments.paragraphs, words, strict=True):
        if paragraph.article is not None and paragraph.role in STORY_ROLES:
            stories[paragraph.article].append(paragraph_words)
    return stories


def compare(a: Text, b: Text) -> Pairing | None:
    """Say what the longer or later of two texts is to the other; None where they are no pair."""
    ((pairing, _paragraphs),) = judge([(a, b)])
    return pairing


def relate(alignment: Alignment) -> Pairing | None:
    """Say what the longer text is to the other; None where they are no pair."""
    longer, other = alignment.longer, alignment.other
    matched, other_matched = alignment.matched, alignment.other_matched
    if other.word_count >= _LEAST_WORDS and longer.has_story_of(other):
        return Pairing(Relation.IDENTICAL, 1.0, other.word_count, alignment.is_reversed)
    if other_matched < max(_LEAST_WORDS, _ONE_WAY * other.word_count):
        return None
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
        and np.array_equal(longer.arrays.words[common], other.arrays.words[other_common])
    )


def _only_lines_differ(text: Text, common: NDArray[np.bool_]) -> bool:
    """Whether all of the story is common but short lines at its edges that are no sentences."""
    if not len(common):
        return True
    passages, counted = text.arrays.passage_of, text.arrays.counted
    touched = np.flatnonzero(common & counted)
    first, last = passages[touched[0]], passages[touched[-1]]
    missing = passages[counted & ~common]
    if np.any((missing >= first) & (missing <= last)):
        return False
    return all(is_line(text.passages[index].text) for index in set(missing.tolist()))


def _is_one_piece(alignment: Alignment) -> bool:
    """Whether the words in common stand in the longer text without a gap and in their order."""
    places = alignment.places[alignment.longer.arrays.counted]
    common = np.flatnonzero(places >= 0)
    gaps = len(common) < common[-1] - common[0] + 1
    return not gaps and bool(np.all(np.diff(places[common]) > 0))


def _has_other_stories(alignment: Alignment) -> bool:
    """Whether the longer text has, beside what is common, a story that the other is not of."""
    longer = alignment.longer
    passage_of, in_story = longer.arrays.passage_of, longer.arrays.counted
    counted = np.bincount(passage_of[in_story], minlength=len(longer.passages))
    common = np.bincount(
        passage_of[(alignment.places >= 0) & in_story], minlength=len(longer.passages)
    )
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
    pairs = []
    for index, other_index, count, size, other_size in alignment.shared:
        if count < _ONE_WAY * max(size, other_size):
            continue
        keys = longer.passages[index].key, other.passages[other_index].key
        first, second = keys if size >= other_size else keys[::-1]
        pairs.append(
            ParagraphPairing(first, second, round(2 * count / (size + other_size), 3), count)
        )
    return pairs
