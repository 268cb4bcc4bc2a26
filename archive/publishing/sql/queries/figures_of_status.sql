-- title: Figures that are not plainly reported
-- group: figures
-- description: >-
--   Figures that the text itself sets apart: alleged, denied, hypothetical or planned (status),
--   latest first, in their sentence. Copies are left out. At most 200 rows.
-- params:
--   status: hypothetical
SELECT
  f.text, f.low, f.high, f.unit, f.counted, f.measure, i.said_by,
  substr(p.text, f.sentence_start - p.char_start + 1, f.sentence_end - f.sentence_start)
    AS sentence,
  o.name AS outlet, i.published_on, a.headline, a.uid, i.figure_id, a.id AS article_id
FROM (
  -- The sign keeps SQLite from reading all figures in the order of their ids.
  SELECT id, figure_id, said_by, outlet_id, published_on
  FROM figure_index
  WHERE status = :status AND status <> 'reported' AND is_copy = 0
  ORDER BY +id
  LIMIT 200
) AS i
CROSS JOIN figures AS f ON f.id = i.figure_id
CROSS JOIN paragraphs AS p ON p.id = f.paragraph_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = i.outlet_id
ORDER BY i.id
