-- title: Topics in conflict
-- description: >-
--   Each topic of `figure_conflicts` once, with how far its claims lie apart. Place 1 is most in
--   conflict: topics of several sources first and of a known place before others, then by the number
--   of sources, of articles, and the gap.
-- columns:
--   place: Place in the order of conflict, from 1
--   topic: What the claims have in common
--   measure: What happened to what is counted
--   thing: What is counted, in its shortest form
--   kind: count, money, length, duration, percentage and so on
--   unit: Unit of measure, currency, person, or the noun counted
--   place_entity_id: Where
--   sources: Number of sources whose claims exclude another's
--   claims: Number of claims that exclude another or are excluded
--   articles: Number of times articles state them
--   lowest: Smallest number stated in them
--   highest: Largest number stated in them
--   first_on: Day of publication of the first
--   last_on: Day of publication of the last
-- sort: place
-- facets: [measure]
CREATE TABLE conflict_topics (
  place INTEGER PRIMARY KEY,
  topic TEXT NOT NULL,
  measure TEXT REFERENCES measures (name),
  thing TEXT NOT NULL,
  kind TEXT NOT NULL,
  unit TEXT,
  place_entity_id INTEGER REFERENCES entities (id),
  sources INTEGER NOT NULL,
  claims INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  lowest REAL,
  highest REAL,
  first_on TEXT,
  last_on TEXT
);
INSERT INTO conflict_topics
SELECT
  row_number() OVER (
    ORDER BY sources = 1, place_entity_id IS NULL, sources DESC, articles DESC,
      abs(highest - lowest) / max(abs(highest), abs(lowest), 1) DESC, topic
  ),
  *
FROM (
  SELECT
    topic,
    min(measure),
    min(thing),
    min(kind),
    min(unit),
    min(place_entity_id) AS place_entity_id,
    count(DISTINCT said_by || ' ' || said_by_kind) AS sources,
    count(*),
    sum(articles) AS articles,
    min(coalesce(low, high)) AS lowest,
    max(coalesce(high, low)) AS highest,
    min(first_on),
    max(last_on)
  FROM claims
  WHERE is_disputed = 1
  GROUP BY topic
)
ORDER BY 1;
CREATE INDEX ix_conflict_topics_measure ON conflict_topics (measure);
CREATE INDEX ix_conflict_topics_place_entity_id ON conflict_topics (place_entity_id);
CREATE INDEX ix_conflict_topics_topic ON conflict_topics (topic);
