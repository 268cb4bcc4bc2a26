-- title: Trace a figure to its source
-- group: quality
-- description: >-
--   Where a figure stands: source, its SHA-256, offsets, and whether the paragraph has the figure's
--   text at that place. The raw bytes are in the table source_contents.
-- params:
--   figure_id: '1'
SELECT
  f.text,
  s.name AS source,
  s.sha256,
  f.char_start,
  f.char_end,
  substr(p.text, f.char_start - p.char_start + 1, f.char_end - f.char_start) = f.text AS holds,
  substr(p.text, f.sentence_start - p.char_start + 1, f.sentence_end - f.sentence_start)
    AS sentence,
  a.uid,
  o.name AS outlet,
  a.published_on,
  a.published_source,
  f.rule,
  f.score,
  s.retrieved_at,
  r.started_at AS stored_at,
  s.extractor_version,
  s.id AS source_id,
  a.id AS article_id
FROM figures AS f
JOIN paragraphs AS p ON p.id = f.paragraph_id
JOIN sources AS s ON s.id = p.source_id
JOIN runs AS r ON r.id = s.run_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE f.id = :figure_id
