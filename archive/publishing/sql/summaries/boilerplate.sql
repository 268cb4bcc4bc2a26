-- title: Boilerplate
-- description: >-
--   Short paragraphs (200 characters at most) that stand in the same words in five or more current
--   sources of one outlet: furniture of its pages, whatever role the single page gave them. Claims
--   and copied paragraphs leave them out.
-- columns:
--   paragraph_id: Paragraph
--   outlet_id: Outlet that repeats it
--   sources: Number of its current sources that have the same words
CREATE TABLE boilerplate (
  paragraph_id INTEGER PRIMARY KEY REFERENCES paragraphs (id),
  outlet_id INTEGER NOT NULL REFERENCES outlets (id),
  sources INTEGER NOT NULL
);
INSERT INTO boilerplate
SELECT p.id, r.outlet_id, r.sources
FROM (
  SELECT s.outlet_id, p.words_hash, count(DISTINCT s.id) AS sources
  FROM paragraphs AS p
  JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
  WHERE s.outlet_id IS NOT NULL AND p.words_hash IS NOT NULL AND length(p.text) <= 200
  GROUP BY p.words_hash, s.outlet_id
  HAVING count(DISTINCT s.id) >= 5
) AS r
JOIN paragraphs AS p ON p.words_hash = r.words_hash AND length(p.text) <= 200
JOIN sources AS s
  ON s.id = p.source_id AND s.outlet_id = r.outlet_id AND s.superseded_by_id IS NULL
ORDER BY p.id;
CREATE INDEX ix_boilerplate_outlet_id ON boilerplate (outlet_id);
