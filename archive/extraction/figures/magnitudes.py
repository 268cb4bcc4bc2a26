"""Magnitudes of earthquakes, and values of an index: numbers that count nothing."""

from archive.extraction.figures.phrases import noun_before
from archive.extraction.figures.quantity import Quantity
from archive.extraction.figures.tokens import Tokens
from archive.vocabulary.figure_words import figure_words

# The largest earthquake ever measured had a magnitude of 9.5 (Chile, 1960).
_LARGEST = 10
_NEAR = 3


def take_magnitude(tokens: Tokens, quantity: Quantity) -> bool:
    """Tell whether a number without a unit is a magnitude, and join the word beside it to it.

    `magnitude 6.3`, `a magnitude of 4.0`, `the 5.0 earthquake`, `measuring 6.3`.
    """
    lows, at = tokens.lows, quantity.number_at
    if at and lows[at - 1] == "magnitude" and quantity.start == at:
        quantity.start = at - 1
        return True
    if "magnitude" in lows[max(0, at - 4) : at] and quantity.value < _LARGEST:
        between = lows[at - 1 - lows[max(0, at - 4) : at][::-1].index("magnitude") + 1 : at]
        return not between or between[0] in ("of", "was", "is", "at") or quantity.start < at
    if lows[quantity.end : quantity.end + 3] == ["on", "the", "richter"]:
        return True
    if not quantity.digits or "." not in tokens.texts[at] or quantity.value >= _LARGEST:
        return False
    quakes = figure_words("quake")
    if lows[quantity.end] in quakes:
        return True
    measured = bool(at) and lows[at - 1] in ("at", "measuring", "measured", "registering")
    alone = not tokens.texts[quantity.end][:1].isalpha()
    return measured and alone and not quakes.isdisjoint(lows)


def quake_of(tokens: Tokens, quantity: Quantity) -> tuple[int, int] | None:
    """Tokens of the earthquake that a magnitude is told of: behind it, else before, else after."""
    quakes, lows = figure_words("quake"), tokens.lows
    places = [place for place, low in enumerate(lows) if low in quakes]
    if not places:
        return None
    behind = [place for place in places if quantity.end <= place <= quantity.end + _NEAR]
    before = [place for place in places if place < quantity.start]
    place = behind[0] if behind else (before[-1] if before else places[0])
    return place, place + 1


def index_before(tokens: Tokens, quantity: Quantity) -> tuple[int, int] | None:
    """Tokens of the index whose value a bare number is: `an R0 value of 2`, `a score of 3.4`."""
    names, start = figure_words("index_noun"), quantity.start
    if not start:
        return None
    of = tokens.lows[start - 1] == "of"
    noun = start - 2 if of else start - 1
    if noun < 0 or tokens.lows[noun] not in names or (not of and tokens.lows[noun] == "rating"):
        return None
    if not of and quantity.start == quantity.number_at:
        return None  # `score 3` may be a verb, `index 5` a name
    return noun_before(tokens, start, 0) or (noun, noun + 1)
