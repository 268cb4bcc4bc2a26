"""Attribution of one article: its paragraphs are read in order, sentence by sentence.

A quotation belongs to the reporting clause around it, else to the speaker of the quotation it
goes on with, else to whoever was last reported in its paragraph. A figure belongs to the
innermost reporting clause that covers it, or to the speaker of the quotation it stands in; with
neither, the outlet tells it in its own voice.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from archive.extraction.attribution.clauses import Frame, Sentence
from archive.extraction.attribution.frames import find_frames, may_report
from archive.extraction.attribution.sources import Resolver, mentions_inside
from archive.extraction.sentences import sentence_spans
from archive.records import (
    AttributionKind,
    EntityType,
    Facts,
    Figure,
    Quote,
    QuoteKind,
    Reference,
    Statement,
    Status,
)
from archive.vocabulary.names import common_words
from archive.vocabulary.speech import speech_words

_SENTENCE_REACH = 400  # characters in which the opening of a sentence is looked for
_FIGURED = frozenset({"clause", "addressee", "object", "measure", "count", "toll"})
_COUNTING = frozenset({"count", "toll"})
_NEAR = 16  # reporting clauses on either side that can cover a place
# The words before the first verb in the past tense: `Local police issued a statement, saying …`.
_SUBJECT = re.compile(
    r"(?P<subject>[\w’'-]+(?:\s[\w’'-]+){0,5}?)\s(?:has\s|have\s|had\s)?[a-z]+ed\b"
)
_NAME_WORD = re.compile(r"[A-Z][\w’'&.-]+")
_LONGEST_NAME = 4  # words of a name
_HEARSAY = ("reportedly", "allegedly", "purportedly", "supposedly")


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting clause with its source resolved."""

    frame: Frame
    source: Reference

    def covers(self, start: int, end: int) -> bool:
        """Tell whether a stretch of text is part of what is reported."""
        return self.frame.content[0] <= start and end <= self.frame.content[1]


def attribute(paragraphs: Sequence[str], facts: Sequence[Facts]) -> list[Facts]:
    """Fill in who said what in the paragraphs of one article.

    `facts` holds what was found in each of `paragraphs`, in the same order. The result is the
    same with `Quote.speaker`, `Figure.attributed_to`, `Figure.attribution_kind` and `statements`
    filled; the paragraph index of every reference counts `paragraphs`. The time is linear in the
    length of the text. Raises `ValueError` where the two sequences differ in length.
    """
    resolver = Resolver()
    done: list[Facts] = []
    carried: Reference | None = None
    for index, (text, found) in enumerate(zip(paragraphs, facts, strict=True)):
        reader = _ParagraphReader(index, text, found, resolver)
        reports = reader.reports()
        speakers, carried = _speakers(index, text, found, reports, carried)
        done.append(
            replace(
                found,
                quotes=tuple(
                    replace(quote, speaker=speaker if speaker and speaker.mention else None)
                    for quote, speaker in zip(found.quotes, speakers, strict=True)
                ),
                figures=tuple(
                    _attributed(text, figure, found.quotes, speakers, reports)
                    for figure in found.figures
                ),
                statements=tuple(_statements(text, found.quotes, reports)),
            )
        )
    return done


