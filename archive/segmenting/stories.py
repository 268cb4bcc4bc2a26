"""Which lines open a story, and the role that each line has in it.

The decision runs once through the lines, in this order for each:
1. furniture belongs to no story, and rules (`***`) end the story before them;
2. a cut-off line is a teaser, a story by itself or the text of the headline before it;
3. a heading is a headline where a story starts after it, else a subheading;
4. any other line is body, and opens a story where the signals say so;
5. credits and captions before a headline go to the story that follows, others stay.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from archive.records import Role
from archive.segmenting.bylines import find_dateline
from archive.segmenting.evidence import (
    WINDOW,
    Setting,
    Signals,
    Story,
    heading_signals,
    mid_story_signals,
    opening_signals,
)
from archive.segmenting.lines import Line
from archive.segmenting.shapes import Shape, is_sign_off, shape_of
from archive.segmenting.wording import Name, Wording, likeness, wording_of
from archive.vocabulary.story_model import probability

_TEXT: Final = (Shape.BODY, Shape.HEADING, Shape.TEASER)


@dataclass(slots=True)
class Placed:
    """A line with its role; `story` numbers its story from 0, None for furniture."""

    line: Line
    role: Role
    story: int | None


Decide = Callable[[str, Signals, int], bool]
"""Answers the question of a model by its signals, for the line of that index."""


class Cutter:
    """Goes through the lines of one document and places each."""

    def __init__(self, lines: Sequence[Line], decide: Decide) -> None:
        self.lines = lines
        self.decide = decide
        self.shapes = [shape_of(line.text) for line in lines]
        self.wordings = {
            index: wording_of(line.text)
            for index, line in enumerate(lines)
            if self.shapes[index] in _TEXT
        }
        self.usual_gap = _usual_gap(lines)
        self.usual_cohesion = _usual_cohesion(
            [self.wordings[at] for at, shape in enumerate(self.shapes) if shape is Shape.BODY]
        )
        self.placed: list[Placed] = []
        self.count = 0
        self.earlier: set[Name] = set()
        self.story = Story()
        self.has_headline = False
        self.ended = True

    def run(self) -> list[Placed]:
        """Place every line."""
        for index in range(len(self.lines)):
            _PLACERS[self.shapes[index]](self, index)
        return self.placed

    def place_aside(self, index: int) -> None:
        """Furniture belongs to no story."""
        self._put(index, Role.FURNITURE, None)

    def place_rule(self, index: int) -> None:
        """A line of signs ends the story before it."""
        self._put(index, Role.FURNITURE, None)
        self.ended = True

    def place_attached(self, index: int) -> None:
        """A credit or caption stays with its story, until a headline claims it."""
        role = Role.CREDIT if self.shapes[index] is Shape.CREDIT else Role.CAPTION
        self._put(index, role, max(self.count - 1, 0))

    def place_teaser(self, index: int) -> None:
        """A cut-off line is a story of its own, or the text of the headline before it."""
        if not self._awaits_text():
            self._start(index)
        self._put(index, Role.TEASER, self.count - 1)
        self.ended = True

    def place_heading(self, index: int) -> None:
        """A heading is a headline where a story starts after it."""
        after = self._after(index + 1)
        if self._awaits_text() or not (after or self._teaser_follows(index)):
            role = Role.SUBHEADING if self.count else Role.HEADLINE
            if not self.count:
                self._start(index)
                self.has_headline = True
            self._put(index, role, self.count - 1)
        elif self._is_headline(index, after):
            self._start(index)
            self.has_headline = True
            self._put(index, Role.HEADLINE, self.count - 1)
        else:
            self._put(index, Role.SUBHEADING, self.count - 1)

    def place_body(self, index: int) -> None:
        """Body opens a story where the signals say so."""
        if not self._awaits_text() and self._body_opens(index):
            self._start(index)
        self.story.add(self.wordings[index])
        self._put(index, Role.BODY, self.count - 1)

    def _body_opens(self, index: int) -> bool:
        if self.ended:
            return True
        signals = opening_signals(self.story, self._after(index), self._setting(index))
        if find_dateline(self.lines[index].text) is not None and not signals["repeats_before"]:
            return True
        return self.decide("opening", signals, index)

    def _is_headline(self, index: int, after: Sequence[Wording]) -> bool:
        if self.ended or self._teaser_follows(index):
            return True
        signals = heading_signals(self.story, self.wordings[index], after, self._setting(index))
        return self.decide("heading", signals, index)

    def _awaits_text(self) -> bool:
        """Whether the story has its headline and no text yet."""
        return self.has_headline and not self.story.passages and not self.ended

    def _start(self, index: int) -> None:
        """Open a story at a line, with the credits directly before it if it has a headline."""
        starts_with_heading = self.shapes[index] is Shape.HEADING
        for placed in reversed(self.placed):
            if placed.role is Role.FURNITURE:
                continue
            if placed.role not in (Role.CREDIT, Role.CAPTION) or (
                self.count and is_sign_off(placed.line.text)
            ):
                break
            if starts_with_heading or self.count == 0:
                placed.story = self.count
        self.count += 1
        self.earlier |= self.story.full
        self.story = Story(self.earlier)
        self.has_headline = False
        self.ended = False

    def _put(self, index: int, role: Role, story: int | None) -> None:
        self.placed.append(Placed(self.lines[index], role, story))

    def _after(self, index: int) -> list[Wording]:
        """The wordings of the body lines from `index` on, up to the window's size."""
        found: list[Wording] = []
        for at in range(index, len(self.lines)):
            if self.shapes[at] is Shape.BODY:
                found.append(self.wordings[at])
            elif self.shapes[at] in (Shape.TEASER, Shape.RULE):
                break
            if len(found) == WINDOW:
                break
        return found

    def _teaser_follows(self, index: int) -> bool:
        for at in range(index + 1, len(self.lines)):
            if self.shapes[at] in _TEXT:
                return self.shapes[at] is Shape.TEASER
        return False

    def _setting(self, index: int) -> Setting:
        return Setting(self.lines[index].gap / self.usual_gap, self.usual_cohesion)


