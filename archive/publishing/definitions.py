"""The views, summary tables and canned queries, each a file of SQL that explains itself.

A file opens with a comment that is YAML once its `-- ` is taken off; what follows is the SQL. The
file's name is the name under which it is published. Views and queries are one `SELECT`; a summary
is the statements that make and fill a table, for what would be slow to work out at every look.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from archive.errors import ArchiveError

_SQL = Path(__file__).resolve().parent / "sql"
_PRESENTATION = ("label_column", "facets", "sort", "sort_desc", "fts_table", "fts_pk")
_HEADER_KEYS = {
    "views": {"title", "description", "columns", *_PRESENTATION},
    "summaries": {"title", "description", "columns", *_PRESENTATION},
    "queries": {"title", "group", "description", "params"},
}

GROUPS = (
    *("articles", "figures", "entities", "speech", "copies and revisions", "coverage"),
    "quality",
)
"""Groups of canned queries, in the order in which they are shown."""


class DefinitionError(ArchiveError):
    """A file of SQL whose header says too little or too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A view or a summary table.

    `columns` maps each column to its meaning, in their order. `presentation` holds Datasette's
    keys for it (facets, sort order, search).
    """

    name: str
    title: str
    description: str
    columns: Mapping[str, str]
    sql: str
    presentation: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedQuery:
    """A query with a name; `params` maps each parameter to an example value.

    `group` is one of `GROUPS`.
    """

    name: str
    title: str
    group: str
    description: str
    params: Mapping[str, str]
    sql: str


@cache
def views() -> tuple[Relation, ...]:
    """Return the views, by name."""
    return tuple(_relation(path) for path in _files("views"))


@cache
def summaries() -> tuple[Relation, ...]:
    """Return the summary tables, by name, which is also the order in which they are made."""
    return tuple(_relation(path) for path in _files("summaries"))


@cache
def queries() -> tuple[CannedQuery, ...]:
    """Return the canned queries, by name. Raises DefinitionError for an unknown group."""
    found = []
    for path in _files("queries"):
        header, sql = _parse(path)
        params = {name: str(value) for name, value in header.get("params", {}).items()}
        if header["group"] not in GROUPS:
            raise DefinitionError(
                f"{path}: its group is {header['group']}. Make it one of: {', '.join(GROUPS)}."
            )
        found.append(
            CannedQuery(
                name=path.stem,
                title=header["title"],
                group=header["group"],
                description=header["description"],
                params=params,
                sql=sql,
            )
        )
    return tuple(found)


def _files(kind: str) -> list[Path]:
    return sorted((_SQL / kind).glob("*.sql"))


def _relation(path: Path) -> Relation:
    header, sql = _parse(path)
    return Relation(
        name=path.stem,
        title=header["title"],
        description=header["description"],
        columns=header["columns"],
        sql=sql,
        presentation={key: header[key] for key in _PRESENTATION if key in header},
    )


def _parse(path: Path) -> tuple[dict[str, Any], str]:
    """Split a file into its header and its SQL. Raises DefinitionError for an unfit header."""
    lines = path.read_text(encoding="utf-8").splitlines()
    size = next((n for n, line in enumerate(lines) if not line.startswith("--")), len(lines))
    comment = "\n".join(line.removeprefix("--").removeprefix(" ") for line in lines[:size])
    try:
        header = yaml.safe_load(comment)
    except yaml.YAMLError as error:
        raise DefinitionError(f"{path}: its header is no YAML: {error}. Mend it.") from error
    known = _HEADER_KEYS[path.parent.name]
    needed = known - {*_PRESENTATION, "params"}
    if not isinstance(header, dict) or not needed <= header.keys() <= known:
        raise DefinitionError(
            f"{path}: its header must give {', '.join(sorted(needed))} and may give "
            f"{', '.join(sorted(known - needed)) or 'no more'}."
        )
    return header, "\n".join(lines[size:]).strip()
