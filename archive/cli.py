"""The command line: it parses, calls one function, shows progress and prints.

Exit codes: 0 all went well; 1 documents failed or rows do not hold, each named with its reason;
2 the command could not be carried out as given.
"""

import getpass
import hashlib
import os

# Before numpy is loaded: its arrays are small here, and what runs beside each other are processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import wraps
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import click

from archive import __version__, pipeline, reading
from archive.errors import ArchiveError, MisuseError
from archive.publishing import comparison, server, snapshots
from archive.publishing.exports.export import FORMATS, Options, export
from archive.reading.mapping import parse_mapping
from archive.reading.meta import MetadataTable, overlay, parse_published, read_metadata
from archive.records import EntityType, Metadata
from archive.storage.decisions import Decision
from archive.storage.dossier import Dossier, Merged
from archive.storage.writer import Outcome

F = TypeVar("F", bound=Callable[..., Any])

_OUTCOME_WORDS = {
    Outcome.STORED: "stored",
    Outcome.REVISED: "stored as a revision",
    Outcome.REPROCESSED: "extracted again",
    Outcome.UNCHANGED: "unchanged",
    Outcome.LEFT_OUT: "left out (removed before)",
    Outcome.REMOVED: "removed",
    Outcome.FAILED: "failed",
}


_MOST_SHOWN = 100
"""Documents that failed which are named on the terminal; a crawl may have thousands."""


def main() -> None:
    """Entry point: `ArchiveError` becomes one message and exit code 2."""
    try:
        sys.exit(cli.main(standalone_mode=False))  # None, or the code of an `Exit`
    except click.Abort:
        click.echo("Stopped; what was stored stays.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except ArchiveError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="archive")
def cli() -> None:
    """A relational archive of news: from files to rows, from rows to SQL."""


def database_option(function: F) -> F:
    """Add `--db`, which ARCHIVE_DB presets."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path, dir_okay=False),
        default="archive.db",
        envvar="ARCHIVE_DB",
        show_default=True,
        help="The archive's database.",
    )(function)


def json_option(function: F) -> F:
    """Add `--json`, for output that a program reads."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(function)


@dataclass(frozen=True, slots=True)
class Said:
    """What the user says of documents: of all of them, and of each in the CSV `file`."""

    general: Metadata
    table: MetadataTable
    file: Path | None

    def of_file(self, name: str) -> Metadata:
        """What is said of a file, by its name."""
        return overlay(self.general, self.table.find(name))


def said_options(function: F) -> F:
    """Add `--outlet`, `--published` and `--meta`, given to the command as one `Said`."""

    @click.option("--outlet", help="Outlet that published all of them.")
    @click.option("--published", metavar="DATE", help="Day all of them were published, ISO 8601.")
    @click.option(
        "--meta",
        type=click.Path(path_type=Path, dir_okay=False),
        help="CSV of name, outlet, published, url, ... per document; outranks the options.",
    )
    @wraps(function)
    def gather(
        *args: Any, outlet: str | None, published: str | None, meta: Path | None, **others: Any
    ) -> Any:
        on = None
        if published is not None:
            on = parse_published(published, "option", given_as="--published")
        table = read_metadata(meta) if meta else MetadataTable({})
        said = Said(Metadata(outlet=outlet, published=on), table, meta)
        return function(*args, said=said, **others)

    return gather  # type: ignore[return-value]


def reading_options(function: F) -> F:
    """Add `--format` and `--map`, given to the command as `reading.Instructions`."""

    @click.option(
        "--format",
        "format_name",
        metavar="NAME",
        help="Format the documents are in, whatever they look like; see `archive formats`.",
    )
    @click.option(
        "--map",
        "mapping",
        metavar="FIELD=NAME,...",
        help="Fields of JSON and CSV records: text=body,url=link,published=date.",
    )
    @wraps(function)
    def gather(*args: Any, format_name: str | None, mapping: str | None, **others: Any) -> Any:
        instructions = reading.Instructions(
            format=None if format_name is None else reading.format_named(format_name),
            mapping=() if mapping is None else parse_mapping(mapping),
        )
        return function(*args, instructions=instructions, **others)

    return gather  # type: ignore[return-value]


def names_option(function: F) -> F:
    """Add `--names`, given to the command as `names_by`."""
    return click.option(
        "--names",
        "names_by",
        metavar="spacy:MODEL",
        help="Find names with an installed spaCy pipeline, such as spacy:en_core_web_trf, or one "
        "in a folder; without it with the archive's own model.",
    )(function)


# ------------------------------------------------------------------------------- writing


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@database_option
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    show_default="one per core",
    help="Processes that extract.",
)
@said_options
@reading_options
@click.option("--name-prefix", metavar="P", help="Name sources P + path within PATH.")
@names_option
@json_option
def ingest(
    paths: tuple[str, ...],
    db: Path,
    workers: int,
    said: Said,
    instructions: reading.Instructions,
    name_prefix: str | None,
    names_by: str | None,
    as_json: bool,
) -> None:
    """Store the documents of files and folders; `-` reads one from standard input.

    The format of a file is told by its content; `archive formats` lists what is read. A file that
    holds many documents (WARC, JSON Lines, a mailbox, ZIP) gives one source for each, named after
    the file and the record: `news.jsonl#3`. A row of --meta may name such a record, or the file
    for all of its records.

    Each document is stored whole or not at all; those that cannot be read are named with the
    reason, and the exit code is 1. Running it again changes nothing. New content under a known
    name is stored as a revision.

    A document from standard input is named `stdin-` and the first 12 digits of its SHA-256, after
    P where --name-prefix gives one. The archive's own files, its snapshots and the CSV of --meta
    are left out.
    """
    instructions = replace(instructions, metadata_for=said.table.find)
    with _paths(paths) as chosen, _counting("Ingesting", instructions.meter) as progress:
        report = pipeline.ingest(
            chosen,
            db,
            metadata_for=said.of_file,
            instructions=instructions,
            name_prefix=name_prefix if name_prefix is not None else _prefix_for(paths),
            leave_out=[snapshots.snapshots_folder(db), *([said.file] if said.file else [])],
            workers=workers,
            names_by=names_by,
            progress=progress,
        )
    for name in said.table.unused:
        click.echo(f"Warning: {said.file}: no document is named {name}.", err=True)
    _print_report(report, as_json)


