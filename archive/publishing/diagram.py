"""The tables and what they refer to, drawn as SVG from the models.

A small layered layout (Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical
system structures", IEEE Trans. SMC 11, 1981): a table stands in a column to the right of all it
refers to; the order within a column follows the middle of what a box is joined to. A reference that
passes a column on its way goes through a lane of it, one for each table referred to, so that no
line crosses a box. Drawn with attributes, which a page's style sheet may overrule by class.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from archive.publishing.explained import ExplainedColumn, ExplainedTable

_CHARACTER = 7.3
"""Width of a character of 12 px in a fixed pitch."""

_ROW, _HEAD, _PAD = 18.0, 26.0, 10.0
_GAP, _STREET, _LANE, _MARGIN = 22.0, 76.0, 8.0, 12.0
"""Between boxes of a column, between columns, height of a lane, around all: pixels."""

_SWEEPS = 6

Node = tuple[str, int]
"""A table's name and the column: its own for a box, another one for a lane that leads to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A table as drawn: corner, size, its lines of text, and the middle height of each column."""

    table: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    heights: dict[str, float]
    keys: frozenset[str]

    @property
    def entry(self) -> float:
        """Height at which references to the table arrive: its head."""
        return self.y + _HEAD / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """Boxes, and lines as SVG paths; width and height in pixels."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    paths: tuple[str, ...]
    feet: tuple[str, ...]


def relations(tables: Iterable[ExplainedTable]) -> list[str]:
    """Tell each reference in a sentence: what the diagram shows, for those who do not see it."""
    return [
        f"{table.name}.{column.name} refers to {column.refers_to[0]}.{column.refers_to[1]}"
        + (", or to none" if column.is_nullable else "")
        for table in tables
        for column in table.columns
        if column.refers_to
    ]


def draw(tables: Sequence[ExplainedTable]) -> Diagram:
    """Lay the tables out; the same tables always give the same drawing."""
    levels = _levels(tables)
    routes = _routes(tables, levels)
    columns = _ordered(levels, routes)
    by_name = {table.name: table for table in tables}
    widths = [
        max((_width(by_name[name]) for name, home in column if levels[name] == home), default=0.0)
        for column in columns
    ]
    tall = [sum(_height(node, levels, by_name) + _GAP for node in column) for column in columns]
    height = max(tall, default=0.0) - _GAP + 2 * _MARGIN
    boxes: dict[str, Box] = {}
    places: dict[Node, tuple[float, float, float]] = {}  # left, right, height of the line
    x = _MARGIN
    for column, width, used in zip(columns, widths, tall, strict=True):
        y = _MARGIN + (height - 2 * _MARGIN - used + _GAP) / 2
        for node in column:
            name, home = node
            if levels[name] == home:
                boxes[name] = _box(by_name[name], x, y, width)
                places[node] = (x, x + width, boxes[name].entry)
            else:
                places[node] = (x, x + width, y + _LANE / 2)
            y += _height(node, levels, by_name) + _GAP
        x += width + _STREET
    paths, feet = _lines(tables, levels, boxes, places)
    return Diagram(
        width=x - _STREET + _MARGIN,
        height=height,
        boxes=tuple(boxes[table.name] for table in tables),
        paths=paths,
        feet=feet,
    )


# ------------------------------------------------------------------------------- layout


def _references(table: ExplainedTable) -> Iterator[tuple[str, ExplainedColumn]]:
    """Other tables that a table refers to, with the column; references to itself are left out."""
    for column in table.columns:
        if column.refers_to and column.refers_to[0] != table.name:
            yield column.refers_to[0], column


def _levels(tables: Sequence[ExplainedTable]) -> dict[str, int]:
    """Column of each table: one to the right of the last it refers to.

    A table that refers to nothing stands just before the first that refers to it, so that lines
    are short; one that nothing is joined to stands in the first column.
    """
    parents = {table.name: {name for name, _column in _references(table)} for table in tables}
    levels: dict[str, int] = {}

    def level(name: str) -> int:
        if name not in levels:
            levels[name] = 1 + max((level(parent) for parent in parents[name]), default=-1)
        return levels[name]

    for name in parents:
        level(name)
    for name, own in parents.items():
        children = [levels[child] for child, others in parents.items() if name in others]
        if not own and children:
            levels[name] = min(children) - 1
    return levels


def _routes(
    tables: Sequence[ExplainedTable], levels: dict[str, int]
) -> dict[tuple[str, str], list[Node]]:
    """Nodes that a reference passes, from the table that refers to the one referred to."""
    return {
        (table.name, target): [
            (table.name, levels[table.name]),
            *((target, level) for level in range(levels[table.name] - 1, levels[target] - 1, -1)),
        ]
        for table in tables
        for target, _column in _references(table)
    }


def _ordered(levels: dict[str, int], routes: dict[tuple[str, str], list[Node]]) -> list[list[Node]]:
    """Put the nodes of each column in the order of the middle of their neighbours."""
    nodes: set[Node] = set(levels.items()) | {node for route in routes.values() for node in route}
    neighbours: dict[Node, set[Node]] = {node: set() for node in nodes}
    for route in routes.values():
        for one, other in pairwise(route):
            neighbours[one].add(other)
            neighbours[other].add(one)
    columns: list[list[Node]] = [
        sorted(node for node in nodes if node[1] == level)
        for level in range(max(levels.values(), default=-1) + 1)
    ]

    def middle(node: Node, side: int) -> float:
        if not 0 <= node[1] + side < len(columns):
            return 0.0
        beside = columns[node[1] + side]
        found = [beside.index(other) / len(beside) for other in neighbours[node] if other in beside]
        # What is joined to nothing goes to the foot of its column.
        return sum(found) / len(found) if found else 2.0 if not neighbours[node] else 0.5

    for sweep in range(_SWEEPS):
        side = -1 if sweep % 2 == 0 else 1
        for column in columns[::-side]:
            at = {node: (middle(node, side), node) for node in column}
            if 0 <= column[0][1] + side < len(columns):
                column.sort(key=at.__getitem__)
    return columns


# ------------------------------------------------------------------------------ drawing


def _keys(table: ExplainedTable) -> list[ExplainedColumn]:
    return [column for column in table.columns if column.is_key or column.refers_to]


def _texts(table: ExplainedTable) -> list[str]:
    """Lines of a box below its head."""
    keys = _keys(table)
    texts = []
    for column in keys:
        text = f"{column.name}{'?' if column.is_nullable and not column.is_key else ''}"
        texts.append(
            f"{text} ↺" if column.refers_to and column.refers_to[0] == table.name else text
        )
    more = len(table.columns) - len(keys)
    return [*texts, f"+ {more} more"] if more else texts


def _width(table: ExplainedTable) -> float:
    longest = max(len(text) for text in [*_texts(table), f"{table.name} "])
    return round(longest * _CHARACTER + 2 * _PAD)


def _height(node: Node, levels: dict[str, int], by_name: dict[str, ExplainedTable]) -> float:
    name, home = node
    if levels[name] != home:
        return _LANE
    return _HEAD + _ROW * len(_texts(by_name[name])) + _PAD / 2


def _box(table: ExplainedTable, x: float, y: float, width: float) -> Box:
    lines = _texts(table)
    heights = {
        column.name: y + _HEAD + _ROW * (place + 0.5) for place, column in enumerate(_keys(table))
    }
    height = _HEAD + _ROW * len(lines) + _PAD / 2
    return Box(
        table=table.name,
        x=x,
        y=y,
        width=width,
        height=height,
        lines=tuple(lines),
        heights=heights,
        keys=frozenset(column.name for column in table.columns if column.is_key),
    )


def _lines(
    tables: Sequence[ExplainedTable],
    levels: dict[str, int],
    boxes: dict[str, Box],
    places: dict[Node, tuple[float, float, float]],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Paths of all references, each stretch that several share once, and the feet of the many."""
    paths: dict[str, None] = {}
    feet = []
    for table in tables:
        box = boxes[table.name]
        for target, column in _references(table):
            x, y = box.x, box.heights[column.name]
            if [each.name for each in table.columns if each.is_key] != [column.name]:
                feet.append(f"M{x:g} {y - 5:g}L{x - 9:g} {y:g}L{x:g} {y + 5:g}")
            for level in range(levels[table.name] - 1, levels[target] - 1, -1):
                left, right, height = places[target, level]
                bend = (x - right) / 2
                paths[
                    f"M{x:g} {y:g}C{x - bend:g} {y:g} {right + bend:g} {height:g} "
                    f"{right:g} {height:g}"
                ] = None
                if level != levels[target]:
                    paths[f"M{right:g} {height:g}H{left:g}"] = None
                x, y = left, height
    return tuple(paths), tuple(feet)


