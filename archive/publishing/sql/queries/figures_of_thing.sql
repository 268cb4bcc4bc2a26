-- title: Figures about one thing
-- group: figures
-- description: >-
--   Every figure that counts or measures a thing, in its shortest form (singular, small letters,
--   words in the order of the alphabet; see the table figure_values), latest first. At most 200
--   rows.
-- params:
--   thing: passenger
SELECT
  f.text, f.low, f.high, f.modifier, f.unit, f.counted, i.measure, f.status, f.period,
  place.name AS place, i.said_by, o.name AS outlet, i.published_on, i.is_copy, a.headline, a.uid,
  i.figure_id, a.id AS article_id
FROM figure_index AS i
CROSS JOIN figures AS f ON f.id = i.figure_id
CROSS JOIN paragraphs AS p ON p.id = f.paragraph_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = i.outlet_id
LEFT JOIN entities AS place ON place.id = i.place_entity_id
WHERE i.thing = :thing
ORDER BY i.id
LIMIT 200
