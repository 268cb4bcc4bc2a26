-- title: Killed, injured, missing, detained, deported, displaced
-- description: >-
--   Claims of casualties, each number of each source once. Leave place empty for all places.
-- params:
--   place: ''
SELECT
  measure, text, low, high, counted, place, period, status, said_by, is_disputed, articles,
  outlets, first_on, sentence, headline, uid, figure_id, article_id
FROM casualties
WHERE :place = '' OR place = :place
ORDER BY first_on IS NULL, first_on, claim_id
