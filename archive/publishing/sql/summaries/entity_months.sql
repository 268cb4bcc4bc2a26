-- title: Entities by month
-- description: In how many articles of each month an entity is named. Undated articles are left out.
-- columns:
--   entity_id: Entity
--   month: Year and month of publication
--   articles: Number of articles that name it
--   mentions: Number of times they name it
CREATE TABLE entity_months (
  entity_id INTEGER NOT NULL REFERENCES entities (id),
  month TEXT NOT NULL,
  articles INTEGER NOT NULL,
  mentions INTEGER NOT NULL,
  PRIMARY KEY (entity_id, month)
) WITHOUT ROWID;
INSERT INTO entity_months
SELECT entity_id, substr(published_on, 1, 7), count(*), sum(mentions)
FROM entity_articles
WHERE published_on IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2;
CREATE INDEX ix_entity_months_month_articles ON entity_months (month, articles);
