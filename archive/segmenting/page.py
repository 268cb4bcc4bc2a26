"""The lines of a document with what is known of each before stories are cut."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from archive.segmenting.evidence import WINDOW, Setting
from archive.segmenting.lines import Line
from archive.segmenting.shapes import Shape, is_dialogue, shape_of
from archive.segmenting.wording import Wording, likeness, wording_of

TEXT: Final = (Shape.BODY, Shape.HEADING, Shape.TEASER)
"""Shapes of the lines that are text of a story."""

_CREDITS: Final = (Shape.CREDIT, Shape.CAPTION)
_NEAR: Final = 6
"""Lines on each side among which the turns of an interview are looked for."""


class Page:
    """Lines, their shapes, and the words of those that are text."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.shapes = [shape_of(line.text) for line in lines]
        self.wordings = {
            index: wording_of(line.text)
            for index, line in enumerate(lines)
            if self.shapes[index] in TEXT
        }

    def after(self, index: int) -> list[Wording]:
        """The words of the body lines from `index` on, no more than the window holds.

        A teaser or a rule ends them, since the story ends there; the line itself may be a teaser.
        """
        found: list[Wording] = []
        for at in range(index, len(self.lines)):
            if self.shapes[at] is Shape.BODY or (at == index and self.shapes[at] is Shape.TEASER):
                found.append(self.wordings[at])
            elif self.shapes[at] in (Shape.TEASER, Shape.RULE):
                break
            if len(found) == WINDOW:
                break
        return found

    def is_interview(self, index: int) -> bool:
        """Whether a line stands among the turns of an interview, or just before the first."""
        near = range(max(0, index - _NEAR), min(len(self.lines), index + _NEAR + 1))
        return len(self._turns) > 2 and sum(at in self._turns for at in near) > 1

    @cached_property
    def _turns(self) -> frozenset[int]:
        """Indices of the lines that are turns of speech with their speaker before them."""
        return frozenset(
            at
            for at, shape in enumerate(self.shapes)
            if shape is Shape.BODY and is_dialogue(self.lines[at].text)
        )

    def next_text(self, index: int) -> Shape | None:
        """The shape of the next line that is text of a story, None where there is none."""
        for at in range(index + 1, len(self.lines)):
            if self.shapes[at] in TEXT:
                return self.shapes[at]
        return None

    def setting(self, index: int) -> Setting:
        """What the signals of a line compare with."""
        shapes = self.shapes
        return Setting(
            self.lines[index].gap / self._usual_gap,
            self._usual_cohesion,
            credit_before=index > 0 and shapes[index - 1] in _CREDITS,
            credit_after=index + 1 < len(shapes) and shapes[index + 1] in _CREDITS,
        )

    @cached_property
    def _usual_gap(self) -> int:
        """Newlines that most often stand between two lines of the document, at least 1."""
        gaps = sorted(line.gap for line in self.lines[1:])
        return max(1, gaps[len(gaps) // 2]) if gaps else 1

    @cached_property
    def _usual_cohesion(self) -> float:
        """Mean likeness of neighbouring passages of the document, 0 where there is one at most."""
        passages = [
            self.wordings[at] for at, shape in enumerate(self.shapes) if shape is Shape.BODY
        ]
        pairs = list(pairwise(passages))
        return sum(likeness(one, two) for one, two in pairs) / max(1, len(pairs))
