"""Reporting clauses of a sentence: who is said to have said it, and what that covers.

Found by rules over words and punctuation, without a parser, in the forms that news uses:

- before: `X said (that) …`, `X told Y that …`, also for coordinated verbs (`X confirmed … and
  said …`) and participles (`X left, saying …`), which share the subject of the sentence;
- behind: `…, X said.`, `…, said X.`;
- `According to X, …`, `…, according to X`, `as stated by X, …`.

The source phrase is the stretch between the last clause boundary and the verb; a phrase set off
by commas right before the verb (`X, head of Y, said`) is stepped over.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from archive.vocabulary.calendar import calendar_names
from archive.vocabulary.speech import reporting_verbs, speech_words

_WORD = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*")
_SMALL = re.compile(r"[a-z]{2,}")
_ACCORDING = re.compile(
    r"\b(?P<according>[Aa]ccording\sto|[Aa]s\sper|[Ii]n\sthe\swords\sof)\s"
    r"|\b[Aa]s\s(?P<verb>[a-z]+)\sby\s"
)
# As `_SMALL` finds them: without a capital letter.
_ACCORDING_WORDS = frozenset({"according", "ccording", "per", "words"})
_PHRASE_END = re.compile(
    r"[,;:.!?—–“”\"]\s|[,;:.!?”\"]\Z|\s[—–-]\s|\sand\s(?=[a-z]+ed\b)"
    r"|\s(?:who|which|he|she|they|we|there|is|are|was|were|has|have|had|will|would)\s"
)
_ACRONYM = re.compile(r",\s[A-Z]{2,8}(?=,)")
_PLACE = re.compile(r"\b(?:in|of|from)\s[A-Z][\w’'-]*\Z")
_WIDER_PLACE = re.compile(r",\s[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)?(?=,)")
_QUOTE_FOLLOWS = re.compile(r"[,:]?\s*[\"“‘«„']")
_BREAK = re.compile(r"[,;:—–“”\"«»()\[\]]|\s-\s|[.!?…]\s")
_AFTER_QUOTE = re.compile(r"[,!?.…][”\"’'»]\s|[”\"’'»],\s")
_ONLY_ADVERBIAL = re.compile(r"(?P<word>[A-Za-z’']+)\b[^,;:“\"]{0,120}\Z")
_END = re.compile(r"[\s,.;:!?…”’\"'»)]*\Z")
_OPENING_MARKS = frozenset('“"‘«„')
_APPOSITION = 160  # longest phrase between commas that is stepped over
_INVERTED = 14  # longest source phrase, in words, that stands behind its verb
_COORDINATORS = frozenset({"and", "but", "or", "then"})
_SUBJECT_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "we", "i", "you"})
_SAY = frozenset({"said", "says"})
_PHRASE_REACH = 300  # characters in which a source phrase must end
_LONGEST_PHRASE = 24  # words of a source phrase; beyond that something went wrong


class Word(NamedTuple):
    """A word of a paragraph with its place."""

    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A reporting clause.

    `phrase` bounds the source phrase and `apposition` what is set off by commas behind it; both
    are None where the verb shares its subject: with the verb before it where `is_coordinated`, else
    with the sentence. `content` bounds what is reported,
    `statement` the words of it that are indirect speech, None where there are none. `introduces`
    is what the verb introduces (see `vocabulary.speech`).
    """

    start: int
    end: int
    phrase: tuple[int, int] | None
    content: tuple[int, int]
    introduces: frozenset[str]
    statement: tuple[int, int] | None = None
    apposition: tuple[int, int] | None = None
    is_negated: bool = False
    is_antecedent: bool = False
    is_coordinated: bool = False


