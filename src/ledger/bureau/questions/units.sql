-- 题目：各单位总览
-- 依据：检查服务制度 第二条；监督检查制度 第四条
-- 说明：督办：有逾期未报的丢失、泄密，或超期在外的绝密件，或清点逾期满一个月；提醒：有别的逾期；其余正常。
-- 参数：on 日期 = 今天 | 看到哪一天
WITH late AS (
  SELECT room, CAST(COUNT(*) AS BIGINT) AS late,
    MAX(CASE WHEN duty = '清点' THEN DAYS_BETWEEN(due, $on) ELSE 0 END) AS count_late
  FROM owing WHERE due < $on GROUP BY room
),
away AS (
  SELECT room, CAST(COUNT(*) AS BIGINT) AS away,
    CAST(SUM(CASE WHEN level = '绝密' THEN 1 ELSE 0 END) AS BIGINT) AS top
  FROM custody WHERE due < $on GROUP BY room
),
missed AS (
  SELECT room, CAST(COUNT(*) AS BIGINT) AS missed,
    CAST(SUM(CASE WHEN step = '首次报告' THEN 1 ELSE 0 END) AS BIGINT) AS unreported
  FROM incidents WHERE done_on IS NULL AND closed IS NULL AND due < $on GROUP BY room
),
open AS (
  SELECT room, CAST(COUNT(*) AS BIGINT) AS cases FROM cases WHERE closed IS NULL GROUP BY room
),
held AS (
  SELECT room, CAST(COUNT(*) AS BIGINT) AS carriers FROM carriers
  WHERE level IS NOT NULL AND place <> 'closed' GROUP BY room
)
SELECT
  u.unit AS "单位",
  CASE
    WHEN COALESCE(m.unreported, 0) > 0 OR COALESCE(a.top, 0) > 0 OR COALESCE(l.count_late, 0) >= 30
      THEN '督办'
    WHEN COALESCE(l.late, 0) + COALESCE(a.away, 0) + COALESCE(m.missed, 0) > 0 THEN '提醒'
    ELSE '正常'
  END AS "状态",
  COALESCE(h.carriers, 0) AS "涉密载体",
  COALESCE(l.late, 0) AS "逾期事项",
  COALESCE(a.away, 0) AS "超期在外",
  COALESCE(o.cases, 0) AS "未结案件",
  COALESCE(m.missed, 0) AS "误期步骤",
  SUBSTR(u.made, 1, 10) AS "账本截至"
FROM units AS u
LEFT JOIN late AS l ON l.room = u.room
LEFT JOIN away AS a ON a.room = u.room
LEFT JOIN missed AS m ON m.room = u.room
LEFT JOIN open AS o ON o.room = u.room
LEFT JOIN held AS h ON h.room = u.room
ORDER BY CASE "状态" WHEN '督办' THEN 1 WHEN '提醒' THEN 2 ELSE 3 END, "单位", u.room
