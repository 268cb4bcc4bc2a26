-- title: Figures about a measure and place
-- group: figures
-- description: >-
--   Figures with this measure (killed, deported, pledged and so on; see the table measures), in their
--   sentences and with their sources, latest first. Leave place empty for all places. Copies are left
--   out. At most 200 rows; the view `figure_facts` has all.
-- params:
--   measure: deported
--   place: ''
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :place
)
SELECT
  f.text, f.low, f.high, f.modifier, f.unit, f.counted, f.status, f.period, f.place,
  f.attributed_to, f.sentence, f.outlet, f.published_on, f.headline, f.uid, f.id AS figure_id,
  f.article_id
FROM (
  SELECT id, figure_id
  FROM figure_index
  WHERE measure = :measure AND is_copy = 0
    AND (:place = '' OR place_entity_id IN (SELECT id FROM who))
  ORDER BY id
  LIMIT 200
) AS i
CROSS JOIN figure_facts AS f ON f.id = i.figure_id
ORDER BY i.id
