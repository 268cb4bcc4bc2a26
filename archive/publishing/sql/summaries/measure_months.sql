-- title: Figures by measure and month
-- description: How many figures of each measure were published in each month; copies apart.
-- columns:
--   measure: What happened to what is counted
--   month: Year and month of publication; empty for undated articles
--   figures: Number of figures, without copies
--   copies: Number of figures in paragraphs that an earlier article has in the same words
CREATE TABLE measure_months (
  measure TEXT NOT NULL REFERENCES measures (name),
  month TEXT NOT NULL,
  figures INTEGER NOT NULL,
  copies INTEGER NOT NULL,
  PRIMARY KEY (measure, month)
) WITHOUT ROWID;
INSERT INTO measure_months
SELECT measure, coalesce(substr(published_on, 1, 7), ''), sum(1 - is_copy), sum(is_copy)
FROM figure_index
WHERE measure IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2;
