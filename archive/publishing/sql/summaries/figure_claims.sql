-- title: Figures of claims
-- description: >-
--   Which claim each figure states: every place in the text behind a row of `claims` or
--   `figure_conflicts`, copies and rewordings included.
-- columns:
--   figure_id: Figure
--   claim_id: Claim that it states
CREATE TABLE figure_claims (
  figure_id INTEGER PRIMARY KEY REFERENCES figures (id),
  claim_id INTEGER NOT NULL REFERENCES claims (id)
);
-- The temporary table is left by claims.sql.
INSERT INTO figure_claims
SELECT s.figure_id, c.id
FROM first_stated AS s
JOIN claims AS c ON c.figure_id = s.first_id
ORDER BY s.figure_id;
DROP TABLE first_stated;
CREATE INDEX ix_figure_claims_claim_id ON figure_claims (claim_id);
