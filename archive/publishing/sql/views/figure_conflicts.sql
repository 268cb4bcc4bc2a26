-- title: Figures in conflict
-- description: >-
--   Claims about the same measure, thing counted, place and time of which at least one cannot be
--   true together with another: their ranges do not meet. Rows of one conflict share `topic`. Copies
--   and repetitions of one claim are no conflict, nor is `more than 280,000` beside `286,631`, nor
--   are different numbers within one article, which are about different things.
--   Figures of one month are compared, longer periods with their like: look at the periods before
--   you call two daily numbers a conflict. The dateline stands for a place that the sentence does
--   not name. Denied and hypothetical figures are left out; planned ones are compared with planned
--   ones only.
-- columns:
--   topic: What the claims of one conflict have in common
--   measure: What happened to what is counted
--   thing: What is counted, in its shortest form
--   place: Where
--   period_start: First day of the period that the text gives
--   period_end: Last day of that period
--   text: The figure as first written
--   low: Smallest value stated; null when open below
--   high: Largest value stated; null when open above
--   modifier: How the number is hedged
--   unit: Unit of measure, currency, person, or the noun counted
--   status: reported, planned or alleged
--   said_by: Whoever the number stands on
--   said_by_kind: source (named in the text), anonymous, outlet or document
--   claims_in_topic: Number of different claims of this topic
--   articles: Number of articles that state the claim
--   outlets: Number of outlets that state it
--   first_on: Day of publication of the first
--   last_on: Day of publication of the last
--   sentence: Sentence of the first
--   headline: Headline of the first article
--   uid: Permanent name of the first article
--   article_id: First article that states it
--   figure_id: First figure that states it
--   claim_id: The claim
--   place_entity_id: Where
--   said_by_entity_id: Whoever the number stands on
-- sort: topic
-- facets: [measure]
SELECT
  c.topic,
  c.measure,
  c.thing,
  place.name AS place,
  c.period_start,
  c.period_end,
  f.text,
  c.low,
  c.high,
  c.modifier,
  c.unit,
  c.status,
  c.said_by,
  c.said_by_kind,
  c.claims_in_topic,
  c.articles,
  c.outlets,
  c.first_on,
  c.last_on,
  substr(p.text, f.sentence_start - p.char_start + 1, f.sentence_end - f.sentence_start) AS sentence,
  a.headline,
  a.uid,
  c.article_id,
  c.figure_id,
  c.id AS claim_id,
  c.place_entity_id,
  c.said_by_entity_id
FROM claims AS c
LEFT JOIN figures AS f ON f.id = c.figure_id
LEFT JOIN paragraphs AS p ON p.id = f.paragraph_id
LEFT JOIN articles AS a ON a.id = c.article_id
LEFT JOIN entities AS place ON place.id = c.place_entity_id
WHERE c.is_disputed = 1
