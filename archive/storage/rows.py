"""From a prepared document to tuples, one per row, in the order of each table's columns.

Nothing here reads or writes the database; ids are handed in.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from archive.records import (
    DateSpan,
    Figure,
    Mention,
    Metadata,
    Part,
    Precision,
    Prepared,
    Published,
    Quote,
    Reference,
    ResolvedName,
    Role,
    RoleHeld,
    Statement,
)
from archive.storage.models import Base

Row = tuple[object, ...]

DERIVED_TABLES = (
    "articles",
    "paragraphs",
    "mentions",
    "figures",
    "dates",
    "quotes",
    "reported_statements",
    "roles",
)
"""Tables that hold what was made from a source, parents before children."""


def article_uid(sha256: str, char_start: int) -> str:
    """Permanent name of an article: 16 hex digits from its source's SHA-256 and its offset."""
    return hashlib.sha256(f"{sha256}:{char_start}".encode()).hexdigest()[:16]


def metadata_json(metadata: Metadata) -> str:
    """Write what is known of a document beside its text: nulls left out, keys sorted."""
    known = {key: value for key, value in asdict(metadata).items() if value is not None}
    if metadata.published:
        known["published"] = {k: v for k, v in known["published"].items() if v is not None}
    return json.dumps(known, ensure_ascii=False, sort_keys=True)


def metadata_from_json(text: str) -> Metadata:
    """Read back what `metadata_json` wrote."""
    known = json.loads(text)
    if "published" in known:
        said = known["published"]
        known["published"] = Published(**{**said, "precision": Precision(said["precision"])})
    return Metadata(**known)


def parts_json(parts: Sequence[Part]) -> str | None:
    """Write the parts that a format sets apart; None where there are none."""
    if not parts:
        return None
    rows = [[part.char_start, part.char_end, part.role] for part in parts]
    return json.dumps(rows, separators=(",", ":"))


def parts_from_json(text: str | None) -> tuple[Part, ...]:
    """Read back what `parts_json` wrote."""
    return tuple(
        Part(char_start=start, char_end=end, role=None if role is None else Role(role))
        for start, end, role in json.loads(text or "[]")
    )


def insert_statement(table: str) -> str:
    """SQL that inserts one full row, for `exec_driver_sql` with tuples."""
    columns = [column.name for column in Base.metadata.tables[table].columns]
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"


