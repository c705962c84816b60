-- The hours of training of everybody with a category, year by year, and how many are wanted.
SELECT p.room, p.number, p.department, p.category, CAST(FIRST_OF(h.pair) AS BIGINT) AS year, SECOND_OF(h.pair) AS hours
FROM people AS p
JOIN standings AS s ON s.room = p.room AND s.key = p.number, UNNEST(s.hours) AS h(pair)
WHERE p.category IS NOT NULL AND p.left_on IS NULL
