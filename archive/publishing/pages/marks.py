"""A text cut at the spans that mark it, so that spans may overlap and stay valid HTML.

Spans that nest or cross are laid out as a row of pieces: a piece ends wherever a span begins or
ends, and knows every span that covers it. HTML has no links within links, so the shortest span
that covers a piece is its link, the others only show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What marks some characters of a source.

    `start` and `end` count characters of the source's text. `kind` is name, figure or quote;
    `style` what it looks like; `href` where it leads, None where nowhere; `title` what it tells.
    `anchor` names its first piece, so that other places can link to it.
    """

    start: int
    end: int
    kind: str
    style: str
    title: str
    href: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some characters of a text, the span that links them, and all that cover them.

    `anchors` are the names of spans that begin here.
    """

    text: str
    link: Span | None
    spans: tuple[Span, ...]
    anchors: tuple[str, ...]


def pieces(text: str, offset: int, spans: Iterable[Span]) -> list[Piece]:
    """Cut a text that begins at `offset` of its source at the ends of the spans within it.

    Joined together the pieces are the text. Spans outside the text, or empty, are left out; of
    those that reach beyond it the part within counts.
    """
    end = offset + len(text)
    within = sorted(
        (span for span in spans if offset < span.end and span.start < min(end, span.end)),
        key=lambda span: (span.start, -span.end),
    )
    edges = {offset, end}
    for span in within:
        edges |= {max(span.start, offset), min(span.end, end)}
    ordered = sorted(edges)
    return [
        _piece(text[start - offset : stop - offset], start, _covering(within, start, stop))
        for start, stop in pairwise(ordered)
    ]


def _covering(spans: Sequence[Span], start: int, stop: int) -> list[Span]:
    return [span for span in spans if span.start <= start and span.end >= stop]


def _piece(text: str, start: int, spans: list[Span]) -> Piece:
    linked = [span for span in spans if span.href]
    return Piece(
        text=text,
        link=min(linked, key=lambda span: span.end - span.start, default=None),
        spans=tuple(spans),
        anchors=tuple(span.anchor for span in spans if span.anchor and span.start == start),
    )
