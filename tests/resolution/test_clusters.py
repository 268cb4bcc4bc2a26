"""Own entities of different documents: which are one, and which stay apart."""

from collections import defaultdict
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Candidate, EntityType, Evidence
from archive.resolution.candidates import order
from archive.resolution.clusters import (
    block_limit,
    blocking_keys,
    comparable,
    link,
    needs_context,
)
from archive.resolution.keys import name_key


def candidate(name, type_="PERSON", code=None, sense="", *, names=(), near=(), countries=(), n=1):
    """An own entity with the evidence of `n` articles that name these countries and companions."""
    return Candidate(
        key=(name_key(name), EntityType(type_), code, sense),
        name=name,
        names=tuple(sorted({name, *names})),
        context=Evidence(
            countries=tuple((each, n) for each in countries), companions=tuple(near), articles=n
        ),
    )


def links(*candidates):
    """All links between candidates, block by block, as storage asks for them."""
    blocks = defaultdict(list)
    for each in candidates:
        for block in blocking_keys(each.name, *each.key[1:], each.names):
            blocks[block].append(each)
    return [found for block, some in sorted(blocks.items()) for found in link(block, some)]


def groups(*candidates):
    """Names and senses of the connected components of the links, those of one alone left out."""
    parent = {each.key: each.key for each in candidates}

    def root(key):
        return key if parent[key] == key else root(parent[key])

    for each in links(*candidates):
        parent[root(each.right)] = root(each.left)
    found = defaultdict(set)
    for key in parent:
        found[root(key)].add((key[0], key[2] or key[3]))
    return sorted(sorted(group) for group in found.values() if len(group) > 1)


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        ("Masoum Dehqani", "Masoum Dehghani", "near-spelling"),
        ("Volodymyr Tyshchenkiy", "Volodymyr Tyshchenky", "spelling"),
        ("Vesper P. Quillfeather", "Vesper Quillfeather", "shorter-name"),
        ("Vesper Quillfeather", "V. Quillfeather", "initials"),
        ("William Quillfeather", "Bill Quillfeather", "nickname"),
    ],
)
def test_forms_of_a_rare_name_are_one_where_the_country_agrees(left, right, rule):
    """Spelling, initials and pet names join two documents about one country."""
    found = links(
        candidate(left, sense="~UA:politics", countries=["UA"]),
        candidate(right, sense="UA:politics", countries=["UA"]),
    )
    assert [each.rule for each in found] == [rule]
    assert 0 < found[0].score < 1


def test_a_rare_name_is_one_person_and_a_common_one_needs_evidence():
    """The same rare name in two articles joins; `John Smith` only where something agrees."""
    assert links(candidate("Vesper Quillfeather"), candidate("Vesper Quillfeather", sense=":arts"))
    apart = candidate("John Smith", sense="~CA"), candidate("John Smith", sense="~ZA")
    assert not links(*apart)
    together = (
        candidate("John Smith", sense="~CA", countries=["CA"], near=["lake board", "ana ruiz"]),
        candidate("John Smith", sense="~ZA", countries=["ZA"], near=["lake board", "ana ruiz"]),
    )
    assert links(*together)


def test_homonyms_stay_apart_and_each_document_joins_its_own():
    """A president and a striker of one name are two, whatever else is said of either."""
    found = groups(
        candidate("Farid Rahimi", sense="IR:politics", countries=["IR"]),
        candidate("Farid Rahimi", sense="BR:sport", countries=["BR"]),
        candidate("Farid Rahimi", sense="~IR", countries=["IR"]),
        candidate("Farid Rahimi", sense="~BR:sport", countries=["BR"]),
        candidate("Farid Rahimi", sense=""),
    )
    assert found == [
        [("farid rahimi", "BR:sport"), ("farid rahimi", "~BR:sport")],
        [("farid rahimi", "IR:politics"), ("farid rahimi", "~IR")],
    ]


def test_a_short_form_that_fits_two_joins_neither():
    """`J. Harland` bridges no John and James, and makes no chain between them."""
    found = groups(
        candidate("John Harland", sense="GB", countries=["GB"]),
        candidate("James Harland", sense="GB", countries=["GB"]),
        candidate("J. Harland", sense="GB", countries=["GB"]),
    )
    assert found == []


def test_names_of_one_article_are_two_persons():
    """What one document kept apart no other document joins."""
    left = candidate("Vesper Quillfeather", near=["vesper p quillfeather"], countries=["GB"])
    right = candidate("Vesper P. Quillfeather", near=["vesper quillfeather"], countries=["GB"])
    assert not links(left, right)


