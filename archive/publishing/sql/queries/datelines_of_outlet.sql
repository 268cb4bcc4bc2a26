-- title: Where an outlet reports from
-- group: coverage
-- description: >-
--   Places in the datelines of an outlet, with how many articles come from each; a row without a place
--   counts articles that give none.
-- params:
--   outlet: Lowland Post
SELECT
  e.name AS place, e.country_code, count(*) AS articles, min(a.published_on) AS first_on,
  max(a.published_on) AS last_on, e.id AS place_entity_id
FROM outlets AS o
CROSS JOIN articles AS a ON a.outlet_id = o.id
CROSS JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
LEFT JOIN entities AS e ON e.id = a.place_entity_id
WHERE o.name = :outlet
GROUP BY e.id
ORDER BY articles DESC, place
