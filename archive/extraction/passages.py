"""Paragraphs cut into passages of a bounded length, and what was found put back together.

A paragraph of news has some hundred words; a file without line ends is one paragraph of any length.
Rules that look around in their paragraph would take time with its square, so extraction works on
passages, and what it finds is moved to where the paragraphs have it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from archive.extraction.sentences import sentence_spans
from archive.records import (
    DateSpan,
    Facts,
    Figure,
    Mention,
    Quote,
    Reference,
    RoleHeld,
    Statement,
)

LONGEST = 6000
"""Characters of a passage; news paragraphs stay far below and are one passage each."""

Place = tuple[int, int]
"""Where a passage goes: index of its paragraph, number of mentions before its own there."""

Span = TypeVar("Span", Mention, Figure, DateSpan, Quote, Statement, RoleHeld)


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a paragraph: the paragraph's index, where the part starts in it, its text."""

    paragraph: int
    start: int
    text: str


def cut_passages(paragraph: int, text: str) -> Iterator[Passage]:
    """Cut a paragraph after sentences into passages of at most `LONGEST` characters.

    A longer sentence is cut at white space, a longer word anywhere.
    """
    if len(text) <= LONGEST:
        yield Passage(paragraph, 0, text)
        return
    start = 0
    for _first, end in sentence_spans(text):
        while end - start > LONGEST:
            cut = text.rfind(" ", start + 1, start + LONGEST)
            cut = start + LONGEST if cut <= start else cut
            yield Passage(paragraph, start, text[start:cut])
            start = cut
        if end - start >= LONGEST // 2:
            yield Passage(paragraph, start, text[start:end])
            start = end
    if text[start:].strip():
        yield Passage(paragraph, start, text[start:])


def put_together(
    passages: Sequence[Passage], found: Sequence[Facts], places: Mapping[int, Place]
) -> Facts:
    """Facts of a paragraph from those of its passages, in order.

    `places` says for the passage indices in references where these passages go.
    """
    moved = [
        _moved(facts, passage.start, places) for passage, facts in zip(passages, found, strict=True)
    ]
    if len(moved) == 1:
        return moved[0]
    return Facts(
        mentions=tuple(each for facts in moved for each in facts.mentions),
        figures=tuple(each for facts in moved for each in facts.figures),
        dates=tuple(each for facts in moved for each in facts.dates),
        quotes=tuple(each for facts in moved for each in facts.quotes),
        statements=tuple(each for facts in moved for each in facts.statements),
        roles=tuple(each for facts in moved for each in facts.roles),
    )


def _moved(facts: Facts, shift: int, places: Mapping[int, Place]) -> Facts:
    """Facts with their references at the new places, their offsets moved by `shift`."""
    return Facts(
        mentions=facts.mentions if not shift else tuple(_shifted(facts.mentions, shift)),
        dates=facts.dates if not shift else tuple(_shifted(facts.dates, shift)),
        figures=tuple(_figures(facts.figures, shift, places)),
        quotes=tuple(
            replace(quote, speaker=_pointed(quote.speaker, places)) if quote.speaker else quote
            for quote in _shifted(facts.quotes, shift)
        ),
        statements=tuple(
            replace(statement, source=_pointed(statement.source, places))
            for statement in _shifted(facts.statements, shift)
        ),
        roles=tuple(
            replace(role, holder=_at(role.holder, places), of=_pointed(role.of, places))
            for role in _shifted(facts.roles, shift)
        ),
    )


def _shifted(spans: Sequence[Span], shift: int) -> Iterator[Span]:
    if not shift:
        yield from spans
        return
    for span in spans:
        yield replace(span, char_start=span.char_start + shift, char_end=span.char_end + shift)


def _figures(
    figures: Sequence[Figure], shift: int, places: Mapping[int, Place]
) -> Iterator[Figure]:
    for figure in _shifted(figures, shift):
        changed: dict[str, object] = {
            name: _at(reference, places)
            for name, reference in (
                ("attributed_to", figure.attributed_to),
                ("counted_entity", figure.counted_entity),
                ("actor", figure.actor),
                ("place", figure.place),
            )
            if reference is not None
        }
        if shift:
            changed["sentence_start"] = figure.sentence_start + shift
            changed["sentence_end"] = figure.sentence_end + shift
        yield replace(figure, **changed) if changed else figure  # type: ignore[arg-type]


def _pointed(reference: Reference | None, places: Mapping[int, Place]) -> Reference | None:
    return None if reference is None else _at(reference, places)


def _at(reference: Reference, places: Mapping[int, Place]) -> Reference:
    if reference.mention is None:
        return reference
    passage, mention = reference.mention
    paragraph, before = places[passage]
    return Reference(text=reference.text, mention=(paragraph, before + mention))
