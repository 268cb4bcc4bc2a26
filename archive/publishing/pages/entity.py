"""The page of an entity: what it is named, where it is, and what is said of it and by it."""

import re
import sqlite3
from dataclasses import dataclass

from archive.publishing.pages.charts import Chart, over_time
from archive.publishing.pages.rows import Row, first, marks_for, numbers, select
from archive.publishing.pages.world import Dot, dot

_PAGE = 20
"""Articles of one page."""

_SHOWN = 12
"""Rows of every other list; each has a link to all of them."""

_LOOKED_THROUGH = 500
"""Rows looked through to gather a short list about somebody who is named everywhere."""

_CURSOR = re.compile(r"(\d{4}-\d\d-\d\d)?\.(\d{1,18})")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPage:
    """All that the page of an entity shows.

    `merged` are entities found to be this one, `decisions` what rules and users decided of any
    part of it. Where `entity` was itself merged into another the
    rest is empty: the reader is sent there. `next_before` is the cursor of the next articles.
    """

    entity: Row
    aliases: tuple[Row, ...] = ()
    merged: tuple[Row, ...] = ()
    posts: tuple[Row, ...] = ()
    holders: tuple[Row, ...] = ()
    place: Dot | None = None
    places: tuple[Dot, ...] = ()
    timeline: Chart | None = None
    months: tuple[Row, ...] = ()
    articles: tuple[Row, ...] = ()
    next_before: str | None = None
    named_with: tuple[Row, ...] = ()
    figures_by: tuple[Row, ...] = ()
    figures_about: tuple[Row, ...] = ()
    statements_by: tuple[Row, ...] = ()
    statements_about: tuple[Row, ...] = ()
    decisions: tuple[Row, ...] = ()


