-- title: Money in one currency
-- description: Every sum stated in a currency (ISO 4217), largest first, in its sentence. Copies are left out.
-- params:
--   currency: EUR
SELECT
  text, low, high, modifier, per, counted, measure, status, attributed_to, sentence, outlet,
  published_on, headline, uid, id AS figure_id, article_id
FROM figure_facts
WHERE unit = :currency
  AND kind = 'money'
  AND is_copy = 0
ORDER BY coalesce(high, low) DESC, id
