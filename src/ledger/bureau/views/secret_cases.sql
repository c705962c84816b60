-- Cases that have clocks: leaks, and losses of what has a level.
SELECT c.*
FROM cases AS c
WHERE c.nature = '泄密'
UNION ALL
SELECT c.*
FROM cases AS c
WHERE c.nature = '丢失' AND EXISTS (
  SELECT 1 FROM carriers AS k
  WHERE k.room = c.room AND k.level IS NOT NULL AND LIST_CONTAINS(c.subjects, k.number))