class Sentence:
    """One sentence of a paragraph: its words, and what lies in quotations and names."""

    def __init__(
        self,
        text: str,
        span: tuple[int, int],
        quotes: Sequence[tuple[int, int]],
        names: Sequence[tuple[int, int]],
    ) -> None:
        """Take the paragraph's text; `span`, `quotes` and `names` bound parts of it, in order."""
        self.text = text
        self.start, self.end = span
        self.words = [
            Word(match.start(), match.end(), match.group(), match.group().lower())
            for match in _WORD.finditer(text, *span)
        ]
        self._quotes = quotes
        self._names = names
        long_words = [word for word in self.words if len(word.text) > 3]
        capitals = sum(word.text[0].isupper() for word in long_words)
        self.is_title = text[self.end - 1] not in ".!?" and 2 * capitals > len(long_words)

    def name_end(self, position: int) -> int | None:
        """Return the end of the name that starts at a position."""
        index = bisect_left(self._names, position, key=lambda name: name[0])
        is_name = index < len(self._names) and self._names[index][0] == position
        return self._names[index][1] if is_name else None

    def quote_at(self, position: int) -> tuple[int, int] | None:
        """Return the quotation that holds a position."""
        index = bisect_right(self._quotes, position, key=lambda quote: quote[0]) - 1
        if index >= 0 and position < self._quotes[index][1]:
            return self._quotes[index]
        return None

    def has_break(self, start: int, end: int) -> bool:
        """Tell whether punctuation separates two words."""
        return end > start + 1 and _BREAK.search(self.text, start, end) is not None


def may_report(text: str, span: tuple[int, int]) -> bool:
    """Tell quickly whether a sentence can hold a reporting clause."""
    words = _SMALL.findall(text, *span)
    if text[span[1] - 1] not in ".!?":  # perhaps a headline with Capitals
        words = text[slice(*span)].lower().replace(",", " ").split()
    return not _ACCORDING_WORDS.isdisjoint(words) or not reporting_verbs().keys().isdisjoint(words)


def find_frames(sentence: Sentence) -> list[Frame]:
    """Find the reporting clauses of a sentence in the order of their verbs."""
    frames = list(_according_frames(sentence))
    verbs = reporting_verbs()
    for index, word in enumerate(sentence.words):
        if word.lower not in verbs or (word.text != word.lower and not sentence.is_title):
            continue
        if sentence.quote_at(word.start) is None and _has_object_needed(sentence.words, index):
            frame = _verb_frame(sentence, index)
            if frame is not None:
                frames.append(frame)
    return sorted(frames, key=lambda frame: frame.start)


# ----------------------------------------------------------------------- according to


def _according_frames(sentence: Sentence) -> Iterator[Frame]:
    """Yield `according to X` and `as stated by X`, which cover the rest of their sentence."""
    text = sentence.text
    for match in _ACCORDING.finditer(text, sentence.start, sentence.end):
        if match["verb"] and match["verb"] not in reporting_verbs():
            continue
        if sentence.quote_at(match.start()):
            continue
        end = _phrase_end(text, match.end(), sentence.end)
        initial = not _WORD.search(text, sentence.start, match.start())
        is_set_off = text[max(0, match.start() - 4) : match.start()].rstrip()[-1:] in {
            ",",
            "(",
            "–",
            "—",
        }
        content = (
            end if initial else sentence.start,
            sentence.end if initial or is_set_off else end,
        )
        is_last = _END.match(text, end, sentence.end) is not None
        statement = content if initial else (sentence.start, match.start()) if is_last else None
        yield Frame(
            start=match.start(),
            end=end,
            phrase=(match.end(), end),
            content=content,
            introduces=frozenset({"clause"}),
            statement=statement and _trimmed(text, statement),
        )


def _phrase_end(text: str, start: int, limit: int) -> int:
    """Return where a source phrase that starts at `start` ends, parentheses included."""
    position, limit = start, min(limit, start + _PHRASE_REACH)
    while match := _PHRASE_END.search(text, position, limit):
        opened = text.rfind("(", start, match.start())
        if opened >= 0 and text.find(")", opened, match.start()) < 0:
            position = match.end()
            continue
        is_initial = re.search(r"\b(?:[A-Z]|[A-Z][a-z]{1,4})\Z", text[start : match.start()])
        if match.group().startswith(".") and is_initial and match.end() < limit:
            position = match.end()
            continue
        if more := _ACRONYM.match(text, match.start(), limit):
            return more.end()
        if _PLACE.search(text, start, match.start()) and (
            more := _WIDER_PLACE.match(text, match.start(), limit)
        ):
            return more.end()
        return match.start()
    return limit


