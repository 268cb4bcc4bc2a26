"""From drafts to figures: event, counted phrase, status, trend, period, actor and place."""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from archive.extraction.figures.context import Period, period_of, status_of, trend_of
from archive.extraction.figures.counted import what_is_counted
from archive.extraction.figures.counting import Draft
from archive.extraction.figures.events import (
    Event,
    event_after,
    event_before,
    event_within,
    measure_of_attribute,
    measure_of_noun,
    tally_before,
    toll_before,
)
from archive.extraction.figures.phrases import clause_start, complement
from archive.extraction.figures.references import actor_of, counted_entity_of, place_of
from archive.extraction.figures.tokens import Tokens
from archive.records import DateSpan, Figure, FigureKind, Mention, Modifier, Status
from archive.vocabulary.countries import demonyms
from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.measures import measure_words, measures_counting
from archive.vocabulary.nouns import is_person, singular

_KELVIN = {"degree Celsius": (Decimal(1), Decimal("273.15")), "kelvin": (Decimal(1), Decimal(0))}
# How many tokens after what is counted its predicate may begin: `people in Kabul were killed`.
_FAR_PREDICATE = 12
_LONGEST_LIST = 12
_LIST_PLACES = frozenset(["in", "from", "at"])
# Measures of people that are told of animals too.
_OF_ANIMALS = frozenset(["killed", "infected", "missing"])


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of `text`: its tokens, offsets, dates, and names with their index."""

    text: str
    tokens: Tokens
    span: tuple[int, int]
    dates: list[DateSpan]
    names: list[tuple[int, Mention]]


def assemble(
    text: str,
    tokens: Tokens,
    drafts: list[Draft],
    span: tuple[int, int],
    dates: list[tuple[int, DateSpan]],
    names: list[tuple[int, Mention]],
) -> list[Figure]:
    """Make the figures of the sentence at `span` from its drafts, in their order.

    `dates` and `names` are those of the sentence, each with its index in the paragraph.
    """
    sentence = _Sentence(text, tokens, span, [date for _, date in dates], names)
    found: list[Figure] = []
    event: Event | None = None
    for index, draft in enumerate(drafts):
        floor = drafts[index - 1].quantity.end if index else 0
        ceiling = drafts[index + 1].quantity.start if index + 1 < len(drafts) else len(tokens)
        event = _event(tokens, drafts, index, floor, event)
        figure = _figure(sentence, draft, event, (floor, ceiling))
        if found and _is_converted(tokens, drafts[index - 1], draft):
            figure = _converted(figure, found[-1])
        earlier = found[-1].trend if found and figure.trend is None else None
        if earlier and _is_restated(tokens, drafts[index - 1], draft):
            figure = replace(figure, trend=earlier)
        found.append(figure)
    return found


def _is_restated(tokens: Tokens, before: Draft, draft: Draft) -> bool:
    """Tell whether a figure gives the one before in another unit: `up 240 points, or 0.9%`."""
    gap = tokens.lows[before.after : draft.quantity.start]
    return gap in ([",", "or"], ["or"], ["("])


def _is_converted(tokens: Tokens, before: Draft, draft: Draft) -> bool:
    """Tell whether a figure gives the one before in another unit: `785 miles (1260 km)`."""
    if before.kind is not draft.kind or None in (before.quantity.unit, draft.quantity.unit):
        return False
    if before.quantity.unit is draft.quantity.unit:
        return False
    gap = tokens.lows[before.quantity.end : draft.quantity.start]
    return gap in (["("], ["or"], [",", "or"], ["["], ["/"])


def _converted(figure: Figure, original: Figure) -> Figure:
    """The figure with what the one that it converts says of the same thing."""
    return replace(
        figure,
        counted=original.counted,
        measure=original.measure,
        status=original.status,
        trend=original.trend,
        period=original.period,
        period_start=original.period_start,
        period_end=original.period_end,
        counted_entity=original.counted_entity,
        actor=original.actor,
        place=original.place,
    )


def _figure(
    sentence: _Sentence, draft: Draft, event: Event | None, limits: tuple[int, int]
) -> Figure:
    """The figure of one draft; `limits` are the tokens between the figures beside it."""
    text, tokens, quantity = sentence.text, sentence.tokens, draft.quantity
    start, end = tokens.starts[quantity.start], tokens.ends[quantity.end - 1]
    period = _period(sentence, draft, limits)
    si_low, si_high = _si(draft)
    counted, unit = what_is_counted(text, tokens, draft, event)
    single = quantity.modifier not in (Modifier.VAGUE, Modifier.BETWEEN)
    return Figure(
        char_start=start,
        char_end=end,
        text=text[start:end],
        kind=draft.kind,
        low=None if quantity.low is None else float(quantity.low),
        high=None if quantity.high is None else float(quantity.high),
        value=float(quantity.value) if single and quantity.form != "range" else None,
        modifier=quantity.modifier,
        sentence_start=sentence.span[0],
        sentence_end=sentence.span[1],
        rule=f"figure:{quantity.form}",
        unit=unit,
        unit_name=quantity.unit.name if quantity.unit else None,
        per=draft.per,
        counted=counted,
        measure=_measure(tokens, draft, event),
        status=_status(tokens, draft, limits[0]),
        trend=trend_of(tokens, quantity.start, quantity.end, limits[0]),
        period=period.text if period else None,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        counted_entity=counted_entity_of(tokens, draft, sentence.names),
        actor=actor_of(tokens, event, limits[0], sentence.names),
        place=place_of(tokens, draft, sentence.names),
        si_low=si_low,
        si_high=si_high,
    )


def _si(draft: Draft) -> tuple[float | None, float | None]:
    """Bounds in the SI unit; None for money, ratios without factor, and open ends."""
    unit = draft.quantity.unit
    if unit is None:
        return None, None
    scale, shift = Decimal(0), Decimal(0)
    if unit.si_factor is not None:
        scale = Decimal(repr(unit.si_factor))
    elif unit.name in _KELVIN:
        scale, shift = _KELVIN[unit.name]
    elif unit.name == "degree Fahrenheit":
        scale, shift = Decimal(5) / 9, Decimal("459.67") * 5 / 9
    else:
        return None, None
    low, high = draft.quantity.low, draft.quantity.high
    return (
        None if low is None else float(low * scale + shift),
        None if high is None else float(high * scale + shift),
    )


# -------------------------------------------------------------------------------- events


def _event(
    tokens: Tokens, drafts: list[Draft], index: int, floor: int, earlier: Event | None
) -> Event | None:
    """The event of one figure: of a count from its predicate, verb or noun, else from its verb."""
    draft = drafts[index]
    quantity = draft.quantity
    if draft.kind in (FigureKind.DURATION, FigureKind.AGE) or quantity.hyphened:
        return None
    gap = tokens.lows[drafts[index - 1].quantity.end : quantity.start] if index else []
    told = event_before(tokens, quantity.start, floor)
    if draft.kind is not FigureKind.COUNT or gap == ["of", "the"]:  # six of the seven were freed
        return told if draft.kind is not FigureKind.COUNT else None
    if index and earlier is not None and earlier.noun and _is_next_value(tokens, drafts, index):
        return earlier
    at = quantity.after if draft.inherited else draft.after
    if tokens.texts[at] in ('"', "”", "’") and draft.phrase is not None:
        at += 1
    if tokens.lows[at] == "in":
        at = complement(tokens, at, frozenset(["in"]))
    if _is_place(tokens, draft):
        return told
    after = event_after(tokens, at)
    if after is not None and after.measure is not None:
        return after
    return (
        _those_of(tokens, draft, at)
        or told
        or _shared_event(tokens, drafts, index, earlier)
        or event_within(tokens, at, _FAR_PREDICATE)
        or after
        or toll_before(tokens, quantity.start, floor)
    )


def _those_of(tokens: Tokens, draft: Draft, at: int) -> Event | None:
    """`Four of the dead`: what is told of all is told of them."""
    if draft.phrase is not None or tokens.lows[at : at + 2] != ["of", "the"]:
        return None
    word = tokens.lows[at + 2]
    measure = measure_words("predicate").get(word)
    return Event(measure, word, at + 2, passive=True) if measure else None


def _is_place(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether things counted are where something happens: `in 36 states people died`."""
    before = tokens.lows[draft.quantity.start - 1] if draft.quantity.start else ""
    return draft.unit not in figure_words("of_people") and before in ("in", "across", "throughout")