@contextmanager
def _paths(paths: tuple[str, ...]) -> Iterator[list[Path]]:
    """The paths given; `-` becomes a file of what stands on standard input.

    Its name tells one text from another: under one name, each would be a revision of the last.
    """
    if "-" not in paths:
        yield [Path(path) for path in paths]
        return
    if len(paths) > 1:
        raise MisuseError("`-` reads standard input and stands alone; give files in another call.")
    with tempfile.TemporaryDirectory() as folder:
        received, digest = Path(folder) / "received", hashlib.sha256()
        with received.open("wb") as file:
            while block := sys.stdin.buffer.read(1024 * 1024):
                digest.update(block)
                file.write(block)
        yield [received.rename(received.with_name(f"stdin-{digest.hexdigest()[:12]}"))]


def _prefix_for(paths: tuple[str, ...]) -> str | None:
    return "" if paths == ("-",) else None


@cli.command()
@click.argument("names", nargs=-1, metavar="[NAME...]")
@database_option
@click.option(
    "--stale", is_flag=True, help="Only what an earlier version, or another model, extracted."
)
@names_option
@json_option
def reprocess(
    names: tuple[str, ...], db: Path, stale: bool, names_by: str | None, as_json: bool
) -> None:
    """Extract again from the stored bytes, as after an upgrade; all sources without NAME.

    Sources, permanent names and what was said of documents stay.
    """
    with _counting("Reprocessing") as progress:
        report = pipeline.reprocess(db, names, stale=stale, names_by=names_by, progress=progress)
    _print_report(report, as_json)


@cli.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@database_option
@click.option("--reason", required=True, help="Why; kept in the table `removals`.")
@json_option
def remove(names: tuple[str, ...], db: Path, reason: str, as_json: bool) -> None:
    """Take sources out with everything that came from them, and keep them out.

    NAME is a source's name as in the table `sources`, or that of a container, whose records then
    all go. The next ingest leaves the same content under the same name out.
    """
    _print_report(pipeline.remove(db, names, reason), as_json)


