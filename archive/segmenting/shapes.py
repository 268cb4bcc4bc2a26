"""What a single line looks like, before its neighbours are asked."""

import re
from enum import Enum
from typing import Final

from archive.records import Role
from archive.segmenting.bylines import is_date_line
from archive.vocabulary.names import given_names
from archive.vocabulary.press import agency_names, line_phrases, plain_line


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
_MAX_HEADING_CHARACTERS: Final = 160
_MAX_UNSPACED: Final = 40
"""Longest heading without spaces: scripts such as Chinese set none."""
_MAX_CHARACTERS: Final = 2000
"""Longer lines are body: no pattern need look at them."""
_MAX_CREDIT_WORDS: Final = 30
_MAX_CAPTION_WORDS: Final = 70
_MAX_FURNITURE_WORDS: Final = 45
_MIN_TEASER_WORDS: Final = 5

_RULE: Final = re.compile(r"[\W_]+")
_LETTERLESS: Final = re.compile(r"[\W\d_]+")
_CUT: Final = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\])$")
_QUOTED: Final = re.compile(r"^[“\"‘'«].*[”\"’'»]$")
_SENTENCE_END: Final = re.compile(r"[.!:;,。！؟。۔؛،।…][\]'’”\"»)]*$")
_INNER_END: Final = re.compile(r"[a-z]{3,}[.!?]['’”\"»)]* [“\"‘]?[A-Z]")
_BULLET: Final = re.compile(r"(?:[-–—•*·▪►»]|\(?\d{1,2}[.)])\s|[—–]\w")
_SPEAKER: Final = re.compile(
    r"\(\([^()]+\)\)|[A-Z]{1,3}: |[QA]\d*[.:] |(?:Question|Answer|Interviewer): "
    r"|[A-Z][a-z]+(?: [A-Z][\w.-]+){1,3}: (?=[A-Z“\"])"
)
_YOU: Final = re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)
_BYLINE: Final = re.compile(
    r"[Bb][Yy] (?:the )?[A-Z][\w.’'-]*"
    r"(?:(?:,? and|,| in| at|,? for| ?[|/•·]| –| -|) \(?[A-Z0-9][\w.’'-]*\)?,?){0,12}"
    r"(?:,? (?:[a-z]+ ){0,3}(?:correspondent|reporter|editor|writer|staff|desk|analyst))?$"
)
_BAR_SIGN: Final = re.compile(r"[|›»>•·]")
_BAR: Final = re.compile(r"\s*[|›»>•·]\s*")
_LONGEST_CRUMB: Final = 30
_COPYRIGHT: Final = re.compile(
    r"(?:copyright|\(c\)|©)\W*(?:\(c\)|©)?\W*(?:(?:19|20)\d\d\b|by\b|$)", re.IGNORECASE
)
_LEGEND: Final = re.compile(r"[\u2580-\u259f]+\s*\w")
_SIGN_OFF: Final = re.compile(
    r"\W*(?:(?:additional )?reporting|writing|edit(?:ing|ed)|compiled|translated|report) by\b|"
    r".*\bcontributed (?:to|reporting)\b",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"(?:https?://|www\.)\S+$|\S+@\S+\.\w+$|[@#]\w+(?: [@#]\w+)*$"
    r"|(?:File|Image):[^:]+\.(?:jpe?g|png|gif|svg|webp|ogv|webm)$"
)
_PHOTO_TAIL: Final = re.compile(
    r"[(\[][^()\[\]]*\b(?:photo|file|image|picture|afp|ap|reuters|getty|epa|archive)\b"
    r"[^()\[\]]*[)\]]\.?$",
    re.IGNORECASE,
)
_IMAGE_TAIL: Final = re.compile(
    r"\S *(?:Image|Photo|Photograph|Picture|Illustration|Graphic|Foto)s?(?: credit| courtesy)?: "
    r"[^:]{2,120}$"
)
_PULL_QUOTE: Final = re.compile(r"[“\"«][^“”\"«»]+[”\"»]\s*[—–-]")
_TAKEN_ON: Final = re.compile(
    r"(?<!said on )(?<!announced on )(?<!reported on )\b(?:(?:January|February|March|April|May"
    r"|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
    r" \d{1,2}, (?:19|20)\d\d|\d{1,2} [A-Z][a-z]{2,8} (?:19|20)\d\d)\.?$"
)
_MARKUP: Final = re.compile(r"#{1,6}\s+(.*?)[\s#]*$|([*_]{1,3})(\S.*\S)\2$", re.DOTALL)


def shape_of(text: str) -> Shape:
    """Tell the look of one trimmed, non-blank line.

    >>> shape_of("By Ann Lee").name, shape_of("Rain fell on the hills on Monday, officials…").name
    ('CREDIT', 'TEASER')
    """
    if _LETTERLESS.fullmatch(text):
        return Shape.RULE if _RULE.fullmatch(text) else Shape.FURNITURE
    if len(text) > _MAX_CHARACTERS:
        return Shape.BODY
    return _shape_of_words(text)


