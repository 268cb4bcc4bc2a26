"""What the clause around a figure adds: status, trend and period."""

from dataclasses import dataclass

from archive.extraction.figures.phrases import DETERMINERS, clause_start
from archive.extraction.figures.tokens import Tokens
from archive.records import DateSpan, Status
from archive.vocabulary.discourse import discourse_words
from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.modality import status_words, trend_words
from archive.vocabulary.verbs import AUXILIARIES, lemmas, plain_verbs

_KEPT_PREPOSITIONS = frozenset(["by", "since", "until", "before", "after", "between", "from"])


def status_of(tokens: Tokens, start: int, end: int, floor: int) -> Status:
    """Status of the figure at tokens `start` to `end`, from the words of its clause.

    Denials and claims outrank possibilities, and those outrank plans; a clause without such words
    tells its figure as fact.
    """
    alone = status_words("alone")
    lows = tokens.lows
    found = _statuses_before(tokens, start, end, floor)
    place = end
    while place < min(end + 12, len(tokens)):
        word, low = tokens.texts[place], lows[place]
        if word in ',.;:()“”"—–' or low in ("and", "but", "which", "who", "while"):
            break
        status = alone.get(low)
        if status is not None and not _is_noun(tokens, place):
            found.add(status)
        place += 1
    for status in (Status.DENIED, Status.ALLEGED, Status.HYPOTHETICAL, Status.PLANNED):
        if status in found:
            return status
    return Status.REPORTED


def _statuses_before(tokens: Tokens, start: int, end: int, floor: int) -> set[Status]:
    """What the words of the clause before the figure at tokens `start` to `end` make of it."""
    alone, leading = status_words("alone"), status_words("word")
    found: set[Status] = set()
    for place in range(clause_start(tokens, start, floor, through_that=True), start):
        low = tokens.lows[place]
        if _is_claim(tokens, place, start, end):
            found.add(Status.ALLEGED)
        if low == "would" and _is_equation(tokens, place, start):
            continue
        status = alone.get(low)
        if status is None and low in leading and _leads_to_infinitive(tokens, place, start):
            status = leading[low]
        if status is not None and not _is_noun(tokens, place):
            found.add(status)
    return found


def _is_noun(tokens: Tokens, place: int) -> bool:
    """Tell the month of May from the verb, and `its forecast` from what is forecast."""
    if tokens.texts[place] == "May" and place:
        return True
    return (
        bool(place)
        and tokens.lows[place - 1] in DETERMINERS
        and tokens.lows[place] in figure_words("status_noun")
    )


def _leads_to_infinitive(tokens: Tokens, place: int, start: int) -> bool:
    """Tell whether `to` and a verb, or a noun for an act, follow before the figure.

    `plans to deport 81`, `ordered the killing of 300`; not `due to a fire`.
    """
    lows = tokens.lows
    for at in range(place + 1, min(place + 5, start)):
        if lows[at] == "to":
            return not (lows[at + 1] in DETERMINERS or tokens.texts[at + 1][:1].isdecimal())
    at = place + 2 if lows[place + 1] in DETERMINERS else place + 1
    act = lows[at].endswith(("ing", "tion", "sion"))
    return act and at + 1 < start and lows[at + 1] == "of"


def _is_claim(tokens: Tokens, place: int, start: int, end: int) -> bool:
    """Tell whether a clause with the figure is claimed: `claimed 190 were dead`, `claims that`."""
    low, following = tokens.lows[place], tokens.lows[place + 1]
    if lemmas().get(low) != "claim" or _follows_determiner(tokens, place):
        return False
    if following in figure_words("claimed_thing"):
        return False
    if place + 1 < start:
        return following == "that" or following in figure_words("pronoun")
    return not AUXILIARIES.isdisjoint(tokens.lows[end : end + 2])


def _follows_determiner(tokens: Tokens, place: int) -> bool:
    return place > 0 and tokens.lows[place - 1] in DETERMINERS


def _is_equation(tokens: Tokens, place: int, start: int) -> bool:
    """Tell whether `would be` only equates what was told: `This would be nearly half of it`."""
    between = tokens.lows[place + 1 : start]
    return (
        place > 0
        and tokens.lows[place - 1] in ("this", "that")
        and between in (["be"], ["represent"], ["mean"], ["equal"], ["make"], ["amount", "to"])
    )


