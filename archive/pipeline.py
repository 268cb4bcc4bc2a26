"""The steps in order, and where they run.

    files → records → [read → segment → extract → resolve] → write

The part in brackets is `prepare`: pure, one document at a time, in this process or in worker
processes. Records go out and come back in the order of their names, so that the rows do not
depend on the number of workers.
"""

import hashlib
import multiprocessing
import os
import signal
import sqlite3
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

from sqlalchemy import Connection

from archive import __version__, reading
from archive.errors import ArchiveError, MisuseError, UnreadableDocument
from archive.extraction.document import LANGUAGE, dateline_place, extract
from archive.extraction.names.finder import finder, finder_version
from archive.reading.meta import overlay
from archive.records import Document, Metadata, Prepared, RawRecord, Role
from archive.resolution import clusters as matching
from archive.resolution import copies
from archive.resolution.entities import resolve_names
from archive.resources import REFERENCE
from archive.segmenting import segment
from archive.storage import audit as auditing
from archive.storage import clusters, contents, decisions, dossier, pairs, runs
from archive.storage.cluster_audit import audit_clusters
from archive.storage.digest import source_rows
from archive.storage.engine import (
    connect_readonly,
    explained,
    migrate,
    read_engine,
    require_current,
    write_engine,
)
from archive.storage.links import Linker
from archive.storage.reference import fill_reference
from archive.storage.revisions import RevisionChanges, changes, revisions
from archive.storage.rows import Row
from archive.storage.writer import Outcome, Writer
from archive.vocabulary.countries import country_rows
from archive.vocabulary.measures import measure_rows
from archive.vocabulary.units import unit_rows

CHUNK = 25
"""Documents sent to a worker at a time: enough to hide the cost of sending."""

_CHUNK_BYTES = 4 * 1024 * 1024
"""A chunk is sent before it is full where its documents reach this size together."""

_CHUNKS_PER_WORKER = 3
"""Chunks under way per worker; bounds memory whatever the size of the input."""


COMPARER = pairs.Comparer(copies.read_text, copies.judge)
"""How two stored articles are compared, for the writer, which knows nothing of texts."""

LINKER = Linker(matching.blocking_keys, matching.block_limit, matching.needs_context, matching.link)
"""How entities of different documents are compared, for storage, which knows nothing of names."""


@cache
def extractor_version() -> str:
    """Version of everything that decides what rows a text gives.

    The archive's version and the start of a SHA-256 over the modules of the steps and their
    reference tables, so that a changed rule can never go by the old name.
    """
    digest = hashlib.sha256()
    package = Path(__file__).parent
    steps = ("reading", "segmenting", "extraction", "resolution", "vocabulary")
    files = [path for step in steps for path in (package / step).rglob("*") if path.is_file()]
    for path in sorted([*files, *REFERENCE.glob("*")]):
        if path.suffix != ".pyc":
            digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return f"{__version__}+{digest.hexdigest()[:10]}"


def _version(names_by: str | None) -> str:
    """`extractor_version` and, after a space, the model that finds names instead of our own."""
    return f"{extractor_version()} {finder_version(names_by)}".rstrip()


# ------------------------------------------------------------------------- one document


def prepare(record: RawRecord, names_by: str | None = None) -> Prepared:
    """Take one record from its bytes to all the rows it gives.

    `names_by` is the model that finds names (`spacy:MODEL`), None for the archive's own. Raises
    UnreadableDocument where the record cannot be read.
    """
    packed, compression = contents.pack(record.content)
    return _prepare(
        reading.read(record),
        given=record.metadata,
        sha256=hashlib.sha256(record.content).hexdigest(),
        byte_count=len(record.content),
        packed=packed,
        compression=compression,
        names_by=names_by,
    )


def _prepare(
    document: Document,
    *,
    given: Metadata,
    sha256: str,
    byte_count: int,
    packed: bytes,
    compression: str,
    names_by: str | None,
) -> Prepared:
    segments = segment(document)
    facts = extract(segments, finder(names_by))
    hashed = copies.hash_document(segments)
    return Prepared(
        document=document,
        given=given,
        sha256=sha256,
        byte_count=byte_count,
        packed=packed,
        compression=compression,
        segments=segments,
        facts=tuple(facts),
        names=tuple(
            tuple(names)
            for names in resolve_names(
                [each.mentions for each in facts],
                [paragraph.article for paragraph in segments.paragraphs],
                texts=[paragraph.text for paragraph in segments.paragraphs],
                roles=[each.roles for each in facts],
            )
        ),
        places=tuple(
            dateline_place(index, segments, facts) for index in range(len(segments.articles))
        ),
        words_hashes=hashed.words_hashes,
        fingerprints=hashed.fingerprints,
        word_counts=tuple(
            0 if paragraph.role is Role.FURNITURE else count
            for paragraph, count in zip(segments.paragraphs, hashed.word_counts, strict=True)
        ),
    )


