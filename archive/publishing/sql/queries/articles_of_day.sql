-- title: The news of one day
-- group: articles
-- description: >-
--   Every article published on a day, with the figures and names in it; copies of an earlier
--   article are marked.
-- params:
--   day: '2025-09-11'
SELECT
  a.published_at, a.headline, o.name AS outlet, a.kind, a.section, place.name AS place, n.entities,
  n.figures, c.article_id IS NOT NULL AS is_copy, a.uid, a.id AS article_id
FROM articles AS a
CROSS JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
LEFT JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN entities AS place ON place.id = a.place_entity_id
LEFT JOIN article_counts AS n ON n.article_id = a.id
LEFT JOIN article_copies AS c ON c.article_id = a.id
WHERE a.published_on = :day
ORDER BY is_copy, a.published_at IS NULL, a.published_at, a.id
LIMIT 200
