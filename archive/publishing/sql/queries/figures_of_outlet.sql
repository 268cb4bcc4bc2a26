-- title: Figures of one outlet
-- group: figures
-- description: >-
--   Figures that an outlet states, latest first; leave kind (count, money, percentage and so on)
--   empty for all kinds. Copies are marked. At most 200 rows; the view `figure_facts` has all.
-- params:
--   outlet: Harbour Courier
--   kind: ''
SELECT
  f.text, f.kind, f.low, f.high, f.modifier, f.unit, f.counted, f.measure, f.status,
  f.attributed_to, a.published_on, a.headline, i.is_copy, a.uid, f.id AS figure_id,
  a.id AS article_id
FROM (
  SELECT id, figure_id, is_copy
  FROM figure_index
  WHERE outlet_id = (SELECT id FROM outlets WHERE name = :outlet)
    AND (:kind = '' OR kind = :kind)
  ORDER BY id
  LIMIT 200
) AS i
CROSS JOIN figures AS f ON f.id = i.figure_id
CROSS JOIN paragraphs AS p ON p.id = f.paragraph_id
CROSS JOIN articles AS a ON a.id = p.article_id
ORDER BY i.id
