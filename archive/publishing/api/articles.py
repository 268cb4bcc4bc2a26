"""Articles as JSON: one with everything found in it, or a page of them, the newest first."""

import sqlite3
from collections.abc import Mapping
from typing import Any

from archive.publishing.api.shapes import (
    Shape,
    columns,
    many,
    number,
    one,
    text,
    texts,
    truth,
    whole,
)
from archive.publishing.pages.links import article as page_of
from archive.publishing.pages.related import related_articles
from archive.publishing.pages.revisions import newest_version
from archive.publishing.pages.rows import Row, select

UID = "[0-9a-f]{16}"
"""Form of an article's permanent name."""

CURSOR = r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?\.[0-9]{1,15}"
"""Form of a cursor: day of publication and number of the last article of the page before."""

_PAGE_ADDRESS = text("page", "Path of its page on this site")

SUMMARY = Shape(
    name="ArticleSummary",
    description="An article as lists have it.",
    fields=(
        *columns("articles", "uid", "headline", "kind", "byline", "agency", "section"),
        text("outlet", "Name of the outlet that published it", nullable=True),
        *columns("articles", "published_on", "published_precision", "updated_at", "status"),
        *columns("articles", "language", "word_count", "url"),
        text("source", "Name of the source it stands in"),
        truth("is_copy", "Whether an earlier article has its words"),
        _PAGE_ADDRESS,
    ),
)
SOURCE = Shape(
    name="Source",
    description="The document it stands in, unchanged; offsets count characters of its text.",
    fields=(
        *columns("sources", "name", "sha256", "media_type", "encoding", "byte_count", "url"),
        *columns("sources", "retrieved_at", "extractor_version"),
        text("stored_at", "UTC time the run began that stored it"),
        truth("is_current", "False where a newer version of the document has replaced it"),
        text("raw", "Path of its raw bytes on this site"),
    ),
)
PARAGRAPH = Shape(
    name="Paragraph",
    description="A paragraph, exactly the source's characters.",
    fields=(
        *columns("paragraphs", "position", "role", "text", "char_start", "char_end"),
        truth("is_copy", "Whether an earlier paragraph has the same words"),
    ),
)
MENTION = Shape(
    name="Mention",
    description="A name in the text, and the entity it names.",
    fields=(
        *columns("mentions", "text", "char_start", "char_end", "rule", "score"),
        whole("entity_id", "Number of the entity"),
        *columns("entities", "name", "type", "country_code"),
    ),
)
FIGURE = Shape(
    name="Figure",
    description="A quantity that the text states.",
    fields=(
        *columns("figures", "text", "kind", "value", "low", "high", "modifier", "unit", "per"),
        *columns("figures", "counted", "measure", "status", "trend", "period", "period_start"),
        *columns("figures", "period_end", "attributed_to", "attribution_kind"),
        whole("attributed_entity_id", "Entity of the source, where it has a name", nullable=True),
        text("actor", "Who did it", nullable=True),
        whole("actor_entity_id", "Who did it", nullable=True),
        text("place", "Where", nullable=True),
        whole("place_entity_id", "Where", nullable=True),
        *columns("figures", "si_low", "si_high", "sentence_start", "sentence_end"),
        *columns("figures", "char_start", "char_end", "rule", "score"),
        truth("is_disputed", "Whether another article tells a number that excludes it"),
    ),
)
DATE = Shape(
    name="Date",
    description="An expression of time in the text.",
    fields=tuple(
        columns(
            "dates",
            *("text", "start_date", "end_date", "edtf", "precision", "resolved_from"),
            *("char_start", "char_end"),
        )
    ),
)
QUOTE = Shape(
    name="Quote",
    description="Words between quotation marks.",
    fields=(
        *columns("quotes", "text", "kind", "speaker"),
        whole("speaker_entity_id", "Entity of the speaker", nullable=True),
        *columns("quotes", "char_start", "char_end"),
    ),
)
STATEMENT = Shape(
    name="ReportedStatement",
    description="A statement in indirect speech.",
    fields=(
        *columns("reported_statements", "text", "source"),
        whole("source_entity_id", "Entity of whoever stated it", nullable=True),
        *columns("reported_statements", "char_start", "char_end"),
    ),
)
ROLE = Shape(
    name="Role",
    description="A post that the text says somebody holds.",
    fields=(
        whole("entity_id", "Who holds it"),
        text("name", "Name of whoever holds it"),
        *columns("roles", "role"),
        whole("of_entity_id", "Body or place it is a post of", nullable=True),
        text("of", "Name of that", nullable=True),
        *columns("roles", "char_start", "char_end"),
    ),
)
RELATED = Shape(
    name="RelatedArticle",
    description="Another article that has its words or passages of it.",
    fields=(
        *columns("articles", "uid", "headline"),
        text("outlet", "Name of the outlet that published it", nullable=True),
        *columns("articles", "published_on"),
        text(
            "relation",
            "What this article is to that one: identical, revision, contains, excerpt; "
            "null where they share passages only",
            nullable=True,
        ),
        number("similarity", "Share of words in common, 0 to 1", nullable=True),
        texts("passages", "Paragraphs of this article that both have, alike or nearly"),
    ),
)
ARTICLE = Shape(
    name="Article",
    description="An article, the text it consists of, and everything found in it.",
    fields=(
        *columns("articles", "uid", "headline", "kind", "byline", "agency", "section", "dateline"),
        text("place", "Place of the dateline", nullable=True),
        whole("place_entity_id", "Entity of that place", nullable=True),
        text("outlet", "Name of the outlet that published it", nullable=True),
        *columns("articles", "url", "published_on", "published_at", "published_precision"),
        *columns("articles", "published_source", "updated_at", "status", "language"),
        *columns("articles", "word_count", "char_start", "char_end"),
        one("source", SOURCE),
        texts("same_bytes", "Names of further sources that hold the very same article"),
        text("newest_uid", "Article that replaced a superseded one, else null", nullable=True),
        many("paragraphs", PARAGRAPH, "Its text, in order"),
        many("mentions", MENTION, "Names, in the order of the text"),
        many("figures", FIGURE, "Quantities, in the order of the text"),
        many("dates", DATE, "Expressions of time, in the order of the text"),
        many("quotes", QUOTE, "Words between quotation marks, in the order of the text"),
        many("reported_statements", STATEMENT, "Indirect speech, in the order of the text"),
        many("roles", ROLE, "Posts, in the order of the text"),
        many("related", RELATED, "The nearest other articles, at most 12"),
        _PAGE_ADDRESS,
    ),
)
SHAPES = (
    *(SUMMARY, SOURCE, PARAGRAPH, MENTION, FIGURE, DATE, QUOTE, STATEMENT, ROLE, RELATED),
    ARTICLE,
)

