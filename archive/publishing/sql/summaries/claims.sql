-- title: Claims
-- description: >-
--   Figures that can be compared (money, and whatever has a measure), one row for each number that
--   one source states about one thing, however many outlets copy or reword it. An unattributed
--   number stands on the outlet, or on the document where the outlet is unknown; in a copied
--   paragraph on the outlet of the earliest. Unnamed sources of different outlets are not taken
--   for the same.
-- columns:
--   id: Number of the claim in this snapshot
--   topic: >-
--     Measure, thing, unit, place and time as one text; claims with the same topic can be compared.
--     Place is the dateline's where the sentence names none; time is the month, of publication
--     where the text gives no period, or the period where that is longer
--   measure: What happened to what is counted; null for money where none fits
--   thing: What is counted, in its shortest form
--   kind: count, money, length, duration, percentage and so on
--   unit: Unit of measure, currency, person, or the noun counted
--   per: What a rate is per
--   place_entity_id: Where
--   period_start: First day of the period that the text gives
--   period_end: Last day of that period
--   status: reported, planned, alleged, denied or hypothetical
--   said_by: Whoever the number stands on
--   said_by_kind: source (named in the text), anonymous, outlet or document
--   said_by_entity_id: The source, where it has a name
--   low: Smallest value stated, in `unit`; null when open below
--   high: Largest value stated, in `unit`; null when open above
--   modifier: How the number is hedged where it stands first
--   at_least: Smallest value that agrees with the claim; `about` and `nearly` give 5 percent
--   at_most: Largest value that agrees with the claim
--   figures: Number of figures that state it
--   copies: Those of them that stand in a copied or reworded paragraph
--   articles: Number of articles that state it
--   outlets: Number of outlets that state it
--   first_on: Day of publication of the first
--   last_on: Day of publication of the last
--   figure_id: First figure that states it
--   article_id: First article that states it
--   restates_id: More exact claim by the same source that this one repeats
--   claims_in_topic: Number of claims of the same topic that repeat no other
--   is_disputed: 1 where a claim of the same topic in another article excludes it
-- facets: [measure, kind, status]
CREATE TABLE claims (
  id INTEGER PRIMARY KEY,
  topic TEXT NOT NULL,
  measure TEXT REFERENCES measures (name),
  thing TEXT NOT NULL,
  kind TEXT NOT NULL,
  unit TEXT,
  per TEXT,
  place_entity_id INTEGER REFERENCES entities (id),
  period_start TEXT,
  period_end TEXT,
  status TEXT NOT NULL,
  said_by TEXT NOT NULL,
  said_by_kind TEXT NOT NULL,
  said_by_entity_id INTEGER REFERENCES entities (id),
  low REAL,
  high REAL,
  modifier TEXT NOT NULL,
  at_least REAL,
  at_most REAL,
  figures INTEGER NOT NULL,
  copies INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  first_on TEXT,
  last_on TEXT,
  figure_id INTEGER NOT NULL REFERENCES figures (id),
  article_id INTEGER REFERENCES articles (id),
  restates_id INTEGER REFERENCES claims (id),
  claims_in_topic INTEGER,
  is_disputed INTEGER NOT NULL DEFAULT 0
);
-- 0. A figure in a near-copy of an earlier paragraph, or in an article that repeats an earlier one, is
--    told by the earlier where that states the same number.
CREATE TEMP TABLE reworded (figure_id INTEGER PRIMARY KEY, paragraph_id INTEGER NOT NULL);
INSERT INTO reworded
SELECT figure_id, paragraph_id
FROM (
  SELECT
    f.id AS figure_id,
    g.paragraph_id,
    row_number() OVER (
      PARTITION BY f.id ORDER BY ga.published_on IS NULL, ga.published_on, g.id
    ) AS place
  FROM (
    SELECT p.id AS one_id, e.id AS other_id
    FROM article_copies AS c
    JOIN paragraphs AS p ON p.article_id = c.article_id
    JOIN paragraphs AS e ON e.article_id = c.earliest_id
    UNION
    SELECT paragraph_id, other_id FROM paragraph_pairs
    UNION
    SELECT other_id, paragraph_id FROM paragraph_pairs
  ) AS pair
  -- Crosswise, to go from the pairs to the few figures in them, not through pairs of figures.
  CROSS JOIN figures AS f ON f.paragraph_id = pair.one_id
  CROSS JOIN figures AS g
    ON g.paragraph_id = pair.other_id AND g.kind = f.kind AND g.low IS f.low AND g.high IS f.high
  JOIN paragraphs AS p ON p.id = f.paragraph_id
  JOIN paragraphs AS q ON q.id = g.paragraph_id
  LEFT JOIN articles AS fa ON fa.id = p.article_id
  LEFT JOIN articles AS ga ON ga.id = q.article_id
  WHERE (ga.published_on IS NULL, coalesce(ga.published_on, ''), g.id)
    < (fa.published_on IS NULL, coalesce(fa.published_on, ''), f.id)
)
WHERE place = 1;
-- 1. Each figure with who it stands on, the earliest first (undated ones last), so that the row's
--    number is its rank. What is told in a copied paragraph is told by the earliest (first, fa): its
--    outlet, dateline and month hold. thing_key(), what is counted in its shortest form, is ours.
CREATE TEMP TABLE told AS
SELECT
  f.id AS figure_id,
  f.measure,
  thing_key(f.counted, f.unit, f.kind, f.measure) AS thing,
  f.kind,
  f.unit,
  f.per,
  coalesce(
    place.name || coalesce(', ' || place.country_code, ''),
    dateline.name || coalesce(', ' || dateline.country_code, ''),
    ''
  ) AS place,
  coalesce(place.merged_into_id, place.id) AS place_entity_id,
  f.period_start,
  f.period_end,
  CASE
    WHEN f.period_start IS NULL THEN coalesce(substr(fa.published_on, 1, 7), '')
    WHEN substr(f.period_start, 1, 7) = substr(f.period_end, 1, 7) THEN substr(f.period_start, 1, 7)
    ELSE f.period_start || '/' || coalesce(f.period_end, '')
  END AS period,
  f.status,
  coalesce(named.name, f.attributed_to, o.name, s.name) AS said_by,
  CASE
    WHEN named.id IS NOT NULL THEN 'source'
    WHEN f.attributed_to IS NOT NULL AND f.attribution_kind = 'anonymous' THEN 'anonymous'
    WHEN f.attributed_to IS NOT NULL THEN 'source'
    WHEN o.id IS NOT NULL THEN 'outlet'
    ELSE 'document'
  END AS said_by_kind,
  coalesce(named.merged_into_id, named.id) AS said_by_entity_id,
  coalesce('outlet ' || o.id, 'document ' || s.id) AS origin,
  f.low,
  f.high,
  f.modifier,
  p.copy_of_id IS NOT NULL OR r.figure_id IS NOT NULL AS is_copy,
  a.id AS article_id,
  a.outlet_id,
  a.published_on
