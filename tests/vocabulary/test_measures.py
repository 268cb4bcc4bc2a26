"""The measures and the words that express them."""

import pytest

from archive.vocabulary.measures import measure_rows, measure_words, measures_counting


def test_every_word_expresses_a_known_measure():
    """No word leads to a measure that the table does not define."""
    known = {name for name, _ in measure_rows()}
    for use in ("object", "subject", "noun", "predicate", "bearer"):
        assert set(measure_words(use).values()) <= known


def test_every_measure_can_hold_of_something():
    """People, things or money: each measure says what it counts."""
    counted = frozenset().union(*map(measures_counting, ("people", "things", "money")))
    assert counted == {name for name, _ in measure_rows()}


@pytest.mark.parametrize(
    ("form", "measure"),
    [("killed", "killed"), ("slain", "killed"), ("deporting", "deported"), ("bought", "traded")],
)
def test_verbs_express_their_measure_in_every_form(form, measure):
    """Past tenses, participles and irregular forms are all listed."""
    assert measure_words("object")[form] == measure
