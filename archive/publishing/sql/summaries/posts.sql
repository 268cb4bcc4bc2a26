-- title: Posts
-- description: >-
--   Every post that articles of current sources give somebody, with how often and when they do.
-- columns:
--   id: Number of the post in this snapshot
--   entity_id: Who holds it
--   role: Post as written
--   of_entity_id: Body, place or people that it is of
--   articles: Number of articles that give it
--   first_on: Day of publication of the first
--   last_on: Day of publication of the last
CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  entity_id INTEGER NOT NULL REFERENCES entities (id),
  role TEXT NOT NULL,
  of_entity_id INTEGER REFERENCES entities (id),
  articles INTEGER NOT NULL,
  first_on TEXT,
  last_on TEXT
);
INSERT INTO posts (entity_id, role, of_entity_id, articles, first_on, last_on)
SELECT
  r.entity_id,
  r.role,
  r.of_entity_id,
  count(DISTINCT p.article_id),
  min(a.published_on),
  max(a.published_on)
FROM roles AS r
JOIN paragraphs AS p ON p.id = r.paragraph_id
JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
LEFT JOIN articles AS a ON a.id = p.article_id
GROUP BY r.entity_id, r.role, r.of_entity_id
ORDER BY r.entity_id, r.role, r.of_entity_id;
CREATE INDEX ix_posts_entity_id ON posts (entity_id);
CREATE INDEX ix_posts_of_entity_id ON posts (of_entity_id) WHERE of_entity_id IS NOT NULL;
CREATE INDEX ix_posts_articles ON posts (articles);
