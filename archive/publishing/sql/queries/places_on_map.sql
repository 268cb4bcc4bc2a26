-- title: Places with coordinates
-- group: entities
-- description: >-
--   The places that most articles name and whose position is known, for a map. Degrees are WGS 84;
--   a country stands at its middle. At most 200 rows.
SELECT
  e.name, e.type, e.country_code, e.latitude, e.longitude, n.articles, n.mentions, n.first_on,
  n.last_on, n.entity_id
FROM entity_counts AS n
CROSS JOIN entities AS e ON e.id = n.entity_id AND e.latitude IS NOT NULL
ORDER BY n.articles DESC
LIMIT 200
