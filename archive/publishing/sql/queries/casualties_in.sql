-- title: Killed, injured, missing, detained, deported, displaced
-- group: figures
-- description: >-
--   Claims of casualties, each number of each source once, latest first. Leave place empty for all
--   places. At most 200 rows; the view `casualties` has all.
-- params:
--   place: ''
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :place
)
SELECT
  measure, text, low, high, counted, place, period, status, said_by, is_disputed, articles,
  outlets, first_on, sentence, headline, uid, figure_id, article_id
FROM casualties
WHERE :place = '' OR place_entity_id IN (SELECT id FROM who)
ORDER BY first_on DESC, claim_id DESC
LIMIT 200
