-- title: Sources that were revised
-- group: copies and revisions
-- description: >-
--   Documents of which a later version came under the same name: headline, words and SHA-256 before
--   and after. `archive snapshot diff` and the article's page show what changed. At most 200 rows.
SELECT
  s.name AS source, was.headline AS headline_before, became.headline AS headline_after,
  became.status, was.word_count AS words_before, became.word_count AS words_after,
  r.started_at AS revised_at, s.sha256 AS sha256_before, newer.sha256 AS sha256_after,
  became.uid, was.uid AS before_uid
FROM sources AS s
CROSS JOIN sources AS newer ON newer.id = s.superseded_by_id
CROSS JOIN runs AS r ON r.id = newer.run_id
LEFT JOIN articles AS was ON was.source_id = s.id
LEFT JOIN articles AS became ON became.source_id = newer.id AND became.position = was.position
WHERE s.superseded_by_id > 0
ORDER BY r.started_at DESC, s.name, was.position
LIMIT 200