def _print_report(report: pipeline.Report, as_json: bool) -> None:
    """Print what a run did, and end with exit code 1 where documents failed."""
    failures = [{"name": each.name, "reason": each.reason} for each in report.failures]
    if as_json:
        counts = {outcome.value: report.outcomes.get(outcome, 0) for outcome in Outcome}
        changes = {table: list(pair) for table, pair in report.changes.items()}
        report_rows = {
            **counts,
            "failures": failures,
            "changes": changes,
            "other_languages": dict(sorted(report.other_languages.items())),
        }
        click.echo(json.dumps(report_rows, indent=1))
    else:
        counted = [
            f"{count} {words}"
            for outcome, words in _OUTCOME_WORDS.items()
            if (count := report.outcomes.get(outcome))
        ]
        click.echo("Documents: " + (", ".join(counted) or "none") + ".")
        for table, (gone, new) in report.changes.items():
            click.echo(f"  {table}: {gone} rows gone, {new} rows new")
        if report.other_languages:
            others = ", ".join(f"{n} {code}" for code, n in sorted(report.other_languages.items()))
            click.echo(f"Articles not in English, stored and searchable without facts: {others}.")
        for failure in failures[:_MOST_SHOWN]:
            click.echo(f"{failure['name']}: {failure['reason']}", err=True)
        if len(failures) > _MOST_SHOWN:
            more = len(failures) - _MOST_SHOWN
            click.echo(f"... and {more} more; all of them stand in the table `failures`.", err=True)
    if failures:
        raise click.exceptions.Exit(1)


@contextmanager
def _counting(label: str, meter: reading.Meter | None = None) -> Iterator[Callable[[str], None]]:
    """Show on standard error how many documents are done, where somebody watches.

    With a meter also how many bytes of how many, and about how long the rest will take.
    """
    done, shown_at, started = 0, 0.0, monotonic()
    watched = sys.stderr.isatty()

    def progress(name: str) -> None:
        nonlocal done, shown_at
        done += 1
        now = monotonic()
        if watched and now - shown_at >= _REDRAW_SECONDS:
            shown_at = now
            how_far = _how_far(meter, now - started) if meter else ""
            line = f"{label}: {done:,}{how_far}  {name[-60:]}"
            click.echo(f"\r\033[K{line}", err=True, nl=False)

    try:
        yield progress
    finally:
        if watched and done:
            click.echo("\r\033[K", err=True, nl=False)


_REDRAW_SECONDS = 0.1
"""The line is not drawn more often: on a slow terminal that would take longer than the work."""


def _how_far(meter: reading.Meter, elapsed: float) -> str:
    """Bytes done of all, and the time left at the rate so far: `, 12 of 80 MB, 3 min left`.

    `elapsed` is in seconds. Nothing is said of the time before there is a rate to go by.
    """
    if not meter.total:
        return ""
    text = f", {meter.done / 1e6:,.1f} of {meter.total / 1e6:,.1f} MB"
    if elapsed < 2 or not meter.done:
        return text
    minutes, seconds = divmod(round(elapsed * (meter.total - meter.done) / meter.done), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{text}, {hours} h {minutes} min left"
    return f"{text}, {minutes} min left" if minutes else f"{text}, {seconds} s left"


# ------------------------------------------------------------------------------- reading


@cli.command()
@json_option
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the table of docs/formats.md.")
def formats(as_json: bool, as_markdown: bool) -> None:
    """List the formats that are read: what a record of each is, and what it fills."""
    if as_json:
        listed = [
            {
                "name": each.name,
                "title": each.title,
                "suffixes": list(each.suffixes),
                "library": each.library,
                "records": each.records,
                "fills": list(each.fills),
            }
            for each in reading.FORMATS
        ]
        click.echo(json.dumps(listed, indent=1, ensure_ascii=False))
        return
    if as_markdown:
        click.echo("| name | what it is | endings | gives | fills | read by |")
        click.echo("|---|---|---|---|---|---|")
        for each in reading.FORMATS:
            endings = " ".join(f"`{suffix}`" for suffix in each.suffixes)
            cells = [each.title, endings, each.records, ", ".join(each.fills), each.library]
            click.echo(f"| `{each.name}` | {' | '.join(cells)} |")
        return
    for each in reading.FORMATS:
        click.echo(f"{each.name:10} {each.title} ({', '.join(each.suffixes)})")
        click.echo(f"{'':10}   gives {each.records}; read by {each.library}")
        if each.fills:
            click.echo(f"{'':10}   fills {', '.join(each.fills)}")


@cli.command()
@database_option
@click.option("--limit", default=100, show_default=True, help="Faults to print at most.")
def check(db: Path, limit: int) -> None:
    """Audit every row against the raw bytes of its source; exit code 1 where one does not hold."""
    found = 0
    for fault in pipeline.check(db):
        found += 1
        if found <= limit:
            click.echo(str(fault))
    if found:
        click.echo(f"{found} rows do not hold.", err=True)
        raise click.exceptions.Exit(1)
    click.echo("Every row holds.")


@cli.command()
@click.argument("name")
@database_option
@json_option
def diff(name: str, db: Path, as_json: bool) -> None:
    """Show what the revisions of a source changed: paragraphs, figures and names.

    Edits that leave the words as they are, such as other quotation marks, are left out.
    """
    found = pipeline.diff(db, name)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], indent=1, ensure_ascii=False))
        return
    for each in found:
        click.echo(
            f"{each.before.sha256[:12]} ({each.before.stored_at}) → "
            f"{each.after.sha256[:12]} ({each.after.stored_at})"
        )
        for kind in ("paragraphs", "figures", "names"):
            for change in getattr(each, kind):
                for sign, text in (("-", change.before), ("+", change.after)):
                    if text is not None:
                        click.echo(f"  {sign} {kind[:-1]}: {text}")
    if not found:
        click.echo(f"{name}: one version only.")


