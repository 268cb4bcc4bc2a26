-- title: Copies between outlets
-- description: How many paragraphs one outlet has in the same words as an earlier one of another.
-- columns:
--   id: Number of the row in this snapshot
--   first_outlet: Outlet that has the paragraphs first; null where unknown
--   copied_by: Outlet that has them later; null where unknown
--   paragraphs: Number of paragraphs
--   articles: Number of articles they stand in
--   characters: Their length together
--   fewest_days_later: Days from the earlier to the later, at least
--   most_days_later: Days from the earlier to the later, at most
--   first_outlet_id: Outlet that has the paragraphs first
--   copied_by_id: Outlet that has them later
CREATE TABLE outlet_copies (
  id INTEGER PRIMARY KEY,
  first_outlet TEXT,
  copied_by TEXT,
  paragraphs INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  characters INTEGER NOT NULL,
  fewest_days_later INTEGER,
  most_days_later INTEGER,
  first_outlet_id INTEGER REFERENCES outlets (id),
  copied_by_id INTEGER REFERENCES outlets (id)
);
INSERT INTO outlet_copies (
  first_outlet, copied_by, paragraphs, articles, characters, fewest_days_later, most_days_later,
  first_outlet_id, copied_by_id
)
SELECT fo.name, co.name, n.*
FROM (
  SELECT
    count(*) AS paragraphs,
    count(DISTINCT ca.id),
    sum(length(first.text)),
    min(CAST(julianday(ca.published_on) - julianday(fa.published_on) AS INTEGER)),
    max(CAST(julianday(ca.published_on) - julianday(fa.published_on) AS INTEGER)),
    fa.outlet_id AS first_outlet_id,
    ca.outlet_id AS copied_by_id
  FROM paragraphs AS copy
  JOIN paragraphs AS first ON first.id = copy.copy_of_id
  JOIN sources AS s ON s.id = copy.source_id AND s.superseded_by_id IS NULL
  JOIN articles AS ca ON ca.id = copy.article_id
  JOIN articles AS fa ON fa.id = first.article_id AND fa.id <> ca.id
  WHERE copy.role <> 'furniture'
  GROUP BY fa.outlet_id, ca.outlet_id
) AS n
LEFT JOIN outlets AS fo ON fo.id = n.first_outlet_id
LEFT JOIN outlets AS co ON co.id = n.copied_by_id
ORDER BY n.paragraphs DESC, fo.name, co.name;
CREATE INDEX ix_outlet_copies_first_outlet_id ON outlet_copies (first_outlet_id);
CREATE INDEX ix_outlet_copies_copied_by_id ON outlet_copies (copied_by_id);
