-- title: Articles that name somebody or something
-- group: articles
-- description: >-
--   Articles in which a name stands, in any of its forms, latest first. At most 200 rows; the table
--   `entity_articles` has all.
-- params:
--   name: Afghanistan
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :name
),
latest AS (
  SELECT n.*
  FROM who CROSS JOIN entity_articles AS n ON n.entity_id = who.id
  ORDER BY n.published_on DESC
  LIMIT 200
)
SELECT
  e.name,
  a.headline,
  o.name AS outlet,
  a.published_on,
  n.mentions,
  n.original_mentions,
  n.in_headline,
  a.uid,
  a.id AS article_id
FROM latest AS n
CROSS JOIN entities AS e ON e.id = n.entity_id
CROSS JOIN articles AS a ON a.id = n.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
ORDER BY n.published_on DESC, n.mentions DESC, a.id
