"""The reference pages `docs/schema.md` and `docs/queries.md`, made from models and SQL.

After a change to either: `python -m archive.publishing.codebook`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from archive.publishing.definitions import CannedQuery, Relation, queries, summaries, views
from archive.publishing.explained import ExplainedColumn, ExplainedTable, tables
from archive.resources import ROOT

DOCS = ROOT / "docs"

_NOTE = "<!-- Made by `python -m archive.publishing.codebook`; change the models or the SQL. -->"

_SCHEMA_HEAD = f"""{_NOTE}

# Schema

Offsets (`char_start`, `char_end`) count characters of the source's decoded text from 0, end
exclusive. Days and times are ISO 8601 text. Null means that the text does not say.

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
    """Write `docs/schema.md`: diagram, tables, views and summary tables."""
    explained = list(tables())
    parts = [
        _SCHEMA_HEAD,
        "## Diagram\n\n",
        *_diagram(explained),
        "\n## Tables\n",
        *(_table_section(table) for table in explained),
        "\n## Views\n",
        *(_relation_section(each) for each in views()),
        "\n## Summary tables\n",
        *(_relation_section(each) for each in summaries()),
    ]
    return "".join(parts)


def queries_page() -> str:
    """Write `docs/queries.md`: every canned query with parameters, an example and its SQL."""
    return _QUERIES_HEAD + "\n".join(_query_section(query) for query in queries())


def _diagram(explained: Iterable[ExplainedTable]) -> Iterator[str]:
    """Draw keys and references in Mermaid's notation of entity-relationship diagrams."""
    yield "```mermaid\nerDiagram\n"
    for table in explained:
        keys = [column for column in table.columns if column.is_key or column.refers_to]
        yield f"  {table.name} {{\n"
        for column in keys:
            marks = [mark for mark, holds in _marks(column) if holds]
            yield f"    {column.type} {column.name} {', '.join(marks)}\n"
        yield "  }\n"
        for column in keys:
            if column.refers_to:
                many = "|o" if column.is_nullable else "||"
                yield f"  {column.refers_to[0]} {many}--o{{ {table.name} : {column.name}\n"
    yield "```\n"


def _marks(column: ExplainedColumn) -> tuple[tuple[str, bool], ...]:
    return ("PK", column.is_key), ("FK", column.refers_to is not None)


def _table_section(table: ExplainedTable) -> str:
    rows = "".join(
        f"| `{column.name}` | {_type(column)} | {_cell(column.meaning)} |\n"
        for column in table.columns
    )
    return (
        f"\n### {table.name}\n\n{table.description}\n\n"
        f"| column | type | meaning |\n|---|---|---|\n{rows}"
    )


def _type(column: ExplainedColumn) -> str:
    parts = [column.type.lower()]
    if column.is_key:
        parts.append("key")
    elif column.is_nullable:
        parts.append("or null")
    if column.refers_to:
        table, target = column.refers_to
        parts.append(f"→ [{table}](#{table}).{target}")
    return " ".join(parts)


def _relation_section(relation: Relation) -> str:
    rows = "".join(
        f"| `{name}` | {_cell(meaning)} |\n" for name, meaning in relation.columns.items()
    )
    return (
        f"\n### {relation.name}\n\n{relation.description}\n\n"
        f"| column | meaning |\n|---|---|\n{rows}"
    )


def _query_section(query: CannedQuery) -> str:
    params = "".join(
        f"- `{name}`, for example `{value}`\n" if value else f"- `{name}`, may be empty\n"
        for name, value in query.params.items()
    )
    example = f"?{urlencode(query.params)}" if query.params else ""
    return (
        f"## {query.name}\n\n**{query.title}.** {query.description}\n\n{params}"
        f"{chr(10) if params else ''}`/archive/{query.name}{example}`\n\n"
        f"```sql\n{query.sql}\n```\n"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(docs: Path = DOCS) -> None:
    """Write both pages anew."""
    docs.joinpath("schema.md").write_text(schema_page(), encoding="utf-8")
    docs.joinpath("queries.md").write_text(queries_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
