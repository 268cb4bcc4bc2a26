"""Names that a head word makes: `Kabul University`, `Ministry of Foreign Affairs`, `Lake Chad`."""

from archive.extraction.names import lexicon
from archive.extraction.names.lexicon import Word
from archive.extraction.names.runs import Span, run_end
from archive.extraction.names.titles import title_end
from archive.extraction.names.tokens import Tokens
from archive.vocabulary.names import cue_words

_OF = frozenset({"of", "for", "on", "de", "du", "del"})
_ARTICLES = frozenset({"the", "la", "le", "los", "las", "les", "a"})
_TAKES_COMPLEMENT = frozenset({"ORG", "FAC"})
_LEADS_SEVERAL = frozenset({"EVENT", "PRODUCT"})


def find_body(tokens: Tokens, start: int, stop: int) -> Span | None:
    """The longest name from `start` that a head word makes: `Kabul University`, `Bank of X`."""
    words = tokens.words
    head_end, head_type = None, None
    first = lexicon.word(words[start]).first
    for at in range(start, stop):
        info = lexicon.word(words[at])
        if at > start and _breaksfind_body(tokens, at, info):
            break
        if info.ends_pair and at > start and (pair := lexicon.head_of(words[at - 1], words[at])):
            head_end, head_type = at + 1, pair
        elif info.last and (at > start or info.last in _TAKES_COMPLEMENT):
            head_end, head_type = at + 1, info.last
    head_end, head_type = _leading_head(tokens, start, stop, first, head_end, head_type)
    if head_end is None or head_type is None:
        return _possessed(tokens, start, stop)
    end = _complement_end(tokens, head_end, head_type)
    if end == start + 1:
        return None
    if end == head_end and _is_only_common(tokens, start, end):
        return None
    if head_type == "EVENT" and end < len(words) and _is_year(words[end]):
        end += 1
    return Span(start, end, head=head_type)


def _leading_head(
    tokens: Tokens,
    start: int,
    stop: int,
    first: str | None,
    head_end: int | None,
    head_type: str | None,
) -> tuple[int | None, str | None]:
    """Take a first-word head (`Lake Chad`, `Operation X`, `Ministry of`) where no last one is."""
    if first in _LEADS_SEVERAL and stop > start + 1:
        return min(stop, start + 4), first  # `Operation Steel Curtain` has no last word to go by
    if first is None or (head_end is not None and head_end > start + 1):
        return head_end, head_type
    if first in {"ORG", "LAW"}:
        return start + 1, first
    if stop > start + 1 and not lexicon.word(tokens.words[start + 1]).is_function:
        return start + 2, first
    return head_end, head_type


def _breaksfind_body(tokens: Tokens, at: int, info: Word) -> bool:
    """Whether a word cannot stand inside a body's name: a title before a name, a function word."""
    if info.is_calendar and info.last is None:
        return True
    if info.is_function and tokens.words[at].lower() not in {"and", "of", "for"}:
        return info.last is None
    return info.title in {"office", "honorific"} and info.last is None


def _complement_end(tokens: Tokens, head_end: int, head_type: str) -> int:
    """End of `of Foreign Affairs`, `for Human Rights in ...` after a head; else the head's end."""
    words = tokens.words
    end = head_end
    takes = head_type in _TAKES_COMPLEMENT or words[head_end - 1] in cue_words("takes-of")
    while takes and end + 1 < len(words) and words[end] in _OF and tokens.is_spaced(end):
        at = end + 1
        if words[at] in _ARTICLES and at + 1 < len(words):
            at += 1
        if not tokens.capital[at] or not tokens.is_spaced(at):
            break
        if lexicon.word(words[at]).is_calendar:
            break
        title = title_end(tokens, at, at + 1)
        stop = run_end(tokens, at)
        end = _cut_at_title(tokens, at, stop) if title is None else stop
        end = _coordinated(tokens, end)
    return end


def _cut_at_title(tokens: Tokens, start: int, stop: int) -> int:
    """End of a complement: before a title that introduces somebody (`Bank of Japan Governor`)."""
    for at in range(start + 1, stop):
        if lexicon.word(tokens.words[at]).title in {"office", "honorific"}:
            is_post_of = at + 1 == stop and tokens.words[at + 1 : at + 2] in (["for"], ["of"])
            return stop if is_post_of else at
    return stop


def _coordinated(tokens: Tokens, end: int) -> int:
    """Go on over `, X and Y` inside a body's name where both are words, not names."""
    words = tokens.words
    at = end
    while at + 1 < len(words) and words[at] in {"and", ",", "&"}:
        if words[at] == "," and not (at + 2 < len(words) and words[at + 2] in {"and", ",", "&"}):
            break
        following = at + 2 if words[at] == "," and words[at + 1] == "and" else at + 1
        if following >= len(words) or not _is_plain_noun(words[following]):
            break
        at = following + 1
        while at < len(words) and _is_plain_noun(words[at]) and tokens.is_spaced(at):
            at += 1
        end = at
    return end


def _is_plain_noun(text: str) -> bool:
    if not text[0].isupper():
        return False
    info = lexicon.word(text)
    return info.common > 0.3 and not info.is_function and lexicon.entry_of(text) is None


def _possessed(tokens: Tokens, start: int, stop: int) -> Span | None:
    """`People's Protection Units`, `Workers' Party`: a common plural, possessive, a head."""
    words = tokens.words
    if words[stop - 1] not in cue_words("possessed") or stop + 1 >= len(words):
        return None
    if words[stop] not in {"'s", "’s", "'", "’"} or not tokens.capital[stop + 1]:
        return None
    after = run_end(tokens, stop + 1)
    rest = find_body(tokens, stop + 1, after)
    if rest is None:
        info = lexicon.word(words[stop + 1])
        if info.last is None:
            return None
        return Span(start, stop + 2, head=info.last)
    return Span(start, rest.end, head=rest.head)


def _is_only_common(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a head stands with nothing but a function word before it (`The Committee`)."""
    return all(
        lexicon.word(word).is_function or lexicon.word(word).is_calendar
        for word in tokens.words[start : end - 1]
    )


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text[:2] in {"18", "19", "20"}


def without_leading(tokens: Tokens, span: Span) -> Span | None:
    """Drop `Former` and function words at the front of a body's name."""
    start = span.start
    while start < span.end - 1:
        text = tokens.words[start]
        info = lexicon.word(text)
        drop = info.is_function or (tokens.initial[start] and text in cue_words("leading"))
        if not drop:
            break
        start += 1
    if start == span.start:
        return span
    if start == span.end - 1:
        return None
    return Span(start, span.end, span.entry, span.head, span.titled)
