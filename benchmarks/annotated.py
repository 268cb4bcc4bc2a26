"""Scores of the whole extraction on Wikinews articles annotated for this project.

    python benchmarks/annotated.py [--lot N] [--json FILE] [--errors GROUP] [--keep DIR]

The annotations lie in `benchmarks/annotated/`, one file per document, in the format of the gold
files (`../shared/gold/GUIDELINES.md`). The texts are not copied here: each annotation names its
Wikinews articles (`source_url`, CC-BY-2.5) and tells in `parts` how its document is put together
from them, so that run-together, cut and furnished pages are made the same way every time. This
command writes the documents from `../shared/news` to a temporary folder, checks them against the
digest in the annotation, has them ingested by `archive.pipeline` and runs `../shared/gold/score.py`
on the database. It prints the scorer's table; `--errors figures` (or `dates`, `quotes`, `mentions`,
`articles`) prints after it what was missed, invented or read otherwise, line by line.

The annotations are in two lots. Rules may be written with the errors of lot 1 in view; lot 2 is
for looking at its table only, so that it tells whether they hold in general.

`--keep DIR` writes the documents, the gold files as the scorer and `validate.py` want them, and
the database there: `validate.py DIR/gold DIR/documents` checks the annotations.
"""

import argparse
import csv
import hashlib
import importlib.util
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from archive.pipeline import ingest

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
RECIPE = frozenset({"lot", "source_url", "parts", "blank_lines", "sha256"})
"""Keys of an annotation that tell how its document is made; the scorer does not know them."""

COMPARED = {
    "figures": (
        *("low", "high", "modifier", "unit", "kind", "counted"),
        *("measure", "status", "attributed_to"),
    ),
    "dates": ("start", "end"),
    "quotes": ("speaker",),
    "mentions": ("type", "name", "country"),
    "articles": ("kind", "headline"),
}
"""Fields whose difference `--errors` shows."""

Row = dict[str, Any]


