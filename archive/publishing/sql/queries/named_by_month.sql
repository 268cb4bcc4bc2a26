-- title: Named by month
-- group: entities
-- description: How many articles of each month name somebody or something, in any form of the name.
-- params:
--   name: Afghanistan
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :name
)
SELECT e.name, e.type, m.month, m.articles, m.mentions, m.entity_id
FROM who
CROSS JOIN entity_months AS m ON m.entity_id = who.id
CROSS JOIN entities AS e ON e.id = who.id
ORDER BY e.name, m.entity_id, m.month