# ----------------------------------------------------------------------------- verbs


def _verb_frame(sentence: Sentence, index: int) -> Frame | None:
    """Read the clause of the reporting verb at `index`, None where it is no finite verb."""
    words = sentence.words
    first, is_passive, is_negated = _verb_group(sentence, index)
    if words[index].lower.endswith("ing") and not is_passive:
        return _participle_frame(sentence, index, is_negated=is_negated)
    if is_passive:
        return _agent_frame(sentence, index, is_negated=is_negated)
    if _is_noun(sentence, first, index):
        return None
    before = words[first - 1] if first else None
    touches = before is not None and not sentence.has_break(before.end, words[first].start)
    if before is not None and touches and before.lower not in speech_words("clause_boundary"):
        if before.lower in speech_words("preposition"):
            return None
        return _subject_frame(sentence, index, first, is_negated=is_negated)
    return _subjectless_frame(sentence, index, first, is_negated=is_negated)


def _has_object_needed(words: Sequence[Word], index: int) -> bool:
    """Tell whether a verb that reports only measures has one: `put the toll at 40`."""
    if reporting_verbs()[words[index].lower] != {"measure"}:
        return True
    near = words[index + 1 : index + 7]
    return any(word.lower in speech_words("measured") for word in near)


def _agent_frame(sentence: Sentence, index: int, *, is_negated: bool) -> Frame | None:
    """Read `was described by X as …`, whose source follows the passive verb."""
    words = sentence.words
    if index + 2 >= len(words) or words[index + 1].lower != "by":
        return None
    end = _phrase_end(sentence.text, words[index + 1].end, sentence.end)
    near = words[index + 2 : index + 2 + _LONGEST_PHRASE]
    last = next((word.start for word in near if word.lower in {"as", "that"}), end)
    end = min(end, last)
    phrase = (words[index + 2].start, end)
    if end <= phrase[0]:
        return None
    return _frame(sentence, index, phrase, (end, sentence.end), is_negated=is_negated)


def _subjectless_frame(
    sentence: Sentence, index: int, first: int, *, is_negated: bool
) -> Frame | None:
    """Read a verb without a subject right before it: inverted, behind commas, coordinated."""
    words = sentence.words
    inverted = _inverted_phrase(sentence, index, first)
    if inverted is not None:
        content = (sentence.start, words[first].start)
        return _frame(sentence, index, inverted, content, is_negated=is_negated)
    if not first:
        return None
    before = words[first - 1]
    if sentence.has_break(before.end, words[first].start):
        return _apposed_frame(sentence, index, first, is_negated=is_negated)
    if before.lower in _COORDINATORS:
        content = (words[index].end, sentence.end)
        return _frame(sentence, index, None, content, is_negated=is_negated)
    return None


def _verb_group(sentence: Sentence, index: int) -> tuple[int, bool, bool]:
    """Return the first word of `has repeatedly said`, and whether it is passive or negated."""
    words = sentence.words
    first, is_passive, is_negated = index, False, False
    while first and not sentence.has_break(words[first - 1].end, words[first].start):
        word = words[first - 1].lower
        if word in speech_words("negation"):
            is_negated = True
        elif word == "as" and first > 1 and words[first - 2].lower in {"quoted", "cited"}:
            first -= 1  # "was quoted as saying"
        elif word == "to" and first > 2 and words[first - 2].lower == "on":
            first -= 1  # "went on to say"
        elif word not in speech_words("auxiliary") and word not in {"quoted", "cited"}:
            break
        is_passive = is_passive or word in speech_words("passive")
        first -= 1
    quoted = any(word.lower in {"quoted", "cited"} for word in words[first:index])
    is_progressive = words[index].lower.endswith("ing")
    if quoted or (is_progressive and is_passive):
        return first, False, is_negated
    return first, is_passive, is_negated