def svg(diagram: Diagram, title: str) -> str:
    """Write a diagram as one SVG element, an image with a title for those who do not see it."""
    size = f"{diagram.width:g} {diagram.height:g}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="img" '
        f'viewBox="0 0 {size}" width="{diagram.width:g}" height="{diagram.height:g}" '
        f'aria-labelledby="diagram-title" font-family="monospace" font-size="12">',
        f'<title id="diagram-title">{escape(title)}</title>',
        f'<rect class="ground" width="{diagram.width:g}" height="{diagram.height:g}" '
        'fill="#ffffff"/>',
        *(f'<path class="line" d="{d}" fill="none" stroke="#5d5850"/>' for d in diagram.paths),
        *(f'<path class="foot" d="{d}" fill="none" stroke="#5d5850"/>' for d in diagram.feet),
        *(_drawn(box) for box in diagram.boxes),
        "</svg>",
    ]
    return "\n".join(parts)


def _drawn(box: Box) -> str:
    def text(line: str, y: float, kind: str, more: str = "") -> str:
        return (
            f'<text class="{kind}" x="{box.x + _PAD:g}" y="{y:g}" fill="#1d1b18"{more}>'
            f"{escape(line)}</text>"
        )

    heads = [
        f'<rect class="box" x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" '
        f'height="{box.height:g}" rx="3" fill="#fcfbf7" stroke="#1d1b18"/>',
        f'<path class="rule" d="M{box.x:g} {box.y + _HEAD - 4:g}h{box.width:g}" stroke="#cfc9bb"/>',
        text(box.table, box.y + 16, "name", ' font-weight="bold"'),
    ]
    rows = []
    for place, line in enumerate(box.lines):
        is_key = line in box.keys
        rows.append(
            text(
                line,
                box.y + _HEAD + _ROW * (place + 0.5) + 4,
                "primary" if is_key else "column",
                ' text-decoration="underline"' if is_key else "",
            )
        )
    return "\n".join([*heads, *rows])
