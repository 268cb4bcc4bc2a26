"""Furniture that shows by its repetition: short lines that an outlet prints on many pages.

A page alone cannot tell `Join 40,000 readers of our morning letter` from a sentence of its story;
five pages of one outlet with the same words can. Such lines have the role furniture while there are
so many of them among current sources, and otherwise the role that their own page gave them
(`page_role`), so that the result depends on what is stored and not on the order in which it came.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

REPETITIONS = 5
"""Current sources of one outlet that must have the same words."""

LONGEST = 200
"""Characters of a line that repetition alone makes furniture; agencies repeat longer paragraphs."""

Line = tuple[int, int]
"""A line as it is repeated: hash of its words, id of the outlet."""

_CURRENT = (
    f"p.words_hash = l.words_hash AND length(p.text) <= {LONGEST} AND p.page_role <> 'headline' "
    "AND s.outlet_id = l.outlet_id AND s.superseded_by_id IS NULL"
)

# Counting stops at REPETITIONS: a line on a hundred thousand pages costs no more than others.
_COUNT = (
    "UPDATE temp.lines AS l SET is_repeated = (SELECT count(*) FROM (SELECT DISTINCT p.source_id "
    f"FROM paragraphs p CROSS JOIN sources s ON s.id = p.source_id WHERE {_CURRENT} "
    f"LIMIT {REPETITIONS})) = {REPETITIONS}"
)
_SETTLE = (
    "UPDATE paragraphs SET role = CASE WHEN wanted.is_repeated THEN 'furniture' ELSE page_role END "
    "FROM (SELECT p.id, l.is_repeated FROM temp.lines l "
    "CROSS JOIN paragraphs p ON p.words_hash = l.words_hash "
    f"CROSS JOIN sources s ON s.id = p.source_id WHERE {_CURRENT} "
    "AND p.role <> CASE WHEN l.is_repeated THEN 'furniture' ELSE p.page_role END) AS wanted "
    "WHERE paragraphs.id = wanted.id"
)


def lines_of(connection: Connection, source_id: int) -> set[Line]:
    """Lines of a source that may be repeated on others of its outlet."""
    found = connection.exec_driver_sql(
        "SELECT DISTINCT p.words_hash, s.outlet_id FROM sources s "
        "JOIN paragraphs p ON p.source_id = s.id WHERE s.id = ? AND s.outlet_id IS NOT NULL "
        f"AND p.words_hash IS NOT NULL AND length(p.text) <= {LONGEST}",
        (source_id,),
    )
    return {(row[0], row[1]) for row in found}


def reset(connection: Connection, source_id: int) -> None:
    """Give the paragraphs of a source that is no longer current their page's roles again."""
    connection.exec_driver_sql(
        "UPDATE paragraphs SET role = page_role WHERE source_id = ? AND role <> page_role",
        (source_id,),
    )


def settle_furniture(connection: Connection, lines: Iterable[Line]) -> None:
    """Give these lines, wherever they are, the role that their number of repetitions asks for."""
    rows = sorted(set(lines))
    if not rows:
        return
    connection.exec_driver_sql(
        "CREATE TEMP TABLE IF NOT EXISTS lines (words_hash, outlet_id, is_repeated)"
    )
    connection.exec_driver_sql("DELETE FROM temp.lines")
    connection.exec_driver_sql("INSERT INTO temp.lines VALUES (?, ?, 0)", rows)
    connection.exec_driver_sql(_COUNT)
    connection.exec_driver_sql(_SETTLE)
