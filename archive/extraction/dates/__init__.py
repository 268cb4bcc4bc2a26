"""Calendar expressions of a text as ISO ranges: `find_dates`.

- `periods`: the days, months, years and longer stretches an expression can mean;
- `calendars`: the Persian and the Islamic calendar in Gregorian days;
- `tense`: whether an expression looks ahead of the publication day or back;
- `years`: whether four digits read as a year;
- `relative`: expressions counted from the publication day;
- `finder`: where expressions begin and end.
"""

from archive.extraction.dates.finder import find_dates

__all__ = ["find_dates"]