FROM figures AS f
JOIN paragraphs AS p ON p.id = f.paragraph_id
JOIN sources AS current ON current.id = p.source_id AND current.superseded_by_id IS NULL
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN reworded AS r ON r.figure_id = f.id
JOIN paragraphs AS first ON first.id = coalesce(r.paragraph_id, p.copy_of_id, p.id)
JOIN sources AS s ON s.id = first.source_id
LEFT JOIN articles AS fa ON fa.id = first.article_id
LEFT JOIN outlets AS o ON o.id = fa.outlet_id
LEFT JOIN entities AS named ON named.id = f.attributed_entity_id
LEFT JOIN entities AS place ON place.id = f.place_entity_id
LEFT JOIN entities AS dateline ON dateline.id = fa.place_entity_id
WHERE (f.measure IS NOT NULL OR f.kind = 'money')
  AND p.role <> 'furniture'
ORDER BY a.published_on IS NULL, a.published_on, f.id;
DROP TABLE reworded;
CREATE TEMP TABLE stated AS
SELECT
  *,
  coalesce(measure, kind) || ' · ' || thing
  || CASE kind WHEN 'count' THEN '' ELSE ' · ' || coalesce(unit, '') END
  || coalesce(' per ' || per, '') || ' · ' || place || ' · ' || period
  || CASE WHEN status IN ('reported', 'alleged') THEN '' ELSE ' · ' || status END AS topic,
  CASE
    WHEN said_by_entity_id IS NOT NULL THEN 'entity ' || said_by_entity_id
    WHEN said_by_kind = 'source' THEN lower(said_by)
    WHEN said_by_kind = 'anonymous' THEN lower(said_by) || ' / ' || origin
    ELSE origin
  END AS claimant
FROM told
ORDER BY rowid;
DROP TABLE told;
-- 2. One row for each number that one source states.
INSERT INTO claims (
  topic, measure, thing, kind, unit, per, place_entity_id, period_start, period_end, status,
  said_by, said_by_kind, said_by_entity_id, low, high, modifier, at_least, at_most,
  figures, copies, articles, outlets, first_on, last_on, figure_id, article_id
)
SELECT
  g.topic, t.measure, t.thing, t.kind, t.unit, t.per, t.place_entity_id, t.period_start,
  t.period_end, t.status, t.said_by, t.said_by_kind, t.said_by_entity_id, t.low, t.high, t.modifier,
  CASE WHEN t.modifier IN ('about', 'nearly') THEN t.low - 0.05 * abs(t.low) ELSE t.low END,
  CASE WHEN t.modifier = 'about' THEN t.high + 0.05 * abs(t.high) ELSE t.high END,
  g.figures, g.copies, g.articles, g.outlets, g.first_on, g.last_on, t.figure_id, t.article_id
