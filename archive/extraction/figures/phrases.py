"""The noun phrase that a figure counts, and the subject of the verb that governs it.

There is no tagger here: a counted noun is plural unless one is counted, and that, with the
closed classes of English and a list of verb forms, ends nearly every phrase where it ends.
"""

from dataclasses import dataclass
from functools import cache

from archive.extraction.figures.numerals import HYPHENS, words
from archive.extraction.figures.tokens import Tokens
from archive.vocabulary.countries import demonyms
from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.nouns import is_plural, person_nouns
from archive.vocabulary.verbs import AUXILIARIES, lemmas, past_forms, plain_verbs

DETERMINERS = figure_words("determiner")
_LONGEST = 9
# How many tokens are looked at before a figure, so that a line of numbers stays linear.
_LONGEST_CLAUSE = 60


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """Tokens `start` to `end` (exclusive) of a noun phrase without determiners; `head` its noun."""

    start: int
    end: int
    head: int


@cache
def closed_class() -> frozenset[str]:
    """Words that cannot stand inside a counted noun phrase."""
    grammatical = DETERMINERS | AUXILIARIES
    return grammatical | figure_words("pronoun") | figure_words("preposition")


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
    texts = tokens.texts
    start = _pass_measure(tokens, at)
    if texts[start] and texts[start] in '“"‘':
        start += 1
    last = plural = -1
    at = start
    while at < start + _LONGEST and _goes_on(tokens, at, (last, plural), one=one):
        if texts[at][:1].isalpha() and tokens.lows[at] != "and":
            last = at
            if not one and _is_counted_noun(tokens, at):
                plural = at
        at += 1
    if plural >= 0:
        return NounPhrase(start, plural + 1, plural)
    if last >= 0 and (one or _is_people(texts[last])):
        return NounPhrase(start, last + 1, last)
    return None


def _goes_on(tokens: Tokens, at: int, heads: tuple[int, int], *, one: bool) -> bool:
    """Tell whether token `at` belongs to the phrase whose last word and plural are `heads`."""
    last, plural = heads
    word, low = tokens.texts[at], tokens.lows[at]
    if word in HYPHENS:
        return last >= 0 and tokens.glued(at) and tokens.glued(at + 1)
    after_name = one and last >= 0 and _is_name(tokens.texts[last])
    if not word[:1].isalpha() or (after_name and word.islower() and low in past_forms()):
        return False  # her son Paul tested negative
    if low in closed_class() and not (word.isupper() and len(word) > 1):  # US deaths
        # 30 Afghan and Pakistani migrants
        joined = low == "and" and plural < 0 <= last and _is_open(tokens.texts[at + 1])
        return joined and tokens.lows[at + 1] not in words().basic  # one guard and two others
    if low in plain_verbs() and (plural >= 0 or not _is_attribute(tokens, at, one=one)):
        return last < 0 and _is_adjective(tokens, at, one=one)
    if plural < 0:
        return True
    # three sports clubs, but `times earnings`, `groups say`
    return is_plural(word) and low not in lemmas() and tokens.lows[plural] != "times"


def _pass_measure(tokens: Tokens, at: int) -> int:
    """Pass over a size before what is counted: `eight million 250ml bottles`."""
    if tokens.lows[at] == "magnitude" and tokens.texts[at + 1][:1].isdecimal():
        at += 2  # 400 magnitude 2+ earthquakes
        return at + 1 if tokens.texts[at] == "+" else at
    if not tokens.texts[at][:1].isdecimal():
        return at
    following = at + 1
    if tokens.texts[following] in HYPHENS and tokens.glued(following):
        following += 1
    if tokens.texts[following][:1].isalpha() and tokens.glued(following):
        return following + 1
    return at


def _is_open(word: str) -> bool:
    return (
        word[:1].isalpha()
        and word.lower() not in closed_class()
        and word.lower() not in plain_verbs()
    )


