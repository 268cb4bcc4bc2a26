"""From a number to a quantity: sign, scale, unit, range and hedge, left to right."""

from decimal import Decimal
from functools import cache

from archive.extraction.figures.exclusions import excluded_until, is_score
from archive.extraction.figures.hedges import hedge
from archive.extraction.figures.numerals import DASHES, HYPHENS, Number, read_number, words
from archive.extraction.figures.quantity import Quantity
from archive.extraction.figures.races import race_time
from archive.extraction.figures.tokens import Tokens
from archive.extraction.figures.units import per_after, sign_before, unit_after
from archive.records import FigureKind, Modifier
from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.modality import trend_words
from archive.vocabulary.nouns import is_plural
from archive.vocabulary.units import Unit, units


def scan(tokens: Tokens, blocked: frozenset[int]) -> list[Quantity]:
    """Every quantity of a sentence, in order, without overlaps.

    `blocked` are the tokens of dates and names, which are no figures.
    """
    found: list[Quantity] = []
    floor = at = 0
    for index in candidates(tokens):
        if index < at or index in blocked:
            continue
        race = race_time(tokens, index) if tokens.texts[index + 1] == ":" else None
        read = race or _simple(tokens, index, floor)
        if isinstance(read, int):
            at = max(at, read)
            continue
        _share(tokens, read)
        scores = _score(tokens, read)
        parts = scores or [_ranged(tokens, _compound(tokens, read), floor, blocked)]
        for part in parts:
            if part is not parts[-1] or not scores:
                hedge(tokens, part, floor)
                if part.unit is None and part.form != "score":
                    _take_unit(tokens, part)  # 100-plus kilometres
        found += parts
        floor = at = parts[-1].end
    return found


def candidates(tokens: Tokens) -> list[int]:
    """Tokens that a number can begin with."""
    starters = _starters()
    return [
        index for index, low in enumerate(tokens.lows) if low in starters or low[:1].isdecimal()
    ]


@cache
def _starters() -> frozenset[str]:
    table = words()
    return frozenset(
        ["half", "a", "an", "."]
        + [word for part in (table.basic, table.vague, table.several, table.years) for word in part]
        + [word for part in (table.multiple, table.glyph) for word in part]
    )


# --------------------------------------------------------------------- one end of a range


def _simple(tokens: Tokens, index: int, floor: int) -> Quantity | int:
    """Read sign, number, scale and unit at `index`, or say where to go on without a figure."""
    number = read_number(tokens, index)
    if number is None:
        return excluded_until(tokens, index, None, signed=False)
    start, sign, negative = _before(tokens, index, floor)
    skip = excluded_until(tokens, index, number, signed=sign is not None)
    if skip:
        return skip
    if number.digits:
        _suffix(tokens, number, signed=sign is not None)
    value = -number.value if negative else number.value
    quantity = Quantity(
        start=start,
        number_at=index,
        end=number.end,
        after=number.end,
        value=value,
        low=value,
        high=None if number.form in ("vague", "years") else value,
        modifier=Modifier.VAGUE if number.form in ("vague", "years") else Modifier.EXACT,
        unit=sign,
        form=number.form,
        factor=number.factor,
        digits=number.digits,
        scaled=number.scaled,
        sign=sign is not None,
    )
    if number.form == "years":
        quantity.unit = _year()
    elif sign is None:
        _take_unit(tokens, quantity)
    _take_per(tokens, quantity)
    return quantity


@cache
def _year() -> Unit:
    return units()["year"]


def _before(tokens: Tokens, index: int, floor: int) -> tuple[int, Unit | None, bool]:
    """First token, currency and sign of the number at `index`: `-$5`, `minus 40`, `$-50`."""
    start, negative = index, False
    if (
        start - 2 >= floor
        and tokens.texts[start - 1] in HYPHENS
        and tokens.lows[start - 2] == "minus"
    ):
        return start - 2, None, True
    if _is_minus(tokens, start - 1, floor):
        start, negative = start - 1, True
    found = sign_before(tokens, start, floor)
    sign = None
    if found is not None:
        sign, start = found
        if not negative and _is_minus(tokens, start - 1, floor):
            start, negative = start - 1, True
    return start, sign, negative


