"""The codebook's entries: what each table, view and summary table holds, column by column.

Type and meaning come from the models and from the headers of the SQL; unit and what null means are
told here for whatever these do not say. `examples.yml` has a question for each, and its SQL.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from archive.publishing.definitions import Relation, summaries, views
from archive.publishing.explained import ExplainedTable, tables
from archive.publishing.measured import is_unmeasured, metric_of

_EXAMPLES = Path(__file__).resolve().parent / "examples.yml"

_NULL = re.compile(r"; null (?:where |when |if )?(?P<when>.+)$")
"""Where a meaning says itself what null means."""

_UNNAMED = "the text does not say"
_NOT_NAMED = "the text names none"
_NOT_GIVEN = "neither the document nor the user says"

_NULLS: Mapping[str, Mapping[str, str]] = {
    "articles": {
        **dict.fromkeys(("headline", "byline", "agency", "section", "dateline"), "it has none"),
        "place_entity_id": "it has no dateline, or the dateline names no known place",
        **dict.fromkeys(("outlet_id", "url", "updated_at"), _NOT_GIVEN),
        **dict.fromkeys(("published_on", "published_at"), "neither document nor user gives it"),
        **dict.fromkeys(("published_precision", "published_source"), "the date is not known"),
        "language": "too short to tell",
    },
    "countries": dict.fromkeys(("latitude", "longitude"), "the list of places has none for it"),
    "dates": {
        **dict.fromkeys(("start_date", "end_date"), "the text leaves the year or day open"),
        **dict.fromkeys(("edtf", "precision"), "it cannot be told which days are meant"),
        "resolved_from": "the expression needs no other day, or none is known",
    },
    "decisions": {
        **dict.fromkeys(("left_country_code", "right_country_code"), "no country is known"),
        "reason": "a rule decided, or the user gave no reason",
        "undone_at": "it stands",
    },
    "entities": {
        "country_code": "no country is known",
        **dict.fromkeys(("latitude", "longitude"), "it is no place, or not a known one"),
        "merged_into_id": "it is itself",
    },
    "figures": {
        "unit": "a bare number of nothing that is named",
        "per": "it is no rate",
        "counted": _UNNAMED,
        "measure": "none of `measures` fits",
        "trend": "no change is told",
        **dict.fromkeys(("period", "period_start", "period_end"), _UNNAMED),
        **dict.fromkeys(("attributed_to", "attribution_kind"), "the number stands on the article"),
        "attributed_entity_id": "there is no source, or it has no name",
        **dict.fromkeys(
            ("counted_entity_id", "actor_entity_id", "place_entity_id"), "the sentence names none"
        ),
        **dict.fromkeys(("si_low", "si_high"), "open on that side, or the unit has no SI factor"),
    },
    "outlets": dict.fromkeys(("domain", "country_code"), _NOT_GIVEN),
    "quotes": {"speaker_entity_id": _NOT_NAMED},
    "reported_statements": {"source": "left open", "source_entity_id": _NOT_NAMED},
    "roles": {"of_entity_id": _NOT_NAMED},
    "sources": dict.fromkeys(("url", "outlet_id", "retrieved_at"), _NOT_GIVEN),
    "units": {"symbol": "it has none in use", "si_unit": "money, and what has no SI unit"},
}

_UNITS: Mapping[str, str] = {
    **dict.fromkeys(("char_start", "char_end", "sentence_start", "sentence_end"), "characters"),
    "characters": "characters",
    "byte_count": "bytes",
    **dict.fromkeys(("word_count", "words", "shared_words"), "words"),
    **dict.fromkeys(("latitude", "longitude"), "degrees"),
    **dict.fromkeys(("score", "similarity"), "0 to 1"),
    **dict.fromkeys(("value", "low", "high", "at_least", "at_most"), "as `unit` says"),
    **dict.fromkeys(("low_before", "high_before", "low_after", "high_after"), "as `unit` says"),
    **dict.fromkeys(("lowest", "highest"), "as `unit` says"),
    **dict.fromkeys(("total_low", "total_high", "smallest", "largest"), "as `currency` says"),
    **dict.fromkeys(("si_low", "si_high"), "SI unit of the kind"),
    "si_factor": "SI units",
    **dict.fromkeys(("days_later", "fewest_days_later", "most_days_later"), "days"),
    **dict.fromkeys(
        (
            *("published_on", "first_on", "last_on", "start_date", "end_date", "resolved_from"),
            *("period_start", "period_end", "copied_on"),
        ),
        "day, ISO 8601",
    ),
    **dict.fromkeys(
        (
            *("published_at", "updated_at", "retrieved_at", "started_at", "made_at", "undone_at"),
            "revised_at",
        ),
        "time, ISO 8601",
    ),
    "month": "month, ISO 8601",
}
"""Unit of a column, by its name, which means the same everywhere."""

_ELSEWHERE = {("overview", "value"), ("figure_values", "value")}
"""Columns of such a name that hold something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryColumn:
    """A column of an entry.

    `type` and `refers_to` are known of tables only. `null_means` is None for a column that is never
    null, and for those of views and summaries, whose meanings tell. `metric` names the score that
    tells how well the column is filled; `is_unmeasured` that rules fill it and no score tells.
    """

    name: str
    meaning: str
    type: str | None = None
    is_key: bool = False
    refers_to: tuple[str, str] | None = None
    unit: str | None = None
    null_means: str | None = None
    metric: str | None = None
    is_unmeasured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question and the SQL that answers it."""

    question: str
    sql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A table, view or summary table; `kind` is `table`, `view` or `summary`.

    A test holds that each has an example; without one it is shown all the same.
    """

    name: str
    kind: str
    title: str
    description: str
    columns: tuple[EntryColumn, ...]
    example: Example | None

    @property
    def is_scored(self) -> bool:
        """Whether a score tells, or fails to tell, of any of its columns."""
        return any(column.metric or column.is_unmeasured for column in self.columns)

    @property
    def has_units(self) -> bool:
        """Whether any of its columns has a unit."""
        return any(column.unit for column in self.columns)