_ARTICLE = """
SELECT a.*, o.name AS outlet, place.name AS place, s.name AS source_name, s.sha256,
  s.media_type, s.encoding, s.byte_count, s.url AS source_url, s.retrieved_at, s.superseded_by_id,
  s.superseded_by_id IS NULL AS is_current, s.extractor_version, r.started_at AS stored_at
FROM articles AS a
JOIN sources AS s ON s.id = a.source_id
JOIN runs AS r ON r.id = s.run_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN entities AS place ON place.id = a.place_entity_id
WHERE a.uid = ?
ORDER BY s.superseded_by_id IS NOT NULL, s.name
"""
_PARTS: Mapping[str, tuple[Shape, str]] = {
    "paragraphs": (
        PARAGRAPH,
        "SELECT p.*, p.copy_of_id IS NOT NULL AS is_copy FROM paragraphs AS p "
        "WHERE p.article_id = :id ORDER BY p.position",
    ),
    "mentions": (
        MENTION,
        "SELECT m.text, m.char_start, m.char_end, m.rule, m.score, e.id AS entity_id, e.name, "
        "e.type, e.country_code FROM paragraphs AS p "
        "CROSS JOIN mentions AS m ON m.paragraph_id = p.id "
        "CROSS JOIN entities AS own ON own.id = m.entity_id "
        "CROSS JOIN entities AS e ON e.id = coalesce(own.merged_into_id, own.id) "
        "WHERE p.article_id = :id ORDER BY m.char_start, m.id",
    ),
    "figures": (
        FIGURE,
        "SELECT f.*, actor.name AS actor, place.name AS place, "
        "coalesce(claim.is_disputed, 0) AS is_disputed FROM paragraphs AS p "
        "CROSS JOIN figures AS f ON f.paragraph_id = p.id "
        "LEFT JOIN entities AS actor ON actor.id = f.actor_entity_id "
        "LEFT JOIN entities AS place ON place.id = f.place_entity_id "
        "LEFT JOIN figure_claims AS fc ON fc.figure_id = f.id "
        "LEFT JOIN claims AS claim ON claim.id = fc.claim_id "
        "WHERE p.article_id = :id ORDER BY f.char_start, f.id",
    ),
    "dates": (
        DATE,
        "SELECT d.* FROM paragraphs AS p CROSS JOIN dates AS d ON d.paragraph_id = p.id "
        "WHERE p.article_id = :id ORDER BY d.char_start, d.id",
    ),
    "quotes": (
        QUOTE,
        "SELECT q.* FROM paragraphs AS p CROSS JOIN quotes AS q ON q.paragraph_id = p.id "
        "WHERE p.article_id = :id ORDER BY q.char_start, q.id",
    ),
    "reported_statements": (
        STATEMENT,
        "SELECT r.* FROM paragraphs AS p "
        "CROSS JOIN reported_statements AS r ON r.paragraph_id = p.id "
        "WHERE p.article_id = :id ORDER BY r.char_start, r.id",
    ),
    "roles": (
        ROLE,
        "SELECT r.*, e.name, body.name AS of FROM paragraphs AS p "
        "CROSS JOIN roles AS r ON r.paragraph_id = p.id "
        "CROSS JOIN entities AS e ON e.id = r.entity_id "
        "LEFT JOIN entities AS body ON body.id = r.of_entity_id "
        "WHERE p.article_id = :id ORDER BY r.char_start, r.id",
    ),
}
"""Lists of an article: shape and query of each. Figures and quotes name entities after merging."""


