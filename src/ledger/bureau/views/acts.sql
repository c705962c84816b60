-- Acts that stand: those a later act voids are left out.
SELECT w.*
FROM written AS w
LEFT JOIN (SELECT room, voids FROM written WHERE voids IS NOT NULL) AS v
  ON v.room = w.room AND v.voids = w.n
WHERE v.voids IS NULL