@cache
def entries() -> tuple[Entry, ...]:
    """Return the entries: tables, then views, then summaries, each by name."""
    told = examples()
    return (
        *(_of_table(table, told) for table in tables()),
        *(_of_relation(relation, "view", told) for relation in views()),
        *(_of_relation(relation, "summary", told) for relation in summaries()),
    )


@cache
def examples() -> Mapping[str, Example]:
    """Return the examples by the name of their table, view or summary."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(_EXAMPLES.read_text(encoding="utf-8"))
    return {
        name: Example(question=each["question"], sql=each["sql"].strip())
        for name, each in loaded.items()
    }


def _of_table(table: ExplainedTable, told: Mapping[str, Example]) -> Entry:
    return Entry(
        name=table.name,
        kind="table",
        title=table.name.replace("_", " ").capitalize(),
        description=table.description,
        columns=tuple(_columns(table)),
        example=told.get(table.name),
    )


def _columns(table: ExplainedTable) -> Iterator[EntryColumn]:
    nulls = _NULLS.get(table.name, {})
    for column in table.columns:
        said = _NULL.search(column.meaning)
        yield EntryColumn(
            name=column.name,
            meaning=column.meaning[: said.start()] if said else column.meaning,
            type=column.type.lower(),
            is_key=column.is_key,
            refers_to=column.refers_to,
            unit=_unit(table.name, column.name),
            null_means=(said["when"] if said else nulls.get(column.name))
            if column.is_nullable
            else None,
            metric=metric_of(table.name, column.name),
            is_unmeasured=is_unmeasured(table.name, column.name),
        )


def _of_relation(relation: Relation, kind: str, told: Mapping[str, Example]) -> Entry:
    return Entry(
        name=relation.name,
        kind=kind,
        title=relation.title,
        description=relation.description,
        columns=tuple(
            EntryColumn(name=name, meaning=meaning, unit=_unit(relation.name, name))
            for name, meaning in relation.columns.items()
        ),
        example=told.get(relation.name),
    )


def _unit(table: str, column: str) -> str | None:
    return None if (table, column) in _ELSEWHERE else _UNITS.get(column)
