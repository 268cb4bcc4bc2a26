-- title: Articles that name both
-- group: articles
-- description: >-
--   Articles in which two names stand, in any of their forms, latest first, with how often each
--   does. At most 200 rows.
-- params:
--   one: Iran
--   other: Pakistan
WITH one AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :one
),
other AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :other
),
both AS (
  SELECT
    l.article_id, l.mentions AS mentions_of_one, r.mentions AS mentions_of_other,
    l.in_headline AND r.in_headline AS both_in_headline
  FROM one
  CROSS JOIN entity_articles AS l ON l.entity_id = one.id
  CROSS JOIN entity_articles AS r
    ON r.entity_id IN (SELECT id FROM other) AND r.article_id = l.article_id
    AND r.entity_id <> l.entity_id
  ORDER BY l.published_on DESC, min(l.mentions, r.mentions) DESC, l.article_id
  LIMIT 200
)
SELECT
  a.published_on, a.headline, o.name AS outlet, both.mentions_of_one, both.mentions_of_other,
  both.both_in_headline, a.uid, a.id AS article_id
FROM both
CROSS JOIN articles AS a ON a.id = both.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
ORDER BY a.published_on DESC, min(both.mentions_of_one, both.mentions_of_other) DESC, a.id
