-- title: Outlets side by side
-- group: coverage
-- description: >-
--   What each outlet has in this archive: articles, months, words, figures for a thousand words, and
--   how many paragraphs of an article an earlier one, of any outlet, has in the same words.
SELECT
  c.outlet,
  sum(c.articles) AS articles,
  sum(c.teasers) AS teasers,
  sum(c.fragments) AS fragments,
  count(c.month) AS months,
  min(c.month) AS first_month,
  max(c.month) AS last_month,
  sum(c.words) AS words,
  round(1000.0 * sum(c.figures) / max(sum(c.words), 1), 1) AS figures_per_thousand_words,
  sum(c.copied_paragraphs) AS copied_paragraphs,
  round(1.0 * sum(c.copied_paragraphs) / max(sum(c.articles), 1), 2) AS copied_paragraphs_an_article,
  c.outlet_id
FROM coverage AS c
GROUP BY c.outlet_id
ORDER BY articles DESC, c.outlet
