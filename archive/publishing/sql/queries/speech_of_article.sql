-- title: Speech of one article
-- group: speech
-- description: >-
--   Everything that an article quotes or reports, in the order of the text, with whose words they
--   are and which entity that is.
-- params:
--   uid: 'eb3a0a35d8e38006'
SELECT
  said.kind, said.speaker, e.name AS entity, said.text, said.char_start, said.char_end,
  e.id AS entity_id
FROM (
  SELECT q.kind, q.speaker, q.speaker_entity_id AS speaker_id, q.text, q.char_start, q.char_end
  FROM articles AS a
  CROSS JOIN paragraphs AS p ON p.article_id = a.id
  CROSS JOIN quotes AS q ON q.paragraph_id = p.id
  WHERE a.uid = :uid
  UNION ALL
  SELECT 'reported', r.source, r.source_entity_id, r.text, r.char_start, r.char_end
  FROM articles AS a
  CROSS JOIN paragraphs AS p ON p.article_id = a.id
  CROSS JOIN reported_statements AS r ON r.paragraph_id = p.id
  WHERE a.uid = :uid
) AS said
LEFT JOIN entities AS e ON e.id = said.speaker_id
ORDER BY said.char_start, said.char_end
