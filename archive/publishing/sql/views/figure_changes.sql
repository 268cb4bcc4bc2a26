-- title: Figures that changed
-- description: Figures that a revision of a source states otherwise than the version before, about the same thing.
-- columns:
--   source: Name of the source that was revised
--   headline: Headline of the article as it is now
--   measure: What happened to what is counted, from `measures`
--   counted: What is measured
--   unit: Singular unit of measure, ISO 4217 code for money, person, or the noun counted
--   text_before: The figure as it was written
--   low_before: Smallest value stated before
--   high_before: Largest value stated before
--   text_after: The figure as it is written now
--   low_after: Smallest value stated now
--   high_after: Largest value stated now
--   attributed_to: Whoever the text gives as source now
--   revised_at: UTC time of the run that stored the revision
--   uid: Permanent name of the article as it is now
--   is_current: 1 where that revision has not been revised in its turn
--   figure_before_id: The figure before
--   figure_id: The figure now
-- sort_desc: revised_at
SELECT
  after_source.name AS source,
  a.headline,
  after.measure,
  after.counted,
  after.unit,
  before.text AS text_before,
  before.low AS low_before,
  before.high AS high_before,
  after.text AS text_after,
  after.low AS low_after,
  after.high AS high_after,
  after.attributed_to,
  r.started_at AS revised_at,
  a.uid,
  after_source.superseded_by_id IS NULL AS is_current,
  before.id AS figure_before_id,
  after.id AS figure_id
FROM sources AS before_source
JOIN sources AS after_source ON after_source.id = before_source.superseded_by_id
JOIN runs AS r ON r.id = after_source.run_id
JOIN paragraphs AS before_paragraph ON before_paragraph.source_id = before_source.id
JOIN figures AS before ON before.paragraph_id = before_paragraph.id
JOIN paragraphs AS after_paragraph ON after_paragraph.source_id = after_source.id
JOIN figures AS after ON after.paragraph_id = after_paragraph.id
  -- about the same thing ...
  AND after.kind = before.kind
  AND after.measure IS before.measure
  AND after.unit IS before.unit
  AND after.period IS before.period
  AND lower(after.counted) IS lower(before.counted)
  -- ... with another value
  AND (after.low IS NOT before.low OR after.high IS NOT before.high)
LEFT JOIN articles AS a ON a.id = after_paragraph.article_id
-- a value that stands in both versions has not changed
WHERE NOT EXISTS (
  SELECT 1
  FROM figures AS f
  JOIN paragraphs AS p ON p.id = f.paragraph_id
  WHERE p.source_id = after_source.id
    AND f.kind = before.kind AND f.measure IS before.measure AND f.unit IS before.unit
    AND f.low IS before.low AND f.high IS before.high
)
AND NOT EXISTS (
  SELECT 1
  FROM figures AS f
  JOIN paragraphs AS p ON p.id = f.paragraph_id
  WHERE p.source_id = before_source.id
    AND f.kind = after.kind AND f.measure IS after.measure AND f.unit IS after.unit
    AND f.low IS after.low AND f.high IS after.high
)
