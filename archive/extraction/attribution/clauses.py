"""The words of a sentence, and the reporting clause that the finders of this package hand on."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archive.vocabulary.speech import speech_words

_WORD = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*")
_PHRASE_END = re.compile(
    r"[,;:.!?—–“”\"]\s(?!(?:19|20)\d\d\b)|[,;:.!?”\"]\Z|\s[—–-]\s|\sand\s(?=[a-z]+ed\b)"
    r"|\s(?:who|which|while|although|but|when|because|he|she|they|we|there|is|are|was|were|has|have|had|will|would)\s"
)
_ACRONYM = re.compile(r",\s[A-Z]{2,8}(?=,)")
_PLACE = re.compile(r"\b(?:in|of|from)\s[A-Z][\w’'-]*\Z")
_WIDER_PLACE = re.compile(r",\s[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)?(?=,)")
# A comma or colon within a number separates nothing.
_BREAK = re.compile(r"[,:](?!\d)|[;—–“”\"«»()\[\]]|\s-\s|[.!?…]\s")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"(?P<word>[^\W\d_]+)[\s,]*\Z")
_PHRASE_REACH = 300  # characters in which a source phrase must end
_DATE_REACH = 24  # characters in which the word before a time expression stands
_SHORTEST_SHOUT = 4  # letters of a word in capitals that is taken for an emphasised one


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
    is what the verb introduces (see `vocabulary.speech`). `is_antecedent` marks a relative clause
    (`which listed …`), whose source stands before it, and `is_citation` a phrase such as
    `according to X`, whose source is no subject of the sentence.
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
    is_citation: bool = False


class Sentence:
    """One sentence of a paragraph: its words, and what lies in quotations and names."""

    def __init__(
        self,
        text: str,
        span: tuple[int, int],
        quotes: Sequence[tuple[int, int]],
        names: Sequence[tuple[int, int]],
        dates: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Take the paragraph's text; `span` and the rest bound parts of it, each in order."""
        self.text = text
        self.start, self.end = span
        self.words: list[Word] = []
        for match in _WORD.finditer(text, *span):
            word = match.group()
            # `WHO`, `US` and `IT` are no pronouns
            is_acronym = 1 < len(word) < _SHORTEST_SHOUT and word.isupper()
            lower = word if is_acronym else word.lower()
            self.words.append(Word(match.start(), match.end(), word, lower))
        self._quotes = quotes
        self._names = names
        self._dates = dates
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

    def words_before(self, position: int) -> int:
        """Return how many words end at or before a position."""
        return bisect_right(self.words, position, key=lambda word: word.end)

    def without_date(self, start: int, end: int) -> int:
        """Return where a stretch ends without time expressions behind it: `officials on Sunday`.

        Only what hangs on a preposition of time, or on none, is left out.
        """
        while True:
            last = _LAST_WORD.search(self.text, max(start, end - _DATE_REACH), end)
            is_part = last is not None and last["word"].lower() in speech_words("day_part")
            cut = self._date_before(last.start() if last and is_part else end)
            if cut is None:
                return end
            cut = _before_prepositions(self.text, max(start, cut - _DATE_REACH), cut)
            last = _LAST_WORD.search(self.text, max(start, cut - _DATE_REACH), cut)
            if last is None or cut <= start or last["word"].lower() in speech_words("preposition"):
                return end
            end = last.end("word")

    def after_date(self, first: int, last: int) -> int:
        """Return the first word behind a time expression that opens a clause of some words.

        `On Sunday officials` gives the place of `officials`; the clause ends before word `last`.
        """
        position = first
        openers = speech_words("time_preposition") | {"the"}
        while position < last and self.words[position].lower in openers:
            if self._date_from(self.words[position].start) is not None:
                break
            position += 1
        end = self._date_from(self.words[position].start) if position < last else None
        if end is None:
            return first
        while position < last and (
            self.words[position].start < end
            or self.words[position].lower in speech_words("day_part")
        ):
            position += 1
        return position if position < last else first

    def goes_on_after_date(self, position: int) -> bool:
        """Tell whether a clause follows the day behind a verb: `reported on Sunday 40 deaths`."""
        for index in range(position, min(position + 2, len(self.words))):
            end = self._date_from(self.words[index].start)
            if end is not None:
                rest = self.text[end : self.end].lstrip()
                word = _FIRST_WORD.match(rest)
                is_more = rest[:1].isdigit() or (word is not None and rest[:1] not in ",.;")
                return is_more and not (
                    word
                    and word.group().lower()
                    in speech_words("adverbial")
                    | speech_words("preposition")
                    | speech_words("day_part")
                )
        return False

    def _date_from(self, start: int) -> int | None:
        """Return the end of the time expression that starts at a place, None where none does."""
        index = bisect_left(self._dates, start, key=lambda date: date[0])
        is_date = index < len(self._dates) and self._dates[index][0] == start
        return self._dates[index][1] if is_date else None

    def _date_before(self, end: int) -> int | None:
        """Return the start of the time expression that ends at a place, None where none does."""
        index = bisect_left(self._dates, end, key=lambda date: date[0]) - 1
        if index < 0 or self.text[self._dates[index][1] : end].strip(" ,"):
            return None
        return self._dates[index][0]

    def has_break(self, start: int, end: int) -> bool:
        """Tell whether punctuation separates two words."""
        return end > start + 1 and _BREAK.search(self.text, start, end) is not None


def _before_prepositions(text: str, start: int, end: int) -> int:
    """Return where the words of time before a date start: `late on`, `during the`."""
    last = _LAST_WORD.search(text, start, end)
    if last is not None and last["word"].lower() == "the":
        before = _LAST_WORD.search(text, start, last.start())
        if before is not None and before["word"].lower() in speech_words("time_preposition"):
            last = before
    while last is not None and last["word"].lower() in speech_words("time_preposition"):
        end = last.start()
        last = _LAST_WORD.search(text, start, end)
    return end


def phrase_end(text: str, start: int, limit: int) -> int:
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


def trimmed(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """Trim white space and punctuation at both ends; None for fewer than three words."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:.—–-"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:.—–-"):
        end -= 1
    return (start, end) if len(text[start : min(end, start + 200)].split()) >= 3 else None
