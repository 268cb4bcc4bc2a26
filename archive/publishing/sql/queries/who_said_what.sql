-- title: Who said what
-- description: >-
--   What somebody is quoted or reported to have said, with the post the article gives them. Any
--   form of the name will do that the archive knows. Copies are left out.
-- params:
--   speaker: Masoud Pezeshkian
WITH who AS (
  SELECT DISTINCT coalesce(e.merged_into_id, e.id) AS id
  FROM aliases AS n JOIN entities AS e ON e.id = n.entity_id
  WHERE n.name = :speaker
),
said AS (
  SELECT q.paragraph_id, q.kind, q.text, q.speaker_entity_id AS speaker_id, q.char_start
  FROM quotes AS q JOIN who ON who.id = q.speaker_entity_id
  WHERE q.kind <> 'scare'
  UNION ALL
  SELECT r.paragraph_id, 'reported', r.text, r.source_entity_id, r.char_start
  FROM reported_statements AS r JOIN who ON who.id = r.source_entity_id
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
JOIN paragraphs AS p ON p.id = said.paragraph_id
JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
JOIN entities AS e ON e.id = said.speaker_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE p.copy_of_id IS NULL
ORDER BY a.published_on IS NULL, a.published_on, a.id, said.char_start
