-- title: Money by currency
-- description: >-
--   Totals of money that is reported as paid, pledged, owed and so on, by currency. Plans,
--   disputed, denied and hypothetical sums, rates, copies, repetitions, vague numbers and open
--   bounds are left out. Sums are added as printed, without regard to inflation.
-- columns:
--   currency: ISO 4217 code
--   measure: What happened to the money; null where the text fits none
--   claims: Number of different claims
--   total_low: Sum of the smallest values stated
--   total_high: Sum of the largest values stated
--   smallest: Smallest value stated
--   largest: Largest value stated
--   first_on: Day of publication of the first
--   last_on: Day of publication of the last
SELECT
  c.unit AS currency,
  c.measure,
  count(*) AS claims,
  sum(c.low) AS total_low,
  sum(c.high) AS total_high,
  min(c.low) AS smallest,
  max(c.high) AS largest,
  min(c.first_on) AS first_on,
  max(c.last_on) AS last_on
FROM claims AS c
WHERE c.kind = 'money'
  AND c.status = 'reported'
  AND c.per IS NULL
  AND c.modifier <> 'vague'
  AND c.low IS NOT NULL
  AND c.high IS NOT NULL
  AND c.restates_id IS NULL
GROUP BY c.unit, c.measure
