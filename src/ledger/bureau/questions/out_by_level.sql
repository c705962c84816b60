-- 题目：各单位在外和超期件数，按密级
-- 依据：载体制度 一（四）4；载体制度 一（五）3；载体制度 一（七）1
-- 说明：每个单位每一密级在外几件，其中超期几件，最长超期几天。
-- 参数：on 日期 = 今天 | 看到哪一天
SELECT
  u.unit AS "单位",
  c.level AS "密级",
  CAST(COUNT(*) AS BIGINT) AS "在外件数",
  CAST(SUM(CASE WHEN c.due < $on THEN 1 ELSE 0 END) AS BIGINT) AS "超期件数",
  COALESCE(MAX(CASE WHEN c.due < $on THEN DAYS_BETWEEN(c.due, $on) END), 0) AS "最长超期天数"
FROM custody AS c
JOIN units AS u ON u.room = c.room
WHERE c.level IS NOT NULL AND c.due IS NOT NULL
GROUP BY u.unit, u.room, c.level
ORDER BY "单位", CASE c.level WHEN '绝密' THEN 1 WHEN '机密' THEN 2 ELSE 3 END, u.room
