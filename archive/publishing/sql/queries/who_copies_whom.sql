-- title: Who copies whom
-- description: How many paragraphs each outlet has in the same words as an earlier one of another outlet.
SELECT
  first_outlet,
  copied_by,
  paragraphs,
  articles,
  characters,
  fewest_days_later,
  most_days_later
FROM outlet_copies
ORDER BY paragraphs DESC, first_outlet, copied_by
