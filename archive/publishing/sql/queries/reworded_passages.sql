-- title: Reworded passages of an article
-- group: copies and revisions
-- description: >-
--   Paragraphs of an article that say nearly the same as one elsewhere in nearly the same words, the
--   two side by side.
-- params:
--   uid: '66b4d2993647270e'
SELECT
  near.similarity, near.shared_words, p.text, q.text AS other_text, b.headline AS other_headline,
  o.name AS other_outlet, b.published_on AS other_published_on, b.uid AS other_uid,
  near.own_id AS paragraph_id, near.other_id AS other_paragraph_id
FROM (
  SELECT p.id AS own_id, n.other_id, n.similarity, n.shared_words
  FROM articles AS a
  CROSS JOIN paragraphs AS p ON p.article_id = a.id
  CROSS JOIN paragraph_pairs AS n ON n.paragraph_id = p.id
  WHERE a.uid = :uid
  UNION ALL
  SELECT p.id, n.paragraph_id, n.similarity, n.shared_words
  FROM articles AS a
  CROSS JOIN paragraphs AS p ON p.article_id = a.id
  CROSS JOIN paragraph_pairs AS n ON n.other_id = p.id
  WHERE a.uid = :uid
) AS near
CROSS JOIN paragraphs AS p ON p.id = near.own_id
CROSS JOIN paragraphs AS q ON q.id = near.other_id
LEFT JOIN articles AS b ON b.id = q.article_id
LEFT JOIN outlets AS o ON o.id = b.outlet_id
ORDER BY p.char_start, near.similarity DESC, q.id
