-- title: Announced, and not done yet
-- description: >-
--   Figures that were planned, decided or expected when the article was written: what to follow up.
--   Copies are left out. Leave measure empty for all.
-- params:
--   measure: ''
SELECT
  text, low, high, unit, counted, measure, period, period_end, actor, place, attributed_to,
  sentence, outlet, published_on, headline, uid, id AS figure_id, article_id
FROM figure_facts
WHERE status = 'planned'
  AND (:measure = '' OR measure = :measure)
  AND is_copy = 0
ORDER BY coalesce(period_end, published_on) IS NULL, coalesce(period_end, published_on), id
