"""What went wrong, as a problem document (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from archive.publishing.api.shapes import Field, Shape, text, whole

MEDIA_TYPE = "application/problem+json"

PROBLEM = Shape(
    name="Problem",
    description="Why there is no answer (RFC 9457).",
    fields=(
        text("type", "`about:blank`: the status says what kind of problem it is"),
        text("title", "The status in words"),
        whole("status", "Status of the answer"),
        text("detail", "What is wrong and what to do, in a sentence or two"),
        text("instance", "Path that was asked for"),
        Field(
            name="parameter",
            schema={
                "type": ["string", "null"],
                "description": "Parameter that is wrong; null where it is none",
            },
        ),
    ),
)


class ProblemError(Exception):
    """A request that cannot be answered; becomes a problem document.

    `status` is that of HTTP, `detail` what is wrong and what to do, `parameter` the one at fault.
    """

    def __init__(self, status: int, detail: str, parameter: str | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.parameter = parameter


def problem(error: ProblemError, path: str) -> dict[str, Any]:
    """Write the document for an error at a path."""
    return PROBLEM.of(
        {
            "type": "about:blank",
            "title": HTTPStatus(error.status).phrase,
            "status": error.status,
            "detail": error.detail,
            "instance": path[:2_000],
            "parameter": error.parameter,
        }
    )
