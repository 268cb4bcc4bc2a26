"""Write a snapshot's tables and views into a folder."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from archive.errors import MisuseError, SnapshotError
from archive.publishing import snapshots
from archive.publishing.exports.columnar import ParquetWriter
from archive.publishing.exports.delimited import CsvWriter
from archive.publishing.exports.errors import ExportError
from archive.publishing.exports.folder import whole_folder
from archive.publishing.exports.jsonlines import JsonLinesWriter
from archive.publishing.exports.package import (
    DATAPACKAGE,
    Cited,
    descriptor,
    files_of,
    write_descriptor,
)
from archive.publishing.exports.readme import README, write_readme
from archive.publishing.exports.relations import Relation, names, read_relation
from archive.publishing.exports.rows import Written
from archive.publishing.exports.workbook import XlsxWriter
from archive.publishing.manifest import (
    DATABASE,
    Manifest,
    connect_frozen,
    file_sha256,
    read_manifest,
    size_faults,
)

FORMATS = ("parquet", "csv", "jsonl", "xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to export: `format` is one of `FORMATS`; `tables` names some, none means all.

    `bom` and `for_spreadsheets` are for CSV only; `with_sources` adds the raw bytes of sources,
    which XLSX cannot hold.
    """

    format: str
    tables: tuple[str, ...] = ()
    bom: bool = False
    for_spreadsheets: bool = False
    with_sources: bool = False
    overwrite: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was written: the folder, the snapshot's name, each file or sheet, what to know of it."""

    folder: Path
    snapshot: str
    written: tuple[Written, ...]
    notes: tuple[str, ...]
    byte_count: int

    @property
    def row_count(self) -> int:
        """Rows of all relations together."""
        return sum(each.rows for each in self.written)


class Writer(Protocol):
    """Writes relations in one format."""

    def write(
        self, connection: sqlite3.Connection, relations: Sequence[Relation], folder: Path
    ) -> Iterator[Written]:
        """Write each relation, and tell of it when it is done."""


def export(
    db: Path,
    folder: Path,
    options: Options,
    *,
    snapshot: str | None = None,
    progress: Callable[[str], None] = lambda _name: None,
) -> Report:
    """Write a snapshot of `db` into `folder`: the one named, else the newest.

    Where the archive is newer than that, a snapshot is made first. `progress` is called with each
    relation that is done. Raises MisuseError for options that contradict each other, names that
    are not there and a folder in the way; SnapshotError where the snapshot is damaged; ExportError
    where the folder cannot be written or a library is missing. Then nothing is left in `folder`.
    """
    _require_consistent(options)
    source = _source(db, snapshot)
    manifest = read_manifest(source)
    cited = Cited(name=source.name, manifest=manifest)
    wanted = names(manifest, options.tables)
    writer = _writer(options, cited)
    try:
        with whole_folder(folder, overwrite=options.overwrite, foreign=_foreign) as target:
            _require_sound(source, manifest)
            written, notes = _write(source, wanted, options, (writer, cited), (target, progress))
            size = sum(path.stat().st_size for path in target.iterdir())
    except sqlite3.Error as error:
        raise SnapshotError(
            f"{source}: could not be read: {error}. Look whether the disk of temporary files has "
            f"room, and check it with: archive snapshot verify {source.name} --db {db}"
        ) from error
    except OSError as error:
        raise ExportError(
            f"{folder}: could not be written: {error}. Look whether you may write there and the "
            "disk has room."
        ) from error
    return Report(
        folder=folder,
        snapshot=source.name,
        written=tuple(written),
        notes=tuple(notes),
        byte_count=size,
    )


def _require_consistent(options: Options) -> None:
    if options.format not in FORMATS:
        raise MisuseError(f"--format {options.format}: give one of {', '.join(FORMATS)}.")
    if options.format != "csv" and (options.bom or options.for_spreadsheets):
        raise MisuseError(f"--bom and --for-spreadsheets are for CSV, not for {options.format}.")
    if options.format == "xlsx" and options.with_sources:
        raise MisuseError(
            "--with-sources: a cell of XLSX cannot hold a source's bytes. Export them as parquet, "
            "csv or jsonl."
        )


def _source(db: Path, name: str | None) -> Path:
    """Folder of the snapshot to export."""
    if name is not None:
        return snapshots.find(db, name)
    return snapshots.create(db) if snapshots.is_stale(db) else snapshots.find(db, "latest")


def _require_sound(source: Path, manifest: Manifest) -> None:
    """Raise SnapshotError where the database is not the one whose digest the export would give."""
    faults = size_faults(source, manifest)
    if not faults and file_sha256(source / DATABASE) != manifest.sha256:
        faults = [f"{DATABASE}: its SHA-256 is not the manifest's"]
    if faults:
        raise SnapshotError(
            f"{source}: not exported, for it is damaged ({'; '.join(faults)}). Make a new one with "
            "`archive snapshot create`, or name another with --snapshot."
        )


def _writer(options: Options, cited: Cited) -> Writer:
    if options.format == "csv":
        return CsvWriter(bom=options.bom, for_spreadsheets=options.for_spreadsheets)
    if options.format == "jsonl":
        return JsonLinesWriter()
    if options.format == "xlsx":
        return XlsxWriter(cited.manifest.created_at, title=cited.title)
    about = {"snapshot": cited.name, "content_digest": cited.manifest.content_digest}
    return ParquetWriter(about)


def _write(
    source: Path,
    wanted: Sequence[str],
    options: Options,
    making: tuple[Writer, Cited],
    going: tuple[Path, Callable[[str], None]],
) -> tuple[list[Written], list[str]]:
    """Write all files into the folder; what was written, and what is to be known of it."""
    (writer, cited), (target, progress) = making, going
    manifest = cited.manifest
    written = []
    with connect_frozen(source / DATABASE) as connection:
        relations = [
            read_relation(connection, manifest, name, with_bytes=options.with_sources)
            for name in wanted
        ]
        for each in writer.write(connection, relations, target):
            written.append(each)
            progress(each.relation.name)
    notes = [*(note for each in relations for note in _left_out(each))]
    notes += [note for each in written for note in each.notes]
    write_readme(target, options.format, cited, written, notes, bom=options.bom)
    write_descriptor(target, descriptor(target, options.format, cited, written))
    return written, notes


def _left_out(relation: Relation) -> Iterator[str]:
    for name in relation.left_out:
        yield f"{relation.name}.{name}: raw bytes, left out; --with-sources adds them."


def _foreign(folder: Path) -> list[str]:
    """What lies in a folder that no export wrote."""
    ours = files_of(folder)
    known = {README, DATAPACKAGE, *ours} if ours is not None else set()
    return sorted(path.name for path in folder.iterdir() if path.name not in known)