def _is_next_value(tokens: Tokens, drafts: list[Draft], index: int) -> bool:
    """Tell whether a figure is what the one before rose or fell to: `from 5 people to six`."""
    gap = tokens.lows[drafts[index - 1].after : drafts[index].quantity.start]
    return gap == ["to"] and (drafts[index].phrase is None or drafts[index].inherited)


def _shared_event(
    tokens: Tokens, drafts: list[Draft], index: int, earlier: Event | None
) -> Event | None:
    """The event of a figure joined by `and` to this one: `deaths of two guards and one fighter`."""
    draft = drafts[index]
    if index and earlier is not None and _is_joined(tokens, drafts[index - 1], draft):
        return earlier
    for before, following in pairwise(drafts[index : index + _LONGEST_LIST]):
        if following.phrase is None or not _is_joined(tokens, before, following):
            return None  # 31 bodies and 77 wounded
        shared = event_after(tokens, following.after)
        if shared is not None and shared.measure is not None:
            return shared
    return None


def _is_joined(tokens: Tokens, before: Draft, draft: Draft) -> bool:
    """Tell whether a figure goes on with a list, each item with its place: `2 in Rome, 3 ...`."""
    if draft.kind is not before.kind:
        return False
    at = complement(tokens, before.after, _LIST_PLACES)
    gap = tokens.lows[at : draft.quantity.start]
    return len(gap) <= 3 and figure_words("list_joint").issuperset(gap)


