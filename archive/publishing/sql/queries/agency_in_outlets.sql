-- title: Who prints a news agency
-- group: copies and revisions
-- description: >-
--   How many articles of each outlet say that they come from an agency, with the words and the
--   first and last day.
-- params:
--   agency: Meridian Wire
SELECT
  o.name AS outlet, count(*) AS articles, sum(a.word_count) AS words,
  min(a.published_on) AS first_on, max(a.published_on) AS last_on, a.outlet_id
FROM articles AS a
CROSS JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE a.agency = :agency
GROUP BY +a.outlet_id
ORDER BY articles DESC, outlet
