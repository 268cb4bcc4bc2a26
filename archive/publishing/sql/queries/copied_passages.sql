-- title: Copied passages
-- group: copies and revisions
-- description: >-
--   Paragraphs that an outlet has in the same words as an earlier article, beside that one, latest
--   copy first. Leave outlet empty for all outlets. At most 200 rows; the view `copied_paragraphs` has
--   all.
-- params:
--   outlet: ''
WITH copying AS (
  -- One of the two has rows. Each goes through articles in the order of publication.
  SELECT * FROM (
    SELECT p.id, p.copy_of_id, a.published_on
    FROM articles AS a
    CROSS JOIN article_counts AS n ON n.article_id = a.id AND n.copied_paragraphs > 0
    CROSS JOIN paragraphs AS p
      ON p.article_id = a.id AND p.copy_of_id IS NOT NULL AND p.role <> 'furniture'
    WHERE :outlet = ''
    ORDER BY a.published_on DESC
    LIMIT 200
  )
  UNION ALL
  SELECT * FROM (
    SELECT p.id, p.copy_of_id, a.published_on
    FROM articles AS a
    CROSS JOIN article_counts AS n ON n.article_id = a.id AND n.copied_paragraphs > 0
    CROSS JOIN paragraphs AS p
      ON p.article_id = a.id AND p.copy_of_id IS NOT NULL AND p.role <> 'furniture'
    WHERE a.outlet_id = (SELECT id FROM outlets WHERE name = :outlet)
    ORDER BY a.published_on DESC
    LIMIT 200
  )
)
SELECT
  fa.published_on AS first_on,
  fo.name AS first_outlet,
  fa.headline AS first_headline,
  ca.published_on AS copied_on,
  co.name AS copied_by,
  ca.headline AS copy_headline,
  CAST(julianday(ca.published_on) - julianday(fa.published_on) AS INTEGER) AS days_later,
  first.text,
  fa.id AS first_article_id,
  ca.id AS copy_article_id
FROM copying
CROSS JOIN paragraphs AS copy ON copy.id = copying.id
CROSS JOIN paragraphs AS first ON first.id = copying.copy_of_id
CROSS JOIN articles AS ca ON ca.id = copy.article_id
LEFT JOIN articles AS fa ON fa.id = first.article_id
LEFT JOIN outlets AS co ON co.id = ca.outlet_id
LEFT JOIN outlets AS fo ON fo.id = fa.outlet_id
ORDER BY ca.published_on DESC, copy.id