@dataclass(slots=True)
class Buffer:
    """Rows of `DERIVED_TABLES` that wait to be written, and the next free id of each table."""

    next_id: dict[str, int]
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, *values: object) -> int:
        """Append a row under the next id and return that id."""
        number = self.next_id[table]
        self.next_id[table] = number + 1
        self.rows.setdefault(table, []).append((number, *values))
        return number


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRows:
    """Makes the derived rows of one source.

    `entity_ids` runs along `prepared.names` and has the own entity of each mention; `survivors`
    has the entity that some of these were merged into, `entity_names` each entity's name, by which
    sources and speakers go, `unit_ids` each unit's id.
    """

    prepared: Prepared
    source_id: int
    outlet_id: int | None
    entity_ids: Sequence[Sequence[int]]
    survivors: Mapping[int, int]
    entity_names: Mapping[int, str]
    unit_ids: Mapping[str, int]
    buffer: Buffer

    def add(self) -> list[int]:
        """Put every row of the source into the buffer, in the order of the text.

        Gives the ids of its articles.
        """
        words: Counter[int | None] = Counter()
        for paragraph, count in zip(
            self.prepared.segments.paragraphs, self.prepared.word_counts, strict=True
        ):
            words[paragraph.article] += count
        article_ids = [
            self._article(index, words[index])
            for index in range(len(self.prepared.segments.articles))
        ]
        for index, paragraph in enumerate(self.prepared.segments.paragraphs):
            article = paragraph.article
            paragraph_id = self.buffer.add(
                "paragraphs",
                self.source_id,
                None if article is None else article_ids[article],
                paragraph.position,
                paragraph.role.value,
                paragraph.role.value,
                paragraph.text,
                self.prepared.words_hashes[index],
                paragraph.char_start,
                paragraph.char_end,
                None,
            )
            self._facts(index, paragraph_id, paragraph.char_start)
        return article_ids

    def _article(self, index: int, words: int) -> int:
        article = self.prepared.segments.articles[index]
        metadata = self.prepared.document.metadata
        published = article.published
        place = self.prepared.places[index]
        place_id = None if place is None else self.entity_ids[place[0]][place[1]]
        return self.buffer.add(
            "articles",
            article_uid(self.prepared.sha256, article.char_start),
            self.source_id,
            article.position,
            article.kind.value,
            article.headline,
            article.byline,
            article.agency,
            article.section,
            article.dateline,
            *self._folded(place_id),
            self.outlet_id,
            metadata.url,
            published and published.on,
            published and published.at,
            published and published.precision.value,
            published and published.source,
            article.updated_at,
            metadata.status or "usable",
            article.language,
            words,
            article.char_start,
            article.char_end,
        )

    def _facts(self, index: int, paragraph_id: int, shift: int) -> None:
        facts = self.prepared.facts[index]
        for mention, name, entity_id in zip(
            facts.mentions, self.prepared.names[index], self.entity_ids[index], strict=True
        ):
            self._mention(mention, name, entity_id, paragraph_id, shift)
        for figure in facts.figures:
            self._figure(figure, paragraph_id, shift)
        for date in facts.dates:
            self._date(date, paragraph_id, shift)
        for quote in facts.quotes:
            self._quote(quote, paragraph_id, shift)
        for statement in facts.statements:
            self._statement(statement, paragraph_id, shift)
        for role in facts.roles:
            self._role(role, paragraph_id, shift)

    def _folded(self, own: int | None) -> tuple[int | None, int | None]:
        """The entity a row stands under, and its own where that is another."""
        if own is None:
            return None, None
        survivor = self.survivors.get(own)
        return (own, None) if survivor is None else (survivor, own)

    def _entity(self, reference: Reference | None) -> tuple[int | None, int | None]:
        if reference is None or reference.mention is None:
            return None, None
        paragraph, mention = reference.mention
        return self._folded(self.entity_ids[paragraph][mention])

    def _named(self, reference: Reference | None) -> tuple[str | None, int | None, int | None]:
        """Name and entity of who is referred to; a description stays as written."""
        if reference is None:
            return None, None, None
        entity_id, own = self._entity(reference)
        name = reference.text if entity_id is None else self.entity_names[entity_id]
        return name, entity_id, own

    def _mention(
        self, mention: Mention, name: ResolvedName, entity_id: int, paragraph_id: int, shift: int
    ) -> None:
        self.buffer.add(
            "mentions",
            paragraph_id,
            *self._folded(entity_id),
            mention.text,
            name.name,
            name.type.value,
            mention.char_start + shift,
            mention.char_end + shift,
            f"{mention.rule}+{name.rule}",
            round(mention.score * name.score, 3),
        )

    def _figure(self, figure: Figure, paragraph_id: int, shift: int) -> None:
        source, *source_ids = self._named(figure.attributed_to)
        self.buffer.add(
            "figures",
            paragraph_id,
            figure.text,
            figure.kind.value,
            figure.value,
            figure.low,
            figure.high,
            figure.modifier.value,
            figure.unit,
            figure.unit_name and self.unit_ids[figure.unit_name],
            figure.per,
            figure.counted,
            figure.measure,
            figure.status.value,
            figure.trend,
            figure.period,
            figure.period_start,
            figure.period_end,
            source,
            figure.attribution_kind and figure.attribution_kind.value,
            *source_ids,
            *self._entity(figure.counted_entity),
            *self._entity(figure.actor),
            *self._entity(figure.place),
            figure.si_low,
            figure.si_high,
            figure.sentence_start + shift,
            figure.sentence_end + shift,
            figure.char_start + shift,
            figure.char_end + shift,
            figure.rule,
            round(figure.score, 3),
        )

    def _date(self, date: DateSpan, paragraph_id: int, shift: int) -> None:
        self.buffer.add(
            "dates",
            paragraph_id,
            date.text,
            date.start_date,
            date.end_date,
            date.edtf,
            date.precision,
            date.resolved_from,
            date.char_start + shift,
            date.char_end + shift,
        )

    def _quote(self, quote: Quote, paragraph_id: int, shift: int) -> None:
        start, end = quote.char_start + shift, quote.char_end + shift
        speaker = self._named(quote.speaker)
        self.buffer.add("quotes", paragraph_id, quote.text, quote.kind.value, *speaker, start, end)

    def _statement(self, statement: Statement, paragraph_id: int, shift: int) -> None:
        start, end = statement.char_start + shift, statement.char_end + shift
        source = self._named(statement.source)
        self.buffer.add("reported_statements", paragraph_id, statement.text, *source, start, end)

    def _role(self, role: RoleHeld, paragraph_id: int, shift: int) -> None:
        holder = self._entity(role.holder)
        if holder[0] is None:
            return
        start, end = role.char_start + shift, role.char_end + shift
        of = self._entity(role.of)
        self.buffer.add("roles", *holder, role.text, *of, paragraph_id, start, end)
