"""The description of the API (OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.1.html)."""

from collections import Counter
from typing import Any

from archive.publishing.api.endpoints import ENDPOINTS, SHAPES, Endpoint
from archive.publishing.api.problems import MEDIA_TYPE, PROBLEM

VERSION = "1.0"
"""Version of the API. Within 1 fields may be added; none goes, changes its name or its meaning."""

_PROBLEMS = {
    400: "A parameter is unknown, missing or cannot be right",
    404: "There is no such thing in this archive",
    414: "The address is too long",
    503: "It took longer than the server allows, or too many ask at once; narrow it down, or wait",
}
_ETAG = {
    "description": "Changes with snapshot, path and query; for `If-None-Match`",
    "schema": {"type": "string"},
}


def description(title: str, root: str, licence: tuple[str, str | None] | None) -> dict[str, Any]:
    """Describe the API of the archive of this title, whose site begins at the path `root`.

    `licence` is name and address of that of the data.
    """
    doubled = [name for name, n in Counter(shape.name for shape in SHAPES).items() if n > 1]
    if doubled:  # one would hide the other
        raise ValueError(f"Two shapes are named {doubled[0]}.")
    info: dict[str, Any] = {
        "title": f"{title}: JSON API",
        "version": VERSION,
        "description": (
            "Articles, entities and figures of the archive with what was found in them. Names of "
            "members are those of the database's columns; `char_start` and `char_end` count "
            "characters of the source's text from 0, the end excluded. Every answer names the "
            "snapshot it comes from. Nothing can be written."
        ),
    }
    if licence is not None:
        name, address = licence
        info["license"] = {"name": name, **({"url": address} if address else {})}
    return {
        "openapi": "3.1.0",
        "info": info,
        "servers": [{"url": root.rstrip("/") or "/"}],
        "paths": {endpoint.path: {"get": _operation(endpoint)} for endpoint in ENDPOINTS},
        "components": {"schemas": {shape.name: shape.schema for shape in (PROBLEM, *SHAPES)}},
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    responses: dict[str, Any] = {
        "200": {
            "description": endpoint.answer.description,
            "headers": {"ETag": _ETAG},
            "content": {"application/json": {"schema": endpoint.answer.ref}},
        },
        "304": {"description": "Unchanged since the answer whose ETag `If-None-Match` names"},
    }
    if endpoint.may_move:
        responses["308"] = {
            "description": "It is found elsewhere for good",
            "headers": {
                "Location": {"description": "Where", "schema": {"type": "string"}, "required": True}
            },
        }
    for status, told in _PROBLEMS.items():
        responses[str(status)] = {
            "description": told,
            "content": {MEDIA_TYPE: {"schema": PROBLEM.ref}},
        }
    return {
        "operationId": endpoint.operation,
        "summary": endpoint.summary,
        "description": endpoint.description,
        "parameters": [parameter.described for parameter in endpoint.parameters],
        "responses": responses,
    }
