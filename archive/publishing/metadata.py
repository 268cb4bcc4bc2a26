"""`metadata.yml`, which tells Datasette what everything is.

What stands above `databases:` is written by hand: title, source, licence. What stands below is
made here, from the comments of the models and the headers of the SQL. After a change to either:

    python -m archive.publishing.metadata
"""

from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml

from archive.errors import MisuseError
from archive.publishing.definitions import CannedQuery, Relation, queries, summaries, views
from archive.publishing.explained import ExplainedTable, tables
from archive.resources import ROOT

PATH = ROOT / "metadata.yml"

_BEGIN = "databases:\n"
_NOTE = "# From here on made by `python -m archive.publishing.metadata`; changes are lost.\n"

_PRESENTATION: dict[str, dict[str, Any]] = {
    "articles": {
        "label_column": "headline",
        "facets": ["outlet_id", "agency"],
    },
    "countries": {"label_column": "name", "sort": "name"},
    "dates": {"sort": "start_date"},
    "entities": {"label_column": "name", "facets": ["type", "country_code"]},
    "figures": {"label_column": "text", "facets": ["kind", "measure"]},
    "measures": {"label_column": "name", "sort": "name"},
    "outlets": {"label_column": "name", "sort": "name"},
    "runs": {"label_column": "started_at", "sort_desc": "id"},
    "sources": {"label_column": "name"},
    "units": {"label_column": "name", "sort": "name", "facets": ["kind"]},
}
"""How Datasette shows a table; the rest are shown in the order of their keys.

Facets count all rows for every page that is opened: only columns with an index have one.
"""

_PAGE_SIZES = {"paragraphs": 25, "figure_facts": 25, "statements": 25, "timeline": 25}
"""Rows of a page where rows are tall; elsewhere the server's setting holds."""

_HIDDEN = (
    *("alembic_version", "fingerprints", "source_contents", "sqlite_sequence"),
    *("entity_keys", "unsettled_entities", "unsettled_keys"),
)
"""Tables that Datasette lists apart; those of full-text search it finds itself."""


def generated() -> dict[str, Any]:
    """Make the value of `databases`: descriptions, presentation and queries."""
    shown: dict[str, Any] = {table.name: _table(table) for table in tables()}
    shown |= {each.name: _relation(each) for each in (*views(), *summaries())}
    for name in _HIDDEN:
        shown.setdefault(name, {})["hidden"] = True
    for name, size in _PAGE_SIZES.items():
        shown[name]["size"] = size
    return {
        "archive": {
            "tables": dict(sorted(shown.items())),
            "queries": {query.name: _query(query) for query in queries()},
        }
    }


def render(current: str) -> str:
    """Put what is generated into the text of a `metadata.yml`; what is written by hand stays.

    Raises MisuseError where the text has no line `databases:`.
    """
    by_hand, begin, _old = current.partition(_BEGIN)
    if not begin:
        raise MisuseError("metadata.yml: has no line `databases:`. Add it as the last one.")
    text = yaml.dump(
        generated(), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100, indent=2
    )
    indented = "".join(f"  {line}" if line.strip() else line for line in text.splitlines(True))
    return f"{by_hand.removesuffix(_NOTE)}{_NOTE}{_BEGIN}{indented}"


class _Dumper(yaml.SafeDumper):
    """Writes SQL as it is read, line by line."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def _table(table: ExplainedTable) -> dict[str, Any]:
    return {
        "description": table.description,
        **_PRESENTATION.get(table.name, {}),
        "columns": {column.name: column.meaning for column in table.columns},
    }


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "title": relation.title,
        "description": relation.description,
        **relation.presentation,
        "columns": dict(relation.columns),
    }


def _query(query: CannedQuery) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "title": query.title,
        "group": query.group,
        "description": query.description,
    }
    if query.params:
        example = urlencode(query.params)
        shown["description_html"] = (
            f'{escape(query.description)} <a href="?{escape(example)}">An example.</a>'
        )
        shown["params"] = list(query.params)
    return {**shown, "sql": query.sql}


def main(path: Path = PATH) -> None:
    """Write the generated part of `metadata.yml` anew."""
    path.write_text(render(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
