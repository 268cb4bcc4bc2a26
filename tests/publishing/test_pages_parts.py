"""What pages are made of: marks, charts, words, citations, changes."""

import math
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.publishing.pages import charts, citation, marks, revisions, search, wording
from archive.publishing.pages.world import dot


@st.composite
def marked_texts(draw):
    """A text, where it begins in its source, and spans that nest, cross and reach beyond it."""
    text = draw(st.text(min_size=1, max_size=60))
    offset = draw(st.integers(0, 100))
    spans = draw(
        st.lists(
            st.builds(
                lambda start, size, href: marks.Span(
                    start=max(0, start),
                    end=max(0, start) + size,
                    kind="name",
                    style="person",
                    title="t",
                    href=href,
                    anchor=f"a{start}",
                ),
                st.integers(offset - 10, offset + 70),
                st.integers(0, 40),
                st.sampled_from([None, "/x"]),
            ),
            max_size=8,
        )
    )
    return text, offset, spans


@given(marked_texts())
def test_pieces_are_the_text_and_know_their_spans(case):
    """Joined the pieces are the text; each span covers exactly the pieces within it."""
    text, offset, spans = case
    found = marks.pieces(text, offset, spans)
    assert "".join(piece.text for piece in found) == text
    at = offset
    for piece in found:
        end = at + len(piece.text)
        covering = [
            span for span in spans if span.start <= at and span.end >= end and span.end > span.start
        ]
        assert sorted(map(id, piece.spans)) == sorted(map(id, covering))
        linked = [span.end - span.start for span in covering if span.href]
        assert (piece.link is None) is not bool(linked)
        if piece.link is not None:
            assert piece.link.end - piece.link.start == min(linked)
        at = end


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=5),
        st.dictionaries(
            st.builds("{:04}-{:02}".format, st.integers(1900, 2100), st.integers(1, 12)),
            st.integers(0, 10**7),
            max_size=20,
        ),
        max_size=4,
    )
)
def test_stacked_bars_stay_within_the_plot_and_add_up(series):
    """Every bar lies in the plot, and heights are in proportion to counts."""
    chart = charts.over_time(series, "articles")
    if chart is None:
        assert not any(series.values())
        return
    left, top, right, bottom = chart.plot
    for bar in chart.bars:
        assert left <= bar.x <= bar.x + bar.width <= right + 1
        assert top - 0.1 <= bar.y <= bar.y + bar.height <= bottom + 0.1
    total = sum(sum(counts.values()) for counts in series.values())
    if total and chart.bars:
        unit = sum(bar.height for bar in chart.bars) / total
        largest = max(max(counts.values(), default=0) for counts in series.values())
        assert max(bar.height for bar in chart.bars) >= unit * largest - 0.1


FINITE = st.floats(-1e15, 1e15, allow_nan=False) | st.none()


@given(
    st.lists(
        st.builds(
            lambda day, low, high: charts.Point(day=day.isoformat(), low=low, high=high, title="t"),
            st.dates(),
            FINITE,
            FINITE,
        ),
        max_size=20,
    )
)
def test_intervals_stay_within_the_plot(points):
    """Whatever the numbers, each figure has a place, the higher end above the lower."""
    chart = charts.with_bounds(points)
    if chart is None:
        assert all(point.low is None and point.high is None for point in points)
        return
    left, top, right, bottom = chart.plot
    for each in chart.intervals:
        assert left <= each.x <= right
        assert top - 0.5 <= each.top <= each.bottom <= bottom + 0.5
        assert math.isfinite(each.top)


@pytest.mark.parametrize(
    ("months", "names", "size"),
    [
        ([], [], 7),
        (["2024-11", "2025-01"], ["2024-11", "2024-12", "2025-01"], 7),
        (["2001-05", "2020-01"], [str(year) for year in range(2001, 2021)], 4),
    ],
)
def test_months_without_a_count_have_their_place(months, names, size):
    """Time goes on evenly, by month or, over a long span, by year."""
    assert charts.periods(months) == (names, size)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (0, "0"), (1e6, "1,000,000"), (-3.5, "−3.5"), (0.1 + 0.2, "0.3"), (12, "12")],
)
def test_numbers_are_written_as_people_read_them(value, text):
    """Thousands apart, no needless decimals, a true minus sign."""
    assert wording.number(value) == text


@pytest.mark.parametrize(
    ("low", "high", "modifier", "unit", "kind", "text"),
    [
        (5, None, "at_least", "person", "count", "at least 5"),
        (None, 5, "less_than", "km", "length", "less than 5 km"),
        (60, 60, "about", "percent", "percentage", "about 60%"),
        (1, 2, "between", "CHF", "money", "1 to 2 CHF"),
    ],
)
def test_amounts_are_written_with_hedge_and_unit(low, high, modifier, unit, kind, text):
    """Bounds, hedge and unit together say what the text says."""
    figure = {"low": low, "high": high, "modifier": modifier, "unit": unit, "kind": kind}
    assert wording.amount(figure) == text


def test_a_citation_survives_any_headline():
    """Line breaks and the special characters of each notation are taken out or escaped."""
    article = {
        "uid": "0" * 16,
        "headline": "50% of {all}\nER  - \\x & more",
        "byline": "A_B",
        "outlet": "The #1 ~ Post",
        "published_on": "2025-07-01",
        "published_precision": "month",
        "url": None,
    }
    cited = citation.cite(article, "http://h/articles/0", "Archive", None)
    assert r"50\% of \{all\} ER - \textbackslash{}x \& more" in cited.bibtex
    assert r"A\_B" in cited.bibtex
    assert cited.ris.splitlines()[-1] == "ER  - "
    assert [line[:6] for line in cited.ris.splitlines()].count("ER  - ") == 1
    assert "DA  - 2025/07/\r\n" in cited.ris
    assert "July 2025" in cited.text


@given(
    st.lists(st.text("ab c", max_size=12), max_size=6),
    st.lists(st.text("ab c", max_size=12), max_size=6),
)
def test_changes_tell_all_that_came_and_went(before, after):
    """Nothing changed means no change; else what was removed and added is in them."""
    found = list(revisions.changes(before, after))
    assert (found == []) is (before == after)
    removed = [text for change in found for kind, text in change.words if kind == "removed"]
    assert all(any(text in paragraph for paragraph in before) for text in removed)


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"latitude": 0.0, "longitude": 0.0}, (180.0, 84.0)),
        ({"latitude": -80.0, "longitude": 0.0}, None),
        ({"latitude": None, "longitude": 3.0}, None),
    ],
)
def test_places_are_found_on_the_map(row, place):
    """A unit is a degree from the upper left corner; what is off the map is left out."""
    found = dot(row)
    assert (None if found is None else (found.x, found.y)) == place


@given(st.text(max_size=200))
def test_any_word_never_makes_an_invalid_expression(text):
    """FTS5 takes whatever becomes of what somebody typed."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE f USING fts5(text)")
    connection.execute("SELECT 1 FROM f WHERE f MATCH ?", (search.any_word(text),)).fetchall()
    connection.close()
