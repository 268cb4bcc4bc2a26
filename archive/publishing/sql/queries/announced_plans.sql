-- title: Announced, and not done yet
-- group: figures
-- description: >-
--   Figures that were planned, decided or expected when the article was written, latest first: what
--   to follow up. Copies are left out. Leave measure empty for all. At most 200 rows; the view
--   `figure_facts` has all under status = planned.
-- params:
--   measure: ''
SELECT
  f.text, f.low, f.high, f.unit, f.counted, f.measure, f.period, f.period_end, f.actor, f.place,
  f.attributed_to, f.sentence, f.outlet, f.published_on, f.headline, f.uid, f.id AS figure_id,
  f.article_id
FROM (
  SELECT id, figure_id
  FROM figure_index
  WHERE status = 'planned' AND is_copy = 0 AND (:measure = '' OR measure = :measure)
  ORDER BY id
  LIMIT 200
) AS i
CROSS JOIN figure_facts AS f ON f.id = i.figure_id
ORDER BY i.id
