-- title: Figures by their source
-- description: Every figure that stands on somebody's word, by any form of the name. Copies are left out.
-- params:
--   source: The Sunday Times
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :source
)
SELECT
  f.attributed_to, f.text, f.low, f.high, f.modifier, f.unit, f.counted, f.measure, f.status,
  f.place, f.period, f.sentence, f.outlet, f.published_on, f.uid, f.id AS figure_id, f.article_id
FROM figure_facts AS f
WHERE f.attributed_entity_id IN (SELECT id FROM who)
  AND f.is_copy = 0
ORDER BY f.published_on IS NULL, f.published_on, f.id