def _shape_of_words(text: str) -> Shape:
    bare = bare_text(text)
    words = bare.count(" ") + 1
    settled = _settled_by_phrase(bare, words)
    if settled is not None:
        return settled
    if is_dialogue(bare):
        return Shape.BODY
    if bare[-1] in "….]" and _CUT.search(bare) and words >= _MIN_TEASER_WORDS:
        return Shape.TEASER
    return Shape.HEADING if heading_level(text) or _is_heading(bare, words) else Shape.BODY


def bare_text(text: str) -> str:
    """A line without Markdown's marks of headings and emphasis around it.

    >>> bare_text("## Who voted how"), bare_text("*By Ann Lee*")
    ('Who voted how', 'By Ann Lee')
    """
    if text[0] not in "#*_":
        return text
    match = _MARKUP.match(text)
    if match is None:
        return text
    return (match[1] if match[2] is None else match[3]) or text


def heading_level(text: str) -> int:
    """Level of a Markdown heading, 1 to 6; 0 for any other line."""
    marks = len(text) - len(text.lstrip("#"))
    return marks if 1 <= marks <= 6 and text[marks : marks + 1].isspace() else 0


def is_sign_off(text: str) -> bool:
    """Whether a credit is of those that close a story: who edited it, who else reported.

    >>> is_sign_off("Editing by Ann Lee"), is_sign_off("By Ann Lee")
    (True, False)
    """
    return _SIGN_OFF.match(text) is not None


def is_dialogue(text: str) -> bool:
    """Whether a line is a turn of an interview, with its speaker before it.

    >>> is_dialogue("Q: What happens next?"), is_dialogue("Ann Lee: We wait.")
    (True, True)
    """
    return _SPEAKER.match(text) is not None


def asks_somebody(text: str) -> bool:
    """Whether a line is a question put to somebody, as an interview has them.

    >>> asks_somebody("What do you say to your critics?"), asks_somebody("Will the road open?")
    (True, False)
    """
    return text.endswith("?") and _YOU.search(text) is not None


def looks_like_writer(text: str) -> bool:
    """Whether a short line, where a byline may stand, is a person's or an outlet's bare name.

    >>> looks_like_writer("MERIDIAN WIRE"), looks_like_writer("Omar Noor")
    (True, True)
    >>> looks_like_writer("Regional Integration")
    False
    """
    words = text.split()
    if not 1 < len(words) <= 4 or not text.replace(" ", "").replace(".", "").isalpha():
        return False
    return text.isupper() or (
        words[0] in given_names() and all(word[0].isupper() for word in words)
    )


def looks_like_caption(text: str) -> bool:
    """Whether a line, where a caption may stand, ends with the day its picture was taken."""
    return _TAKEN_ON.search(text) is not None and text.count(" ") < 45


def _settled_by_phrase(text: str, words: int) -> Shape | None:
    if words > _MAX_CAPTION_WORDS:
        return None
    plain = plain_line(text)
    if words <= _MAX_CREDIT_WORDS and (
        line_phrases(Role.CREDIT).found_in(plain)
        or _BYLINE.match(text)
        or is_date_line(text)
        or text.strip("()[] .") in agency_names()
    ):
        return Shape.CREDIT
    if words <= _MAX_FURNITURE_WORDS and (
        line_phrases(Role.FURNITURE).found_in(plain)
        or _LINK.match(text)
        or _COPYRIGHT.match(text)
        or _is_site_bar(text)
    ):
        return Shape.FURNITURE
    if line_phrases(Role.CAPTION).found_in(plain) or _goes_with_image(text):
        return Shape.CAPTION
    return None


def _is_site_bar(text: str) -> bool:
    """Whether signs such as bars part a line into names of pages, or one part calls to action."""
    if _BAR_SIGN.search(text) is None:
        return False
    parts = _BAR.split(text)
    if len(parts) > 2 and all(0 < len(part) <= _LONGEST_CRUMB for part in parts):
        return True
    calls = line_phrases(Role.FURNITURE)
    return any(calls.calls_to_act(plain_line(part)) for part in parts)


def _goes_with_image(text: str) -> bool:
    """Whether a line belongs to a picture: names its maker at the end, or a colour of its key."""
    if _LEGEND.match(text):
        return True
    if text[-1] in ")]." and _PHOTO_TAIL.search(text):
        return True
    return ": " in text and _IMAGE_TAIL.search(text) is not None


def _is_heading(text: str, words: int) -> bool:
    """Few words, no sentence end, no list item, opens with a capital, a figure or a quote."""
    if words > MAX_HEADING_WORDS or len(text) > _MAX_HEADING_CHARACTERS:
        return False
    if words == 1 and len(text) > _MAX_UNSPACED:
        return False
    if _SENTENCE_END.search(text) or _BULLET.match(text) or _PULL_QUOTE.match(text):
        return False
    return _has_heading_form(text, words)


def _has_heading_form(text: str, words: int) -> bool:
    """Opens as a heading does, and neither is speech nor goes on after a full stop."""
    first = text.lstrip("“\"‘'«([")[:1]
    if first.islower() or not (first.isalnum() or first in "$£€¥₹"):
        return False
    if _QUOTED.match(text) and words > 3 and _SENTENCE_END.search(text[:-1]):
        return False
    return not _INNER_END.search(text)
