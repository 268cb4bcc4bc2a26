-- title: Entities
-- description: Everybody and everything that current sources name, with how often and when.
-- columns:
--   id: Number of the entity
--   name: Name it goes by
--   type: PERSON, ORG, GPE, LOC, FAC, NORP, EVENT, PRODUCT, LAW or WORK
--   country: Country that it is, lies in, belongs to, or names the people of
--   articles: Number of articles that name it
--   outlets: Number of outlets that name it
--   mentions: Number of times it is named
--   original_mentions: Those of them that do not stand in a copied paragraph
--   first_on: Day of publication of the first article that names it
--   last_on: Day of publication of the last
--   latitude: Degrees north (WGS 84)
--   longitude: Degrees east (WGS 84)
--   country_code: ISO 3166-1 alpha-2 code of the country
-- sort_desc: articles
-- facets: [type, country_code]
-- fts_table: entities_fts
-- fts_pk: id
SELECT
  e.id,
  e.name,
  e.type,
  c.name AS country,
  n.articles,
  n.outlets,
  n.mentions,
  n.original_mentions,
  n.first_on,
  n.last_on,
  e.latitude,
  e.longitude,
  e.country_code
FROM entity_counts AS n
LEFT JOIN entities AS e ON e.id = n.entity_id
LEFT JOIN countries AS c ON c.code = e.country_code