def article(connection: sqlite3.Connection, uid: str) -> dict[str, Any] | None:
    """Gather an article by its permanent name; None where there is none.

    Where several sources hold it the current one is told, by name.
    """
    held = select(connection, _ARTICLE, (uid,))
    if not held:
        return None
    row, *others = held
    newest = None if row["is_current"] else newest_version(connection, row)
    parts = {
        name: shape.all_of(select(connection, sql, row)) for name, (shape, sql) in _PARTS.items()
    }
    source = {
        **row,
        "name": row["source_name"],
        "url": row["source_url"],
        "raw": page_of(uid, "/source"),
    }
    return ARTICLE.of(
        {
            **row,
            **parts,
            "source": SOURCE.of(source),
            "same_bytes": [other["source_name"] for other in others],
            "newest_uid": newest["uid"] if newest else None,
            "related": [_related(each) for each in related_articles(connection, row["id"])],
            "page": page_of(uid),
        }
    )


def _related(related: Any) -> dict[str, Any]:
    return RELATED.of(
        {
            **related.article,
            "relation": related.relation,
            "similarity": related.similarity,
            "passages": [passage for passage, _other in related.passages],
        }
    )


# Read in the order of an index from where the page begins, without putting the archive in order.
_LIST = """
SELECT a.id, a.uid, a.headline, a.kind, a.byline, a.agency, a.section, o.name AS outlet,
  a.published_on, a.published_at, a.published_precision, a.updated_at, a.status, a.language,
  a.word_count, a.url, s.name AS source,
  (SELECT r.started_at FROM runs AS r WHERE r.id = s.run_id) AS stored_at,
  c.article_id IS NOT NULL AS is_copy
FROM {tables}
CROSS JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
LEFT JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN article_copies AS c ON c.article_id = a.id
WHERE {condition}
ORDER BY {order} LIMIT :limit
"""


def articles(
    connection: sqlite3.Connection,
    *,
    size: int,
    cursor: str | None = None,
    outlet: str | None = None,
    entity: int | None = None,
    first_day: str | None = None,
    last_day: str | None = None,
) -> tuple[list[Row], str | None]:
    """A page of articles of current sources, the newest first and undated ones last.

    `outlet` is a name as given; days bound that of publication and leave undated ones out.
    Returns the rows and the cursor of the next page, None where there is none.
    """
    values: dict[str, Any] = {"limit": size + 1, "outlet": outlet, "entity": entity}
    day, _, last_id = (cursor or "").partition(".")
    rows: list[Row] = []
    if not cursor or day:
        conditions = _dated(values, first_day, last_day)
        if cursor:
            conditions.append("({day}, {number}) < (:day, :last_id)")
            values |= {"day": day, "last_id": int(last_id)}
        rows = _listed(connection, conditions, values)
    if len(rows) <= size and first_day is None and last_day is None:
        conditions = ["{day} IS NULL"]
        if cursor and not day:
            conditions.append("{number} < :last_id")
            values["last_id"] = int(last_id)
        values["limit"] = size + 1 - len(rows)
        rows += _listed(connection, conditions, values)
    if len(rows) <= size:
        return rows, None
    last = rows[size - 1]
    return rows[:size], f"{last['published_on'] or ''}.{last['id']}"


def _dated(values: dict[str, Any], first_day: str | None, last_day: str | None) -> list[str]:
    conditions = ["{day} IS NOT NULL"]
    if first_day is not None:
        conditions.append("{day} >= :first_day")
        values["first_day"] = first_day
    if last_day is not None:
        conditions.append("{day} <= :last_day")
        values["last_day"] = last_day
    return conditions


def _listed(
    connection: sqlite3.Connection, conditions: list[str], values: Mapping[str, Any]
) -> list[Row]:
    """Rows that hold to conditions; `{day}` and `{number}` are what the order goes by.

    Where an entity is named these stand in the table of who is named where, which is read in the
    order of its index.
    """
    day, number, tables, own = "a.published_on", "a.id", "articles AS a", "a.outlet_id"
    if values["entity"] is not None:
        day, number, own = "n.published_on", "n.article_id", "+a.outlet_id"
        tables = "entity_articles AS n CROSS JOIN articles AS a ON a.id = n.article_id"
        conditions = [*conditions, "n.entity_id = :entity"]
    if values["outlet"] is not None:
        conditions = [*conditions, f"{own} = (SELECT id FROM outlets WHERE name = :outlet)"]
    condition = " AND ".join(conditions).replace("{day}", day).replace("{number}", number)
    order = f"{day} DESC, {number} DESC"
    return select(connection, _LIST.format(tables=tables, condition=condition, order=order), values)


def summary(row: Row) -> dict[str, Any]:
    """A row of `articles` as its summary."""
    return SUMMARY.of({**row, "page": page_of(row["uid"])})
