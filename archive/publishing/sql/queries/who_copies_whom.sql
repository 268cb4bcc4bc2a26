-- title: Who copies whom
-- description: How many paragraphs each outlet has in the same words as an earlier one of another outlet.
SELECT
  first_outlet,
  copied_by,
  count(*) AS paragraphs,
  count(DISTINCT copy_article_id) AS articles,
  sum(characters) AS characters,
  min(days_later) AS fewest_days_later,
  max(days_later) AS most_days_later
FROM copied_paragraphs
WHERE first_article_id <> copy_article_id
GROUP BY first_outlet, copied_by
ORDER BY paragraphs DESC, first_outlet, copied_by
