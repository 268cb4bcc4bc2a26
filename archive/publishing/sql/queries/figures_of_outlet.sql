-- title: Figures of one outlet
-- description: >-
--   Every figure that an outlet states, latest first; leave kind (count, money, percentage and so on)
--   empty for all kinds. Copies are marked.
-- params:
--   outlet: Harbour Courier
--   kind: ''
SELECT
  f.text, f.kind, f.low, f.high, f.modifier, f.unit, f.counted, f.measure, f.status,
  f.attributed_to, a.published_on, a.headline, p.copy_of_id IS NOT NULL AS is_copy, a.uid,
  f.id AS figure_id, a.id AS article_id
FROM outlets AS o
JOIN articles AS a ON a.outlet_id = o.id
JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
JOIN paragraphs AS p ON p.article_id = a.id
JOIN figures AS f ON f.paragraph_id = p.id
WHERE o.name = :outlet
  AND (:kind = '' OR f.kind = :kind)
ORDER BY a.published_on DESC, a.id, f.char_start
