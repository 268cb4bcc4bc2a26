-- title: Timeline
-- description: Calendar expressions that could be resolved to days, with the paragraph that holds them.
-- columns:
--   start_date: First day it covers
--   end_date: Last day it covers
--   precision: day, month, season, year, decade and so on
--   text: Expression as written
--   paragraph: Paragraph it stands in
--   headline: Headline of the article
--   outlet: Outlet of the article
--   published_on: Day of publication of the article
--   is_copy: 1 where an earlier paragraph has the same words
--   uid: Permanent name of the article
--   source: Name of the source document
--   char_start: First character in the source's text, counted from 0
--   char_end: One past the last character in the source's text
--   article_id: Article it stands in
--   paragraph_id: Paragraph it stands in
--   id: Number of the date in this archive
-- sort: start_date
-- fts_table: paragraphs_fts
-- fts_pk: paragraph_id
SELECT
  d.start_date,
  d.end_date,
  d.precision,
  d.text,
  p.text AS paragraph,
  a.headline,
  o.name AS outlet,
  a.published_on,
  p.copy_of_id IS NOT NULL AS is_copy,
  a.uid,
  s.name AS source,
  d.char_start,
  d.char_end,
  a.id AS article_id,
  d.paragraph_id,
  d.id
FROM dates AS d
LEFT JOIN paragraphs AS p ON p.id = d.paragraph_id
LEFT JOIN sources AS s ON s.id = p.source_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE d.start_date IS NOT NULL
  AND s.superseded_by_id IS NULL
