-- title: Coverage
-- description: >-
--   What each outlet published in each month. Articles without a date have a row of their own
--   (`month` is null), and so have those of unknown outlets.
-- columns:
--   id: Number of the row in this snapshot
--   outlet: Name of the outlet; null where unknown
--   month: Year and month; null for articles without a date
--   articles: Number of whole articles
--   teasers: Number of cut-off promotions of other stories
--   fragments: Number of stories without their beginning
--   words: Number of words in all of them
--   figures: Number of figures in all of them
--   copied_paragraphs: Number of paragraphs that an earlier article has in the same words
--   outlet_id: The outlet
-- facets: [outlet]
CREATE TABLE coverage (
  id INTEGER PRIMARY KEY,
  outlet TEXT,
  month TEXT,
  articles INTEGER NOT NULL,
  teasers INTEGER NOT NULL,
  fragments INTEGER NOT NULL,
  words INTEGER NOT NULL,
  figures INTEGER NOT NULL,
  copied_paragraphs INTEGER NOT NULL,
  outlet_id INTEGER REFERENCES outlets (id)
);
INSERT INTO coverage (
  outlet, month, articles, teasers, fragments, words, figures, copied_paragraphs, outlet_id
)
SELECT
  o.name,
  -- A date that is known to the year only belongs to no month.
  CASE WHEN a.published_precision <> 'year' THEN substr(a.published_on, 1, 7) END AS month,
  sum(a.kind = 'article'),
  sum(a.kind = 'teaser'),
  sum(a.kind = 'fragment'),
  sum(a.word_count),
  coalesce(sum(n.figures), 0),
  coalesce(sum(n.copied_paragraphs), 0),
  a.outlet_id
FROM articles AS a
JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
LEFT JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN article_counts AS n ON n.article_id = a.id
GROUP BY a.outlet_id, month
ORDER BY o.name, month;
CREATE INDEX ix_coverage_outlet_id ON coverage (outlet_id);
