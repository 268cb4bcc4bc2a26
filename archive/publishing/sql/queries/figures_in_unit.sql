-- title: Figures in one unit
-- group: figures
-- description: >-
--   Every figure in a unit of measure (metre, percent, EUR, person; see the table units), latest
--   first, with its value in the SI unit so that it can be compared with others of its kind. Copies
--   are left out. At most 200 rows.
-- params:
--   unit: metre
SELECT
  f.text, f.low, f.high, f.modifier, u.si_unit, f.si_low, f.si_high, f.counted, i.measure, f.status,
  o.name AS outlet, i.published_on, a.headline, a.uid, i.figure_id, a.id AS article_id
FROM figure_index AS i
CROSS JOIN figures AS f ON f.id = i.figure_id
CROSS JOIN paragraphs AS p ON p.id = f.paragraph_id
LEFT JOIN units AS u ON u.id = f.unit_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = i.outlet_id
WHERE i.unit = :unit
  AND i.is_copy = 0
ORDER BY i.id
LIMIT 200
