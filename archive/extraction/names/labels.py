"""The network's tags: `O`, and for each type beginning, inside, end and single (BIOES)."""

from archive.records import EntityType

LABELS = tuple(str(type_) for type_ in EntityType)
TAGS = 1 + 4 * len(LABELS)
BEGIN, INSIDE, END, SINGLE = range(4)


def tag(label: str, part: int) -> int:
    """Number of a label's tag; `part` is BEGIN, INSIDE, END or SINGLE. Outside is 0."""
    return 1 + 4 * LABELS.index(label) + part
