-- title: Statements
-- description: >-
--   What somebody is quoted or reported to have said, with the post that the same article gives
--   them. Words only set off by quotation marks are left out.
-- columns:
--   kind: direct (a sentence or more between marks), partial (part of one) or reported (without marks)
--   speaker: Whose words; null where the text leaves it open
--   role: Post that the article says the speaker holds
--   text: The words as written
--   headline: Headline of the article
--   outlet: Outlet of the article
--   published_on: Day of publication of the article
--   is_copy: 1 where an earlier paragraph has the same words
--   uid: Permanent name of the article
--   source: Name of the source document
--   char_start: First character in the source's text, counted from 0
--   char_end: One past the last character in the source's text
--   article_id: Article it stands in
--   paragraph_id: Paragraph it stands in
--   speaker_entity_id: The speaker, where named
-- fts_table: paragraphs_fts
-- fts_pk: paragraph_id
SELECT
  q.kind,
  q.speaker,
  (
    -- Crosswise, to go from the article's few paragraphs to their roles, not through all roles.
    SELECT r.role
    FROM paragraphs AS rp
    CROSS JOIN roles AS r ON r.paragraph_id = rp.id
    WHERE rp.article_id = a.id AND r.entity_id = q.speaker_entity_id
    ORDER BY r.char_start
    LIMIT 1
  ) AS role,
  q.text,
  a.headline,
  o.name AS outlet,
  a.published_on,
  p.copy_of_id IS NOT NULL AS is_copy,
  a.uid,
  s.name AS source,
  q.char_start,
  q.char_end,
  a.id AS article_id,
  q.paragraph_id,
  q.speaker_entity_id
FROM (
  SELECT paragraph_id, kind, text, speaker, speaker_entity_id, char_start, char_end
  FROM quotes
  WHERE kind <> 'scare'
  UNION ALL
  SELECT paragraph_id, 'reported', text, source, source_entity_id, char_start, char_end
  FROM reported_statements
) AS q
LEFT JOIN paragraphs AS p ON p.id = q.paragraph_id
LEFT JOIN sources AS s ON s.id = p.source_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE s.superseded_by_id IS NULL
