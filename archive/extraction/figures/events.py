"""What happened to what is counted: the measure and the word that tells it."""

from dataclasses import dataclass

from archive.extraction.figures.phrases import DETERMINERS, NounPhrase
from archive.extraction.figures.tokens import Tokens
from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.measures import measure_words
from archive.vocabulary.nouns import is_plural, singular
from archive.vocabulary.verbs import (
    AUXILIARIES,
    lemmas,
    participles,
    past_forms,
    plain_verbs,
)


@dataclass(frozen=True, slots=True)
class Event:
    """A measure, the word for `counted` (a participle or the noun), and where its verb stands.

    `passive` says that what is counted is the verb's subject, `noun` that a noun before `of`
    tells the event (`deaths of ...`).
    """

    measure: str | None
    word: str | None
    verb: int
    passive: bool = False
    noun: bool = False


def _is_adverb(low: str) -> bool:
    return low in figure_words("light_adverb") or (low.endswith("ly") and len(low) > 4)


def event_after(tokens: Tokens, at: int) -> Event | None:
    """The event told by the predicate that begins at token `at`, just after what is counted."""
    lows = tokens.lows
    begin = at + 1 if lows[at] in ("who", "that", "which") else at
    place = _main_verb(tokens, begin)
    low = lows[place]
    phrase = _told_by_phrase(tokens, at, place)
    if phrase is not None or "not" in lows[begin:place]:
        return phrase
    group = set(lows[begin:place])
    auxiliary = not group.isdisjoint(AUXILIARIES)
    passive = not group.isdisjoint(figure_words("be"))
    predicate = measure_words("predicate").get(low)
    if predicate and (passive or not auxiliary):
        return Event(predicate, low, place, passive=True)
    measure = _phrasal(tokens, place)
    if measure is not None and passive:
        return Event(measure, f"{low} {lows[place + 1]}", place, passive=True)
    measure = measure_words("object").get(low)
    if measure is not None and (low in past_forms() or low in _PAST_NOUNS):
        held = passive or not (auxiliary or _has_object(tokens, place + 1))
        return _passive(tokens, place, measure, passive=passive) if held else None
    measure = measure_words("subject").get(low)
    if measure is not None:
        return Event(measure, participle(low), place, passive=True)
    return Event(None, low, place, passive=True) if passive and low in past_forms() else None


def _told_by_phrase(tokens: Tokens, at: int, verb: int) -> Event | None:
    """`homes without power`, `people lost their lives`."""
    lows = tokens.lows
    if lows[at] == "without" and lows[at + 1] in figure_words("supply"):
        return Event("affected", f"without {lows[at + 1]}", at, passive=True)
    if lemmas().get(lows[verb]) == "lose" and lows[verb + 2] in ("lives", "life"):
        return Event("killed", f"{lows[verb]} {lows[verb + 2]}", verb, passive=True)
    return None


# Participles that are nouns or adjectives too.
_PAST_NOUNS = frozenset(["hurt", "left", "shot"])


def _main_verb(tokens: Tokens, at: int) -> int:
    """Pass over auxiliaries, adverbs and verbs such as `remain` and `are feared`."""
    lows = tokens.lows
    while True:
        low = lows[at]
        if low == "left" and lows[at + 1] not in measure_words("predicate"):
            return at
        if not (low in AUXILIARIES or _is_adverb(low) or low in figure_words("leads_to_predicate")):
            return at
        at += 1


def _phrasal(tokens: Tokens, verb: int) -> str | None:
    """The measure of a verb with its particle at token `verb`: `takes in`, `rounded up`."""
    lemma = lemmas().get(tokens.lows[verb])
    return measure_words("phrasal").get(f"{lemma} {tokens.lows[verb + 1]}") if lemma else None


def _passive(tokens: Tokens, verb: int, measure: str, *, passive: bool) -> Event | None:
    low = tokens.lows[verb]
    if low == "left" and not (passive and tokens.lows[verb + 1] in ("in", "without", "with", "to")):
        return None
    return Event(_forced(tokens, verb, measure), low, verb, passive=True)


def event_within(tokens: Tokens, at: int, limit: int) -> Event | None:
    """The event of a predicate some words after what is counted: `people in Kabul were killed`.

    Only prepositional phrases and a clause with `who` or `which` may stand between; another noun
    phrase or pronoun would be the subject.
    """
    lows = tokens.lows
    closing = figure_words("pronoun") | DETERMINERS
    for place in range(at, min(at + limit, len(tokens))):
        low = lows[place]
        if low in (".", ";", ":", "!", "?", "and", "but", "where", "when", "because", "while"):
            return None
        other = low in closing and low not in ("who", "which", "that")
        if other and (place == at or lows[place - 1] not in figure_words("preposition")):
            return None
        found = _predicate(tokens, place)
        if found is not None or low in AUXILIARIES:
            return found
    return None


def _predicate(tokens: Tokens, place: int) -> Event | None:
    """The event of the predicate that begins with the verb at `place`, if it tells a measure."""
    low = tokens.lows[place]
    if low in _PERFECT or (low in figure_words("be") and low not in ("be", "being")):
        found = event_after(tokens, place)
        return found if found and found.measure else None
    measure = measure_words("subject").get(low) if low in plain_verbs() else None
    before = tokens.lows[place - 1] if place else ""
    if measure is None or before in DETERMINERS or before in figure_words("preposition"):
        return None  # `44 percent of the vote` is a noun
    return Event(measure, participle(low), place, passive=True)


