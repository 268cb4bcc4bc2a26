-- title: A measure by month
-- group: figures
-- description: >-
--   How many figures with a measure were published in each month, copies apart; how much a
--   subject is in the news, not how large its numbers are. Leave measure empty for all.
-- params:
--   measure: killed
SELECT measure, nullif(month, '') AS month, figures, copies
FROM measure_months
WHERE :measure = '' OR measure = :measure
ORDER BY month IS NULL, month, figures DESC
