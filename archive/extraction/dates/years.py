"""Whether four digits read as a year: `in 2021`, not `2021 people` or `Expo 2020`."""

import re

from archive.vocabulary.calendar import calendar_names, date_words

_WORD_BEFORE = re.compile(r"(?:([^\s\d]+)[ \u00a0]|([$€£#]))\Z")
_AFTER = re.compile(r"\s?(%)|[\s\u00a0]+([^\W\d_]+)")
_NAME_AFTER = re.compile(r"(?:\s[A-Z][\w’'&.-]{0,30}){1,6}")
_SMALL_AFTER = re.compile(r"(?:\s[a-z]{1,20}){1,2}")
# Between these a number without other evidence reads as a year.
_LIKELY = range(1900, 2100)


def reads_as_year(text: str, start: int, end: int) -> bool:
    """Tell whether the four digits at `text[start:end]` are meant as a year.

    A preceding count word (`about 2000`), a following unit or noun of people, or a place in the
    name of an event or document (`Vision 2030`, `2018 World Cup`) speak against it. Numbers
    outside 1900 to 2099 and round ones need a preposition before them and no plural after.
    """
    value = int(text[start:end])
    match = _WORD_BEFORE.search(text, max(0, start - 24), start)
    before = (match.group(1) or match.group(2)).lstrip("(“\"'‘[") if match else ""
    word = before.lower().rstrip("’'s") if before.endswith(("’s", "'s")) else before.lower()
    if _is_in_name(text, start, end, before):
        return False
    is_certain = value in _LIKELY and value % 50 != 0
    if before in date_words("year_before_no") and not (
        is_certain and word in {"about", "around", "over"}
    ):
        return False
    following = _AFTER.match(text, end)
    after = (following.group(1) or following.group(2)) if following else ""
    if after in date_words("year_after_no") or _is_weekday(after):
        return False  # "2000 people", "(2024 Friday, UTC)"
    if is_certain:
        return True
    plural = after.islower() and after.endswith("s") and after not in {"was", "as", "is", "has"}
    return word in date_words("year_before") and not plural


def _is_weekday(word: str) -> bool:
    """Tell whether a word is a weekday."""
    name = calendar_names().get(word)
    return name is not None and name.kind == "weekday"


def _is_in_name(text: str, start: int, end: int, before: str) -> bool:
    """Tell whether the digits belong to the name of an event or a document."""
    if before in date_words("event_noun"):
        return True
    if before.endswith(",") and before[:-1] in date_words("law_noun"):
        return True  # "the Dams Act, 1972"
    if before[:1].isupper() and not before.isupper() and before[-1:].isalpha():
        known = before.lower() in date_words("year_before") or before.endswith(("’s", "'s"))
        opens = text[max(0, start - len(before) - 4) : start - len(before) - 1].rstrip()
        if not known and opens and opens[-1] not in ".!?…”\"'":
            return True
    names = _NAME_AFTER.match(text, end)
    if names is None:
        return False
    last = names.group().split()
    events = date_words("event_noun")
    small = _SMALL_AFTER.match(text, names.end())  # "2016 Freedonian presidential election"
    if small and not date_words("event_noun_small").keys().isdisjoint(small.group().split()):
        return True
    return any(name.strip(".’'").removesuffix("’s").removesuffix("'s") in events for name in last)
