-- title: How a name is written
-- group: entities
-- description: >-
--   Every form in which articles name somebody or something, with how often and when first, and
--   the rules that found it. Copied paragraphs do not count. Of somebody named more than 4,000 times
--   the mentions stored last are looked at. At most 200 rows.
-- params:
--   name: United Nations
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :name
)
SELECT
  e.name, m.text AS form, count(*) AS mentions, count(DISTINCT p.article_id) AS articles,
  min(a.published_on) AS first_on, min(m.score) AS lowest_score,
  group_concat(DISTINCT m.rule) AS rules, e.id AS entity_id
FROM (
  SELECT m.*
  FROM who CROSS JOIN mentions AS m ON m.entity_id = who.id
  -- the order of the index, from its end
  ORDER BY m.own_entity_id DESC, m.id DESC
  LIMIT 4000
) AS m
CROSS JOIN entities AS e ON e.id = m.entity_id
CROSS JOIN paragraphs AS p ON p.id = m.paragraph_id AND p.copy_of_id IS NULL
CROSS JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
LEFT JOIN articles AS a ON a.id = p.article_id
GROUP BY e.id, m.text
ORDER BY e.name, e.id, mentions DESC, form
LIMIT 200
