"""Bylines, datelines, and the dates and agencies in them."""

import pytest

from archive.records import Precision
from archive.segmenting.bylines import (
    find_agency,
    find_byline,
    find_dateline,
    find_published,
    is_date_line,
)


@pytest.mark.parametrize(
    ("text", "place", "agency", "day"),
    [
        ("Herat, Afghanistan — Snow closed the road.", "Herat, Afghanistan", None, None),
        ("HERAT (AP) — Snow closed the road.", "HERAT", "AP", None),
        ("ISLAMABAD, Nov 16 (APP): The cabinet met.", "ISLAMABAD", "APP", None),
        ("TEHRAN, July 3, 2024 (IRNA) – Rain fell.", "TEHRAN", "IRNA", "2024-07-03"),
        ("LAHORE: Schools will close.", "LAHORE", None, None),
        ("NEW DELHI -- “We will wait,” he said.", "NEW DELHI", None, None),
        ("Faizabad (BNA) A bridge fell.", "Faizabad", "Bakhtar", None),
        ("Reuters - The bank raised its rate.", None, "Reuters", None),
        ("Nov. 16 (UPI) -- The bank raised its rate.", None, "UPI", None),
        ("HERAT, Sunday, Nov 16 – Snow closed the road.", "HERAT", None, None),
        ("HERAT, Sunday (AP) — Snow closed the road.", "HERAT", "AP", None),
        ("Herat, 16th November — Snow closed the road.", "Herat", None, None),
        ("HERAT (Highland Wire) — Snow closed the road.", "HERAT", "Highland Wire", None),
    ],
)
def test_dateline_gives_place_agency_and_day(text, place, agency, day):
    """The place stands as written; the agency has its short name."""
    dateline = find_dateline(text)
    assert (dateline.place, dateline.agency) == (place, agency)
    assert (dateline.published.on if dateline.published else None) == day
    assert text[dateline.end :][0].isalnum() or text[dateline.end] in "“"


@pytest.mark.parametrize(
    "text",
    [
        "Herat — which lies in the west — was cut off.",
        "The governor: nobody will starve.",
        "Snow closed the road between Herat and the border on Sunday.",
        "Omar Noor, the governor of Herat, said that the road was open.",
        "Note: this story has been corrected.",
        "Import–Export traders in Herat said that the road was closed.",
    ],
)
def test_other_openings_are_no_datelines(text):
    """A dash or colon alone makes no dateline."""
    assert find_dateline(text) is None


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("By Ann Lee", "Ann Lee"),
        ("BY ANN LEE and Omar Noor, AFP", "ANN LEE and Omar Noor, AFP"),
        ("By Ann Lee | 3 May 2021", "Ann Lee"),
        ("Written by Ann Lee – Updated 14:05", "Ann Lee"),
        ("Author: Omar Noor", "Omar Noor"),
        ("Ann Lee - May 3, 2021", "Ann Lee"),
        ("3 May 2021", None),
        ("Photo: Reuters", None),
    ],
)
def test_byline_names_the_writers(line, who):
    """The names as written, without what stands around them."""
    assert find_byline(line) == who


@pytest.mark.parametrize(
    ("line", "on", "at"),
    [
        ("May 3, 2021", "2021-05-03", None),
        ("Monday, 3 May 2021", "2021-05-03", None),
        ("Published: 3rd Sept. 2021 at 9:05 pm", "2021-09-03", "2021-09-03T21:05"),
        ("2021-05-03T07:10+04:30", "2021-05-03", "2021-05-03T07:10+04:30"),
        ("Updated 14:05 GMT, 3 May 2021", "2021-05-03", "2021-05-03T14:05+00:00"),
        ("31/12/2021", "2021-12-31", None),
        ("12/31/2021 12:30 am", "2021-12-31", "2021-12-31T00:30"),
    ],
)
def test_date_of_a_byline_is_read(line, on, at):
    """Day and time, with the offset from UTC where it is written."""
    published = find_published(line, "byline")
    assert (published.on, published.at, published.source) == (on, at, "byline")
    assert published.precision is (Precision.MINUTE if at else Precision.DAY)


@pytest.mark.parametrize("line", ["3 May", "03/04/2021", "May 33, 2021", "2021", "Ann Lee"])
def test_a_date_that_is_not_whole_or_not_clear_is_not_guessed(line):
    """Without year, with two readings, or on no calendar: no date."""
    assert find_published(line, "byline") is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Wednesday, 12 March 2025 | 17:05", True),
        ("Last updated: May 3, 2021 10:15 AM GMT", True),
        ("Ann Lee, 3 May 2021", True),
        ("Quayside Herald staff | Wednesday, 12 March 2025", True),
        ("On 3 May 2021 the road was closed", False),
        ("Road closed until May 3, 2021", False),
    ],
)
def test_date_lines_hold_a_date_and_little_else(line, expected):
    """A writer may stand before the date, a sentence may not."""
    assert is_date_line(line) is expected


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Agence France-Presse in Kabul", "AFP"),
        ("(Reuters)", "Reuters"),
        ("MAPS", None),
        ("By Ann Lee, Highland Wire", "Highland Wire"),
        ("BY HIGHLAND WIRE", "Highland Wire"),
        ("Additional reporting by the Highland News Agency", "Highland News Agency"),
        ("By The Wire staff", None),
        ("By Ann Lee, Highland Courier", None),
    ],
)
def test_agency_is_found_under_each_of_its_names(text, agency):
    """Long names and initials, no initials within words; others by what they are called."""
    assert find_agency(text) == agency
