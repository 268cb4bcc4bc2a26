-- title: Articles corrected or cancelled
-- group: copies and revisions
-- description: >-
--   Articles that their publisher marked as corrected or cancelled, latest first; copies of them may
--   still stand elsewhere (see `copies`). At most 200 rows.
SELECT
  a.published_on, a.status, a.headline, o.name AS outlet, a.updated_at,
  (SELECT count(*) FROM article_copies AS c WHERE c.earliest_id = a.id) AS copies, a.uid,
  a.id AS article_id
FROM articles AS a
CROSS JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE a.status <> 'usable'
ORDER BY a.published_on DESC, a.id
LIMIT 200
