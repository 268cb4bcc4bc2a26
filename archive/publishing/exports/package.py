"""`datapackage.json`: the files of an export, described for programs.

After the Data Package standard, version 2 (https://datapackage.org/standard/data-package/): one
resource a file or sheet, with the types and meanings of its columns, keys and references. `rows`
and `snapshot` are additions, which the standard allows. Licences are not given: those of the texts
are their publishers'.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.publishing.exports.relations import Column, Kind, Relation
from archive.publishing.exports.rows import Written
from archive.publishing.exports.workbook import is_day_cell
from archive.publishing.manifest import Manifest, file_sha256

DATAPACKAGE = "datapackage.json"

_SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
_MAKER = "news-archive export"
"""By this a folder is known as an export."""

_TYPES: Mapping[Kind, Mapping[str, str]] = {
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.DAY: {"type": "date"},
    Kind.TEXT: {"type": "string"},
    Kind.BYTES: {"type": "string", "format": "binary"},
}
_MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TELLS_EMPTY_FROM_NULL = frozenset({"jsonl", "parquet"})
"""Formats whose readers do not take an empty text for a missing one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The snapshot that an export was made of."""

    name: str
    manifest: Manifest

    @property
    def title(self) -> str:
        """Name of the archive and of the snapshot, in words."""
        return f"News archive {self.stem}, snapshot {self.name}"

    @property
    def stem(self) -> str:
        """File name of the archive without its suffix."""
        return Path(self.manifest.made_of or "archive.db").stem


def descriptor(
    folder: Path, format_: str, cited: Cited, written: Sequence[Written]
) -> Mapping[str, Any]:
    """Describe the files that lie in `folder`; reads each for its SHA-256."""
    digests = {each: file_sha256(folder / each) for each in sorted({w.path for w in written})}
    manifest = cited.manifest
    slug = re.sub(r"[^a-z0-9]+", "-", f"{cited.stem}-{cited.name}".lower()).strip("-")
    there = {each.relation.name for each in written}
    return {
        "$schema": _SCHEMA,
        "name": slug,
        "title": cited.title,
        "description": (
            "Tables and views of an archive of news: articles, paragraphs, entities, figures and "
            "statements, each of which can be traced to the characters of its source. The "
            "licences of the texts are their publishers'; whoever passes this on adds `licenses`."
        ),
        "version": cited.name,
        "created": manifest.created_at,
        "made_by": _MAKER,
        "snapshot": {
            "name": cited.name,
            "created_at": manifest.created_at,
            "sha256": manifest.sha256,
            "content_digest": manifest.content_digest,
            "schema_revision": manifest.schema_revision,
            "versions": dict(manifest.versions),
        },
        "resources": [
            {
                **_resource(each, format_),
                "hash": f"sha256:{digests[each.path]}",
                "bytes": (folder / each.path).stat().st_size,
                "rows": each.rows,
                "schema": _schema(each.relation, format_, there),
            }
            for each in written
        ],
    }


def write_descriptor(folder: Path, values: Mapping[str, Any]) -> None:
    """Write `datapackage.json`."""
    text = json.dumps(values, indent=2, ensure_ascii=False)
    (folder / DATAPACKAGE).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def files_of(folder: Path) -> list[str] | None:
    """Names of the files of an earlier export beside its descriptor; None where it is none."""
    try:
        values = json.loads((folder / DATAPACKAGE).read_text(encoding="utf-8"))
        if values["made_by"] != _MAKER:
            return None
        return [str(each["path"]) for each in values["resources"]]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _resource(written: Written, format_: str) -> dict[str, Any]:
    relation = written.relation
    name = re.sub(r"[^a-z0-9_]+", "-", (written.sheet or relation.name).lower()).strip("-")
    notes = " ".join([relation.description, *written.notes]).strip()
    return {
        "name": name,
        "type": "table",
        "path": written.path,
        "description": notes,
        "format": format_,
        "mediatype": _MEDIA_TYPES[format_],
        **({"encoding": "utf-8"} if format_ in ("csv", "jsonl") else {}),
        **_dialect(written, format_),
    }


def _dialect(written: Written, format_: str) -> dict[str, Any]:
    if format_ == "csv":
        return {"dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True}}
    if format_ == "xlsx":
        # The standard's own word, and that of frictionless-py.
        sheet = written.sheet
        return {"dialect": {"sheetName": sheet, "excel": {"sheet": sheet}}}
    return {}


def _schema(relation: Relation, format_: str, there: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(each, format_) for each in relation.columns]}
    if format_ in _TELLS_EMPTY_FROM_NULL:
        schema["missingValues"] = []  # by default the standard takes an empty text for missing
    if relation.primary_key:
        schema["primaryKey"] = list(relation.primary_key)
    references = [
        {
            "fields": list(each.columns),
            "reference": {
                # The standard's way to say: this one.
                "resource": "" if each.relation == relation.name else each.relation,
                "fields": list(each.targets),
            },
        }
        for each in relation.references
        if each.relation in there
    ]
    return {**schema, **({"foreignKeys": references} if references else {})}


def _field(column: Column, format_: str) -> dict[str, Any]:
    type_ = _TYPES[column.kind]
    if format_ == "parquet" and column.kind is Kind.BYTES:
        type_ = {"type": "any"}
    if format_ == "xlsx" and column.kind is Kind.DAY and not is_day_cell(column):
        type_ = {"type": "date", "format": "default"}
    field: dict[str, Any] = {"name": column.name, **type_}
    if column.meaning:
        field["description"] = column.meaning
    may_be_empty = column.kind is Kind.TEXT and format_ not in _TELLS_EMPTY_FROM_NULL
    if column.is_required and not may_be_empty:
        field["constraints"] = {"required": True}
    return field
