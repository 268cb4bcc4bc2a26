-- title: Entity dossier
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
SELECT 4, 'holds the post', r.role || coalesce(' (' || body.name || ')', ''), r.entity_id,
  min(a.id), min(a.published_on)
FROM who
JOIN roles AS r ON r.entity_id = who.id
JOIN paragraphs AS p ON p.id = r.paragraph_id
JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN entities AS body ON body.id = r.of_entity_id
GROUP BY r.entity_id, r.role, body.name
UNION ALL
SELECT * FROM (
  SELECT 5, 'is named with', e.name || ' (' || pair.sentences || ' sentences, '
    || pair.articles || ' articles)', e.id, NULL, NULL
  FROM who
  JOIN entity_pairs AS pair ON pair.entity_id = who.id
  JOIN entities AS e ON e.id = pair.other_id
  ORDER BY pair.sentences DESC, pair.articles DESC, e.name
  LIMIT 20
)
UNION ALL
SELECT * FROM (
  SELECT 6, 'says', q.text, q.speaker_entity_id, a.id, a.published_on
  FROM who
  JOIN quotes AS q ON q.speaker_entity_id = who.id AND q.kind <> 'scare'
  JOIN paragraphs AS p ON p.id = q.paragraph_id AND p.copy_of_id IS NULL
  JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
  LEFT JOIN articles AS a ON a.id = p.article_id
  ORDER BY a.published_on DESC, q.id
  LIMIT 20
)
ORDER BY part
