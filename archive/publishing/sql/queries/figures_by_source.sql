-- title: Figures by their source
-- group: figures
-- description: >-
--   Figures that stand on somebody's word, by any form of the name, latest first. Copies are left
--   out. At most 200 rows; the view `figure_facts` has all.
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
FROM (
  SELECT id, figure_id
  FROM figure_index
  WHERE said_by_entity_id IN (SELECT id FROM who) AND is_copy = 0
  ORDER BY id
  LIMIT 200
) AS i
CROSS JOIN figure_facts AS f ON f.id = i.figure_id
ORDER BY i.id
