"""Where names lie: from each capitalised word the longest name that begins there.

The order of attempts, at each capitalised word from left to right:

1. a body, place or event by its head word (`Ministry of Foreign Affairs`, `Kandahar Province`),
2. a name in the lexicons, or one already known from the document; the longer of 1 and 2 holds,
3. a title, which is no name itself but announces a person (`Acting Foreign Minister`),
4. a word that is capitalised only because a sentence begins, which is left out,
5. a sequence of capitalised words, as a personal name is built.
"""

from collections.abc import Mapping
from dataclasses import replace

from archive.extraction.names import lexicon
from archive.extraction.names.heads import find_body, without_leading
from archive.extraction.names.lexicon import Entry, Word
from archive.extraction.names.runs import Span, goes_on, run_end
from archive.extraction.names.titles import title_end
from archive.extraction.names.tokens import PARTICLES, Tokens

LONGEST_PERSON = 5  # words; longer sequences are titles of works or headlines


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
    return tokens.words[index] in PARTICLES and goes_on(tokens, index)


def _at(
    tokens: Tokens, start: int, known: Mapping[tuple[str, ...], Entry], titled: str | None
) -> tuple[Span | None, tuple[int, str] | None]:
    """Decide on one capitalised word: a span, or the end and kind of a title, or neither."""
    words = tokens.words
    stop = run_end(tokens, start)
    body = find_body(tokens, start, stop)
    name = _known(tokens, start, stop, known)
    info = lexicon.word(words[start])
    if body is not None and (name is None or _is_body(body, name)):
        return without_leading(tokens, body), None
    if name is not None:
        longer = _longer_instead(tokens, start, stop, name, titled)
        return longer or (replace(name, titled=titled) if titled else name), None
    title = title_end(tokens, start, stop)
    if title is not None:
        return None, title
    if info.is_calendar or _is_plain(tokens, start, info, stop):
        return None, None
    end = _sequence_end(tokens, start, stop, known)
    return Span(start, end, titled=titled), None


def _is_body(body: Span, name: Span) -> bool:
    """Whether a body by its head word is longer than a known name, or explains it as well."""
    if body.end != name.end or body.start != name.start or name.entry is None:
        return body.end > name.end
    return name.entry.kind == "document" and name.entry.type == body.head


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
        return _withfind_body(tokens, best, stop)
    return best


def _outdoes(entry: Entry, end: int, best: Span) -> bool:
    """Whether what the document knows is longer, or surer, than the lexicon's name."""
    if best.entry is None or end != best.end:
        return end > best.end
    return best.entry.weight < 0.8 or (entry.type != best.entry.type and best.entry.kind == "city")


def _withfind_body(tokens: Tokens, owner: Span, stop: int) -> Span:
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
        return bool(tokens.initial[at]) and info.common > 0.3
    if len(text) == 1:  # `X`, the service, is known by what stands before it
        return at == 0 or tokens.words[at - 1].lower() not in {"on", "via", "platform", "to"}
    return entry.weight < 0.3 or (bool(tokens.initial[at]) and info.common > 0.3)


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
