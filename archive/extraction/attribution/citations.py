"""Sources named without a verb of their own: `according to X`, `in a report by X`, `citing X`."""

import re
from collections.abc import Iterator
from functools import cache

from archive.extraction.attribution.clauses import Frame, Sentence, phrase_end, trimmed
from archive.vocabulary.speech import attributing_verbs, source_nouns, speech_words

# Words of which one stands in every sentence with a citation, as a search for runs of small letters
# finds them: without a capital letter. Nouns such as `report` come on top, in `CITATION_WORDS`.
_OPENERS = frozenset({"according", "ccording", "per", "words", "citing"})
_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"(?P<word>[^\W\d_]+),?\s*[(–—]?\s*\Z")
_END = re.compile(r"[\s,.;:!?…”’\"'»)]*\Z")
_SET_OFF = frozenset({",", "(", "–", "—"})
_COORDINATORS = frozenset({"and", "but", "or", "that", "which", "who"})
_COMPILED_REACH = 160  # characters from `figures compiled by` to the verb of their clause


@cache
def _documents() -> str:
    """Alternation of the nouns for written sources, singular and plural."""
    nouns = {word for word, noun in source_nouns().items() if noun.kind == "document"}
    return "|".join(sorted(map(re.escape, nouns), key=lambda noun: (-len(noun), noun)))


@cache
def _citation() -> re.Pattern[str]:
    """Pattern of what stands before the source."""
    documents = _documents()
    return re.compile(
        r"\b(?P<according>[Aa]ccording\sto|[Aa]s\sper|[Ii]n\sthe\swords\sof)\s"
        r"|\b[Aa]s\s(?P<verb>[a-z]+)\sby\s"
        r"|(?<=,\s)(?P<per>per)\s(?=[A-Z]|the\b|an?\b)"
        r"|(?<=,\s)(?P<citing>citing)\s"
        rf"|\b(?P<by>[Bb]y)\s(?=(?:[a-z]+\s){{1,2}}(?:{documents})\b)"
        r"|\b(?P<document>[Ii]n\s(?:an?|its|their|the|his|her|this)\s(?:[\w-]+\s){0,3}?"
        rf"(?:{documents})\s(?:[a-z]+(?:ed|en)\s)?(?:of|by|from)\s)"
    )


@cache
def _compiled() -> re.Pattern[str]:
    """Pattern of `figures, compiled by X, exceeded …` up to the source."""
    made = "|".join(sorted(speech_words("compiled")))
    nouns = "|".join(sorted(speech_words("statistic")))
    return re.compile(rf"\b(?i:{nouns}),?\s(?:(?:\w+ly\s)?(?:{made})\s(?:\w+ly\s)?)?(?:by|from)\s")


CITATION_WORDS = (
    _OPENERS
    | speech_words("statistic")
    | {word[1:] for word in speech_words("statistic")}
    | {word for word, noun in source_nouns().items() if noun.kind == "document"}
)


def find_citations(sentence: Sentence) -> list[Frame]:
    """Find the citations of a sentence and what they cover, in the order of the text."""
    found = [
        frame
        for match in _citation().finditer(sentence.text, sentence.start, sentence.end)
        if not sentence.quote_at(match.start()) and (frame := _cited(sentence, match))
    ]
    return [*found, *_compiled_frames(sentence)]


def _cited(sentence: Sentence, match: re.Match[str]) -> Frame | None:
    """Return the frame of one citation, None where the words mean something else."""
    text = sentence.text
    if match["verb"] and match["verb"] not in attributing_verbs():
        return None
    end = phrase_end(text, match.end(), sentence.end)
    initial = not _WORD.search(text, sentence.start, match.start())
    is_set_off = text[max(0, match.start() - 4) : match.start()].rstrip()[-1:] in _SET_OFF
    is_last = _END.match(text, end, sentence.end) is not None
    if (match["document"] and not (initial or is_set_off)) or (match["citing"] and not is_last):
        return None
    before = _LAST_WORD.search(text, max(sentence.start, match.start() - 24), match.start())
    is_second = is_set_off and before is not None and before["word"] in _COORDINATORS
    content = (
        end if initial or is_second else sentence.start,
        sentence.end if initial or is_set_off or match["by"] else end,
    )
    statement = content if initial else (sentence.start, match.start()) if is_last else None
    if match["citing"]:
        statement = None
    return Frame(
        start=match.start(),
        end=end,
        phrase=(match.end(), sentence.without_date(match.end(), end)),
        content=content,
        introduces=frozenset({"measure"} if match["citing"] or match["by"] else {"clause"}),
        statement=statement and trimmed(text, statement),
        is_citation=True,
    )


def _compiled_frames(sentence: Sentence) -> Iterator[Frame]:
    """Yield `figures compiled by X exceeded …`, which cover their sentence."""
    text = sentence.text
    for match in _compiled().finditer(text, sentence.start, sentence.end):
        limit = min(sentence.end, match.end() + _COMPILED_REACH)
        words = _WORD.finditer(text, match.end(), limit)
        verb = next((m.start() for m in words if m.group() in speech_words("measuring")), None)
        if verb is None or sentence.quote_at(match.start()):
            continue
        end = phrase_end(text, match.end(), verb)
        recipient = text.find(" to ", match.end(), end)
        yield Frame(
            start=match.start(),
            end=end,
            phrase=(match.end(), end if recipient < 0 else recipient),
            content=(sentence.start, sentence.end),
            introduces=frozenset({"measure"}),
            is_citation=True,
        )
