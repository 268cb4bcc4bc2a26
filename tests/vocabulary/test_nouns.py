"""Plurals and nouns that name people."""

import pytest

from archive.vocabulary.nouns import is_person, is_plural, singular


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("countries", "country"),
        ("attacks", "attack"),
        ("buses", "bus"),
        ("houses", "house"),
        ("churches", "church"),
        ("women", "woman"),
        ("people", "person"),
        ("lives", "life"),
        ("aircraft", "aircraft"),
        ("Afghans", "Afghan"),
    ],
)
def test_singular_of_plurals(plural, one):
    """Regular and irregular plurals lead back to their singular."""
    assert is_plural(plural)
    assert singular(plural) == one


@pytest.mark.parametrize("word", ["police officer", "class", "bus", "analysis", "gas", "this"])
def test_words_in_s_that_are_no_plurals(word):
    """An ending in -ss, -us or -is makes no plural."""
    assert singular(word) == word


@pytest.mark.parametrize(
    "noun", ["migrants", "soldiers", "asylum-seekers", "Palestinians", "teachers", "men", "voter"]
)
def test_nouns_for_people(noun):
    """Known nouns, names of peoples and the endings of agents name people."""
    assert is_person(noun)


@pytest.mark.parametrize("noun", ["homes", "containers", "tanks", "reactors", "degrees", "votes"])
def test_nouns_for_things(noun):
    """Things whose names end as those of people do are told apart."""
    assert not is_person(noun)
