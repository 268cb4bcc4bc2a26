-- title: Copies of articles
-- description: >-
--   Articles that repeat an earlier one, whole or reworded (relation identical or revision), with the
--   earliest of their group. Parts and collections are in `article_pairs` only (excerpt, contains).
-- columns:
--   article_id: The copy
--   earliest_id: Earliest article of the group by date of publication; undated ones come last
--   relation: What the two are to each other; null where only others lead from one to the other
--   similarity: Share of the words of both that they have in common, 0 to 1
--   shared_words: Number of words in common
--   days_later: Days from the earliest to the copy; null where either has no date
--   group_size: Number of articles in the group
-- facets: [relation]
CREATE TABLE article_copies (
  article_id INTEGER PRIMARY KEY REFERENCES articles (id),
  earliest_id INTEGER NOT NULL REFERENCES articles (id),
  relation TEXT,
  similarity REAL,
  shared_words INTEGER,
  days_later INTEGER,
  group_size INTEGER NOT NULL
);
CREATE TEMP TABLE linked AS
SELECT article_id AS one_id, other_id FROM article_pairs WHERE relation IN ('identical', 'revision')
UNION ALL
SELECT other_id, article_id FROM article_pairs WHERE relation IN ('identical', 'revision');
CREATE INDEX temp.ix_linked ON linked (one_id, other_id);
-- Each article has its place in the order of time, and takes the first place among its neighbours'
-- until nothing changes; articles of a large group are three steps apart at most (storage/pairs.py).
CREATE TEMP TABLE placed (article_id INTEGER PRIMARY KEY, place INTEGER, first_place INTEGER);
INSERT INTO placed
SELECT id, place, place
FROM (
  SELECT
    a.id,
    row_number() OVER (
      ORDER BY a.published_on IS NULL, a.published_on, a.published_at IS NULL, a.published_at,
        s.name, s.sha256, a.char_start
    ) AS place
  FROM (SELECT DISTINCT one_id FROM linked) AS l
  JOIN articles AS a ON a.id = l.one_id
  JOIN sources AS s ON s.id = a.source_id
);
UPDATE placed SET first_place = min(first_place, (
  SELECT min(n.first_place) FROM linked AS l JOIN placed AS n ON n.article_id = l.other_id
  WHERE l.one_id = placed.article_id));
UPDATE placed SET first_place = min(first_place, (
  SELECT min(n.first_place) FROM linked AS l JOIN placed AS n ON n.article_id = l.other_id
  WHERE l.one_id = placed.article_id));
UPDATE placed SET first_place = min(first_place, (
  SELECT min(n.first_place) FROM linked AS l JOIN placed AS n ON n.article_id = l.other_id
  WHERE l.one_id = placed.article_id));
UPDATE placed SET first_place = min(first_place, (
  SELECT min(n.first_place) FROM linked AS l JOIN placed AS n ON n.article_id = l.other_id
  WHERE l.one_id = placed.article_id));
CREATE INDEX temp.ix_placed_place ON placed (place);
INSERT INTO article_copies
SELECT
  p.article_id,
  e.article_id,
  r.relation,
  r.similarity,
  r.shared_words,
  CAST(julianday(a.published_on) - julianday(ea.published_on) AS INTEGER),
  count(*) OVER (PARTITION BY p.first_place) + 1
FROM placed AS p
JOIN placed AS e ON e.place = p.first_place AND e.article_id <> p.article_id
JOIN articles AS a ON a.id = p.article_id
JOIN articles AS ea ON ea.id = e.article_id
LEFT JOIN article_pairs AS r
  ON (r.article_id = p.article_id AND r.other_id = e.article_id)
  OR (r.article_id = e.article_id AND r.other_id = p.article_id)
ORDER BY p.article_id;
DROP TABLE placed;
DROP TABLE linked;
CREATE INDEX ix_article_copies_earliest_id ON article_copies (earliest_id);
