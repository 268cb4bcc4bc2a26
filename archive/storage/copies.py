"""Which paragraph is the first of those with the same words, among current sources."""

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import Connection

# Copies point at their original, so only originals and newcomers have no pointer: of a group of any
# size few rows are read. Order: earliest date, dated before undated, then the source's name.
_CANDIDATES = """
SELECT p.words_hash, p.id
FROM temp.touched t
CROSS JOIN paragraphs p ON p.words_hash = t.words_hash AND p.copy_of_id IS NULL
JOIN sources s ON s.id = p.source_id AND s.superseded_by_id IS NULL
LEFT JOIN articles a ON a.id = p.article_id
WHERE EXISTS (
    SELECT 1 FROM paragraphs q WHERE q.words_hash = t.words_hash LIMIT 1 OFFSET 1
)
ORDER BY p.words_hash, a.published_on IS NULL, a.published_on, a.published_at IS NULL,
    a.published_at, s.name, s.sha256, p.char_start
"""


def elect_originals(connection: Connection, words_hashes: Iterable[int]) -> None:
    """Point every paragraph with one of these hashes at the earliest with the same words.

    The result depends on the rows alone, not on the order in which they came. Paragraphs of
    superseded sources take no part.
    """
    connection.exec_driver_sql(
        "CREATE TEMP TABLE IF NOT EXISTS touched (words_hash INTEGER PRIMARY KEY)"
    )
    connection.exec_driver_sql("DELETE FROM temp.touched")
    hashes = [(value,) for value in sorted(set(words_hashes))]
    if not hashes:
        return
    connection.exec_driver_sql("INSERT INTO temp.touched VALUES (?)", hashes)
    rows = connection.exec_driver_sql(_CANDIDATES).fetchall()
    pointers = []
    for _hash, group in groupby(rows, key=lambda row: row[0]):
        first, *rest = [row[1] for row in group]
        pointers += [(first, other, other) for other in rest]
    if pointers:
        connection.exec_driver_sql(
            "UPDATE paragraphs SET copy_of_id = ? WHERE copy_of_id = ? OR id = ?", pointers
        )


def release(connection: Connection, source_id: int) -> list[int]:
    """Take a source's paragraphs out of their groups; the hashes whose groups must elect again."""
    connection.exec_driver_sql(
        "UPDATE paragraphs SET copy_of_id = NULL WHERE copy_of_id IN "
        "(SELECT id FROM paragraphs WHERE source_id = ?)",
        (source_id,),
    )
    connection.exec_driver_sql(
        "UPDATE paragraphs SET copy_of_id = NULL WHERE source_id = ?", (source_id,)
    )
    found = connection.exec_driver_sql(
        "SELECT DISTINCT words_hash FROM paragraphs WHERE source_id = ? AND words_hash IS NOT NULL",
        (source_id,),
    )
    return [int(value) for value in found.scalars()]
