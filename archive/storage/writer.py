"""The one writer: prepared documents in, rows out, a batch a transaction.

What a batch does is decided inside its transaction, so that another process may write between
two batches. Ids are given in the order in which documents come.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from archive.records import Metadata, Prepared
from archive.storage import copies, pairs
from archive.storage.entities import EntityIndex, drop_forms, mark_source_unsettled
from archive.storage.furniture import LONGEST, Line, lines_of, reset, settle_furniture
from archive.storage.rows import (
    DERIVED_TABLES,
    Buffer,
    SourceRows,
    insert_statement,
    metadata_json,
    parts_json,
)

BATCH_ARTICLES = 500
"""Articles per transaction: small batches cost more in commits than in memory saved."""


class Outcome(StrEnum):
    """What became of a document; the names are columns of `runs`."""

    STORED = "stored"
    REVISED = "revised"
    REPROCESSED = "reprocessed"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left_out"
    REMOVED = "removed"
    FAILED = "failed"


class Writer:
    """Writes documents into an archive opened with `write_engine`.

    `run_id` and `extractor_version` mark the rows; `comparer` tells what two articles are to each
    other. `outcomes` counts what became of the documents.
    Call `flush` at the end; what was not flushed is not stored.
    """

    def __init__(
        self,
        connection: Connection,
        run_id: int,
        extractor_version: str,
        comparer: pairs.Comparer[Any],
    ) -> None:
        self._connection = connection
        self._comparer = comparer
        self._run_id = run_id
        self._extractor_version = extractor_version
        self._entities = EntityIndex(connection)
        self._waiting: dict[str, Prepared] = {}
        self._failures: dict[str, str] = {}
        self._readable: set[str] = set()
        self._articles = 0
        self._data_version: int | None = None
        self.outcomes: Counter[Outcome] = Counter()

    # ---- what callers ask for

    def add(self, prepared: Prepared) -> None:
        """Store a document, when its batch is full."""
        if prepared.document.name in self._waiting:
            self.flush()
        self._waiting[prepared.document.name] = prepared
        self._articles += len(prepared.segments.articles)
        if self._articles >= BATCH_ARTICLES:
            self.flush()

    def fail(self, name: str, reason: str) -> None:
        """Note that a document could not be read."""
        self._failures[name] = reason
        self.outcomes[Outcome.FAILED] += 1
        if len(self._failures) >= BATCH_ARTICLES:
            self.flush()

    def forget_failures(self, files: Iterable[str]) -> None:
        """Drop what earlier runs noted of these files and the records in them.

        Call it after a run that read them to their ends: what is still wrong it noted itself.
        """
        with self._connection.begin():
            self._connection.exec_driver_sql(
                # From `name#` on and before `name$`: the records of a container, by the index.
                "DELETE FROM failures WHERE run_id <> ?1 AND (name = ?2 OR "
                "(name >= ?2 || '#' AND name < ?2 || '$'))",
                [(self._run_id, name) for name in files],
            )

    def unchanged(self, name: str, outcome: Outcome) -> None:
        """Note that a document was read and need not be stored."""
        self._readable.add(name)
        self.outcomes[outcome] += 1
        if len(self._readable) >= BATCH_ARTICLES:
            self.flush()

    def flush(self) -> None:
        """Write what waits, in one transaction: all of it or nothing."""
        with self._batch():
            accepted = [
                (source_id, prepared)
                for prepared in self._waiting.values()
                if (source_id := self._accept(prepared)) is not None
            ]
            self._write(accepted)
            self._write_failures()
        self._waiting.clear()
        self._failures.clear()
        self._readable.clear()
        self._articles = 0

    def replace(self, source_id: int, prepared: Prepared) -> None:
        """Put newly extracted rows in the place of a source's old ones, in one transaction."""
        with self._batch():
            self._clear(source_id, prepared)
            self._write([(source_id, prepared)])
        self.outcomes[Outcome.REPROCESSED] += 1

    def remove(self, name: str, reason: str) -> int:
        """Take out every source of this name and keep it out; the number taken out."""
        with self._batch():
            found = self._connection.exec_driver_sql(
                "SELECT id, sha256, outlet_id FROM sources WHERE name = ? ORDER BY id", (name,)
            ).fetchall()
            touched: set[int] = set()
            lines: set[Line] = set()
            for source_id, sha256, _outlet in found:
                lines |= lines_of(self._connection, source_id)
                touched.update(self._delete_derived(source_id))
                self._connection.exec_driver_sql("DELETE FROM sources WHERE id = ?", (source_id,))
                self._connection.exec_driver_sql(
                    "INSERT INTO removals (name, sha256, reason, run_id) VALUES (?, ?, ?, ?)",
                    (name, sha256, reason, self._run_id),
                )
            copies.elect_originals(self._connection, touched)
            settle_furniture(self._connection, lines)
            self._drop_outlets({outlet for _id, _sha256, outlet in found})
        self.outcomes[Outcome.REMOVED] += len(found)
        return len(found)

    # ---- one batch

    @contextmanager
    def _batch(self) -> Iterator[None]:
        """One transaction; of one that fails nothing is remembered, as nothing of it is stored."""
        with self._connection.begin():
            version = self._scalar("PRAGMA data_version")
            self._entities.refresh(forget=version != self._data_version)
            self._data_version = None
            self._begin_batch()
            yield
        self._data_version = version

    def _begin_batch(self) -> None:
        self._buffer = Buffer(
            {
                table: 1 + (self._scalar(f"SELECT max(id) FROM {table}") or 0)
                for table in DERIVED_TABLES
            }
        )
        self._next_source = 1 + (self._scalar("SELECT max(id) FROM sources") or 0)
        units = self._connection.exec_driver_sql("SELECT name, id FROM units")
        self._unit_ids = {row[0]: row[1] for row in units}

    def _write(self, accepted: Sequence[tuple[int, Prepared]]) -> None:
        entity_ids = [
            [
                [
                    self._entities.id_of(resolved, mention.text)
                    for mention, resolved in zip(facts.mentions, names, strict=True)
                ]
                for facts, names in zip(prepared.facts, prepared.names, strict=True)
            ]
            for _source_id, prepared in accepted
        ]
        # Only now has every entity of the batch its name.
        fingerprints: dict[int, Sequence[int]] = {}
        lines: set[Line] = set()
        for (source_id, prepared), ids in zip(accepted, entity_ids, strict=True):
            outlet_id = self._outlet(prepared.document.metadata)
            lines |= _short_lines(prepared, outlet_id)
            article_ids = SourceRows(
                prepared=prepared,
                source_id=source_id,
                outlet_id=outlet_id,
                entity_ids=ids,
                survivors=self._entities.survivors,
                entity_names=self._entities.names,
                unit_ids=self._unit_ids,
                buffer=self._buffer,
            ).add()
            fingerprints.update(zip(article_ids, prepared.fingerprints, strict=True))
        self._entities.write()
        for table in DERIVED_TABLES:
            if rows := self._buffer.rows.get(table):
                self._connection.exec_driver_sql(insert_statement(table), rows)
        copies.elect_originals(
            self._connection,
            (value for _, each in accepted for value in each.words_hashes if value is not None),
        )
        settle_furniture(self._connection, lines)
        pairs.link(self._connection, fingerprints, self._comparer)

    def _write_failures(self) -> None:
        if self._failures:
            self._connection.exec_driver_sql(
                "INSERT INTO failures (name, reason, run_id) VALUES (?, ?, ?) "
                "ON CONFLICT (name) DO UPDATE "
                "SET reason = excluded.reason, run_id = excluded.run_id",
                [(name, reason, self._run_id) for name, reason in self._failures.items()],
            )
        readable = [(name,) for name in (*self._waiting, *sorted(self._readable))]
        if readable:
            self._connection.exec_driver_sql("DELETE FROM failures WHERE name = ?", readable)

    # ---- one source

    def _accept(self, prepared: Prepared) -> int | None:
        """Id of the source whose rows must be written; None where nothing is to be done."""
        name, sha256 = prepared.document.name, prepared.sha256
        if self._scalar("SELECT 1 FROM removals WHERE name = ? AND sha256 = ?", name, sha256):
            self.outcomes[Outcome.LEFT_OUT] += 1
            return None
        current = self._connection.exec_driver_sql(
            "SELECT id, sha256, given_json FROM sources "
            "WHERE name = ? AND superseded_by_id IS NULL",
            (name,),
        ).fetchone()
        if current is None:
            self.outcomes[Outcome.STORED] += 1
            return self._insert_source(prepared)
        if current[1] != sha256:
            return self._revise(current[0], prepared)
        if current[2] != metadata_json(prepared.given):
            self.outcomes[Outcome.REPROCESSED] += 1
            self._clear(current[0], prepared)
            return int(current[0])
        self.outcomes[Outcome.UNCHANGED] += 1
        return None

    def _revise(self, current_id: int, prepared: Prepared) -> int | None:
        """Store other content under a known name: the new current source, or an older version."""
        following = self._following_version(prepared)
        if following is None:
            self.outcomes[Outcome.REVISED] += 1
            return self._supersede(current_id, prepared)
        name, sha256 = prepared.document.name, prepared.sha256
        if self._scalar("SELECT 1 FROM sources WHERE name = ? AND sha256 = ?", name, sha256):
            self.outcomes[Outcome.UNCHANGED] += 1
            return None
        self.outcomes[Outcome.REVISED] += 1
        source_id = self._insert_source(prepared, superseded_by=following)
        self._connection.exec_driver_sql(
            "UPDATE sources SET superseded_by_id = ? WHERE superseded_by_id = ? "
            "AND json_extract(metadata_json, '$.version') < ?",
            (source_id, following, prepared.document.metadata.version),
        )
        return source_id

    def _following_version(self, prepared: Prepared) -> int | None:
        """Id of the stored source with the next higher version of the same name, if any."""
        version = prepared.document.metadata.version
        if version is None:
            return None
        found = self._connection.exec_driver_sql(
            "SELECT id, json_extract(metadata_json, '$.version') AS version FROM sources "
            "WHERE name = ? AND version > ? ORDER BY version, id LIMIT 1",
            (prepared.document.name, version),
        ).fetchone()
        return None if found is None else int(found[0])

    def _supersede(self, current_id: int, prepared: Prepared) -> int:
        """Put a revision in the current source's place; content seen before is reinstated."""
        earlier = self._scalar(
            "SELECT id FROM sources WHERE name = ? AND sha256 = ?",
            prepared.document.name,
            prepared.sha256,
        )
        if earlier is None:
            source_id = self._insert_source(prepared)
        else:
            source_id = int(earlier)
            self._connection.exec_driver_sql(
                "UPDATE sources SET superseded_by_id = NULL WHERE id = ?", (source_id,)
            )
            self._clear(source_id, prepared)
        pairs.unlink(self._connection, current_id, self._comparer)
        mark_source_unsettled(self._connection, current_id)
        released = copies.release(self._connection, current_id)
        lines = lines_of(self._connection, current_id)
        self._connection.exec_driver_sql(
            "UPDATE sources SET superseded_by_id = ? WHERE id = ?", (source_id, current_id)
        )
        reset(self._connection, current_id)
        copies.elect_originals(self._connection, released)
        settle_furniture(self._connection, lines)
        return source_id

    def _insert_source(self, prepared: Prepared, superseded_by: int | None = None) -> int:
        document = prepared.document
        source_id, self._next_source = self._next_source, self._next_source + 1
        self._connection.exec_driver_sql(
            insert_statement("sources"),
            (
                source_id,
                document.name,
                prepared.sha256,
                document.media_type,
                document.encoding,
                prepared.byte_count,
                document.metadata.url,
                self._outlet(document.metadata),
                document.metadata.retrieved_at,
                superseded_by,
                self._extractor_version,
                metadata_json(document.metadata),
                metadata_json(prepared.given),
                self._run_id,
            ),
        )
        self._connection.exec_driver_sql(
            insert_statement("source_contents"),
            (
                source_id,
                prepared.packed,
                prepared.compression,
                document.text if document.is_rendition else None,
                parts_json(document.parts),
            ),
        )
        return source_id

    def _clear(self, source_id: int, prepared: Prepared) -> None:
        """Empty a source of its derived rows and note what its new ones are made with.

        The rendition is written again with them: a later version of a reader may make another.
        """
        document, metadata = prepared.document, prepared.document.metadata
        old_outlet = self._scalar("SELECT outlet_id FROM sources WHERE id = ?", source_id)
        lines = lines_of(self._connection, source_id)
        touched = self._delete_derived(source_id)
        self._connection.exec_driver_sql(
            "UPDATE sources SET media_type = ?, encoding = ?, extractor_version = ?, "
            "metadata_json = ?, given_json = ?, url = ?, outlet_id = ?, retrieved_at = ? "
            "WHERE id = ?",
            (
                document.media_type,
                document.encoding,
                self._extractor_version,
                metadata_json(metadata),
                metadata_json(prepared.given),
                metadata.url,
                self._outlet(metadata),
                metadata.retrieved_at,
                source_id,
            ),
        )
        self._connection.exec_driver_sql(
            "UPDATE source_contents SET text = ?, parts = ? WHERE source_id = ?",
            (
                document.text if document.is_rendition else None,
                parts_json(document.parts),
                source_id,
            ),
        )
        copies.elect_originals(self._connection, touched)
        settle_furniture(self._connection, lines)
        self._drop_outlets({old_outlet})

    def _delete_derived(self, source_id: int) -> list[int]:
        """Delete what was made from a source; the word hashes whose groups must elect again."""
        pairs.unlink(self._connection, source_id, self._comparer)
        touched = copies.release(self._connection, source_id)
        named = self._connection.exec_driver_sql(
            "SELECT DISTINCT coalesce(m.own_entity_id, m.entity_id), m.text, m.name "
            "FROM mentions m JOIN paragraphs p ON p.id = m.paragraph_id WHERE p.source_id = ?",
            (source_id,),
        )
        forms = [(row[0], row[1], row[2]) for row in named]
        for table in ("paragraphs", "articles"):
            self._connection.exec_driver_sql(
                f"DELETE FROM {table} WHERE source_id = ?",
                (source_id,),
            )
        drop_forms(self._connection, forms)
        self._entities.refresh(forget=True)
        return touched

    # ---- small parts

    def _outlet(self, metadata: Metadata) -> int | None:
        if metadata.outlet is None:
            return None
        found = self._connection.exec_driver_sql(
            "SELECT id, domain FROM outlets WHERE name = ?", (metadata.outlet,)
        ).fetchone()
        if found is None:
            outlet_id = 1 + (self._scalar("SELECT max(id) FROM outlets") or 0)
            self._connection.exec_driver_sql(
                "INSERT INTO outlets (id, name, domain) VALUES (?, ?, ?)",
                (outlet_id, metadata.outlet, metadata.outlet_domain),
            )
            return int(outlet_id)
        # The smallest domain wins, so that the order of arrival does not matter.
        if metadata.outlet_domain and (found[1] is None or metadata.outlet_domain < found[1]):
            self._connection.exec_driver_sql(
                "UPDATE outlets SET domain = ? WHERE id = ?", (metadata.outlet_domain, found[0])
            )
        return int(found[0])

    def _drop_outlets(self, outlet_ids: set[int | None]) -> None:
        self._connection.exec_driver_sql(
            "DELETE FROM outlets WHERE id = ? "
            "AND NOT EXISTS (SELECT 1 FROM sources WHERE outlet_id = outlets.id) "
            "AND NOT EXISTS (SELECT 1 FROM articles WHERE outlet_id = outlets.id)",
            [(outlet_id,) for outlet_id in sorted(outlet_ids - {None})] or [(None,)],  # type: ignore[type-var]
        )

    def _scalar(self, statement: str, *values: object) -> int | None:
        found = self._connection.exec_driver_sql(statement, values).scalar()
        return None if found is None else int(found)


def _short_lines(prepared: Prepared, outlet_id: int | None) -> set[Line]:
    """Lines of a document that may be repeated on other pages of its outlet."""
    if outlet_id is None:
        return set()
    return {
        (words_hash, outlet_id)
        for paragraph, words_hash in zip(
            prepared.segments.paragraphs, prepared.words_hashes, strict=True
        )
        if words_hash is not None and len(paragraph.text) <= LONGEST
    }
