-- title: Timeline of somebody or something
-- group: entities
-- description: >-
--   Dated passages that name whoever goes by a name, in the order of the days they speak of, from a
--   day on where since is given. Copies are left out. At most 200 rows, of the 4,000 mentions
--   stored last; give the last day shown as since for more.
-- params:
--   name: Afghanistan
--   since: ''
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :name
),
naming AS (
  SELECT DISTINCT paragraph_id
  FROM (
    SELECT m.paragraph_id
    FROM who CROSS JOIN mentions AS m ON m.entity_id = who.id
    -- the order of the index, from its end
    ORDER BY m.own_entity_id DESC, m.id DESC
    LIMIT 4000
  )
),
found AS (
  SELECT d.id, d.start_date, d.end_date
  FROM naming
  CROSS JOIN dates AS d ON d.paragraph_id = naming.paragraph_id
  CROSS JOIN paragraphs AS p ON p.id = d.paragraph_id AND p.copy_of_id IS NULL
  CROSS JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
  WHERE d.start_date >= :since
  ORDER BY d.start_date, d.end_date, d.id
  LIMIT 200
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
FROM found
CROSS JOIN dates AS d ON d.id = found.id
CROSS JOIN paragraphs AS p ON p.id = d.paragraph_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
ORDER BY found.start_date, found.end_date, found.id
