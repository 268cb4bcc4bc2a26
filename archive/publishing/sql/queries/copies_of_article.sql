-- title: Copies of an article
-- description: Every article that repeats one or is repeated by it, the earliest first. Empty uid for all groups.
-- params:
--   uid: ""
WITH chosen AS (
  SELECT coalesce(c.earliest_id, a.id) AS earliest_id
  FROM articles AS a
  LEFT JOIN article_copies AS c ON c.article_id = a.id
  WHERE a.uid = :uid
),
members AS (
  SELECT earliest_id, earliest_id AS article_id, NULL AS relation, NULL AS similarity
  FROM article_copies
  GROUP BY earliest_id
  UNION ALL
  SELECT earliest_id, article_id, relation, similarity FROM article_copies
)
SELECT
  e.uid AS group_of,
  a.published_on,
  o.name AS outlet,
  a.headline,
  m.relation,
  m.similarity,
  a.word_count,
  a.uid,
  s.name AS source
FROM members AS m
JOIN articles AS a ON a.id = m.article_id
JOIN articles AS e ON e.id = m.earliest_id
JOIN sources AS s ON s.id = a.source_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE :uid = '' OR m.earliest_id IN (SELECT earliest_id FROM chosen)
ORDER BY e.published_on, e.uid, m.relation IS NOT NULL, a.published_on IS NULL, a.published_on, s.name
LIMIT 1000
