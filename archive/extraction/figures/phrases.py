"""The noun phrase that a figure counts, and the subject of the verb that governs it.

There is no tagger here: a counted noun is plural unless one is counted, and that, with the
closed classes of English and a list of verb forms, ends nearly every phrase where it ends.
"""

from dataclasses import dataclass
from functools import cache

from archive.extraction.figures.numerals import HYPHENS
from archive.extraction.figures.tokens import Tokens
from archive.vocabulary.countries import demonyms
from archive.vocabulary.discourse import discourse_words
from archive.vocabulary.nouns import irregular_plurals, is_person, is_plural, person_nouns
from archive.vocabulary.verbs import AUXILIARIES, lemmas, past_forms, plain_verbs

DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your whose some any no every each"
    " all both".split()
)
_PREPOSITIONS = frozenset(
    "of in on at by for from to with into onto over under above below after before since until till"
    " during between among amid against about around across along through throughout within without"
    " near toward towards upon off out per than as like via versus behind beside beyond despite"
    " including excluding following while when where which who whom that because if but or nor so yet"
    " though although unless whether not n't only also just even then there here how why what"
    " alone each away back ago apiece altogether overall too very later earlier respectively"
    " now today yesterday tomorrow last next more less most least soon again".split()
)
_PASSED_OVER = frozenset("more other additional further another such".split())
_PLURAL_IN_US = frozenset(["others", "dead", "wounded", "injured", "missing", "homeless"])
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """Tokens `start` to `end` (exclusive) of a noun phrase without determiners; `head` its noun."""

    start: int
    end: int
    head: int


@cache
def closed_class() -> frozenset[str]:
    """Words that cannot stand inside a counted noun phrase."""
    return (
        discourse_words("stop") | _PREPOSITIONS | DETERMINERS | AUXILIARIES | discourse_words("pronoun")
    ) - {"other", "others", "new", "more", "two", "one", "three", "first", "second"}


def skip_of(tokens: Tokens, at: int) -> int:
    """Pass over `of`, `of the`, `of its` before what is counted."""
    if tokens.lows[at] != "of":
        return at
    at += 1
    if tokens.lows[at] in DETERMINERS:
        at += 1
    return at


def counted_phrase(tokens: Tokens, at: int, *, one: bool) -> NounPhrase | None:
    """Read the noun phrase counted, from token `at`; `one` says that its noun is singular.

    None where no noun follows (`50 were killed`, `12 in Kabul`).
    """
    texts, lows = tokens.texts, tokens.lows
    closed, verbs = closed_class(), plain_verbs()
    start = at
    last = -1
    plural = -1
    while at < start + _LONGEST:
        word, low = texts[at], lows[at]
        if word in HYPHENS and tokens.glued(at) and tokens.glued(at + 1) and last >= 0:
            at += 1
            continue
        if word in "“\"‘" and word and at == start:
            start = at = at + 1
            continue
        if not word[:1].isalpha():
            break
        if low in closed:
            if low == "and" and plural < 0 and last >= 0 and _is_open(texts[at + 1]):
                at += 1
                continue
            break
        if low in verbs and not _is_attribute(tokens, at, plural, one):
            break
        if plural >= 0 and not (is_plural(word) and low not in lemmas()):
            break
        last = at
        if not one and _is_counted_noun(tokens, at):
            plural = at
        at += 1
    if plural >= 0:
        return NounPhrase(start, plural + 1, plural)
    if last < 0:
        return None
    if one or _is_people(texts[last]):
        return NounPhrase(start, last + 1, last)
    return None


def _is_open(word: str) -> bool:
    return word[:1].isalpha() and word.lower() not in closed_class() and word.lower() not in plain_verbs()


def _is_attribute(tokens: Tokens, at: int, plural: int, one: bool) -> bool:
    """Tell whether a verb form stands before a noun: `displaced families`, `leading clerics`."""
    low = tokens.lows[at]
    if plural >= 0 or not (low in past_forms() or low.endswith("ing")):
        return False
    if low in AUXILIARIES:
        return False
    following = tokens.texts[at + 1]
    if following in HYPHENS and tokens.glued(at + 1):
        return True
    if tokens.texts[at - 1] in HYPHENS and tokens.glued(at):
        return _is_open(following)
    if not _is_open(following):
        return False
    return one or is_plural(following) or is_plural(tokens.texts[at + 2])


