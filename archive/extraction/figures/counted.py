"""The phrase that says what a figure measures, as short as still means it alone."""

from archive.extraction.figures.ages import person_of_age
from archive.extraction.figures.counting import Draft
from archive.extraction.figures.events import Event, event_after, tally_before
from archive.extraction.figures.hedges import is_bounding_verb
from archive.extraction.figures.magnitudes import index_before, quake_of
from archive.extraction.figures.phrases import (
    NounPhrase,
    clause_start,
    complement,
    governing_subject,
    noun_before,
    subject_before,
    verb_before,
)
from archive.extraction.figures.quantity import Quantity
from archive.extraction.figures.tokens import Tokens
from archive.records import FigureKind
from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.measures import measures_counting
from archive.vocabulary.modality import trend_words
from archive.vocabulary.nouns import is_person, is_plural, singular
from archive.vocabulary.verbs import lemmas, past_forms

# A table or list without stops has no subjects and predicates to look for.
_LONGEST_SENTENCE = 250
_LONGEST_SUBJECT = 6
_CURRENCY_SIGNS = frozenset("$€£¥₹")
_BESIDE = frozenset(["with", "between", "in"])
_PLACE = frozenset(["in"])
_PURPOSE = frozenset(["to", "for", "on"])
# Verbs that say no more than that what is counted is there: `migrants left in limbo`.
_COLOURLESS = frozenset(["leave", "live", "reside"])


def what_is_counted(
    text: str, tokens: Tokens, draft: Draft, event: Event | None
) -> tuple[str | None, str | None]:
    """What is counted, with the participle of what happened to it, and the figure's unit.

    The unit is the draft's, where it has one; else what a subject such as `death toll` or `number
    of cases` counts.
    """
    quantity, phrase = draft.quantity, draft.phrase
    if draft.kind is FigureKind.COUNT and not quantity.hyphened:
        if phrase is not None:
            behind = quantity.after if draft.inherited else phrase.end
            return _things(text, tokens, (phrase, behind), event), draft.unit
        numbered = _numbered(tokens, quantity.start)
        if numbered is not None:
            those = _words(text, tokens, *numbered)
            return those, draft.unit or _unit_of_nouns(those)
        tally = None if event else tally_before(tokens, quantity.start, _floor(tokens, quantity))
        if tally is not None:
            those = _words(text, tokens, tally.start, tally.end)
            return those, draft.unit or _unit_of_nouns(tokens.texts[tally.noun])
        told = event.word if event else None
        place = complement(tokens, quantity.after, _PLACE)
        if told and place > quantity.after and event and not event.noun:
            told = f"{told} {_words(text, tokens, quantity.after, place)}"
        subject = told or _subject(text, tokens, draft, event)
        return subject, draft.unit or _unit_of_subject(subject, event)
    if phrase is None:
        return _subject(text, tokens, draft, event), draft.unit
    return _measured_thing(text, tokens, draft, phrase), draft.unit


def _words(text: str, tokens: Tokens, start: int, end: int) -> str:
    return text[tokens.starts[start] : tokens.ends[end - 1]]


def _things(text: str, tokens: Tokens, where: tuple[NounPhrase, int], event: Event | None) -> str:
    """What is counted with its event: `Afghans deported`, `deaths of border guards`.

    `where` has the phrase and the token behind it, or behind a number that takes it up again
    (`12 guests in Rome and 9 in Milan`).
    """
    phrase, behind = where
    thing = _words(text, tokens, phrase.start, phrase.end)
    word = event.word if event else None
    if event is None or word is None:
        end = complement(tokens, behind, _PLACE)
        if behind != phrase.end and not tokens.texts[behind + 1][:1].isupper():
            return thing
        return f"{thing} {_words(text, tokens, behind, end)}" if end > behind else thing
    if event.noun:
        return word if "toll" in word else f"{word} of {thing}"
    if lemmas().get(word) in _COLOURLESS:
        after = complement(tokens, event.verb + 1, _PLACE)
        before = complement(tokens, phrase.end, _PLACE)
        if before > phrase.end or after == event.verb + 1 or event.verb < phrase.start:
            return _words(text, tokens, phrase.start, before)
        return f"{thing} {_words(text, tokens, event.verb + 1, after)}"
    return f"{thing} {word}"


def _measured_thing(text: str, tokens: Tokens, draft: Draft, phrase: NounPhrase) -> str | None:
    """What is so long, heavy or dear: `borders with Afghanistan`, `conflict with Israel`."""
    quantity = draft.quantity
    of = tokens.lows[quantity.after] == "of"
    attribute = quantity.hyphened or _is_attributive(tokens, quantity)
    if draft.kind is FigureKind.DURATION and not (of or attribute):
        return _subject(text, tokens, draft, None)
    end = complement(tokens, phrase.end, _BESIDE)
    thing = _words(text, tokens, phrase.start, end)
    if quantity.hyphened:
        owner = tokens.texts[quantity.start - 1] if quantity.start else ""
        return f"{owner} {thing}" if owner.endswith(("'s", "’s")) else thing
    told = event_after(tokens, end) if of else None
    return f"{thing} {told.word}" if told and told.word and told.passive else thing


