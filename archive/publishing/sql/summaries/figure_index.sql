-- title: Figures to filter
-- description: >-
--   Every figure of a current source with what it is filtered by; furniture is left out. Rows stand in
--   the order of publication, the newest first and undated ones last, so that any filter gives them in
--   that order. Their text and sentence are in `figure_facts`.
-- columns:
--   id: Place of the figure in that order, from 1
--   figure_id: The figure
--   claim_id: Claim that it states; null where it cannot be compared
--   kind: count, money, length, duration, percentage and so on
--   unit: Unit of measure, currency, person, or the noun counted
--   measure: What happened to what is counted
--   thing: What is counted, in its shortest form
--   status: reported, planned, alleged, denied or hypothetical
--   place_entity_id: Where
--   said_by: Whoever the text gives as source; null where it gives none
--   said_by_entity_id: The source, where it has a name
--   attribution_kind: named, anonymous or outlet; null where the text gives no source
--   outlet_id: Outlet of the article
--   published_on: Day of publication of the article
--   is_copy: 1 where an earlier paragraph has the same words
-- facets: [measure, kind]
CREATE TABLE figure_index (
  id INTEGER PRIMARY KEY,
  figure_id INTEGER NOT NULL REFERENCES figures (id),
  claim_id INTEGER REFERENCES claims (id),
  kind TEXT NOT NULL,
  unit TEXT,
  measure TEXT REFERENCES measures (name),
  thing TEXT NOT NULL,
  status TEXT NOT NULL,
  place_entity_id INTEGER REFERENCES entities (id),
  said_by TEXT,
  said_by_entity_id INTEGER REFERENCES entities (id),
  attribution_kind TEXT,
  outlet_id INTEGER REFERENCES outlets (id),
  published_on TEXT,
  is_copy INTEGER NOT NULL
);
-- thing_key(), what is counted in its shortest form, is ours.
INSERT INTO figure_index (
  figure_id, claim_id, kind, unit, measure, thing, status, place_entity_id, said_by,
  said_by_entity_id, attribution_kind, outlet_id, published_on, is_copy
)
SELECT
  f.id,
  c.claim_id,
  f.kind,
  f.unit,
  f.measure,
  thing_key(f.counted, f.unit, f.kind, f.measure),
  f.status,
  coalesce(place.merged_into_id, place.id),
  coalesce(named.name, f.attributed_to),
  coalesce(named.merged_into_id, named.id),
  f.attribution_kind,
  a.outlet_id,
  a.published_on,
  p.copy_of_id IS NOT NULL
FROM figures AS f
JOIN paragraphs AS p ON p.id = f.paragraph_id
JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN entities AS place ON place.id = f.place_entity_id
LEFT JOIN entities AS named ON named.id = f.attributed_entity_id
LEFT JOIN figure_claims AS c ON c.figure_id = f.id
WHERE p.role <> 'furniture'
ORDER BY a.published_on IS NULL, a.published_on DESC, a.id, f.char_start, f.id;
CREATE UNIQUE INDEX ix_figure_index_figure_id ON figure_index (figure_id);
CREATE INDEX ix_figure_index_kind ON figure_index (kind);
CREATE INDEX ix_figure_index_unit ON figure_index (unit) WHERE unit IS NOT NULL;
CREATE INDEX ix_figure_index_measure ON figure_index (measure) WHERE measure IS NOT NULL;
CREATE INDEX ix_figure_index_thing ON figure_index (thing);
CREATE INDEX ix_figure_index_status_kind ON figure_index (status, kind);
CREATE INDEX ix_figure_index_place_entity_id
ON figure_index (place_entity_id) WHERE place_entity_id IS NOT NULL;
CREATE INDEX ix_figure_index_said_by ON figure_index (said_by) WHERE said_by IS NOT NULL;
CREATE INDEX ix_figure_index_said_by_entity_id
ON figure_index (said_by_entity_id) WHERE said_by_entity_id IS NOT NULL;
CREATE INDEX ix_figure_index_status_is_copy ON figure_index (status, is_copy);
CREATE INDEX ix_figure_index_attribution_kind
ON figure_index (attribution_kind, is_copy) WHERE attribution_kind IS NOT NULL;
CREATE INDEX ix_figure_index_outlet_id ON figure_index (outlet_id) WHERE outlet_id IS NOT NULL;
CREATE INDEX ix_figure_index_published_on ON figure_index (published_on);
