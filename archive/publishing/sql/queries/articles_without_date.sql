-- title: Articles without a date
-- group: quality
-- description: >-
--   Articles whose day of publication nothing tells; no series over time counts them. At most 200
--   rows; the view `article_list` has all.
SELECT a.headline, a.kind, o.name AS outlet, s.name AS source, a.word_count, a.uid,
  a.id AS article_id
FROM articles AS a
CROSS JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE a.published_on IS NULL
ORDER BY a.id
LIMIT 200