def trend_of(tokens: Tokens, start: int, end: int, floor: int) -> str | None:
    """`up` or `down` where the clause tells a change by the figure: `rose 5%`, `a 4.2% drop`."""
    sign = tokens.texts[start]
    if sign == "+" or (start > floor and tokens.texts[start - 1] == "+"):
        return "up"
    if sign in ("-", "−", "–"):
        return "down"
    return _trend_before(tokens, start, floor) or _trend_after(tokens, end)


def _trend_before(tokens: Tokens, start: int, floor: int) -> str | None:
    lows = tokens.lows
    verbs, adverbs, nouns = trend_words("verb"), trend_words("adverb"), trend_words("noun")
    for place in range(start - 1, max(floor, start - 3) - 1, -1):
        low = lows[place]
        if low in adverbs and lows[place + 1] != "to":
            return None if _is_phrasal(tokens, place, floor) else adverbs[low]
        trend = verbs.get(low) or nouns.get(low)
        if trend or not (low in ("by", "of", "from", "some", "another") or low.endswith("ly")):
            return trend
    return None


def _trend_after(tokens: Tokens, end: int) -> str | None:
    low = tokens.lows[end]
    return trend_words("noun").get(low) or trend_words("adverb").get(low)


def _is_phrasal(tokens: Tokens, place: int, floor: int) -> bool:
    """Tell whether `up` or `down` belongs to a verb that is no change: `gave up 500 yards`."""
    before = tokens.lows[place - 1] if place > floor else ""
    if before in AUXILIARIES or before in trend_words("verb") or before.endswith("ing"):
        return False
    return before in plain_verbs()


@dataclass(frozen=True, slots=True)
class Period:
    """The time expression that bounds a figure, with its first and last day where known."""

    text: str
    start: str | None
    end: str | None


def period_of(
    text: str, tokens: Tokens, start: int, end: int, limits: tuple[int, int], dates: list[DateSpan]
) -> Period | None:
    """The period told beside the figure at tokens `start` to `end`.

    The nearest date after it in its clause, else the one before it; `limits` are the first token
    after the figure before and the first token of the figure after. Without one, an adverb such
    as `daily`.
    """
    first = tokens.starts[limits[0]]
    last = (
        tokens.starts[min(limits[1], len(tokens))]
        if limits[1] < len(tokens)
        else tokens.ends[len(tokens) - 1]
    )
    place = tokens.ends[end - 1]
    after = [date for date in dates if place <= date.char_start < last]
    before = [date for date in dates if first <= date.char_end <= tokens.starts[start]]
    if after and not _parts(text[place : after[0].char_start]):
        return _period(text, after[0], after[1] if len(after) > 1 else None)
    for index in range(end, min(end + 10, limits[1], len(tokens))):
        if tokens.lows[index] in figure_words("period_adverb"):
            return Period(tokens.texts[index], None, None)
        if tokens.texts[index] in ".;,":
            break
    if before:
        other = before[-2] if len(before) > 1 else None
        if other is not None and text[other.char_end : before[-1].char_start].strip() in (
            "and",
            "to",
        ):
            return _period(text, other, before[-1])
        return _period(text, before[-1], None)
    return None


def _parts(between: str) -> bool:
    """Tell whether text between figure and date opens another clause."""
    words = between.split()
    return (
        ";" in between
        or len(words) > 16
        or any(word in discourse_words("connective") for word in words)
    )


def _period(text: str, date: DateSpan, other: DateSpan | None) -> Period:
    begin, finish = date.char_start, date.char_end
    ends = date.end_date
    if other is not None and text[date.char_end : other.char_start].strip() in (
        "and",
        "to",
        "until",
        "-",
        "–",
    ):
        finish, ends = other.char_end, other.end_date
    lead = text[max(0, begin - 12) : begin].rstrip()
    words = lead.split()
    article = words[-1].lower() if words and words[-1].lower() in ("the", "this") else ""
    preposition = (
        words[-2].lower() if article and len(words) > 1 else (words[-1].lower() if words else "")
    )
    starts = date.start_date
    if preposition in _KEPT_PREPOSITIONS and (
        preposition not in ("between", "from") or finish != date.char_end
    ):
        begin = text.lower().rindex(preposition, 0, begin)
        if finish == date.char_end:
            if preposition in ("by", "until", "before"):
                starts = None
            elif preposition in ("since", "after"):
                ends = None
    return Period(text[begin:finish], starts, ends)
