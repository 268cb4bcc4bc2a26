"""What two texts are to each other, and the fingerprints by which they meet."""

import random
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Document, Paragraph, Relation, Role, Segments
from archive.resolution.copies import (
    Passage,
    Text,
    compare,
    fingerprints,
    hash_document,
    judge,
    read_text,
)
from archive.resolution.shingles import SHINGLE, WINDOW, hash_words_of
from archive.resolution.words import comparison_words
from archive.segmenting import segment

FERRY = (
    "A ferry with 84 people aboard ran onto rocks off Sandholm on Tuesday night, and the coast "
    "guard brought all of them ashore before dawn.",
    "The Linnet had left the harbour of Elverton at nine in fog so thick that the pilot could not "
    "see the bow, the coast guard's spokeswoman, Marit Aune, told reporters.",
    "“Nobody was badly hurt, and for that we can thank a calm sea,” she said. Eleven passengers "
    "were treated for bruises and cold at the island's small clinic.",
    "The owner, Northline, has run the crossing since 1987. It said its two other ferries would "
    "keep to the timetable and that tickets for the Linnet would be refunded.",
    "Divers are to look at the hull on Thursday. Until then a barrier floats around the wreck, "
    "which holds some 20 tonnes of diesel oil.",
    "The last accident on this route was in 2009, when a freighter struck the pier in a storm and "
    "sank within sight of the town.",
)
BUDGET = (
    "The council of Quayford passed its budget on Wednesday by 19 votes to 12 after a debate that "
    "went on until midnight.",
    "Schools get four per cent more than last year, while the library in Mill Street closes in "
    "the autumn to save 310,000 pounds.",
    "Councillor Jude Okafor of the Civic List called the vote a dark day for readers. The mayor, "
    "Helen Strand, answered that every family would feel the new playgrounds.",
    "Parking fees rise from May. A residents' group has announced a protest in front of the town "
    "hall for Saturday.",
)
BACKGROUND = (
    "Seven ferries serve the islands, most of them built before the turn of the century, and a "
    "plan to replace the oldest has been before parliament for three years."
)


def text(*paragraphs: str, headline: str | None = None, order: tuple[str, ...] = ()) -> Text:
    """A story of one outlet."""
    passages = [Passage(text=each, role=Role.BODY) for each in paragraphs]
    if headline:
        passages.insert(0, Passage(text=headline, role=Role.HEADLINE))
    return Text(passages, order)


