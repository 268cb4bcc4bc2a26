-- title: Who said what
-- group: speech
-- description: >-
--   What somebody is quoted or reported to have said, with the post the article gives them. Any
--   form of the name will do that the archive knows. Copies are left out. Latest first, at most 200
--   rows, of the 1,000 quotes and 1,000 statements stored last; the view `statements` has all.
-- params:
--   speaker: Masoud Pezeshkian
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :speaker
),
said AS (
  SELECT * FROM (
    SELECT q.paragraph_id, q.kind, q.text, q.speaker_entity_id AS speaker_id, q.char_start
    FROM who CROSS JOIN quotes AS q ON q.speaker_entity_id = who.id AND q.kind <> 'scare'
    ORDER BY q.id DESC
    LIMIT 1000
  )
  UNION ALL
  SELECT * FROM (
    SELECT r.paragraph_id, 'reported', r.text, r.source_entity_id, r.char_start
    FROM who CROSS JOIN reported_statements AS r ON r.source_entity_id = who.id
    ORDER BY r.id DESC
    LIMIT 1000
  )
)
SELECT
  e.name AS speaker,
  said.kind,
  said.text,
  a.headline,
  o.name AS outlet,
  a.published_on,
  a.uid,
  a.id AS article_id,
  said.paragraph_id
FROM said
CROSS JOIN paragraphs AS p ON p.id = said.paragraph_id
CROSS JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
CROSS JOIN entities AS e ON e.id = said.speaker_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE p.copy_of_id IS NULL
ORDER BY a.published_on DESC, a.id, said.char_start
LIMIT 200
