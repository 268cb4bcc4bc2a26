"""The reference pages `docs/schema.md` and `docs/queries.md`, and `docs/schema.svg`.

They are made from the models and the SQL.

A served archive shows the same as `/codebook`, with the counts of its own measures and units.

After a change to either: `python -m archive.publishing.codebook`.
"""

from pathlib import Path
from urllib.parse import urlencode

from archive.publishing.definitions import GROUPS, CannedQuery, queries
from archive.publishing.diagram import relations
from archive.publishing.entries import Entry, EntryColumn, entries
from archive.publishing.explained import tables
from archive.publishing.measured import SETS, scores
from archive.publishing.pages.codebook import DIAGRAM_TITLE, MetricRow, drawing, metric_rows
from archive.resources import ROOT

DOCS = ROOT / "docs"

_NOTE = "<!-- Made by `python -m archive.publishing.codebook`; change the models or the SQL. -->"

_SCHEMA_HEAD = f"""{_NOTE}

# Schema

Offsets (`char_start`, `char_end`) count characters of the source's decoded text from 0, end
exclusive. Days and times are ISO 8601 text. Null never means zero; what it means stands beside
each column that may be null. The two numbers of a column's scores are F1 in percent on the gold
set and on the documents held out ([scores](#scores)).

The tables are written by `archive ingest`; views and summary tables are added to each snapshot
and count current sources only (`sources.superseded_by_id` is null).

"""

_QUERIES_HEAD = f"""{_NOTE}

# Canned queries

Each is a page at `/archive/<name>`, and JSON at `/archive/<name>.json`. A parameter that is left
out is empty. The SQL can be changed and run at `/archive?sql=`. `escape_fts`, which makes a search
expression of any words, is a function of Datasette.

"""


def schema_page() -> str:
    """Write `docs/schema.md`: diagram, scores, tables, views and summary tables."""
    parts = [_SCHEMA_HEAD, _diagram(), _scores()]
    for kind, heading in (("table", "Tables"), ("view", "Views"), ("summary", "Summary tables")):
        parts.append(f"\n## {heading}\n")
        parts += [_entry_section(entry) for entry in entries() if entry.kind == kind]
    return "".join(parts)


def queries_page() -> str:
    """Write `docs/queries.md`: every canned query with parameters, an example and its SQL."""
    parts = [_QUERIES_HEAD]
    for group in GROUPS:
        own = [query for query in queries() if query.group == group]
        listed = ", ".join(f"[{query.name}](#{query.name})" for query in own)
        parts.append(f"## {group.capitalize()}\n\n{listed}\n\n")
        parts.append("\n".join(_query_section(query) for query in own) + "\n")
    return "".join(parts).rstrip() + "\n"


def _diagram() -> str:
    lines = "".join(f"- {each}\n" for each in relations(tables()))
    return (
        f"## Diagram\n\n![{DIAGRAM_TITLE}](schema.svg)\n\n"
        "Each line leads from a column to the table that it refers to, at its left; three toes "
        "mean that many rows may refer to one. Keys are underlined; a question mark says that the "
        "reference may be empty, and ↺ that it leads to another row of the same table.\n\n"
        f"<details><summary>The same in words</summary>\n\n{lines}\n</details>\n"
    )


def _scores() -> str:
    """The scores by metric and set, and what they are worth."""
    sets = "".join(f"- `{name}`: {meaning}\n" for name, meaning in SETS.items())
    head = " | ".join(f"{name} | of" for name in SETS)
    rows = "".join(_score_row(row) for row in metric_rows())
    return (
        "\n## Scores\n\nHow far columns filled by rules agree with annotated "
        "documents: F1 in percent, with precision and recall, and the number of rows annotated. "
        "The columns `score` of the archive are something else: how sure a rule is, in its own "
        f"measure.\n\n{sets}\n"
        f"| right where | columns | {head} |\n|---|---|{'---|---|' * len(SETS)}\n{rows}"
    )


def _score_row(row: MetricRow) -> str:
    columns = ", ".join(f"`{name}`" for name in row.columns)
    cells = " | ".join(
        f"**{of.f1:.0f}** ({of.precision:.0f}/{of.recall:.0f}) | {of.annotated}"
        for of in (row.scores[name] for name in SETS)
    )
    return f"| {row.meaning} | {columns} | {cells} |\n"


def _entry_section(entry: Entry) -> str:
    is_table = entry.kind == "table"
    heads = ["column", *(["type"] if is_table else []), "meaning"]
    heads += ["unit"] if entry.has_units else []
    heads += ["null where"] if is_table else []
    heads += ["scores"] if entry.is_scored else []
    rows = "".join(
        f"| {' | '.join(_cells(column, entry, is_table=is_table))} |\n" for column in entry.columns
    )
    example = ""
    if entry.example:
        example = f"\n{entry.example.question}\n\n```sql\n{entry.example.sql}\n```\n"
    return (
        f"\n### {entry.name}\n\n{entry.description}\n\n"
        f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n{rows}{example}"
    )


def _cells(column: EntryColumn, entry: Entry, *, is_table: bool) -> list[str]:
    cells = [f"`{column.name}`", *([_type(column)] if is_table else []), _cell(column.meaning)]
    cells += [column.unit or ""] if entry.has_units else []
    cells += [_cell(column.null_means or "never")] if is_table else []
    cells += [_score(column)] if entry.is_scored else []
    return cells


def _score(column: EntryColumn) -> str:
    """F1 on the gold set and on the documents held out."""
    if column.metric:
        of = scores()[column.metric]
        return f"{of['gold'].f1:.0f} · {of['held_out'].f1:.0f}"
    return "not measured" if column.is_unmeasured else ""


def _type(column: EntryColumn) -> str:
    parts = [column.type or ""]
    if column.is_key:
        parts.append("key")
    if column.refers_to:
        table, target = column.refers_to
        parts.append(f"→ [{table}](#{table}).{target}")
    return " ".join(parts)


def _query_section(query: CannedQuery) -> str:
    params = "".join(
        f"- `{name}`, for example `{value}`\n" if value else f"- `{name}`, may be empty\n"
        for name, value in query.params.items()
    )
    example = f"?{urlencode(query.params)}" if query.params else ""
    return (
        f"### {query.name}\n\n**{query.title}.** {query.description}\n\n{params}"
        f"{chr(10) if params else ''}`/archive/{query.name}{example}`\n\n"
        f"```sql\n{query.sql}\n```\n"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(docs: Path = DOCS) -> None:
    """Write both pages and the drawing anew."""
    docs.joinpath("schema.md").write_text(schema_page(), encoding="utf-8")
    docs.joinpath("schema.svg").write_text(drawing() + "\n", encoding="utf-8")
    docs.joinpath("queries.md").write_text(queries_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
