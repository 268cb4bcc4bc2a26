"""What a document says of a person that tells bearers of one name apart."""

import pytest

from archive.extraction.names import find_names
from archive.extraction.roles import find_roles
from archive.resolution.entities import resolve_names
from archive.resolution.senses import Sense, read_sense


def _senses(*paragraphs):
    mentions = find_names(paragraphs)
    roles = [find_roles(*pair) for pair in zip(paragraphs, mentions, strict=True)]
    resolved = resolve_names(mentions, [0] * len(paragraphs), texts=paragraphs, roles=roles)
    return {
        mention.text: name.sense
        for some, names in zip(mentions, resolved, strict=True)
        for mention, name in zip(some, names, strict=True)
        if name.type == "PERSON"
    }


@pytest.mark.parametrize(
    ("text", "person", "sense"),
    [
        ("Kenyan President Amina Otieno met the press.", "Amina Otieno", "KE:politics"),
        ("Amina Otieno, a Kenyan sprinter, won.", "Amina Otieno", "KE:sport"),
        ("The novelist Amina Otieno won.", "Amina Otieno", ":arts"),
        ("Amina Otieno came to Peru.", "Amina Otieno", "~PE"),
        ("Amina Otieno, Brazil's ambassador to Peru, spoke.", "Amina Otieno", "BR:politics"),
        ("Amina Otieno spoke.", "Amina Otieno", ""),
    ],
)
def test_the_words_beside_a_name_give_its_sense(text, person, sense):
    """Country and field of the noun or post; else the article's country, marked as weak."""
    assert _senses(text)[person] == sense


def test_all_mentions_of_a_person_share_the_sense_of_the_document():
    """What one paragraph says holds for the surname in the next."""
    found = _senses("Kenyan striker Amina Otieno scored.", "Later Otieno left the field.")
    assert found["Otieno"] == found["Amina Otieno"] == "KE:sport"


@pytest.mark.parametrize("text", ["", "IR", "~IR", ":sport", "IR:politics", "~GB:law"])
def test_a_sense_is_read_as_it_is_written(text):
    """Reading and writing a sense are inverse."""
    assert str(read_sense(text)) == text
    assert str(Sense("GB", None, is_weak=True)) == "~GB"
