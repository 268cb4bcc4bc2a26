"""The records of a JSON text, cut out without parsing it whole: for files of any size.

Only brackets and strings are looked at, so that a record which is no valid JSON within its own
brackets does no harm to the others. The window onto the text holds one record and a little more.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO, Final

_TOKEN: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(")?|[{}\[\]]', re.DOTALL)
"""A string, closed (group 1) or cut off by the end of the window, or a bracket."""

_REST: Final = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+(")?', re.DOTALL)
"""The rest of a string that began before the window."""

_SPACE: Final = re.compile(r"[\s\x00\x1e,\ufeff]*")
"""What may stand between records: white space, commas, the mark of JSON text sequences."""

_NEXT_RECORD: Final = re.compile(r"\}\s{0,64},?\s{0,64}(?=\{\s{0,64}\")")
"""Where the next record begins after one whose quotation marks do not close."""

_SCALAR: Final = re.compile(r"[^,\[\]{}\"]+")

_CHUNK: Final = 256 * 1024
_MOST_MENDED: Final = 20
"""Records without end after which a file is given up; each makes the scan go back once."""


class Trouble(Enum):
    """Why a piece of the text is no record."""

    CUT_OFF = "cut off"
    TOO_LARGE = "too large"
    UNCLOSED = "unclosed"
    NO_OBJECT = "no object"


@dataclass(frozen=True, slots=True)
class Piece:
    """An element of a list, or what stands in its place: `text` is empty where it is in trouble."""

    text: str
    trouble: Trouble | None = None


class Window:
    """A stretch of a decoded stream that grows at its end and is dropped from its beginning."""

    def __init__(self, stream: BinaryIO, codec: str, *, mark: int = 0) -> None:
        stream.read(mark)
        self._stream = stream
        self._decoder = getincrementaldecoder(codec)(errors="surrogatepass")
        self.text = ""
        self.at = 0
        self.is_whole = False
        """Whether the end of the stream lies in the window."""

    def grow(self) -> bool:
        """Append more of the stream; false at its end."""
        chunk = b"" if self.is_whole else self._stream.read(max(_CHUNK, len(self.text) // 2))
        if not chunk:
            self.is_whole = True
            return False
        self.text += self._decode(chunk)
        return True

    def _decode(self, chunk: bytes) -> str:
        try:
            return self._decoder.decode(chunk)
        except UnicodeDecodeError:  # bytes that are no UTF-16: what follows cannot be told
            self.is_whole = True
            return ""

    def drop(self) -> None:
        """Forget what lies before `at`."""
        self.text = self.text[self.at :]
        self.at = 0

    def skip_space(self) -> str:
        """Move to what is neither space nor comma; give that character, `""` at the end."""
        while True:
            match = _SPACE.match(self.text, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            self.drop()
            if not self.grow():
                return ""


class Scanner:
    """Cuts the values out of a `Window`, one after the other."""

    def __init__(self, window: Window, *, largest: int) -> None:
        self._window = window
        self._largest = largest
        self._mended = 0

    def elements(self) -> Iterator[Piece]:
        """The elements of the list whose `[` the window stands behind, past its `]`.

        The last piece is a `CUT_OFF` where the text ends before the list does.
        """
        while first := self._window.skip_space():
            if first == "]":
                self._window.at += 1
                return
            piece = self.value()
            yield piece
            if piece.trouble is Trouble.CUT_OFF:
                return
            if self._window.at > _CHUNK:
                self._window.drop()
        yield Piece("", Trouble.CUT_OFF)

    def leave(self, depth: int) -> None:
        """Move past the brackets that are still open, `depth` of them."""
        window = self._window
        brackets = Brackets(depth)
        is_closed = depth == 0
        while not is_closed:
            window.at, is_closed = brackets.follow(window.text, window.at)
            if not is_closed:
                window.drop()
                if not window.grow():
                    return

    def value(self) -> Piece:
        """The value that begins where the window stands; the window moves past it.

        One that is too large is passed over. One that has no end, since a string in it does not
        close, ends where the next record seems to begin.
        """
        window = self._window
        first = window.text[window.at]
        if first not in "{[":
            return self._scalar()
        brackets = Brackets()
        at, is_too_large = window.at, False
        while True:
            at, is_closed = brackets.follow(window.text, at)
            if not is_too_large and at - window.at > self._largest:
                if not is_closed and (piece := self._mend()):
                    return piece
                is_too_large = True
            if is_closed:
                text = "" if is_too_large else window.text[window.at : at]
                window.at = at
                if is_too_large:
                    return Piece("", Trouble.TOO_LARGE)
                return Piece(text) if first == "{" else Piece("", Trouble.NO_OBJECT)
            before = window.at
            if is_too_large:
                window.at = at
            window.drop()
            at = window.at if is_too_large else at - before
            if not window.grow():
                return self._end(is_too_large=is_too_large)

    def _end(self, *, is_too_large: bool) -> Piece:
        """What a value is that the text ends in."""
        if not is_too_large and (piece := self._mend()):
            return piece
        self._window.at = len(self._window.text)
        return Piece("", Trouble.TOO_LARGE if is_too_large else Trouble.CUT_OFF)

    def _scalar(self) -> Piece:
        window = self._window
        scalar = _TOKEN if window.text[window.at] == '"' else _SCALAR
        match = scalar.match(window.text, window.at)
        window.at = match.end() if match else window.at + 1
        return Piece("", Trouble.NO_OBJECT)

    def _mend(self) -> Piece | None:
        """Go on at what looks like the next record, behind one that has no end; None without."""
        window = self._window
        match = _NEXT_RECORD.search(window.text, window.at + 1)
        if match is None or self._mended >= _MOST_MENDED:
            return None
        self._mended += 1
        window.at = match.end()
        return Piece("", Trouble.UNCLOSED)


class Brackets:
    """How deep a place in a text lies in brackets, and whether within a string."""

    def __init__(self, depth: int = 0) -> None:
        self._depth = depth
        self._in_string = False

    def follow(self, text: str, at: int) -> tuple[int, bool]:
        """Go through `text` from `at`: how far, and whether the outermost bracket closed there."""
        if self._in_string:
            match = _REST.match(text, at)
            at = match.end() if match else at
            if match is None or match[1] is None:
                return at, False
            self._in_string = False
        for match in _TOKEN.finditer(text, at):
            char = text[match.start()]
            if char == '"':
                if match[1] is None:
                    self._in_string = True
                    return match.end(), False
            elif char in "{[":
                self._depth += 1
            else:
                self._depth -= 1
                if self._depth <= 0:
                    return match.end(), True
        return len(text), False

    def depth_at(self, text: str, end: int) -> int:
        """How many brackets are open where `text` is cut at `end`."""
        self.follow(text[:end], 0)
        return self._depth
