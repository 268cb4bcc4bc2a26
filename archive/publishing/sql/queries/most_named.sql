-- title: Most named
-- group: entities
-- description: >-
--   Who and what is named in most articles; leave type (PERSON, ORG, GPE and so on) empty for all.
-- params:
--   type: PERSON
WITH chosen AS (
  -- One of the two has rows, each in the order of an index.
  SELECT * FROM (SELECT * FROM entity_counts WHERE :type = '' ORDER BY articles DESC LIMIT 200)
  UNION ALL
  SELECT * FROM (SELECT * FROM entity_counts WHERE type = :type ORDER BY articles DESC LIMIT 200)
)
SELECT
  e.name, e.type, c.name AS country, n.articles, n.outlets, n.mentions, n.original_mentions,
  n.first_on, n.last_on, n.entity_id
FROM chosen AS n
CROSS JOIN entities AS e ON e.id = n.entity_id
LEFT JOIN countries AS c ON c.code = e.country_code
ORDER BY n.articles DESC, n.mentions DESC, e.name