def changed(story: tuple[str, ...], share: float, seed: int = 1) -> tuple[str, ...]:
    """The story with a share of its words replaced by others."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    return tuple(
        " ".join(
            chance.choice(("perhaps", "seven", "harbourside", "slowly", "under", "grey"))
            if chance.random() < share
            else word
            for word in paragraph.split()
        )
        for paragraph in story
    )


def plain(story: tuple[str, ...]) -> tuple[str, ...]:
    """The story without commas and quotation marks, as a wire service sends it."""
    return tuple(each.replace(",", "").replace("“", "").replace("”", "") for each in story)


CASES = {
    "the same": (FERRY, FERRY, "identical"),
    "other punctuation": (FERRY, plain(FERRY), "identical"),
    "other paragraphs": (FERRY, (" ".join(FERRY[:3]), " ".join(FERRY[3:])), "identical"),
    "set in capitals": (FERRY, tuple(each.upper() for each in FERRY), "identical"),
    "a dateline": (FERRY, (f"SANDHOLM, Norland (AP) — {FERRY[0]}", *FERRY[1:]), "identical"),
    "other datelines": (
        (f"SANDHOLM, May 7 (Reuters) - {FERRY[0]}", *FERRY[1:]),
        (f"Sandholm (dpa) – {FERRY[0]}", *FERRY[1:]),
        "identical",
    ),
    "a headline taken for body": (("Ferry Runs Aground In Fog", *FERRY), FERRY, "identical"),
    "a credit taken for body": ((*FERRY, "Reporting by Una Brandt"), FERRY, "identical"),
    "dots in abbreviations": (
        ("The U.S. envoy met the E.U. delegation for talks on steel at noon in Elverton.",),
        ("The US envoy met the EU delegation for talks on steel at noon in Elverton.",),
        "identical",
    ),
    "one number changed": (
        FERRY,
        (FERRY[0].replace("84", "86"), *FERRY[1:]),
        "revision",
    ),
    "a tenth of the words changed": (FERRY, changed(FERRY, 0.1), "revision"),
    "a quarter of the words changed": (FERRY, changed(FERRY, 0.25), "revision"),
    "paragraphs moved": (FERRY, (FERRY[0], *reversed(FERRY[1:])), "revision"),
    "a paragraph cut": (FERRY, (*FERRY[:3], *FERRY[4:]), "revision"),
    "background added": ((*FERRY, BACKGROUND), FERRY, "revision"),
    "a paragraph": (FERRY, FERRY[2:3], "excerpt"),
    "two paragraphs": (FERRY, FERRY[3:5], "excerpt"),
    "a sentence": (FERRY, ("Divers are to look at the hull on Thursday.",), "excerpt"),
    "the beginning, cut off": (FERRY, (" ".join(FERRY[0].split()[:16]) + "…",), "excerpt"),
    "an edited paragraph": (FERRY, changed(FERRY[1:2], 0.12), "excerpt"),
    "another story": (FERRY, BUDGET, None),
    "two stories with the same background": (
        (*FERRY[:4], BACKGROUND),
        (*BUDGET, BACKGROUND),
        None,
    ),
    "the same event in other words": (
        FERRY,
        (
            "All 84 passengers and crew of the Linnet were rescued by the coast guard overnight "
            "after the ship hit rocks near Sandholm, officials say.",
            "Northline's vessel was on its way from Elverton when thick fog came up. Spokeswoman "
            "Marit Aune put the number of the injured at eleven, none in danger.",
            "Oil has not leaked so far, and a diving team will examine the ship this week.",
        ),
        None,
    ),
    "a phrase": (FERRY, ("The coast guard told reporters.",), None),
}


@pytest.mark.parametrize(("longer", "other", "relation"), CASES.values(), ids=CASES.keys())
def test_relation_of_two_stories(longer, other, relation):
    """The relation follows from the words in common and their order."""
    pairing = compare(text(*longer), text(*other))
    assert (pairing and pairing.relation) == relation


RUN_TOGETHER = {
    "one of them": (FERRY, True),
    "one of them, not cut": (FERRY, False),
    "one of them, edited": (changed(BUDGET, 0.1), True),
    "one of them, edited, not cut": (changed(BUDGET, 0.1), False),
    "a part of one": (BUDGET[1:3], True),
}


@pytest.mark.parametrize(("other", "is_cut"), RUN_TOGETHER.values(), ids=RUN_TOGETHER.keys())
def test_stories_run_together_contain_each(other, is_cut):
    """A text of several stories contains them, whether or not segmenting told them apart."""
    passages = [Passage(text=each, role=Role.BODY, story=0) for each in FERRY]
    passages += [Passage(text=each, role=Role.BODY, story=int(is_cut)) for each in BUDGET]
    pairing = compare(Text(passages), text(*other))
    assert pairing is not None
    assert pairing.relation is Relation.CONTAINS
    assert not pairing.is_reversed


def test_the_longer_comes_first_and_of_equals_the_later():
    """The direction depends on the texts and their dates, not on who is handed in first."""
    early, late = text(*FERRY, order=("2024-05-07",)), text(*FERRY, order=("2024-05-09",))
    short = text(*FERRY[1:3], order=("2024-06-01",))
    assert compare(early, late).is_reversed
    assert not compare(late, early).is_reversed
    assert compare(short, early).is_reversed


def test_shares_are_of_the_words_of_the_story():
    """Headlines count for nothing, and half a story of equal halves is half of it."""
    whole, part = text(*FERRY, headline="Fog"), text(*FERRY[:1], headline="All Safe")
    pairing = compare(whole, part)
    words, shared = (
        sum(len(comparison_words(each)) for each in FERRY),
        len(comparison_words(FERRY[0])),
    )
    assert pairing.shared_words == shared
    assert pairing.similarity == round(2 * shared / (words + shared), 3)


def test_edited_paragraphs_are_paired_and_copied_ones_are_not():
    """A near-copy of a paragraph is named; one with the same words is a copy already."""
    edited = FERRY[1].replace("at nine in fog", "at ten in a fog")
    one = read_text([(1, "body", FERRY[0]), (2, "body", FERRY[1]), (3, "body", FERRY[3])], ())
    two = read_text(
        [(7, "body", FERRY[0].upper()), (8, "body", edited), (9, "body", BUDGET[0])], ()
    )
    for a, b in ((one, two), (two, one)):
        _pairing, paragraphs = judge([(a, b)])[0]
        assert [{each.key, each.other_key} for each in paragraphs] == [{2, 8}]
    (found,) = judge([(one, two)])[0][1]
    assert found.key == 8
    assert found.shared_words == len(comparison_words(FERRY[1])) - 1


def test_a_rewrapped_story_is_identical():
    """Lines broken at a fixed width are layout, though each is then a paragraph."""
    wrapped = textwrap.wrap(" ".join(FERRY), 60)
    pairing = compare(text(*FERRY), text(*wrapped))
    assert pairing.relation is Relation.IDENTICAL


WORDS = st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), max_size=80)


@given(WORDS, WORDS, WORDS, st.lists(st.text("xyz", min_size=1), min_size=WINDOW + SHINGLE - 1))
def test_a_long_enough_passage_in_common_is_found(before, after, elsewhere, passage):
    """Two texts that share WINDOW + SHINGLE - 1 words share a fingerprint, whatever is around."""
    one = fingerprints([*before, *passage, *after])
    two = fingerprints([*elsewhere, *passage])
    assert set(one) & set(two)


@given(WORDS)
def test_fingerprints_are_few_sorted_and_fit_a_column(words):
    """They are distinct 64-bit integers in order, no more than the runs; none without a run."""
    found = fingerprints(words)
    assert list(found) == sorted(set(found))
    assert all(-(2**63) <= each < 2**63 for each in found)
    assert bool(found) == (len(words) >= SHINGLE)
    assert len(found) <= max(0, len(words) - SHINGLE + 1)


def test_fingerprints_are_those_of_yesterday():
    """Stored fingerprints stay comparable: not process, platform nor version may change them."""
    assert fingerprints(comparison_words("The ferry ran onto rocks off the island.")) == PINNED


PINNED = (2797594802621756198,)

SENTENCES = st.lists(st.sampled_from([*FERRY, *BUDGET, BACKGROUND, "Fog", ""]), max_size=8)


@given(SENTENCES, SENTENCES)
def test_comparison_does_not_depend_on_who_comes_first(some, others):
    """Swapped arguments give the same answer the other way round."""
    one, two = text(*some, order=("1",)), text(*others, order=("2",))
    there, back = judge([(one, two), (two, one)])
    assert there[1] == back[1]
    if there[0] is None:
        assert back[0] is None
    else:
        assert there[0][:3] == back[0][:3]
        assert there[0].is_reversed != back[0].is_reversed


@given(SENTENCES, SENTENCES)
def test_shares_stay_within_bounds(some, others):
    """No more words are shared than the shorter text has, and equal words are all shared."""
    one, two = text(*some), text(*others)
    pairing = compare(one, two)
    if pairing is not None:
        assert 0 < pairing.similarity <= 1
        assert 0 < pairing.shared_words <= min(one.word_count, two.word_count)
    if some == others and one.word_count >= 8:
        assert pairing.relation is Relation.IDENTICAL


def test_fingerprints_of_a_document_run_along_its_articles():
    """Each article has those of its own story, without headlines and furniture."""
    document = Document(
        name="a.txt",
        text="\n".join(("Ferry Aground", *FERRY)),
        media_type="text/plain",
        encoding="utf-8",
    )
    segments = segment(document)
    words = [comparison_words(each.text) for each in segments.paragraphs]
    found = hash_document(segments).fingerprints
    assert len(found) == len(segments.articles)
    body = [word for each in FERRY for word in comparison_words(each)]
    assert set(found[0]) <= set(fingerprints(body))
    assert hash_document(segments).word_counts == tuple(map(len, words))


LETTERS = st.text(st.characters() | st.sampled_from("aé ß\u0130_-.’\n\U0001d518"))


@given(st.lists(LETTERS, max_size=5))
def test_hashed_words_are_the_words_compared(texts):
    """Words are told apart as `comparison_words` does, and equal ones have equal hashes."""
    found = hash_words_of(texts)
    words = [comparison_words(each) for each in texts]
    flat = [word for each in words for word in each]
    assert found.starts.tolist() == [sum(map(len, words[:end])) for end in range(len(texts) + 1)]
    assert found.lengths.tolist() == list(map(len, flat))
    hashes = dict(zip(flat, found.hashes.tolist(), strict=True))
    assert [hashes[word] for word in flat] == found.hashes.tolist()
    assert len(set(hashes.values())) == len(hashes)


def test_paragraphs_of_the_same_words_have_the_same_hash():
    """Case, punctuation and white space aside; without words there is none."""
    lines = ("“It’s over,” she SAID.", "It's over, she said", "She said it's over", "* * *")
    segments = Segments(
        articles=(),
        paragraphs=tuple(
            Paragraph(position=1, role=Role.BODY, article=None, text=each, char_start=0, char_end=1)
            for each in lines
        ),
    )
    first, second, third, fourth = hash_document(segments).words_hashes
    assert first == second != third
    assert fourth is None


def test_pairs_compared_together_are_as_compared_alone():
    """What else is compared in the same pass changes nothing."""
    texts = [
        text(*story, order=(str(number),))
        for number, story in enumerate(
            (FERRY, changed(FERRY, 0.1), BUDGET, (*BUDGET, *FERRY), FERRY[2:4], (), ("Fog",))
        )
    ]
    some = [(one, two) for one in texts for two in texts if one is not two]
    assert judge(some) == [judge([pair])[0] for pair in some]
