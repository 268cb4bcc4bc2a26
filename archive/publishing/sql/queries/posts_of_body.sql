-- title: Who holds the posts of a body
-- group: entities
-- description: >-
--   Everybody to whom articles give a post of a country, party, company or other body, by any of
--   its names, with the first and last day they do.
-- params:
--   body: Iran
WITH body AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :body
)
SELECT
  h.role, e.name AS held_by, of.name AS of, h.first_on, h.last_on, h.articles, h.entity_id
FROM body
CROSS JOIN posts AS h ON h.of_entity_id = body.id
CROSS JOIN entities AS of ON of.id = body.id
CROSS JOIN entities AS e ON e.id = h.entity_id
ORDER BY h.articles DESC, h.role, e.name, h.entity_id
LIMIT 200