def _is_minus(tokens: Tokens, index: int, floor: int) -> bool:
    """Tell whether the token makes the number after it negative, and is no hyphen or dash."""
    if index < floor or index < 0:
        return False
    if tokens.lows[index] == "minus":
        return True
    if tokens.texts[index] in ("-", "−", "–"):
        if not tokens.glued(index + 1):
            return False
        previous = tokens.texts[index - 1] if index else "("
        return not tokens.glued(index) or previous in "($€£"
    return False


def _suffix(tokens: Tokens, number: Number, *, signed: bool) -> None:
    """Multiply by a suffix: `$1.2bn`, `£3m`, `35m people`, `12.3m tonnes`, `4.2b`."""
    at = number.end
    written = tokens.texts[at]
    factor = words().suffix.get(written.lower())
    if written == "K" and not signed:
        return  # a resolution, or kelvin
    if factor is None or number.scaled:
        return
    glued = tokens.glued(at)
    if tokens.glued(at + 1) and tokens.texts[at + 1][:1].isalnum():
        return
    low = written.lower()
    if not signed:
        if low in ("mm", "tr", "mil", "mio", "cr") or (len(low) == 1 and not glued):
            return
        if written == "m" and not _counts_millions(tokens, at + 1):
            return
    elif not glued and low in ("k", "b", "mm", "tr"):
        return
    number.value *= factor
    number.factor *= factor
    number.scaled = True
    number.end = at + 1


def _counts_millions(tokens: Tokens, at: int) -> bool:
    """Tell whether `m` before token `at` is a million rather than a metre."""
    low = tokens.lows[at]
    if low in ("of", "people", "more") or unit_after(tokens, at, large=True):
        return low not in ("in", "at")
    step = 1 if is_plural(tokens.texts[at + 1]) else 0
    return low.isalpha() and is_plural(tokens.texts[at + step]) and low not in ("is", "was", "has")


def _take_unit(tokens: Tokens, quantity: Quantity) -> None:
    """Read the unit of measure after the number, through `of`, `a` and `more`."""
    at, lows = quantity.after, tokens.lows
    if quantity.form == "fraction" and lows[at] == "of" and lows[at + 1] in ("a", "an"):
        at += 2
    elif (quantity.form == "fraction" and lows[at] in ("a", "an")) or (
        quantity.form in ("vague", "fraction") and lows[at] == "of"
    ):
        at += 1
    elif lows[at] in ("more", "additional", "further", "full", "straight", "consecutive", "whole"):
        quantity.of_more = True
        at += 1
    large = quantity.scaled or quantity.value >= 100
    found = unit_after(tokens, at, large=large)
    if found is None or (found[2] and at != quantity.after):
        return
    unit, end, hyphened = found
    if _is_other_word(tokens, quantity, unit, end, hyphened):
        return
    if at != quantity.after and quantity.form == "fraction":
        # half a million is a number, half a mile a length
        quantity.form = "number"
    if unit.name == "pound" and _is_sterling(tokens, quantity, end):
        unit = units()["GBP"]
    quantity.unit, quantity.end, quantity.after = unit, end, end
    quantity.hyphened = hyphened
    if lows[end] in ("old", "olds") or (
        tokens.texts[end] in HYPHENS and lows[end + 1] in ("old", "olds")
    ):
        _take_age(tokens, quantity)


def _is_other_word(
    tokens: Tokens, quantity: Quantity, unit: Unit, end: int, hyphened: bool
) -> bool:
    """Tell units from words that only look like them: `30 second-half`, `5 league goals`."""
    word = tokens.lows[end - 1]
    following = tokens.texts[end]
    if word == "second" and quantity.value != 1 and not hyphened:
        return following in HYPHENS or not quantity.digits
    if unit.kind is FigureKind.PERCENTAGE:
        return False
    if following in HYPHENS and tokens.glued(end) and tokens.glued(end + 1):
        return tokens.lows[end + 1] not in (
            "old",
            "olds",
            "long",
            "wide",
            "high",
            "tall",
            "deep",
            "a",
            "per",
            "thick",
            "plus",
            "day",
            "week",
            "month",
            "year",
            "minute",
            "hour",
            "and",
        )
    return False


def _is_sterling(tokens: Tokens, quantity: Quantity, end: int) -> bool:
    """Tell pounds of money from pounds of weight: money comes in millions, or is paid."""
    if tokens.lows[end - 1] not in ("pound", "pounds"):
        return False
    if tokens.lows[end] == "of":
        return False
    return quantity.scaled or not figure_words("money_word").isdisjoint(tokens.lows)


