"""Make `archive/publishing/static/world.svg`, the outline map of entities (development only).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/make_world.py package/countries-110m.json

The shapes are those of Natural Earth at 1:110 million, which are in the public domain
(https://www.naturalearthdata.com/about/terms-of-use/). The package `world-atlas` (ISC licence) has
them as TopoJSON: arcs of whole numbers, each point given by its distance from the one before, that
polygons share (https://github.com/topojson/topojson-specification).
"""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "archive" / "publishing" / "static" / "world.svg"

NORTH, SOUTH = 84.0, -57.0
"""Latitudes of the map's edges; Antarctica is left out. `archive/publishing/pages/world.py` has
the same projection: one unit a degree, x = longitude + 180, y = NORTH - latitude."""

Point = tuple[float, float]


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Decode the arcs into points of the map, to a tenth of a degree."""
    (scale_x, scale_y), (left, bottom) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs = []
    for arc in topology["arcs"]:
        absolute = accumulate(arc, lambda before, step: [before[0] + step[0], before[1] + step[1]])
        arcs.append([
            (round(x * scale_x + left + 180, 1), round(NORTH - (y * scale_y + bottom), 1))
            for x, y in absolute
        ])  # fmt: skip
    return arcs


def rings_of(geometries: Iterable[dict[str, Any]]) -> Iterator[list[int]]:
    """Yield each ring of each polygon as the numbers of its arcs."""
    for geometry in geometries:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            yield from polygon


def points_of(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Join the arcs of a ring; a negative number means the arc ~number backwards."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def unwrapped(points: list[Point]) -> list[list[Point]]:
    """Let a ring that crosses 180 degrees run on beyond the edge, once beyond either."""
    turns, ring = 0, [points[0]]
    for (before, _y), (x, y) in pairwise(points):
        turns += (before - x > 180) - (x - before > 180)
        ring.append((x + 360 * turns, y))
    shifts = [0, -360] if max(x for x, _y in ring) > 360 else [0]
    shifts += [360] if min(x for x, _y in ring) < 0 else []
    return [[(x + shift, y) for x, y in ring] for shift in shifts]


def path_of(points: list[Point]) -> str:
    """Write a closed line in the notation of SVG, each point relative to the one before."""
    steps = "".join(
        f"{round(x - before_x, 1):g},{round(y - before_y, 1):g} "
        for (before_x, before_y), (x, y) in pairwise(points)
        if (x, y) != (before_x, before_y)
    )
    return f"M{points[0][0]:g},{points[0][1]:g}l{steps.rstrip()}z"


def main(source: Path) -> None:
    """Write the map from a file of TopoJSON that has the object `countries`."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    lines = [
        line
        for ring in rings_of(topology["objects"]["countries"]["geometries"])
        for line in unwrapped(points_of(ring, arcs))
    ]
    paths = [
        path_of(points)
        for points in lines
        # An island may have shrunk to a point.
        if len(set(points)) > 2 and min(y for _x, y in points) < NORTH - SOUTH
    ]
    TARGET.write_text(
        "<!-- Outlines: Natural Earth 1:110m, public domain; made by scripts/make_world.py. -->\n"
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 {NORTH - SOUTH:g}">'
        f'<path id="land" d="{"".join(paths)}"/></svg>\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
