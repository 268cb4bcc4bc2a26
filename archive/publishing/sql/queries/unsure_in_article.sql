-- title: What the rules are least sure of in an article
-- group: quality
-- description: >-
--   Names and figures of an article with the rule that found them and its score, the lowest first.
--   Scores compare within a rule; they are no probabilities.
-- params:
--   uid: 'eb3a0a35d8e38006'
SELECT 'name' AS what, m.text, m.type AS read_as, e.name AS entity, m.rule, m.score, e.id AS entity_id
FROM articles AS a
CROSS JOIN paragraphs AS p ON p.article_id = a.id
CROSS JOIN mentions AS m ON m.paragraph_id = p.id
CROSS JOIN entities AS e ON e.id = m.entity_id
WHERE a.uid = :uid
UNION ALL
SELECT 'figure', f.text, f.kind, NULL, f.rule, f.score, NULL
FROM articles AS a
CROSS JOIN paragraphs AS p ON p.article_id = a.id
CROSS JOIN figures AS f ON f.paragraph_id = p.id
WHERE a.uid = :uid
ORDER BY 6, 2
LIMIT 200