def _attempt(record: RawRecord, names_by: str | None) -> Prepared | UnreadableDocument:
    try:
        return prepare(record, names_by)
    except UnreadableDocument as error:
        return error
    except Exception as error:
        return UnreadableDocument(
            record.name, f"internal error, please report it: {type(error).__name__}: {error}"
        )


def _attempt_all(
    records: Sequence[RawRecord], names_by: str | None
) -> list[Prepared | UnreadableDocument]:
    return [_attempt(record, names_by) for record in records]


# ------------------------------------------------------------------------ many documents


@contextmanager
def _executor(workers: int) -> Iterator[Executor | None]:
    """Worker processes, or None for this process alone."""
    if workers <= 1:
        yield None
        return
    # Not forked: a fork would carry open database handles and locks along.
    context = multiprocessing.get_context("spawn")
    # The workers' numpy must not start threads of its own beside them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_ignore_ctrl_c) as executor:
        yield executor


def _ignore_ctrl_c() -> None:
    """Leave Ctrl-C to the main process, which ends the workers in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _prepared(
    records: Iterable[RawRecord], workers: int, names_by: str | None
) -> Iterator[Prepared | UnreadableDocument]:
    """Prepare records in their order, with a bounded number under way."""
    chunks = _chunks(records)
    first = next(chunks, [])
    second = next(chunks, None)
    if second is None:  # a handful is done before a worker has started
        yield from (_attempt(record, names_by) for record in first)
        return
    chunks = chain((first, second), chunks)
    with _executor(workers) as executor:
        if executor is None:
            for chunk in chunks:
                yield from (_attempt(record, names_by) for record in chunk)
            return
        under_way: deque[Future[list[Prepared | UnreadableDocument]]] = deque()
        try:
            for chunk in chunks:
                under_way.append(executor.submit(_attempt_all, chunk, names_by))
                if len(under_way) >= workers * _CHUNKS_PER_WORKER:
                    yield from under_way.popleft().result()
            while under_way:
                yield from under_way.popleft().result()
        except BrokenProcessPool as error:
            raise ArchiveError(
                "A worker process was killed, most likely for want of memory. What was stored "
                "stays; run the same command again with --workers 1."
            ) from error


def _chunks(records: Iterable[RawRecord]) -> Iterator[list[RawRecord]]:
    chunk: list[RawRecord] = []
    size = 0
    for record in records:
        chunk.append(record)
        size += len(record.content)
        if len(chunk) == CHUNK or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


# ------------------------------------------------------------------------------- runs


@dataclass(slots=True)
class Report:
    """What a run did: how many documents came to which end, and why some failed.

    `changes` is filled by `reprocess`: rows gone and rows new, by table. `other_languages` counts
    articles, by language, that were stored without extraction.
    """

    outcomes: dict[Outcome, int] = field(default_factory=dict)
    failures: list[UnreadableDocument] = field(default_factory=list)
    changes: dict[str, tuple[int, int]] = field(default_factory=dict)
    other_languages: Counter[str] = field(default_factory=Counter)


@contextmanager
def _writing(
    db: Path, command: str, names_by: str | None = None
) -> Iterator[tuple[Writer, Connection, Report]]:
    """A writer within a run: migrated database, filled reference tables, a row in `runs`."""
    version = _version(names_by)
    with explained(db):
        migrate(db)
    engine = write_engine(db)
    report = Report()
    try:
        with explained(db), engine.connect() as connection:
            with connection.begin():
                fill_reference(connection, country_rows(), unit_rows(), measure_rows())
            run_id = runs.start_run(connection, command, version)
            writer = Writer(connection, run_id, version, COMPARER)
            try:
                yield writer, connection, report
            except KeyboardInterrupt:
                writer.flush()  # what is prepared is worth keeping
                raise
            writer.flush()
            _settle(connection)
            report.outcomes = dict(writer.outcomes)
            runs.finish_run(connection, run_id, writer.outcomes)
    finally:
        engine.dispose()


def _settle(connection: Connection) -> None:
    """Settle which entities are the same; by new rules, all of them."""
    with connection.begin():
        if _settled_rules(runs.settled_version(connection)) != extractor_version():
            clusters.unsettle_all(connection)
    clusters.settle(connection, LINKER)


def _settled_rules(version: str | None) -> str | None:
    """Version of the rules alone: which model finds names does not change how they are settled."""
    return None if version is None else version.partition(" ")[0]


MetadataFor = Callable[[str], Metadata]
Progress = Callable[[str], None]


def _silent(_name: str) -> None:
    return None


def ingest(  # noqa: PLR0913 (each is an option of the command)
    paths: Sequence[Path],
    db: Path,
    *,
    metadata_for: MetadataFor = lambda _name: Metadata(),
    name_prefix: str | None = None,
    leave_out: Sequence[Path] = (),
    workers: int = 1,
    instructions: reading.Instructions | None = None,
    names_by: str | None = None,
    progress: Progress = _silent,
) -> Report:
    """Store the documents of files and folders; what is stored already stays as it is.

    The database's own files are no documents, nor is what `leave_out` names besides.
    `metadata_for` gives what the user says of a file, by name; `instructions` how files are to be
    read, and what is said of the records in them; `names_by` the model that finds names
    (`spacy:MODEL`, None for the archive's own). `progress` is called with the name of each
    document that is done. Documents that cannot be read are in the report's `failures` and in the
    table of that name. Raises MisuseError for paths that do not exist and
    DatabaseError for a database that cannot be used.
    """
    files = reading.find_files(
        paths, name_prefix=name_prefix, leave_out=[*_database_files(db), *leave_out]
    )
    with (
        _writing(db, "ingest", names_by) as (writer, _connection, report),
        closing(connect_readonly(db)) as known,
    ):
        found = reading.all_records(files, metadata_for, instructions or reading.Instructions())
        source = _NewRecords(found, known, writer, report, progress)
        for result in _prepared(source, workers, names_by):
            if isinstance(result, UnreadableDocument):
                writer.fail(result.name, result.reason)
                report.failures.append(result)
                progress(result.name)
            else:
                writer.add(result)
                report.other_languages.update(
                    article.language
                    for article in result.segments.articles
                    if article.language not in (None, LANGUAGE)
                )
                progress(result.document.name)
        writer.flush()
        if files:
            writer.forget_failures(name for name, _path in files)
    report.failures.sort(key=lambda failure: failure.name)
    return report


def _database_files(db: Path) -> list[Path]:
    """A database and what SQLite keeps beside it (https://www.sqlite.org/tempfiles.html)."""
    file = Path(os.path.realpath(db))
    return [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm", "-journal"))]


@dataclass(slots=True)
class _NewRecords:
    """The records that are not stored yet; the others are counted and left."""

    found: Iterable[RawRecord | UnreadableDocument]
    known: sqlite3.Connection
    writer: Writer
    report: Report
    progress: Progress

    def __iter__(self) -> Iterator[RawRecord]:
        for each in self.found:
            if isinstance(each, UnreadableDocument):
                self.writer.fail(each.name, each.reason)
                self.report.failures.append(each)
                self.progress(each.name)
            else:
                yield from self._if_new(each)

    def _if_new(self, record: RawRecord) -> Iterator[RawRecord]:
        sha256 = hashlib.sha256(record.content).hexdigest()
        source = runs.current_source(self.known, record.name)
        # What was said of a document once holds until something else is said.
        given = overlay(source.given, record.metadata) if source else record.metadata
        if runs.is_removed(self.known, record.name, sha256):
            self.writer.unchanged(record.name, Outcome.LEFT_OUT)
            self.progress(record.name)
        elif source and source.sha256 == sha256 and source.given == given:
            self.writer.unchanged(record.name, Outcome.UNCHANGED)
            self.progress(record.name)
        else:
            yield replace(record, metadata=given)


def reprocess(
    db: Path,
    names: Sequence[str] = (),
    *,
    stale: bool = False,
    names_by: str | None = None,
    progress: Progress = _silent,
) -> Report:
    """Extract again from the stored bytes, keeping sources, their ids and what was said of them.

    Without `names` every source; with `stale` only those whose rows an earlier version made, or
    another model than `names_by` found the names of.
    Stored renditions are kept as they are, so that offsets hold. Raises MisuseError for a name
    that is not stored.
    """
    require_current(db)
    version = _version(names_by)
    with closing(connect_readonly(db)) as known:
        chosen = [
            source
            for source in runs.all_sources(known)
            if (not names or source.name in names)
            and not (stale and source.extractor_version == version)
        ]
        _require_names(known, names)
        with _writing(db, "reprocess", names_by) as (writer, _connection, report):
            for source in chosen:
                before = source_rows(known, source.id)
                stored = contents.load(known, source.id)
                writer.replace(source.id, _prepare_again(source, stored, names_by))
                _count_changes(report, before, source_rows(known, source.id))
                progress(source.name)
    return report


def _count_changes(
    report: Report, before: dict[str, Counter[Row]], after: dict[str, Counter[Row]]
) -> None:
    for table, rows in before.items():
        gone, new = (rows - after[table]).total(), (after[table] - rows).total()
        if gone or new:
            counted = report.changes.get(table, (0, 0))
            report.changes[table] = (counted[0] + gone, counted[1] + new)


def _prepare_again(
    source: runs.KnownSource, stored: contents.StoredContent, names_by: str | None
) -> Prepared:
    text = stored.text
    if text is None:
        text = reading.decode(stored.content, source.encoding or "")
    packed, compression = contents.pack(stored.content)
    document = Document(
        name=source.name,
        text=text,
        media_type=source.media_type,
        encoding=source.encoding,
        is_rendition=stored.text is not None,
        metadata=source.metadata,
        parts=stored.parts,
    )
    return _prepare(
        document,
        given=source.given,
        sha256=source.sha256,
        byte_count=len(stored.content),
        packed=packed,
        compression=compression,
        names_by=names_by,
    )


def remove(db: Path, names: Sequence[str], reason: str) -> Report:
    """Take sources out, with every row that came from them, and keep them out.

    Every revision under a name goes; the name of a container stands for all its records. Raises
    MisuseError, before anything is changed, for a name that is not stored.
    """
    require_current(db)
    with closing(connect_readonly(db)) as known:
        names = [each for name in names for each in runs.names_within(known, name) or [name]]
        _require_names(known, names)
    with _writing(db, "remove") as (writer, _connection, report):
        for name in dict.fromkeys(names):
            writer.remove(name, reason)
    return report


def _require_names(known: sqlite3.Connection, names: Sequence[str]) -> None:
    for name in names:
        if runs.current_source(known, name) is None:
            like = known.execute(
                "SELECT name FROM sources WHERE name LIKE '%' || ? ORDER BY name LIMIT 1", (name,)
            ).fetchone()
            hint = f" Did you mean {like[0]}?" if like else ""
            raise MisuseError(f"{name}: no source of that name.{hint} Names: table `sources`.")


def diff(db: Path, name: str) -> list[RevisionChanges]:
    """What each revision of a source changed, oldest first; [] where it was never revised.

    Raises MisuseError for a name that is not stored.
    """
    require_current(db)
    with closing(connect_readonly(db)) as connection:
        _require_names(connection, [name])
        versions = revisions(connection, name)
        return [changes(connection, old, new) for old, new in pairwise(versions)]


def decide(
    db: Path,
    left: str,
    right: str,
    verdict: str,
    *,
    type_: str | None = None,
    country: str | None = None,
    by: str,
    reason: str | None = None,
) -> decisions.Decision:
    """Decide that two entities are the same, or `different`, and let everything follow.

    They are given by number or by any of their names; `type_` and `country` narrow down what
    names mean. Raises MisuseError, before anything is changed, where a name is unknown or that of
    several, or where the decision contradicts an earlier one.
    """
    with _deciding(db) as connection:
        with connection.begin():
            one, other = (
                dossier.find(connection, wanted, type_=type_, country=country).label
                for wanted in (left, right)
            )
            made = decisions.decide(connection, one, other, verdict, by=by, reason=reason)
        clusters.settle(connection, LINKER)
        return made


def undo(db: Path, decision_id: int) -> decisions.Decision:
    """Take a user's decision back, and let everything follow."""
    with _deciding(db) as connection:
        with connection.begin():
            undone = decisions.undo(connection, decision_id)
        clusters.settle(connection, LINKER)
        return undone


@contextmanager
def _deciding(db: Path) -> Iterator[Connection]:
    require_current(db)
    engine = write_engine(db)
    try:
        with explained(db), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def describe(
    db: Path, wanted: str, *, type_: str | None = None, country: str | None = None
) -> dossier.Dossier:
    """All that the archive knows about an entity, given by number or by any of its names."""
    require_current(db)
    engine = read_engine(db)
    try:
        with explained(db), engine.connect() as connection:
            found = dossier.find(connection, wanted, type_=type_, country=country)
            is_numbered = wanted == str(found.id)
            return dossier.describe(connection, found.id if is_numbered else found.survivor_id)
    finally:
        engine.dispose()


def check(db: Path) -> Iterator[auditing.Fault]:
    """Yield every row that does not hold against the raw bytes of its source.

    Then every decision and merged entity that is not what the rules give; not where other rules
    than these settled the archive, before `reprocess` or the next run.
    """
    require_current(db)
    with explained(db), closing(connect_readonly(db)) as connection:
        for fault in auditing.audit(connection, reading.decode):
            yield fault
            if fault.table == auditing.WHOLE_FILE:
                return
    engine = read_engine(db)
    try:
        with explained(db), engine.connect() as reader:
            if _settled_rules(runs.settled_version(reader)) == extractor_version():
                yield from audit_clusters(reader, LINKER)
    finally:
        engine.dispose()