def _take_age(tokens: Tokens, quantity: Quantity) -> None:
    end = quantity.end
    end += 1 if tokens.texts[end] in HYPHENS else 0
    quantity.end = quantity.after = end + 1
    quantity.age = True


def _take_per(tokens: Tokens, quantity: Quantity) -> None:
    at = quantity.end
    if quantity.unit is None:
        if tokens.lows[at] == "per" and tokens.texts[at + 1][:1].isdecimal():
            quantity.per = tokens.texts[at + 1]  # 5 per 100,000
            quantity.end = quantity.after = at + 2
        return
    if quantity.unit.kind is FigureKind.MONEY and tokens.texts[at] == "(":
        at = _behind_bracket(tokens, at)  # 40 francs ($44) a day
    found = per_after(tokens, at)
    if found is None:
        return
    quantity.per = found[0]
    if at == quantity.end:
        quantity.after = found[1]


def _behind_bracket(tokens: Tokens, at: int) -> int:
    """The token after a short bracket that opens at token `at`; `at` where it does not close."""
    closing = [place for place in range(at, at + 8) if tokens.texts[place : place + 1] == [")"]]
    return closing[0] + 1 if closing and closing[0] + 1 < len(tokens) else at


# ------------------------------------------------------------------ compounds and ranges

_COMPOUNDS = {
    ("foot", "inch"): 12,
    ("pound", "ounce"): 16,
    ("stone", "pound"): 14,
    ("hour", "minute"): 60,
    ("minute", "second"): 60,
}


_SECONDS_OF_MINUTE, _SECONDS_OF_HOUR = 60, 3600


def _compound(tokens: Tokens, quantity: Quantity) -> Quantity:
    """`5 ft 3 in` is one length: 5.25 feet."""
    if quantity.unit is None or quantity.high is None:
        return quantity
    at = quantity.end + (1 if tokens.lows[quantity.end] == "and" else 0)
    if not tokens.texts[at][:1].isdecimal() and tokens.lows[at] not in words().basic:
        return quantity
    number = read_number(tokens, at)
    smaller = _smaller_unit(tokens, quantity.unit, number) if number else None
    if number is None or smaller is None or number.value >= smaller[0]:
        return quantity
    quantity.value += number.value / smaller[0]
    quantity.low = quantity.high = quantity.value
    quantity.end = quantity.after = smaller[1]
    _add_seconds(tokens, quantity)
    return quantity


def _smaller_unit(tokens: Tokens, unit: Unit, number: Number) -> tuple[int, int] | None:
    """How many of the unit after `number` make `unit`, and the token after it."""
    if unit.name == "foot" and tokens.lows[number.end] == "in":
        return 12, number.end + 1  # elsewhere `in` is the preposition
    found = unit_after(tokens, number.end, large=False)
    parts = _COMPOUNDS.get((unit.name, found[0].name)) if found else None
    return (parts, found[1]) if found and parts else None


def _add_seconds(tokens: Tokens, quantity: Quantity) -> None:
    """`1 hour 59 minutes 40.2 seconds`: with seconds, hours and minutes are seconds too."""
    if quantity.unit is None or quantity.unit.name != "hour":
        return
    at = quantity.end
    while tokens.lows[at] in (",", "and") and at < quantity.end + 2:
        at += 1
    number = read_number(tokens, at)
    if number is None or number.value >= _SECONDS_OF_MINUTE:
        return
    found = unit_after(tokens, number.end, large=False)
    if found is None or found[0].name != "second":
        return
    hours = quantity.value * _SECONDS_OF_HOUR
    quantity.value = hours.to_integral_value() + number.value
    quantity.low = quantity.high = quantity.value
    quantity.unit = found[0]
    quantity.end = quantity.after = found[1]


def _ranged(tokens: Tokens, first: Quantity, floor: int, blocked: frozenset[int]) -> Quantity:
    """The range that `first` begins (`10-15`, `between X and Y`, `X to Y`), else `first`."""
    before = tokens.lows[first.start - 1] if first.start > floor else ""
    begin = _after_connector(tokens, first.end, before)
    if begin is None or first.high is None or first.form == "multiple":
        return first
    at = begin
    while tokens.texts[at] and not _can_begin(tokens.lows[at]):  # the sign of money
        at += 1
        if at > begin + 3:
            return first
    if at in blocked or at >= len(tokens):
        return first
    second = _simple(tokens, at, begin)
    if isinstance(second, int) or second.start != begin or second.high is None:
        return first
    if not _make_range(tokens, first, second, tokens.lows[first.end], before):
        return first
    return _merged(first, second, before)


