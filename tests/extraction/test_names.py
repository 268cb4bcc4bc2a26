"""Names: where they lie, of which type they are, and how the document helps."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extraction.names import find_names


def _names(*paragraphs):
    return [[(m.text, str(m.type)) for m in some] for some in find_names(paragraphs)]


def _texts(*paragraphs):
    return [[m.text for m in some] for some in find_names(paragraphs)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kenya's President William Ruto landed.", ["Kenya", "William Ruto"]),
        ("The minister met Mullah Omar Farooq there.", ["Omar Farooq"]),
        ("Brigadier General Sarah Lindqvist retired.", ["Sarah Lindqvist"]),
        ("He quoted the Guardian's editor.", ["Guardian"]),
        ("Peru's Ministry of Foreign Affairs objected.", ["Peru", "Ministry of Foreign Affairs"]),
        ("The French Foreign Ministry objected.", ["French Foreign Ministry"]),
        ("The French government objected.", ["French"]),
        ("A Palestinian-American lawyer sued.", ["Palestinian", "American"]),
        ("The Nairobi-based bank closed.", ["Nairobi"]),
        ("India-China talks resumed in Geneva.", ["India", "China", "Geneva"]),
        ("Kim Jong-un and Omar al-Bashir sent letters.", ["Kim Jong-un", "Omar al-Bashir"]),
        ("It was agreed in post-U.S. Iraq.", ["U.S.", "Iraq"]),
        ("The Embassy of the Republic of Chile reopened.", ["Embassy of the Republic of Chile"]),
        ("On Monday in March, the Prime Minister resigned.", []),
        ("Observers doubt it. Numerous reports followed.", []),
    ],
)
def test_spans_hold_the_name_and_nothing_else(text, names):
    """No article, title or possessive; bodies whole; hyphens cut between two names only."""
    assert _texts(text) == [names]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("She teaches at Makerere University.", "Makerere University", "ORG"),
        ("They crossed the Zambezi River.", "Zambezi River", "LOC"),
        ("It landed at Jorge Chavez Airport.", "Jorge Chavez Airport", "FAC"),
        ("Voters in Buenos Aires waited.", "Buenos Aires", "GPE"),
        ("Fire reached Snowdonia National Park.", "Snowdonia National Park", "LOC"),
        ("Many Somalis returned.", "Somalis", "NORP"),
        ("Hurricane Fiona hit.", "Hurricane Fiona", "EVENT"),
        ("He joined the Winter Energy Forum 2024.", "Winter Energy Forum 2024", "EVENT"),
        ("It breaks the Clean Water Act.", "Clean Water Act", "LAW"),
        ("She posted it on Instagram.", "Instagram", "PRODUCT"),
        ("Fighting reached the village of Qarabolta.", "Qarabolta", "GPE"),
        ("Dialo Mbeki, who leads it, agreed.", "Dialo Mbeki", "PERSON"),
    ],
)
def test_types_follow_heads_lexicons_and_context(text, name, kind):
    """A head word, a listed name or the words around it decide the type."""
    assert (name, kind) in _names(text)[0]


def test_a_known_surname_is_a_person_elsewhere():
    """A full name in one paragraph types the surname in another, at a sentence's start too."""
    first, second = _names("Minister Tarja Qvistgaard resigned.", "Qvistgaard gave no reason.")
    assert first == [("Tarja Qvistgaard", "PERSON")]
    assert second == [("Qvistgaard", "PERSON")]


def test_an_abbreviation_in_brackets_shares_the_type_of_its_name():
    """What is abbreviated decides, not the capitals."""
    (names,) = _names("Holders of the National Travel Card (NTC) may enter.")
    assert names == [("National Travel Card", "PRODUCT"), ("NTC", "PRODUCT")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It breaks the Clean Water Act, 1972.", ["Clean Water Act, 1972"]),
        ("It breaks the Clean Water Act 1972.", ["Clean Water Act 1972"]),
        ("Under the Clean Water Act, 1972 was lost.", ["Clean Water Act, 1972"]),
        ("It breaks the Clean Water Act, 40 lawyers said.", ["Clean Water Act"]),
    ],
)
def test_the_year_of_a_law_belongs_to_its_name(text, names):
    """A year of four digits right behind a law, after a comma too, is part of the span."""
    assert _texts(text) == [names]


def test_headlines_give_only_names_sure_by_more_than_capitals():
    """In Title Case a capital alone makes no name; countries and known persons stay."""
    headline, _ = _texts(
        "President Urges Stronger Trade With Kenya as Adeyemi Visits",
        "President Ngozi Adeyemi spoke on trade with Kenya.",
    )
    assert headline == ["Kenya", "Adeyemi"]


def test_lines_in_capitals_are_read_as_title_case():
    """Countries and the document's persons are found in a line of capitals, verbatim."""
    headline, _ = _texts(
        "ADEYEMI URGES STRONGER TRADE WITH KENYA", "President Ngozi Adeyemi spoke."
    )
    assert headline == ["ADEYEMI", "KENYA"]


def test_every_mention_says_why():
    """Rule and score explain each mention."""
    for mention in find_names(["Chad's Idriss Kaba met the African Union in Addis Ababa."])[0]:
        assert mention.rule
        assert 0 < mention.score <= 1


@given(st.lists(st.text("aBc Iran’s-.,(\n“U.S\u00a0é1", max_size=60), max_size=4))
def test_spans_are_ordered_apart_and_exact(paragraphs):
    """Mentions of any text lie inside it, in order, without overlaps, with their own text."""
    found = find_names(paragraphs)
    assert len(found) == len(paragraphs)
    for text, mentions in zip(paragraphs, found, strict=True):
        end = 0
        for mention in mentions:
            assert end <= mention.char_start < mention.char_end <= len(text)
            assert text[mention.char_start : mention.char_end] == mention.text
            end = mention.char_end


@given(st.text(max_size=200))
def test_no_text_raises(text):
    """Any string gives a list."""
    assert len(find_names([text])) == 1


def test_time_grows_with_the_text():
    """A paragraph of capitals forty times as long takes no more than about forty times as long."""

    def seconds(count):
        began = time.perf_counter()
        find_names(["Alpha Beta of the Gamma-Delta " * count])
        return time.perf_counter() - began

    seconds(100)
    assert seconds(4000) < 40 * 8 * max(seconds(100), 0.001)
