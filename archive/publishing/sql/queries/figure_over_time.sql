-- title: A figure over time
-- description: >-
--   Reported claims with this measure as a series: the period that the text gives, else the day of
--   publication, with the smallest and largest value. Leave place empty for all places.
-- params:
--   measure: deported
--   place: ''
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
FROM claims AS c
LEFT JOIN entities AS place ON place.id = c.place_entity_id
WHERE c.measure = :measure
  AND (:place = '' OR place.name = :place)
  AND c.status = 'reported'
  AND c.restates_id IS NULL
ORDER BY day IS NULL, day, c.id
