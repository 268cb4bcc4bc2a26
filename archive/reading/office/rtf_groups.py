r"""RTF cleared of what is not its text, before a library makes text of it.

Source: Rich Text Format (RTF) Specification 1.9.1, Microsoft 2008. Left out are pictures, embedded
objects and other binary data (`\pict`, `\bin`), the instructions of fields (`\fldinst`: the address
behind a link is no word of the page), groups that a reader may ignore (`\*`), headers and footers,
hidden text (`\v`) and text that was deleted with changes tracked (`\deleted`). The table of fonts
is written anew, with nothing but the character set of each font.
"""

import re
from dataclasses import dataclass, field
from typing import Final

MAX_DEPTH: Final = 1_000
"""Most groups within each other. Word writes a dozen; each costs memory while it is open."""

SOFT_BREAK: Final = "\u2028"
"""What `\\line`, a break within a paragraph, becomes."""

_TOKEN: Final = re.compile(
    r"(?P<text>[^\\{}]+)|(?P<open>\{)|(?P<close>\})|(?P<hex>\\'[0-9a-fA-F]{2})"
    r"|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})?[ ]?|(?P<sign>\\[^a-zA-Z])|\\"
)

_LEFT_OUT: Final = re.compile(
    "fonttbl|pict|objdata|fldinst|stylesheet|themedata|colorschememapping|datastore|latentstyles|colortbl|"
    "listtable|listoverridetable|rsidtbl|generator|xmlnstbl|info|header[lrf]?|footer[lrf]?|"
    "annotation|atnid|atnauthor|nonshppict|revtbl|filetbl|ftnsep|ftnsepc|aftnsep|aftnsepc"
)
_KEPT: Final = frozenset({"title", "author"})
"""Parts of `\\info` that are wanted, each on its own."""

_CHARSETS: Final = {78: 128, 79: 136, 80: 129, 81: 178, 82: 177, 85: 134, 86: 238, 87: 84, 88: 222,
                    89: 238}  # fmt: skip
"""Sets of classic Mac OS for which Python has no codec, and the set of Windows nearest to each."""


_REPLACED: Final = {
    "cell": r"\tab ",
    "nestcell": r"\tab ",
    "line": rf"{{\uc0\u{ord(SOFT_BREAK)} }}",
    "softline": rf"{{\uc0\u{ord(SOFT_BREAK)} }}",
}


_MOST_FONTS: Final = 10_000


class TooDeepError(ValueError):
    """More groups within each other than `MAX_DEPTH`."""


@dataclass(slots=True)
class Cleared:
    r"""What is left of a document: RTF of its text, and RTF of the wanted parts of `\\info`."""

    text: str
    info: dict[str, str] = field(default_factory=dict)
    is_closed: bool = True
    """Whether every group that was opened was closed: a file cut off has some open."""


@dataclass(slots=True)
class _Group:
    r"""An open group: whether its text is seen, and the part of `\\info` that it is."""

    seen: bool
    hidden: bool = False
    part: str | None = None
    is_new: bool = True


def clear(rtf: str) -> Cleared:
    """Clear a document; `rtf` holds one character for each byte (Latin-1).

    Cells become tabs, and line breaks within paragraphs U+2028. Characters that no Unicode has and
    character sets that Python does not know are replaced by what the next step can read. Takes time
    in proportion to the length. Raises TooDeepError.
    """
    clearing = _Clearing()
    at, end = 0, len(rtf)
    while at < end and not clearing.is_done:
        match = _TOKEN.match(rtf, at)
        if match is None:  # cannot be: the pattern takes any character
            break
        at = match.end()
        if match["word"] == "bin":
            at += max(0, min(int(match["number"] or 0), end - at))
        else:
            clearing.take(match)
    return Cleared(
        text="".join(clearing.out),
        info={part: "".join(pieces) for part, pieces in clearing.info.items()},
        is_closed=clearing.is_done,
    )