def news() -> dict[str, tuple[str, list[str]]]:
    """The articles of `../shared/news` by URL: title and paragraphs (blank lines part them)."""
    csv.field_size_limit(10**8)
    articles = {}
    for path in sorted((SHARED / "news").glob("wikinews_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                pieces = (piece.strip() for piece in re.split(r"\n\s*\n", row["text"]))
                articles[row["url"]] = row["title"], [piece for piece in pieces if piece]
    return articles


def document(annotation: Row, articles: dict[str, tuple[str, list[str]]]) -> str:
    """The text that an annotation is of, put together from its parts.

    A part is a `line` of our own, or an article: its `headline` if that is true, then its
    `paragraphs` from the first to the last named, counted from 1. Raises ValueError where the
    text is not the one that was annotated.
    """
    lines: list[str] = []
    for part in annotation["parts"]:
        if "line" in part:
            lines.append(part["line"])
            continue
        title, paragraphs = articles[part["source_url"]]
        first, last = part["paragraphs"]
        lines += [title] * part["headline"] + paragraphs[first - 1 : last]
    text = ("\n\n" if annotation["blank_lines"] else "\n").join(lines) + "\n"
    if hashlib.sha256(text.encode()).hexdigest() != annotation["sha256"]:
        raise ValueError(f"{annotation['source']}: ../shared/news has another text than annotated")
    return text


def names_of(annotations: list[Row]) -> list[Row]:
    """All entities with the surfaces they are mentioned by: `entities.json` of the scorer."""
    known = {entity["name"]: entity for each in annotations for entity in each["entities"]}
    surfaces: dict[str, set[str]] = {name: set() for name in known}
    for each in annotations:
        for mention in each["mentions"]:
            surfaces[mention["entity"]].add(mention["text"])
    return [{**known[name], "aliases": sorted(surfaces[name])} for name in sorted(known)]


def write_documents(folder: Path, lot: int | None = None) -> tuple[Path, Path]:
    """Write the documents of a lot (None: all) and their gold files; returns (gold, documents)."""
    gold, documents = folder / "gold", folder / "documents"
    for each in (gold, documents):
        each.mkdir(parents=True, exist_ok=True)
    articles = news()
    annotations = []
    for path in sorted((HERE / "annotated").glob("*.json")):
        annotation = json.loads(path.read_text(encoding="utf-8"))
        if lot not in (None, annotation["lot"]):
            continue
        text = document(annotation, articles)
        (documents / annotation["source"]).write_text(text, encoding="utf-8", newline="\n")
        plain = {key: value for key, value in annotation.items() if key not in RECIPE}
        (gold / path.name).write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
        annotations.append(plain)
    names = json.dumps(names_of(annotations), ensure_ascii=False)
    (gold / "entities.json").write_text(names, encoding="utf-8")
    return gold, documents


def scorer() -> ModuleType:
    """`../shared/gold/score.py` as a module."""
    path = SHARED / "gold" / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _shown(row: Row, fields: tuple[str, ...]) -> str:
    return " ".join(f"{field}={row.get(field)!r}" for field in fields if row.get(field) is not None)


def differences(group: str, gold: list[Row], found: list[Row], score: ModuleType) -> Iterator[str]:
    """Lines on what of one kind a document has otherwise than its gold file."""
    fields = COMPARED[group]
    if group == "articles":
        for row in (*gold, *found):
            row["span"], row["text"] = (row["line"], row["line"] + 1), f"line {row['line']}"
    pairs = score.pair(gold, found)
    paired = {id(row) for pair in pairs for row in pair}
    rows = [(row["span"], f"missed   {row.get('text', '')[:60]!r} {_shown(row, fields)}")
            for row in gold if id(row) not in paired]  # fmt: skip
    rows += [(row["span"], f"invented {row.get('text', '')[:60]!r} {_shown(row, fields)}")
             for row in found if id(row) not in paired]  # fmt: skip
    for one, other in pairs:
        parts = [
            f"{field}: {one.get(field)!r} read {other.get(field)!r}"
            for field in fields
            if not (
                score.same_number(one.get(field), other.get(field))
                if field in ("low", "high")
                else score.norm(one.get(field) or "") == score.norm(other.get(field) or "")
            )
        ]
        if one["span"] != other["span"]:
            parts.insert(0, f"span read {other.get('text', '')[:60]!r}")
        if parts:
            rows.append((one["span"], f"other    {one.get('text', '')[:60]!r} {'; '.join(parts)}"))
    for _span, line in sorted(rows):
        yield line


def print_differences(group: str, db: Path, gold: Path, documents: Path) -> None:
    """Print the differences of one kind, by document."""
    score = scorer()
    tables, notes = score.read_tables(db)
    for name, text, annotation in score.load_gold(gold, documents)[0]:
        print(f"\n{name}")
        expected = score.gold_side(annotation, text)[group]
        found = score.system_side(tables, name, text, notes)[group]
        for line in differences(group, expected, found, score):
            print(f"  {line}")


def run(folder: Path, options: argparse.Namespace) -> int:
    """Write, ingest, score and print within `folder`; returns the exit status."""
    gold, documents = write_documents(folder, options.lot)
    db = folder / "archive.db"
    db.unlink(missing_ok=True)
    report = ingest([documents], db)
    for failure in report.failures:
        print(failure, file=sys.stderr)
    score = scorer()
    result = score.evaluate(db, gold, documents)
    print(score.table(result))
    for note in result["notes"]:
        print("note:", note, file=sys.stderr)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    for group in options.errors:
        print_differences(group, db, gold, documents)
    return 1 if report.failures else 0


def main() -> int:
    """Score the annotated documents and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all scores here")
    parser.add_argument(
        "--errors", action="append", default=[], choices=COMPARED, help="show what is read wrongly"
    )
    parser.add_argument("--lot", type=int, choices=(1, 2, 3), help="only the documents of this lot")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="write documents and database here"
    )
    options = parser.parse_args()
    if not (SHARED / "news").is_dir():
        parser.error("the texts are not there: ../shared/news, beside the project's folder")
    if options.keep:
        if options.keep.is_dir() and any(options.keep.iterdir()):
            parser.error(f"{options.keep} is not empty: what lies there would be scored too")
        return run(options.keep, options)
    with tempfile.TemporaryDirectory() as folder:
        return run(Path(folder), options)


if __name__ == "__main__":
    sys.exit(main())
