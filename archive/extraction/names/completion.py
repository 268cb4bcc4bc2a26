"""What the names of a document, and the text right beside them, add once all are found."""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.extraction.names.document import can_be_surname
from archive.records import EntityType, Mention

_SURE = 0.6  # score from which a full name speaks for its surname
_YEAR = re.compile(r",? (?:1[89]|20)\d\d\b")


def with_surnames(found: Sequence[list[Mention]]) -> list[list[Mention]]:
    """The mentions of a document: what is the last word of a person's name is that person.

    Not what the lexicons know well as something else (`Jordan`), nor a common word.
    """
    last = {
        mention.text.rpartition(" ")[2]
        for mentions in found
        for mention in mentions
        if mention.type is EntityType.PERSON and " " in mention.text and mention.score >= _SURE
    }
    surnames = {word for word in last if can_be_surname(word)}
    return [
        [
            replace(mention, type=EntityType.PERSON, rule="surname")
            if mention.text in surnames and mention.type is not EntityType.PERSON
            else mention
            for mention in mentions
        ]
        for mentions in found
    ]


def completed(mentions: list[Mention], text: str) -> list[Mention]:
    """The mentions of a paragraph: laws with their years, abbreviations typed as what they are of.

    A law's year is part of its name, after a comma too (`Wages Act, 1951`). An abbreviation in
    brackets has the type of the longer name right before it.
    """
    found: list[Mention] = []
    for at, mention in enumerate(mentions):
        if found and _abbreviates(mention, found[-1], text):
            found.append(replace(mention, type=found[-1].type, rule="abbreviation"))
        elif mention.type is EntityType.LAW:
            after = mentions[at + 1].char_start if at + 1 < len(mentions) else len(text)
            found.append(_with_year(mention, text, after))
        else:
            found.append(mention)
    return found


def _with_year(law: Mention, text: str, after: int) -> Mention:
    """The law with the year behind it, unless the next name, at `after`, begins with that."""
    year = _YEAR.match(text, law.char_end)
    if year is None or year.end() > after:
        return law
    return replace(law, char_end=year.end(), text=text[law.char_start : year.end()])


def _abbreviates(short: Mention, name: Mention, text: str) -> bool:
    return (
        short.text.isupper()
        and " " in name.text
        and text[name.char_end : short.char_start] == " ("
        and text[short.char_end : short.char_end + 1] == ")"
    )
