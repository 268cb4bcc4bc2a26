-- title: Counts per article
-- description: What was found in each article of a current source.
-- columns:
--   article_id: Article
--   paragraphs: Number of its paragraphs
--   copied_paragraphs: Those of them that an earlier article has in the same words
--   entities: Number of different entities it names
--   mentions: Number of names in it
--   figures: Number of figures it states
--   quotes: Number of passages between quotation marks
CREATE TABLE article_counts (
  article_id INTEGER PRIMARY KEY REFERENCES articles (id),
  paragraphs INTEGER NOT NULL,
  copied_paragraphs INTEGER NOT NULL,
  entities INTEGER NOT NULL,
  mentions INTEGER NOT NULL,
  figures INTEGER NOT NULL,
  quotes INTEGER NOT NULL
);
INSERT INTO article_counts
SELECT
  p.article_id,
  count(*),
  sum(p.copy_of_id IS NOT NULL),
  (
    SELECT count(DISTINCT m.entity_id)
    FROM paragraphs AS other JOIN mentions AS m ON m.paragraph_id = other.id
    WHERE other.article_id = p.article_id
  ),
  sum((SELECT count(*) FROM mentions AS m WHERE m.paragraph_id = p.id)),
  sum((SELECT count(*) FROM figures AS f WHERE f.paragraph_id = p.id)),
  sum((SELECT count(*) FROM quotes AS q WHERE q.paragraph_id = p.id))
FROM paragraphs AS p
LEFT JOIN sources AS s ON s.id = p.source_id
WHERE p.article_id IS NOT NULL
  AND s.superseded_by_id IS NULL
GROUP BY p.article_id
ORDER BY p.article_id;