def _is_attribute(tokens: Tokens, at: int, *, one: bool) -> bool:
    """Tell whether a verb form stands before a noun: `displaced families`, `leading clerics`."""
    low = tokens.lows[at]
    if low in AUXILIARIES or not (low in past_forms() or low.endswith("ing")):
        return False
    following = tokens.texts[at + 1]
    if following in HYPHENS and tokens.glued(at + 1):
        return True
    if not _is_open(following) or _is_name(following):
        return False
    compound = tokens.texts[at - 1] in HYPHENS and tokens.glued(at)
    return one or compound or _has_plural(tokens, at + 1)


def _is_name(word: str) -> bool:
    """Tell whether a verb before `word` takes it as its object: `found Johnson guilty`."""
    return word[:1].isupper() and word[1:2].islower() and word not in demonyms()


def _is_adjective(tokens: Tokens, at: int, *, one: bool) -> bool:
    """Tell whether a verb's base form is an adjective here: `two separate attacks`."""
    low = tokens.lows[at]
    if lemmas().get(low) != low or low in AUXILIARIES or not _is_open(tokens.texts[at + 1]):
        return False
    return one or _has_plural(tokens, at + 1)


def _has_plural(tokens: Tokens, at: int) -> bool:
    """Tell whether one of the next few words, without a break, is a plural."""
    for word in tokens.texts[at : at + 4]:
        if word in HYPHENS:
            continue
        if not word[:1].isalpha() or word.lower() in closed_class():
            return False
        if is_plural(word):
            return True
    return False


def _is_counted_noun(tokens: Tokens, at: int) -> bool:
    """Tell whether token `at` can be the plural that is counted: no possessive, no part."""
    word = tokens.texts[at]
    if word.endswith(("'s", "’s")):
        return False
    if (
        tokens.texts[at + 1] in ("'", "’")
        and tokens.glued(at + 1)
        and tokens.texts[at + 2][:1].isalpha()
    ):
        return False
    if tokens.texts[at + 1] in HYPHENS and tokens.glued(at + 1) and tokens.glued(at + 2):
        return False
    low = word.lower()
    if low in ("dead", "wounded", "injured", "missing", "homeless"):
        return False
    return is_plural(word)


def _is_people(word: str) -> bool:
    return word in demonyms() or word.lower() in person_nouns()


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
        if (
            low == "and"
            and place > begin
            and tokens.texts[place + 1][:1].isupper()
            and tokens.texts[place - 1][:1].isupper()
        ):
            place += 1
            continue
        if not word[:1].isalpha() or low in closed or (low in verbs and place > begin):
            break
        place += 1
    return place if place > begin else at


def clause_start(tokens: Tokens, at: int, floor: int = 0, *, through_that: bool = False) -> int:
    """First token of the clause that holds token `at`.

    `through_that` goes on over `that` into the clause that governs this one.
    """
    place = at
    floor = max(floor, at - _LONGEST_CLAUSE)
    while place > floor:
        if tokens.texts[place - 1] in _CLAUSE_MARKS:
            return place
        low = tokens.lows[place - 1]
        if low in _CLAUSE_WORDS and not (through_that and low == "that"):
            return place
        place -= 1
    return floor


_CLAUSE_MARKS = frozenset(';:()[]“”"—–!?,')
_CLAUSE_WORDS = figure_words("clause_word")


def verb_before(tokens: Tokens, at: int, floor: int) -> int | None:
    """The nearest verb before token `at`, not before `floor`.

    A word that is also a noun is one only close to `at`, with nothing but prepositions and
    adverbs between (`exports rose by 5%`).
    """
    known, verbs, closed = lemmas(), plain_verbs(), closed_class()
    near = True
    floor = max(floor, at - _LONGEST_CLAUSE)
    for place in range(at - 1, floor - 1, -1):
        low = tokens.lows[place]
        if low in AUXILIARIES or (low in verbs and not _is_attribute(tokens, place, one=True)):
            return place
        is_verb = near and place > floor and low in known and low not in closed
        if is_verb and _follows_noun(tokens, place):
            return place
        near = near and (low in closed or low.endswith("ly"))
    return None