class _ParagraphReader:
    """Reads the reporting clauses of one paragraph and resolves their sources in order."""

    def __init__(self, index: int, text: str, facts: Facts, resolver: Resolver) -> None:
        self._index = index
        self._text = text
        self._mentions = facts.mentions
        self._quotes = [(quote.char_start, quote.char_end) for quote in facts.quotes]
        self._dates = [(date.char_start, date.char_end) for date in facts.dates]
        self._resolver = resolver

    def reports(self) -> list[Report]:
        """Return the paragraph's reporting clauses that have a source."""
        found: list[Report] = []
        names = [(mention.char_start, mention.char_end) for mention in self._mentions]
        for span in self._sentences():
            self._resolver.read_names(self._index, self._text, self._mentions, *span)
            before = len(found)
            if may_report(self._text, span):
                sentence = Sentence(self._text, span, self._quotes, names, self._dates)
                found.extend(self._resolved(find_frames(sentence), span))
            found.extend(self._labelled(span))
            self._resolver.end_sentence(has_source=len(found) > before)
        return sorted(found, key=lambda report: report.frame.start)

    def _labelled(self, span: tuple[int, int]) -> list[Report]:
        """Read a headline that names its source before or behind a colon: `UN: thousands left`."""
        start, end = span
        if self._text[end - 1] in '.!?”"' or ":" not in self._text[start:end]:
            return []
        for index in mentions_inside(self._mentions, span):
            mention = self._mentions[index]
            if not _is_source_type(mention.type):
                continue
            reference = Reference(text=mention.text, mention=(self._index, index))
            if mention.char_start == start and self._text.startswith(": ", mention.char_end):
                content = (mention.char_end + 2, end)
            elif mention.char_end == end and self._text.endswith(": ", start, mention.char_start):
                content = (start, mention.char_start - 2)
            else:
                continue
            frame = Frame(
                start=mention.char_start,
                end=mention.char_end,
                phrase=(mention.char_start, mention.char_end),
                content=content,
                introduces=frozenset({"clause"}),
                statement=content,
            )
            return [Report(frame, reference)]
        return []

    def _sentences(self) -> list[tuple[int, int]]:
        """Return the sentences, those that end inside a quotation joined to what follows."""
        joined: list[tuple[int, int]] = []
        quotes = iter(self._quotes)
        quote = next(quotes, None)
        is_open = False
        for start, end in sentence_spans(self._text):
            joined[-1:] = [(joined[-1][0], end)] if is_open else [*joined[-1:], (start, end)]
            while quote is not None and quote[1] < end:
                quote = next(quotes, None)
            is_open = quote is not None and quote[0] < end - 1 and quote[1] >= end
        return joined

    def _resolved(self, frames: list[Frame], span: tuple[int, int]) -> list[Report]:
        """Resolve the frames of a sentence; those without a phrase share the main subject."""
        reports: list[Report] = []
        main: Reference | None = None
        for frame in frames:
            if frame.phrase is None:
                last = reports[-1].source if reports and frame.is_coordinated else main
                source = last or self._sentence_subject(frame, span)
            else:
                source = self._antecedent(frame, reports) or self._resolver.resolve(
                    self._index, self._text, self._mentions, frame.phrase, frame.apposition
                )
                if source is None and "clause" in frame.introduces:
                    source = self._unknown_name(frame.phrase, span)
                if main is None and not frame.is_citation:
                    main = source
            if source is not None and not (
                frame.introduces <= _COUNTING and self._is_place(source)
            ):
                reports.append(Report(frame, source))
        return reports

    def _unknown_name(self, phrase: tuple[int, int], span: tuple[int, int]) -> Reference | None:
        """Return a source in capitals that nobody took for a name: `Rappler reported …`."""
        text = self._text[slice(*phrase)].strip()
        person = self._resolver.discourse.surnames.get(text)
        if person is not None:
            self._resolver.discourse.saw(person)
            return person
        words = _NAME_WORD.findall(text)
        is_name = 0 < len(words) <= _LONGEST_NAME and " ".join(words) == text
        if not is_name or mentions_inside(self._mentions, phrase):
            return None
        if phrase[0] == span[0] or len(words) == 1:
            lower, capital = common_words().get(words[0].lower(), (0, 1))
            if lower >= capital or words[0].lower() in speech_words("determiner"):
                return None
        return Reference(text=text)

    def _antecedent(self, frame: Frame, reports: Sequence[Report]) -> Reference | None:
        """Return the source of the clause before `, which listed …`, where `which` means it."""
        if not (frame.is_antecedent and frame.phrase and reports):
            return None
        earlier = reports[-1].frame
        before = earlier.phrase
        is_near = before is not None and frame.phrase[0] <= before[1] <= frame.phrase[1]
        return reports[-1].source if is_near and earlier.is_citation else None

    def _is_place(self, source: Reference) -> bool:
        """Tell whether what counted is a country or people: `Italy recorded 40 deaths`."""
        if source.mention is None or source.mention[0] != self._index:
            return False
        return self._mentions[source.mention[1]].type in {EntityType.GPE, EntityType.NORP}

    def _sentence_subject(self, frame: Frame, span: tuple[int, int]) -> Reference | None:
        """Return the first name or description of a sentence whose verb comes first in no frame."""
        limit = min(frame.start, span[0] + _SENTENCE_REACH)
        for index in mentions_inside(self._mentions, (span[0], limit)):
            if _is_source_type(self._mentions[index].type):
                return Reference(text=self._mentions[index].text, mention=(self._index, index))
        first_word = self._text[span[0] : span[0] + 4].lower().split(" ")[0]
        if first_word in {"he", "she"}:
            return self._resolver.discourse.person(first_word)
        subject = _SUBJECT.match(self._text, span[0], limit)
        if subject is None:
            return None
        return self._resolver.resolve(
            self._index, self._text, self._mentions, subject.span("subject")
        )


