"""Laws that hold for every text, however strange."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extraction.figures import find_figures

WORDS = [
    *(
        [
            "one",
            "two",
            "half",
            "a",
            "million",
            "of",
            "the",
            "-",
            "$",
            "5",
            "1,000",
            "per",
            "cent",
            "%",
            "and",
            "to",
            "from",
            "between",
            "at",
            "least",
        ]
    ),
    *(
        [
            "dozens",
            "killed",
            "people",
            "in",
            "over",
            ".",
            ",",
            "year",
            "-old",
            "°",
            "°C",
            "Rs",
            "½",
            "10^400",
            "٣",
            "minus",
            "(",
            ")",
            "'",
            "’s",
        ]
    ),
    *(
        [
            "thousands",
            "more",
            "than",
            "July",
            "twice",
            "each",
            "/",
            "out",
            "2021",
            "p.m.",
            "£",
            "bn",
            "m",
            "–",
            "+",
        ]
    ),
    "9" * 400,
]
TEXTS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=30).map("".join),
)


@given(TEXTS)
def test_spans_are_inside_the_text_ordered_and_apart(text):
    """Every span is a slice of the text; none overlaps the one before it."""
    end = 0
    for figure in find_figures(text):
        assert end <= figure.char_start < figure.char_end <= len(text)
        assert figure.text == text[figure.char_start : figure.char_end]
        assert figure.sentence_start <= figure.char_start
        assert figure.char_end <= figure.sentence_end
        end = figure.char_end


@given(TEXTS)
def test_bounds_are_in_order_and_never_both_open(text):
    """At least one bound is known, and low is not above high."""
    for figure in find_figures(text):
        bounds = [bound for bound in (figure.low, figure.high) if bound is not None]
        assert bounds
        assert bounds == sorted(bounds)


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "million ", "one ", "“1 ", "1,", "-1", "one and ", "$", "1 of ", "five to ", "(5"],
)
def test_time_grows_with_the_length_alone(piece):
    """Eight times the text takes about eight times as long, not sixty-four times."""
    short, long = piece * (4_000 // len(piece)), piece * (32_000 // len(piece))
    find_figures(short)
    seconds = []
    for text in (short, long):
        begin = time.process_time()
        find_figures(text)
        seconds.append(time.process_time() - begin)
    assert seconds[1] < 30 * max(seconds[0], 0.005)
