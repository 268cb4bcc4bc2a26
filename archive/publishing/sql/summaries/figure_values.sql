-- title: Values of figures
-- description: >-
--   What figures can be filtered by, and how many there are of each: of things counted, units, places
--   and sources the 500 most frequent.
-- columns:
--   facet: measure, kind, status, unit, thing, place or source
--   place: Place in the order of frequency within the facet, from 1
--   value: The value
--   figures: Number of figures, copies included
CREATE TABLE figure_values (
  facet TEXT NOT NULL,
  place INTEGER NOT NULL,
  value TEXT NOT NULL,
  figures INTEGER NOT NULL,
  PRIMARY KEY (facet, place)
) WITHOUT ROWID;
INSERT INTO figure_values
SELECT facet, place, value, figures
FROM (
  SELECT
    facet,
    value,
    figures,
    row_number() OVER (PARTITION BY facet ORDER BY figures DESC, value) AS place
  FROM (
    SELECT 'measure' AS facet, measure AS value, count(*) AS figures
    FROM figure_index WHERE measure IS NOT NULL GROUP BY measure
    UNION ALL
    SELECT 'kind', kind, count(*) FROM figure_index GROUP BY kind
    UNION ALL
    SELECT 'status', status, count(*) FROM figure_index GROUP BY status
    UNION ALL
    SELECT 'unit', unit, count(*) FROM figure_index WHERE unit IS NOT NULL GROUP BY unit
    UNION ALL
    SELECT 'thing', thing, count(*) FROM figure_index WHERE thing <> '' GROUP BY thing
    UNION ALL
    SELECT 'place', e.name, sum(n.figures)
    FROM (
      SELECT place_entity_id, count(*) AS figures
      FROM figure_index WHERE place_entity_id IS NOT NULL GROUP BY place_entity_id
    ) AS n
    JOIN entities AS e ON e.id = n.place_entity_id
    GROUP BY e.name
    UNION ALL
    SELECT 'source', said_by, count(*) FROM figure_index WHERE said_by IS NOT NULL GROUP BY said_by
  )
)
WHERE place <= 500
ORDER BY facet, place;
