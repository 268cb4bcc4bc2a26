"""Which lines open a story, and the role that each line has in it.

The decision runs through the lines, in this order for each:
1. furniture belongs to no story, and rules (`***`) end the story before them;
2. a cut-off line is a teaser, a story by itself or the text of the headline before it;
3. a heading is a headline where a story starts after it, else a subheading; a question that an
   interview puts is a subheading;
4. any other line is body, and opens a story where the signals say so, but not among the turns of
   an interview; an opening may be moved back to a line that is likelier in view of what follows;
5. credits and captions before a headline go to the story that follows, others stay.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from archive.records import Role
from archive.segmenting.bylines import find_dateline
from archive.segmenting.evidence import (
    Signals,
    Story,
    heading_signals,
    mid_story_signals,
    opening_signals,
)
from archive.segmenting.lines import Line
from archive.segmenting.page import Page
from archive.segmenting.shapes import (
    Shape,
    asks_somebody,
    bare_text,
    heading_level,
    is_dialogue,
    is_sign_off,
    looks_like_caption,
    looks_like_writer,
)
from archive.segmenting.wording import Name, Wording, wording_of
from archive.vocabulary.story_model import probability

_MAX_KICKER_WORDS: Final = 3
_MIN_SENTENCE_WORDS: Final = 8
_THRESHOLD: Final = 0.5
_CLEAR: Final = 0.8
"""Chance from which on an opening within the text is clear, ..."""
_THRESHOLD_WHERE_CLEAR: Final = 0.35
"""... and the chance that is then enough for others: where stories are run together once, they
are likely to be so again. Both chosen on the half of the news that the weights are fitted on."""
_SHORT_STORY: Final = 3
"""Passages that a story must have before the lower chance is enough to end it."""
_MOST_MOVED: Final = 3
"""Passages by which an opening is moved back at most, ..."""
_POSSIBLE: Final = 0.1
"""... and the chance of an opening from which on that is tried."""
_MOST_TEASER_WORDS: Final = 45


@dataclass(slots=True)
class Placed:
    """A line with its role; `story` numbers its story from 0, None for furniture."""

    line: Line
    role: Role
    story: int | None


_POINTING_BACK: Final = (
    "opens_with_pronoun",
    "opens_with_connective",
    "opens_with_quote",
    "contains_quote",
    "additive_word",
    "names_known",
    "definite_known",
)
"""Signals of a passage that goes on with a story."""

Estimate = Callable[[str, Signals, int], float]
"""Chance of a yes to the question of a model by its signals, for the line of that index."""


def estimate(model: str, signals: Signals, index: int) -> float:
    """The chance by the fitted models; the line's index plays no part."""
    del index
    return probability(model, signals)


def place_lines(lines: Sequence[Line], estimate: Estimate = estimate) -> list[Placed]:
    """Give every line its role and story, in the order of the text.

    `estimate` can be replaced where the truth is known: so the weights are fitted.
    """
    page = Page(lines)
    cutter = Cutter(page, estimate)
    placed = cutter.run()
    chances = cutter.chances.values()
    is_other = any(_THRESHOLD_WHERE_CLEAR < chance <= _THRESHOLD for chance in chances)
    if is_other and max(chances) > _CLEAR:
        placed = Cutter(page, estimate, _THRESHOLD_WHERE_CLEAR).run()
    return placed


def opens_mid_story(texts: Sequence[str]) -> bool:
    """Whether a story without headline and dateline, given its first passages, lacks its start."""
    after = [wording_of(text) for text in texts[:2]]
    return probability("mid_story", mid_story_signals(after)) > 0.5


