-- title: Figures about a measure and place
-- description: >-
--   Every figure with this measure (killed, deported, pledged and so on; see the table measures), in its
--   sentence and with its source. Leave place empty for all places. Copies are left out.
-- params:
--   measure: deported
--   place: ''
SELECT
  text, low, high, modifier, unit, counted, status, period, place, attributed_to, sentence,
  outlet, published_on, headline, uid, id AS figure_id, article_id
FROM figure_facts
WHERE measure = :measure
  AND (:place = '' OR place = :place)
  AND is_copy = 0
ORDER BY published_on IS NULL, published_on, id