_ENTITY = """
SELECT e.id, e.name, e.name_key, e.type, e.country_code, e.latitude, e.longitude, e.merged_into_id,
  c.name AS country, n.articles, n.outlets, n.mentions, n.original_mentions, n.first_on, n.last_on
FROM entities AS e
LEFT JOIN entity_counts AS n ON n.entity_id = e.id
LEFT JOIN countries AS c ON c.code = e.country_code
WHERE e.id = ?
"""
_ALIASES = """
SELECT name FROM aliases WHERE entity_id = :id AND name <> :name ORDER BY name LIMIT 100
"""
_MERGED = "SELECT id, name, sense FROM entities WHERE merged_into_id = :id ORDER BY name LIMIT 100"
_POSTS = """
SELECT r.role, other.id AS other_id, other.name AS other, count(*) AS times,
  min(a.published_on) AS first_on, max(a.published_on) AS last_on
FROM (SELECT * FROM roles WHERE {own} = :id ORDER BY id DESC LIMIT :looked_through) AS r
JOIN paragraphs AS p ON p.id = r.paragraph_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN entities AS other ON other.id = r.{other}
GROUP BY r.role, other.id ORDER BY times DESC, r.role LIMIT :shown
"""
_MONTHS = """
SELECT month, articles, mentions FROM entity_months WHERE entity_id = :id ORDER BY month
"""
_ARTICLES = """
SELECT a.id, a.uid, a.headline, a.published_on, a.published_precision, a.kind, o.name AS outlet,
  n.mentions, n.in_headline, c.article_id IS NOT NULL AS is_copy
FROM entity_articles AS n
JOIN articles AS a ON a.id = n.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN article_copies AS c ON c.article_id = a.id
WHERE n.entity_id = :id AND {after}
ORDER BY n.published_on DESC, n.article_id DESC LIMIT :limit
"""
_NAMED_WITH = """
SELECT e.id, e.name, e.type, e.latitude, e.longitude, n.sentences, n.paragraphs, n.articles
FROM (
  SELECT other_id, sentences, paragraphs, articles FROM entity_pairs
  WHERE entity_id = :id
  ORDER BY sentences DESC, paragraphs DESC, other_id LIMIT 60
) AS n
CROSS JOIN entities AS e ON e.id = n.other_id
ORDER BY n.sentences DESC, n.paragraphs DESC, n.other_id
"""
_FIGURES = """
SELECT f.id, f.text, f.kind, f.low, f.high, f.modifier, f.unit, f.per, f.counted, f.measure,
  f.status, f.attributed_to, place.name AS place, place.id AS place_id, a.uid, a.headline,
  a.published_on, o.name AS outlet,
  substr(p.text, f.sentence_start - p.char_start + 1, f.sentence_end - f.sentence_start) AS sentence
FROM figures AS f
JOIN paragraphs AS p ON p.id = f.paragraph_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN entities AS place ON place.id = f.place_entity_id
WHERE f.id IN ({ids})
ORDER BY a.published_on IS NULL, a.published_on DESC, f.id
"""
_STATEMENT = """
SELECT x.kind, x.text, x.speaker, e.id AS speaker_id, e.name AS speaker_name, a.uid, a.headline,
  a.published_on, o.name AS outlet
FROM ({rows}) AS x
JOIN paragraphs AS p ON p.id = x.paragraph_id AND p.copy_of_id IS NULL
JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN entities AS e ON e.id = x.speaker_id
ORDER BY a.published_on IS NULL, a.published_on DESC, a.id LIMIT :shown
"""
_SAID_BY = """
SELECT * FROM (
  SELECT paragraph_id, kind, text, speaker, speaker_entity_id AS speaker_id FROM quotes
  WHERE speaker_entity_id = :id AND kind <> 'scare' ORDER BY id DESC LIMIT 200
)
UNION ALL
SELECT * FROM (
  SELECT paragraph_id, 'reported', text, source, source_entity_id FROM reported_statements
  WHERE source_entity_id = :id ORDER BY id DESC LIMIT 200
)
"""
# Quotes that name it, in the newest articles that do.
_SAID_ABOUT = """
SELECT q.paragraph_id, q.kind, q.text, q.speaker, q.speaker_entity_id AS speaker_id
FROM (
  SELECT article_id FROM entity_articles
  WHERE entity_id = :id ORDER BY published_on DESC LIMIT 100
) AS newest
CROSS JOIN paragraphs AS p ON p.article_id = newest.article_id
CROSS JOIN quotes AS q ON q.paragraph_id = p.id
CROSS JOIN mentions AS m ON m.paragraph_id = p.id
WHERE m.entity_id = :id AND q.char_start <= m.char_start AND q.char_end >= m.char_end
  AND q.kind <> 'scare' AND q.speaker_entity_id IS NOT :id
GROUP BY q.id
"""
_DECISIONS = """
SELECT d.id, d.left_name, d.left_sense, d.right_name, d.right_sense, d.verdict, d.score,
  d.decided_by, d.reason, d.made_at, d.undone_at, d.block IS NULL AS is_users
FROM decisions AS d
WHERE d.id IN ({left} UNION {right})
ORDER BY is_users DESC, d.undone_at IS NOT NULL, d.verdict DESC, d.score DESC, d.id LIMIT 50
"""
# As `archive entity show` finds them: those that speak of any part of the entity.
_DECISIONS_OF = """
SELECT x.id
FROM (SELECT id FROM entities WHERE id = :id OR merged_into_id = :id LIMIT 200) AS part
CROSS JOIN entities AS e ON e.id = part.id
CROSS JOIN decisions AS x ON x.{side}_key = e.name_key AND x.{side}_type = e.type
  AND +x.{side}_country_code IS e.country_code
  AND (x.{side}_sense IS NULL OR x.{side}_sense = e.sense)
"""


