"""Which state an archive is in: what tells whether a snapshot of it is still up to date.

A state is made of what the rows follow from (the sources with what was said of them, removals,
decisions, failures, reference rows), never of how often a command ran: an ingest that finds
nothing new leaves it as it is. Counts and highest ids alone would not do, for after a restore
other documents may come to the same counts.
"""

import hashlib
import sqlite3
from collections.abc import Mapping

State = Mapping[str, str | int | None]
"""SHA-256 per part, hex; and the last run that changed something, null where none did."""

_PARTS: Mapping[str, tuple[str, ...]] = {
    "sources": (
        "SELECT id, name, sha256, extractor_version, metadata_json, superseded_by_id "
        "FROM sources ORDER BY id",
    ),
    # `run_id` is left out of both: a document that fails once more changes nothing else.
    "removals": ("SELECT name, sha256, reason FROM removals ORDER BY name, sha256, reason",),
    "failures": ("SELECT name, reason FROM failures ORDER BY name",),
    "decisions": ("SELECT * FROM decisions ORDER BY id",),
    "reference": tuple(
        f"SELECT * FROM {table} ORDER BY 1" for table in ("countries", "units", "measures")
    ),
}

_LAST_CHANGE = """
SELECT max(id) FROM runs
WHERE stored OR revised OR reprocessed OR removed OR NOT is_complete
"""


def state_of(connection: sqlite3.Connection) -> State:
    """Tell one state of an archive from another; reads the sources' rows, not their content."""
    state: dict[str, str | int | None] = {
        part: _sha256(connection, selects) for part, selects in _PARTS.items()
    }
    state["last_change"] = connection.execute(_LAST_CHANGE).fetchone()[0]
    return state


def _sha256(connection: sqlite3.Connection, selects: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for select in selects:
        for row in connection.execute(select):
            digest.update(repr(row).encode())
    return digest.hexdigest()
