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
    toll_before,
)
from archive.extraction.figures.phrases import (
    complement,
)
from archive.extraction.figures.references import actor_of, counted_entity_of, place_of
from archive.extraction.figures.tokens import Tokens
from archive.records import DateSpan, Figure, FigureKind, Mention, Modifier, Status
from archive.vocabulary.countries import demonyms
from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.measures import measures_counting
from archive.vocabulary.nouns import singular

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
        earlier = found[-1].trend if found and figure.trend is None else None
        if earlier and _is_restated(tokens, drafts[index - 1], draft):
            figure = replace(figure, trend=earlier)
        found.append(figure)
    return found


def _is_restated(tokens: Tokens, before: Draft, draft: Draft) -> bool:
    """Tell whether a figure gives the one before in another unit: `up 240 points, or 0.9%`."""
    gap = tokens.lows[before.after : draft.quantity.start]
    return gap in ([",", "or"], ["or"], ["("])


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
    told = event_before(tokens, quantity.start, floor)
    if draft.kind is not FigureKind.COUNT:
        return told
    if index and tokens.lows[drafts[index - 1].quantity.end : quantity.start] == ["of", "the"]:
        return None  # six of the seven were freed
    at = quantity.after if draft.inherited else draft.after
    if tokens.lows[at] == "in":
        at = complement(tokens, at, frozenset(["in"]))
    after = event_after(tokens, at)
    if after is not None and after.measure is not None:
        return after
    return (
        told
        or _shared_event(tokens, drafts, index, earlier)
        or event_within(tokens, at, _FAR_PREDICATE)
        or after
        or toll_before(tokens, quantity.start, floor)
    )


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
    return measure if measure in measures_counting(fitting) else None


def _measure_of_count(tokens: Tokens, draft: Draft, event: Event | None) -> str | None:
    own = measure_of_noun(tokens, draft.phrase, "noun") or _illness(tokens, draft)
    if own is not None:
        return own
    measure = event.measure if event else None
    measure = measure or measure_of_attribute(tokens, draft.phrase)
    measure = measure or measure_of_noun(tokens, draft.phrase, "bearer")
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


def _illness(tokens: Tokens, draft: Draft) -> str | None:
    """Cases are of a disease where the words beside them say so: `confirmed cases of cholera`."""
    if draft.unit != "case" or draft.phrase is None:
        return None
    beside = tokens.lows[draft.phrase.start : draft.phrase.end + 3]
    return None if figure_words("case_word").isdisjoint(beside) else "infected"


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
    return status_of(tokens, quantity.start, max(draft.after, quantity.end), floor)


def _period(sentence: _Sentence, draft: Draft, limits: tuple[int, int]) -> Period | None:
    quantity = draft.quantity
    if draft.kind in (FigureKind.DURATION, FigureKind.AGE) or quantity.hyphened:
        return None
    tokens = (sentence.tokens, quantity.start, quantity.end)
    return period_of(sentence.text, *tokens, limits, sentence.dates)
