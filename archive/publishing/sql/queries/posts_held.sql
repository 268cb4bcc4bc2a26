-- title: Posts and who holds them
-- group: entities
-- description: >-
--   Posts that articles give somebody, by any form of the name, with the first and last day they do,
--   those told most often first. Leave name empty for everybody. At most 200 rows; the table `posts`
--   has all.
-- params:
--   name: ''
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :name
),
chosen AS (
  -- One of the two has rows; together they would have to read the table whole.
  SELECT * FROM (
    SELECT * FROM posts WHERE :name = '' ORDER BY articles DESC LIMIT 200
  )
  UNION ALL
  SELECT * FROM (
    SELECT * FROM posts WHERE entity_id IN (SELECT id FROM who) ORDER BY articles DESC LIMIT 200
  )
)
SELECT
  e.name,
  h.role,
  body.name AS of,
  h.first_on,
  h.last_on,
  h.articles,
  h.entity_id
FROM chosen AS h
CROSS JOIN entities AS e ON e.id = h.entity_id
LEFT JOIN entities AS body ON body.id = h.of_entity_id
ORDER BY h.articles DESC, e.name, h.first_on, h.role
