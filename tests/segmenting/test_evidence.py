"""Words, names and the signals made of them."""

import pytest

from archive.segmenting.evidence import (
    Setting,
    Story,
    heading_signals,
    lead_signals,
    mid_story_signals,
    opening_signals,
)
from archive.segmenting.wording import first_sentence, likeness, wording_of
from archive.vocabulary.story_model import probability, weights

LEAD = wording_of(
    "Governor Omar Noor has closed the road between Herat and the border, officials said on Sunday."
)
LATER = wording_of("Noor said that the road would open again within days.")
OTHER = wording_of(
    "Teachers in the port of Odense walked out on Monday after talks on pay failed, a union said."
)
SETTING = Setting(gap_ratio=1.0, usual_cohesion=0.2)


def story_of(*passages):
    story = Story()
    for passage in passages:
        story.add(passage)
    return story


def test_names_are_told_by_their_capitals():
    """Full names by their last two words, single ones by themselves, openers left out."""
    wording = wording_of(
        "In Herat, Governor Omar Noor met Ann Lee of Reuters. Others met Noor’s aide."
    )
    assert wording.full == {("Omar", "Noor"), ("of", "Reuters")}
    assert wording.single == {"Herat", "Noor"}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Snow fell. Roads closed.", "Snow fell."),
        ("Dr. Lee came. He left.", "Dr. Lee came."),
        ("The U.S. Army came. It left.", "The U.S. Army came."),
        ("“Snow fell.” Roads closed.", "“Snow fell.”"),
        ("Snow fell", "Snow fell"),
    ],
)
def test_first_sentence_ends_at_a_stop_that_is_no_abbreviation(text, first):
    """Titles and initials do not end a sentence."""
    assert first_sentence(text) == first


def test_likeness_weighs_rare_words_more():
    """To share a rare word says more than to share a frequent one."""
    passage = wording_of("plough government")
    rare, frequent = wording_of("plough avalanche"), wording_of("government avalanche")
    assert likeness(passage, rare) > likeness(passage, frequent) > 0
    assert likeness(passage, wording_of("the of")) == 0.0
    assert likeness(passage, passage) == pytest.approx(1.0)


def test_short_name_continues_and_change_of_subject_opens():
    """The surname alone points back to the story; new actors and words do not."""
    story = story_of(LEAD)
    goes_on = opening_signals(story, [LATER], SETTING)
    opens = opening_signals(story_of(LEAD, LATER, LATER), [OTHER], SETTING)
    assert (goes_on["short_name_known"], opens["short_name_known"]) == (1.0, 0.0)
    assert goes_on["words_known"] > opens["words_known"]
    assert probability("opening", opens) > 0.5 > probability("opening", goes_on)


def test_full_name_after_its_short_form_is_given_anew():
    """A lead names its actor in full again, even one who was on stage before."""
    signals = opening_signals(story_of(LEAD, LATER), [LEAD], SETTING)
    assert (signals["full_name_anew"], signals["full_name_kept"]) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("He said that the road was open.", "opens_with_pronoun"),
        ("However, the road was open.", "opens_with_connective"),
        ("After the talks, the road was open.", "opens_with_setting"),
        ("The attack was the third.", "opens_with_definite"),
        ("Afghan drivers were told to wait.", "opens_with_people"),
        ("At least six drivers were hurt.", "opens_with_number"),
        ("Ann Lee, who heads the union, said that it would wait.", "introduces_speaker"),
        ("The road has been shut, the governor’s office said.", "attribution_tail"),
        ("Drivers have left the town.", "perfect_early"),
        ("Drivers have left the town since May.", "perfect_hedged"),
        ("A bridge and two mills fell.", "opens_with_article"),
        ("The World Food Programme (WFP) has cut its rations.", "gives_short_form"),
    ],
)
def test_signal_of_a_passage_by_itself(text, signal):
    """Each signal of a lead, or against one, is seen in its plainest form."""
    assert lead_signals(wording_of(text))[signal] == 1.0


@pytest.mark.parametrize(
    ("model", "signals"),
    [
        ("opening", opening_signals(story_of(LEAD), [LATER, OTHER], SETTING)),
        ("heading", heading_signals(story_of(LEAD), wording_of("Snow"), [LATER], SETTING)),
        ("mid_story", mid_story_signals([LATER, OTHER])),
    ],
)
def test_every_signal_has_a_weight_and_every_weight_a_signal(model, signals):
    """The shipped weights were fitted for the signals that the code gives."""
    assert weights(model).keys() == signals.keys()
