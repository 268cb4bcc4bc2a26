-- title: Coverage by outlet and month
-- group: coverage
-- description: >-
--   How much each outlet published in each month, latest first; a row without a month counts what
--   has no date. Leave outlet empty for all outlets. At most 200 rows; the table `coverage` has all.
-- params:
--   outlet: ''
SELECT outlet, month, articles, teasers, fragments, words, figures, copied_paragraphs
FROM coverage
WHERE :outlet = '' OR outlet = :outlet
ORDER BY month DESC, outlet
LIMIT 200
