-- title: Everything that shares text with an article
-- group: copies and revisions
-- description: >-
--   Articles that are identical to one, a revision, an excerpt or a collection of it, with the share
--   of words in common.
-- params:
--   uid: '38e79190cef2613a'
SELECT
  pair.relation, pair.similarity, pair.shared_words, b.headline, o.name AS outlet, b.published_on,
  b.word_count, b.uid, b.id AS article_id
FROM articles AS a
CROSS JOIN (
  SELECT article_id AS one_id, other_id, 'is ' || relation || ' of' AS relation, similarity,
    shared_words
  FROM article_pairs
  UNION ALL
  SELECT other_id, article_id, 'has ' || relation, similarity, shared_words
  FROM article_pairs
) AS pair ON pair.one_id = a.id
CROSS JOIN articles AS b ON b.id = pair.other_id
LEFT JOIN outlets AS o ON o.id = b.outlet_id
WHERE a.uid = :uid
ORDER BY pair.similarity DESC, b.published_on, b.id
