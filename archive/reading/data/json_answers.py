"""The answers of APIs: objects that hold a list of records, such as `{"articles": [...]}`."""

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

from archive.errors import UnreadableDocument
from archive.reading.data.json_scan import Brackets, Window
from archive.reading.data.json_text import parse
from archive.reading.data.presets import LISTS, NAMES, plain_name

_LIST: Final = re.compile(rf'"(?:{"|".join(LISTS)})"\s{{0,64}}:\s{{0,64}}\[\s{{0,64}}(?=\{{)')

_STORY_FIELDS: Final = ("headline", "url", "published", "text")
"""Of these fields the first element of a list of records has two."""

_LOOK_AHEAD: Final = 4 * 1024 * 1024
"""Characters within which the list of an answer has to begin."""

_MOST_LISTS: Final = 20
"""Lists under such a name that are looked at."""

_DEEPEST: Final = 3
"""Most objects around a list: `{"response": {"docs": [` has two."""


def find_list(window: Window, text_field: str | None) -> tuple[int, int] | None:
    """Where the list of records begins in the object at which the window stands.

    The place behind the list's `[`, and how many brackets are open there beside it. None where the
    object is a record itself: it has a text of its own (`text_field` if the user named one), or no
    list under a name that APIs use whose first element has fields of a story.
    """
    end = _grow_to_end(window, window.at, _LOOK_AHEAD)
    text = window.text[window.at : end or window.at + _LOOK_AHEAD]
    if end is not None and _is_record(text, text_field):
        return None
    for match in islice(_LIST.finditer(text), _MOST_LISTS):
        depth = Brackets().depth_at(text, match.start())
        if depth <= _DEEPEST and _begins_story(window, window.at + match.end(), text_field):
            return window.at + match.end(), depth
    return None


def _grow_to_end(window: Window, start: int, most: int) -> int | None:
    """Where the value at `start` ends, the window grown as far as needed; None beyond `most`."""
    brackets, at = Brackets(), start
    while True:
        at, is_closed = brackets.follow(window.text, at)
        if is_closed:
            return at
        if at - start > most or not window.grow():
            return None


def _parsed(text: str) -> Mapping[str, Any] | None:
    try:
        value = parse("", text)
    except UnreadableDocument:
        return None
    return value if isinstance(value, dict) else None


def _is_record(text: str, text_field: str | None) -> bool:
    """Whether an object is a story: it has a text of its own."""
    fields = _parsed(text)
    if fields is None:
        return False
    if text_field is not None:
        return text_field in fields or text_field.partition(".")[0] in fields
    named = {plain_name(name): value for name, value in fields.items()}
    texts = [named[name] for name in NAMES["text"] if name in named]
    return any(isinstance(text, str) and text.strip() for text in texts)


def _begins_story(window: Window, start: int, text_field: str | None) -> bool:
    """Whether the object at `start` has two of a story's fields or the one named, or wraps one."""
    end = _grow_to_end(window, start, _LOOK_AHEAD)
    fields = _parsed(window.text[start:end]) if end is not None else None
    if fields is None:
        return False
    if isinstance(fields.get("_source"), Mapping):
        return True
    if text_field is not None and text_field.partition(".")[0] in fields:
        return True
    names = set(map(plain_name, fields))
    return sum(not names.isdisjoint(NAMES[ours]) for ours in _STORY_FIELDS) >= 2
