-- title: Figures in context
-- description: Every figure of a current source with its sentence, article, outlet, date, place and where in the source it stands.
-- columns:
--   id: Number of the figure in this archive
--   text: The figure as written
--   kind: count, money, length, duration, percentage and so on
--   value: The number as written, in `unit`; null where it is vague or a range
--   low: Smallest value stated, in `unit`; null when open below
--   high: Largest value stated, in `unit`; null when open above
--   modifier: How the number is hedged
--   unit: Singular unit of measure, ISO 4217 code for money, person, or the noun counted
--   per: What a rate is per
--   counted: What is measured, with the participle of what happened
--   measure: What happened to what is counted, from `measures`
--   status: reported, planned, alleged, denied or hypothetical
--   trend: up or down, where a change is told
--   period: Time expression that bounds it, as written
--   period_start: First day of the period
--   period_end: Last day of the period
--   attributed_to: Whoever the text gives as source
--   attribution_kind: named, anonymous or outlet
--   actor: Who did it
--   place: Where
--   sentence: The sentence that states it
--   headline: Headline of the article
--   article_kind: article, teaser or fragment
--   outlet: Outlet of the article
--   published_on: Day of publication of the article
--   is_copy: 1 where an earlier paragraph has the same words
--   uid: Permanent name of the article
--   source: Name of the source
--   char_start: First character in the source's text, counted from 0
--   char_end: One past the last character in the source's text
--   article_id: Article that states it
--   paragraph_id: Paragraph that states it
--   attributed_entity_id: The source, where it has a name
--   actor_entity_id: Who did it
--   place_entity_id: Where
--   si_low: "`low` in the SI unit of the kind"
--   si_high: "`high` in the SI unit of the kind"
--   rule: Name of the rule or model that found it
--   score: How sure that rule is, from 0 to 1
-- facets: [measure]
-- fts_table: paragraphs_fts
-- fts_pk: paragraph_id
SELECT
  f.id,
  f.text,
  f.kind,
  f.value,
  f.low,
  f.high,
  f.modifier,
  f.unit,
  f.per,
  f.counted,
  f.measure,
  f.status,
  f.trend,
  f.period,
  f.period_start,
  f.period_end,
  f.attributed_to,
  f.attribution_kind,
  actor.name AS actor,
  place.name AS place,
  substr(p.text, f.sentence_start - p.char_start + 1, f.sentence_end - f.sentence_start) AS sentence,
  a.headline,
  a.kind AS article_kind,
  o.name AS outlet,
  a.published_on,
  p.copy_of_id IS NOT NULL AS is_copy,
  a.uid,
  s.name AS source,
  f.char_start,
  f.char_end,
  a.id AS article_id,
  f.paragraph_id,
  f.attributed_entity_id,
  f.actor_entity_id,
  f.place_entity_id,
  f.si_low,
  f.si_high,
  f.rule,
  f.score
FROM figures AS f
LEFT JOIN paragraphs AS p ON p.id = f.paragraph_id
LEFT JOIN sources AS s ON s.id = p.source_id
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
LEFT JOIN entities AS actor ON actor.id = f.actor_entity_id
LEFT JOIN entities AS place ON place.id = f.place_entity_id
WHERE s.superseded_by_id IS NULL