def _is_noun(sentence: Sentence, first: int, index: int) -> bool:
    """Tell whether a form that is also a noun stands as one: `the report`, `recent claims`."""
    words = sentence.words
    verb = words[index]
    if first and words[first - 1].lower in speech_words("determiner") - {"this", "that", "all"}:
        return True
    if verb.lower not in speech_words("noun_form") or first < index:
        return False
    if not first:
        return True
    before = words[first - 1]
    if before.lower in _SUBJECT_PRONOUNS:
        return False
    following = words[index + 1].lower if index + 1 < len(words) else ""
    is_plural = before.lower.endswith("s") or before.lower in speech_words("plural")
    if before.text[0].isupper() and before.lower.endswith(("’s", "'s")):
        return True
    is_object = following in speech_words("preposition") and before.text[0].islower()
    return verb.lower.endswith("s") == is_plural or is_object


def _participle_frame(sentence: Sentence, index: int, *, is_negated: bool) -> Frame | None:
    """Read `…, saying that …`, or `was quoted as saying`, whose subject stands before."""
    words = sentence.words
    first, _, _ = _verb_group(sentence, index)
    if first < index and any(
        word.lower in speech_words("passive") | {"quoted", "cited"} for word in words[first:index]
    ):
        return _subject_frame(sentence, index, first, is_negated=is_negated)
    if not index:
        return None
    before = words[index - 1]
    touches = not sentence.has_break(before.end, words[index].start)
    if touches and before.lower not in {"and", "while", "but", "avoided"}:
        return None
    content = (words[index].end, sentence.end)
    return _frame(
        sentence, index, None, content, is_negated=is_negated or before.lower == "avoided"
    )


def _subject_frame(sentence: Sentence, index: int, first: int, *, is_negated: bool) -> Frame | None:
    """Read a verb whose subject stands right before it."""
    words = sentence.words
    start = _clause_start(sentence, first)
    if first - start > _LONGEST_PHRASE:
        return None
    phrase = (words[start].start, words[first - 1].end)
    if words[first - 1].lower in {"who", "which"} and first - start == 1:
        if not start:
            return None
        return _frame(
            sentence,
            index,
            (words[max(0, start - 8)].start, words[start - 1].end),
            (words[index].end, sentence.end),
            is_negated=is_negated,
            is_antecedent=True,
        )
    content = (words[index].end, sentence.end)
    gap = sentence.text[words[start - 1].end if start else sentence.start : words[start].start]
    if _AFTER_QUOTE.search(gap):
        content = (sentence.start, sentence.end)
    elif start and _BREAK.search(gap) and _is_postposed(sentence, index, start):
        goes_on = sentence.text.startswith((", and ", ", but "), words[index].end)
        content = (sentence.start, sentence.end if goes_on else words[start].start)
    return _frame(sentence, index, phrase, content, is_negated=is_negated)


def _apposed_frame(sentence: Sentence, index: int, first: int, *, is_negated: bool) -> Frame | None:
    """Read `X, head of Y, said`: the subject stands before a phrase between commas."""
    text, words = sentence.text, sentence.words
    closing = words[first - 1].end
    gap = text[closing : words[first].start]
    if "," not in gap and ")" not in gap and "–" not in gap and "—" not in gap:
        return None
    floor = max(sentence.start, closing - _APPOSITION)
    opening = max(text.rfind(mark, floor, closing) for mark in ",(–—")
    if opening < 0:
        return None
    last = bisect_left(words, opening, key=lambda word: word.start)
    if not last:
        return None
    start = _clause_start(sentence, last)
    if last - start > _LONGEST_PHRASE or sentence.has_break(words[last - 1].end, opening):
        return None
    content = (words[index].end, sentence.end)
    gap = text[words[start - 1].end if start else sentence.start : words[start].start]
    if _AFTER_QUOTE.search(gap):
        content = (sentence.start, sentence.end)
    elif start and _is_postposed(sentence, index, start):
        content = (sentence.start, words[start].start)
    return _frame(
        sentence,
        index,
        (words[start].start, words[last - 1].end),
        content,
        is_negated=is_negated,
        apposition=(opening + 1, closing),
    )