class _Clearing:
    def __init__(self) -> None:
        self.out: list[str] = []
        self.info: dict[str, list[str]] = {}
        self.is_done = False
        self._groups: list[_Group] = []
        self._fonts: dict[str, str] = {}
        self._font: str | None = None

    def take(self, match: re.Match[str]) -> None:
        """Take the next token."""
        if match["open"]:
            self._open()
        elif match["close"]:
            self._close()
        elif match["word"]:
            self._word(match["word"], match["number"], match[0])
        elif match["sign"] == r"\*":
            self._ignore()
        elif match["text"]:
            self._write_text(match["text"])
        elif match["hex"] or match["sign"]:
            self._write(match[0])
        is_blank = match["text"] is not None and not match["text"].strip("\r\n")
        if self._groups and not match["open"] and not is_blank:
            self._groups[-1].is_new = False

    def _open(self) -> None:
        if len(self._groups) >= MAX_DEPTH:
            raise TooDeepError
        above = self._groups[-1] if self._groups else _Group(seen=True)
        self._groups.append(_Group(seen=above.seen, hidden=above.hidden, part=above.part))
        if above.seen or above.part in _KEPT:
            self._put("{")

    def _close(self) -> None:
        if not self._groups:
            return
        group = self._groups.pop()
        above = self._groups[-1] if self._groups else _Group(seen=True)
        if group.part in _KEPT and above.part not in _KEPT:
            self.info.setdefault(group.part or "", []).append("}")
        elif group.part == "fonttbl" and above.part != "fonttbl":
            fonts = "".join(rf"{{\f{font}{charset}x;}}" for font, charset in self._fonts.items())
            self.out.append(rf"{{\fonttbl{fonts}}}")
        elif above.seen or above.part in _KEPT:
            self._put("}", group.part if above.part in _KEPT else None)
        self.is_done = not self._groups

    def _word(self, word: str, number: str | None, token: str) -> None:
        group = self._groups[-1] if self._groups else _Group(seen=True)
        if group.part == "fonttbl":
            self._describe_font(word, number)
        elif group.is_new and group.part == "info" and word in _KEPT and word not in self.info:
            group.part = word
            self.info[word] = ["{"]
        elif group.seen and group.is_new and _LEFT_OUT.fullmatch(word):
            group.seen = False
            group.part = word if word in ("info", "fonttbl") else None
        elif word in ("v", "deleted"):
            group.hidden = number != "0"
        elif word == "plain":
            group.hidden = False
        else:
            # A newline ends a control word too, and has been dropped.
            self._write(_readable(word, number, token.rstrip(" ") + " "), is_control=True)

    def _describe_font(self, word: str, number: str | None) -> None:
        """Note the character set of the font that was named last."""
        if word == "f":
            self._font = number
        elif word == "fcharset" and self._font is not None and len(self._fonts) < _MOST_FONTS:
            self._fonts[self._font] = _readable(word, number, "")

    def _ignore(self) -> None:
        if self._groups and self._groups[-1].is_new:
            self._groups[-1].seen = False

    def _write_text(self, text: str) -> None:
        """Write a run of text; newlines in it are none of the text (RTF 1.9.1, Formal Syntax)."""
        if self._groups and not self._groups[-1].seen and self._groups[-1].part not in _KEPT:
            return
        text = text.replace("\r", "").replace("\n", "")
        if text:
            self._write(text)

    def _write(self, token: str, *, is_control: bool = False) -> None:
        group = self._groups[-1] if self._groups else _Group(seen=True)
        if is_control or not group.hidden:
            self._put(token, group.part, seen=group.seen)

    def _put(self, token: str, part: str | None = None, *, seen: bool = True) -> None:
        if part in _KEPT:
            self.info[part or ""].append(token)
        elif seen:
            self.out.append(token)


def _readable(word: str, number: str | None, token: str) -> str:
    """A control word as the next step reads it rightly."""
    if word in _REPLACED:
        return _REPLACED[word]
    if word in ("uc", "ansicpg") and (number is None or number.startswith("-")):
        return ""
    if word == "uc":
        return rf"\uc{min(int(number or 1), 8)} "
    if word == "u" and number is not None and not -0x8000 <= int(number) <= 0xFFFF:
        return r"\u65533 "
    if word == "fcharset":
        wanted = int(number or 0)
        return rf"\fcharset{_CHARSETS.get(wanted, wanted)} "
    return token
