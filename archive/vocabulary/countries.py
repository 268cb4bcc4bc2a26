"""Countries: codes, names in use, peoples' names, coordinates.

`countries.csv` holds one row per ISO 3166-1 alpha-2 code (and `XK`, the user-assigned code of
Kosovo that the EU, the IMF and GeoNames use) with the English name that news uses;
`country_names.csv` the other names of the same countries (`Turkiye`, `UAE`, `Islamic Republic of
Iran`); `demonyms.csv` what their people are called, and other peoples, regions and creeds.
"""

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from archive.vocabulary.tables import read_table


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory; latitude and longitude in degrees (WGS 84), None where unknown."""

    code: str
    name: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Demonym:
    """A name of people or their adjective.

    `canonical` is the form that stands for all of them (`Afghan` for `Afghans`), `code` the
    country where they are the nationals of one, `kind` nationality, region, ethnic or
    religion_or_creed.
    """

    name: str
    canonical: str
    code: str | None
    kind: str


@cache
def countries() -> MappingProxyType[str, Country]:
    """Return countries by code."""
    rows = read_table("countries")
    return MappingProxyType(
        {
            row["code"]: Country(
                row["code"], row["name"], _degrees(row["latitude"]), _degrees(row["longitude"])
            )
            for row in rows
        }
    )


@cache
def country_rows() -> tuple[tuple[str, str, float | None, float | None], ...]:
    """Rows of table `countries`: (code, name, latitude, longitude), by code.

    Latitude and longitude are degrees (WGS 84) of the middle of the main land, of the capital
    where the country is too small for the map used; None for uninhabited islands not on it.
    """
    return tuple((c.code, c.name, c.latitude, c.longitude) for c in countries().values())


@cache
def country_names() -> MappingProxyType[str, str]:
    """Code of the country by each of its names, as written in news (`US`, `Turkiye`)."""
    names = {country.name: country.code for country in countries().values()}
    for row in read_table("country_names"):
        names.setdefault(row["name"], row["code"])
    return MappingProxyType(names)


@cache
def demonyms() -> MappingProxyType[str, Demonym]:
    """Names of peoples, nationalities, regions' people and creeds, by name."""
    found: dict[str, Demonym] = {}
    for row in read_table("demonyms"):
        demonym = Demonym(row["name"], row["canonical"], row["code"] or None, row["kind"])
        found.setdefault(demonym.name, demonym)
    return MappingProxyType(found)


def _degrees(cell: str) -> float | None:
    return float(cell) if cell else None