def _clause_start(sentence: Sentence, end: int) -> int:
    """Return the first word of the clause that the word before `end` belongs to."""
    words = sentence.words
    boundaries = speech_words("clause_boundary")
    start = end - 1
    while start > max(0, end - 2 - _LONGEST_PHRASE):
        before, word = words[start - 1], words[start]
        if sentence.has_break(before.end, word.start):
            closing = sentence.text.rfind(")", before.end, word.start)
            opening = sentence.text.rfind("(", max(0, before.start - 80), before.start)
            if closing < 0 or opening < 0 or opening < sentence.start:
                break
            start = max(1, bisect_left(words, opening, key=lambda item: item.start))
            if words[start].start < opening:
                break
            before, word = words[start - 1], words[start]
            start -= 1
            continue
        if before.lower in boundaries:
            is_pair = (
                before.lower in {"and", "or"}
                and start > 1
                and (
                    words[start - 2].text[0].isupper() == word.text[0].isupper()
                    and words[start - 2].text[0].isupper()
                )
            )
            if not is_pair:
                break
        start -= 1
    return start


def _is_postposed(sentence: Sentence, index: int, start: int) -> bool:
    """Tell whether a clause comes after what it reports: `…, he said on Monday.`."""
    text, words = sentence.text, sentence.words
    verb_end = words[index].end
    if start < 3 or sentence.end - verb_end > _PHRASE_REACH:
        return False
    if _QUOTE_FOLLOWS.match(text, verb_end, sentence.end):
        return False
    if text[verb_end : verb_end + 1] == "," or _END.match(text, verb_end, sentence.end):
        return True
    match = _ONLY_ADVERBIAL.match(text[verb_end : sentence.end].lstrip())
    if match is None or match["word"].lower() not in speech_words("adverbial"):
        return False
    has_that = any(word.lower == "that" for word in words[index + 1 :])
    return not has_that and _is_clause(words[:start])


def _is_clause(words: Sequence[Word]) -> bool:
    """Tell whether the words before a reporting clause are a clause, no fronted adverbial."""
    opener = words[0].lower
    is_adverbial = opener in speech_words("preposition") or opener.endswith(("ing", "ed"))
    has_verb = any(word.lower in speech_words("finite") for word in words)
    return not is_adverbial or has_verb or words[1].lower in {"least", "most"}


def _inverted_phrase(sentence: Sentence, index: int, first: int) -> tuple[int, int] | None:
    """Return the source phrase behind the verb of `…,” said X`, None where there is none."""
    text, words = sentence.text, sentence.words
    verb = words[index]
    before = text[max(0, words[first].start - 4) : words[first].start].rstrip()
    if before[-1:] not in {"”", '"', "’", "'", "»", "“", ","}:
        return None
    if index + 1 >= len(words) or sentence.has_break(verb.end, words[index + 1].start):
        return None
    following = words[index + 1]
    end = min(_phrase_end(text, verb.end, sentence.end), sentence.end)
    count = sum(1 for word in words[index + 1 : index + 2 + _INVERTED] if word.end <= end)
    if not 1 <= count <= _INVERTED or following.lower in speech_words("clause_boundary"):
        return None
    if following.lower in speech_words("preposition") | speech_words("pronoun_object"):
        return None
    is_final = verb.lower in _SAY and _END.match(text, end, sentence.end) is not None
    is_clause = any(
        word.lower in speech_words("finite") for word in words[index + 1 : index + count]
    )
    if before[-1] == "," and (is_clause or not is_final):
        return None
    return (following.start, end) if text[verb.end : following.start].isspace() else None


def _frame(
    sentence: Sentence,
    index: int,
    phrase: tuple[int, int] | None,
    content: tuple[int, int],
    *,
    is_negated: bool,
    apposition: tuple[int, int] | None = None,
    is_antecedent: bool = False,
) -> Frame:
    """Make the frame of a verb, with its statement."""
    verb = sentence.words[index]
    introduces = reporting_verbs()[verb.lower]
    return Frame(
        start=min(verb.start, phrase[0] if phrase else verb.start),
        end=verb.end,
        phrase=phrase,
        content=content,
        introduces=introduces,
        statement=None if is_negated else _statement(sentence, index, content, introduces),
        apposition=apposition,
        is_negated=is_negated,
        is_antecedent=is_antecedent,
        is_coordinated=phrase is None and not verb.lower.endswith("ing"),
    )


