"""Where names lie: from each capitalised word the longest name that begins there.

The order of attempts, at each capitalised word from left to right:

1. a body, place or event by its head word (`Ministry of Foreign Affairs`, `Kandahar Province`),
2. a name in the lexicons, or one already known from the document; the longer of 1 and 2 holds,
3. a title, which is no name itself but announces a person (`Acting Foreign Minister`),
4. a word that is capitalised only because a sentence begins, which is left out,
5. a sequence of capitalised words, as a personal name is built.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.extraction.names import lexicon
from archive.extraction.names.lexicon import Entry, Word
from archive.extraction.names.tokens import PARTICLES, Tokens
from archive.vocabulary.names import cue_words

_OF = frozenset({"of", "for", "on", "de", "du", "del"})
_ARTICLES = frozenset({"the", "la", "le", "los", "las", "les", "a"})
_TAKES_COMPLEMENT = frozenset({"ORG", "FAC"})
LONGEST_PERSON = 5  # words; longer sequences are titles of works or headlines


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words taken for a name: [start, end) counts words.

    `entry` is set where a lexicon or the document knows it, `head` where a head word makes it a
    name of its type; neither for a sequence of capitalised words. `titled` is the kind of title
    right before it, or None.
    """

    start: int
    end: int
    entry: Entry | None = None
    head: str | None = None
    titled: str | None = None


def find_spans(tokens: Tokens, known: Mapping[tuple[str, ...], Entry]) -> list[Span]:
    """Find the names of one paragraph, left to right, without overlaps.

    `known` holds names that the document has made sure of elsewhere, by their words.
    """
    spans: list[Span] = []
    words = tokens.words
    position, size = 0, len(words)
    titled: tuple[int, str] | None = None  # where a title ends, and its kind
    while position < size:
        before = titled[1] if titled and titled[0] == position else None
        if not tokens.capital[position] and not (before and _is_led(tokens, position)):
            position += 1
            continue
        span, after = _at(tokens, position, known, before)
        if span is not None:
            spans.append(span)
            position = span.end
        elif after is not None:
            titled = after
            position = after[0]
        else:
            position += 1
    return spans


def _is_led(tokens: Tokens, index: int) -> bool:
    """Whether a name begins here with a particle in lower case (`General de Meza`)."""
    return tokens.words[index] in PARTICLES and _goes_on(tokens, index)


def _at(
    tokens: Tokens, start: int, known: Mapping[tuple[str, ...], Entry], titled: str | None
) -> tuple[Span | None, tuple[int, str] | None]:
    """Decide on one capitalised word: a span, or the end and kind of a title, or neither."""
    words = tokens.words
    stop = run_end(tokens, start)
    body = _body(tokens, start, stop)
    name = _known(tokens, start, stop, known)
    info = lexicon.word(words[start])
    if body is not None and (name is None or body.end > name.end):
        return _without_leading(tokens, body), None
    if name is not None:
        longer = _longer_instead(tokens, start, stop, name, titled)
        return (longer or name), None
    title = title_end(tokens, start, stop)
    if title is not None:
        return None, title
    if info.is_calendar or _is_plain(tokens, start, info, stop):
        return None, None
    end = _sequence_end(tokens, start, stop, known)
    return Span(start, end, titled=titled), None


def run_end(tokens: Tokens, start: int) -> int:
    """End of the capitalised words that follow each other from `start`, particles included."""
    words = tokens.words
    end = start + 1
    size = len(words)
    while end < size and tokens.is_spaced(end):
        if (
            tokens.capital[end]
            or (words[end] == "&" and end + 1 < size)
            or (words[end] in PARTICLES and _goes_on(tokens, end))
        ):
            end += 1
        else:
            break
    while not tokens.capital[end - 1] and end > start + 1:
        end -= 1
    return end


def _goes_on(tokens: Tokens, index: int) -> bool:
    """Whether a capitalised word follows, at most one more particle between."""
    for ahead in (index + 1, index + 2):
        if ahead >= len(tokens.words) or not tokens.is_spaced(ahead):
            return False
        if tokens.capital[ahead]:
            return True
        if tokens.words[ahead] not in PARTICLES:
            return False
    return False