FROM (
  SELECT
    topic,
    min(rowid) AS earliest,
    count(*) AS figures,
    sum(is_copy) AS copies,
    count(DISTINCT article_id) AS articles,
    count(DISTINCT outlet_id) AS outlets,
    min(published_on) AS first_on,
    max(published_on) AS last_on
  FROM stated
  GROUP BY topic, claimant, low, high
) AS g
JOIN stated AS t ON t.rowid = g.earliest
ORDER BY g.topic, g.earliest;
-- For figure_claims, which is made next: each figure, and the first that states the same claim.
CREATE TEMP TABLE first_stated AS
SELECT
  figure_id,
  first_value(figure_id) OVER (PARTITION BY topic, claimant, low, high ORDER BY rowid) AS first_id
FROM stated;
DROP TABLE stated;
CREATE INDEX ix_claims_topic_said_by ON claims (topic, said_by);
-- 3. `More than 280,000` beside `286,631` by the same source repeats it with less precision.
UPDATE claims SET restates_id = (
  SELECT exact.id
  FROM claims AS exact
  WHERE exact.topic = claims.topic
    AND exact.said_by = claims.said_by
    AND exact.said_by_kind = claims.said_by_kind
    AND exact.id <> claims.id
    AND exact.low = exact.high
    AND exact.modifier = 'exact'
    AND (claims.low IS NULL OR claims.high IS NULL OR claims.modifier <> 'exact')
    AND exact.low >= coalesce(claims.at_least, -9e999)
    AND exact.high <= coalesce(claims.at_most, 9e999)
  ORDER BY exact.id
  LIMIT 1
);
-- 4. A claim is excluded where it lies wholly above the least upper bound, or wholly below the
--    greatest lower bound, of its topic in other articles: different numbers in one article are
--    about different things. The two most extreme articles of a topic tell, one may be its own.
CREATE TEMP TABLE bounds AS
SELECT
  topic,
  coalesce(article_id, 0) AS article_id,
  count(*) AS claims,
  min(coalesce(at_most, 9e999)) AS upper,
  max(coalesce(at_least, -9e999)) AS lower
FROM claims
WHERE restates_id IS NULL AND measure IS NOT NULL AND status NOT IN ('denied', 'hypothetical')
GROUP BY topic, coalesce(article_id, 0);
CREATE TEMP TABLE topics AS
SELECT
  topic,
  sum(claims) AS claims_in_topic,
  max(CASE WHEN upper_rank = 1 THEN article_id END) AS upper_article,
  max(CASE WHEN upper_rank = 1 THEN upper END) AS least_upper,
  max(CASE WHEN upper_rank = 2 THEN upper END) AS next_upper,
  max(CASE WHEN lower_rank = 1 THEN article_id END) AS lower_article,
  max(CASE WHEN lower_rank = 1 THEN lower END) AS greatest_lower,
  max(CASE WHEN lower_rank = 2 THEN lower END) AS next_lower
FROM (
  SELECT
    *,
    row_number() OVER (PARTITION BY topic ORDER BY upper, article_id) AS upper_rank,
    row_number() OVER (PARTITION BY topic ORDER BY lower DESC, article_id) AS lower_rank
  FROM bounds
)
GROUP BY topic;
DROP TABLE bounds;
CREATE UNIQUE INDEX temp.ix_topics ON topics (topic);
UPDATE claims SET
  claims_in_topic = t.claims_in_topic,
  is_disputed = coalesce(
    claims.restates_id IS NULL
    AND claims.measure IS NOT NULL
    AND claims.status NOT IN ('denied', 'hypothetical')
    AND (
      coalesce(claims.at_least, -9e999)
      > iif(t.upper_article = coalesce(claims.article_id, 0), t.next_upper, t.least_upper)
      OR coalesce(claims.at_most, 9e999)
      < iif(t.lower_article = coalesce(claims.article_id, 0), t.next_lower, t.greatest_lower)
    ),
    0
  )
FROM topics AS t
WHERE t.topic = claims.topic;
DROP TABLE topics;
CREATE INDEX ix_claims_measure_first_on ON claims (measure, first_on);
CREATE INDEX ix_claims_kind_unit ON claims (kind, unit, coalesce(high, low));
CREATE INDEX ix_claims_place_entity_id ON claims (place_entity_id);
CREATE INDEX ix_claims_said_by ON claims (said_by);
CREATE INDEX ix_claims_said_by_entity_id ON claims (said_by_entity_id);
CREATE INDEX ix_claims_figure_id ON claims (figure_id);
CREATE INDEX ix_claims_article_id ON claims (article_id);
-- The rows of the view `casualties`, whose conditions these are, in the order of time.
CREATE INDEX ix_claims_casualties ON claims (first_on)
WHERE measure IN ('killed', 'injured', 'missing', 'detained', 'deported', 'displaced')
  AND kind = 'count'
  AND restates_id IS NULL;
CREATE INDEX ix_claims_is_disputed ON claims (topic) WHERE is_disputed = 1;
