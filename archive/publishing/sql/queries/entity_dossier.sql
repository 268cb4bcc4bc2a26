-- title: Entity dossier
-- group: entities
-- description: >-
--   One page on whoever or whatever goes by a name: what it is, its other names, its posts, how
--   often and when it is named, with whom, and what it is reported to have said.
-- params:
--   name: Masoud Pezeshkian
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :name
)
SELECT 1 AS part, 'is' AS what, e.name || ' (' || e.type || coalesce(', ' || c.name, '') || ')' AS value,
  e.id AS entity_id, NULL AS article_id, NULL AS published_on
FROM who JOIN entities AS e ON e.id = who.id LEFT JOIN countries AS c ON c.code = e.country_code
UNION ALL
SELECT 2, 'is also named', n.name, n.entity_id, NULL, NULL
FROM who
JOIN aliases AS n ON n.entity_id = who.id
JOIN entities AS e ON e.id = who.id AND e.name <> n.name
UNION ALL
SELECT 3, 'is named',
  n.mentions || ' times in ' || n.articles || ' articles of ' || n.outlets || ' outlets, from '
  || coalesce(n.first_on, 'no date') || ' to ' || coalesce(n.last_on, 'no date'),
  n.entity_id, NULL, NULL
FROM who JOIN entity_counts AS n ON n.entity_id = who.id
UNION ALL
SELECT * FROM (
  SELECT 4, 'holds the post', h.role || coalesce(' (' || body.name || ')', ''), h.entity_id,
    NULL, h.first_on
  FROM who
  JOIN posts AS h ON h.entity_id = who.id
  LEFT JOIN entities AS body ON body.id = h.of_entity_id
  ORDER BY h.articles DESC, h.role
  LIMIT 20
)
UNION ALL
SELECT * FROM (
  SELECT 5, 'is named with', e.name || ' (' || pair.sentences || ' sentences, '
    || pair.articles || ' articles)', e.id, NULL, NULL
  FROM (
    SELECT n.*
    FROM who CROSS JOIN entity_pairs AS n ON n.entity_id = who.id
    ORDER BY n.sentences DESC, n.articles DESC, n.other_id
    LIMIT 20
  ) AS pair
  CROSS JOIN entities AS e ON e.id = pair.other_id
  ORDER BY pair.sentences DESC, pair.articles DESC, e.name
)
UNION ALL
SELECT * FROM (
  SELECT 6, 'says', q.text, q.speaker_entity_id, a.id, a.published_on
  FROM (
    SELECT quotes.*
    FROM who
    CROSS JOIN quotes INDEXED BY ix_quotes_speaker_entity_id ON quotes.speaker_entity_id = who.id
    ORDER BY quotes.id DESC
    LIMIT 500
  ) AS q
  JOIN paragraphs AS p ON p.id = q.paragraph_id AND p.copy_of_id IS NULL AND q.kind <> 'scare'
  JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
  LEFT JOIN articles AS a ON a.id = p.article_id
  ORDER BY a.published_on DESC, q.id
  LIMIT 20
)
ORDER BY part
