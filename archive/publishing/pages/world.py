"""Where things are on the outline map `static/world.svg`."""

from dataclasses import dataclass

from archive.publishing.pages.rows import Row

WIDTH, HEIGHT = 360.0, 141.0
"""Size of the map: one unit a degree."""

_NORTH = 84.0
"""Latitude of the upper edge, as in `scripts/make_world.py`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A place on the map, from its upper left corner."""

    x: float
    y: float
    row: Row


def dot(row: Row) -> Dot | None:
    """Place a row with `latitude` and `longitude`; None without them or off the map."""
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if latitude is None or longitude is None:
        return None
    x, y = round(longitude + 180, 2), round(_NORTH - latitude, 2)
    return Dot(x=x, y=y, row=row) if 0 <= x <= WIDTH and 0 <= y <= HEIGHT else None
