"""Line breaks within a paragraph, as word processors set them.

Writers use them for a new paragraph as often as for a new line in the same sentence. So a break
stands where the line before it ends as sentences and headlines do, and is a space where the
sentence goes on.
"""

import re
from typing import Final

_GOES_ON: Final = re.compile(r"[^\W\d_]|[(–—-]")


def split_soft(text: str) -> list[str]:
    r"""Split a paragraph at its line breaks, except where a sentence runs across one.

    It does where the next line begins in lower case.

    >>> split_soft("The ferry had left\u2028at noon.\u2028It ran aground at dusk.")
    ['The ferry had left at noon.', 'It ran aground at dusk.']
    """
    pieces: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        first = line[0]
        if pieces and first.islower() and _GOES_ON.match(first) and pieces[-1][-1] not in ".!?":
            pieces[-1] += " " + line
        else:
            pieces.append(line)
    return pieces
