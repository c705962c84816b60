-- Duties met and missed: every time something recurring was done, when it was due, and when done.
SELECT d.room, d.duty, d."on" AS done_on, d.days,
  CASE WHEN d.before IS NULL THEN NULL ELSE MONTHS_AFTER(d.before, d.months) END AS due
FROM (
  SELECT a.room, '清点' AS duty, a."on", DAYS_BETWEEN(
      LAG(a."on") OVER (PARTITION BY a.room ORDER BY a."on", a.n), a."on") AS days,
    LAG(a."on") OVER (PARTITION BY a.room ORDER BY a."on", a.n) AS before, u.count_months AS months
  FROM acts AS a
  JOIN units AS u ON u.room = a.room
  WHERE a.act = 'counted'
  UNION ALL
  SELECT a.room, '核查清退', a."on", DAYS_BETWEEN(
      LAG(a."on") OVER (PARTITION BY a.room ORDER BY a."on", a.n), a."on"),
    LAG(a."on") OVER (PARTITION BY a.room ORDER BY a."on", a.n), u.clearance_months
  FROM acts AS a
  JOIN units AS u ON u.room = a.room
  WHERE a.act = 'counted' AND a.clearance
) AS d
