"""The trained recogniser: features, exact arithmetic, decoding, and what a document gives."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.extraction.names import features, model
from archive.extraction.names.completion import completed, with_surnames
from archive.extraction.names.decoder import _ALLOWED, _OPEN, decode
from archive.extraction.names.encoding import GAP, encode
from archive.extraction.names.labels import LABELS, TAGS
from archive.extraction.names.model import WEIGHTS, recognize
from archive.extraction.names.network import TOP, Network, Weights
from archive.extraction.names.recognizer import glance, tokens_of
from archive.records import EntityType, Mention

_TEXT = (
    "Uganda's Ministry of Health said on Monday that Dr Grace Atuhaire met Kenyan officials in "
    "Kampala. Atuhaire thanked the World Health Organization (WHO)."
)


@pytest.mark.parametrize(
    ("word", "form"),
    [("Kabul", "Xxxx"), ("BBC", "XXX"), ("COP29", "XXXdd"), ("al-Assad", "xx-Xxxx"), ("é", "x")],
)
def test_shape_keeps_the_kinds_of_characters(word, form):
    """Capitals, small letters and digits are told apart; long runs are shortened."""
    assert features.shape(word) == form


def test_features_are_rows_of_the_table_and_the_same_everywhere():
    """Hashing depends on the spelling alone, by CRC-32 (ISO 3309)."""
    assert features.row("w=kabul") == 17502
    rows = features.word_features("Kabul")
    assert all(0 < row < features.ROWS for row in rows)
    assert features.word_features("") == [features.PAD]


def test_candidates_hold_what_stands_between_the_parts_of_a_name():
    """Short gaps between capitals are candidates; words far from any capital are not."""
    encoded = encode(glance(["They left the Bank of the North for good reasons yesterday."]))
    marked = [w for w, some in zip(encoded.words, encoded.candidate, strict=True) if some]
    assert marked == ["They", "left", "the", "Bank", "of", "the", "North"]
    assert encoded.first == [GAP]


def _best_by_trial(scores):
    """The best well-formed sequence, found by trying all."""
    best, most = None, None
    for tags in itertools.product(range(scores.shape[1]), repeat=len(scores)):
        steps = zip((0, *tags), tags, strict=False)
        if not all(_ALLOWED[a, b] for a, b in steps) or _OPEN[tags[-1]]:
            continue
        total = sum(int(scores[at, tag]) for at, tag in enumerate(tags))
        if most is None or total > most:
            best, most = tags, total
    return best, most


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(-50, 50), min_size=9, max_size=9), min_size=1, max_size=4))
def test_decoding_finds_the_best_well_formed_tags(rows):
    """No well-formed sequence of tags scores more than the one behind the names found."""
    scores = np.full((len(rows), TAGS), -1000, np.int32)
    scores[:, :9] = rows
    names = decode(scores, np.array([0]))
    tags = np.zeros(len(rows), int)
    for start, end, label in names:
        tags[start:end] = 1 + 4 * label + 1
        tags[start], tags[end - 1] = 1 + 4 * label, 1 + 4 * label + 2
        if end == start + 1:
            tags[start] = 1 + 4 * label + 3
    total = sum(int(scores[at, tag]) for at, tag in enumerate(tags))
    assert total == _best_by_trial(scores[:, :9])[1]


def test_names_do_not_cross_from_one_run_into_the_next():
    """Where a run ends, an open name is closed or given up."""
    scores = np.zeros((2, TAGS), np.int32)
    scores[0, 1], scores[1, 3] = 10, 10  # begins a PERSON, ends a PERSON
    assert decode(scores, np.array([0])) == [(0, 2, 0)]
    assert all(end - start == 1 for start, end, _ in decode(scores, np.array([0, 1])))


def test_every_sum_of_products_is_exact_in_single_precision():
    """The largest possible sum of each layer stays below 2^24, so that no order of adding tells."""
    weights = Weights.load(WEIGHTS)
    for layer in (weights.second, weights.third, weights.pooled, weights.output):
        assert np.array_equal(layer.weight, np.rint(layer.weight))
        assert (np.abs(layer.weight).sum(axis=0) * TOP).max() < 1 << 24
    most = 127 * np.sqrt(60)  # of a word with sixty features, more than any has
    assert (np.abs(weights.first.weight).sum(axis=0) * most).max() < 1 << 24


def test_scores_are_the_same_whatever_was_read_before():
    """What is kept of words changes nothing, nor do the words that share a table with them."""
    encoded = encode(glance([_TEXT]))
    at = np.flatnonzero(encoded.candidate)
    weights = Weights.load(WEIGHTS)
    alone = Network(weights).scores(encoded, at)
    busy = Network(weights)
    other = encode(glance(["Bolivia and Peru signed the Treaty of Puno in La Paz."]))
    busy.scores(other, np.flatnonzero(other.candidate))
    assert np.array_equal(alone, busy.scores(encoded, at))


def test_memory_for_words_is_bounded(monkeypatch):
    """With room for few words, all documents still get their scores."""
    encoded = encode(glance([_TEXT]))
    at = np.flatnonzero(encoded.candidate)
    weights = Weights.load(WEIGHTS)
    expected = Network(weights).scores(encoded, at)
    monkeypatch.setattr("archive.extraction.names.network._KEPT", 5)
    small = Network(weights)
    for _ in range(3):
        assert np.array_equal(small.scores(encoded, at), expected)


def test_weights_and_their_lists_are_small():
    """The package stays light: the weights are below four megabytes."""
    assert WEIGHTS.stat().st_size < 4_000_000


def test_a_plain_report_gives_its_names():
    """Persons, bodies, places and peoples of a simple story are found, titles left out."""
    found = {(m.text, str(m.type)) for m in recognize([_TEXT])[0]}
    assert found == {
        ("Uganda", "GPE"), ("Ministry of Health", "ORG"), ("Grace Atuhaire", "PERSON"),
        ("Kenyan", "NORP"), ("Kampala", "GPE"), ("Atuhaire", "PERSON"),
        ("World Health Organization", "ORG"), ("WHO", "ORG"),
    }  # fmt: skip


_WORDS = st.sampled_from(
    ["Kabul", "the", "of", "Bank", "al-Assad", "said", "U.S.", "'s", "(", ")", "29", "X", "—", "”"]
)


def test_names_do_not_depend_on_what_was_read_before(monkeypatch):
    """A full cache is emptied on the way; a document alone and after others gives the same."""
    texts = [[_TEXT.replace("Kampala", f"Zu{vowel * 2}mba")] for vowel in "aeiou"]
    alone = [recognize(text) for text in texts]
    small = Network(Weights.load(WEIGHTS), most=20)
    monkeypatch.setattr(model, "_network", lambda: small)
    assert [recognize(text) for text in texts[::-1]] == alone[::-1]
    assert len(small._words._numbers) < 60


@pytest.mark.parametrize(
    ("text", "initial"),
    [
        ("He left. She stayed", [1, 0, 0, 1, 0]),
        ("“He left,” she said", [1, 1, 0, 0, 0, 0, 0]),
        ("done.” She left", [1, 0, 1, 1, 0]),
        ("», He", [1, 1, 0]),
        ("", []),
    ],
)
def test_a_sentence_may_begin_behind_marks_that_end_or_open_one(text, initial):
    """Closing quotation marks leave the state as it is; other words and marks end it."""
    assert list(tokens_of(text).initial) == initial


@settings(deadline=None)
@given(st.lists(st.lists(_WORDS, max_size=12).map(" ".join), max_size=3))
def test_mentions_are_ordered_inside_their_paragraph_and_typed(paragraphs):
    """Offsets give back the text, mentions do not overlap, and each has one of the ten types."""
    found = recognize(paragraphs)
    assert len(found) == len(paragraphs)
    for text, mentions in zip(paragraphs, found, strict=True):
        end = 0
        for mention in mentions:
            assert end <= mention.char_start < mention.char_end <= len(text)
            assert text[mention.char_start : mention.char_end] == mention.text
            assert isinstance(mention.type, EntityType)
            assert 0 < mention.score <= 1
            end = mention.char_end


@given(st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_no_text_makes_it_raise(text):
    """Any characters at all give a list of mentions."""
    assert len(recognize([text])) == 1


def test_labels_are_the_types_of_the_archive():
    """Every type has its four tags, and there is one for what is no name."""
    assert tuple(map(str, EntityType)) == LABELS
    assert len(LABELS) * 4 + 1 == TAGS


def _mention(text, type_, score=0.9, start=0):
    return Mention(
        char_start=start, char_end=start + len(text), text=text, type=type_, rule="x", score=score
    )


@pytest.mark.parametrize(
    ("full", "score", "alone", "type_"),
    [
        ("Ama Zuberi", 0.9, "Zuberi", EntityType.PERSON),
        ("Ama Zuberi", 0.4, "Zuberi", EntityType.ORG),
        ("Zuberi", 0.9, "Zuberi", EntityType.ORG),
        ("Ama Kenya", 0.9, "Kenya", EntityType.ORG),
    ],
)
def test_the_last_word_of_a_sure_full_name_is_a_person(full, score, alone, type_):
    """Not by a doubtful name, not by one word, and not what the lexicons know well."""
    found = [[_mention(full, EntityType.PERSON, score)], [_mention(alone, EntityType.ORG)]]
    assert with_surnames(found)[1][0].type is type_


def test_a_year_that_begins_the_next_name_is_not_the_laws():
    """`1972 Games` behind a law keeps its year."""
    law, games = (
        _mention("Water Act", EntityType.LAW),
        _mention("1972 Games", EntityType.EVENT, start=10),
    )
    assert completed([law, games], "Water Act 1972 Games") == [law, games]
    assert completed([law], "Water Act 1972 games")[0].text == "Water Act 1972"
