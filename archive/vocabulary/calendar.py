"""Words of the calendar: months, weekdays and seasons of three calendars, and what goes with them.

From `months_weekdays.csv` (names with spellings and abbreviations) and `date_words.csv` (words by
their role in a calendar expression).
"""

from dataclasses import dataclass
from functools import cache

from archive.vocabulary.tables import read_table, split_values


@dataclass(frozen=True, slots=True)
class CalendarName:
    """A month, weekday or season.

    `calendar` is `gregorian`, `persian` or `islamic`; `number` counts from 1 (weekdays from
    Monday; seasons by their EDTF code, 21 to 24). `stands_alone` is false for names that are also
    other words (`May`, `Mehr`) and need a number or a preposition beside them.
    """

    calendar: str
    kind: str
    number: int
    stands_alone: bool
    abbreviated: bool


@cache
def calendar_names() -> dict[str, CalendarName]:
    """Return every spelling and abbreviation of the months, weekdays and seasons."""
    names: dict[str, CalendarName] = {}
    for row in read_table("months_weekdays"):
        number = int(row["number"])
        alone = row["stands_alone"] == "yes"
        for spelling in (row["name"], *split_values(row["spellings"])):
            names[spelling] = CalendarName(row["calendar"], row["kind"], number, alone, False)
        for spelling in split_values(row["abbreviations"]):
            names[spelling] = CalendarName(row["calendar"], row["kind"], number, False, True)
    return names


@cache
def date_words(role: str) -> dict[str, str]:
    """Return the words of one role in a calendar expression, each with its value (often empty)."""
    return {row["word"]: row["value"] for row in read_table("date_words") if row["role"] == role}