# ------------------------------------------------------------------------------ entities


@cli.group()
def entity() -> None:
    """Who and what is named: which names are one, and which are not.

    An entity is given by its number or by any of its names. Decisions outrank the rules, and
    survive whatever happens to documents; `archive entity undo` takes one back.
    """


def which_option(function: F) -> F:
    """Add `--type` and `--country`, for a name that is that of several."""
    for option in (
        click.option("--country", metavar="CODE", help="Those of this country, ISO 3166-1."),
        click.option("--type", "type_", type=click.Choice(list(EntityType)), help="Of this type."),
    ):
        function = option(function)
    return function


def deciding_options(function: F) -> F:
    """Add who decides and why."""
    for option in (
        click.option("--reason", help="Why; kept with the decision."),
        click.option("--by", metavar="NAME", default=_user, help="Who decides; else your login."),
    ):
        function = option(function)
    return function


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may know no name for its user
        return "unknown"


@entity.command("same")
@click.argument("left")
@click.argument("right")
@which_option
@deciding_options
@database_option
@json_option
def same_entities(
    left: str,
    right: str,
    type_: str | None,
    country: str | None,
    by: str,
    reason: str | None,
    db: Path,
    as_json: bool,
) -> None:
    """Say that LEFT and RIGHT are one; both will go by LEFT."""
    made = pipeline.decide(
        db, left, right, "same", type_=type_, country=country, by=by, reason=reason
    )
    _print_decision(made, as_json)


@entity.command("different")
@click.argument("left")
@click.argument("right")
@which_option
@deciding_options
@database_option
@json_option
def different_entities(
    left: str,
    right: str,
    type_: str | None,
    country: str | None,
    by: str,
    reason: str | None,
    db: Path,
    as_json: bool,
) -> None:
    """Say that LEFT and RIGHT are not one, and never will be, over whatever other names."""
    made = pipeline.decide(
        db, left, right, "different", type_=type_, country=country, by=by, reason=reason
    )
    _print_decision(made, as_json)


@entity.command("undo")
@click.argument("decision", type=int)
@database_option
@json_option
def undo_decision(decision: int, db: Path, as_json: bool) -> None:
    """Take back the decision of this number; all is again as without it."""
    _print_decision(pipeline.undo(db, decision), as_json)


def _print_decision(decision: Decision, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(decision), indent=1, ensure_ascii=False))
    else:
        undone = " Taken back." if decision.undone_at else ""
        click.echo(f"{str(decision)[0].upper()}{str(decision)[1:]}.{undone}")


