"""Division of paragraphs into sentences."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extraction.sentences import sentence_at, sentence_spans


@pytest.mark.parametrize(
    "sentences",
    [
        ["The dam broke.", "Two villages were flooded."],
        ["Mr. Brown met Gen. Lee.", "They spoke."],
        ["It is in the U.S. Senate.", "He left."],
        ["She moved to the U.S.", "The family stayed."],
        ["Prices rose 3.5 per cent.", "Wages fell."],
        ["The meeting of Jan. 5 was moved.", "Flight No. 12 was not."],
        ["J. R. Moss and A. Bell signed it."],
        ["“The road is open,” he said.", "“We drive.”", "Nobody did."],
        ["He said: “We lost.”", "She wept."],
        ["“Is it over?” he asked.", "“No!” Ana Ruiz replied."],
        ["Well… maybe.", "We waited...", "Nothing came."],
        ["They work for Acme Inc. in Paris.", "It pays."],
        ["See archive.org or v1.2 for more."],
        ["He had seen plan B.", "The rest is known."],
        ["(It rained.)", "It snowed."],
    ],
)
def test_sentences_are_told_apart(sentences):
    """Each listed sentence is found as one span."""
    text = " ".join(sentences)
    found = [text[start:end] for start, end in sentence_spans(text)]
    assert found == sentences


def test_an_empty_line_ends_a_sentence():
    """Text set apart by an empty line is a sentence of its own, with or without a stop."""
    text = "Flood in the valley\n \nTwo people died"
    assert [text[a:b] for a, b in sentence_spans(text)] == [
        "Flood in the valley",
        "Two people died",
    ]


@pytest.mark.parametrize(("position", "expected"), [(0, (0, 4)), (3, (0, 4)), (7, (5, 9))])
def test_the_sentence_at_a_position_is_found(position, expected):
    """A position belongs to the sentence that starts at or before it."""
    assert sentence_at(sentence_spans("One. Two."), position) == expected


@given(st.text(alphabet=st.sampled_from("ab A.!?…”“'\" \n\t)1")) | st.text())
def test_spans_cover_every_printed_character_once(text):
    """The spans are ordered, trimmed and disjoint, and only white space lies between them."""
    end = 0
    for start, stop in sentence_spans(text):
        assert end <= start < stop <= len(text)
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    assert not text[end:].strip()


@pytest.mark.parametrize("unit", [".", ". ", "?” A ", "a.", "\n", "U.S. ", "… ", ".” "])
def test_a_megabyte_of_one_pattern_takes_linear_time(unit):
    """Repetitive input of a megabyte is divided within seconds."""
    started = time.perf_counter()
    sentence_spans(unit * (1_000_000 // len(unit)))
    assert time.perf_counter() - started < 5
