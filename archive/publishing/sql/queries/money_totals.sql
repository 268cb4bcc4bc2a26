-- title: Money, totals by currency
-- group: figures
-- description: >-
--   What is reported as paid, owed, cost and so on in each currency. Plans, disputed sums, copies,
--   repetitions, vague numbers, open bounds and rates are left out. Nothing is converted.
SELECT currency, measure, claims, total_low, total_high, smallest, largest, first_on, last_on
FROM money_by_currency
ORDER BY currency, measure
