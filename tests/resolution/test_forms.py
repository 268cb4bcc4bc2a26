"""Persons' names taken apart and compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.resolution.forms import agreement, is_common, looked_up, meeting_keys, parse


@pytest.mark.parametrize(
    ("name", "given_names", "family"),
    [("Ana María Ruiz", ("ana", "maria"), "ruiz"),
     ("J. K. Smith Jr.", ("j", "k"), "smith"),
     ("JK Smith", ("j", "k"), "smith"),
     ("Gabriela García Márquez", ("gabriela",), "garcia"),
     ("Wang Jianguo", ("jianguo",), "wang"), ("Jianguo Wang", ("jianguo",), "wang"),
     ("Park Min-jung", ("minjung",), "park"), ("Min-jung Park", ("minjung",), "park"),
     ("Suzuki Haruto", ("haruto",), "suzuki"), ("Kim Hathaway", ("kim",), "hathaway"),
     ("Mohammed bin Rashid Al Karim", ("mohammed",), "rashid"),
     ("Abd al-Rahman al-Tamimi", ("abdulrahman",), "tamimi"),
     ("Nur ad-Din Haddad", ("nuruddin",), "haddad"),
     ("Anna van der Velde", ("anna",), "velde"), ("O'Brien", ("obrien",), None)],
)  # fmt: skip
def test_custom_tells_which_word_is_the_family_name(name, given_names, family):
    """Last in most languages, first in Chinese and Korean, last but one in Spanish doubles."""
    parsed = parse(name)
    assert parsed is not None
    assert (parsed.given, parsed.family) == (given_names, family)


@pytest.mark.parametrize(
    ("left", "right"),
    [("J. K. Smith", "John Smith"), ("John Smith", "John Kevin Smith"),
     ("Bill Harland", "William Harland"), ("Mohammad Omar Noori", "Omar Noori"),
     ("Wang Jianguo", "Jianguo Wang"), ("Park Min-jung", "Pak Min-chung"),
     ("Cai Yinghua", "Tsai Ying-hua"), ("Jean-Paul Roux", "Jean Paul Roux"),
     ("Lucía Vega Lozano", "Lucía Vega"), ("Salah al-Din Aziz", "Salahuddin Aziz"),
     ("Osama al-Tamimi", "Usama Tamimi"), ("Yevgeny Orlov", "Evgenii Orlov")],
)  # fmt: skip
def test_forms_of_one_name_agree(left, right):
    """Initials, names left out, pet names, order and romanisation leave a name one."""
    one, other = parse(left), parse(right)
    assert agreement(one, other) > 0
    assert one.block == other.block
    assert any(
        set(looked_up(ours)) & set(meeting_keys(theirs))
        for ours, theirs in ((one, other), (other, one))
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [("Paul Reed", "Paul Reed Jr."), ("Paul Reed Sr.", "Paul Reed Jr."),
     ("Paul A. Reed", "Paul B. Reed"), ("Paul Reed", "Peter Reed"), ("Li Na", "Li Wei"),
     ("V. Harish", "V. Suresh"), ("Vikram Rao", "V. Harish Rao"),
     ("Lucía Vega Lozano", "Lucía Vega Muñoz"), ("Mario Lopez", "Maria Lopez")],
)  # fmt: skip
def test_names_that_contradict_do_not_agree(left, right):
    """Another generation, initial, given name or second surname is another person."""
    assert agreement(parse(left), parse(right)) == 0


@given(st.text("ABab .-'ō", min_size=1, max_size=20), st.text("ABab .-'ō", min_size=1, max_size=20))
def test_agreement_is_symmetric_and_no_text_raises(left, right):
    """Any text can be taken apart, and which name comes first makes no difference."""
    one, other = parse(left), parse(right)
    if one is not None and other is not None:
        assert agreement(one, other) == agreement(other, one)


def test_a_listed_given_and_family_name_are_common_together():
    """A name of listed parts can be many people's; one that no list has is taken as rare."""
    assert is_common(parse("John Smith"))
    assert not is_common(parse("Vesperian Quillfeather"))
