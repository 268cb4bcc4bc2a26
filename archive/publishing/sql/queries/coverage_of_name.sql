-- title: How outlets cover somebody or something
-- group: coverage
-- description: >-
--   Articles of each outlet and month that name somebody or something, in any form of the name: who
--   reports on it, and when they stop. Latest month first, at most 200 rows,
--   of the latest 5,000 articles that name it.
-- params:
--   name: Afghanistan
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :name
)
SELECT
  e.name, o.name AS outlet, substr(a.published_on, 1, 7) AS month, count(*) AS articles,
  sum(n.mentions) AS mentions, sum(n.in_headline) AS headlines, e.id AS entity_id
FROM (
  SELECT n.*
  FROM who CROSS JOIN entity_articles AS n ON n.entity_id = who.id
  ORDER BY n.published_on DESC
  LIMIT 5000
) AS n
CROSS JOIN articles AS a ON a.id = n.article_id
CROSS JOIN entities AS e ON e.id = n.entity_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
GROUP BY e.id, a.outlet_id, month
ORDER BY month DESC, articles DESC, outlet, e.id
LIMIT 200
