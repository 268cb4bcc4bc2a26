-- title: Dates that could not be resolved
-- group: quality
-- description: >-
--   Calendar expressions to which the text gives no days, such as a weekday in an article without a
--   date of its own. No timeline has them. At most 200 rows.
SELECT
  d.text, d.edtf, p.text AS paragraph, o.name AS outlet, a.published_on, a.headline, a.uid,
  a.id AS article_id
FROM dates AS d
CROSS JOIN paragraphs AS p ON p.id = d.paragraph_id
CROSS JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE d.start_date IS NULL
LIMIT 200