# `residents have been moved`, `people had died`
_PERFECT = frozenset(["have", "has", "had"])


def _has_object(tokens: Tokens, at: int) -> bool:
    """Tell whether an object follows an active verb: a number, a determiner, a name."""
    low, word = tokens.lows[at], tokens.texts[at]
    return (
        low in DETERMINERS or word[:1].isdecimal() or (word[:1].isupper() and word[1:2].islower())
    )


def _forced(tokens: Tokens, verb: int, measure: str) -> str:
    """A repatriation is a return, by force a deportation."""
    if measure == "returned" and "forcibly" in tokens.lows[max(0, verb - 3) : verb + 2]:
        return "deported"
    return measure


def event_before(tokens: Tokens, start: int, floor: int) -> Event | None:
    """The event told before the figure at token `start`: `deported 286,631`, `deaths of two`."""
    lows = tokens.lows
    place = start - 1
    while place >= floor and _is_passed_over(lows, place):
        place -= 1
    if place < floor:
        return None
    low = lows[place]
    if low == "of":
        return _event_of(tokens, place - 1) if place > floor else None
    measure = _phrasal(tokens, place - 1) if place > floor else None
    if measure is not None:  # takes in several million
        return Event(measure, f"{participle(lows[place - 1])} {low}", place - 1)
    measure = measure_words("object").get(low)
    if measure is not None:
        return Event(_forced(tokens, place, measure), participle(low), place)
    if "cost" in (measure_words("subject").get(low), measure_words("predicate").get(low)):
        return Event("cost", low, place)  # its object is the price
    return None


def _is_passed_over(lows: list[str], place: int) -> bool:
    """Tell whether a word may stand between a verb and its number: `killed another 12`."""
    low = lows[place]
    if low in figure_words("before_object") or _is_adverb(low):
        return True
    return low == "of" and place > 0 and lows[place - 1] == "total"


def _event_of(tokens: Tokens, noun: int) -> Event | None:
    """The event that a noun before `of` names: `deaths of`, `the killing of`."""
    low = tokens.lows[noun]
    measure = measure_words("noun").get(singular(low))
    if measure is not None:
        return Event(_forced(tokens, noun, measure), low, noun, noun=True)
    measure = measure_words("object").get(low) if low.endswith("ing") else None
    return Event(measure, participle(low), noun) if measure else None


def toll_before(tokens: Tokens, start: int, floor: int) -> Event | None:
    """`The death toll rose to 40`: the noun that heads the clause says what is counted."""
    for place in range(start - 1, floor - 1, -1):
        if tokens.lows[place] in ("toll", "tolls"):
            word = "death toll" if tokens.lows[place - 1] == "death" else "toll"
            return Event("killed", word, place, noun=True)
    return None


def participle(form: str) -> str | None:
    """The past participle of the verb that `form` belongs to."""
    lemma = lemmas().get(form)
    return participles().get(lemma, form) if lemma else form


def measure_of_attribute(tokens: Tokens, phrase: NounPhrase | None) -> str | None:
    """The measure that a participle before the noun tells: `93 injured people`."""
    if phrase is None:
        return None
    for place in range(phrase.head - 1, phrase.start - 1, -1):
        low = tokens.lows[place]
        found = measure_words("predicate").get(low)
        if found is None and low in past_forms() and low not in _NO_ATTRIBUTES:
            found = measure_words("object").get(low)
        if found is not None:
            return found
    return None


@dataclass(frozen=True, slots=True)
class Tally:
    """`number of cases`: its tokens, the noun that is numbered, and the measure it tells."""

    start: int
    end: int
    noun: int
    measure: str | None


def tally_before(tokens: Tokens, at: int, floor: int) -> Tally | None:
    """The `number of ...` in the clause before token `at`, whose value the figure there is."""
    lows = tokens.lows
    for place in range(at - 1, floor, -1):
        if lows[place] != "of" or lows[place - 1] not in figure_words("tally"):
            continue
        for noun in range(place + 1, min(place + 6, at)):
            if lows[noun] in DETERMINERS or not is_plural(tokens.texts[noun]):
                continue
            measure = measure_words("noun").get(singular(lows[noun]))
            participle_after = lows[noun + 1] if noun + 1 < at else ""
            told = None
            if participle_after in past_forms():
                told = measure_words("object").get(participle_after)
            end = noun + 2 if told else noun + 1
            return Tally(place - 1, end, noun, measure or told)
        return None
    return None


# Participles that are adjectives of another meaning before a noun.
_NO_ATTRIBUTES = frozenset(["left", "made", "given", "committed", "joined", "united"])


def measure_of_noun(tokens: Tokens, phrase: NounPhrase | None, use: str) -> str | None:
    """The measure that the counted noun tells itself: `12 deaths`, `three hostages`.

    `use` is `noun` for events, `bearer` for those whom one happened to.
    """
    if phrase is None:
        return None
    return measure_words(use).get(singular(tokens.lows[phrase.head]))
