-- title: Money in one currency
-- group: figures
-- description: >-
--   The largest sums stated in a currency (ISO 4217), in their sentences, each number of each source
--   once. At most 200 rows; the view `figure_facts` has all under kind = money.
-- params:
--   currency: EUR
SELECT
  f.text, f.low, f.high, f.modifier, f.per, f.counted, f.measure, f.status, f.attributed_to,
  f.sentence, f.outlet, f.published_on, f.headline, f.uid, f.id AS figure_id, f.article_id
FROM (
  SELECT id, figure_id, coalesce(high, low) AS largest
  FROM claims
  WHERE kind = 'money' AND unit = :currency
  ORDER BY coalesce(high, low) DESC
  LIMIT 200
) AS c
CROSS JOIN figure_facts AS f ON f.id = c.figure_id
ORDER BY c.largest DESC, c.id
