"""What a quantity counts, and whether it is a figure at all once that is known."""

from dataclasses import dataclass
from decimal import Decimal

from archive.extraction.figures.ages import is_age
from archive.extraction.figures.events import event_after, event_before
from archive.extraction.figures.magnitudes import index_before, take_magnitude
from archive.extraction.figures.numerals import HYPHENS
from archive.extraction.figures.phrases import (
    DETERMINERS,
    NounPhrase,
    closed_class,
    complement,
    counted_phrase,
    skip_of,
)
from archive.extraction.figures.quantity import Quantity
from archive.extraction.figures.tokens import Tokens
from archive.extraction.figures.units import per_after
from archive.records import FigureKind, Modifier
from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.measures import measure_words, measures_counting
from archive.vocabulary.modality import trend_words
from archive.vocabulary.nouns import is_person, is_plural, singular
from archive.vocabulary.verbs import AUXILIARIES, lemmas, past_forms, plain_verbs


@dataclass(slots=True)
class Draft:
    """A quantity with what it counts: the noun phrase, the unit's name and kind of the figure.

    `unit` is as in `Figure`; `after` the first token behind the noun phrase; `inherited` says that
    noun and unit are those of the figure before it (`90 cars, compared with 40`).
    """

    quantity: Quantity
    kind: FigureKind
    unit: str | None
    phrase: NounPhrase | None
    after: int
    per: str | None = None
    inherited: bool = False


def read_counted(tokens: Tokens, quantity: Quantity, previous: Draft | None) -> Draft | None:
    """Read what `quantity` counts; None where its words turn out to be no figure."""
    if quantity.age:
        return _aged(tokens, quantity)
    if quantity.unit is not None:
        return _measured(tokens, quantity)
    at = quantity.after
    joined = at + 1 if tokens.texts[at] in HYPHENS else at
    if tokens.lows[joined] == "magnitude" and not tokens.texts[joined + 1][:1].isdecimal():
        quantity.end = quantity.after = joined + 1
        return Draft(quantity, FigureKind.OTHER, "magnitude", None, joined + 1)
    if tokens.texts[at] in HYPHENS and tokens.glued(at) and _is_joined_word(tokens, at + 1):
        return _hyphened(tokens, quantity)
    return _unitless(tokens, quantity) or _count(tokens, quantity, previous)


def _unitless(tokens: Tokens, quantity: Quantity) -> Draft | None:
    """A score, multiple, magnitude, age or share; None where something is counted."""
    end = quantity.end
    if quantity.form in ("score", "multiple"):
        unit = "time" if quantity.form == "multiple" else None
        return Draft(quantity, FigureKind.OTHER, unit, None, end)
    if take_magnitude(tokens, quantity):
        return Draft(quantity, FigureKind.OTHER, "magnitude", None, end)
    if is_age(tokens, quantity):
        return Draft(quantity, FigureKind.AGE, "year", None, end)
    index = index_before(tokens, quantity)
    if index is not None and not tokens.texts[end][:1].isalpha():
        unit = singular(tokens.lows[index[1] - 1])
        return Draft(quantity, FigureKind.OTHER, unit, None, end)
    return _share(tokens, quantity) if quantity.form == "fraction" else None


def _is_joined_word(tokens: Tokens, at: int) -> bool:
    return tokens.glued(at) and tokens.texts[at][:1].isalpha()


def _aged(tokens: Tokens, quantity: Quantity) -> Draft:
    phrase = counted_phrase(tokens, quantity.after, one=True)
    return Draft(quantity, FigureKind.AGE, "year", phrase, phrase.end if phrase else quantity.after)