# ------------------------------------------------------------------------------ titles


def title_end(tokens: Tokens, start: int, stop: int) -> tuple[int, str] | None:
    """End of a title that starts at a word, and its kind; None where none does.

    Words such as `Deputy` or `Foreign` count only before a title word. What follows `of` or
    `for` in lower case belongs to it (`Minister of Defense`), unless it is a country.
    """
    words = tokens.words
    end, kind = start, None
    while end < stop:
        word_kind = lexicon.word(words[end]).title
        if word_kind is None:
            break
        end += 1
        if word_kind != "modifier":
            kind = word_kind
            last = end
    if kind is None:
        return None
    if kind == "office" and last < len(words) and words[last] in {"of", "for"}:
        last = _portfolio_end(tokens, last)
    return last, kind


def _portfolio_end(tokens: Tokens, of: int) -> int:
    """End of `of Defense` or `of Foreign Affairs`; where a name follows, the title ends before."""
    words = tokens.words
    end = of + 1
    while end < len(words) and words[end] in {"the", "and"} | _ARTICLES:
        end += 1
    first = end
    while end < len(words) and is_portfolio(words[end]):
        end += 1
        if end + 1 < len(words) and words[end] == "and" and is_portfolio(words[end + 1]):
            end += 1
    return end if end > first else of


def is_portfolio(text: str) -> bool:
    """Whether a word names a field that ministers are of (`Defense`), and no place or body."""
    if not text[0].isupper():
        return False
    info = lexicon.word(text)
    return info.title == "modifier" or (info.common > 0.5 and lexicon.entry_of(text) is None)


# ------------------------------------------------------------------- bodies by head word


def _body(tokens: Tokens, start: int, stop: int) -> Span | None:
    """The longest name from `start` that a head word makes: `Kabul University`, `Bank of X`."""
    words = tokens.words
    head_end, head_type = None, None
    first = lexicon.word(words[start]).first
    for at in range(start, stop):
        info = lexicon.word(words[at])
        if at > start and _breaks_body(tokens, at, info):
            break
        if info.last and (at > start or info.last in _TAKES_COMPLEMENT):
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
    if first == "EVENT" and stop > start + 1:
        return min(stop, start + 4), first  # `Operation Steel Curtain` has no last word to go by
    if first is None or (head_end is not None and head_end > start + 1):
        return head_end, head_type
    if first in {"ORG", "LAW"}:
        return start + 1, first
    if stop > start + 1 and not lexicon.word(tokens.words[start + 1]).is_function:
        return start + 2, first
    return head_end, head_type


def _breaks_body(tokens: Tokens, at: int, info: Word) -> bool:
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
    rest = _body(tokens, stop + 1, after)
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


def _without_leading(tokens: Tokens, span: Span) -> Span | None:
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


# ----------------------------------------------------------------------- lexicon names


def _known(
    tokens: Tokens, start: int, stop: int, known: Mapping[tuple[str, ...], Entry]
) -> Span | None:
    """The longest name that the document or a lexicon knows from `start`."""
    words = tokens.words
    best: Span | None = None
    found = lexicon.find(words, start, len(words))
    if found is not None and _is_connected(tokens, start, found[0]):
        first = start + 1 if words[start] in {"The", "A"} and found[0] > start + 1 else start
        best = Span(first, found[0], entry=found[1])
    for end in range(min(stop, start + LONGEST_PERSON + 3), start, -1):
        entry = known.get(tuple(words[start:end]))
        if entry is not None:
            if best is None or _outdoes(entry, end, best):
                best = Span(start, end, entry=entry)
            break
    if best is None or best.entry is None:
        return None
    if best.end == best.start + 1 and _is_doubtful(tokens, best.start, best.entry):
        return None
    if best.entry.kind in {"country", "demonym"} and best.end < stop:
        return _with_body(tokens, best, stop)
    return best


def _outdoes(entry: Entry, end: int, best: Span) -> bool:
    """Whether what the document knows is longer, or surer, than the lexicon's name."""
    if best.entry is None or end != best.end:
        return end > best.end
    return best.entry.weight < 0.8 or (entry.type != best.entry.type and best.entry.kind == "city")


