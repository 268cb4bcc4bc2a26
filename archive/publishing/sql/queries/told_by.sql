-- title: Where a claim is told
-- group: figures
-- description: >-
--   Every place in the text behind a claim, copies and rewordings included, the earliest first: who
--   printed the number, when, and in which sentence. The number of a claim is in `claims`,
--   `casualties` and `figure_conflicts`.
-- params:
--   claim_id: '1'
SELECT
  a.published_on, o.name AS outlet, f.text, f.attributed_to, p.copy_of_id IS NOT NULL AS is_copy,
  substr(p.text, f.sentence_start - p.char_start + 1, f.sentence_end - f.sentence_start)
    AS sentence,
  c.topic, c.said_by, a.headline, a.uid, f.id AS figure_id, a.id AS article_id
FROM claims AS c
CROSS JOIN figure_claims AS t ON t.claim_id = c.id
CROSS JOIN figures AS f ON f.id = t.figure_id
CROSS JOIN paragraphs AS p ON p.id = f.paragraph_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE c.id = :claim_id
ORDER BY a.published_on IS NULL, a.published_on, f.id
LIMIT 200
