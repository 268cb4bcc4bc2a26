-- title: Timeline of somebody or something
-- description: >-
--   Dated passages that name whoever goes by a name, in the order of the days they speak of.
--   Copies are left out.
-- params:
--   name: Afghanistan
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :name
),
naming AS (
  SELECT DISTINCT m.paragraph_id FROM who JOIN mentions AS m ON m.entity_id = who.id
)
SELECT
  d.start_date,
  d.end_date,
  d.text,
  p.text AS paragraph,
  o.name AS outlet,
  a.published_on,
  a.headline,
  a.uid,
  a.id AS article_id
FROM naming
JOIN dates AS d ON d.paragraph_id = naming.paragraph_id
JOIN paragraphs AS p ON p.id = d.paragraph_id
JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE d.start_date IS NOT NULL
  AND p.copy_of_id IS NULL
ORDER BY d.start_date, d.end_date, d.id
