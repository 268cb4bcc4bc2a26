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
-- sort_desc: sentences
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
  article_id INTEGER NOT NULL,
  paragraph_id INTEGER NOT NULL,
  sentence INTEGER NOT NULL,
  entity_id INTEGER NOT NULL,
  PRIMARY KEY (article_id, paragraph_id, sentence, entity_id)
) WITHOUT ROWID;
INSERT OR IGNORE INTO named
SELECT
  p.article_id,
  p.id,
  sentence_start(p.text, m.char_start - p.char_start),
  m.entity_id
FROM paragraphs AS p
CROSS JOIN mentions AS m ON m.paragraph_id = p.id
CROSS JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
WHERE p.article_id IS NOT NULL AND p.copy_of_id IS NULL;
CREATE TEMP TABLE pairs (
  one INTEGER NOT NULL, other INTEGER NOT NULL, sentence INTEGER, paragraph INTEGER, article INTEGER
);
INSERT INTO pairs
SELECT l.entity_id, r.entity_id, 1, 0, 0
FROM named AS l
JOIN named AS r
  ON r.article_id = l.article_id AND r.paragraph_id = l.paragraph_id AND r.sentence = l.sentence
  AND r.entity_id > l.entity_id;
CREATE TEMP TABLE named_in_paragraph (
  article_id INTEGER NOT NULL,
  paragraph_id INTEGER NOT NULL,
  entity_id INTEGER NOT NULL,
  PRIMARY KEY (article_id, paragraph_id, entity_id)
) WITHOUT ROWID;
INSERT OR IGNORE INTO named_in_paragraph SELECT article_id, paragraph_id, entity_id FROM named;
DROP TABLE named;
INSERT INTO pairs
SELECT l.entity_id, r.entity_id, 0, 1, 0
FROM named_in_paragraph AS l
JOIN named_in_paragraph AS r
  ON r.article_id = l.article_id AND r.paragraph_id = l.paragraph_id
  AND r.entity_id > l.entity_id;
CREATE TEMP TABLE named_in_article (
  article_id INTEGER NOT NULL,
  entity_id INTEGER NOT NULL,
  PRIMARY KEY (article_id, entity_id)
) WITHOUT ROWID;
INSERT OR IGNORE INTO named_in_article SELECT article_id, entity_id FROM named_in_paragraph;
DROP TABLE named_in_paragraph;
INSERT INTO pairs
SELECT l.entity_id, r.entity_id, 0, 0, 1
FROM named_in_article AS l
JOIN named_in_article AS r
  ON r.article_id = l.article_id AND r.entity_id > l.entity_id;
DROP TABLE named_in_article;
CREATE TEMP TABLE counted_pairs AS
SELECT one, other, sum(sentence) AS sentences, sum(paragraph) AS paragraphs, sum(article) AS articles
FROM pairs
GROUP BY one, other
HAVING sum(paragraph) > 0 OR sum(article) > 1;
DROP TABLE pairs;
INSERT INTO entity_pairs
SELECT one, other, sentences, paragraphs, articles FROM counted_pairs
UNION ALL
SELECT other, one, sentences, paragraphs, articles FROM counted_pairs
ORDER BY 1, 2;
DROP TABLE counted_pairs;
CREATE INDEX ix_entity_pairs_other_id ON entity_pairs (other_id);
CREATE INDEX ix_entity_pairs_sentences ON entity_pairs (sentences);
