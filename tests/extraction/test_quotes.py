"""Quotations: their marks, their bounds and their kind."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extraction.quotes import find_quotes

MARKS = "\"“”„‟«»‹›‘’‚'`"


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("“The bridge is gone,” she said.", [("The bridge is gone,", "direct")]),
        ('"The bridge is gone," she said.', [("The bridge is gone,", "direct")]),
        ("'The bridge is gone,' she said.", [("The bridge is gone,", "direct")]),
        ("«Le pont est tombé», dit-elle.", [("Le pont est tombé", "direct")]),
        ("„Die Brücke ist weg“, sagte sie.", [("Die Brücke ist weg", "direct")]),
        ("``The bridge is gone,'' she said.", [("The bridge is gone,", "direct")]),
        ("He said: “No.”", [("No.", "direct")]),
        (
            "“We stay,” he said, “until the last boat has left.” Nobody cheered.",
            [("We stay,", "direct"), ("until the last boat has left.", "direct")],
        ),
        ("She called the plan “half baked” on Monday.", [("half baked", "partial")]),
        ("The “experts” were nowhere.", [("experts", "scare")]),
        ("“It is over. We lost", [("It is over. We lost", "direct")]),
        ("He asked: “Who said ‘never’ here?”", [("Who said ‘never’ here?", "direct")]),
        ("‘He said “never” twice,’ she wrote.", [("He said “never” twice,", "direct")]),
        ("‘The officers’ mess is shut,’ he said.", [("The officers’ mess is shut,", "direct")]),
    ],
)
def test_quotations_are_found_without_their_marks(text, quotes):
    """Each kind of mark bounds a quotation, whose kind follows from its shape and surroundings."""
    found = find_quotes(text)
    assert [(quote.text, quote.kind) for quote in found] == quotes
    assert all(text[quote.char_start : quote.char_end] == quote.text for quote in found)


@pytest.mark.parametrize(
    "text",
    [
        "It’s the ministers’ plan and the boys' boat.",
        "Music of the '90s and the ’60s.",
        "The door is 6'2\" high.",
        "Rock 'n' roll is here.",
        "Nothing is quoted here.",
        "An empty pair “” and a mark ” alone",
        "",
    ],
)
def test_apostrophes_and_inches_are_no_quotations(text):
    """Marks of possession, elision and length open nothing."""
    assert find_quotes(text) == []


def test_inches_inside_a_quotation_do_not_end_it():
    """A length in feet and inches is part of the quotation it stands in."""
    (quote,) = find_quotes('"He was 6\'2" tall and ran," she said.')
    assert quote.text == "He was 6'2\" tall and ran,"


@given(st.text(alphabet=st.sampled_from(MARKS + "ab s.,5\n[")) | st.text())
def test_spans_are_ordered_disjoint_and_inside_the_text(text):
    """Whatever the text, spans lie in it, in order, without overlap or surrounding space."""
    end = 0
    for quote in find_quotes(text):
        assert end <= quote.char_start < quote.char_end <= len(text)
        assert text[quote.char_start : quote.char_end] == quote.text == quote.text.strip()
        end = quote.char_end


@pytest.mark.parametrize(
    "unit", ['"', "“", "‘a ", "'a ", "a' ", "“a ", "5'10\" ", "«", "``a", "s’ a"]
)
def test_long_repetition_takes_linear_time(unit):
    """A line of 300,000 repetitive characters is read within seconds."""
    started = time.perf_counter()
    find_quotes(unit * (300_000 // len(unit)))
    assert time.perf_counter() - started < 8
