-- title: What is most in conflict
-- group: figures
-- description: >-
--   Topics of which articles give numbers that exclude one another, those with most sources first.
--   The query `conflicting_figures` shows the claims of each. At most 200 rows.
SELECT
  t.place AS place_in_order, t.topic, t.measure, t.thing, e.name AS place, t.sources, t.claims,
  t.articles, t.lowest, t.highest, t.unit, t.first_on, t.last_on
FROM conflict_topics AS t
LEFT JOIN entities AS e ON e.id = t.place_entity_id
ORDER BY t.place
LIMIT 200
