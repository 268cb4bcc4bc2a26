-- title: Articles from a place
-- group: articles
-- description: >-
--   Articles whose dateline names a place, by any of its names, latest first. At most 200 rows.
-- params:
--   place: Sandholm
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :place
)
SELECT
  a.published_on, a.headline, o.name AS outlet, a.dateline, a.agency, a.word_count, a.uid,
  a.id AS article_id
FROM who
CROSS JOIN articles AS a ON a.place_entity_id = who.id
CROSS JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
LEFT JOIN outlets AS o ON o.id = a.outlet_id
ORDER BY a.published_on DESC, a.id
LIMIT 200
