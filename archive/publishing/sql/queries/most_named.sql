-- title: Most named
-- description: >-
--   Who and what is named in most articles; leave type (PERSON, ORG, GPE and so on) empty for all.
-- params:
--   type: PERSON
SELECT
  e.name, e.type, c.name AS country, n.articles, n.outlets, n.mentions, n.original_mentions,
  n.first_on, n.last_on, n.entity_id
FROM entity_counts AS n
JOIN entities AS e ON e.id = n.entity_id
LEFT JOIN countries AS c ON c.code = e.country_code
WHERE :type = '' OR e.type = :type
ORDER BY n.articles DESC, n.mentions DESC, e.name
LIMIT 200
