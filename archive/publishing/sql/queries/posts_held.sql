-- title: Posts and who holds them
-- description: >-
--   Every post that an article gives somebody, with the first and last day it does. Leave name
--   empty for everybody.
-- params:
--   name: ''
SELECT
  e.name,
  r.role,
  body.name AS of,
  min(a.published_on) AS first_on,
  max(a.published_on) AS last_on,
  count(DISTINCT a.id) AS articles,
  e.id AS entity_id
FROM roles AS r
JOIN entities AS e ON e.id = r.entity_id
JOIN paragraphs AS p ON p.id = r.paragraph_id
JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN entities AS body ON body.id = r.of_entity_id
WHERE :name = '' OR r.entity_id IN (SELECT entity_id FROM aliases WHERE name = :name)
GROUP BY e.id, r.role, body.id
ORDER BY e.name, first_on, r.role
