"""The fields that Nexis prints around a story, by their names in the languages of its interface.

Layout and names: the documentation, code and samples of R's LexisNexisTools (Gruber),
tm.plugin.lexisnexis (Bouchet-Valat, Watkins) and AmCAT (van Atteveldt), read as descriptions.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from archive.reading.databases.press_stories import byline_field, section_field
from archive.reading.language_names import language_code
from archive.records import Metadata

_NAMES: Final = {
    "headline": "headline|titre|überschrift",
    "byline": "byline|auteur|autor",
    "section": "section|rubrique|rubrik",
    "length": "length|longueur|länge",
    "dateline": "dateline",
    "highlight": "highlight",
    "insert": "insert|encart",
    "graphic": "graphic|grafik",
    "language": "language|langue|sprache",
    "loaded": "load-date|date-chargement|update",
    "url": "url",
    "correction": "correction",
    "correction date": "correction-date",
    "class": (
        "type|publication-type|type-publication|pub-type|document-type|subject|sujet|geographic|"
        "geo-localization|localisation-geo|company|societe|person|organization|organisation|"
        "ticker|stock-symbol|symbole-boursier|industry|activity-sector|secteur-activite|"
        "journal-code|journal code|distribution|series|name|acc-no|state|city|country"
    ),
}
_FIELD: Final = {
    name: re.compile(rf"(?:{names})\s*:(?=[\s\u00a0]|$)\s*(.*)", re.I | re.S)
    for name, names in _NAMES.items()
}
_LETTERS: Final = re.compile(r"[^\W\d_][\w -]{1,30}:")

HEADER: Final = frozenset(
    {"headline", "byline", "section", "length", "dateline", "highlight", "insert", "url"}
)
"""Fields before the text of a story."""

TRAILER: Final = frozenset(_NAMES) - HEADER | {"url"}
"""Fields after the text of a story; a line of the text may look like one of the others."""


def field_of(line: str, *, capitals: bool) -> tuple[str, str] | None:
    """Which field a line begins, and its value; None for any other line.

    With `capitals` its name must be in capitals, as in the old layout of plain text.

    >>> field_of("BYLINE: Ana Torvald", capitals=True)
    ('byline', 'Ana Torvald')
    >>> field_of("Length: two metres and a half", capitals=True) is None
    True
    """
    label = _LETTERS.match(line)
    if label is None or (capitals and label[0] != label[0].upper()):
        return None
    for name, pattern in _FIELD.items():
        if match := pattern.fullmatch(line):
            return name, match[1].strip()
    return None


def metadata_of(fields: Mapping[str, str]) -> Metadata:
    """What the fields of a story say; outlet and date stand elsewhere in its header."""
    url = fields.get("url", "")
    metadata = Metadata(
        headline=" ".join(fields.get("headline", "").split()) or None,
        byline=byline_field(fields.get("byline", "")),
        section=section_field(fields.get("section", "")),
        language=language_code(fields.get("language", "")),
        url=url if re.fullmatch(r"https?://\S+", url) else None,
    )
    if "correction" in fields or "correction date" in fields:
        metadata = replace(metadata, status="corrected")
    return metadata
