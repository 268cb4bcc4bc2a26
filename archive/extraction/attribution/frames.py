"""Reporting clauses of a sentence: who is said to have said it, and what that covers.

Found by rules over words and punctuation, without a parser, in the forms that news uses:

- before: `X said (that) …`, `X told Y that …`, also for coordinated verbs (`X confirmed … and
  said …`) and participles (`X left, saying …`), which share the subject of the sentence;
- behind: `…, X said.`, `…, said X.`;
- passive: `… was reported by X`, `described by X as …`;
- beside the sentence: `…, with X saying …`, `X issued a statement saying …`;
- without a verb: `according to X` and the like, in `citations`.

Verbs that record (`X recorded 40 cases`, `X raised the toll to 40`) tell no speech, but a source.

The source phrase is the stretch between the last clause boundary and the verb; a phrase set off
by commas right before the verb (`X, head of Y, said`) is stepped over.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from archive.extraction.attribution.citations import CITATION_WORDS, find_citations
from archive.extraction.attribution.clauses import Frame, Sentence, Word, phrase_end
from archive.extraction.attribution.statements import indirect_speech
from archive.vocabulary.speech import attributing_verbs, source_nouns, speech_words

_SMALL = re.compile(r"[a-z]{2,}")
_QUOTE_FOLLOWS = re.compile(r"[,:]?\s*[\"“‘«„']")
_AFTER_QUOTE = re.compile(r"[,!?.…][”\"’'»]\s|[”\"’'»],\s")
_ONLY_ADVERBIAL = re.compile(r"(?P<word>[A-Za-z’']+)\b[^,;:“\"]{0,120}\Z")
_END = re.compile(r"[\s,.;:!?…”’\"'»)]*\Z")
_APPOSITION = 160  # longest phrase between commas that is stepped over
_APPOSITIONS = 3  # phrases between commas that are stepped over in a row
_INVERTED = 14  # longest source phrase, in words, that stands behind its verb
_COORDINATORS = frozenset({"and", "but", "or", "then"})
_SUBJECT_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "we", "i", "you"})
_RELATIVES = frozenset({"who", "which", "that"})
_SAY = frozenset({"said", "says"})
_QUOTED = frozenset({"quoted", "quotes", "quoting", "cited", "cites", "citing"})
_REACH = 300  # characters of a sentence behind a verb that can still be its adverbial
_LONGEST_PHRASE = 24  # words of a source phrase; beyond that something went wrong
_LONGEST_COMPLEMENT = 12  # words between a passive verb and its agent: `recorded as … by X`
_LONGEST_ABSOLUTE = 8  # words of a source phrase before a participle: `with officials saying`


def may_report(text: str, span: tuple[int, int]) -> bool:
    """Tell quickly whether a sentence can hold a reporting clause."""
    words = _SMALL.findall(text, *span)
    if text[span[1] - 1] not in ".!?":  # perhaps a headline with Capitals
        words = text[slice(*span)].lower().replace(",", " ").split()
    return not CITATION_WORDS.isdisjoint(words) or not attributing_verbs().keys().isdisjoint(words)


def find_frames(sentence: Sentence) -> list[Frame]:
    """Find the reporting clauses of a sentence in the order of their verbs."""
    frames = find_citations(sentence)
    verbs = attributing_verbs()
    for index, word in enumerate(sentence.words):
        if word.lower not in verbs or (word.text != word.lower and not sentence.is_title):
            continue
        if sentence.quote_at(word.start) is None and _has_object_needed(sentence, index):
            frame = _verb_frame(sentence, index)
            if frame is not None:
                frames.append(frame)
    return sorted(frames, key=lambda frame: frame.start)


# ----------------------------------------------------------------------------- verbs


def _verb_frame(sentence: Sentence, index: int) -> Frame | None:
    """Read the clause of the reporting verb at `index`, None where it is no finite verb."""
    words = sentence.words
    first, is_passive, is_negated = _verb_group(sentence, index)
    if words[index].lower.endswith("ing") and not is_passive:
        return _participle_frame(sentence, index, is_negated=is_negated)
    if is_passive or _is_bare_passive(sentence, index, first):
        return _agent_frame(sentence, index, first, is_negated=is_negated)
    if _is_noun(sentence, first, index):
        return None
    before = words[first - 1] if first else None
    touches = before is not None and not sentence.has_break(before.end, words[first].start)
    if before is not None and touches and before.lower not in speech_words("clause_boundary"):
        if before.lower in speech_words("preposition"):
            return None
        return _subject_frame(sentence, index, first, is_negated=is_negated)
    return _subjectless_frame(sentence, index, first, is_negated=is_negated)


def _has_object_needed(sentence: Sentence, index: int) -> bool:
    """Tell whether a verb that reports only measures has one.

    `put the toll at 40` does, `recorded 40 cases` and `raised the toll to 40`; what else one raises
    is one's own.
    """
    words = sentence.words
    introduces = attributing_verbs()[words[index].lower]
    if introduces not in ({"measure"}, {"count"}, {"toll"}):
        return True
    if index + 1 < len(words) and words[index + 1].lower in {"as", "at", "by"}:
        return True
    near = words[index + 1 : index + 8]
    role = "toll" if introduces == {"toll"} else "measured"
    return any(word.lower in speech_words(role) for word in near)


def _next_is(words: Sequence[Word], index: int, word: str) -> bool:
    """Tell whether the word after the one at `index` is `word`."""
    return index + 1 < len(words) and words[index + 1].lower == word


def _is_bare_passive(sentence: Sentence, index: int, first: int) -> bool:
    """Tell whether a participle is passive: `40 deaths reported by X`, `described by X as`."""
    words = sentence.words
    verb = words[index].lower
    if first < index or not verb.endswith(("ed", "en", "own")) or not _next_is(words, index, "by"):
        return False
    near = words[index + 2 : index + _LONGEST_COMPLEMENT]
    is_telling = not attributing_verbs()[verb].isdisjoint({"clause", "count"})
    return is_telling or any(word.lower == "as" for word in near)


def _agent_frame(sentence: Sentence, index: int, first: int, *, is_negated: bool) -> Frame | None:
    """Read `was described by X as …`, whose source follows the passive verb.

    What stands before a verb of saying is reported too: `40 deaths were reported by X`; and what
    lies between: `was recorded as magnitude 6 by X`.
    """
    words = sentence.words
    agent = _agent(sentence, index)
    if agent is None:
        return None
    end = phrase_end(sentence.text, words[agent - 1].end, sentence.end)
    near = words[agent + 1 : agent + _LONGEST_PHRASE]
    last = next((word.start for word in near if _ends_agent(sentence, word)), end)
    phrase = (words[agent].start, min(end, last, _agent_name_end(sentence, agent) or end))
    content = (phrase[1], sentence.end if first < index or last < end else phrase[1])
    if attributing_verbs()[words[index].lower] & {"clause", "count"}:
        start = words[_clause_start(sentence, first) if first else 0].start
        held = sentence.quote_at(start)
        opens = sentence.text.find('"', start, words[index].start) < 0
        content = (start if held is None and opens else content[0], content[1])
    if phrase[1] <= phrase[0]:
        return None
    return _frame(sentence, index, phrase, content, is_negated=is_negated)


def _agent_name_end(sentence: Sentence, agent: int) -> int | None:
    """Return where a name ends that is the whole agent: `reported by the BBC came late`."""
    words = sentence.words
    first = agent + (words[agent].lower == "the" and agent + 1 < len(words))
    end = sentence.name_end(words[first].start)
    following = None if end is None else sentence.words_before(end)
    if following is None or following >= len(words):
        return None
    word = words[following]
    is_noun = word.lower in source_nouns() or word.lower in speech_words("preposition")
    return None if is_noun or not word.text.islower() else end


def _agent(sentence: Sentence, index: int) -> int | None:
    """Return the first word behind the `by` of a passive verb, None where there is none."""
    words = sentence.words
    if _next_is(words, index, "by"):
        return index + 2 if index + 2 < len(words) else None
    if index + 1 >= len(words) or words[index + 1].lower not in {"as", "at"}:
        return None
    for position in range(index + 2, min(index + _LONGEST_COMPLEMENT, len(words) - 1)):
        if sentence.has_break(words[position - 1].end, words[position].start):
            return None
        if words[position].lower == "by":
            return position + 1
        if words[position].lower in speech_words("finite"):
            return None
    return None


def _ends_agent(sentence: Sentence, word: Word) -> bool:
    """Tell whether a word ends the agent of a passive: `by X as …`, `by X at 40`."""
    if word.lower in {"as", "that"}:
        return True
    return word.lower == "at" and sentence.text[word.end + 1 : word.end + 2].isdigit()


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
    """Return the first word of `has repeatedly said`, and whether it is passive or negated.

    A time expression before the verb belongs to the group: `X on Sunday said`.
    """
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
    if words[index].lower not in speech_words("noun_form") and not is_progressive:
        first = _before_date(sentence, first)
    if quoted or (is_progressive and is_passive):
        return first, False, is_negated
    return first, is_passive, is_negated


def _before_date(sentence: Sentence, first: int) -> int:
    """Return the first word of a time expression that ends before the word at `first`."""
    edge = sentence.words[first].start
    if sentence.text[edge - 2 : edge] == ", ":
        return first
    end = sentence.without_date(sentence.start, edge)
    return first if end == edge else max(1, sentence.words_before(end))


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
    subjects = (before.lower, _subject_head(sentence, first).lower)
    is_plural = [word.endswith("s") or word in speech_words("plural") for word in subjects]
    if before.text[0].isupper() and before.lower.endswith(("’s", "'s")):
        return True
    is_object = following in speech_words("preposition") and before.text[0].islower()
    differs = verb.lower.endswith("s") in is_plural
    agrees = (not verb.lower.endswith("s")) in is_plural
    return (differs and not agrees) or is_object


def _subject_head(sentence: Sentence, end: int) -> Word:
    """Return the noun a subject is about: `figures` of `figures released by the ministry`."""
    words = sentence.words[_clause_start(sentence, end) : end]
    prepositions = speech_words("preposition")
    head = next((n for n, word in enumerate(words) if word.lower in prepositions), len(words)) - 1
    if head > 0 and words[head].lower in speech_words("compiled"):
        head -= 1
    return words[head]  # the last word where the clause opens with a preposition


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
    is_negated = is_negated or before.lower == "avoided"
    content = (words[index].end, sentence.end)
    if before.lower == "as":
        return _quoted_frame(sentence, index, is_negated=is_negated)
    touches = not sentence.has_break(before.end, words[index].start)
    if touches and before.lower not in {"and", "while", "but", "avoided"}:
        absolute = _absolute_phrase(sentence, index)
        if absolute is None and not _is_message(sentence, index):
            return None
        return _frame(sentence, index, absolute, content, is_negated=is_negated)
    return _frame(sentence, index, None, content, is_negated=is_negated)


def _quoted_frame(sentence: Sentence, index: int, *, is_negated: bool) -> Frame | None:
    """Read `the paper quoted X as saying …` and `…, the paper quoted X as saying`."""
    words = sentence.words
    floor = max(0, index - _LONGEST_ABSOLUTE)
    quoted = next((n for n in range(index - 2, floor, -1) if words[n].lower in _QUOTED), None)
    if quoted is None or sentence.has_break(words[quoted].end, words[quoted + 1].start):
        return None
    phrase = (words[quoted + 1].start, words[index - 2].end)
    content = (words[index].end, sentence.end)
    if _END.match(sentence.text, words[index].end, sentence.end):
        start = _clause_start(sentence, quoted)
        content = (sentence.start, words[start].start)
    return _frame(sentence, index, phrase, content, is_negated=is_negated)


def _absolute_phrase(sentence: Sentence, index: int) -> tuple[int, int] | None:
    """Return the subject of `…, with officials saying …` or `…, officials saying …`."""
    words = sentence.words
    for start in range(index - 1, max(0, index - _LONGEST_ABSOLUTE), -1):
        before = words[start - 1]
        is_with = before.lower == "with"
        is_second = before.lower == "and" and words[start].text[0].isupper()
        if is_with or is_second or "," in sentence.text[before.end : words[start].start]:
            return words[start].start, words[index - 1].end
        if sentence.has_break(before.end, words[start].start):
            return None
        if words[start].lower in speech_words("finite") or words[start].lower == "to":
            return None
    return None


def _is_message(sentence: Sentence, index: int) -> bool:
    """Tell whether a participle follows a message or a day: `issued a statement saying`."""
    words = sentence.words
    noun = source_nouns().get(words[index - 1].lower)
    if noun is not None and noun.kind == "document":
        return True
    return _before_date(sentence, index) < index


def _subject_frame(sentence: Sentence, index: int, first: int, *, is_negated: bool) -> Frame | None:
    """Read a verb whose subject stands right before it."""
    words = sentence.words
    start = _clause_start(sentence, first)
    if words[first - 1].lower in {"who", "which"}:
        start = first - 1
    if first - start > _LONGEST_PHRASE:
        return None
    phrase = (words[sentence.after_date(start, first)].start, words[first - 1].end)
    if words[first - 1].lower in {"who", "which"} and first - start == 1:
        if not start:
            return None
        if any(word.lower in speech_words("compiled") for word in words[max(0, start - 4) : start]):
            content = (words[index].end, sentence.end)  # "X issued a statement which said"
            return _frame(sentence, index, None, content, is_negated=is_negated)
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
    elif (
        start
        and sentence.has_break(words[start - 1].end, words[start].start)
        and _is_postposed(sentence, index, start)
    ):
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
    for _ in range(_APPOSITIONS):  # "X, 45, head of Y, said"
        if not last or not sentence.has_break(words[last - 1].end, opening):
            break
        opening = max(text.rfind(mark, floor, opening) for mark in ",(–—")
    if not last or opening < 0:
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
            if not is_pair and not (before.lower == "and" and _goes_on(words, start)):
                break
        start -= 1
    return start


def _goes_on(words: Sequence[Word], start: int) -> bool:
    """Tell whether a second post of the same person starts: `head of X and author of Y said`."""
    if words[start].lower in speech_words("determiner"):
        return False
    noun = source_nouns().get(words[start].lower)
    is_post = noun is not None and noun.kind == "person" and not noun.is_plural
    return is_post and start > 1 and words[start - 2].text[0].isupper()


def _is_postposed(sentence: Sentence, index: int, start: int) -> bool:
    """Tell whether a clause comes after what it reports: `…, he said on Monday.`."""
    text, words = sentence.text, sentence.words
    verb_end = words[index].end
    if start < 3 or sentence.end - verb_end > _REACH:
        return False
    if _QUOTE_FOLLOWS.match(text, verb_end, sentence.end):
        return False
    if text[verb_end : verb_end + 1] == "," or _END.match(text, verb_end, sentence.end):
        return True
    if sentence.goes_on_after_date(index + 1):
        return False
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
    end = min(phrase_end(text, verb.end, sentence.end), sentence.end)
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
    introduces = attributing_verbs()[verb.lower]
    following = sentence.words[index + 1 : index + 2]
    if following and following[0].lower.endswith("ing") and following[0].start == verb.end + 1:
        introduces |= {"object"}  # "described seeing 40 boats"
    return Frame(
        start=min(verb.start, phrase[0] if phrase and not is_antecedent else verb.start),
        end=verb.end,
        phrase=phrase,
        content=content,
        introduces=introduces,
        statement=None if is_negated else indirect_speech(sentence, index, content, introduces),
        apposition=apposition,
        is_negated=is_negated,
        is_antecedent=is_antecedent,
        is_coordinated=phrase is None and not verb.lower.endswith("ing"),
    )
