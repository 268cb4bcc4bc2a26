-- title: Figures in conflict
-- group: figures
-- description: >-
--   Numbers for the same measure, thing, place and period that exclude one another, side by side,
--   each with who said it. Leave measure empty for all. At most 200 rows; the view
--   `figure_conflicts` has all.
-- params:
--   measure: ''
SELECT
  topic, text, low, high, modifier, said_by, said_by_kind, articles, outlets, first_on, sentence,
  headline, uid, figure_id, article_id
FROM figure_conflicts
WHERE :measure = '' OR measure = :measure
ORDER BY topic, low, claim_id
LIMIT 200
