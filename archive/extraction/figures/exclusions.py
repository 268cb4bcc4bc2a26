"""Numbers that are never figures: dates, times, ordinals, codes, names, telephone numbers."""

from functools import cache

from archive.extraction.figures.numerals import DASHES, HYPHENS, Number, words
from archive.extraction.figures.phrases import closed_class
from archive.extraction.figures.tokens import Tokens
from archive.extraction.figures.units import unit_after
from archive.vocabulary.calendar import calendar_names
from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.nouns import is_person, is_plural
from archive.vocabulary.numbers import number_labels

# How many tokens before a number its bracket may open.
_LONGEST_BRACKET = 12
_ORDINAL_ENDINGS = frozenset(["st", "nd", "rd", "th"])
# What four digits can be as a year in news.
_LEAST_YEAR, _MOST_YEAR = 1500, 2199


def excluded_until(tokens: Tokens, index: int, number: Number | None, *, signed: bool) -> int:
    """Where to go on after what is no figure at token `index`; 0 where it may be one."""
    in_digits = tokens.texts[index][:1].isdecimal()
    chain = _chain_end(tokens, index) if in_digits else 0
    if chain or number is None:
        return chain or index + 1
    if in_digits:
        excluded = not signed and (
            _is_code(tokens, index, number)
            or _is_item(tokens, index, number)
            or _is_time(tokens, index, number)
            or _is_day(tokens, index, number)
            or _is_year(tokens, index, number)
        )
    else:
        excluded = _is_idiom(tokens, index, number)
    if not signed:
        excluded = excluded or _is_label(tokens, index, number) or _is_address(tokens, number)
    if not excluded:
        return 0
    joint = tokens.texts[number.end]
    if in_digits and joint in DASHES and tokens.texts[number.end + 1].isdecimal():
        glued = tokens.glued(number.end) and tokens.glued(number.end + 1)
        return number.end + 2 if glued else number.end  # 737-800, 2009-11
    return number.end


def _is_address(tokens: Tokens, number: Number) -> bool:
    """Tell whether a street follows: `16 Industrial Avenue`."""
    at = number.end
    while at < number.end + 4 and tokens.texts[at][:1].isupper():
        at += 1
    return at > number.end + 1 and tokens.lows[at - 1] in figure_words("street")


@cache
def _months() -> frozenset[str]:
    return frozenset(name for name, entry in calendar_names().items() if entry.kind == "month")


def _is_month(tokens: Tokens, index: int) -> bool:
    return index >= 0 and tokens.texts[index] in _months()


def _chain_end(tokens: Tokens, index: int) -> int:
    """End of a chain such as `2021-08-05`, `5:30`, `9/11`, `020 7946 0958`; 0 where none is.

    A fraction (`1/2`) and a single range or score (`2-1`) are no chains.
    """
    texts = tokens.texts
    at = index
    links = ""
    while True:
        joint = texts[at + 1]
        if joint and joint in "-–/:.‑" and texts[at + 2][:1].isdecimal():
            if not (tokens.glued(at + 1) and tokens.glued(at + 2)):
                break
            links += joint
            at += 2
        elif texts[at + 1][:1].isdecimal() and texts[at].isdecimal() and not tokens.glued(at + 1):
            if texts[at + 2] == "/" or len(texts[at + 1]) < 2:
                break
            links += " "
            at += 1
        else:
            break
    if not links or links in "-–‑":
        return 0
    if links == "/" and texts[index].isdecimal() and texts[index + 2].isdecimal():
        above, below = texts[index], texts[index + 2]
        if len(above) == len(below) == 1 and int(above) < int(below) <= 8:
            return 0
    return at + 1


def _is_code(tokens: Tokens, index: int, number: Number) -> bool:
    """Tell whether letters touch the number without being a unit: `B17`, `B-17`, `5G`, `15th`."""
    texts = tokens.texts
    if index and tokens.glued(index):
        told = _is_tail_of_code(tokens, index)
        if told is not None:
            return told
    after = texts[number.end]
    if number.scaled or not after or not tokens.glued(number.end):
        return False
    if after in HYPHENS and tokens.glued(number.end + 1):
        joined = texts[number.end + 1]  # 2019-nCoV
        return joined[:1].islower() and joined != joined.lower() and len(joined) > 3
    if after[0].isalpha():
        if after.lower() in _ORDINAL_ENDINGS:
            return True
        return after.lower() not in words().suffix and not unit_after(
            tokens, number.end, large=True
        )
    return after == "_" or (
        after == "/" and tokens.glued(number.end + 1) and number.value.is_zero()
    )


