"""What a PDF says of itself: its document information and its XMP metadata.

Sources: ISO 32000-2, 14.3; PRISM 3.0 (publication dates of publishers). The day that a file was
made is no day of publication, but where a browser printed it, it is the day that the page was
fetched.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from pypdf import PdfReader

from archive.reading.markup import clean_line
from archive.reading.moments import moment_of, published_of
from archive.records import Published

_BROWSER: Final = re.compile(
    r"Mozilla|Chrom(?:e|ium)|Firefox|Safari|Skia/PDF|HeadlessChrome|wkhtmltopdf|Edg(?:e|A)?/"
)
"""Programs that print web pages, as they name themselves in `Creator` and `Producer`."""

_PRISM: Final = (
    "http://prismstandard.org/namespaces/basic/2.0/",
    "http://prismstandard.org/namespaces/basic/2.1/",
    "http://prismstandard.org/namespaces/basic/3.0/",
    "http://prismstandard.org/namespaces/1.2/basic/",
)
_LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfProperties:
    """Properties of a PDF, each None where it says nothing."""

    title: str | None = None
    author: str | None = None
    language: str | None = None
    published: Published | None = None
    outlet: str | None = None
    printed_at: str | None = None
    is_web_page: bool = False
    """Whether a browser printed it."""


def read_properties(reader: PdfReader) -> PdfProperties:
    """Read what a PDF says of itself; what is damaged is left out, nothing raises."""
    info: Any = _get(lambda: reader.metadata) or {}
    xmp: Any = _get(lambda: reader.xmp_metadata)
    programs = (_text(lambda: info.get("/Creator")), _text(lambda: info.get("/Producer")))
    creator = " ".join(filter(None, programs))
    is_web_page = _BROWSER.search(creator) is not None
    made = _get(lambda: info.creation_date) if is_web_page else None
    return PdfProperties(
        title=_text(lambda: next(iter((xmp.dc_title or {}).values())))
        or _text(lambda: info.get("/Title")),
        author=_text(lambda: ", ".join(xmp.dc_creator)) or _text(lambda: info.get("/Author")),
        language=_text(lambda: reader.root_object.get("/Lang")),
        published=published_of(_prism(xmp, "publicationDate") or _prism(xmp, "coverDate")),
        outlet=_prism(xmp, "publicationName"),
        printed_at=moment_of(made.isoformat()) if isinstance(made, datetime) else None,
        is_web_page=is_web_page,
    )


def _prism(xmp: Any, name: str) -> str | None:
    found = (_text(partial(_node_text, xmp, namespace, name)) for namespace in _PRISM)
    return next(filter(None, found), None)


def _node_text(xmp: Any, namespace: str, name: str) -> str | None:
    """The text of the first node of a name: an attribute, an element, or a list in one."""
    for node in xmp.get_element("", namespace, name):
        if getattr(node, "value", None):
            return str(node.value)
        pieces = [child.data for child in node.childNodes if hasattr(child, "data")]
        items = [
            item.firstChild.data
            for item in node.getElementsByTagName("rdf:li")
            if item.firstChild is not None and hasattr(item.firstChild, "data")
        ]
        return " ".join(items or pieces)
    return None


def _get(get: Callable[[], Any]) -> Any:
    """A property; None where it is missing or damaged, which raises many kinds of errors."""
    try:
        return get()
    except Exception:
        return None


def _text(get: Callable[[], Any]) -> str | None:
    found = _get(get)
    if not isinstance(found, str) or len(found) > _LONGEST:
        return None
    return clean_line(found) or None