def noun_before(tokens: Tokens, at: int, floor: int) -> tuple[int, int] | None:
    """Tokens of the noun phrase that a figure at token `at` follows with or without `of`.

    `A budget of $5 million`, `Oil +3%`, `its stock down 4%`; None after a verb.
    """
    end = at
    if end > floor and tokens.lows[end - 1] == "of":
        end -= 1
    else:
        while end > floor and tokens.lows[end - 1] in ("(", "+", "-", "−", "up", "down", "~", "≈"):
            end -= 1
    start = end
    closed, verbs = closed_class(), plain_verbs()
    while start > floor and end - start < 6:
        word, low = tokens.texts[start - 1], tokens.lows[start - 1]
        joined = start < end and tokens.texts[start] in HYPHENS
        if (word in HYPHENS and tokens.glued(start) and start < end) or (
            joined and word[:1].isdecimal()
        ):
            start -= 1
            continue
        if (
            not word[:1].isalpha()
            or low in closed
            or (start == end and low in lemmas() and low != word)
        ):
            break
        if low in verbs and (start == end or not _is_attribute(tokens, start - 1, one=True)):
            break
        if start == end and low in lemmas() and tokens.lows[end] != "of" and not word[:1].isupper():
            break  # `exports rose`: the verb, not a noun
        start -= 1
    return (start, end) if start < end else None


def governing_subject(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Tokens of the subject that a measure at token `at` is told of.

    The subject of the nearest verb in its clause, else of the clause before; None where no verb
    with a nominal subject stands before it.
    """
    floor = clause_start(tokens, at)
    for _ in range(3):
        verb = verb_before(tokens, at, floor)
        if verb is not None:
            span = subject_before(tokens, verb, floor)
            if span is not None:
                return span
            at = verb
        if floor == 0:
            return None
        if verb is None:
            at = floor - 1
        floor = clause_start(tokens, max(0, floor - 1))
    return None


def _follows_noun(tokens: Tokens, place: int) -> bool:
    """Tell whether a word that is verb or noun stands where a verb does: after a noun, bare."""
    before = tokens.lows[place - 1]
    return before.isalpha() and before not in DETERMINERS and before not in closed_class()


def subject_before(tokens: Tokens, verb: int, floor: int) -> tuple[int, int] | None:
    """Tokens of the subject that stands before the verb group at `verb`; None for a pronoun."""
    closed, verbs = closed_class(), plain_verbs()
    end = verb
    while end > floor and _is_of_verb_group(tokens, end - 1):
        end -= 1
    start = end
    while start > floor and end - start < 12:
        word, low = tokens.texts[start - 1], tokens.lows[start - 1]
        if word in HYPHENS or (word in "'’&/" and word) or low in _INSIDE_SUBJECTS:
            start -= 1
            continue
        if not (word[:1].isalpha() or word[:1].isdecimal()) or low in closed:
            break
        if low in verbs and not _is_attribute(tokens, start - 1, one=True):
            break
        start -= 1
    while start < end and (tokens.lows[start] in closed or not tokens.texts[start][:1].isalnum()):
        start += 1
    return (start, end) if start < end else None


# Function words that a subject may contain: `the price of gold in London`.
_INSIDE_SUBJECTS = figure_words("in_subject")


def _is_of_verb_group(tokens: Tokens, at: int) -> bool:
    """Tell whether a token before a verb belongs to its group: `is expected to`, `has not yet`."""
    low = tokens.lows[at]
    if low in AUXILIARIES or low in ("not", "also", "still", "already", "now", "to"):
        return True
    if low.endswith("ly"):
        return True
    return low in plain_verbs() and tokens.lows[at + 1] in ("to", "be", "been")
