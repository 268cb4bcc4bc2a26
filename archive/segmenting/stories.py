"""Which lines open a story, and the role that each line has in it.

The decision runs once through the lines, in this order for each:
1. furniture belongs to no story, and rules (`***`) end the story before them;
2. a cut-off line is a teaser, a story by itself or the text of the headline before it;
3. a heading is a headline where a story starts after it, else a subheading;
4. any other line is body, and opens a story where the signals say so;
5. credits and captions before a headline go to the story that follows, others stay.
"""

from collections.abc import Callable, Container, Sequence
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
from archive.segmenting.furniture import line_key
from archive.segmenting.lines import Line
from archive.segmenting.shapes import (
    Shape,
    bare_text,
    heading_level,
    is_sign_off,
    looks_like_caption,
    looks_like_writer,
    shape_of,
)
from archive.segmenting.wording import Name, Wording, likeness, wording_of
from archive.vocabulary.story_model import probability

_MAX_KICKER_WORDS: Final = 3
_MIN_SENTENCE_WORDS: Final = 8
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

    def __init__(self, lines: Sequence[Line], decide: Decide, furniture: Container[str]) -> None:
        self.lines = lines
        self.decide = decide
        self.shapes = [
            Shape.FURNITURE
            if furniture and line_key(line.text) in furniture
            else shape_of(line.text)
            for line in lines
        ]
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
        self.headline: str | None = None
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
        role = self._role_of_heading(index)
        if role is Role.FURNITURE:
            self.place_aside(index)
            return
        if role is Role.HEADLINE and not self._repeats_headline(index):
            self._start(index)
            self.headline = self.lines[index].text
        elif role is Role.BODY:
            self.story.add(self.wordings[index])
        self._put(index, role, self.count - 1)

    def _role_of_heading(self, index: int) -> Role:
        if self._awaits_text():
            return self._role_below_headline(index)
        after = self._after(index + 1)
        teaser_follows = self._next_text(index) is Shape.TEASER
        if not after and not teaser_follows:
            return self._role_without_text(index)
        if self.ended and self._is_kicker(index):
            return Role.FURNITURE
        level = heading_level(self.lines[index].text)
        is_headline = (
            self.ended
            or teaser_follows
            or level == 1
            or (not level and self._is_headline(index, after))
        )
        return Role.HEADLINE if is_headline else Role.SUBHEADING

    def _role_below_headline(self, index: int) -> Role:
        """A heading straight below a headline: the same again, a writer's name, or a deck."""
        if self._repeats_headline(index):
            return Role.HEADLINE
        is_writer = looks_like_writer(bare_text(self.lines[index].text))
        return Role.CREDIT if is_writer else Role.SUBHEADING

    def _role_without_text(self, index: int) -> Role:
        """A heading that nothing follows: the only line, a last line without stop, or a link."""
        if not self.count:
            return Role.HEADLINE
        is_last = self._next_text(index) is None and self.shapes[index - 1] is Shape.BODY
        long = self.lines[index].text.count(" ") >= _MIN_SENTENCE_WORDS - 1
        return Role.BODY if is_last and long and not self.ended else Role.FURNITURE

    def _is_kicker(self, index: int) -> bool:
        """Whether a heading is a section's name above a headline: short, and a heading follows."""
        if self.lines[index].text.count(" ") >= _MAX_KICKER_WORDS:
            return False
        following = index + 1
        return (
            following < len(self.lines)
            and self.shapes[following] is Shape.HEADING
            and self.lines[following].text.count(" ") >= _MAX_KICKER_WORDS
            and not looks_like_writer(self.lines[following].text)
        )

    def _repeats_headline(self, index: int) -> bool:
        return self._awaits_text() and self.lines[index].text == self.headline

    def place_body(self, index: int) -> None:
        """Body opens a story where the signals say so."""
        if self._is_caption(index):
            self._put(index, Role.CAPTION, max(self.count - 1, 0))
            return
        if not self._awaits_text() and self._body_opens(index):
            self._start(index)
        self.story.add(self.wordings[index])
        self._put(index, Role.BODY, self.count - 1)

    def _is_caption(self, index: int) -> bool:
        """Whether a dated line stands between headline and lead, or above the first headline."""
        following = self._next_text(index)
        stands_so = self._awaits_text() or (not self.count and following is Shape.HEADING)
        return (
            stands_so
            and following in (Shape.BODY, Shape.HEADING)
            and looks_like_caption(self.lines[index].text)
        )

    def _body_opens(self, index: int) -> bool:
        if self.ended:
            return True
        signals = opening_signals(self.story, self._after(index), self._setting(index))
        if find_dateline(self.lines[index].text) is not None and not signals["repeats_before"]:
            return True
        return self.decide("opening", signals, index)

    def _is_headline(self, index: int, after: Sequence[Wording]) -> bool:
        signals = heading_signals(self.story, self.wordings[index], after, self._setting(index))
        return self.decide("heading", signals, index)

    def _awaits_text(self) -> bool:
        """Whether the story has its headline and no text yet."""
        return self.headline is not None and not self.story.passages and not self.ended

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
        self.headline = None
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

    def _next_text(self, index: int) -> Shape | None:
        """The shape of the next line that is text of a story, None where there is none."""
        for at in range(index + 1, len(self.lines)):
            if self.shapes[at] in _TEXT:
                return self.shapes[at]
        return None

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


def place_lines(
    lines: Sequence[Line],
    decide: Decide = decide_by_weight,
    *,
    furniture: Container[str] = frozenset(),
) -> list[Placed]:
    """Give every line its role and story, in the order of the text.

    `decide` can be replaced where the truth is known: so the weights are fitted. Lines whose key
    is in `furniture` are furniture.
    """
    return Cutter(lines, decide, furniture).run()


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
