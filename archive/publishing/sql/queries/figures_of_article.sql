-- title: Figures of one article
-- group: figures
-- description: Every figure of an article in the order of the text, with what it means and who it stands on.
-- params:
--   uid: 'eb3a0a35d8e38006'
SELECT
  f.text, f.kind, f.low, f.high, f.modifier, f.unit, f.per, f.counted, f.measure, f.status,
  f.trend, f.period, f.period_start, f.period_end, place.name AS place, f.attributed_to,
  f.attribution_kind, f.rule, f.score, f.id AS figure_id
FROM articles AS a
CROSS JOIN paragraphs AS p ON p.article_id = a.id
CROSS JOIN figures AS f ON f.paragraph_id = p.id
LEFT JOIN entities AS place ON place.id = f.place_entity_id
WHERE a.uid = :uid
ORDER BY f.char_start
