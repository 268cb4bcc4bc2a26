-- title: Copied paragraphs
-- description: >-
--   Paragraphs that repeat an earlier one in the same words, beside that one. The earliest is the
--   first by date of publication; undated articles come after dated ones. Furniture is left out.
-- columns:
--   text: The words, as the earliest has them
--   characters: Their length
--   first_on: Day of publication of the earliest
--   first_outlet: Outlet of the earliest
--   first_headline: Headline of its article
--   copied_on: Day of publication of the copy
--   copied_by: Outlet of the copy
--   copy_headline: Headline of the copy's article
--   days_later: Days from the earliest to the copy; null where either has no date
--   role: What the copy is to its article
--   first_uid: Permanent name of the earliest's article
--   copy_uid: Permanent name of the copy's article
--   first_article_id: Article of the earliest
--   copy_article_id: Article of the copy
--   first_paragraph_id: The earliest paragraph
--   copy_paragraph_id: The paragraph that repeats it
-- fts_table: paragraphs_fts
-- fts_pk: first_paragraph_id
SELECT
  first.text,
  length(first.text) AS characters,
  fa.published_on AS first_on,
  fo.name AS first_outlet,
  fa.headline AS first_headline,
  ca.published_on AS copied_on,
  co.name AS copied_by,
  ca.headline AS copy_headline,
  CAST(julianday(ca.published_on) - julianday(fa.published_on) AS INTEGER) AS days_later,
  copy.role,
  fa.uid AS first_uid,
  ca.uid AS copy_uid,
  fa.id AS first_article_id,
  ca.id AS copy_article_id,
  first.id AS first_paragraph_id,
  copy.id AS copy_paragraph_id
FROM paragraphs AS copy
JOIN paragraphs AS first ON first.id = copy.copy_of_id
JOIN sources AS s ON s.id = copy.source_id AND s.superseded_by_id IS NULL
JOIN articles AS ca ON ca.id = copy.article_id
LEFT JOIN articles AS fa ON fa.id = first.article_id
LEFT JOIN outlets AS co ON co.id = ca.outlet_id
LEFT JOIN outlets AS fo ON fo.id = fa.outlet_id
WHERE copy.role <> 'furniture'
