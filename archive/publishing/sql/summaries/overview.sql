-- title: What the archive holds
-- description: Counts and dates of the whole archive, current sources only but where it says otherwise.
-- columns:
--   name: What is counted or dated
--   value: How many, or which day; null where there is none
CREATE TABLE overview (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO overview
SELECT 'articles', coalesce(sum(articles + teasers + fragments), 0) FROM coverage
UNION ALL
SELECT 'articles_without_date', count(*)
FROM articles AS a JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
WHERE a.published_on IS NULL
UNION ALL SELECT 'teasers', coalesce(sum(teasers), 0) FROM coverage
UNION ALL SELECT 'fragments', coalesce(sum(fragments), 0) FROM coverage
UNION ALL SELECT 'words', coalesce(sum(words), 0) FROM coverage
UNION ALL SELECT 'copies', count(*) FROM article_copies
UNION ALL SELECT 'outlets', count(DISTINCT outlet_id) FROM coverage
UNION ALL SELECT 'sources', count(*) FROM sources WHERE superseded_by_id IS NULL
UNION ALL SELECT 'superseded_sources', count(*) FROM sources WHERE superseded_by_id IS NOT NULL
UNION ALL SELECT 'entities', count(*) FROM entity_counts
UNION ALL SELECT 'mentions', coalesce(sum(mentions), 0) FROM entity_counts
UNION ALL SELECT 'figures', count(*) FROM figure_index
UNION ALL SELECT 'claims', count(*) FROM claims
UNION ALL SELECT 'topics_in_conflict', count(*) FROM conflict_topics
UNION ALL SELECT 'quotes', coalesce(sum(quotes), 0) FROM article_counts
UNION ALL SELECT 'failures', count(*) FROM failures
UNION ALL SELECT 'removals', count(*) FROM removals
UNION ALL
SELECT 'first_on', min(a.published_on)
FROM articles AS a JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
UNION ALL
SELECT 'last_on', max(a.published_on)
FROM articles AS a JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL;
