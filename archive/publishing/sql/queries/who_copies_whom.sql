-- title: Who copies whom
-- group: copies and revisions
-- description: >-
--   How many paragraphs each outlet has in the same words as an earlier article of another outlet, the
--   most first. At most 200 rows; the table `outlet_copies` has all.
SELECT
  first_outlet,
  copied_by,
  paragraphs,
  articles,
  characters,
  fewest_days_later,
  most_days_later
FROM outlet_copies
ORDER BY id
LIMIT 200
