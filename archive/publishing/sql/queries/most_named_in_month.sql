-- title: Most named in a month
-- group: entities
-- description: >-
--   Who and what most articles of a month name, and whether the archive names them for the first
--   time then. Looked up in the summary of names by month. At most 200 rows.
-- params:
--   month: '2025-09'
SELECT
  e.name, e.type, m.articles, m.mentions, substr(n.first_on, 1, 7) = m.month AS is_new,
  n.articles AS articles_in_all, m.entity_id
FROM entity_months AS m
CROSS JOIN entities AS e ON e.id = m.entity_id
CROSS JOIN entity_counts AS n ON n.entity_id = m.entity_id
WHERE m.month = :month
ORDER BY m.articles DESC, m.mentions DESC, e.name, m.entity_id
LIMIT 200
