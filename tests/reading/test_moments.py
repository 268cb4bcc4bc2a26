"""Dates as other programs write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading.moments import moment_of, published_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-09-09", "2025-09-09"),
        ("2025-09", "2025-09-01"),
        ("20250909", "2025-09-09"),
        (20250909, "2025-09-09"),
        ("2025/9/9", "2025-09-09"),
        ("2025-09-09 07:45:00", "2025-09-09T07:45"),
        ("2025-09-09 07:45:30.123456", "2025-09-09T07:45:30"),
        ("2025-09-09T07:45:00.000Z", "2025-09-09T07:45+00:00"),
        ("2025-09-09 07:45:00 UTC", "2025-09-09T07:45+00:00"),
        ("2025-09-09T07:45:00+0200", "2025-09-09T07:45+02:00"),
        ("20250909T074500Z", "2025-09-09T07:45+00:00"),
        ("20250909T074500+0200", "2025-09-09T07:45+02:00"),
        ("20250909074500", "2025-09-09T07:45"),
        ("Tue, 09 Sep 2025 07:45:00 +0200", "2025-09-09T07:45+02:00"),
        ("Tue, 09 Sep 2025 07:45:00 GMT", "2025-09-09T07:45+00:00"),
        ("September 9, 2025", "2025-09-09"),
        ("9 Sept. 2025", "2025-09-09"),
        ("Tuesday, 9th September 2025", "2025-09-09"),
        (1757403900, "2025-09-09T07:45+00:00"),
        (1757403900000, "2025-09-09T07:45+00:00"),
        (1757403900.5, "2025-09-09T07:45+00:00"),
        ("1757403900", "2025-09-09T07:45+00:00"),
        (["2025-09-09", "2025-09-10"], "2025-09-09"),
        ([None, "x", "2025-09-10"], "2025-09-10"),
    ],
)
def test_dates_are_understood(value, expected):
    """In any of these shapes, each with the precision it has."""
    assert moment_of(value) == expected


@pytest.mark.parametrize(
    "value",
    [None, "", "None", "n/a", "yesterday", "03/04/2025", "2025-13-01", "2025-02-30T10:00:00", 0, 42,
     -1, True, 10**400, float("nan"), float("inf"), {}, [], [["2025-09-09"]], "9" * 5000,
     "٢٠٢٥-09-09", "31 February 2025"],
)  # fmt: skip
def test_what_is_no_date_is_left_out(value):
    """And nothing is raised."""
    assert published_of(value) is None


@given(st.text() | st.integers() | st.floats() | st.lists(st.text() | st.integers()))
def test_any_value(value):
    """Nothing is raised for any."""
    found = published_of(value)
    assert found is None or found.source == "metadata"