def _measured(tokens: Tokens, quantity: Quantity) -> Draft:
    """A quantity with a unit of measure: what follows it, after `of` or at once."""
    assert quantity.unit is not None  # noqa: S101 - the caller's case
    at = quantity.after
    kind = quantity.unit.kind
    if kind is FigureKind.DURATION and tokens.lows[quantity.start - 1] in ("aged", "age", "ages"):
        kind = FigureKind.AGE
    if kind is FigureKind.DURATION and tokens.lows[at] in ("of",) and tokens.lows[at + 1] == "age":
        quantity.end = quantity.after = at + 2
        return Draft(quantity, FigureKind.AGE, "year", None, at + 2)
    start = skip_of(tokens, at)
    compared = tokens.lows[start] in trend_words("adverb")  # 25% higher
    phrase = None if compared else counted_phrase(tokens, start, one=True)
    return Draft(
        quantity,
        kind,
        quantity.unit.name,
        phrase,
        phrase.end if phrase else at,
        per=quantity.per,
    )


def _hyphened(tokens: Tokens, quantity: Quantity) -> Draft | None:
    """`five-story building`: the noun after the hyphen is counted; None for `two-way`."""
    at = quantity.after + 1
    noun, low = tokens.texts[at], tokens.lows[at]
    if low in figure_words("no_unit") or not noun.isalpha() or len(noun) < 3:
        return None
    if (low.endswith("ed") and low in past_forms()) or quantity.form in ("multiple", "fraction"):
        return None
    if quantity.value == 1:
        return None
    quantity.end = at + 1
    quantity.hyphened = True
    unit: str | None = singular(low)
    if is_person(low) or low == "man":
        unit = "person"
    elif low == "strong":
        unit = None
    phrase = counted_phrase(tokens, at + 1, one=True)
    return Draft(quantity, FigureKind.COUNT, unit, phrase, phrase.end if phrase else at + 1)


def _share(tokens: Tokens, quantity: Quantity) -> Draft:
    """A fraction of something: `two-thirds of voters`."""
    start = skip_of(tokens, quantity.after)
    if start == quantity.after and tokens.lows[start] in DETERMINERS:
        start += 1
    phrase = counted_phrase(tokens, start, one=False) or counted_phrase(tokens, start, one=True)
    return Draft(quantity, FigureKind.PERCENTAGE, None, phrase, phrase.end if phrase else start)


def _count(tokens: Tokens, quantity: Quantity, previous: Draft | None) -> Draft | None:
    """A number of things or people: the plural noun after it, or its predicate."""
    at = quantity.after
    if quantity.per is not None:
        return Draft(quantity, FigureKind.RATE, None, None, at, per=quantity.per)
    start = _noun_start(tokens, quantity)
    one = quantity.value == 1 and quantity.form == "number" and tokens.lows[at] != "of"
    phrase = counted_phrase(tokens, start, one=one)
    if phrase is not None:
        unit = _unit_of(tokens, phrase, previous)
        per = per_after(tokens, phrase.end)
        return Draft(
            quantity, FigureKind.COUNT, unit, phrase, phrase.end, per=per[0] if per else None
        )
    single = _singular_noun(tokens, quantity)
    if single is not None:
        return single
    if _counts_people(tokens, quantity):
        return Draft(quantity, FigureKind.COUNT, "person", None, at)
    if previous is not None and previous.kind is FigureKind.COUNT and _is_elliptic(tokens, at):
        return Draft(quantity, FigureKind.COUNT, previous.unit, previous.phrase, at, inherited=True)
    return Draft(quantity, FigureKind.COUNT, None, None, at)


def _singular_noun(tokens: Tokens, quantity: Quantity) -> Draft | None:
    """`an 11 member pact`: a singular noun joined to digits without its hyphen."""
    at = quantity.after
    word, following = tokens.texts[at], tokens.texts[at + 1]
    if not quantity.digits or quantity.scaled or not word.isalpha() or not word.islower():
        return None
    if word in closed_class() or word in lemmas() or not following.isalpha():
        return None
    if following in closed_class() or following in plain_verbs():
        return None
    phrase = counted_phrase(tokens, at + 1, one=True)
    if phrase is None:
        return None
    return Draft(quantity, FigureKind.COUNT, singular(word), phrase, phrase.end)


