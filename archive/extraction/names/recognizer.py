"""The recogniser by lexicons and capitals: all paragraphs of a document to their mentions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.extraction.names import lexicon
from archive.extraction.names.document import remember
from archive.extraction.names.evidence import Typed, type_spans
from archive.extraction.names.headlines import is_sure, is_title_case
from archive.extraction.names.lexicon import Entry
from archive.extraction.names.runs import Span
from archive.extraction.names.spans import find_spans
from archive.extraction.names.tokens import Tokens, tokenize
from archive.records import EntityType, Mention
from archive.vocabulary.names import cue_words

_WEAKEST = 0.25  # score below which a sequence of capitals is no mention
_SHORTEST_CAPITALS = 3  # words; fewer in capitals may be an abbreviation
_SPEAKS = frozenset({"reporting-verb", "noun-before", "surname-noun", "age", "list"})
_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One paragraph as the rules read it.

    `spans`, `types` and `kept` are parallel: where a name may lie, of which type it is, and
    whether the rules take it for a name. `is_title` marks a line in Title Case.
    """

    tokens: Tokens
    is_title: bool
    spans: list[Span]
    types: list[Typed]
    kept: list[bool]


def recognize(paragraphs: Sequence[str]) -> list[list[Mention]]:
    """Find the names of a document by the rules alone."""
    return [_mentions(reading) for reading in read(paragraphs)]


def read(paragraphs: Sequence[str]) -> list[Reading]:
    """Read a document: first its clear names, then every paragraph in their light."""
    cut = [tokens_of(text) for text in paragraphs]
    titled = [is_title_case(tokens) for tokens in cut]
    running = [tokens for tokens, title in zip(cut, titled, strict=True) if not title]
    known = remember(_clear(running))
    return [_read(tokens, title, known) for tokens, title in zip(cut, titled, strict=True)]


def glance(paragraphs: Sequence[str]) -> list[Reading]:
    """Read each paragraph of a document by itself, as the network takes it."""
    cut = [tokens_of(text) for text in paragraphs]
    return [_read(tokens, is_title_case(tokens), {}) for tokens in cut]


def tokens_of(text: str) -> Tokens:
    """Words of a paragraph; one in capitals throughout is read as if written in Title Case."""
    tokens = tokenize(text, lexicon.stands_alone, lexicon.is_suffix)
    if not text.isupper() or len(tokens.words) < _SHORTEST_CAPITALS:
        return tokens
    words = [word if lexicon.entry_of(word) else word.capitalize() for word in tokens.words]
    return replace(tokens, words=words)


def _clear(paragraphs: Iterable[Tokens]) -> Iterable[tuple[_Words, Typed, bool]]:
    """Yield the mentions of running text as a first look finds them."""
    nothing: Mapping[_Words, Entry] = {}
    for tokens in paragraphs:
        spans = find_spans(tokens, nothing)
        for span, decided in zip(spans, type_spans(tokens, spans), strict=True):
            if not _is_noise(tokens, span, decided):
                words = tuple(tokens.words[span.start : span.end])
                yield words, decided, bool(tokens.initial[span.start])


def _read(tokens: Tokens, is_title: bool, known: Mapping[_Words, Entry]) -> Reading:
    spans = find_spans(tokens, known)
    types = type_spans(tokens, spans)
    kept = [
        not (is_title and not is_sure(tokens, span))
        and decided.score >= _WEAKEST
        and not _is_noise(tokens, span, decided)
        for span, decided in zip(spans, types, strict=True)
    ]
    return Reading(tokens, is_title, spans, types, kept)


def _mentions(reading: Reading) -> list[Mention]:
    tokens = reading.tokens
    found = []
    for span, decided, kept in zip(reading.spans, reading.types, reading.kept, strict=True):
        if not kept:
            continue
        start, end = tokens.starts[span.start], tokens.ends[span.end - 1]
        found.append(
            Mention(
                char_start=start,
                char_end=end,
                text=tokens.text[start:end],
                type=EntityType(decided.type),
                rule=decided.rule,
                score=round(min(decided.score, 1.0), 3),
            )
        )
    return found


def _is_noise(tokens: Tokens, span: Span, decided: Typed) -> bool:
    """Whether a single unknown word is more likely a common noun, or abbreviates one (`GDP`)."""
    if span.entry is not None or span.end > span.start + 1 or decided.rule == "title":
        return False
    text = tokens.words[span.start]
    info = lexicon.word(text)
    if len(text) == 1 or text in cue_words("no-name"):
        return True
    if info.common > 0.5:
        return decided.rule not in _SPEAKS
    return bool(tokens.initial[span.start]) and decided.rule == "shape" and not info.is_acronym
