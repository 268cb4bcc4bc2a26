-- title: Entities in articles
-- description: Which article of a current source names which entity, and how often.
-- columns:
--   entity_id: Entity
--   article_id: Article that names it
--   mentions: Number of times it is named there
--   original_mentions: Those of them that do not stand in a copied paragraph
--   in_headline: 1 where the headline names it
--   published_on: Day of publication of the article
CREATE TABLE entity_articles (
  entity_id INTEGER NOT NULL REFERENCES entities (id),
  article_id INTEGER NOT NULL REFERENCES articles (id),
  mentions INTEGER NOT NULL,
  original_mentions INTEGER NOT NULL,
  in_headline INTEGER NOT NULL,
  published_on TEXT,
  PRIMARY KEY (entity_id, article_id)
) WITHOUT ROWID;
INSERT INTO entity_articles
SELECT
  m.entity_id,
  p.article_id,
  count(*),
  sum(p.copy_of_id IS NULL),
  max(p.role = 'headline'),
  a.published_on
FROM mentions AS m
JOIN paragraphs AS p ON p.id = m.paragraph_id
JOIN articles AS a ON a.id = p.article_id
JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
GROUP BY 1, 2
ORDER BY 1, 2;
CREATE INDEX ix_entity_articles_article_id ON entity_articles (article_id);
CREATE INDEX ix_entity_articles_entity_id_published_on
ON entity_articles (entity_id, published_on);
