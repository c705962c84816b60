-- Rooms that keep secret papers, how many, and since when the first of them has been there.
SELECT room, COUNT(*) AS papers, MIN(entered) AS entered
FROM carriers
WHERE kind = 'paper' AND level IS NOT NULL AND place IN ('room', 'cabinet')
GROUP BY room
