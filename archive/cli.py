"""The command line: it parses, calls one function, shows progress and prints.

Exit codes: 0 all went well; 1 documents failed or rows do not hold, each named with its reason;
2 the command could not be carried out as given.
"""

import hashlib
import os

# Before numpy is loaded: its arrays are small here, and what runs beside each other are processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from archive import __version__, pipeline
from archive.errors import ArchiveError, MisuseError
from archive.publishing import comparison, server, snapshots
from archive.reading.meta import MetadataTable, overlay, parse_published, read_metadata
from archive.records import Metadata
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
@click.option("--outlet", help="Outlet that published all of them.")
@click.option("--published", metavar="DATE", help="Day all of them were published, ISO 8601.")
@click.option(
    "--meta",
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV of name, outlet, published, url, ... per document; outranks the options.",
)
@click.option("--name-prefix", metavar="P", help="Name sources P + path within PATH.")
@json_option
def ingest(
    paths: tuple[str, ...],
    db: Path,
    workers: int,
    outlet: str | None,
    published: str | None,
    meta: Path | None,
    name_prefix: str | None,
    as_json: bool,
) -> None:
    """Store the documents of files and folders; `-` reads one from standard input.

    Each document is stored whole or not at all; those that cannot be read are named with the
    reason, and the exit code is 1. Running it again changes nothing. New content under a known
    name is stored as a revision.

    A document from standard input is named `stdin-` and the first 12 digits of its SHA-256, after
    P where --name-prefix gives one. The archive's own files, its snapshots and the CSV of --meta
    are left out.
    """
    general = Metadata(
        outlet=outlet,
        published=None
        if published is None
        else parse_published(published, "option", given_as="--published"),
    )
    table = read_metadata(meta) if meta else MetadataTable({})
    with _paths(paths) as chosen, _counting("Ingesting") as progress:
        report = pipeline.ingest(
            chosen,
            db,
            metadata_for=lambda name: overlay(general, table.find(name)),
            name_prefix=name_prefix if name_prefix is not None else _prefix_for(paths),
            leave_out=[snapshots.snapshots_folder(db), *([meta] if meta else [])],
            workers=workers,
            progress=progress,
        )
    for name in table.unused:
        click.echo(f"Warning: {meta}: no document is named {name}.", err=True)
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
        content = sys.stdin.buffer.read()
        file = Path(folder) / f"stdin-{hashlib.sha256(content).hexdigest()[:12]}"
        file.write_bytes(content)
        yield [file]


def _prefix_for(paths: tuple[str, ...]) -> str | None:
    return "" if paths == ("-",) else None


@cli.command()
@click.argument("names", nargs=-1, metavar="[NAME...]")
@database_option
@click.option("--stale", is_flag=True, help="Only what an earlier version extracted.")
@json_option
def reprocess(names: tuple[str, ...], db: Path, stale: bool, as_json: bool) -> None:
    """Extract again from the stored bytes, as after an upgrade; all sources without NAME.

    Sources, permanent names and what was said of documents stay.
    """
    with _counting("Reprocessing") as progress:
        report = pipeline.reprocess(db, names, stale=stale, progress=progress)
    _print_report(report, as_json)


@cli.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@database_option
@click.option("--reason", required=True, help="Why; kept in the table `removals`.")
@json_option
def remove(names: tuple[str, ...], db: Path, reason: str, as_json: bool) -> None:
    """Take sources out with everything that came from them, and keep them out.

    NAME is a source's name as in the table `sources`. The next ingest leaves the same content
    under the same name out.
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
        for failure in failures:
            click.echo(f"{failure['name']}: {failure['reason']}", err=True)
    if failures:
        raise click.exceptions.Exit(1)


@contextmanager
def _counting(label: str) -> Iterator[Callable[[str], None]]:
    """Show on standard error how many documents are done, where somebody watches."""
    done = 0
    watched = sys.stderr.isatty()

    def progress(name: str) -> None:
        nonlocal done
        done += 1
        if watched:
            click.echo(f"\r\033[K{label}: {done}  {name[-60:]}", err=True, nl=False)

    try:
        yield progress
    finally:
        if watched and done:
            click.echo("\r\033[K", err=True, nl=False)


# ------------------------------------------------------------------------------- reading


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


# ------------------------------------------------------------------------------- serving


@cli.command()
@database_option
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--public", is_flag=True, help="Tighter limits, for readers you do not know.")
@click.option(
    "--metadata",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Datasette metadata of your own, instead of the project's metadata.yml.",
)
def serve(db: Path, port: int, host: str, public: bool, metadata: Path | None) -> None:
    """Serve the newest snapshot with Datasette, making one first where the archive is newer.

    A snapshot made meanwhile is served as soon as it is there. A damaged one is passed over.
    """
    sys.exit(
        server.serve(db, host=host, port=port, public=public, metadata=metadata or server.METADATA)
    )
