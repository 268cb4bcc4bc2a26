-- title: Search paragraphs, best first
-- group: articles
-- description: >-
--   Paragraphs with all the words, ranked by bm25, the words set in asterisks. Put words in
--   quotation marks to find them in this order, and a * after the beginning of a word. Copies of
--   a paragraph are left out. Of a word in more than 10,000 paragraphs those stored last are ranked.
--   At most 100 rows.
-- params:
--   text: deport*
SELECT
  snippet(paragraphs_fts, 0, '**', '**', ' … ', 32) AS snippet,
  p.role,
  a.headline,
  o.name AS outlet,
  a.published_on,
  a.uid,
  a.id AS article_id,
  p.id AS paragraph_id
FROM paragraphs_fts
CROSS JOIN paragraphs AS p ON p.id = paragraphs_fts.rowid
CROSS JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE paragraphs_fts MATCH escape_fts(:text)
  AND paragraphs_fts.rowid > (
    -- Of common words the 10,000 paragraphs stored last are ranked, which takes time for each.
    SELECT coalesce(max(id), 0) FROM (
      SELECT rowid AS id FROM paragraphs_fts WHERE paragraphs_fts MATCH escape_fts(:text)
      ORDER BY rowid DESC LIMIT 1 OFFSET 10000
    )
  )
  AND p.copy_of_id IS NULL
ORDER BY paragraphs_fts.rank
LIMIT 100
