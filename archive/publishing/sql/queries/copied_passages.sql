-- title: Copied passages
-- description: >-
--   Paragraphs that an outlet has in the same words as an earlier article, beside that one. Leave
--   outlet empty for all outlets.
-- params:
--   outlet: ''
SELECT
  first_on, first_outlet, first_headline, copied_on, copied_by, copy_headline, days_later, text,
  first_article_id, copy_article_id
FROM copied_paragraphs
WHERE :outlet = '' OR copied_by = :outlet
ORDER BY first_on IS NULL, first_on, first_paragraph_id, copied_on IS NULL, copied_on,
  copy_paragraph_id
