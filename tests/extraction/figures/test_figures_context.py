"""What is counted, what happened to it, whether it is a fact, when, where and by whom."""

import pytest

from archive.extraction.figures import find_figures
from archive.records import DateSpan, EntityType, Mention


def mention(text, name, kind):
    """A mention of `name` where it stands in `text`."""
    start = text.index(name)
    return Mention(char_start=start, char_end=start + len(name), text=name, type=kind, rule="test")


def span(text, written, first=None, last=None):
    """A date where it stands in `text`."""
    start = text.index(written)
    return DateSpan(
        char_start=start,
        char_end=start + len(written),
        text=written,
        start_date=first,
        end_date=last,
    )


@pytest.mark.parametrize(
    ("text", "counted", "unit", "measure"),
    [
        ("They deported 900 Afghan nationals.", "Afghan nationals deported", "person", "deported"),
        ("At least 70 Syrians were killed.", "Syrians killed", "person", "killed"),
        ("It caused the deaths of two guards.", "deaths of guards", "person", "killed"),
        ("Over 200 others were wounded.", "others wounded", "person", "injured"),
        ("Thousands fled.", "fled", "person", "displaced"),
        ("Clashes left 15 dead.", "dead", "person", "killed"),
        ("The fire destroyed 30 homes.", "homes destroyed", "home", "destroyed"),
        ("Rebels seized four villages.", "villages seized", "village", "seized"),
        ("There were 14 arrests.", "arrests", "arrest", "detained"),
        ("It hosts 3 million refugees.", "refugees hosted", "person", "hosted"),
        ("The council has 41 seats.", "seats", "seat", None),
        ("There were two separate attacks.", "separate attacks", "attack", None),
        ("The death toll rose to 40.", "death toll", "person", "killed"),
        ("The number of cases rose to 58.", "number of cases", "case", None),
        ("Lebanon has taken in 90 Syrians.", "Syrians taken in", "person", "hosted"),
        ("Exports fell 5%.", "Exports", "percent", None),
        ("A 12-day conflict with Peru ended.", "conflict with Peru", "day", None),
    ],
)
def test_what_is_counted_and_what_happened_to_it(text, counted, unit, measure):
    """The head noun with the participle that makes it mean something, and the measure."""
    (figure,) = find_figures(text)
    assert (figure.counted, figure.unit, figure.measure) == (counted, unit, measure)


def test_figures_joined_by_and_share_their_event():
    """`deaths of two guards and one fighter` tells two deaths' counts."""
    figures = find_figures("A clash led to the deaths of two guards and one fighter.")
    assert [figure.measure for figure in figures] == ["killed", "killed"]
    assert figures[1].counted == "deaths of fighter"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("They deported 81 people.", "reported"),
        ("They plan to deport 81 people.", "planned"),
        ("The wall would stretch 330 kilometres.", "planned"),
        ("Up to 200 jobs could be lost.", "hypothetical"),
        ("If it fails, 400 people lose their homes.", "reported"),
        ("He allegedly stole $90,000.", "alleged"),
        ("He denied that 70 civilians were killed.", "denied"),
        ("They need 40 witnesses to the alleged crime.", "reported"),
        ("On Monday in May, 80 people left.", "reported"),
        ("Iran has a 1,000-kilometre border, which it plans to seal.", "reported"),
    ],
)
def test_a_plan_is_not_a_fact(text, status):
    """Plans, possibilities, claims and denials are told from facts."""
    assert find_figures(text)[0].status == status


@pytest.mark.parametrize(
    ("text", "trend"),
    [
        ("Shares rose 5%.", "up"),
        ("Shares were down 5%.", "down"),
        ("It was a 5% drop.", "down"),
        ("Profit was $5, up from $4.", None),
        ("Turnout was 5%.", None),
        ("Oil +3%.", "up"),
    ],
)
def test_trend(text, trend):
    """The direction of a change told by verb, adverb, noun or sign."""
    assert find_figures(text)[0].trend == trend


def test_period_comes_from_the_dates_beside_the_figure():
    """A range of dates is one period; `by` is open at its beginning."""
    text = "Pakistan deported 286,631 people between 1 April and 15 July."
    dates = [
        span(text, "1 April", "2025-04-01", "2025-04-01"),
        span(text, "15 July", "2025-07-15", "2025-07-15"),
    ]
    (figure,) = find_figures(text, dates=dates)
    assert figure.period == "between 1 April and 15 July"
    assert (figure.period_start, figure.period_end) == ("2025-04-01", "2025-07-15")
    text = "They will seal 330 kilometres by the end of 2024."
    (figure,) = find_figures(text, dates=[span(text, "end of 2024", "2024-12-31", "2024-12-31")])
    assert figure.period == "by the end of 2024"
    assert (figure.period_start, figure.period_end) == (None, "2024-12-31")


def test_numbers_inside_dates_and_names_are_no_figures():
    """What the finders of dates and names have found is theirs."""
    text = "Forum 2025 opens with 40 guests."
    names = [mention(text, "Forum 2025", EntityType.EVENT)]
    assert [figure.text for figure in find_figures(text, mentions=names)] == ["40"]


def test_names_give_what_is_counted_who_did_it_and_where():
    """References point to the mentions of the paragraph."""
    text = "Iran deported 900 Afghan nationals in Herat."
    names = [
        mention(text, "Iran", EntityType.GPE),
        mention(text, "Afghan", EntityType.NORP),
        mention(text, "Herat", EntityType.GPE),
    ]
    (figure,) = find_figures(text, mentions=names)
    assert figure.actor.mention == (0, 0)
    assert figure.counted_entity.mention == (0, 1)
    assert figure.place.mention == (0, 2)


def test_a_shared_currency_is_that_of_the_country_named():
    """`rupees` are Pakistani where the paragraph names Pakistan alone."""
    assert find_figures("They paid 300 rupees.")[0].unit == "INR"
    assert find_figures("Pakistan raised wages. They paid 300 rupees.")[0].unit == "PKR"
    assert find_figures("India and Pakistan agreed. They paid 300 rupees.")[0].unit == "INR"


def test_a_name_within_a_phrase_is_no_actor():
    """The bombs killed, not the town in which they went off."""
    text = "The bombs in Kerman killed 84 people."
    (figure,) = find_figures(text, mentions=[mention(text, "Kerman", EntityType.GPE)])
    assert figure.actor is None
    assert figure.place.mention == (0, 0)


def test_sentence_bounds_hold_the_figure():
    """Each figure knows the sentence that states it."""
    text = "They left. Police detained 40 people. It rained."
    (figure,) = find_figures(text)
    assert text[figure.sentence_start : figure.sentence_end] == "Police detained 40 people."
