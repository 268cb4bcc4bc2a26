-- title: Audit of one article
-- group: quality
-- description: >-
--   Whether every name, figure, date, quote and statement of an article stands in its paragraphs at
--   the offsets it gives: rows of each kind, and how many of them hold. `archive check` does
--   this for the whole archive, down to the raw bytes.
-- params:
--   uid: 'eb3a0a35d8e38006'
WITH p AS (
  SELECT paragraph.id, paragraph.text, paragraph.char_start AS origin
  FROM articles AS a
  CROSS JOIN paragraphs AS paragraph ON paragraph.article_id = a.id
  WHERE a.uid = :uid
),
found AS (
  SELECT 'mentions' AS kind, substr(p.text, m.char_start - origin + 1, m.char_end - m.char_start) = m.text AS holds
  FROM p CROSS JOIN mentions AS m ON m.paragraph_id = p.id
  UNION ALL
  SELECT 'figures', substr(p.text, f.char_start - origin + 1, f.char_end - f.char_start) = f.text
  FROM p CROSS JOIN figures AS f ON f.paragraph_id = p.id
  UNION ALL
  SELECT 'dates', substr(p.text, d.char_start - origin + 1, d.char_end - d.char_start) = d.text
  FROM p CROSS JOIN dates AS d ON d.paragraph_id = p.id
  UNION ALL
  SELECT 'quotes', substr(p.text, q.char_start - origin + 1, q.char_end - q.char_start) = q.text
  FROM p CROSS JOIN quotes AS q ON q.paragraph_id = p.id
  UNION ALL
  SELECT 'reported statements',
    substr(p.text, r.char_start - origin + 1, r.char_end - r.char_start) = r.text
  FROM p CROSS JOIN reported_statements AS r ON r.paragraph_id = p.id
)
SELECT kind, count(*) AS found, sum(holds) AS hold
FROM found
GROUP BY kind
ORDER BY kind
