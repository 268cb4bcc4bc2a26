-- title: Whose voices an outlet carries
-- group: speech
-- description: >-
--   Who is quoted in the articles of an outlet since a day, and how often: whom it lets speak.
--   Copied paragraphs and words only set off by marks do not count. At most 200 rows, of
--   the latest 500 articles.
-- params:
--   outlet: Harbour Courier
--   since: '2025-07-01'
SELECT
  coalesce(e.name, q.speaker) AS speaker, e.type, count(*) AS quotes,
  count(DISTINCT a.id) AS articles, sum(length(q.text)) AS characters,
  min(a.published_on) AS first_on, max(a.published_on) AS last_on, e.id AS entity_id
FROM (
  SELECT id, source_id, published_on
  FROM articles
  WHERE outlet_id = (SELECT id FROM outlets WHERE name = :outlet) AND published_on >= :since
  ORDER BY published_on DESC
  LIMIT 500
) AS a
CROSS JOIN sources AS s ON s.id = a.source_id AND s.superseded_by_id IS NULL
CROSS JOIN paragraphs AS p ON p.article_id = a.id AND p.copy_of_id IS NULL
CROSS JOIN quotes AS q ON q.paragraph_id = p.id AND q.kind <> 'scare'
LEFT JOIN entities AS e ON e.id = q.speaker_entity_id
GROUP BY e.id, coalesce(e.name, q.speaker)
ORDER BY quotes DESC, speaker
LIMIT 200