def _with_body(tokens: Tokens, owner: Span, stop: int) -> Span:
    """Join a country or people to the known body right after it (`US Supreme Court`)."""
    found = lexicon.find(tokens.words, owner.end, stop)
    if found is None or found[1].type != "ORG" or found[0] < owner.end + 2:
        return owner
    if lexicon.word(tokens.words[found[0] - 1]).last != "ORG":
        return owner
    return Span(owner.start, found[0], head="ORG")


def _is_connected(tokens: Tokens, start: int, end: int) -> bool:
    return all(
        "\n" not in tokens.text[tokens.ends[i - 1] : tokens.starts[i]]
        for i in range(start + 1, end)
    )


def _is_doubtful(tokens: Tokens, at: int, entry: Entry) -> bool:
    """Whether a single word is more likely no name here: a word at a sentence's start, a month."""
    text = tokens.words[at]
    info = lexicon.word(text)
    if info.is_acronym:
        return False
    if entry.kind == "document":
        return False
    if info.is_calendar or info.is_function:
        return True
    if entry.kind in {"country", "demonym"}:
        return tokens.initial[at] and info.common > 0.3
    if len(text) == 1:  # `X`, the service, is known by what stands before it
        return at == 0 or tokens.words[at - 1].lower() not in {"on", "via", "platform", "to"}
    return entry.weight < 0.3 or (tokens.initial[at] and info.common > 0.3)


def _longer_instead(
    tokens: Tokens, start: int, stop: int, name: Span, titled: str | None
) -> Span | None:
    """A longer name that begins with a known one: `Jordan Peterson`, `Cambridge Analytica`."""
    entry = name.entry
    if entry is None or name.end != start + 1 or entry.kind in {"document", "known"}:
        return None
    info = lexicon.word(tokens.words[start])
    whole = Span(start, _sequence_end(tokens, start, stop, {}), titled=titled)
    if titled in {"honorific", "rank"} and entry.kind in {"city", "region"}:
        return whole
    if name.end in {stop, whole.end}:
        return None
    follow = lexicon.word(tokens.words[name.end])
    if follow.title or follow.last or follow.is_acronym:
        return None
    if entry.kind in {"city", "region"}:
        return whole
    is_personal = info.is_given or (info.is_surname and entry.kind == "country")
    return whole if is_personal and (follow.is_surname or not follow.common) else None


# --------------------------------------------------------- sequences of capitalised words


def _is_plain(tokens: Tokens, at: int, info: Word, stop: int) -> bool:
    """Whether the capital says nothing: a function word, a common word that opens a sentence."""
    if info.is_function:
        return True
    if not tokens.initial[at]:
        return False
    if info.is_given and stop > at + 1 and info.common < 0.9:
        return False
    return info.common > 0.2


def _sequence_end(
    tokens: Tokens, start: int, stop: int, known: Mapping[tuple[str, ...], Entry]
) -> int:
    """End of the capitalised words that make one name from `start`."""
    words = tokens.words
    given = lexicon.word(words[start]).is_given
    end = start + 1
    while end < stop and end - start < LONGEST_PERSON + 1:
        text = words[end]
        if text in PARTICLES or text == "&":
            end += 1
            continue
        info = lexicon.word(text)
        if info.is_calendar and not (given and end == start + 1):
            break
        if info.is_function or (info.title is not None and not (info.is_given or info.is_surname)):
            break
        if tuple(words[end:stop]) in known and not given:
            break
        found = lexicon.find(words, end, stop)
        if found is not None and _starts_another(found[1], found[0] - end, given, info):
            break
        end += 1
    while end > start + 1 and not tokens.capital[end - 1]:
        end -= 1
    return end


def _starts_another(entry: Entry, length: int, given: bool, info: Word) -> bool:
    """Whether a lexicon name inside a sequence begins a name of its own."""
    if entry.weight < 0.3:
        return False
    if length > 1 and entry.kind != "city":
        return True
    if entry.kind in {"country", "demonym", "known"}:
        return not (given and (info.is_surname or info.is_given))
    return not given and not info.is_surname and entry.weight >= 0.8
