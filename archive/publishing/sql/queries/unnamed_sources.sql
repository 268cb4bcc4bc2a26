-- title: Figures from unnamed sources
-- description: Figures that stand on somebody without a name, such as an official. Copies are left out.
SELECT
  attributed_to, text, counted, measure, status, sentence, outlet, published_on, headline, uid,
  id AS figure_id, article_id
FROM figure_facts
WHERE attribution_kind = 'anonymous'
  AND is_copy = 0
ORDER BY published_on IS NULL, published_on, id
