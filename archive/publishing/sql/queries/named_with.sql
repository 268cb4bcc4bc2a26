-- title: Who is named with whom
-- group: entities
-- description: >-
--   What is named in the same sentence, paragraph or article as whoever goes by a name. Copied
--   paragraphs count once. At most 200 rows; the table `entity_pairs` has all.
-- params:
--   name: Iran
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :name
)
SELECT
  one.name,
  other.name AS named_with,
  other.type,
  pair.sentences,
  pair.paragraphs,
  pair.articles,
  pair.other_id AS entity_id
FROM (
  SELECT n.*
  FROM who CROSS JOIN entity_pairs AS n ON n.entity_id = who.id
  ORDER BY n.sentences DESC, n.paragraphs DESC, n.articles DESC, n.other_id
  LIMIT 200
) AS pair
CROSS JOIN entities AS one ON one.id = pair.entity_id
CROSS JOIN entities AS other ON other.id = pair.other_id
ORDER BY pair.sentences DESC, pair.paragraphs DESC, pair.articles DESC, other.name
