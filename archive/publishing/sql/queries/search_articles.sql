-- title: Search articles, best first
-- group: articles
-- description: >-
--   Articles with a paragraph that has all the words, ranked by their best paragraph (bm25) among
--   the 1,000 best. Of a word in more than 10,000 paragraphs those stored last are ranked. At most
--   100 rows.
-- params:
--   text: Kabul
WITH hits AS (
  SELECT rowid AS paragraph_id, rank AS score
  FROM paragraphs_fts
  WHERE paragraphs_fts MATCH escape_fts(:text)
  AND rowid > (
    -- Of common words the 10,000 paragraphs stored last are ranked, which takes time for each.
    SELECT coalesce(max(id), 0) FROM (
      SELECT rowid AS id FROM paragraphs_fts WHERE paragraphs_fts MATCH escape_fts(:text)
      ORDER BY rowid DESC LIMIT 1 OFFSET 10000
    )
  )
  ORDER BY rank
  LIMIT 1000
)
SELECT
  a.headline,
  o.name AS outlet,
  a.published_on,
  a.kind,
  count(*) AS paragraphs_found,
  p.text AS best_paragraph,
  round(min(hits.score), 3) AS score,
  a.uid,
  a.id AS article_id
FROM hits
CROSS JOIN paragraphs AS p ON p.id = hits.paragraph_id
CROSS JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
CROSS JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
GROUP BY a.id
ORDER BY min(hits.score), a.id
LIMIT 100