def test_a_surname_alone_joins_only_on_strong_evidence():
    """A bare surname joins the one full name of the same country and companions."""
    full = candidate("Vesper Quillfeather", sense="GB", countries=["GB"], near=["a b", "c d"])
    other = candidate("Anna Quillfeather", sense="FR", countries=["FR"])
    known = candidate("Quillfeather", sense="~GB", countries=["GB"], near=["a b", "c d"])
    unknown = candidate("Quillfeather", sense="~GB", countries=["GB"])
    assert groups(full, other, known) == [[("quillfeather", "~GB"), ("vesper quillfeather", "GB")]]
    assert groups(full, other, unknown) == []


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("Peruvian Foreign Ministry", "ORG", "PE"), ("Ministry of Foreign Affairs", "ORG", "PE")),
        (("Department of Justice", "ORG", "US"), ("US Justice Department", "ORG", "US")),
        (("Supreme Court of Chile", "ORG", "CL"), ("Supreme Court (Chile)", "ORG", "CL")),
        (("Pell & Moor Inc", "ORG", None), ("Pell and Moor", "ORG", None)),
        (("2022 Lake Games", "EVENT", None), ("Lake Games 2022", "EVENT", None)),
        (("Qasrabad", "GPE", "AF"), ("Kasrabad", "GPE", "AF")),
        (("St. Orla", "LOC", "IE"), ("Saint Orla", "LOC", "IE")),
        (("Zarbulak", "GPE", "AF"), ("Zarbulak", "GPE", None)),
        (("Kiev", "GPE", "UA"), ("Kyiv", "GPE", "UA")),
    ],
)
def test_ways_of_writing_a_body_or_place_are_one(left, right):
    """Country before or behind, legal form, ampersand, order of the year, transliteration."""
    assert len(links(candidate(*left), candidate(*right))) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("Foreign Ministry (Peru)", "ORG", "PE"), ("Foreign Ministry (Chile)", "ORG", "CL")),
        (("Foreign Ministry", "ORG", None), ("Foreign Ministry (Chile)", "ORG", "CL")),
        (("2022 Lake Games", "EVENT", None), ("2026 Lake Games", "EVENT", None)),
        (("Lake Games", "EVENT", None), ("2026 Lake Games", "EVENT", None)),
        (("Birmingham", "GPE", "GB"), ("Birmingham", "GPE", "US")),
        (("Labour Front", "ORG", None), ("Labor Front", "ORG", None)),
        (("Pittsburg", "GPE", "US"), ("Pittsburgh", "GPE", "US")),
        (("Peruvian Embassy", "ORG", "PE"), ("Embassy of Peru", "ORG", "CL")),
        (("Time Inc", "ORG", None), ("Time", "ORG", None)),
    ],
)
def test_what_may_be_two_bodies_or_places_stays_two(left, right):
    """Another country, year or town is another thing; a generic name tells nothing."""
    assert links(candidate(*left), candidate(*right)) == []


def test_british_and_american_spelling_join_within_a_country():
    """`Labour` and `Labor` are one where the articles of both speak of one country most."""
    left = candidate("Green Labour Front", "ORG", countries=["AU"])
    right = candidate("Green Labor Front", "ORG", countries=["AU"])
    assert [each.rule for each in links(left, right)] == ["british-american"]


def test_an_unexplained_abbreviation_joins_the_one_name_it_can_mean():
    """Another document explains it, or its letters fit one name beside the same companions."""
    short = candidate("FRD", "ORG", countries=["NE"], near=["niamey", "ana ruiz"])
    full = candidate("Front for Rural Development", "ORG", names=["FRD"], countries=["NE"])
    plain = candidate(
        "Front for Rural Development", "ORG", countries=["NE"], near=["niamey", "ana ruiz"]
    )
    far = candidate("Front for Rural Development", "ORG", countries=["PE"])
    rival = candidate("Federation of River Dwellers", "ORG", countries=["NE"])
    assert [each.rule for each in links(short, full)] == ["abbreviation"]
    assert [each.rule for each in links(short, plain)] == ["initials"]
    assert links(short, far) == []
    assert links(short, plain, rival) == []


NAMES = st.sampled_from(
    ["John Smith", "J. Smith", "Jon Smith", "John K. Smith", "Smith", "Johnny Smith", "J. K. Smith"]
)
SENSES = st.sampled_from(["", "GB", "US:sport", "~GB", "~US", ":politics", "GB:politics"])
NEAR = st.sets(st.sampled_from(["a b", "c d", "e f", "g h"]), max_size=3)


@given(st.lists(st.tuples(NAMES, SENSES, NEAR), min_size=2, max_size=9), st.randoms())
def test_links_do_not_depend_on_order_and_never_chain_a_contradiction(drawn, random):
    """Any order of a block gives the same links; no group holds two stated countries or fields."""
    some = {}
    for name, sense, near in drawn:
        each = candidate(name, sense=sense, near=sorted(near), countries=[sense.strip("~")[:2]])
        some.setdefault(each.key, each)
    ordered = sorted(some.values(), key=lambda each: order(each.key))
    shuffled = list(ordered)
    random.shuffle(shuffled)
    (block,) = {key for each in ordered for key in blocking_keys(each.name, *each.key[1:], ())}
    found = link(block, ordered)
    assert link(block, shuffled) == found
    assert all(order(each.left) < order(each.right) for each in found)
    assert all(each.score == round(each.score, 3) for each in found)
    for group in groups(*ordered):
        stated = {sense[:2] for _, sense in group if sense[:1] not in {"~", ":", ""}}
        assert len(stated) < 2


def test_only_the_same_type_and_no_two_countries_compare():
    """A quick test by key alone."""
    some = [
        candidate("Orla", "GPE", "IE"),
        candidate("Orla", "GPE", "FR"),
        candidate("Orla", "GPE"),
        candidate("Orla", "LOC", "IE"),
    ]
    found = [comparable(left, right) for left, right in combinations(some, 2)]
    assert found == [False, True, False, True, False, False]


def test_a_block_that_is_too_large_says_nothing():
    """Beyond its limit a block gives no links, and its members need not be loaded."""
    block = "short:frd"
    some = [candidate(f"Front for Rural Development {i}", "ORG") for i in range(201)]
    assert block_limit(block) < len(some)
    assert link(block, some) == []


def test_context_is_asked_for_where_it_is_read():
    """Blocks decided by names alone can do without evidence."""
    assert needs_context("person:smt")
    assert not needs_context("place:AF:ksrbd")
    (block,) = blocking_keys("Qasrabad Fort", EntityType.FAC, "AF", "", ())
    assert not needs_context(block)
