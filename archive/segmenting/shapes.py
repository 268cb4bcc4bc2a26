"""What a single line looks like, before its neighbours are asked."""

import re
from enum import Enum
from typing import Final

from archive.records import Role
from archive.segmenting.bylines import is_date_line
from archive.vocabulary.press import line_phrases, plain_line


class Shape(Enum):
    """The look of a line: a role that it alone settles, or what its neighbours must decide."""

    BODY = "body"
    HEADING = "heading"
    TEASER = "teaser"
    CREDIT = "credit"
    CAPTION = "caption"
    FURNITURE = "furniture"
    RULE = "rule"


MAX_HEADING_WORDS: Final = 20
_MAX_CREDIT_WORDS: Final = 30
_MAX_CAPTION_WORDS: Final = 70
_MAX_FURNITURE_WORDS: Final = 45
_MIN_TEASER_WORDS: Final = 5

_RULE: Final = re.compile(r"[\W_]+")
_CUT: Final = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\])$")
_QUOTED: Final = re.compile(r"^[“\"‘'«].*[”\"’'»]$")
_SENTENCE_END: Final = re.compile(r"[.!:;,]['’”\"»)\]]*$")
_INNER_END: Final = re.compile(r"[a-z]{3,}[.!?]['’”\"»)]* [“\"‘]?[A-Z]")
_BULLET: Final = re.compile(r"(?:[-–—•*·▪►»]|\(?\d{1,2}[.)])\s")
_BYLINE: Final = re.compile(
    r"[Bb][Yy] (?:the )?[A-Z][\w.’'-]*"
    r"(?:(?:,? and|,| in| at|,? for| \||/| –| -|) \(?[A-Z0-9][\w.’'-]*\)?,?){0,12}$"
)
_CRUMBS: Final = re.compile(r"[^|›»>•·]{1,30}(?: ?[|›»>•·] ?[^|›»>•·]{1,30}){2,}")
_SIGN_OFF: Final = re.compile(
    r"[(\[]?(?:(?:additional )?reporting|writing|edit(?:ing|ed)|compiled|translated|report) by\b|"
    r".*\bcontributed (?:to|reporting)\b",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+$|\S+@\S+\.\w+$|[@#]\w+(?: [@#]\w+)*$")
_PHOTO_TAIL: Final = re.compile(
    r"[(\[][^()\[\]]*\b(?:photo|file|image|picture|afp|ap|reuters|getty|epa|archive)\b[^()\[\]]*[)\]]\.?$",
    re.IGNORECASE,
)


def shape_of(text: str) -> Shape:
    """Tell the look of one trimmed, non-blank line.

    >>> shape_of("By Ann Lee").name, shape_of("Rain fell on the hills on Monday, officials…").name
    ('CREDIT', 'TEASER')
    """
    if _RULE.fullmatch(text):
        return Shape.RULE
    words = text.count(" ") + 1
    settled = _settled_by_phrase(text, words)
    if settled is not None:
        return settled
    if _CUT.search(text) and words >= _MIN_TEASER_WORDS:
        return Shape.TEASER
    if _is_heading(text, words):
        return Shape.HEADING
    return Shape.BODY


def is_sign_off(text: str) -> bool:
    """Whether a credit is of those that close a story: who edited it, who else reported.

    >>> is_sign_off("Editing by Ann Lee"), is_sign_off("By Ann Lee")
    (True, False)
    """
    return _SIGN_OFF.match(text) is not None


def _settled_by_phrase(text: str, words: int) -> Shape | None:
    if words > _MAX_CAPTION_WORDS:
        return None
    plain = plain_line(text)
    if words <= _MAX_FURNITURE_WORDS and (
        line_phrases(Role.FURNITURE).found_in(plain) or _LINK.match(text) or _CRUMBS.fullmatch(text)
    ):
        return Shape.FURNITURE
    if words <= _MAX_CREDIT_WORDS and (
        line_phrases(Role.CREDIT).found_in(plain) or _BYLINE.match(text) or is_date_line(text)
    ):
        return Shape.CREDIT
    if line_phrases(Role.CAPTION).found_in(plain) or _PHOTO_TAIL.search(text):
        return Shape.CAPTION
    return None


def _is_heading(text: str, words: int) -> bool:
    """Few words, no sentence end, no list item, opens with a capital, a figure or a quote."""
    if words > MAX_HEADING_WORDS or _SENTENCE_END.search(text) or _BULLET.match(text):
        return False
    first = text.lstrip("“\"‘'«([")[:1]
    if not (first.isupper() or first.isdigit() or not first.isascii()):
        return False
    if _QUOTED.match(text) and words > 3 and _SENTENCE_END.search(text[:-1]):
        return False
    return not _INNER_END.search(text)