def _is_source_type(kind: str) -> bool:
    """Tell whether what a name names can say something."""
    return kind in {"PERSON", "ORG"}


# --------------------------------------------------------------------------- quotations


def _speakers(
    paragraph: int,
    text: str,
    facts: Facts,
    reports: Sequence[Report],
    carried: Reference | None,
) -> tuple[list[Reference | None], Reference | None]:
    """Return the source of each quotation, and of the one left open at the end, if any."""
    found: list[Reference | None] = []
    quotes = facts.quotes
    for position, quote in enumerate(quotes):
        source = _around(quote, reports)
        if source is None and quote.kind is not QuoteKind.SCARE:
            if position == 0 and quote.char_start <= 1:
                source = carried
            source = source or _introduced(paragraph, text, quote, facts)
        if source is None and quote.kind is QuoteKind.DIRECT:
            source = _before(quote, reports, found)
        found.append(None if source is _NOBODY else source)
    is_open = bool(quotes) and quotes[-1].char_end == len(text.rstrip())
    return found, found[-1] if is_open else None


def _introduced(paragraph: int, text: str, quote: Quote, facts: Facts) -> Reference | None:
    """Return the first name of the sentence that introduces a quotation by a colon."""
    before = text[max(0, quote.char_start - 4) : quote.char_start]
    if ":" not in before:
        return None
    floor = max(0, quote.char_start - _SENTENCE_REACH)
    stop = max(text.rfind(mark, floor, quote.char_start) for mark in (". ", "? ", "! ", "\n"))
    for index in mentions_inside(facts.mentions, (max(floor, stop), quote.char_start)):
        if _is_source_type(facts.mentions[index].type):
            return Reference(text=facts.mentions[index].text, mention=(paragraph, index))
    return None


_NOBODY = Reference(text="")


def _around(quote: Quote, reports: Sequence[Report]) -> Reference | None:
    """Return the source of the reporting clause a quotation stands in; `_NOBODY` if denied."""
    best: Report | None = None
    for report in _near(reports, quote.char_start):
        is_quoting = not report.frame.introduces <= {"measure", "count", "toll"}
        if not is_quoting or not report.covers(quote.char_start, quote.char_end):
            continue
        if best is None or _distance(report, quote) <= _distance(best, quote):
            best = report
    if best is None:
        return None
    return _NOBODY if best.frame.is_negated else best.source


def _near(reports: Sequence[Report], position: int) -> Sequence[Report]:
    """Return the reporting clauses around a place, in order; few, so that time stays linear."""
    index = bisect_left(reports, position, key=lambda report: report.frame.start)
    return reports[max(0, index - _NEAR) : index + _NEAR]


def _distance(report: Report, quote: Quote) -> int:
    """Return how many characters lie between a reporting clause and a quotation."""
    if report.frame.end <= quote.char_start:
        return quote.char_start - report.frame.end
    return max(0, report.frame.start - quote.char_end)


def _before(
    quote: Quote, reports: Sequence[Report], found: Sequence[Reference | None]
) -> Reference | None:
    """Return the source of a quotation without a clause of its own, from what came before."""
    earlier = [
        report
        for report in _near(reports, quote.char_start)
        if report.frame.end <= quote.char_start
    ]
    if earlier:
        return earlier[-1].source
    return found[-1] if found else None


