-- title: Entities named together
-- description: >-
--   Which entities are named in one article, one paragraph or one sentence. Every pair stands here
--   twice, once from either side. Copied paragraphs do not count, and pairs that only ever share
--   one article and no paragraph are left out.
-- columns:
--   entity_id: One entity
--   other_id: The other entity
--   sentences: Number of sentences that name both
--   paragraphs: Number of paragraphs that name both
--   articles: Number of articles that name both
CREATE TABLE entity_pairs (
  entity_id INTEGER NOT NULL REFERENCES entities (id),
  other_id INTEGER NOT NULL REFERENCES entities (id),
  sentences INTEGER NOT NULL,
  paragraphs INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  PRIMARY KEY (entity_id, other_id)
) WITHOUT ROWID;
-- sentence_start(text, offset), where the sentence that holds an offset begins, is ours.
CREATE TEMP TABLE named (
  paragraph_id INTEGER NOT NULL,
  sentence INTEGER NOT NULL,
  entity_id INTEGER NOT NULL,
  PRIMARY KEY (paragraph_id, sentence, entity_id)
) WITHOUT ROWID;
INSERT OR IGNORE INTO named
SELECT p.id, sentence_start(p.text, m.char_start - p.char_start), m.entity_id
FROM paragraphs AS p
CROSS JOIN mentions AS m ON m.paragraph_id = p.id
CROSS JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
WHERE p.article_id IS NOT NULL AND p.copy_of_id IS NULL;
CREATE TEMP TABLE named_in_paragraph (
  paragraph_id INTEGER NOT NULL,
  entity_id INTEGER NOT NULL,
  PRIMARY KEY (paragraph_id, entity_id)
) WITHOUT ROWID;
INSERT OR IGNORE INTO named_in_paragraph SELECT paragraph_id, entity_id FROM named;
CREATE TEMP TABLE named_in_article (
  article_id INTEGER NOT NULL,
  entity_id INTEGER NOT NULL,
  PRIMARY KEY (article_id, entity_id)
) WITHOUT ROWID;
INSERT OR IGNORE INTO named_in_article
SELECT p.article_id, n.entity_id
FROM named_in_paragraph AS n
CROSS JOIN paragraphs AS p ON p.id = n.paragraph_id;
-- Most names stand in one article only. With another name they share that one or none, so that it
-- need not be counted: the pairs of a long article are many.
CREATE TEMP TABLE named_once (entity_id INTEGER PRIMARY KEY);
INSERT INTO named_once
SELECT entity_id FROM named_in_article GROUP BY entity_id HAVING count(*) = 1 ORDER BY entity_id;
DELETE FROM named_in_article WHERE entity_id IN (SELECT entity_id FROM named_once);
DROP TABLE named_once;
-- One number stands for a pair, the smaller entity in its upper 32 bits: fewer bytes to sort.
CREATE TEMP TABLE counted_pairs AS
SELECT
  pair >> 32 AS one,
  pair & 0xffffffff AS other,
  sum(level = 0) AS sentences,
  sum(level = 1) AS paragraphs,
  max(1, sum(level = 2)) AS articles
FROM (
  SELECT l.entity_id << 32 | r.entity_id AS pair, 0 AS level
  FROM named AS l
  JOIN named AS r
    ON r.paragraph_id = l.paragraph_id AND r.sentence = l.sentence AND r.entity_id > l.entity_id
  UNION ALL
  SELECT l.entity_id << 32 | r.entity_id, 1
  FROM named_in_paragraph AS l
  JOIN named_in_paragraph AS r
    ON r.paragraph_id = l.paragraph_id AND r.entity_id > l.entity_id
  UNION ALL
  SELECT l.entity_id << 32 | r.entity_id, 2
  FROM named_in_article AS l
  JOIN named_in_article AS r ON r.article_id = l.article_id AND r.entity_id > l.entity_id
)
GROUP BY pair
HAVING sum(level = 1) > 0 OR sum(level = 2) > 1;
DROP TABLE named;
DROP TABLE named_in_paragraph;
DROP TABLE named_in_article;
INSERT INTO entity_pairs
SELECT one, other, sentences, paragraphs, articles FROM counted_pairs
UNION ALL
SELECT other, one, sentences, paragraphs, articles FROM counted_pairs
ORDER BY 1, 2;
DROP TABLE counted_pairs;
CREATE INDEX ix_entity_pairs_other_id ON entity_pairs (other_id);
CREATE INDEX ix_entity_pairs_sentences ON entity_pairs (sentences);