def entity_page(
    connection: sqlite3.Connection, entity_id: int, before: str | None = None
) -> EntityPage | None:
    """Gather the page of an entity; None where there is none of this number.

    `before` is the cursor of a page of articles, as `EntityPage.next_before` gave it; whatever
    else it holds means the first page.
    """
    entity = first(connection, _ENTITY, (entity_id,))
    if entity is None or entity["merged_into_id"] is not None:
        return None if entity is None else EntityPage(entity=entity)
    values = {**entity, "looked_through": _LOOKED_THROUGH, "shown": _SHOWN}
    months = select(connection, _MONTHS, values)
    named_with = select(connection, _NAMED_WITH, values)
    articles, next_before = _articles(connection, entity_id, before)
    return EntityPage(
        entity=entity,
        aliases=tuple(select(connection, _ALIASES, values)),
        merged=tuple(select(connection, _MERGED, values)),
        posts=tuple(select(connection, _posts("entity_id", "of_entity_id"), values)),
        holders=tuple(select(connection, _posts("of_entity_id", "entity_id"), values)),
        place=dot(entity),
        places=tuple(place for row in named_with if (place := dot(row)))[:15],
        timeline=over_time(
            {"articles": {row["month"]: row["articles"] for row in months}}, "articles", 170.0
        ),
        months=tuple(months),
        articles=articles,
        next_before=next_before,
        named_with=tuple(named_with[:24]),
        figures_by=_figures(connection, _FIGURES_BY, entity_id),
        figures_about=_figures(connection, _FIGURES_ABOUT, entity_id),
        statements_by=tuple(select(connection, _STATEMENT.format(rows=_SAID_BY), values)),
        statements_about=tuple(select(connection, _STATEMENT.format(rows=_SAID_ABOUT), values)),
        decisions=tuple(select(connection, _decisions(), values)),
    )


def _decisions() -> str:
    left, right = (_DECISIONS_OF.format(side=side) for side in ("left", "right"))
    return _DECISIONS.format(left=left, right=right)


def _posts(own: str, other: str) -> str:
    return _POSTS.format(own=own, other=other)


def _articles(
    connection: sqlite3.Connection, entity_id: int, before: str | None
) -> tuple[tuple[Row, ...], str | None]:
    """One page of articles, the newest first and undated ones last, and the cursor of the next."""
    cursor = _CURSOR.fullmatch(before or "")
    values: dict[str, object] = {"id": entity_id, "limit": _PAGE + 1}
    after = "1"
    if cursor is not None:
        values |= {"day": cursor[1], "article": int(cursor[2])}
        after = (
            "(n.published_on IS NULL AND n.article_id < :article)"
            if cursor[1] is None
            else "(n.published_on < :day OR (n.published_on = :day AND n.article_id < :article)"
            " OR n.published_on IS NULL)"
        )
    rows = select(connection, _ARTICLES.format(after=after), values)
    if len(rows) <= _PAGE:
        return tuple(rows), None
    last = rows[_PAGE - 1]
    return tuple(rows[:_PAGE]), f"{last['published_on'] or ''}.{last['id']}"


_FIGURES_BY = (
    "SELECT figure_id FROM figure_index WHERE said_by_entity_id = ? AND is_copy = 0 "
    "ORDER BY id LIMIT ?",
)
_FIGURES_ABOUT = (
    "SELECT figure_id FROM figure_index WHERE place_entity_id = ? AND is_copy = 0 "
    "ORDER BY id LIMIT ?",
    "SELECT id FROM figures WHERE counted_entity_id = ? ORDER BY id DESC LIMIT ?",
    "SELECT id FROM figures WHERE actor_entity_id = ? ORDER BY id DESC LIMIT ?",
)


def _figures(
    connection: sqlite3.Connection, queries: tuple[str, ...], entity_id: int
) -> tuple[Row, ...]:
    ids = {
        figure_id
        for query in queries
        for figure_id in numbers(connection, query, (entity_id, _SHOWN))
    }
    current = numbers(
        connection,
        f"SELECT figure_id FROM figure_index WHERE figure_id IN ({marks_for(list(ids))}) "
        "ORDER BY id LIMIT ?",
        (*ids, _SHOWN),
    )
    return tuple(select(connection, _FIGURES.format(ids=marks_for(current)), current))
