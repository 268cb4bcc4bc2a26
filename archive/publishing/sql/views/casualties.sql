-- title: Casualties
-- description: >-
--   Claims of people killed, injured, missing, detained, deported or displaced. A number that one source states counts once,
--   however many outlets copy or reword it; a vaguer repetition of it is left out.
-- columns:
--   measure: killed, injured, missing, detained, deported or displaced
--   text: The figure as first written
--   low: Smallest number stated; null when open below
--   high: Largest number stated; null when open above
--   modifier: How the number is hedged
--   counted: Who is counted, as first written
--   place: Where
--   period: When, as first written
--   period_start: First day of the period
--   period_end: Last day of the period
--   status: reported, planned, alleged, denied or hypothetical
--   said_by: Whoever the number stands on
--   said_by_kind: source (named in the text), anonymous, outlet or document
--   is_disputed: 1 where a claim of the same topic in another article excludes it
--   articles: Number of articles that state it
--   outlets: Number of outlets that state it
--   first_on: Day of publication of the first
--   sentence: Sentence of the first
--   headline: Headline of the first article
--   uid: Permanent name of the first article
--   article_id: First article that states it
--   figure_id: First figure that states it
--   claim_id: The claim
--   place_entity_id: Where
-- sort_desc: first_on
-- facets: [measure]
SELECT
  c.measure,
  f.text,
  c.low,
  c.high,
  c.modifier,
  f.counted,
  place.name AS place,
  f.period,
  c.period_start,
  c.period_end,
  c.status,
  c.said_by,
  c.said_by_kind,
  c.is_disputed,
  c.articles,
  c.outlets,
  c.first_on,
  substr(p.text, f.sentence_start - p.char_start + 1, f.sentence_end - f.sentence_start) AS sentence,
  a.headline,
  a.uid,
  c.article_id,
  c.figure_id,
  c.id AS claim_id,
  c.place_entity_id
FROM claims AS c
LEFT JOIN figures AS f ON f.id = c.figure_id
LEFT JOIN paragraphs AS p ON p.id = f.paragraph_id
LEFT JOIN articles AS a ON a.id = c.article_id
LEFT JOIN entities AS place ON place.id = c.place_entity_id
WHERE c.measure IN ('killed', 'injured', 'missing', 'detained', 'deported', 'displaced')
  AND c.kind = 'count'
  AND c.restates_id IS NULL
