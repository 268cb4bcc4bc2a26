-- title: Articles of one outlet
-- group: articles
-- description: >-
--   What an outlet published, latest first, with how much was found in each article; from a day on
--   where since is given. At most 200 rows.
-- params:
--   outlet: Harbour Courier
--   since: '2025-07-01'
SELECT
  a.published_on, a.headline, a.kind, a.section, a.byline, a.word_count, n.entities, n.figures,
  n.quotes, n.copied_paragraphs, a.uid, a.id AS article_id
FROM articles AS a
CROSS JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
LEFT JOIN article_counts AS n ON n.article_id = a.id
WHERE a.outlet_id = (SELECT id FROM outlets WHERE name = :outlet)
  AND a.published_on >= :since
ORDER BY a.published_on DESC, a.id
LIMIT 200
