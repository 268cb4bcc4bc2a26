-- title: Coverage by outlet and month
-- description: >-
--   How much each outlet published in each month; a row without a month counts what has no
--   date. Leave outlet empty for all outlets.
-- params:
--   outlet: ''
SELECT outlet, month, articles, teasers, fragments, words, figures, copied_paragraphs
FROM coverage
WHERE :outlet = '' OR outlet = :outlet
ORDER BY month IS NULL, month, outlet
