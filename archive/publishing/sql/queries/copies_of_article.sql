-- title: Copies of an article
-- group: copies and revisions
-- description: >-
--   Every article that repeats one or is repeated by it, the earliest first. Empty uid for all groups.
--   At most 200 rows; the table `article_copies` has all.
-- params:
--   uid: ""
WITH chosen AS (
  -- One of the two has rows; together they would have to read the table whole.
  SELECT * FROM (
    SELECT DISTINCT earliest_id FROM article_copies WHERE :uid = '' ORDER BY earliest_id LIMIT 200
  )
  UNION ALL
  SELECT DISTINCT coalesce(c.earliest_id, a.id)
  FROM articles AS a
  LEFT JOIN article_copies AS c ON c.article_id = a.id
  WHERE a.uid = :uid
    AND (c.article_id IS NOT NULL OR a.id IN (SELECT earliest_id FROM article_copies))
),
members AS (
  SELECT earliest_id, earliest_id AS article_id, NULL AS relation, NULL AS similarity FROM chosen
  UNION ALL
  SELECT c.earliest_id, c.article_id, c.relation, c.similarity
  FROM chosen
  CROSS JOIN article_copies AS c ON c.earliest_id = chosen.earliest_id
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
CROSS JOIN articles AS a ON a.id = m.article_id
CROSS JOIN articles AS e ON e.id = m.earliest_id
CROSS JOIN sources AS s ON s.id = a.source_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
ORDER BY e.published_on, e.uid, m.relation IS NOT NULL, a.published_on IS NULL, a.published_on, s.name
LIMIT 200
