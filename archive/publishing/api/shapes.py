"""Shapes of answers: fields with their JSON Schema, of which answers and description are made.

Fields that are columns take type, meaning and whether they may be null from the models.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.storage.models import Base

_TYPES: Mapping[type, str] = {int: "integer", float: "number", str: "string", bool: "boolean"}

Schema = Mapping[str, Any]
"""A JSON Schema (2020-12), as OpenAPI 3.1 has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A member of an object, and its schema. It is always there, null where that allows it."""

    name: str
    schema: Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """An object with a name, a meaning, and fields in order; it has no others."""

    name: str
    description: str
    fields: tuple[Field, ...]

    @property
    def schema(self) -> Schema:
        """The object's JSON Schema."""
        return {
            "type": "object",
            "description": self.description,
            "properties": {field.name: field.schema for field in self.fields},
            "required": [field.name for field in self.fields],
            "additionalProperties": False,
        }

    @property
    def ref(self) -> Schema:
        """Reference to the schema, within the description."""
        return {"$ref": f"#/components/schemas/{self.name}"}

    def of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Take the fields out of a row that has them, by name. Raises KeyError where it has not."""
        return {field.name: _value(field.schema, row[field.name]) for field in self.fields}

    def all_of(self, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The same for each of several rows."""
        return [self.of(row) for row in rows]


def _value(schema: Schema, value: Any) -> Any:
    """SQLite has no booleans: 0 and 1 become what the schema says."""
    kind = schema.get("type")
    is_boolean = kind == "boolean" or (isinstance(kind, list) and "boolean" in kind)
    return bool(value) if is_boolean and value is not None else value


def columns(table: str, *names: str, **renamed: str) -> Iterator[Field]:
    """Fields that are columns of a table; `renamed` gives a field's name and its column."""
    for field, name in (*((name, name) for name in names), *renamed.items()):
        column = Base.metadata.tables[table].columns[name]
        kind = _TYPES[column.type.python_type]
        yield Field(
            name=field,
            schema={
                "type": [kind, "null"] if column.nullable else kind,
                "description": column.comment or "",
            },
        )


def text(name: str, description: str, *, nullable: bool = False) -> Field:
    """A field of text."""
    return _plain(name, "string", description, nullable=nullable)


def number(name: str, description: str, *, nullable: bool = False) -> Field:
    """A field that is a number, with or without a fraction."""
    return _plain(name, "number", description, nullable=nullable)


def whole(name: str, description: str, *, nullable: bool = False) -> Field:
    """A field that is a whole number."""
    return _plain(name, "integer", description, nullable=nullable)


def truth(name: str, description: str) -> Field:
    """A field that is true or false."""
    return _plain(name, "boolean", description)


def one(name: str, shape: Shape) -> Field:
    """A field that is an object of a shape."""
    return Field(name=name, schema=shape.ref)


def many(name: str, shape: Shape, description: str) -> Field:
    """A field that is a list of objects of a shape."""
    return Field(
        name=name, schema={"type": "array", "items": shape.ref, "description": description}
    )


def texts(name: str, description: str) -> Field:
    """A field that is a list of texts."""
    items = {"type": "string"}
    return Field(name=name, schema={"type": "array", "items": items, "description": description})


def _plain(name: str, kind: str, description: str, *, nullable: bool = False) -> Field:
    return Field(
        name=name,
        schema={"type": [kind, "null"] if nullable else kind, "description": description},
    )
