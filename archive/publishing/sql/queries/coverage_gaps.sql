-- title: Months of which nothing is here
-- group: coverage
-- description: >-
--   Months between the first and the last of an outlet in this archive of which it has no article: a
--   gap of the archive or of the outlet, which no query can tell apart. Leave outlet empty for all.
-- params:
--   outlet: ''
WITH RECURSIVE spans AS (
  SELECT outlet, outlet_id, min(month) AS month, max(month) AS last_month
  FROM coverage
  WHERE month IS NOT NULL AND (:outlet = '' OR outlet = :outlet)
  GROUP BY outlet_id
),
months AS (
  SELECT outlet, outlet_id, month, last_month FROM spans
  UNION ALL
  SELECT outlet, outlet_id, substr(date(month || '-01', '+1 month'), 1, 7), last_month
  FROM months
  WHERE month < last_month
)
SELECT outlet, month, outlet_id
FROM months
EXCEPT
SELECT outlet, month, outlet_id FROM coverage
ORDER BY outlet, month
LIMIT 200