_PLACERS: Final = {
    Shape.FURNITURE: Cutter.place_aside,
    Shape.RULE: Cutter.place_rule,
    Shape.CREDIT: Cutter.place_attached,
    Shape.CAPTION: Cutter.place_attached,
    Shape.TEASER: Cutter.place_teaser,
    Shape.HEADING: Cutter.place_heading,
    Shape.BODY: Cutter.place_body,
}


def decide_by_weight(model: str, signals: Signals, index: int) -> bool:
    """Whether the fitted model finds yes the likelier answer; the line's index plays no part."""
    del index
    return probability(model, signals) > 0.5


def place_lines(lines: Sequence[Line], decide: Decide = decide_by_weight) -> list[Placed]:
    """Give every line its role and story, in the order of the text.

    `decide` can be replaced where the truth is known: so the weights are fitted.
    """
    return Cutter(lines, decide).run()


def opens_mid_story(texts: Sequence[str]) -> bool:
    """Whether a story without headline and dateline, given its first passages, lacks its start."""
    after = [wording_of(text) for text in texts[:2]]
    return probability("mid_story", mid_story_signals(after)) > 0.5


def _usual_gap(lines: Sequence[Line]) -> int:
    """Newlines that most often stand between two lines of the document, at least 1."""
    gaps = sorted(line.gap for line in lines[1:])
    return max(1, gaps[len(gaps) // 2]) if gaps else 1


def _usual_cohesion(passages: Sequence[Wording]) -> float:
    """Mean likeness of neighbouring passages of the document, 0 where there is one at most."""
    pairs = list(pairwise(passages))
    return sum(likeness(one.stems, two.stems) for one, two in pairs) / max(1, len(pairs))
