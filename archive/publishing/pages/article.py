"""The page of an article: its text with what was found in it, and where it comes from."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from archive.publishing.pages import links
from archive.publishing.pages.marks import Piece, Span, pieces
from archive.publishing.pages.related import Related, related_articles
from archive.publishing.pages.revisions import Revision, newest_version, revisions_of
from archive.publishing.pages.rows import Row, first, select
from archive.publishing.pages.wording import amount, group_of, type_name, words

MOST_PARAGRAPHS = 400
"""Paragraphs of one page; a longer article has several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of the article, cut at what was found in it."""

    row: Row
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """All that the page of an article shows.

    `article` is its row with those of its source and outlet; `same_bytes` the other sources that
    hold the same bytes, under other names; `newest` the current version of a superseded one.
    `siblings` are the articles of the same source. Figures, quotes and statements are in the order
    of the text. `next_from` is the position of the first paragraph that is not shown.
    """

    article: Row
    same_bytes: tuple[Row, ...]
    newest: Row | None
    siblings: tuple[Row, ...]
    paragraphs: tuple[Paragraph, ...]
    next_from: int | None
    names: tuple[Row, ...]
    figures: tuple[Row, ...]
    speech: tuple[Row, ...]
    roles: tuple[Row, ...]
    related: tuple[Related, ...]
    revisions: tuple[Revision, ...]
    figure_changes: tuple[Row, ...]


_ARTICLE = """
SELECT a.*, o.name AS outlet, o.domain, place.name AS place, s.name AS source, s.sha256,
  s.media_type, s.encoding, s.byte_count, s.url AS source_url, s.retrieved_at, s.superseded_by_id,
  s.extractor_version, r.started_at AS stored_at, c.earliest_id, c.relation AS copy_relation,
  c.days_later, earliest.uid AS earliest_uid, earliest.headline AS earliest_headline,
  earliest.published_on AS earliest_on, eo.name AS earliest_outlet
FROM articles AS a
JOIN sources AS s ON s.id = a.source_id
JOIN runs AS r ON r.id = s.run_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN entities AS place ON place.id = a.place_entity_id
LEFT JOIN article_copies AS c ON c.article_id = a.id
LEFT JOIN articles AS earliest ON earliest.id = c.earliest_id
LEFT JOIN outlets AS eo ON eo.id = earliest.outlet_id
WHERE a.uid = ?
ORDER BY s.superseded_by_id IS NOT NULL, s.name
"""
_SIBLINGS = """
SELECT uid, headline, kind, position FROM articles
WHERE source_id = :source_id ORDER BY position LIMIT 100
"""
_PARAGRAPHS = """
SELECT p.id, p.position, p.role, p.text, p.char_start, p.char_end, p.copy_of_id
FROM paragraphs AS p WHERE p.article_id = :id AND p.position >= :start
ORDER BY p.position LIMIT :limit
"""
_MENTIONS = """
SELECT m.paragraph_id, m.char_start, m.char_end, m.text, e.type, e.id AS entity_id, e.name,
  c.name AS country
FROM paragraphs AS p
CROSS JOIN mentions AS m ON m.paragraph_id = p.id
CROSS JOIN entities AS own ON own.id = m.entity_id
CROSS JOIN entities AS e ON e.id = coalesce(own.merged_into_id, own.id)
LEFT JOIN countries AS c ON c.code = e.country_code
WHERE p.article_id = :id
ORDER BY m.char_start, m.id
"""
_FIGURES = """
SELECT f.id, f.paragraph_id, f.text, f.kind, f.value, f.low, f.high, f.modifier, f.unit, f.per,
  f.counted, f.measure, f.status, f.trend, f.period, f.attributed_to, f.attribution_kind,
  f.attributed_entity_id, f.place_entity_id, place.name AS place, f.char_start, f.char_end,
  f.rule, f.score, claim.is_disputed, claim.topic, claim.articles AS told_in
