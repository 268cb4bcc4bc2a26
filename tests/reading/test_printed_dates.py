"""Dates as news databases print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading.databases.printed_dates import parse_printed
from archive.reading.language_names import language_code
from archive.reading.office.office_properties import byline_of, headline_among
from archive.records import Precision


@pytest.mark.parametrize(
    ("line", "on", "at"),
    [
        ("July 15, 2025 Tuesday", "2025-07-15", None),
        ("July 15, 2025 Tuesday\u00a0Final Edition", "2025-07-15", None),
        ("15 July 2025", "2025-07-15", None),
        ("Tuesday 15 July 2025 10:32 PM GMT", "2025-07-15", "2025-07-15T22:32+00:00"),
        ("July 15, 2025 Tuesday 9:05 AM EST", "2025-07-15", "2025-07-15T09:05-05:00"),
        ("July 15, 2025 Tuesday 12:10 AM BST", "2025-07-15", "2025-07-15T00:10"),
        ("Dienstag 10.Dezember 2019", "2019-12-10", None),
        ("Samstag, 4. März 2023", "2023-03-04", None),
        ("mardi 10 décembre 2019", "2019-12-10", None),
        ("10 décembre 2019 mardi 3:00 AM GMT", "2019-12-10", "2019-12-10T03:00+00:00"),
        ("1 FEVRIER 2020", "2020-02-01", None),
        ("décembre 10 2019", "2019-12-10", None),
        ("15 de julio de 2025", "2025-07-15", None),
        ("4 oktober 2017 woensdag", "2017-10-04", None),
        ("15 июля 2025", "2025-07-15", None),
        ("2011年12月29日", "2011-12-29", None),
        ("Sept. 3, 2025", "2025-09-03", None),
        ("2025-07-15", "2025-07-15", None),
    ],
)
def test_a_printed_date_is_read(line, on, at):
    """In the languages and orders that exports have."""
    published = parse_printed(line)
    assert published is not None
    assert (published.on, published.at, published.source) == (on, at, "metadata")


def test_a_month_is_no_day():
    """Magazines print one."""
    published = parse_printed("July 2025")
    assert published is not None
    assert (published.on, published.precision) == ("2025-07-01", Precision.MONTH)


@pytest.mark.parametrize(
    "line",
    ["", "Tuesday", "31 June 2025", "15/07/2025", "Room 12 opened", "Act 3 1999", "maybe 2025"],
)
def test_what_is_no_date_is_none(line):
    """Days that no calendar has among them."""
    assert parse_printed(line) is None


@given(st.text(max_size=300))
def test_any_line_is_looked_at_without_error(line):
    """Nothing raises, whatever a line holds."""
    parse_printed(line)
    language_code(line)
    byline_of(line)
    headline_among(line, [line, line[::-1]])


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("Ana Torvald", "Ana Torvald"),
        ("By Ana Torvald", "Ana Torvald"),
        ("Jan van der Meer", "Jan van der Meer"),
        ("J. K. O'Neill-Svensson", "J. K. O'Neill-Svensson"),
        ("山田 太郎", "山田 太郎"),
        ("python-docx", None),
        ("Microsoft Office User", None),
        ("ana", None),
        ("the newsroom", None),
        ("user@host.example", None),
        ("", None),
        (None, None),
    ],
)
def test_an_author_is_a_byline_where_it_reads_as_a_person(author, byline):
    """Programs write themselves, and the name of the computer's user."""
    assert byline_of(author) == byline


@pytest.mark.parametrize(
    ("title", "lines", "index"),
    [
        ("Rain floods Tolven", ["Rain floods Tolven", "It rained."], 0),
        ("Rain floods Tolven - Quayside Herald", ["NEWS", "Rain Floods Tolven"], 1),
        ("Well-known | Herald", ["Well-known"], 0),
        ("News | Herald", ["News"], None),
        ("Microsoft Word - story3.doc", ["Rain floods Tolven"], None),
        ("Rain floods Tolven", ["x"] * 8 + ["Rain floods Tolven"], None),
        (None, ["Rain"], None),
    ],
)
def test_a_title_is_the_headline_where_the_text_shows_it(title, lines, index):
    """Among its first lines, with or without the name of the site."""
    assert headline_among(title, lines) == index
