"""Roles of the lines of a document whose format tells that it is one story."""

from collections.abc import Sequence
from typing import Final

from archive.records import Document, Role
from archive.segmenting.lines import Line
from archive.segmenting.shapes import Shape, shape_of
from archive.segmenting.stories import Placed

_BY_SHAPE: Final = {
    Shape.FURNITURE: Role.FURNITURE,
    Shape.RULE: Role.FURNITURE,
    Shape.CREDIT: Role.CREDIT,
    Shape.CAPTION: Role.CAPTION,
    Shape.BODY: Role.BODY,
}
"""What a line without a given role is, by its looks; headings and cut-off lines need context."""


def place_marked(document: Document, lines: Sequence[Line]) -> list[Placed]:
    """Give every line its role, in the order of the text; all but furniture are one story.

    A role that the format gives stands. The first line is the headline where it is the one that
    the document's metadata gives. Elsewhere a short line before a passage is a subheading, but
    only in documents whose format marks none; a cut-off line is a teaser where it is all the text.
    """
    given = _given_roles(document, lines)
    if lines and given[0] is None and lines[0].text == document.metadata.headline:
        given[0] = Role.HEADLINE
    shapes = [shape_of(line.text) for line in lines]
    heading = Role.BODY if Role.SUBHEADING in given else Role.SUBHEADING
    teaser = Role.BODY if Role.BODY in given or Shape.BODY in shapes else Role.TEASER
    placed = []
    for index, (line, shape) in enumerate(zip(lines, shapes, strict=True)):
        role = given[index] or _BY_SHAPE.get(shape)
        if role is None and shape is Shape.HEADING:
            role = heading if Shape.BODY in shapes[index + 1 : index + 2] else Role.BODY
        role = role or teaser
        placed.append(Placed(line, role, None if role is Role.FURNITURE else 0))
    return placed


def _given_roles(document: Document, lines: Sequence[Line]) -> list[Role | None]:
    """The role of the part that each line begins in, None where none is told."""
    parts = sorted(document.parts, key=lambda part: part.char_start)
    roles: list[Role | None] = []
    at = 0
    for line in lines:
        while at < len(parts) and parts[at].char_end <= line.start:
            at += 1
        inside = at < len(parts) and parts[at].char_start <= line.start
        roles.append(parts[at].role if inside else None)
    return roles
