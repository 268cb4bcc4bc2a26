-- title: The archive in numbers
-- group: coverage
-- description: What the whole archive holds and from when to when, counted when the snapshot was made.
SELECT name AS what, value
FROM overview
ORDER BY name