def _floor(tokens: Tokens, quantity: Quantity) -> int:
    return clause_start(tokens, quantity.start)


def _is_attributive(tokens: Tokens, quantity: Quantity) -> bool:
    """Tell whether the unit is in the singular, as before a noun: `the four day meeting`."""
    return quantity.value != 1 and not is_plural(tokens.texts[quantity.end - 1])


def _unit_of_subject(subject: str | None, event: Event | None) -> str | None:
    """The unit that a subject implies: `death toll`, `population`, `number of cases`."""
    if event is not None and event.measure in measures_counting("people"):
        return "person"
    if subject is None:
        return None
    head, _, rest = subject.lower().partition(" of ")
    last = head.rsplit(" ", 1)[-1]
    if last in figure_words("head_count"):
        return "person"
    if last not in ("number", "numbers", "total", "tally", "count") or not rest:
        return None
    return _unit_of_nouns(rest)


def _unit_of_nouns(words: str) -> str | None:
    """The unit that the first plural among `words` counts."""
    for word in words.split():
        if is_plural(word) or word == "dead":
            one = singular(word.lower())
            people = is_person(word) or word == "dead" or one in figure_words("counts_people")
            return "person" if people else one
    return None


def _numbered(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Tokens of those who `number` so many: `settlers, who number in the hundreds`."""
    for verb in range(at - 1, max(0, at - 4), -1):
        if lemmas().get(tokens.lows[verb]) == "number":
            end = verb
            while end and tokens.lows[end - 1] in ("who", "which", ","):
                end -= 1
            return subject_before(tokens, end, max(0, end - _LONGEST_SUBJECT)) if end else None
    return None


# ------------------------------------------------------------------------------ subjects


def _subject(text: str, tokens: Tokens, draft: Draft, event: Event | None) -> str | None:
    """The subject of the verb that governs a bare measure: `exports` in `exports fell 5%`."""
    quantity = draft.quantity
    if len(tokens) > _LONGEST_SENTENCE:
        return None
    if event is not None and event.word and draft.kind is FigureKind.MONEY:
        to = complement(tokens, quantity.after, _PURPOSE)
        rest = f" {_words(text, tokens, quantity.after, to)}" if to > quantity.after else ""
        return f"{event.word}{rest}"
    if draft.kind is FigureKind.DURATION:
        return _lasting(text, tokens, quantity.start)
    span = _subject_span(tokens, draft)
    if span is None or tokens.texts[span[0] - 1] in _CURRENCY_SIGNS:
        return None  # another figure
    return _words(text, tokens, *span)


def _subject_span(tokens: Tokens, draft: Draft) -> tuple[int, int] | None:
    quantity = draft.quantity
    start = quantity.start
    if draft.kind is FigureKind.AGE:
        return person_of_age(tokens, quantity)
    if draft.kind is FigureKind.OTHER:
        quake = quake_of(tokens, quantity) if draft.unit == "magnitude" else None
        span = quake or index_before(tokens, quantity)
        if span is not None:
            return span
    floor = clause_start(tokens, start)
    if start < quantity.number_at and is_bounding_verb(tokens.lows[start]):  # `cases exceeded 100`
        span = subject_before(tokens, start, floor)
        if span is not None:
            return span
    return noun_before(tokens, start, floor) or governing_subject(tokens, start)


def _lasting(text: str, tokens: Tokens, at: int) -> str | None:
    """What lasts so long: `talks suspended` for three weeks, `term` cut to a month."""
    before = tokens.lows[at - 1] if at else ""
    floor = clause_start(tokens, at)
    span = _timed(tokens, at, floor)
    if span is not None:
        return _words(text, tokens, *span)
    if before not in ("for", "to", "from", "by"):
        return None
    verb = verb_before(tokens, at, floor)
    span = subject_before(tokens, verb, floor) if verb is not None else None
    if verb is None or span is None:
        return None
    low = tokens.lows[verb]
    if before == "for" and low == "been":  # has been going on for
        return _words(text, tokens, *span)
    if before != "for":
        return _words(text, tokens, *span) if low in trend_words("verb") else None
    return f"{_words(text, tokens, *span)} {low}" if low in past_forms() else None


def _timed(tokens: Tokens, at: int, floor: int) -> tuple[int, int] | None:
    """Tokens of the `time of` or the record that `stands at` the duration at token `at`."""
    before = tokens.lows[at - 2 : at] if at > 1 else []
    if before[1:] == ["of"] and before[0] in figure_words("timed"):
        return noun_before(tokens, at, floor)
    if before in (["stands", "at"], ["stood", "at"]):
        return subject_before(tokens, at - 2, floor)
    return None
