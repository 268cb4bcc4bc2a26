-- title: Figures about a place
-- group: figures
-- description: >-
--   Every figure whose sentence places it somewhere, by any name of the place, latest first. At
--   most 200 rows; the view `figure_facts` has all.
-- params:
--   place: Tolven
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :place
)
SELECT
  f.text, f.low, f.high, f.modifier, f.unit, f.counted, i.measure, f.status, f.period, i.said_by,
  o.name AS outlet, i.published_on, i.is_copy, a.headline, a.uid, i.figure_id, a.id AS article_id
FROM (
  SELECT *
  FROM figure_index
  WHERE place_entity_id IN (SELECT id FROM who)
  ORDER BY id
  LIMIT 200
) AS i
CROSS JOIN figures AS f ON f.id = i.figure_id
CROSS JOIN paragraphs AS p ON p.id = f.paragraph_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = i.outlet_id
ORDER BY i.id
