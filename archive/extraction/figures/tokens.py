"""One sentence as parallel lists of tokens.

A token is a number in digits, a word (with its apostrophes), an abbreviation with stops
(`U.S.`), or one character of anything else that is not white space. Hyphens are tokens, so that
`12-day`, `10-15` and `B-17` are told apart by what stands around them.
"""

import re

_TOKEN = re.compile(
    r"\d+(?:[.,٫٬]\d+)*"  # digits with separators; \d takes the digits of every script
    r"|(?:[A-Za-z]\.){2,}"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|[^\s\w]|_"
)
_PADDING = 4


class Tokens:
    """The tokens of `text[start:end]`; offsets count characters of the whole text.

    Four empty tokens stand after the last, so that looking a few tokens ahead needs no check;
    looking back from 0 meets them too, since Python counts -1 from the end.
    """

    __slots__ = ("ends", "lows", "starts", "texts")

    def __init__(self, text: str, start: int, end: int) -> None:
        matches = list(_TOKEN.finditer(text, start, end))
        self.texts = [match.group() for match in matches]
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]
        self.texts.extend([""] * _PADDING)
        self.lows = [word.lower() for word in self.texts]
        self.starts.extend([end + 1] * _PADDING)
        self.ends.extend([-1] * _PADDING)

    def __len__(self) -> int:
        return len(self.texts) - _PADDING

    def glued(self, index: int) -> bool:
        """Tell whether token `index` follows the one before it without a space."""
        return index > 0 and self.starts[index] == self.ends[index - 1]
