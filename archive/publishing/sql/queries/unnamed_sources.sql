-- title: Figures from unnamed sources
-- group: quality
-- description: >-
--   Figures that stand on somebody without a name, such as an official, latest first. Copies are left
--   out. At most 200 rows; the view `figure_facts` has all under attribution_kind = anonymous.
SELECT
  f.attributed_to, f.text, f.counted, f.measure, f.status, f.sentence, f.outlet, f.published_on,
  f.headline, f.uid, f.id AS figure_id, f.article_id
FROM (
  SELECT id, figure_id
  FROM figure_index
  WHERE attribution_kind = 'anonymous' AND is_copy = 0
  ORDER BY id
  LIMIT 200
) AS i
CROSS JOIN figure_facts AS f ON f.id = i.figure_id
ORDER BY i.id
