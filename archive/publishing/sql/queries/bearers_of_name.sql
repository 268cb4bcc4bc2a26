-- title: Who bears a name
-- group: entities
-- description: >-
--   Everybody and everything that goes by a name, apart from one another: a person and a city, or
--   two people whom documents tell apart. Look here first where a name is common.
-- params:
--   name: Iran
SELECT
  e.name, e.type, c.name AS country, e.sense, n.articles, n.mentions, n.first_on, n.last_on,
  e.id AS entity_id
FROM (
  SELECT DISTINCT coalesce(x.merged_into_id, x.id) AS id
  FROM aliases AS form JOIN entities AS x ON x.id = form.entity_id
  WHERE form.name = :name
) AS who
CROSS JOIN entities AS e ON e.id = who.id
LEFT JOIN entity_counts AS n ON n.entity_id = e.id
LEFT JOIN countries AS c ON c.code = e.country_code
ORDER BY n.articles DESC, e.id
