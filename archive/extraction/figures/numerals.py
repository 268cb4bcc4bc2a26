"""Reading of one number: digits, words, both, fractions and vague numerals.

The grammar of number words is that of Quirk et al., A Comprehensive Grammar of the English
Language (1985), 6.63-6.67: hundreds, tens and units make groups, a scale word multiplies the group
before it. Values are exact decimals until the figure is made.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from archive.extraction.figures.tokens import Tokens
from archive.vocabulary.numbers import number_words

HYPHENS = frozenset("-‐‑")
DASHES = HYPHENS | frozenset("–—−")
# A number with more digits than a float can hold exactly is not stored: nothing is better than
# a wrong figure. 10^308 is the largest power of ten of IEEE 754 double precision.
MOST_DIGITS = 300


@dataclass(slots=True)
class Number:
    """A number that ends before token `end`.

    `value` is the number stated, for a vague one the smallest that it can mean. `digits` tells
    whether it was written in digits, `scaled` whether a scale word or suffix multiplied it, `form`
    what made it: `number`, `fraction`, `vague`, `years`, `multiple`; `factor` is the product of the
    scale words at its end (a million for `1.2 million`), which the other end of a range may share.
    """

    value: Decimal
    end: int
    digits: bool = False
    scaled: bool = False
    form: str = "number"
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Words:
    """The number words by role."""

    digit: dict[str, Decimal]
    teen: dict[str, Decimal]
    ten: dict[str, Decimal]
    scale: dict[str, Decimal]
    dozen: dict[str, Decimal]
    fraction: dict[str, Decimal]
    vague: dict[str, Decimal]
    years: dict[str, Decimal]
    several: dict[str, Decimal]
    multiple: dict[str, Decimal]
    suffix: dict[str, Decimal]
    glyph: dict[str, Decimal]
    basic: dict[str, Decimal]
    large: dict[str, Decimal]


@cache
def words() -> _Words:
    """Number words, with `basic` (digits, teens and tens) and `large` (hundred, scales, dozen)."""
    roles = {
        role: number_words(role)
        for role in [
            "digit",
            "teen",
            "ten",
            "scale",
            "dozen",
            "fraction",
            "vague",
            "years",
            "several",
            "multiple",
            "suffix",
            "glyph",
        ]
    }
    basic = roles["digit"] | roles["teen"] | roles["ten"]
    large = {"hundred": Decimal(100)} | roles["scale"] | roles["dozen"]
    return _Words(**roles, basic=basic, large=large)


def read_digits(written: str) -> Decimal | None:
    """Value of a token of digits with separators, of any script; None where it is no number.

    Commas group thousands (or lakhs: `1,00,000`), a stop parts decimals; `1.000.000` groups with
    stops. A version (`1.2.3`), a list (`3,5`) and more than 300 digits are no number.
    """
    if len(written) > MOST_DIGITS:
        return None
    plain = written.replace("٬", ",").replace("٫", ".")
    whole, stop, decimals = plain.partition(".")
    if "." in decimals:
        groups = plain.split(".")
        grouped = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3
        return Decimal("".join(groups)) if grouped else None
    if "," in decimals:
        return None
    if "," in whole:
        head, *groups = whole.split(",")
        if len(groups[-1]) != 3 or len(head) > 3:
            return None
        if any(len(group) not in (2, 3) for group in groups):
            return None
    return Decimal(whole.replace(",", "") + stop + decimals)


def read_number(tokens: Tokens, index: int) -> Number | None:
    """Read the number that begins at token `index`; None where none does."""
    low = tokens.lows[index]
    if low[:1].isdecimal():
        return _read_digit_number(tokens, index)
    if low == ".":
        return _read_leading_point(tokens, index)
    table = words()
    if low in ("half", "a", "an"):
        return _read_half_or_article(tokens, index)
    if low in table.basic:
        return _read_word_number(tokens, index)
    if low in table.vague or low in table.several:
        return _read_vague(tokens, index)
    return _read_whole_word(low, index)


def _read_whole_word(low: str, index: int) -> Number | None:
    """A number that is one token: `½`, `decades`, `doubled`."""
    table = words()
    for form, values in (
        ("fraction", table.glyph),
        ("years", table.years),
        ("multiple", table.multiple),
    ):
        if low in values:
            return Number(values[low], index + 1, form=form)
    return None


def _read_leading_point(tokens: Tokens, index: int) -> Number | None:
    """`.534`: only at the start of a word, so that no stop of a sentence is taken for it."""
    digits = tokens.texts[index + 1]
    if not (tokens.glued(index + 1) and digits.isdecimal() and len(digits) <= MOST_DIGITS):
        return None
    if tokens.glued(index) and tokens.texts[index - 1] not in "($€£~<>≈":
        return None
    return Number(Decimal("0." + str(int(digits)).zfill(len(digits))), index + 2, digits=True)


def _read_digit_number(tokens: Tokens, index: int) -> Number | None:
    value = read_digits(tokens.texts[index])
    if value is None:
        return None
    if tokens.texts[index + 1] == "^" and tokens.glued(index + 1):
        return _read_power(tokens, index, value)
    share = _read_slash(tokens, index, value)
    if share is not None:
        return share
    number = Number(value, index + 1, digits=True)
    _add_power(tokens, number)
    _add_small_fraction(tokens, number)
    _multiply(tokens, number)
    return number


def _read_power(tokens: Tokens, index: int, base: Decimal) -> Number | None:
    """`10^6`; None where the power has more digits than can be stored."""
    exponent = tokens.texts[index + 2]
    if not (exponent.isdecimal() and tokens.glued(index + 2) and len(exponent) <= 3):
        return None
    if base != int(base) or len(str(base)) * int(exponent) > MOST_DIGITS * 2:
        return None
    number = Number(Decimal(int(base) ** int(exponent)), index + 3, digits=True)
    _multiply(tokens, number)
    return number if number.value.adjusted() < MOST_DIGITS else None


def _read_slash(tokens: Tokens, index: int, above: Decimal) -> Number | None:
    """`1/3`: one digit over a larger one, with nothing between."""
    below = tokens.texts[index + 2]
    if tokens.texts[index + 1] != "/" or not below.isdecimal() or len(below) > 1:
        return None
    if not (tokens.glued(index + 1) and tokens.glued(index + 2) and 0 < above < int(below)):
        return None
    return Number(above / int(below), index + 3, digits=True, form="fraction")


def _add_power(tokens: Tokens, number: Number) -> None:
    """`1.99×10^-30`, also where the caret is lost: `×10−30`."""
    at = number.end
    if tokens.texts[at] not in ("×", "x", "*") or tokens.texts[at + 1] != "10":
        return
    at += 2
    if tokens.texts[at] == "^":
        at += 1
    sign = -1 if tokens.texts[at] in DASHES else 1
    if sign < 0:
        at += 1
    exponent = tokens.texts[at]
    if exponent.isdecimal() and len(exponent) <= 3 and tokens.glued(at):
        number.value = number.value.scaleb(sign * int(exponent))
        number.end = at + 1


def _add_small_fraction(tokens: Tokens, number: Number) -> None:
    """`2½`, `2 1/2`."""
    at = number.end
    glyph = words().glyph.get(tokens.texts[at])
    if glyph is not None:
        number.value += glyph
        number.end = at + 1
        return
    if tokens.texts[at + 1] == "/" and tokens.texts[at + 2] in ("2", "3", "4", "8"):
        above, below = tokens.texts[at], tokens.texts[at + 2]
        if above.isdecimal() and len(above) == 1 and not tokens.glued(at):
            number.value += Decimal(int(above)) / Decimal(int(below))
            number.end = at + 3


def _multiply(tokens: Tokens, number: Number) -> None:
    """Multiply by the scale words that follow: `1.2 million`, `5-million`, `2 lakh crore`."""
    table = words()
    while True:
        at = number.end
        if tokens.texts[at] in HYPHENS and tokens.glued(at) and tokens.glued(at + 1):
            at += 1
        low = tokens.lows[at]
        factor = table.scale.get(low) or table.dozen.get(low)
        if factor is None and low == "hundred":
            factor = Decimal(100)
        if factor is None:
            break
        number.value *= factor
        number.factor *= factor
        number.end = at + 1
        number.scaled = True
    if number.scaled:
        _add_half(tokens, number)


def _add_half(tokens: Tokens, number: Number) -> None:
    """`a million and a half` adds half of its own scale; only right after one scale word."""
    lows, at = tokens.lows, number.end
    if lows[at : at + 3] == ["and", "a", "half"]:
        number.value += words().scale.get(lows[at - 1], Decimal(0)) / 2
        number.end = at + 3


def _read_half_or_article(tokens: Tokens, index: int) -> Number | None:
    """`half a million`, `half-dozen`, `half of`, `a hundred`, `a dozen`, `a third of`."""
    lows, table = tokens.lows, words()
    at = index + 1
    if lows[at] in HYPHENS:
        at += 1
    if lows[index] == "half":
        if lows[at] in ("a", "an"):
            at += 1
        factor = table.scale.get(lows[at]) or table.dozen.get(lows[at])
        if factor is not None:
            number = Number(factor / 2, at + 1, scaled=True)
            _multiply(tokens, number)
            return number
        return Number(Decimal("0.5"), index + 1, form="fraction")
    if lows[at] == "half" and lows[at + 1] in HYPHENS and lows[at + 2] in table.dozen | table.scale:
        return _read_half_or_article(tokens, at)
    if tokens.texts[at] in table.fraction and lows[at + 1] == "of":
        return _of_a_scale(tokens, Number(1 / table.fraction[lows[at]], at + 1, form="fraction"))
    if lows[at] in table.large:
        return _read_group(tokens, at, Decimal(1))
    return None


def _of_a_scale(tokens: Tokens, fraction: Number) -> Number:
    """`a quarter of a million`, `three quarters of a million`."""
    at = fraction.end
    if tokens.lows[at : at + 2] == ["of", "a"] and tokens.lows[at + 2] in words().scale:
        value = fraction.value * words().scale[tokens.lows[at + 2]]
        return Number(value, at + 3, scaled=True)
    return fraction


# -------------------------------------------------------------------- numbers in words


def _read_word_number(tokens: Tokens, index: int) -> Number | None:
    lows, table = tokens.lows, words()
    number = _read_group(tokens, index, None)
    if number is None:
        return None
    at = number.end
    if lows[at] in HYPHENS and tokens.glued(at):
        at += 1
    if number.value < 20 and lows[at] in table.fraction and not number.scaled:
        below = table.fraction[lows[at]]
        if number.value < below and _is_fraction(tokens, at, number.value):
            value = number.value / below
            return _of_a_scale(tokens, Number(value, at + 1, form="fraction"))
    if lows[number.end] == "point" and lows[number.end + 1] in table.digit:
        _add_decimals(tokens, number)
        _multiply(tokens, number)
    _add_and_a_half(tokens, number)
    return number


def _is_fraction(tokens: Tokens, at: int, above: Decimal) -> bool:
    """Tell whether a denominator is one: `one quarter`, `two-thirds`, not `one third-party`."""
    word = tokens.lows[at]
    if tokens.texts[at + 1] in HYPHENS and tokens.glued(at + 1) and not tokens.glued(at):
        return False
    if above == 1:
        return not word.endswith("s") and word not in ("second",)
    return word.endswith("s") or tokens.glued(at)


def _add_and_a_half(tokens: Tokens, number: Number) -> None:
    """`two and a half`, `three-and-a-half`, `one and two thirds`, each also before a scale word."""
    at = number.end
    found: list[int] = []
    while len(found) < 3:
        if tokens.texts[at] not in HYPHENS or not tokens.glued(at):
            found.append(at)
        if not tokens.texts[at]:
            return
        at += 1
    joint, above, below = (tokens.lows[place] for place in found)
    table = words()
    if joint != "and" or below not in table.fraction:
        return
    if above == "a":
        share = 1 / table.fraction[below]
    elif above in table.digit and table.digit[above] < table.fraction[below]:
        share = table.digit[above] / table.fraction[below]
    else:
        return
    number.value += share
    number.end = found[2] + 1
    _multiply(tokens, number)


def _add_decimals(tokens: Tokens, number: Number) -> None:
    at, digits = number.end + 1, ""
    table = words().digit
    while tokens.lows[at] in table and len(digits) < 30:
        digits += str(table[tokens.lows[at]])
        at += 1
    number.value += Decimal("0." + digits)
    number.end = at


def _read_group(tokens: Tokens, index: int, start: Decimal | None) -> Number | None:
    """Read `two hundred and five thousand`; `start` stands for an article (`a hundred`)."""
    lows, table = tokens.lows, words()
    total, group = Decimal(0), start or Decimal(0)
    last = "" if start is None else "article"
    least = None  # the scale words must fall: a million, then thousands
    at, scaled = index, False
    while True:
        step = _separator(tokens, at, last)
        low = lows[at + step]
        kind = _role(low, last, group)
        if kind is None:
            break
        if kind == "scale":
            factor = table.scale.get(low) or table.dozen[low]
            if least is not None and factor >= least:
                if total % factor or group:
                    break
                total *= factor  # `five hundred thousand million`
            else:
                total, least = total + group * factor, factor
            group, scaled = Decimal(0), True
        elif kind == "hundred":
            group, scaled = (group or Decimal(1)) * 100, True
        else:
            group += table.basic[low]
        at += step + 1
        last = kind
    if not last or last == "article" or at == index:
        return None
    factor = least if least and not group and not total % least else Decimal(1)
    return Number(total + group, at, scaled=scaled, factor=factor)


def _separator(tokens: Tokens, at: int, last: str) -> int:
    """How many tokens (`and`, a hyphen, a comma) stand before the next word of the number."""
    word = tokens.lows[at]
    following = tokens.lows[at + 1]
    if word in HYPHENS and tokens.glued(at) and tokens.glued(at + 1):
        # twenty-five, two-hundred; but `ten-fifteen` is a range
        joins = last == "ten" and words().basic.get(following, 10) < 10
        return 1 if joins or following in words().large else 0
    if word == "and" and last in ("hundred", "scale") and following in words().basic:
        return 1
    if word == "," and last == "scale":
        if following == "and":
            return 0
        return 1 if following in words().basic and _leads_to_end(tokens, at + 1) else 0
    return 0


def _leads_to_end(tokens: Tokens, at: int) -> bool:
    """Tell whether words after a comma go on with the number: a hundred or a scale follows."""
    for step in range(6):
        low = tokens.lows[at + step] if at + step < len(tokens.lows) else ""
        if low in words().large:
            return True
        if low not in words().basic and low not in ("and", "-"):
            return False
    return False


def _role(low: str, last: str, group: Decimal) -> str | None:
    """What a word adds to a number whose last word was `last`; None where it cannot go on."""
    table = words()
    if low in table.digit:
        fits = last in ("", "hundred", "scale") or (last == "ten" and table.digit[low] > 0)
        return "digit" if fits else None
    if low in table.teen:
        return "teen" if last in ("", "hundred", "scale") else None
    if low in table.ten:
        return "ten" if last in ("", "hundred", "scale") else None
    if low == "hundred":
        return "hundred" if last in ("digit", "teen", "ten", "article") and group < 100 else None
    if low in table.scale or low in table.dozen:
        return "scale" if last else None
    return None


# ------------------------------------------------------------------------ vague numerals


def _read_vague(tokens: Tokens, index: int) -> Number | None:
    """`dozens`, `tens of thousands`, `several million`, `a few hundred`, `few dozen`."""
    lows, table = tokens.lows, words()
    low = lows[index]
    if low in table.several:
        factor = table.large.get(lows[index + 1])
        if factor is None:
            return None
        number = Number(table.several[low] * factor, index + 2, scaled=True, form="vague")
        following = table.scale.get(lows[number.end])
        if following is not None:
            number.value *= following
            number.end += 1
        return number
    number = Number(table.vague[low], index + 1, form="vague")
    while lows[number.end] == "of" and lows[number.end + 1] in table.vague:
        # tens of thousands: 20 times a thousand, not times `thousands` as the smallest plural
        number.value *= table.vague[lows[number.end + 1]] / 2
        number.end += 2
        number.scaled = True
    if number.end == index + 1 and low in ("tens", "scores"):
        return number if low == "scores" and lows[number.end] == "of" else None
    return number
