-- title: A figure over time
-- group: figures
-- description: >-
--   Reported claims with this measure as a series: the period that the text gives, else the day of
--   publication, with the smallest and largest value. Leave place empty for all places. The latest 200
--   claims; the table `claims` has all.
-- params:
--   measure: deported
--   place: ''
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :place
),
latest AS (
  SELECT *
  FROM claims
  WHERE measure = :measure AND status = 'reported' AND restates_id IS NULL
    AND (:place = '' OR place_entity_id IN (SELECT id FROM who))
  ORDER BY first_on DESC
  LIMIT 200
)
SELECT
  coalesce(c.period_start, c.first_on) AS day,
  c.period_end,
  c.low,
  c.high,
  c.unit,
  c.thing,
  place.name AS place,
  c.said_by,
  c.articles,
  c.figure_id,
  c.article_id
FROM latest AS c
LEFT JOIN entities AS place ON place.id = c.place_entity_id
ORDER BY day IS NULL, day, c.id