# ------------------------------------------------------------------------- statements


def _statement(
    sentence: Sentence, index: int, content: tuple[int, int], introduces: frozenset[str]
) -> tuple[int, int] | None:
    """Return the words of indirect speech in a frame's content.

    After the verb they begin behind `that`, or at once where a finite verb follows; a bare object
    (`announced a plan`) is no statement.
    """
    text, words = sentence.text, sentence.words
    if not introduces & {"clause", "addressee", "object"}:
        return None
    if content[1] <= words[index].start:  # postposed
        return _trimmed(text, content)
    if content[0] < words[index].start:  # on either side
        return None
    near = [word for word in words[index + 1 : index + 13] if content[0] <= word.start < content[1]]
    verbs = reporting_verbs()
    shared = next((n for n, word in enumerate(near) if n and word.lower in verbs), len(near))
    is_said = words[index].lower in _SAY
    start = _clause_of_speech(sentence, near[:shared], content[0], introduces, is_said=is_said)
    return None if start is None else _trimmed(text, (start, content[1]))


def _clause_of_speech(
    sentence: Sentence,
    near: Sequence[Word],
    start: int,
    introduces: frozenset[str],
    *,
    is_said: bool,
) -> int | None:
    """Return where the reported clause begins among the words after a verb that ends at `start`.

    A finite verb must follow, except after `said` (`is_said`), which hardly has another object.
    """
    is_addressed = "clause" not in introduces
    that = next((n for n, word in enumerate(near[:10]) if word.lower == "that"), None)
    if that is not None and _leads_to_that(sentence, near[: that + 1], start, is_addressed):
        return near[that].end
    opener = sentence.text[start : start + 2].strip()[:1]
    if opener in _OPENING_MARKS or not introduces & {"clause", "addressee"}:
        return None
    if is_addressed and near:
        start, near = _after_addressee(sentence, near)
    start, near = _after_day(near, start)
    if not near or near[0].lower in speech_words("preposition"):
        return None
    finite = speech_words("finite")
    before = ["", *(word.lower for word in near)]
    has_verb = any(word in finite and prior != "to" for prior, word in pairwise(before))
    return start if has_verb or is_said else None


def _after_day(near: Sequence[Word], start: int) -> tuple[int, Sequence[Word]]:
    """Step over the day on which it was said: `said Monday …`, `said on Monday …`."""
    for count in (1, 2):
        name = calendar_names().get(near[count - 1].text) if len(near) > count else None
        is_day = name is not None and name.kind == "weekday"
        if is_day and (count == 1 or near[0].lower == "on"):
            return near[count - 1].end, near[count:]
    return start, near


def _leads_to_that(
    sentence: Sentence, near: Sequence[Word], start: int, is_addressed: bool
) -> bool:
    """Tell whether the words from a verb to `that` are none, an adverbial, or the person told."""
    if any(word.lower in speech_words("finite") for word in near):
        return False
    if is_addressed or len(near) == 1:
        return True
    is_adverbial = near[0].lower in speech_words("adverbial")
    return is_adverbial and not sentence.has_break(start, near[-1].start)


def _after_addressee(sentence: Sentence, near: Sequence[Word]) -> tuple[int, Sequence[Word]]:
    """Return where the person told ends, and the words after: `told the court he …`."""
    end = sentence.name_end(near[0].start) or near[0].end
    if near[0].lower in speech_words("determiner"):
        stops = _SUBJECT_PRONOUNS | speech_words("determiner")
        end = next((word.end for word, after in pairwise(near[1:]) if after.lower in stops), end)
    return end, [word for word in near if word.start >= end]


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """Trim white space and punctuation at both ends; None for fewer than three words."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:.—–-"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:.—–-"):
        end -= 1
    return (start, end) if len(text[start : min(end, start + 200)].split()) >= 3 else None