class Cutter:
    """Goes through the lines of one document and places each.

    `chances` are those of an opening at the lines where the signals were asked.
    """

    def __init__(self, page: Page, estimate: Estimate, threshold: float = _THRESHOLD) -> None:
        self.page = page
        self.estimate = estimate
        self.threshold = threshold
        self.chances: dict[int, float] = {}
        self.placed: list[Placed] = []
        self.count = 0
        self.earlier: set[Name] = set()
        self.story = Story()
        self.headline: str | None = None
        self.ended = True

    def run(self) -> list[Placed]:
        """Place every line."""
        for index, shape in enumerate(self.page.shapes):
            _PLACERS[shape](self, index)
        return self.placed

    def place_aside(self, index: int) -> None:
        """Furniture belongs to no story."""
        self._put(index, Role.FURNITURE, None)

    def place_rule(self, index: int) -> None:
        """A line of signs ends the story before it."""
        self._put(index, Role.FURNITURE, None)
        self.ended = True

    def place_credit(self, index: int) -> None:
        """A credit stays with its story, until a headline claims it."""
        self._put(index, Role.CREDIT, max(self.count - 1, 0))

    def place_caption(self, index: int) -> None:
        """A caption stays with its story, until a headline claims it."""
        self._put(index, Role.CAPTION, max(self.count - 1, 0))

    def place_teaser(self, index: int) -> None:
        """A cut-off line is a story of its own, or the text of the headline before it.

        Speech breaks off with the same dots. A cut-off line among others is a promotion; one by
        itself has to look like the opening of a story, or to end the text on another subject.
        """
        if not self._awaits_text():
            is_teaser = (
                self._among_teasers(index) or self._body_opens(index) or self._is_lone_teaser(index)
            )
            if not is_teaser:
                self._continue(index)
                return
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
            self.headline = self._text(index)
        elif role is Role.BODY:
            self.story.add(self.page.wordings[index])
        self._put(index, role, self.count - 1)

    def place_body(self, index: int) -> None:
        """Body opens a story where the signals say so."""
        if self._is_caption(index):
            self.place_caption(index)
            return
        if not self._awaits_text() and self._body_opens(index):
            start = self._likelier_start(index)
            if start < index:
                self._start_again(start)
                if not self._body_opens(index):
                    self._continue(index)
                    return
            self._start(index)
        self._continue(index)

    def _role_of_heading(self, index: int) -> Role:
        if self._awaits_text():
            return self._role_below_headline(index)
        teaser_follows = self.page.next_text(index) is Shape.TEASER
        after = [] if teaser_follows else self.page.after(index + 1)
        if not after and not teaser_follows:
            return self._role_without_text(index)
        if self.ended and self._is_kicker(index):
            return Role.FURNITURE
        if self._is_question(index):
            return Role.SUBHEADING
        level = heading_level(self._text(index))
        is_headline = (
            self.ended
            or teaser_follows
            or level == 1
            or (not level and self._is_headline(index, after))
            or find_dateline(after[0].text) is not None
        )
        return Role.HEADLINE if is_headline else Role.SUBHEADING

    def _is_question(self, index: int) -> bool:
        """Whether a heading within a story is a question of an interview."""
        text = self._text(index)
        return (
            not self.ended
            and bool(self.story.passages)
            and text.endswith("?")
            and (asks_somebody(text) or self.page.is_interview(index))
        )

    def _role_below_headline(self, index: int) -> Role:
        """A heading straight below a headline: the same again, a writer's name, or a deck."""
        if self._repeats_headline(index):
            return Role.HEADLINE
        is_writer = looks_like_writer(bare_text(self._text(index)))
        return Role.CREDIT if is_writer else Role.SUBHEADING

    def _role_without_text(self, index: int) -> Role:
        """A heading that nothing follows: the only line, a last line without stop, or a link."""
        if not self.count:
            return Role.HEADLINE
        is_last = self.page.next_text(index) is None and self.page.shapes[index - 1] is Shape.BODY
        is_long = self._text(index).count(" ") >= _MIN_SENTENCE_WORDS - 1
        return Role.BODY if is_last and is_long and not self.ended else Role.FURNITURE

    def _is_kicker(self, index: int) -> bool:
        """Whether a heading is a section's name above a headline: short, and a heading follows."""
        if self._text(index).count(" ") >= _MAX_KICKER_WORDS:
            return False
        following = index + 1
        return (
            following < len(self.page.lines)
            and self.page.shapes[following] is Shape.HEADING
            and self._text(following).count(" ") >= _MAX_KICKER_WORDS
            and not looks_like_writer(self._text(following))
        )

    def _repeats_headline(self, index: int) -> bool:
        return self._awaits_text() and self._text(index) == self.headline

    def _is_headline(self, index: int, after: Sequence[Wording]) -> bool:
        signals = heading_signals(
            self.story, self.page.wordings[index], after, self.page.setting(index)
        )
        return self.estimate("heading", signals, index) > _THRESHOLD

    def _among_teasers(self, index: int) -> bool:
        before = self.placed[-1].role if self.placed else None
        return before is Role.TEASER or self.page.next_text(index) is Shape.TEASER

    def _is_lone_teaser(self, index: int) -> bool:
        """Whether the last text of the document, cut off within a sentence, tells of other things.

        Nothing in it may point back to the story before it: no speech, pronoun or known name.
        """
        if self.page.next_text(index) is not None or not self.story.passages:
            return False
        wording = self.page.wordings[index]
        if wording.first != wording.text or wording.text.count(" ") >= _MOST_TEASER_WORDS:
            return False
        signals = opening_signals(self.story, [wording], self.page.setting(index))
        return not any(signals[name] for name in _POINTING_BACK)

    def _is_caption(self, index: int) -> bool:
        """Whether a dated line stands between headline and lead, or above the first headline."""
        following = self.page.next_text(index)
        stands_so = self._awaits_text() or (not self.count and following is Shape.HEADING)
        return (
            stands_so
            and following in (Shape.BODY, Shape.HEADING)
            and looks_like_caption(self._text(index))
        )

    def _body_opens(self, index: int) -> bool:
        if self.ended:
            return True
        if is_dialogue(self._text(index)) or self.page.is_interview(index):
            return False
        after, setting = self.page.after(index), self.page.setting(index)
        signals = opening_signals(self.story, after, setting)
        if find_dateline(self._text(index)) is not None and not signals["repeats_before"]:
            return True
        chance = self.estimate("opening", signals, index)
        self.chances[index] = chance
        is_short = len(self.story.passages) < _SHORT_STORY
        return chance > (_THRESHOLD if is_short else self.threshold)

    def _likelier_start(self, index: int) -> int:
        """The line at which the story that seems to open at `index` is likeliest to have opened.

        A lead may miss the mark by little, and the passage after it, new as well to the story
        before, hit it. So the openings at `index` and at the body lines just before it are
        compared, each with what the lines after it would then say.
        """
        best, most = index, 1.0
        stayed = self.chances.get(index, 1.0)
        for start in range(index - 1, index - 1 - _MOST_MOVED, -1):
            length = len(self.story.passages) - (index - start)
            if length < 1 or self.placed[start].role is not Role.BODY:
                break
            chance = self.chances.get(start, 0.0)
            stayed *= 1 - chance
            if chance < _POSSIBLE:
                continue
            story = self._story_of(self.story.passages[length : length + 1])
            for at in range(start + 1, index + 1):
                chance *= 1 - self._chance_of_opening(story, at)
                story.add(self.page.wordings[at])
            if chance > most * stayed:
                best, most = start, chance / stayed
        return best

    def _start_again(self, start: int) -> None:
        """Open a story at a line that was taken for body of the one before."""
        passages = self.story.passages[start - len(self.placed) :]
        self.story = self._story_of(self.story.passages[: -len(passages)])
        self._start(start)
        for placed in self.placed[start:]:
            placed.story = self.count - 1
        for passage in passages:
            self.story.add(passage)

    def _story_of(self, passages: Sequence[Wording]) -> Story:
        """A story of these passages so far."""
        story = Story(self.earlier)
        for passage in passages:
            story.add(passage)
        return story

    def _chance_of_opening(self, story: Story, index: int) -> float:
        signals = opening_signals(story, self.page.after(index), self.page.setting(index))
        return self.estimate("opening", signals, index)

    def _awaits_text(self) -> bool:
        """Whether the story has its headline and no text yet."""
        return self.headline is not None and not self.story.passages and not self.ended

    def _start(self, index: int) -> None:
        """Open a story at a line, with the credits directly before it if it has a headline."""
        if self.count == 0 or self.page.shapes[index] is Shape.HEADING:
            self._claim_credits()
        self.count += 1
        self.earlier |= self.story.full
        self.story = Story(self.earlier)
        self.headline = None
        self.ended = False

    def _claim_credits(self) -> None:
        """Give the credits and captions just before a story to it, but not a sign-off."""
        for placed in reversed(self.placed):
            if placed.role is Role.FURNITURE:
                continue
            if placed.role not in (Role.CREDIT, Role.CAPTION):
                break
            if self.count and is_sign_off(placed.line.text):
                break
            placed.story = self.count

    def _continue(self, index: int) -> None:
        """Take a line into the story as body."""
        self.story.add(self.page.wordings[index])
        self._put(index, Role.BODY, self.count - 1)

    def _put(self, index: int, role: Role, story: int | None) -> None:
        self.placed.append(Placed(self.page.lines[index], role, story))

    def _text(self, index: int) -> str:
        return self.page.lines[index].text


_PLACERS: Final = {
    Shape.FURNITURE: Cutter.place_aside,
    Shape.RULE: Cutter.place_rule,
    Shape.CREDIT: Cutter.place_credit,
    Shape.CAPTION: Cutter.place_caption,
    Shape.TEASER: Cutter.place_teaser,
    Shape.HEADING: Cutter.place_heading,
    Shape.BODY: Cutter.place_body,
}
