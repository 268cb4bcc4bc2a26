-- title: What is said about somebody
-- group: speech
-- description: >-
--   Quotes and reported statements that name somebody or something, with whose words they are, latest
--   first. Any form of the name will do. Copies are left out. At most 200 rows, of the latest 250
--   articles that name it; the view `statements` has all.
-- params:
--   name: Iran
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :name
),
latest AS (
  SELECT n.article_id, n.entity_id
  FROM who
  CROSS JOIN entity_articles AS n ON n.entity_id = who.id
  ORDER BY n.published_on DESC
  LIMIT 250
),
naming AS (
  SELECT p.id AS paragraph_id, m.char_start, m.char_end
  FROM latest
  CROSS JOIN paragraphs AS p ON p.article_id = latest.article_id AND p.copy_of_id IS NULL
  CROSS JOIN mentions AS m ON m.paragraph_id = p.id AND +m.entity_id = latest.entity_id
),
said AS (
  SELECT q.paragraph_id, q.kind, q.text, q.speaker, q.speaker_entity_id, q.char_start
  FROM naming AS m
  CROSS JOIN quotes AS q
    ON q.paragraph_id = m.paragraph_id AND q.kind <> 'scare'
    AND q.char_start <= m.char_start AND m.char_end <= q.char_end
  UNION
  SELECT r.paragraph_id, 'reported', r.text, r.source, r.source_entity_id, r.char_start
  FROM naming AS m
  CROSS JOIN reported_statements AS r
    ON r.paragraph_id = m.paragraph_id
    AND r.char_start <= m.char_start AND m.char_end <= r.char_end
)
SELECT
  said.speaker, said.kind, said.text, a.headline, o.name AS outlet, a.published_on, a.uid,
  a.id AS article_id, said.speaker_entity_id
FROM said
CROSS JOIN paragraphs AS p ON p.id = said.paragraph_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
ORDER BY a.published_on DESC, a.id, said.char_start
LIMIT 200