def _noun_start(tokens: Tokens, quantity: Quantity) -> int:
    at = quantity.after
    if (
        tokens.lows[at] in ("more", "other", "additional", "further", "new")
        and tokens.lows[at + 1] == "than"
    ):
        return at
    if tokens.lows[at] in ("more", "additional", "further"):
        at += 1
    return skip_of(tokens, at)


def _unit_of(tokens: Tokens, phrase: NounPhrase, previous: Draft | None) -> str:
    word = tokens.texts[phrase.head]
    if word.lower() in ("others", "other"):
        return previous.unit if previous is not None and previous.unit else "person"
    deaths = singular(word.lower()) in figure_words("counts_people")
    if deaths or is_person(word) or _are_forces(tokens, phrase):
        return "person"
    return singular(word) if word[:1].isupper() and not is_plural(word) else singular(word.lower())


def _are_forces(tokens: Tokens, phrase: NounPhrase) -> bool:
    """Tell whether members of forces are counted: `150 security forces`."""
    attribute = tokens.lows[phrase.head - 1] if phrase.head > phrase.start else ""
    return tokens.lows[phrase.head] == "forces" and attribute in figure_words("of_forces")


def _counts_people(tokens: Tokens, quantity: Quantity) -> bool:
    """Tell whether people are counted without a noun: `12 dead`, `50 were killed`, `killing 16`."""
    at = quantity.after
    lows = tokens.lows
    if quantity.form == "vague" and lows[at] in lemmas() and lows[at] not in AUXILIARIES:
        return True  # `Thousands marched`
    if lows[at] == "who" or lows[at : at + 2] in (["of", "them"], ["of", "those"], ["of", "whom"]):
        return True
    if lows[at : at + 2] == ["of", "the"] and lows[at + 2] in measure_words("predicate"):
        return True
    told = event_after(tokens, at) or event_before(tokens, quantity.start, 0)
    return told is not None and told.measure in measures_counting("people")


def _is_elliptic(tokens: Tokens, at: int) -> bool:
    """Tell whether the number stands alone, so that the noun counted before is meant."""
    if tokens.lows[at] in ("more", "fewer", "less"):
        at += 1
    word, low = tokens.texts[at], tokens.lows[at]
    return not word[:1].isalpha() or low in closed_class()


def share_units(tokens: Tokens, drafts: list[Draft]) -> None:
    """Give a bare number the unit of its neighbour.

    Of the next one in `four- and six-cylinder` and `2 of the $5 million`; of the one before where
    a measure is compared (`from 61 kg to 58`).
    """
    for draft, earlier in zip(drafts[1:], drafts[:-1], strict=True):
        if earlier.kind is FigureKind.AGE and _joins_ages(tokens, earlier, draft):
            draft.kind, draft.unit, draft.phrase = earlier.kind, earlier.unit, None
        if _is_compared(tokens, earlier, draft):
            draft.kind, draft.unit = earlier.kind, earlier.unit
            draft.quantity.unit = earlier.quantity.unit
            draft.quantity.per = earlier.quantity.per
    for draft, following in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        phrase = draft.phrase
        if phrase and phrase.start <= following.quantity.number_at < phrase.end:
            draft.phrase, draft.after = None, draft.quantity.end
            if draft.kind is FigureKind.COUNT:  # six of its eight members: both count members
                draft.phrase, draft.unit = following.phrase, following.unit
        if not _is_bare(draft):
            continue
        at, start = draft.quantity.end, following.quantity.start
        gap = tokens.lows[at:start]
        suspended = gap[:1] in (["-"], ["‐"], ["‑"]) and tokens.glued(at) and len(gap) <= 4
        part = gap[:1] == ["of"] and len(gap) <= 3
        if not part and not (suspended and following.quantity.hyphened):
            continue
        draft.kind, draft.unit = following.kind, following.unit
        draft.quantity.unit = following.quantity.unit
        draft.quantity.hyphened = suspended
        draft.phrase = following.phrase