def _is_counted_noun(tokens: Tokens, at: int) -> bool:
    """Tell whether token `at` can be the plural that is counted: no possessive, no part."""
    word = tokens.texts[at]
    if word.endswith(("'s", "’s")):
        return False
    if tokens.texts[at + 1] in ("'", "’") and tokens.glued(at + 1) and tokens.texts[at + 2][:1].isalpha():
        return False
    if tokens.texts[at + 1] in HYPHENS and tokens.glued(at + 1) and tokens.glued(at + 2):
        return False
    low = word.lower()
    if low in ("dead", "wounded", "injured", "missing", "homeless"):
        return False
    return is_plural(word)


def _is_people(word: str) -> bool:
    return word in demonyms() or word.lower() in person_nouns()


def is_bare_plural(word: str) -> bool:
    """Tell whether a word alone can be what is counted."""
    return is_plural(word) or word.lower() in irregular_plurals() or is_person(word)


def complement(tokens: Tokens, at: int, prepositions: frozenset[str]) -> int:
    """End of a prepositional phrase at token `at` (`with Israel`, `in Pakistan`); `at` if none.

    The phrase may join two nouns by `and`; a verb after the second means that it does not.
    """
    if tokens.lows[at] not in prepositions:
        return at
    place = at + 1
    while tokens.lows[place] in DETERMINERS:
        place += 1
    begin = place
    closed, verbs = closed_class(), plain_verbs()
    while place < begin + 6:
        word, low = tokens.texts[place], tokens.lows[place]
        if word in HYPHENS and tokens.glued(place) and place > begin:
            place += 1
            continue
        if low == "and" and place > begin and tokens.texts[place + 1][:1].isupper() and tokens.texts[place - 1][:1].isupper():
            place += 1
            continue
        if not word[:1].isalpha() or low in closed or (low in verbs and place > begin):
            break
        place += 1
    return place if place > begin else at


def clause_start(tokens: Tokens, at: int, floor: int = 0) -> int:
    """First token of the clause that holds token `at`."""
    place = at
    while place > floor:
        word = tokens.texts[place - 1]
        if word in ";:()[]“”\"—–!?" or (word in "," and word) or tokens.lows[place - 1] in _CLAUSE_WORDS:
            return place
        place -= 1
    return floor


_CLAUSE_WORDS = frozenset("that which who whom whose when while where but because although though if as after before".split())


def verb_before(tokens: Tokens, at: int, floor: int) -> int | None:
    """The nearest verb before token `at`, not before `floor`."""
    known = lemmas()
    verbs = plain_verbs()
    for place in range(at - 1, floor - 1, -1):
        low = tokens.lows[place]
        if low in AUXILIARIES or low in verbs:
            return place
        if low in known and low not in closed_class() and place > floor and _follows_noun(tokens, place):
            return place
    return None


def _follows_noun(tokens: Tokens, place: int) -> bool:
    """Tell whether a word that is verb or noun stands where a verb does: after a noun, bare."""
    before = tokens.lows[place - 1]
    return before.isalpha() and before not in DETERMINERS and before not in closed_class()


def subject_before(tokens: Tokens, verb: int, floor: int) -> tuple[int, int] | None:
    """Tokens of the subject that stands before the verb group at `verb`; None for a pronoun."""
    end = verb
    while end > floor and (
        tokens.lows[end - 1] in AUXILIARIES
        or tokens.lows[end - 1].endswith("ly")
        or tokens.lows[end - 1] in ("not", "also", "still", "already", "now", "to")
    ):
        end -= 1
    start = end
    closed = closed_class()
    inner = frozenset(["of", "in", "for", "on", "to", "the", "a", "its", "at", "from", "and", "by", "with", "between"])
    while start > floor and end - start < 12:
        word, low = tokens.texts[start - 1], tokens.lows[start - 1]
        if word in HYPHENS or word in "'’&/" or low in inner:
            start -= 1
            continue
        if not (word[:1].isalpha() or word[:1].isdecimal()):
            break
        if low in closed or (low in plain_verbs() and not low.endswith("ed")):
            break
        start -= 1
    while start < end and (tokens.lows[start] in closed or not tokens.texts[start][:1].isalnum()):
        start += 1
    return (start, end) if start < end else None
