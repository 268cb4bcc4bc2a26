"""Words of names that are spellings of one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.resolution.spelling import (
    EXACT,
    INITIAL,
    NEAR,
    NICKNAME,
    SPELLING,
    block_of,
    given_likeness,
    likeness,
)

WORDS = st.text("abcdeghijkloqstuyz", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("left", "right"),
    [("mohamed", "muhammad"), ("sergei", "sergey"), ("zelenskyy", "zelenskiy"),
     ("hussein", "husain"), ("yurchenko", "iurchenko"), ("tatjana", "tatyana"),
     ("qandahar", "kandahar"), ("katherine", "catherine"), ("lakshmi", "laxmi"),
     ("yousef", "yusuf"), ("rahman", "rehman"), ("solovyov", "solovev")],
)  # fmt: skip
def test_romanisations_of_one_name_are_alike_and_meet(left, right):
    """Letters that romanisation varies make no second name, and both stand in one block."""
    assert likeness(left, right) >= NEAR
    assert block_of(left) == block_of(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("mario", "maria"), ("daniel", "danielle"), ("miller", "muller"), ("eli", "ali"),
     ("hansen", "hanson"), ("andrew", "andrea"), ("kim", "tim"), ("chen", "cheng")],
)  # fmt: skip
def test_names_that_differ_by_a_letter_stay_two(left, right):
    """Another vowel or consonant that no romanisation varies makes another name."""
    assert likeness(left, right) == 0.0


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("j", "john", INITIAL), ("j", "mary", 0.0), ("bill", "william", NICKNAME),
     ("bill", "robert", 0.0), ("ana", "ana", EXACT), ("mohamed", "muhammad", SPELLING)],
)  # fmt: skip
def test_given_names_go_by_initials_and_pet_names(left, right, expected):
    """A letter stands for a name that begins with it, a pet name for its formal name."""
    assert given_likeness(left, right) == expected


@given(WORDS, WORDS)
def test_likeness_is_symmetric_and_implies_a_common_block(left, right):
    """Which word comes first makes no difference; what is the same to the letter meets."""
    assert likeness(left, right) == likeness(right, left)
    if left == right:
        assert likeness(left, right) == EXACT
        assert block_of(left) == block_of(right)
