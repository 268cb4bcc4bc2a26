"""Plain text that a program broke into lines of some 70 characters: its paragraphs again."""

import re
from typing import Final

from archive.reading.markup import Paragraphs, clean_line

_WIDEST: Final = 100
"""Longest line, in characters, of a text that is taken for wrapped; mail stays below 80."""

_NARROWEST: Final = 50

_OWN_LINE: Final = re.compile(r"\s*(?:[-*•·–—=_+#>|]|[0-9]{1,3}[.)]\s|\[[0-9]+\]|https?://)")
"""Beginning of a line that stands for itself: items of a list, rules, links, quotations."""

_LINK: Final = re.compile(r"\s*https?://")


def unwrap(text: str, *, is_flowed: bool = False) -> Paragraphs:
    r"""Paragraphs of a text, one line each.

    A break is the wrapping's where the next line's first word would not have fitted into the width
    of the text, and no item of a list begins there. In a text that is `format=flowed` (RFC 3676) a
    line that ends in a space goes on. A text with longer lines was not wrapped: its lines stand.

    >>> unwrap("Rain fell.\n\nRivers rose.")
    [('Rain fell.', None), ('Rivers rose.', None)]
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    wrapped = (len(line.rstrip()) for line in lines if not _OWN_LINE.match(line))
    width = max(wrapped, default=0)
    if not _NARROWEST <= width <= _WIDEST:
        width = 0
    pieces: list[list[str]] = []
    before = ""
    for line in lines:
        if before.strip() and line.strip() and _goes_on(before, line, width, is_flowed=is_flowed):
            pieces[-1].append(line)
        else:
            pieces.append([line])
        before = line
    cleaned = (clean_line(" ".join(piece)) for piece in pieces)
    return [(line, None) for line in cleaned if line]


def _goes_on(before: str, line: str, width: int, *, is_flowed: bool) -> bool:
    """Whether a line is the same paragraph as the one before; `width` 0 where none is wrapped."""
    if is_flowed:
        return before.endswith(" ") and before != "-- "
    if not width or _OWN_LINE.match(line) or _LINK.match(before):
        return False
    return len(before.rstrip()) + 1 + len(line.split(maxsplit=1)[0]) > width
