"""Countries, their names in use and their people's names."""

import pytest

from archive.vocabulary.countries import countries, country_names, country_rows, demonyms


def test_every_code_and_name_is_one_countrys():
    """The rows fill a table whose code is the key and whose name is unique."""
    rows = country_rows()
    assert len({row[0] for row in rows}) == len({row[1] for row in rows}) == len(rows) == 250
    assert all(len(code) == 2 and code.isupper() for code, *_ in rows)


@pytest.mark.parametrize(
    ("code", "name"),
    [("IR", "Iran"), ("KR", "South Korea"), ("CD", "Democratic Republic of the Congo"),
     ("GB", "United Kingdom"), ("SY", "Syria"), ("XK", "Kosovo"), ("CI", "Ivory Coast")],
)  # fmt: skip
def test_countries_bear_the_names_that_news_uses(code, name):
    """The name is the common English one, not the formal one of ISO 3166-1."""
    assert countries()[code].name == name


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"),
    [("RU", 61, 100), ("FJ", -18, 178), ("US", 40, -99), ("NZ", -42, 172), ("CL", -36, -71)],
)
def test_a_countrys_middle_lies_inside_it(code, latitude, longitude):
    """Lands that cross the 180th meridian or have far islands keep their middle on the main land.

    Expected are rough readings from an atlas; five degrees are allowed.
    """
    country = countries()[code]
    assert country.latitude == pytest.approx(latitude, abs=5)
    assert country.longitude == pytest.approx(longitude, abs=5)


@pytest.mark.parametrize(
    ("name", "code"),
    [("Turkiye", "TR"), ("Türkiye", "TR"), ("U.S.", "US"), ("America", "US"), ("Burma", "MM"),
     ("Czechia", "CZ"), ("Islamic Republic of Iran", "IR"), ("UAE", "AE"), ("Viet Nam", "VN")],
)  # fmt: skip
def test_other_names_lead_to_the_country(name, code):
    """Abbreviations, official, former and other spellings give the code."""
    assert country_names()[name] == code


@pytest.mark.parametrize(
    ("form", "canonical", "code"),
    [("Iranian", "Iranian", "IR"), ("Afghans", "Afghan", "AF"), ("Danes", "Danish", "DK"),
     ("Scots", "Scottish", "GB"), ("Kurds", "Kurd", None), ("Europeans", "European", None)],
)  # fmt: skip
def test_peoples_have_one_name_and_a_country_where_they_are_its_nationals(form, canonical, code):
    """Every form leads to one canonical form; peoples without one state have no code."""
    demonym = demonyms()[form]
    assert (demonym.canonical, demonym.code) == (canonical, code)


def test_names_and_peoples_point_to_countries():
    """No code is used that the table lacks."""
    used = set(country_names().values()) | {d.code for d in demonyms().values() if d.code}
    assert used <= set(countries())
