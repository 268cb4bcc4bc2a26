-- title: Sections of an outlet
-- group: coverage
-- description: How many articles each section of an outlet has here, with the first and last day.
-- params:
--   outlet: Harbour Courier
SELECT
  a.section, count(*) AS articles, sum(a.word_count) AS words, min(a.published_on) AS first_on,
  max(a.published_on) AS last_on, a.outlet_id
FROM outlets AS o
CROSS JOIN articles AS a ON a.outlet_id = o.id
CROSS JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
WHERE o.name = :outlet
GROUP BY a.section
ORDER BY articles DESC, a.section
