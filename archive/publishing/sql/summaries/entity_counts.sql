-- title: Counts per entity
-- description: How often and when current sources name each entity.
-- columns:
--   entity_id: Entity
--   articles: Number of articles that name it
--   outlets: Number of outlets that name it
--   mentions: Number of times it is named
--   original_mentions: Those of them that do not stand in a copied paragraph
--   first_on: Day of publication of the first article that names it
--   last_on: Day of publication of the last
--   type: Type of the entity
CREATE TABLE entity_counts (
  entity_id INTEGER PRIMARY KEY REFERENCES entities (id),
  articles INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  mentions INTEGER NOT NULL,
  original_mentions INTEGER NOT NULL,
  first_on TEXT,
  last_on TEXT,
  type TEXT NOT NULL
);
INSERT INTO entity_counts
SELECT
  n.entity_id,
  count(*),
  count(DISTINCT a.outlet_id),
  sum(n.mentions),
  sum(n.original_mentions),
  min(n.published_on),
  max(n.published_on),
  e.type
FROM entity_articles AS n
LEFT JOIN articles AS a ON a.id = n.article_id
JOIN entities AS e ON e.id = n.entity_id
GROUP BY n.entity_id
ORDER BY n.entity_id;
CREATE INDEX ix_entity_counts_articles ON entity_counts (articles);
CREATE INDEX ix_entity_counts_type_articles ON entity_counts (type, articles);