FROM paragraphs AS p
CROSS JOIN figures AS f ON f.paragraph_id = p.id
LEFT JOIN entities AS place ON place.id = f.place_entity_id
LEFT JOIN figure_claims AS fc ON fc.figure_id = f.id
LEFT JOIN claims AS claim ON claim.id = fc.claim_id
WHERE p.article_id = :id
ORDER BY f.char_start, f.id
"""
_SPEECH = """
SELECT x.*, e.name AS speaker_name
FROM (
  SELECT q.paragraph_id, q.kind, q.text, q.speaker, q.speaker_entity_id, q.char_start, q.char_end
  FROM paragraphs AS p CROSS JOIN quotes AS q ON q.paragraph_id = p.id
  WHERE p.article_id = :id
  UNION ALL
  SELECT r.paragraph_id, 'reported', r.text, r.source, r.source_entity_id, r.char_start, r.char_end
  FROM paragraphs AS p CROSS JOIN reported_statements AS r ON r.paragraph_id = p.id
  WHERE p.article_id = :id
) AS x
LEFT JOIN entities AS e ON e.id = x.speaker_entity_id
ORDER BY x.char_start
"""
_ROLES = """
SELECT DISTINCT e.id AS entity_id, e.name, r.role, r.of_entity_id, body.name AS body
FROM paragraphs AS p
CROSS JOIN roles AS r ON r.paragraph_id = p.id
CROSS JOIN entities AS e ON e.id = r.entity_id
LEFT JOIN entities AS body ON body.id = r.of_entity_id
WHERE p.article_id = :id
ORDER BY e.name, r.role
"""
_FIGURE_CHANGES = """
SELECT * FROM figure_changes WHERE source = :source ORDER BY revised_at DESC, figure_id LIMIT 50
"""


def article_page(connection: sqlite3.Connection, uid: str, start: int = 0) -> ArticlePage | None:
    """Gather the page of the article of this permanent name; None where there is none.

    Where several sources hold it the current one is shown, by name. `start` is the position of
    the first paragraph to show.
    """
    held = select(connection, _ARTICLE, (uid,))
    if not held:
        return None
    article, *others = held
    figures = select(connection, _FIGURES, article)
    speech = select(connection, _SPEECH, article)
    mentions = select(connection, _MENTIONS, article)
    paragraphs = select(
        connection, _PARAGRAPHS, {**article, "start": start, "limit": MOST_PARAGRAPHS + 1}
    )
    has_versions = article["superseded_by_id"] is not None
    revisions = revisions_of(connection, article["source"])
    return ArticlePage(
        article=article,
        same_bytes=tuple(others),
        newest=newest_version(connection, article) if has_versions else None,
        siblings=tuple(select(connection, _SIBLINGS, article)),
        paragraphs=tuple(_marked(paragraphs[:MOST_PARAGRAPHS], mentions, figures, speech)),
        next_from=paragraphs[-1]["position"] if len(paragraphs) > MOST_PARAGRAPHS else None,
        names=tuple(_named(mentions)),
        figures=tuple(figures),
        speech=tuple(row for row in speech if row["kind"] != "scare"),
        roles=tuple(select(connection, _ROLES, article)),
        related=tuple(related_articles(connection, article["id"])),
        revisions=tuple(revisions),
        figure_changes=tuple(select(connection, _FIGURE_CHANGES, article)) if revisions else (),
    )


def source_of(connection: sqlite3.Connection, uid: str) -> Row | None:
    """The source of an article (id, name, sha256, media_type); None where there is none."""
    return first(
        connection,
        "SELECT s.id, s.name, s.sha256, s.media_type FROM articles AS a "
        "JOIN sources AS s ON s.id = a.source_id WHERE a.uid = ? "
        "ORDER BY s.superseded_by_id IS NOT NULL, s.name",
        (uid,),
    )


def _marked(
    paragraphs: list[Row], mentions: list[Row], figures: list[Row], speech: list[Row]
) -> Iterator[Paragraph]:
    """Cut each paragraph at its names, figures and quotes."""
    spans: dict[int, list[Span]] = defaultdict(list)
    for row in mentions:
        spans[row["paragraph_id"]].append(_name_span(row))
    for row in figures:
        spans[row["paragraph_id"]].append(_figure_span(row))
    for row in speech:
        if row["kind"] in ("direct", "partial"):
            spans[row["paragraph_id"]].append(_quote_span(row))
    for paragraph in paragraphs:
        yield Paragraph(
            row=paragraph,
            pieces=tuple(
                pieces(paragraph["text"], paragraph["char_start"], spans[paragraph["id"]])
            ),
        )


def _name_span(row: Row) -> Span:
    country = f", {row['country']}" if row["country"] and row["country"] != row["name"] else ""
    return Span(
        start=row["char_start"],
        end=row["char_end"],
        kind="name",
        style=group_of(row["type"]),
        title=f"{row['name']}: {type_name(row['type'])}{country}",
        href=links.entity(row["entity_id"]),
    )


def _figure_span(row: Row) -> Span:
    parts = [
        amount(row),
        row["counted"],
        f"measure: {row['measure']}" if row["measure"] else None,
        f"in {row['place']}" if row["place"] else None,
        row["period"],
        words(row["status"]) if row["status"] != "reported" else None,
        f"according to {row['attributed_to']}" if row["attributed_to"] else None,
        "another article disagrees" if row["is_disputed"] else None,
    ]
    return Span(
        start=row["char_start"],
        end=row["char_end"],
        kind="figure",
        style="disputed" if row["is_disputed"] else "figure",
        title=" · ".join(part for part in parts if part),
        href=f"#figure-{row['id']}",
        anchor=f"f{row['id']}",
    )


def _quote_span(row: Row) -> Span:
    speaker = row["speaker_name"] or row["speaker"]
    return Span(
        start=row["char_start"],
        end=row["char_end"],
        kind="quote",
        style="quote",
        title=f"words of {speaker}" if speaker else "quoted words",
    )


def _named(mentions: list[Row]) -> list[Row]:
    """Entities of the article with how often it names them, the most named first."""
    found: dict[int, Row] = {}
    for row in mentions:
        entity = found.setdefault(row["entity_id"], {**row, "mentions": 0})
        entity["mentions"] += 1
    return sorted(found.values(), key=lambda row: (-row["mentions"], row["name"]))