def _is_bare(draft: Draft) -> bool:
    return draft.unit is None and draft.phrase is None and draft.kind is FigureKind.COUNT


def _joins_ages(tokens: Tokens, earlier: Draft, draft: Draft) -> bool:
    """Tell whether a bare number goes on with ages: `aged 16 and 17`."""
    gap = tokens.lows[earlier.quantity.end : draft.quantity.start]
    return draft.kind is FigureKind.COUNT and draft.phrase is None and gap in (["and"], ["or"])


def _is_compared(tokens: Tokens, earlier: Draft, draft: Draft) -> bool:
    """Tell whether a bare number of like size follows a measure, with a word of comparison."""
    if not _is_bare(draft):
        return False
    quantity, model = draft.quantity, earlier.quantity
    if model.unit is None or model.unit.kind in (FigureKind.DURATION, FigureKind.PERCENTAGE):
        return False
    if not quantity.digits or quantity.form != "number" or model.value <= 0 or model.hyphened:
        return False
    if not Decimal("0.5") <= quantity.value / model.value <= 2:
        return False
    before = tokens.lows[quantity.start - 1] if quantity.start else ""
    return before in figure_words("of_comparison")


# ---------------------------------------------------------------- numbers that refer back


def refers_back(tokens: Tokens, drafts: list[Draft], index: int) -> bool:
    """Tell whether a number is no figure: `the two sides`, `one protester`, `one of the`."""
    draft = drafts[index]
    quantity = draft.quantity
    hedged = quantity.modifier is not Modifier.EXACT or quantity.start != quantity.number_at
    if hedged or draft.kind is not FigureKind.COUNT or quantity.hyphened:
        return False
    if quantity.digits or quantity.value > 12 or quantity.form != "number":
        return False
    if quantity.value == 1:
        return not _is_coordinated(tokens, drafts, index)
    before = tokens.lows[quantity.start - 1] if quantity.start else ""
    if quantity.value == 0 or before in figure_words("rank"):
        return draft.phrase is None
    definite = before in ("the", "both") and not _is_new(tokens, drafts, index)
    return definite or before in ("these", "those")


def _is_new(tokens: Tokens, drafts: list[Draft], index: int) -> bool:
    """Tell whether a definite number is new: `the two men killed`, `six of the seven`."""
    draft = drafts[index]
    if index:
        gap = tokens.lows[drafts[index - 1].quantity.end : draft.quantity.start]
        if gap == ["of", "the"]:
            return True
    if draft.phrase is None or tokens.lows[draft.after] not in measure_words("object"):
        return False
    return tokens.lows[draft.after + 1] in ("in", "by", "on", "at", "during", "from")


def _is_coordinated(tokens: Tokens, drafts: list[Draft], index: int) -> bool:
    """Tell whether `one` is counted along with another number: `two guards and one fighter`."""
    draft = drafts[index]
    if draft.phrase is None:
        told = event_before(tokens, draft.quantity.start, 0)
        if told is not None and told.measure in measures_counting("people"):
            return True  # killed one and injured eight
        located = draft.inherited and tokens.lows[draft.quantity.after] in _IN
        if not located and tokens.lows[draft.after] not in measure_words("object"):
            return False
    if index and drafts[index - 1].kind is FigureKind.COUNT:
        at = complement(tokens, drafts[index - 1].after, _IN)
        if _joins(tokens.lows[at : draft.quantity.start]):
            return True
    if index + 1 < len(drafts) and drafts[index + 1].kind is FigureKind.COUNT:
        at = complement(tokens, draft.after, _IN)
        return _joins(tokens.lows[at : drafts[index + 1].quantity.start])
    return False


_IN = frozenset(["in", "at"])


def _joins(gap: list[str]) -> bool:
    return 0 < len(gap) <= 3 and figure_words("joining").issuperset(gap)