def _is_tail_of_code(tokens: Tokens, index: int) -> bool | None:
    """Tell whether what touches the number before it makes it part of a code; None: not settled."""
    texts = tokens.texts
    before = texts[index - 1]
    if before[-1].isalpha() or before in "#@_/^№.,'’\\":
        return True
    if index < 2 or not tokens.glued(index - 1):
        return None
    first = texts[index - 2]
    if before == "+":
        return first[-1:].isalpha()  # UTC+0900
    if before in HYPHENS:
        coded = first.isdecimal() and tokens.glued(index - 2) and texts[index - 3].isalpha()
        return coded or (first[-1:].isalpha() and first.lower() not in ("sub", "minus"))
    return None


def _is_item(tokens: Tokens, index: int, number: Number) -> bool:
    """Tell whether the number counts the items of a list: `1) estimate, 2) decide`."""
    if index == 0 and len(tokens) == number.end + 1 and tokens.texts[number.end] in ".)":
        return True
    if tokens.texts[number.end] != ")" or not tokens.glued(number.end):
        return False
    return "(" not in tokens.texts[max(0, index - _LONGEST_BRACKET) : index]


def _is_time(tokens: Tokens, index: int, number: Number) -> bool:
    lows, at = tokens.lows, number.end
    if lows[at] in figure_words("time_word"):
        return True
    if lows[at - 1] == "at" and number.value <= 24 and lows[at] in ("on", ",", ".", "in", "local"):
        return True
    return lows[at] == "hours" and len(tokens.texts[index]) == 4 and "," not in tokens.texts[index]


def _is_day(tokens: Tokens, index: int, number: Number) -> bool:
    """Tell whether the number is a day of a month beside it: `15 July`, `July 15`, `15-16 July`."""
    if number.value > 31 or number.value != int(number.value) or number.scaled:
        return False
    at = number.end
    if _is_month(tokens, at + 1 if tokens.texts[at] == "of" else at):
        return True
    if _is_month(tokens, _before_stop(tokens, index - 1)):
        return not is_person(tokens.texts[at])
    if tokens.lows[at] in ("and", "to", "or", ",") or tokens.texts[at] in DASHES:
        following = tokens.texts[at + 1]
        if following.isdecimal() and len(following) <= 2:
            return _is_month(tokens, at + 2)
    if index > 2 and tokens.texts[index - 1] in DASHES and tokens.glued(index):
        return _is_month(tokens, _before_stop(tokens, index - 3))
    return False


def _before_stop(tokens: Tokens, index: int) -> int:
    """The token that a stop at `index` abbreviates (`Sept.`), else `index`."""
    return index - 1 if index > 0 and tokens.texts[index] == "." else index


def _is_year(tokens: Tokens, index: int, number: Number) -> bool:
    """Tell whether four digits without a comma are a year rather than a count."""
    text = tokens.texts[index]
    if not text.isdecimal() or number.end != index + 1 or len(text) > 4:
        return False
    beside = {tokens.lows[index - 1], tokens.lows[number.end]}
    if not beside.isdisjoint(figure_words("era")):
        return True
    if len(text) < 4:
        return False
    return _LEAST_YEAR <= int(text) <= _MOST_YEAR and not _is_measured(
        tokens, number.end, int(text)
    )


def _is_measured(tokens: Tokens, at: int, year: int) -> bool:
    """Tell whether a unit or a counted noun follows what looks like a year."""
    if tokens.lows[at] in ("-", "–", "to") and tokens.texts[at + 1][:1].isdecimal():
        at += 2  # 1900 - 2100 calories
    found = unit_after(tokens, at, large=True)
    if found is not None:
        return True
    if tokens.texts[at] in HYPHENS and tokens.glued(at) and tokens.texts[at + 1].islower():
        return len(tokens.texts[at + 1]) > 1  # a 2000-strong crowd
    return _counts_something(tokens, at, year)


def _counts_something(tokens: Tokens, at: int, year: int) -> bool:
    noun = tokens.texts[at]
    for step in range(3):
        noun = tokens.texts[at + step]
        if not noun.isalpha() or noun.lower() in closed_class():
            return False
        if is_plural(noun):
            break
    else:
        return False
    return is_person(noun) or not 1900 <= year < 2060 or year % 100 == 0


