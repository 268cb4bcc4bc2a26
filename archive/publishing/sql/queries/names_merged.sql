-- title: Names that are one, and why
-- group: quality
-- description: >-
--   What was found to be the same as whoever goes by a name, by which rule or user, and how sure
--   that is. Leave name empty for everybody, by number. Where a rule is wrong, say so with
--   `archive entity different`. At most 200 rows.
-- params:
--   name: Masoud Pezeshkian
WITH merged AS (
  -- One of the two has rows; together they would have to read the table whole.
  SELECT * FROM (
    SELECT id FROM entities WHERE :name = '' AND merged_into_id > 0
    ORDER BY merged_into_id LIMIT 200
  )
  UNION ALL
  SELECT * FROM (
    SELECT e.id
    FROM (SELECT DISTINCT entity_id FROM aliases WHERE name = :name) AS n
    CROSS JOIN entities AS e ON e.merged_into_id = n.entity_id
    LIMIT 200
  )
)
SELECT
  s.name,
  e.name AS merged,
  e.type,
  e.country_code,
  e.sense,
  d.decided_by,
  d.score,
  d.reason,
  d.id AS decision_id,
  s.id AS entity_id,
  e.id AS merged_id
FROM merged
CROSS JOIN entities AS e ON e.id = merged.id
CROSS JOIN entities AS s ON s.id = e.merged_into_id
LEFT JOIN decisions AS d ON d.id = (
  -- The strongest that speaks of it: a user's, else the surest rule's.
  SELECT x.id
  FROM decisions AS x
  WHERE x.verdict = 'same' AND x.undone_at IS NULL
    AND (
      (
        x.left_key = e.name_key AND x.left_type = e.type
        AND +x.left_country_code IS e.country_code AND ifnull(x.left_sense, e.sense) = e.sense
      )
      OR (
        x.right_key = e.name_key AND x.right_type = e.type
        AND +x.right_country_code IS e.country_code AND ifnull(x.right_sense, e.sense) = e.sense
      )
    )
  ORDER BY x.block IS NOT NULL, x.score DESC, x.id
  LIMIT 1
)
ORDER BY s.name, s.id, d.score DESC, e.name, e.sense