@entity.command("show")
@click.argument("name")
@which_option
@database_option
@json_option
def show_entity(name: str, type_: str | None, country: str | None, db: Path, as_json: bool) -> None:
    """Show what is known of an entity: its names, what it was merged of and why, posts, counts."""
    found = pipeline.describe(db, name, type_=type_, country=country)
    if as_json:
        click.echo(json.dumps(asdict(found), indent=1, ensure_ascii=False))
        return
    for line in _dossier_lines(found):
        click.echo(line)


def _dossier_lines(found: Dossier) -> Iterator[str]:
    about = ", ".join(filter(None, (found.type, found.country, found.sense)))
    yield f"{found.id}  {found.name} ({about})"
    if found.merged_into is not None:
        yield f"merged into: {found.merged_into}{_because(found.merged_by)}"
    days = "" if found.first_on is None else f", {found.first_on} to {found.last_on}"
    yield (
        f"mentions: {found.mentions} in {found.articles} articles{days}; figures: {found.figures}"
    )
    yield "names: " + ", ".join(f"{name} {count}" for name, count in found.names)
    for part in found.merged:
        about = ", ".join(filter(None, (part.type, part.country_code, part.sense)))
        yield f"merged: {part.id}  {part.name} ({about}), {part.mentions} mentions{_because(part)}"
    for post in found.roles:
        of = "" if post.of is None else f" ({post.of})"
        yield f"role: {post.role}{of}, {post.articles} articles"
    for each in found.decisions:
        if each.block is None:
            why = f" ({each.reason})" if each.reason else ""
            undone = f", taken back {each.undone_at}" if each.undone_at else ""
            yield f"{each}{why}, {each.made_at}{undone}"


def _because(part: Merged | None) -> str:
    """How a part came to be one with the rest."""
    if part is None or part.decision is None:
        return ""
    decision = part.decision
    return (
        f": as {part.beside}, by {decision.decided_by} (score {decision.score:g}, decision "
        f"{decision.id})"
    )


# ----------------------------------------------------------------------------- snapshots


@cli.group()
def snapshot() -> None:
    """Frozen copies of the archive, for readers: with views, search and a manifest.

    A snapshot is named by its folder, by its name in `archive snapshot list`, or as `latest`.
    """


@snapshot.command("create")
@database_option
def create_snapshot(db: Path) -> None:
    """Make a snapshot and print its folder; the archive may be written meanwhile."""
    click.echo(snapshots.create(db))


@snapshot.command("list")
@database_option
@json_option
def list_snapshots(db: Path, as_json: bool) -> None:
    """List the snapshots, oldest first, with what they hold."""
    found = snapshots.list_snapshots(db)
    if as_json:
        listed = [
            {
                "path": str(each.path),
                "manifest": each.manifest and asdict(each.manifest),
                "faults": each.faults,
            }
            for each in found
        ]
        click.echo(json.dumps(listed, indent=1, default=list))
        return
    for each in found:
        if each.manifest is None or each.faults:
            click.echo(f"{each.path.name}  damaged: {each.faults[0]}")
            continue
        counts = ", ".join(
            f"{each.manifest.tables[table]} {table}"
            for table in ("articles", "figures", "entities")
        )
        click.echo(f"{each.path.name}  {each.manifest.content_digest[:12]}  {counts}")
    if not found:
        click.echo("No snapshots yet. Make one with: archive snapshot create", err=True)


@snapshot.command("verify")
@click.argument("name", default="latest")
@database_option
def verify_snapshot(name: str, db: Path) -> None:
    """Compare a snapshot with its manifest; exit code 1 and every fault where it is not sound."""
    path = snapshots.find(db, name, whole=False)
    faults = snapshots.verify(path)
    for fault in faults:
        click.echo(f"{path.name}: {fault}")
    if faults:
        raise click.exceptions.Exit(1)
    click.echo(f"{path.name}: sound.")


