"""Where the words of indirect speech begin and end in a reporting clause."""

from collections.abc import Sequence
from itertools import pairwise

from archive.extraction.attribution.clauses import Sentence, Word, trimmed
from archive.vocabulary.calendar import calendar_names
from archive.vocabulary.speech import attributing_verbs, speech_words

_OPENING_MARKS = frozenset('“"‘«„')
_SUBJECT_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "we", "i", "you"})
_SAY = frozenset({"said", "says"})


def indirect_speech(
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
        return trimmed(text, content)
    if content[0] < words[index].start:  # on either side
        return None
    near = [word for word in words[index + 1 : index + 13] if content[0] <= word.start < content[1]]
    verbs = attributing_verbs()
    shared = next((n for n, word in enumerate(near) if n and word.lower in verbs), len(near))
    is_said = words[index].lower in _SAY
    start = _clause_of_speech(sentence, near[:shared], content[0], introduces, is_said=is_said)
    return None if start is None else trimmed(text, (start, content[1]))


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
