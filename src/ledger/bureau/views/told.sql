-- Every report of every case.
SELECT c.room, c.number, r.report."on" AS "on", r.report.stage AS stage, r.report."to" AS "to"
FROM cases AS c, UNNEST(c.reports) AS r(report)