def _is_label(tokens: Tokens, index: int, number: Number) -> bool:
    """Tell whether the number names something: `Resolution 2231`, `No. 5`, `iPhone 11`."""
    before = index - 1
    if before < 0 or number.scaled or tokens.texts[before] in HYPHENS:
        return False
    if before > 1 and tokens.texts[before - 1] == "&" and tokens.glued(before):
        return True  # S&P 500
    low = tokens.lows[before]
    if low == "." and before and tokens.glued(before):
        return tokens.lows[before - 1] + "." in number_labels()
    joint = number.end
    if tokens.texts[joint] in DASHES and tokens.glued(joint) and tokens.glued(joint + 1):
        below = tokens.texts[joint + 1]
        if below.isdecimal() and len(below) <= 2 and is_score(tokens, index, joint):
            return False
    if low in number_labels() and number.digits and before and tokens.texts[before].istitle():
        return not unit_after(tokens, number.end, large=True)
    named = low in number_labels() or (number.digits and _is_named(tokens, index))
    return named and not _is_counted(tokens, number)


def _is_named(tokens: Tokens, index: int) -> bool:
    """Tell whether plain digits follow a name within a sentence: `iPhone 11`, `Windows 10`."""
    word = tokens.texts[index - 1]
    if word[:1].islower() and word[1:2].isupper():
        return True
    opening = index == 1 and not (word.isupper() and len(word) > 1)
    return not opening and _is_name(word) and _is_plain(tokens.texts[index])


def _is_name(word: str) -> bool:
    """Tell whether a word within a sentence is capitalised as names are."""
    if word.lower() in closed_class() or len(word) < 2:
        return False
    return word.isupper() or (word[0].isupper() and word[1].islower())


def _is_plain(digits: str) -> bool:
    return "." not in digits and "," not in digits


def _is_counted(tokens: Tokens, number: Number) -> bool:
    at = number.end
    word = tokens.texts[at]
    if unit_after(tokens, at, large=True) or (word.lower() in words().suffix and tokens.glued(at)):
        return True
    if not word.islower() or word in closed_class():
        return False
    return is_plural(word) or is_plural(tokens.texts[at + 1])


def _is_idiom(tokens: Tokens, index: int, number: Number) -> bool:
    """Tell whether words are no number here: `first half`, `at half past`, `nineteen eighty`."""
    low, lows, at = tokens.lows[index], tokens.lows, number.end
    joined = index > 1 and tokens.texts[index - 1] in HYPHENS and tokens.glued(index)
    if number.form == "fraction" and low == "half":
        return joined or not _is_half_of(tokens, index, at)
    table = words()
    if joined and low in table.basic:
        return tokens.glued(index - 1) and lows[index - 2] not in ("sub", "minus")
    if (low in table.teen or low == "twenty") and (lows[at] in table.ten or lows[at] in table.teen):
        return True  # a year
    if _is_ordinal(tokens, at):
        return True
    if low in table.basic and lows[at] in figure_words("time_word"):
        return True
    return _is_month(tokens, at) and number.value <= 31


def _is_ordinal(tokens: Tokens, at: int) -> bool:
    """Tell whether an ordinal ends the number that ends at token `at`: `twenty-sixth`."""
    if tokens.texts[at] in HYPHENS and tokens.glued(at):
        at += 1
    if tokens.lows[at - 1] not in words().ten and tokens.texts[at - 1] not in HYPHENS:
        return False
    return tokens.lows[at] in words().fraction or tokens.lows[at] in ("first", "second")


def _is_half_of(tokens: Tokens, index: int, at: int) -> bool:
    """Tell whether half of something is meant: `half of the crop`, `half its staff`."""
    before = tokens.lows[index - 1] if index else ""
    if tokens.texts[at] in HYPHENS or before in figure_words("before_half"):
        return False
    return tokens.lows[at] == "of" or tokens.lows[at] in figure_words("determiner")


def is_score(tokens: Tokens, index: int, joint: int) -> bool:
    """Tell whether digits, a dash and digits are a score or vote and no range."""
    above, below = tokens.texts[index], tokens.texts[joint + 1]
    if not (above.isdecimal() and below.isdecimal() and len(above) <= 3 and len(below) <= 3):
        return False
    if unit_after(tokens, joint + 2, large=True) is not None:
        return False
    if int(above) >= int(below):
        return True
    nearby = tokens.lows[max(0, index - 6) : index] + tokens.lows[joint + 2 : joint + 6]
    return any(low in figure_words("score_word") for low in nearby)
