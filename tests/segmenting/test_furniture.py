"""Furniture known by its repetition."""

from hypothesis import given
from hypothesis import strategies as st

from archive.records import Document, Role
from archive.segmenting import line_key, repeated_lines, segment

SLOGAN = "News you can build on, every morning"


def test_line_of_unlike_sources_is_furniture_and_copies_are_not():
    """A slogan under three stories repeats; a story sent three times does not."""
    story = ["Snow fell.", "The road is shut.", "Ploughs are out."]
    sources = {
        "1": [*story, SLOGAN],
        "2": [*story, SLOGAN],
        "3": [*story, SLOGAN],
        "4": ["Teachers walked out.", "Talks go on.", SLOGAN.upper() + "!"],
        "5": ["A ferry ran aground.", "Nobody was hurt.", SLOGAN],
    }
    assert repeated_lines(sources) == {line_key(SLOGAN)}


@given(st.dictionaries(st.text(max_size=3), st.lists(st.sampled_from("abcdef"), max_size=6)))
def test_order_of_sources_makes_no_difference(sources):
    """The same sources in another order give the same lines."""
    backwards = dict(reversed(sources.items()))
    assert repeated_lines(sources) == repeated_lines(backwards)


def test_known_furniture_is_furniture_whatever_it_looks_like():
    """Passed to the cutter, the line belongs to no story."""
    text = f"Snow fell on Sunday, officials said.\n{SLOGAN}.\nThe road is shut."
    document = Document(name="x", text=text, media_type="text/plain", encoding="utf-8")
    segments = segment(document, furniture={line_key(SLOGAN)})
    assert [item.role for item in segments.paragraphs] == [Role.BODY, Role.FURNITURE, Role.BODY]
    assert segments.paragraphs[1].article is None
