"""`README.txt`: an export, described for people."""

from collections.abc import Sequence
from pathlib import Path

from archive.publishing.exports.package import DATAPACKAGE, Cited
from archive.publishing.exports.rows import Written

README = "README.txt"

_FORMATS = {
    "csv": "CSV after RFC 4180: UTF-8{bom}, commas, CRLF. Texts stand in quotation marks. A null "
    'is nothing between two commas (,,), an empty text two quotation marks (,"",). Truth values '
    "are true and false, days and times ISO 8601.",
    "jsonl": "JSON Lines: UTF-8, an object a row. Days and times are ISO 8601 text. Integers of "
    "more than 15 digits (words_hash, hash) are exact here; JavaScript rounds them.",
    "parquet": "Parquet, compressed with Zstandard. Days are dates, times ISO 8601 text with the "
    "offset their source gave. Each column carries its meaning.",
    "xlsx": "One workbook, a sheet a table. _contents lists the sheets, _columns says what columns "
    "mean, _cut lists texts too long for a cell. A null is a cell that is not there. No text is a "
    "formula. Integers of more than 15 digits, and days of a column that begins before 1900, are "
    "text.",
}


def write_readme(
    folder: Path,
    format_: str,
    cited: Cited,
    written: Sequence[Written],
    notes: Sequence[str],
    *,
    bom: bool,
) -> None:
    """Write `README.txt`."""
    manifest = cited.manifest
    form = _FORMATS[format_].format(bom=" with a byte-order mark" if bom else "")
    width = max((len(each.sheet or each.path) for each in written), default=0)
    lines = [
        cited.title,
        "",
        f"Made by archive export of News Archive {manifest.versions.get('archive', '')}.",
        f"Snapshot made:   {manifest.created_at}",
        f"Content digest:  {manifest.content_digest}",
        f"SHA-256 of the snapshot's archive.db:  {manifest.sha256}",
        "",
        form,
        f"{DATAPACKAGE} gives the type and meaning of every column, keys, references, and the",
        "SHA-256 of each file.",
        "",
        "The licences of the texts are their publishers'. Whoever passes this on says under which",
        "terms.",
        "",
        *([*(f"* {note}" for note in notes), ""] if notes else []),
        *(
            f"{each.sheet or each.path:{width}}  {each.rows:>10,} rows  "
            f"{each.relation.category}: {each.relation.description}"
            for each in written
        ),
    ]
    text = "\n".join(line.rstrip() for line in lines)
    (folder / README).write_text(f"{text}\n", encoding="utf-8", newline="\n")
