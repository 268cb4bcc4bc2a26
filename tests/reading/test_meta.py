"""What the user says of documents: dates, and the rows of a CSV."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import MisuseError
from archive.reading.meta import MetadataTable, parse_published, read_metadata
from archive.records import Metadata, Precision


@pytest.mark.parametrize(
    ("text", "on", "at", "precision"),
    [
        ("2025", "2025-01-01", None, Precision.YEAR),
        ("2025-07", "2025-07-01", None, Precision.MONTH),
        ("2025-07-15", "2025-07-15", None, Precision.DAY),
        (" 20250715 ", "2025-07-15", None, Precision.DAY),
        ("2025-07-15T09:30", "2025-07-15", "2025-07-15T09:30", Precision.MINUTE),
        ("2025-07-15 09:30", "2025-07-15", "2025-07-15T09:30", Precision.MINUTE),
        ("2025-07-15T09:30:05Z", "2025-07-15", "2025-07-15T09:30:05+00:00", Precision.MINUTE),
        ("2025-07-15T09:30+02:00", "2025-07-15", "2025-07-15T09:30+02:00", Precision.MINUTE),
        ("20250715T0930+0200", "2025-07-15", "2025-07-15T09:30+02:00", Precision.MINUTE),
        ("2025-07-15T09:30:05.250-05", "2025-07-15", "2025-07-15T09:30:05-05:00", Precision.MINUTE),
    ],
)
def test_a_date_is_as_precise_as_it_was_written(text, on, at, precision):
    """A year, a month and a day are no minute of the first of January."""
    published = parse_published(text, "option")
    assert (published.on, published.at, published.precision) == (on, at, precision)
    assert published.source == "option"


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "yesterday", "15/07/2025", "2025-7-5", "2025-13", "2025-02-30", "20250230"),
        *("2025-W30", "2025-W30-1", "2025W301", "2025-196", "202507", "2025-07-15T09"),
        *("2025-07-15T25:00", "2025-07-15T", "T09:30", "٢٠٢٥", "2025-07-15T09:30 CEST"),
    ],
)
def test_what_is_no_plain_date_is_refused(text):
    """Weeks, days of the year, bare hours and nothing at all are not guessed at."""
    with pytest.raises(MisuseError, match=r"^--published: .* is no ISO 8601 date\. Write 2025"):
        parse_published(text, "option", given_as="--published")


@given(st.dates())
def test_both_formats_of_a_day_mean_the_same(day):
    """With hyphens or without."""
    extended = day.isoformat()
    assert parse_published(extended.replace("-", ""), "x") == parse_published(extended, "x")


@given(st.datetimes())
def test_every_time_is_read_to_its_day(moment):
    """Whatever the fraction of a second."""
    published = parse_published(moment.isoformat(), "x")
    assert (published.on, published.precision) == (moment.date().isoformat(), Precision.MINUTE)


@pytest.mark.parametrize(
    ("row", "source"),
    [
        ("a.txt", "in/box/a.txt"),
        ("box/a.txt", "in/box/a.txt"),
        ("./in/box/a.txt", "in/box/a.txt"),
        ("in//box/./a.txt", "in/box/a.txt"),
        ("in/other/../box/a.txt", "in/box/a.txt"),
        ("../in/a.txt", "../in/a.txt"),
        ("/in/a.txt", "/in/a.txt"),
        ("https://example.org/news/a.txt", "https://example.org/news/a.txt"),
        ("example.org/news/a.txt", "https://example.org/news/a.txt"),
        ("a.txt", "https://example.org/news/a.txt"),
    ],
)
def test_a_row_is_found_by_the_end_of_the_name(row, source):
    """However its path is written, and with the slashes of a URL."""
    table = MetadataTable({row: Metadata(outlet="Ledger")})
    assert table.unused == [row]
    assert table.find(source).outlet == "Ledger"
    assert table.unused == []


@pytest.mark.parametrize("source", ["in/ba.txt", "a.txt/b", "in/a.txt.bak", "A.txt"])
def test_a_row_does_not_fit_half_a_name(source):
    """What begins in the middle of a part is another name."""
    table = MetadataTable({"a.txt": Metadata(outlet="Ledger")})
    assert table.find(source) == Metadata()
    assert table.unused == ["a.txt"]


def test_the_longest_name_wins():
    """A row for one folder outranks the row for every file of that name."""
    table = MetadataTable({"a.txt": Metadata(outlet="All"), "box/a.txt": Metadata(outlet="Box")})
    assert table.find("in/box/a.txt").outlet == "Box"
    assert table.find("in/a.txt").outlet == "All"


@pytest.mark.parametrize(
    ("csv", "message"),
    [
        ("name,outlet\na.txt,The Ledger, Inc\n", "line 2: more cells than columns"),
        ("name,outlet\na.txt,Ledger,\n", "line 2: more cells than columns"),
        ("name,outlet,outlet\na.txt,Ledger,Courier\n", "column 'outlet' stands twice"),
        ("name,outlet\na.txt,Ledger\n./a.txt,Courier\n", "line 3: ./a.txt stands twice"),
        ("name,published\na.txt,2025-W30\n", "line 2, published: '2025-W30' is no ISO 8601"),
    ],
)
def test_a_table_that_would_lose_a_cell_is_refused(tmp_path: Path, csv, message):
    """What cannot be kept is told with its line."""
    path = tmp_path / "meta.csv"
    path.write_text(csv)
    with pytest.raises(MisuseError) as refused:
        read_metadata(path)
    assert f"{path}" in str(refused.value)
    assert message in str(refused.value)


def test_a_short_row_leaves_its_last_cells_empty(tmp_path: Path):
    """Missing cells say nothing, as empty ones do."""
    path = tmp_path / "meta.csv"
    path.write_text("name,outlet,published\na.txt,Ledger\n")
    assert read_metadata(path).find("a.txt") == Metadata(outlet="Ledger")
