"""Entities of one document: which mentions are one, and where they belong."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extraction.names import find_names
from archive.records import EntityType, Mention
from archive.resolution.entities import name_key, resolve_names


def _resolved(*paragraphs, articles=None):
    """Pairs (text, resolution) of each paragraph's mentions, names found by the recogniser."""
    mentions = find_names(paragraphs)
    found = resolve_names(mentions, articles or [0] * len(paragraphs))
    return [
        [(m.text, r) for m, r in zip(some, names, strict=True)]
        for some, names in zip(mentions, found, strict=True)
    ]


def _persons(*names):
    """Resolve persons given as (text, article), one paragraph each."""
    mentions = [
        [Mention(char_start=0, char_end=len(text), text=text, type=EntityType.PERSON, rule="test")]
        for text, _ in names
    ]
    found = resolve_names(mentions, [article for _, article in names])
    return [some[0].name for some in found]


@pytest.mark.parametrize(
    ("name", "key"),
    [("The Côte d’Ivoire's", "cote d ivoire"), ("U.S.", "us"), ("  An  Łódź ", "lodz"),
     ("al-Assad", "al assad"), ("The", "the"), ("—", "—")],
)  # fmt: skip
def test_keys_leave_out_how_a_name_is_written(name, key):
    """Case, accents, punctuation, possessive and leading article make no difference."""
    assert name_key(name) == key


@given(st.text("aÉo ’s.-THe", min_size=1).filter(str.strip))
def test_keys_are_never_empty_and_blind_to_case(name):
    """A name of any characters has a key, the same in capitals."""
    assert name_key(name)
    assert name_key(name.upper()) == name_key(name.lower())


@pytest.mark.parametrize(
    ("names", "resolved"),
    [
        ([("Ana Ruiz", 0), ("Ruiz", 0)], ["Ana Ruiz", "Ana Ruiz"]),
        ([("Ruiz", 0), ("Ana Maria Ruiz", 0), ("Ana Ruiz", 0)], ["Ana Maria Ruiz"] * 3),
        ([("Saddiq Mbaye", 0), ("Saddiq", 0)], ["Saddiq Mbaye"] * 2),
        ([("Hassan Dehkordian", 0), ("Hasan Dehkordiyan", 0), ("Dehkordiyan", 0)],
         ["Hassan Dehkordian"] * 3),
        ([("Ana Ruiz", 0), ("Ruiz", 1)], ["Ana Ruiz", "Ana Ruiz"]),
    ],
)  # fmt: skip
def test_parts_and_spellings_join_the_full_name(names, resolved):
    """Surname, given name, shorter form and transliteration lead to the fullest name."""
    assert _persons(*names) == resolved


@pytest.mark.parametrize(
    "names",
    [
        [("Ana Ruiz", 0), ("Luis Ruiz", 0), ("Ruiz", 0)],
        [("Mario Lopez", 0), ("Maria Lopez", 0)],
        [("Anna Miller", 0), ("Anna Muller", 0)],
        [("Li Na", 0), ("Li Wei", 0)],
    ],
)
def test_what_may_be_two_persons_stays_apart(names):
    """A wrong merge is worse than a missed one."""
    assert _persons(*names) == [text for text, _ in names]


def test_an_article_comes_before_the_rest_of_the_document():
    """A surname means the bearer in its own article, whoever else bears it in others."""
    names = [("Ana Ruiz", 0), ("Ruiz", 0), ("Luis Ruiz", 1), ("Ruiz", 1)]
    assert _persons(*names) == ["Ana Ruiz", "Ana Ruiz", "Luis Ruiz", "Luis Ruiz"]


