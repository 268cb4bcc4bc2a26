-- title: What read the sources
-- group: quality
-- description: >-
--   How many sources each version of the extraction has read, by media type; older ones can be read
--   again with `archive reprocess --stale`.
SELECT
  extractor_version, media_type, count(*) AS sources, sum(superseded_by_id IS NULL) AS current_sources,
  sum(byte_count) AS bytes
FROM sources
GROUP BY extractor_version, media_type
ORDER BY extractor_version, sources DESC, media_type