@snapshot.command("diff")
@click.argument("before")
@click.argument("after", default="latest")
@database_option
@json_option
def diff_snapshots(before: str, after: str, db: Path, as_json: bool) -> None:
    """Tell which articles, figures and entities were added, removed or changed."""
    found = comparison.diff(snapshots.find(db, before), snapshots.find(db, after))
    if as_json:
        click.echo(json.dumps(asdict(found), indent=1, ensure_ascii=False))
        return
    for kind, label in (("articles", "uid"), ("figures", "text"), ("entities", "name")):
        changes: comparison.Changes = getattr(found, kind)
        for sign, rows in (("+", changes.added), ("-", changes.removed), ("~", changes.changed)):
            for row in rows:
                named = row.get("headline") or row.get(label) or row.get("name_key") or ""
                where = row.get("source") or row.get("type")
                click.echo(f"{sign} {kind}: {named} ({where})")
    if found.is_empty:
        click.echo("No difference.")


@snapshot.command("restore")
@click.argument("name")
@database_option
@click.option("--yes", is_flag=True, help="Replace the archive that is there.")
def restore_snapshot(name: str, db: Path, yes: bool) -> None:
    """Bring the archive back to what a snapshot holds."""
    snapshots.restore(snapshots.find(db, name), db, force=yes)
    click.echo(f"{db}: restored.")


@snapshot.command("prune")
@click.option("--keep", type=int, required=True, help="How many of the newest stay.")
@database_option
def prune_snapshots(keep: int, db: Path) -> None:
    """Delete all but the newest snapshots and print what is gone."""
    for path in snapshots.prune(db, keep):
        click.echo(path)


# ----------------------------------------------------------------------------- exporting


@cli.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True, help="As what.")
@database_option
@click.option("--table", "tables", multiple=True, metavar="NAME", help="Only this one; repeatable.")
@click.option("--snapshot", "snapshot_name", metavar="NAME", help="Of this snapshot.")
@click.option("--bom", is_flag=True, help="CSV: begin with a byte-order mark, for Excel.")
@click.option(
    "--for-spreadsheets",
    is_flag=True,
    help="CSV: put an apostrophe before texts that a spreadsheet may take for formulas.",
)
@click.option("--with-sources", is_flag=True, help="With the raw bytes of the sources.")
@click.option("--overwrite", is_flag=True, help="Replace an earlier export in DIR.")
@json_option
def export_snapshot(
    folder: Path, db: Path, snapshot_name: str | None, as_json: bool, **given: Any
) -> None:
    """Write all tables and views into the folder DIR, for other programs and for people.

    A file a table, or with xlsx one workbook; beside them datapackage.json, which describes every
    column, and README.txt. Without --snapshot the newest snapshot is exported, made first where the
    archive is newer. DIR appears when all of it is written.
    """
    given["format"] = given.pop("format_")
    with _counting("Exporting") as progress:
        report = export(db, folder, Options(**given), snapshot=snapshot_name, progress=progress)
    if as_json:
        written = [
            {"table": w.relation.name, "path": w.path, "sheet": w.sheet, "rows": w.rows}
            for w in report.written
        ]
        values = {"folder": str(folder), "snapshot": report.snapshot, "notes": report.notes}
        click.echo(json.dumps({**values, "written": written}, indent=1, ensure_ascii=False))
        return
    for note in report.notes:
        click.echo(note, err=True)
    tables = len({each.relation.name for each in report.written})
    click.echo(
        f"{folder}: {tables} tables and views of snapshot {report.snapshot}, "
        f"{report.row_count:,} rows, {report.byte_count / 1e6:,.1f} MB."
    )


# ------------------------------------------------------------------------------- serving


@cli.command()
@database_option
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--public", is_flag=True, help="Tighter limits, for readers you do not know.")
@click.option("--no-robots", is_flag=True, help="Ask search engines to list nothing.")
@click.option("--cors", is_flag=True, help="Let scripts of other sites read the answers.")
@click.option(
    "--metadata",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Datasette metadata of your own, instead of the project's metadata.yml.",
)
def serve(
    db: Path,
    port: int,
    host: str,
    public: bool,
    no_robots: bool,
    cors: bool,
    metadata: Path | None,
) -> None:
    """Serve the newest snapshot with Datasette, making one first where the archive is newer.

    A snapshot made meanwhile is served as soon as it is there. A damaged one is passed over.
    """
    sys.exit(
        server.serve(
            db,
            host=host,
            port=port,
            public=public,
            robots=not no_robots,
            cors=cors,
            metadata=metadata or server.METADATA,
        )
    )
