"""Which names a figure speaks of: what is counted, who did it, where."""

from bisect import bisect_left

from archive.extraction.figures.counting import Draft
from archive.extraction.figures.events import Event
from archive.extraction.figures.tokens import Tokens
from archive.records import EntityType, Mention, Reference
from archive.vocabulary.figure_words import figure_words

Names = list[tuple[int, Mention]]

_PLACES = frozenset([EntityType.GPE, EntityType.LOC, EntityType.FAC])
_ACTORS = frozenset([EntityType.PERSON, EntityType.ORG, EntityType.GPE, EntityType.NORP])
_PLACE_WORDS = figure_words("place_preposition")
_FAR = 6


def counted_entity_of(tokens: Tokens, draft: Draft, names: Names) -> Reference | None:
    """The name within what is counted: `Afghan` in `286,631 Afghan nationals`."""
    if draft.phrase is None:
        return None
    start, end = tokens.starts[draft.phrase.start], tokens.ends[draft.phrase.end - 1]
    for index, mention in names:
        if start <= mention.char_start and mention.char_end <= end:
            return Reference(text=mention.text, mention=(0, index))
    return None


def actor_of(tokens: Tokens, event: Event | None, floor: int, names: Names) -> Reference | None:
    """Who did it: the name just before an active verb, or after `by` behind a passive one."""
    if event is None or event.noun:
        return None
    if not event.passive:
        verb = tokens.starts[event.verb]
        low = tokens.starts[max(floor, event.verb - _FAR)]
        near = [
            (index, mention)
            for index, mention in names
            if mention.type in _ACTORS
            and low <= mention.char_start
            and mention.char_end <= verb
            and not _is_in_phrase(tokens, mention)
        ]
        if near:
            return Reference(text=near[-1][1].text, mention=(0, near[-1][0]))
        return None
    for place in range(event.verb + 1, min(event.verb + 4, len(tokens))):
        if tokens.lows[place] == "by":
            begin, finish = tokens.starts[place], tokens.starts[place] + 60
            for index, mention in names:
                if begin < mention.char_start < finish and mention.type in _ACTORS:
                    return Reference(text=mention.text, mention=(0, index))
    return None


def place_of(tokens: Tokens, draft: Draft, names: Names) -> Reference | None:
    """Where: the first place behind `in`, `at`, ... after the figure, else the last before."""
    end = tokens.ends[draft.quantity.end - 1]
    places = [(i, m) for i, m in names if m.type in _PLACES and _is_locative(tokens, m)]
    after = [pair for pair in places if pair[1].char_start >= end]
    chosen = after[0] if after else (places[-1] if places else None)
    if chosen is None:
        return None
    return Reference(text=chosen[1].text, mention=(0, chosen[0]))


def _is_in_phrase(tokens: Tokens, mention: Mention) -> bool:
    """Tell whether a preposition governs the name: the bombs in Kerman, not Kerman, killed."""
    index = bisect_left(tokens.starts, mention.char_start, 0, len(tokens))
    if index and tokens.lows[index - 1] == "the":
        index -= 1
    return bool(index) and tokens.lows[index - 1] in figure_words("preposition")


def _is_locative(tokens: Tokens, mention: Mention) -> bool:
    """Tell whether a preposition of place stands at most two words before the name."""
    index = bisect_left(tokens.starts, mention.char_start, 0, len(tokens))
    return any(tokens.lows[place] in _PLACE_WORDS for place in range(max(0, index - 3), index))
