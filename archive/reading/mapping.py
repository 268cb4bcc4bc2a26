"""Which field of a record is which field of the archive, as the user says it (`--map`)."""

from typing import Final

from archive.errors import MisuseError
from archive.reading.data.presets import MAPPABLE

Mapping = tuple[tuple[str, str], ...]
"""Pairs of a field of the archive and a field of the record, as in `RawRecord.mapping`."""

_ALSO: Final = {"published_at": "published", "published_on": "published", "title": "headline"}
"""Names that the archive's tables, or most tools, have for its fields."""


def parse_mapping(text: str) -> Mapping:
    """Read `text=body,url=link,published=date`; a comma within a name cannot be written.

    Raises MisuseError for a pair without `=`, for an unknown field of the archive, and for one
    that stands twice.

    >>> parse_mapping("text=body, published_at=date")
    (('text', 'body'), ('published', 'date'))
    """
    pairs: dict[str, str] = {}
    for written in text.split(","):
        ours, equals, theirs = (part.strip() for part in written.partition("="))
        ours = _ALSO.get(ours, ours)
        if not (equals and ours and theirs):
            raise MisuseError(
                f"--map: {written.strip()!r} is no pair. Write the archive's field, = and the "
                "record's: --map text=body,url=link,published=date."
            )
        if ours not in MAPPABLE:
            raise MisuseError(
                f"--map: the archive has no field {ours!r}. Its fields: {', '.join(MAPPABLE)}."
            )
        if ours in pairs:
            raise MisuseError(f"--map: {ours} stands twice. Give each field once.")
        pairs[ours] = theirs
    return tuple(pairs.items())