def _measure(tokens: Tokens, draft: Draft, event: Event | None) -> str | None:
    """The measure, where it fits what is counted: no money is killed, no people are owed."""
    if draft.kind is FigureKind.OTHER:
        return None
    if draft.kind is FigureKind.COUNT:
        return _measure_of_count(tokens, draft, event)
    measure = event.measure if event else None
    fitting = "money" if draft.kind is FigureKind.MONEY else "things"
    if draft.kind is FigureKind.PERCENTAGE:
        own = measure_of_noun(tokens, draft.phrase, "noun")
        if own in measures_counting("people"):
            return own
        if draft.phrase is not None and is_person(tokens.texts[draft.phrase.head]):
            fitting = "people"
    return measure if measure in measures_counting(fitting) else None


def _measure_of_count(tokens: Tokens, draft: Draft, event: Event | None) -> str | None:
    own = measure_of_noun(tokens, draft.phrase, "noun") or _illness(tokens, draft)
    if own is None and event is None:
        own = _measure_of_tally(tokens, draft)
    if own is not None:
        return own
    measure = event.measure if event else None
    measure = measure or measure_of_attribute(tokens, draft.phrase)
    measure = measure or measure_of_noun(tokens, draft.phrase, "bearer")
    return _fitting(tokens, draft, event, measure)


def _fitting(tokens: Tokens, draft: Draft, event: Event | None, measure: str | None) -> str | None:
    """The measure, as it is called of what is counted; None where it does not hold of that."""
    if measure in ("cost", "owed"):
        return None  # of money alone
    if measure == "hosted" and event and event.passive and not _are_guests(tokens, draft):
        return None
    if measure == "seized" and draft.unit == "person":
        return "detained"  # people who are captured
    if draft.unit in figure_words("of_people"):
        return measure if measure in measures_counting("people") else None
    if measure in measures_counting("people") and draft.unit is not None:
        return measure if measure in _OF_ANIMALS or measure == "affected" else None
    return measure


def _measure_of_tally(tokens: Tokens, draft: Draft) -> str | None:
    """The measure of `number of deaths` whose value the figure is."""
    if draft.phrase is not None or draft.quantity.hyphened:
        return None
    start = draft.quantity.start
    tally = tally_before(tokens, start, clause_start(tokens, start))
    if tally is None or tally.measure is not None:
        return tally.measure if tally else None
    return _infected(tokens) if singular(tokens.lows[tally.noun]) == "case" else None


def _illness(tokens: Tokens, draft: Draft) -> str | None:
    """Cases are of a disease where the sentence says so: `confirmed cases of cholera`."""
    if draft.unit != "case" or draft.phrase is None:
        return None
    return _infected(tokens)


def _infected(tokens: Tokens) -> str | None:
    return None if figure_words("case_word").isdisjoint(tokens.lows) else "infected"


def _are_guests(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether those who live somewhere are refugees or foreigners there."""
    if draft.phrase is None:
        return False
    words = range(draft.phrase.start, draft.phrase.end)
    return any(
        singular(tokens.lows[at]) in figure_words("guest") or tokens.texts[at] in demonyms()
        for at in words
    )


# ------------------------------------------------------------------------ status, period


def _status(tokens: Tokens, draft: Draft, floor: int) -> Status:
    """Status of the clause; a lasting property of a thing (`12-day`) is told as fact."""
    quantity = draft.quantity
    before = tokens.lows[quantity.start - 1] if quantity.start else ""
    if quantity.hyphened and before not in ("a", "an"):
        return Status.REPORTED
    if draft.kind is FigureKind.DURATION and before in ("past", "last"):
        return Status.REPORTED
    if before.endswith(("'s", "’s")) and _is_population(tokens, draft):
        return Status.REPORTED  # `the nation's 5 million people` are there already
    return status_of(tokens, quantity.start, max(draft.after, quantity.end), floor)


def _is_population(tokens: Tokens, draft: Draft) -> bool:
    return draft.phrase is not None and tokens.lows[draft.phrase.head] in figure_words("population")


def _period(sentence: _Sentence, draft: Draft, limits: tuple[int, int]) -> Period | None:
    quantity = draft.quantity
    if draft.kind in (FigureKind.DURATION, FigureKind.AGE) or quantity.hyphened:
        return None
    tokens = (sentence.tokens, quantity.start, quantity.end)
    return period_of(sentence.text, *tokens, limits, sentence.dates)