@pytest.mark.parametrize(
    ("text", "name", "entity", "code"),
    [
        ("He left Turkiye.", "Turkiye", "Turkey", "TR"),
        ("He left Nairobi.", "Nairobi", "Nairobi", "KE"),
        ("Many Nepalis stayed.", "Nepalis", "Nepalese", "NP"),
        ("The European bloc agreed.", "European", "European", None),
        ("It was the Kenyan Ministry of Health.", "Kenyan Ministry of Health",
         "Kenyan Ministry of Health", "KE"),
        ("Peru's Ministry of Health and Chile reacted.", "Ministry of Health",
         "Ministry of Health (Peru)", "PE"),
        ("The Foreign Ministry in Oslo told Danish media.", "Foreign Ministry",
         "Foreign Ministry (Norway)", "NO"),
        ("The UN agreed.", "UN", "United Nations", None),
        ("The Basij is in the Islamic Republic.", "Islamic Republic", "Iran", "IR"),
        ("Clashes hit the Zarbulak area of Herat.", "Zarbulak", "Zarbulak", "AF"),
    ],
)  # fmt: skip
def test_country_and_canonical_name(text, name, entity, code):
    """Countries by the lexicon, places by the gazetteer, state bodies by the evidence beside."""
    resolved = dict(_resolved(text)[0])[name]
    assert (resolved.name, resolved.country_code) == (entity, code)
    assert resolved.key == name_key(entity)


def test_bodies_of_two_countries_stay_two():
    """The same words under two owners are two entities; another form of one joins it."""
    (some,) = _resolved(
        "Peru's Foreign Ministry, Chile's Foreign Ministry and the Chilean Foreign Ministry met."
    )
    bodies = [(r.name, r.country_code) for _, r in some if r.type is EntityType.ORG]
    assert bodies == [
        ("Foreign Ministry (Peru)", "PE"),
        ("Chilean Foreign Ministry", "CL"),
        ("Chilean Foreign Ministry", "CL"),
    ]


def test_an_abbreviation_joins_the_name_that_the_document_gives_it():
    """The bracketed letters mean the name before them, in other paragraphs too."""
    first, second = _resolved(
        "The Front for Rural Development (FRD) was founded.", "Later the FRD grew."
    )
    assert {r.name for _, r in [*first, *second]} == {"Front for Rural Development"}


def test_places_of_one_name_are_told_apart_by_the_article():
    """A place lies in a country that the article speaks of before a larger one elsewhere."""
    (alone,) = _resolved("He was born in Birmingham.")
    (beside,) = _resolved("The United States counts the votes of Birmingham.")
    assert dict(alone)["Birmingham"].country_code == "GB"
    assert dict(beside)["Birmingham"].country_code == "US"
    assert dict(beside)["Birmingham"].latitude == pytest.approx(33.5, abs=0.5)


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Troops left Kiev. They went to Lvov.", "Kiev", "UA"),
        ("Clashes hit the Quillabo area.", "Quillabo", "CL"),
        ("The Supreme Court agreed.", "Supreme Court", "CL"),
    ],
)
def test_an_article_about_one_country_places_what_no_list_has(text, name, code):
    """An unlisted place or a generic body belongs to the country that the article is about."""
    resolved = dict(_resolved("Chile and other Chilean towns mourn, said Peru.", text)[1])
    assert resolved[name].country_code == code


def test_names_come_from_the_document_or_the_vocabulary():
    """What the document does not say and no lexicon knows is never a name."""
    paragraphs = ["Ana Ruiz of the Blue Lake Party (BLP) met Ruiz and the BLP in Quito."]
    for _, resolved in _resolved(*paragraphs)[0]:
        assert resolved.name in paragraphs[0]


def test_lengths_must_agree():
    """Mentions without their articles are a caller's mistake."""
    with pytest.raises(ValueError, match="zip"):
        resolve_names([[]], [])


def test_many_names_take_time_in_proportion():
    """Four times the persons take well under sixteen times as long: no comparing all with all."""

    def seconds(count):
        letters = "bcdfghklmnprstvz"
        names = [
            (f"Ana {letters[i % 16].upper()}{letters[i // 16 % 16]}a{letters[i // 256 % 16]}ov", 0)
            for i in range(count)
        ]
        began = time.process_time()
        _persons(*names)
        return time.process_time() - began

    seconds(1200)  # each name is taken apart once and remembered
    many, few = (min(seconds(count) for _ in range(3)) for count in (1200, 300))
    assert many < 14 * max(few, 0.002)
