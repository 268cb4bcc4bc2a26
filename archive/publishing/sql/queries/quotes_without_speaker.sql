-- title: Quotes whose speaker has no name
-- group: quality
-- description: >-
--   Quotes whose speaker the text leaves open or does not name: what a reader should check before
--   ascribing them to anybody. Copies are left out. At most 200 rows.
SELECT
  q.speaker, q.kind, q.text, o.name AS outlet, a.published_on, a.headline, a.uid,
  a.id AS article_id
FROM quotes AS q
CROSS JOIN paragraphs AS p ON p.id = q.paragraph_id AND p.copy_of_id IS NULL
CROSS JOIN sources AS s ON s.id = p.source_id AND s.superseded_by_id IS NULL
LEFT JOIN articles AS a ON a.id = p.article_id
LEFT JOIN outlets AS o ON o.id = a.outlet_id
WHERE q.speaker_entity_id IS NULL
  AND q.kind <> 'scare'
LIMIT 200