# ------------------------------------------------------------------ figures, statements


def _attributed(
    text: str,
    figure: Figure,
    quotes: Sequence[Quote],
    speakers: Sequence[Reference | None],
    reports: Sequence[Report],
) -> Figure:
    """Return a figure with whoever the text gives as its source."""
    source: Reference | None = None
    is_quoted = False
    index = bisect_right(quotes, figure.char_start, key=lambda quote: quote.char_start) - 1
    if index >= 0 and figure.char_end <= quotes[index].char_end:
        source, is_quoted = speakers[index], True
    covering: list[Report] = []
    if source is None and not is_quoted:
        covering = [
            report
            for report in _near(reports, figure.char_start)
            if report.covers(max(figure.char_start, _number_start(report, figure)), figure.char_end)
            and report.frame.introduces & _FIGURED
            and not report.frame.is_negated
        ]
        source = covering[-1].source if covering else None
    if source is not None:
        if not is_quoted and figure.status is Status.REPORTED and _is_disputed(covering):
            figure = replace(figure, status=Status.ALLEGED)
        kind = AttributionKind.NAMED if source.mention else AttributionKind.ANONYMOUS
        return replace(figure, attributed_to=source, attribution_kind=kind)
    around = text[
        max(figure.sentence_start, figure.char_start - _SENTENCE_REACH) : min(
            figure.sentence_end, figure.char_end + _SENTENCE_REACH
        )
    ].lower()
    is_hearsay = any(word in around for word in _HEARSAY)
    kind_of_none = None if is_quoted or is_hearsay else AttributionKind.OUTLET
    return replace(figure, attributed_to=None, attribution_kind=kind_of_none)


def _is_disputed(covering: Sequence[Report]) -> bool:
    """Tell whether the innermost reporting clause only claims: `X claimed 40 had died`."""
    return bool(covering) and "disputed" in covering[-1].frame.introduces


def _number_start(report: Report, figure: Figure) -> int:
    """Return where a figure starts behind a verb that also hedges it: `X estimated 40 boats`."""
    is_hedge = figure.char_start < report.frame.end <= figure.char_end
    return report.frame.content[0] if is_hedge else 0


def _statements(text: str, quotes: Sequence[Quote], reports: Sequence[Report]) -> list[Statement]:
    """Return the indirect speech of a paragraph; the outermost clause of a sentence wins.

    What lies for the greater part between quotation marks is no indirect speech.
    """
    found: list[Statement] = []
    shared = sorted(report.frame.start for report in reports if report.frame.phrase is None)
    starts = [quote.char_start for quote in quotes]
    lengths = [0, *accumulate(quote.char_end - quote.char_start for quote in quotes)]
    for report in sorted(reports, key=lambda report: report.frame.statement or (0, 0)):
        span = _cut(text, report.frame.statement, shared)
        if span is None or (found and span[0] < found[-1].char_end):
            continue
        quoted = lengths[bisect_left(starts, span[1])] - lengths[bisect_left(starts, span[0])]
        if 2 * quoted <= span[1] - span[0]:
            found.append(
                Statement(
                    char_start=span[0],
                    char_end=span[1],
                    text=text[slice(*span)],
                    source=report.source,
                )
            )
    return found


def _cut(text: str, span: tuple[int, int] | None, shared: Sequence[int]) -> tuple[int, int] | None:
    """End a statement where a further verb of the same subject begins: `…, adding that …`."""
    if span is None:
        return None
    start, end = span
    index = bisect_right(shared, start)
    if index < len(shared):
        end = min(end, shared[index])
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;–—-"):
        end -= 1
    for word in (" and", " but"):
        if text.endswith(word, start, end):
            end -= len(word)
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;–—-"):
        end -= 1
    return (start, end) if _has_words(text, start, end) else None


def _has_words(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch has three words or more."""
    return len(text[start : min(end, start + _SENTENCE_REACH)].split()) >= 3
