-- title: Articles
-- description: Every article of a current source, with its outlet, date, place and what was found in it.
-- columns:
--   id: Number of the article in this archive
--   uid: Permanent name of the article
--   headline: Headline as written
--   kind: article, teaser (cut off) or fragment (opens in mid-story)
--   outlet: Outlet that published it
--   published_on: Day of publication; first day of the month or year if no more is known
--   published_precision: minute, day, month or year
--   place: Place of the dateline
--   byline: Line that names the writers
--   agency: News agency it comes from
--   section: Section of the outlet
--   language: ISO 639-1 code
--   word_count: Words of its paragraphs, furniture aside
--   paragraphs: Number of its paragraphs
--   copied_paragraphs: Those of them that an earlier article has in the same words
--   entities: Number of different entities it names
--   figures: Number of figures it states
--   quotes: Number of passages between quotation marks
--   url: Where it was published
--   source: Name of the source it stands in
--   source_id: Source it stands in
--   outlet_id: Outlet that published it
--   place_entity_id: Place of the dateline
--   char_start: First character in the source's text, counted from 0
--   char_end: One past the last character in the source's text
-- sort_desc: published_on
-- facets: [outlet, kind]
-- fts_table: articles_fts
-- fts_pk: id
SELECT
  a.id,
  a.uid,
  a.headline,
  a.kind,
  o.name AS outlet,
  a.published_on,
  a.published_precision,
  e.name AS place,
  a.byline,
  a.agency,
  a.section,
  a.language,
  a.word_count,
  n.paragraphs,
  n.copied_paragraphs,
  n.entities,
  n.figures,
  n.quotes,
  a.url,
  s.name AS source,
  a.source_id,
  a.outlet_id,
  a.place_entity_id,
  a.char_start,
  a.char_end
FROM articles AS a
-- Left joins keep `articles` the outer loop, so that an order by date reads its index.
LEFT JOIN sources AS s ON s.id = a.source_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN entities AS e ON e.id = a.place_entity_id
LEFT JOIN article_counts AS n ON n.article_id = a.id
WHERE s.superseded_by_id IS NULL
