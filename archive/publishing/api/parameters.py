"""Parameters of requests: what each may be, read strictly, so that no typing error goes unseen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from archive.publishing.api.problems import ProblemError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile("[0-9]{1,16}")
_TRUTHS = {"true": True, "false": False}

LARGEST = 2**53 - 1
"""Largest whole number that every reader of JSON can tell from its neighbours (RFC 8259, 6)."""

_NOT_BLANK = r"^[^\x00]*[^\s\x00][^\x00]*$"
"""Some character that is no space, none that is U+0000: SQLite's texts end there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter by name: its meaning, schema, and value where it is left out.

    The schema is one of those that the functions of this module make.
    """

    name: str
    description: str
    schema: Mapping[str, Any]
    place: Literal["query", "path"] = "query"
    default: Any = None
    is_required: bool = False

    @property
    def described(self) -> dict[str, Any]:
        """The parameter as OpenAPI describes it."""
        schema = dict(self.schema)
        if self.default is not None:
            schema["default"] = self.default
        return {
            "name": self.name,
            "in": self.place,
            "required": self.is_required or self.place == "path",
            "description": self.description,
            "schema": schema,
        }

    def read(self, value: str) -> Any:
        """Turn the text of an address into the value. Raises ProblemError where it is none."""
        kind = self.schema["type"]
        if kind == "integer":
            return self._whole(value)
        if kind == "boolean":
            if value not in _TRUTHS:
                raise self._wrong("it must be true or false")
            return _TRUTHS[value]
        return self._text(value)

    def _whole(self, value: str) -> int:
        low, high = self.schema["minimum"], self.schema["maximum"]
        if not _WHOLE.fullmatch(value) or not low <= int(value) <= high:
            raise self._wrong(f"it must be a whole number from {low} to {high}")
        return int(value)

    def _text(self, value: str) -> str:
        if len(value) > self.schema["maxLength"]:
            raise self._wrong(f"it may have {self.schema['maxLength']} characters")
        if "enum" in self.schema and value not in self.schema["enum"]:
            raise self._wrong(f"it must be one of {', '.join(self.schema['enum'])}")
        if self.schema.get("format") == "date":
            return self._day(value)
        if "pattern" in self.schema and not re.fullmatch(self.schema["pattern"], value):
            raise self._wrong("it is not of the form that the description gives")
        return value

    def _day(self, value: str) -> str:
        try:
            if _DAY.fullmatch(value):
                return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
        raise self._wrong("it must be a day such as 2025-07-26")

    def _wrong(self, why: str) -> ProblemError:
        return ProblemError(400, f"`{self.name}` cannot be right: {why}.", self.name)


def words(longest: int) -> Mapping[str, Any]:
    """Schema of a text somebody types: not blank, no longer than that many characters."""
    return {"type": "string", "minLength": 1, "maxLength": longest, "pattern": _NOT_BLANK}


def code(*values: str) -> Mapping[str, Any]:
    """Schema of one of these values."""
    return {"type": "string", "enum": list(values), "maxLength": max(map(len, values))}


def form(pattern: str, longest: int) -> Mapping[str, Any]:
    """Schema of a text of a certain form, a regular expression for all of it."""
    return {"type": "string", "maxLength": longest, "pattern": f"^(?:{pattern})$"}


DAY: Mapping[str, Any] = {"type": "string", "format": "date", "maxLength": 10}
TRUTH: Mapping[str, Any] = {"type": "boolean"}


def between(low: int, high: int) -> Mapping[str, Any]:
    """Schema of a whole number within bounds, both included."""
    return {"type": "integer", "minimum": low, "maximum": high}


def read_all(parameters: Sequence[Parameter], given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Read all parameters of a query. Raises ProblemError for what is unknown, doubled or wrong."""
    known = {parameter.name: parameter for parameter in parameters}
    for name, values in given.items():
        if name not in known:
            told = ", ".join(known) or "none"
            raise ProblemError(400, f"There is no parameter `{name[:100]}`; there are: {told}.")
        if len(values) > 1:
            raise ProblemError(400, f"`{name}` is given more than once.", name)
    found = {}
    for name, parameter in known.items():
        if name in given:
            found[name] = parameter.read(given[name][0])
        elif parameter.is_required:
            raise ProblemError(400, f"`{name}` is missing: {parameter.description}.", name)
        else:
            found[name] = parameter.default
    return found
