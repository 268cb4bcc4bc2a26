"""Lines that a mail program broke."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading.wrapped_lines import unwrap

LONG = (
    "Rain fell on the northern valleys for a third day on Tuesday, and the river authority opened "
    "two of the four gates at the dam to keep the water below the mark that counts as safe."
)


@pytest.mark.parametrize("width", [60, 72, 78])
def test_paragraphs_come_back(width):
    """Whatever the width."""
    text = "\n\n".join([textwrap.fill(LONG, width), "Rivers rose."])
    assert [line for line, _ in unwrap(text)] == [LONG, "Rivers rose."]


@pytest.mark.parametrize(
    "lines",
    [
        ["Rain fell.", "Rivers rose."],
        ["Short line", "By Ann Lee", LONG],
        [textwrap.fill(LONG, 72).split("\n")[0], "- an item", "1. another", "https://x.example"],
    ],
)
def test_lines_that_stand(lines):
    """Short ones, items of lists, links, and those of a text that was not wrapped."""
    assert [line for line, _ in unwrap("\n".join(lines))] == lines


@given(st.text())
def test_no_word_is_lost(text):
    """Only breaks and spaces change."""
    joined = " ".join(line for line, _ in unwrap(text.replace("\0", "")))
    expected = " ".join(line for line, _ in unwrap(text.replace("\0", ""), is_flowed=True))
    assert joined.split() == expected.split()
