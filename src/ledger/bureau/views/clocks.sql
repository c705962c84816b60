-- The steps of each such case: 24 hours (told by the day), a week after the first report, the result.
SELECT c.room, c.number, '首次报告' AS step, '泄密查处制度 第五条' AS article,
  DAYS_AFTER(c.opened, CAST(u.report_hours / 24 AS INT)) AS due, c.reported_on AS done_on
FROM secret_cases AS c
JOIN units AS u ON u.room = c.room
UNION ALL
SELECT c.room, c.number, '调查记录', '泄密查处制度 第三条', DAYS_AFTER(c.opened, u.progress_days),
  CASE WHEN COUNT_OF(c."group") > 0 THEN COALESCE(c.established_on, c.opened) END
FROM secret_cases AS c
JOIN units AS u ON u.room = c.room
UNION ALL
SELECT c.room, c.number, '书面报告结果', '泄密报告规定 第五条', MONTHS_AFTER(c.opened, u.result_months),
  COALESCE(c.closing_asked_on, r."on")
FROM secret_cases AS c
JOIN units AS u ON u.room = c.room
LEFT JOIN (SELECT room, number, MIN("on") AS "on" FROM told WHERE stage = '结果' GROUP BY room, number) AS r
  ON r.room = c.room AND r.number = c.number
UNION ALL
SELECT c.room, c.number, '续报进展', '泄密查处制度 第七条', DAYS_AFTER(c.reported_on, u.progress_days), r."on"
FROM secret_cases AS c
JOIN units AS u ON u.room = c.room
LEFT JOIN (
  SELECT room, number, MIN("on") AS "on" FROM told
  WHERE stage IN ('进展', '查清', '结果') GROUP BY room, number) AS r
  ON r.room = c.room AND r.number = c.number
WHERE c.reported_on IS NOT NULL
