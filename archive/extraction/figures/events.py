"""What happened to what is counted: the measure and the word that tells it."""

from dataclasses import dataclass

from archive.extraction.figures.phrases import DETERMINERS, NounPhrase
from archive.extraction.figures.tokens import Tokens
from archive.vocabulary.measures import measure_words
from archive.vocabulary.nouns import singular
from archive.vocabulary.verbs import AUXILIARIES, lemmas, participles, past_forms

PERSON_MEASURES = frozenset(
    "killed injured missing detained released convicted deported returned displaced hosted infected"
    " attended employed surveyed voted".split()
)
MONEY_MEASURES = frozenset(["paid", "pledged", "cost", "owed", "traded", "seized", "produced"])
_BE = frozenset("am is are was were be been being get gets got getting".split())
_LIGHT = frozenset(
    "not also already still reportedly allegedly then later all only now since so far been".split()
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
    return low in _LIGHT or (low.endswith("ly") and len(low) > 4)


def event_after(tokens: Tokens, at: int, *, bare: bool) -> Event | None:
    """The event told by the predicate that begins at token `at`, just after what is counted.

    `bare` says that no noun stands between number and predicate (`50 were killed`).
    """
    lows = tokens.lows
    place, passive, auxiliary = at, False, False
    if lows[place] in ("who", "that", "which"):
        place += 1
    while (
        lows[place] in AUXILIARIES
        or _is_adverb(lows[place])
        or lows[place] in ("to", "confirmed", "feared", "left", "believed", "thought", "presumed")
    ):
        auxiliary = auxiliary or lows[place] in AUXILIARIES
        passive = passive or lows[place] in _BE
        if lows[place] == "left" and lows[place + 1] not in measure_words("predicate"):
            break
        place += 1
    low = lows[place]
    predicate = measure_words("predicate").get(low)
    if predicate and (passive or not auxiliary):
        return Event(predicate, low, place, passive=True)
    objects, subjects = measure_words("object"), measure_words("subject")
    if low in objects and low in past_forms() | {"hurt", "left", "shot"}:
        if passive or (not auxiliary and not _has_object(tokens, place + 1)):
            if low == "left" and not passive:
                return None
            return Event(_forced(tokens, place, objects[low]), low, place, passive=True)
        return None
    if low in subjects:
        return Event(subjects[low], participle(low), place, passive=True)
    if passive and low in past_forms():
        return Event(None, low, place, passive=True)
    return None


def event_within(tokens: Tokens, at: int, limit: int) -> Event | None:
    """The event of a passive some words after what is counted: `people in Kabul were killed`."""
    lows = tokens.lows
    for place in range(at, min(at + limit, len(tokens))):
        word = tokens.texts[place]
        if word in ".;:!?" and word:
            return None
        if lows[place] in ("and", "but") and place == at:
            return None
        if lows[place] in _BE and lows[place] not in ("being", "be"):
            found = event_after(tokens, place, bare=False)
            return found if found and found.measure else None
        if lows[place] in measure_words("subject"):
            return Event(
                measure_words("subject")[lows[place]], participle(lows[place]), place, passive=True
            )
        if lows[place] in AUXILIARIES and lows[place] not in (
            "have",
            "has",
            "had",
            "will",
            "would",
        ):
            return None
    return None


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
    while place >= floor and (
        _is_adverb(lows[place])
        or lows[place] in ("another", "the", "a", "total", "up", "further")
        or (lows[place] == "of" and lows[place - 1] == "total")
    ):
        place -= 1
    if place < floor:
        return None
    low = lows[place]
    if low == "of" and place - 1 >= floor:
        noun = singular(lows[place - 1])
        measure = measure_words("noun").get(noun)
        if measure is not None:
            return Event(_forced(tokens, place - 1, measure), lows[place - 1], place - 1, noun=True)
        if lows[place - 1].endswith("ing") and lows[place - 1] in measure_words("object"):
            return Event(
                measure_words("object")[lows[place - 1]], participle(lows[place - 1]), place - 1
            )
        return None
    measure = measure_words("object").get(low)
    if measure is not None:
        return Event(_forced(tokens, place, measure), participle(low), place)
    return None


def toll_before(tokens: Tokens, start: int, floor: int) -> Event | None:
    """`The death toll rose to 40`: the noun that heads the clause says what is counted."""
    for place in range(start - 1, floor - 1, -1):
        if tokens.lows[place] == "toll":
            word = "death toll" if tokens.lows[place - 1] == "death" else "toll"
            return Event("killed", word, place, noun=True)
    return None


def participle(form: str) -> str | None:
    """The past participle of the verb that `form` belongs to."""
    lemma = lemmas().get(form)
    return participles().get(lemma, form) if lemma else form


def event_of_noun(tokens: Tokens, phrase: NounPhrase | None) -> str | None:
    """The measure that the counted noun tells itself: `12 deaths`, `three hostages`."""
    if phrase is None:
        return None
    noun = singular(tokens.lows[phrase.head])
    return measure_words("noun").get(noun) or measure_words("bearer").get(noun)
