"""How well the extracted columns agree with annotated documents: `scores.csv`.

The scores are those of the scorer that comes with the annotation, on an ingest of its documents and
on one of `benchmarks/annotated`. After a change to the extraction, with both scorers' JSON:

    python -m archive.publishing.measured gold=GOLD.json wikinews=ALL.json held_out=LOT3.json
"""

import csv
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).resolve().parent / "scores.csv"

_FIELDS = ("set", "metric", "precision", "recall", "f1", "annotated")

SETS: Mapping[str, str] = {
    "gold": "Five news documents that came with their annotation. Rule writers could see "
    "them, so these are the highest scores to be hoped for, not those to expect.",
    "wikinews": "23 documents made of Wikinews articles and annotated for this project. Errors in "
    "nine of them were looked at while rules were written, those of ten were told as classes.",
    "held_out": "Four of those 23 documents, of which no error was ever told to anybody who "
    "writes rules: the nearest to what to expect of new documents. They are few, so a score may be "
    "off by ten in either direction, more where few rows were annotated.",
}
"""Sets of documents that were scored, and what a score on them is worth."""

METRICS: Mapping[str, str] = {
    "article.start": "the article begins at the same line",
    "article.kind": "it begins there and is of the same kind",
    "article.headline": "it begins there and has the same headline",
    "paragraph.exact": "the paragraph has the same first and last character",
    "paragraph.role": "it has the same characters and role",
    "paragraph.article": "it has the same characters and belongs to the same article",
    "mention.exact": "the name has the same first and last character",
    "mention.exact+type": "it has the same characters and type",
    "entity.b3": "names that are one entity are one here and no others are (B-cubed)",
    "entity.name": "the entity of a name goes by the annotated name",
    "entity.country": "it has the annotated country",
    "figure.exact": "the figure has the same first and last character",
    "figure.value": "the figure is found, with the same smallest and largest value",
    "figure.value+modifier": "the values agree and so does the hedge",
    "figure.value+unit": "the values agree and so does the unit",
    "figure.kind": "the figure is found and of the same kind",
    "figure.counted": "words of what is counted that both have",
    "figure.measure": "the same measure, of the figures that have one",
    "figure.status": "the same status",
    "figure.period": "words of the period that both have",
    "figure.attributed": "the same source, of the figures that have one",
    "date.exact": "the expression has the same first and last character",
    "date.resolved": "it is found and has the same range of days, or none in both",
    "quote.exact": "the quote has the same first and last character, marks aside",
    "quote.speaker": "it is found and has the same speaker, or none in both",
}
"""What must agree for a row to count as right, by the scorer's name of the metric."""

_COLUMNS: Mapping[tuple[str, str], str] = {
    ("articles", "char_start"): "article.start",
    ("articles", "kind"): "article.kind",
    ("articles", "headline"): "article.headline",
    ("paragraphs", "article_id"): "paragraph.article",
    ("paragraphs", "role"): "paragraph.role",
    ("paragraphs", "text"): "paragraph.exact",
    ("mentions", "text"): "mention.exact",
    ("mentions", "type"): "mention.exact+type",
    ("mentions", "entity_id"): "entity.b3",
    ("entities", "name"): "entity.name",
    ("entities", "country_code"): "entity.country",
    ("figures", "text"): "figure.exact",
    ("figures", "value"): "figure.value",
    ("figures", "low"): "figure.value",
    ("figures", "high"): "figure.value",
    ("figures", "modifier"): "figure.value+modifier",
    ("figures", "unit"): "figure.value+unit",
    ("figures", "kind"): "figure.kind",
    ("figures", "counted"): "figure.counted",
    ("figures", "measure"): "figure.measure",
    ("figures", "status"): "figure.status",
    ("figures", "period"): "figure.period",
    ("figures", "attributed_to"): "figure.attributed",
    ("dates", "text"): "date.exact",
    ("dates", "start_date"): "date.resolved",
    ("dates", "end_date"): "date.resolved",
    ("quotes", "text"): "quote.exact",
    ("quotes", "speaker"): "quote.speaker",
}
"""Which metric tells of which column."""

_UNMEASURED: Mapping[str, frozenset[str]] = {
    "articles": frozenset(
        {"byline", "agency", "section", "dateline", "place_entity_id", "published_on", "language"}
    ),
    "article_pairs": frozenset({"relation", "similarity"}),
    "dates": frozenset({"edtf", "precision"}),
    "entities": frozenset({"sense", "latitude", "longitude", "merged_into_id"}),
    "figures": frozenset(
        {
            *("per", "trend", "period_start", "period_end", "attribution_kind"),
            *("attributed_entity_id", "counted_entity_id", "actor_entity_id", "place_entity_id"),
        }
    ),
    "quotes": frozenset({"kind", "speaker_entity_id"}),
    "reported_statements": frozenset({"text", "source", "source_entity_id"}),
    "roles": frozenset({"role", "entity_id", "of_entity_id"}),
}
"""Columns that rules fill and these annotations do not tell of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision, recall and their harmonic mean in percent, and how many rows were annotated."""

    precision: float
    recall: float
    f1: float
    annotated: int


@cache
def scores() -> Mapping[str, Mapping[str, Score]]:
    """Scores by metric and set."""
    found: dict[str, dict[str, Score]] = {metric: {} for metric in METRICS}
    with PATH.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["metric"]][row["set"]] = Score(
                precision=float(row["precision"]),
                recall=float(row["recall"]),
                f1=float(row["f1"]),
                annotated=int(row["annotated"]),
            )
    return found


def metric_of(table: str, column: str) -> str | None:
    """Name of the metric that tells of a column; None where none does."""
    return _COLUMNS.get((table, column))


def is_unmeasured(table: str, column: str) -> bool:
    """Whether rules fill a column of whose quality no annotation tells."""
    return column in _UNMEASURED.get(table, ())


def write(results: Mapping[str, Path], path: Path = PATH) -> None:
    """Write the scores that the scorer found for each set, from its JSON files."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_FIELDS)
        for name in SETS:
            found = json.loads(results[name].read_text(encoding="utf-8"))["scores"]["ALL"]
            for metric in METRICS:
                of = found[metric]
                rates = (f"{100 * of[key]:.1f}" for key in ("p", "r", "f1"))
                writer.writerow([name, metric, *rates, of["gold"]])


if __name__ == "__main__":
    write({name: Path(file) for name, _, file in (each.partition("=") for each in sys.argv[1:])})