def _after_connector(tokens: Tokens, at: int, before: str) -> int | None:
    """The token after what joins the ends of a range at token `at`; None where nothing does."""
    low = tokens.lows[at]
    if low in DASHES:
        return at + 1 if tokens.glued(at) == tokens.glued(at + 1) else None
    if low == "up":
        return at + 2 if tokens.lows[at + 1] == "to" else None
    return at + 1 if low in ("to", "or") or (low == "and" and before == "between") else None


def _can_begin(low: str) -> bool:
    return low[:1].isdecimal() or low in words().basic or low in ("half", "a", ".")


def _make_range(
    tokens: Tokens, first: Quantity, second: Quantity, connector: str, before: str
) -> bool:
    """Tell whether two quantities are the ends of one range, not a change or a comparison."""
    if first.unit is not None:
        other = second.unit is None and not first.sign
        if other or connector == "or" or (second.unit and second.unit.name != first.unit.name):
            return False
    if connector == "or":
        return first.value != second.value and second.form == first.form
    if connector == "to" and before == "by":
        return False  # rose by 3 to 8
    if connector == "to" and before == "from" and _after_change(tokens, first.start - 1):
        return False
    return _first_value(first, second) < second.value


def _first_value(first: Quantity, second: Quantity) -> Decimal:
    """The lower end, times the scale word that it shares with the other: `$3-5 billion`."""
    low = first.value
    hundreds = second.value / 100
    words_only = not (first.digits or second.digits)
    if words_only and 1 < hundreds < 10 and hundreds == int(hundreds) and low < hundreds:
        return low * 100  # two to three hundred
    if second.factor > 1 and first.factor == 1 and low < 1000:
        return low * second.factor if low <= second.value / second.factor else low
    return low


def _merged(first: Quantity, second: Quantity, before: str) -> Quantity:
    low, high = _first_value(first, second), second.value
    start = first.start - 1 if before == "between" else first.start
    return Quantity(
        start=start,
        number_at=first.number_at,
        end=second.end,
        after=second.after,
        value=low,
        low=min(low, high),
        high=max(low, high),
        modifier=Modifier.BETWEEN,
        unit=second.unit or first.unit,
        form="range",
        factor=second.factor,
        digits=first.digits,
        scaled=first.scaled or second.scaled,
        hyphened=second.hyphened,
        per=second.per,
        sign=first.sign or second.sign,
        age=second.age,
    )


def _after_change(tokens: Tokens, index: int) -> bool:
    """Tell whether a verb of change governs `from` at `index`: before and after are no range."""
    changes = trend_words("verb")
    return any(low in changes for low in tokens.lows[max(0, index - 4) : index])


def _share(tokens: Tokens, quantity: Quantity) -> None:
    """`one in five`, `nine out of 10`: a share, read as the fraction that it is."""
    at = quantity.end
    if tokens.lows[at : at + 2] == ["out", "of"]:
        at += 2
    elif tokens.lows[at] == "in" and quantity.form == "number":
        at += 1
    else:
        return
    if quantity.unit is not None or not 0 < quantity.value < 100 or tokens.lows[at] == "the":
        return
    if tokens.lows[at] in ("every", "each"):
        at += 1
    whole = read_number(tokens, at)
    if whole is None or whole.form != "number" or whole.value <= quantity.value:
        return
    if whole.value > 1000 or unit_after(tokens, whole.end, large=True) is not None:
        return
    if tokens.texts[whole.end] in HYPHENS or excluded_until(tokens, at, whole, signed=False):
        return
    quantity.value = quantity.low = quantity.high = quantity.value / whole.value
    quantity.end = quantity.after = whole.end
    quantity.form = "fraction"


def _score(tokens: Tokens, first: Quantity) -> list[Quantity]:
    """The two figures of a score or vote (`2-1`), none where it is no score."""
    at = first.end
    if tokens.texts[at] not in DASHES or not (tokens.glued(at) and tokens.glued(at + 1)):
        return []
    if not is_score(tokens, first.number_at, at):
        return []
    second = _simple(tokens, at + 1, at + 1)
    if isinstance(second, int) or second.unit is not None or first.unit is not None:
        return []
    first.form = second.form = "score"
    return [first, second]
