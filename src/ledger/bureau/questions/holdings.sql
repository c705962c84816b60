-- 题目：涉密载体存量和增减，按单位、年度、密级
-- 依据：载体制度 一（八）2；委员会职责 第九条
-- 说明：年初 + 增 = 减 + 年末。密级按现在的标志；作废的编号不算。
-- 参数：first 整数 = 2020 | 从哪一年起
-- 参数：last 整数 = 今年 | 到哪一年止
WITH moves AS (
  SELECT room, level, YEAR(entered) AS year, 1 AS came, 0 AS went FROM carriers WHERE level IS NOT NULL
  UNION ALL
  SELECT room, level, YEAR(since), 0, 1 FROM carriers WHERE level IS NOT NULL AND place = 'closed'
),
years AS (
  SELECT room, level, year, SUM(came) AS came, SUM(went) AS went
  FROM moves
  GROUP BY room, level, year
),
running AS (
  SELECT y.*,
    SUM(y.came - y.went) OVER (PARTITION BY y.room, y.level ORDER BY y.year) AS closing
  FROM years AS y
)
SELECT
  u.unit AS "单位",
  CAST(r.year AS BIGINT) AS "年度",
  r.level AS "密级",
  CAST(r.closing - r.came + r.went AS BIGINT) AS "年初",
  CAST(r.came AS BIGINT) AS "增",
  CAST(r.went AS BIGINT) AS "减",
  CAST(r.closing AS BIGINT) AS "年末"
FROM running AS r
JOIN units AS u ON u.room = r.room
WHERE r.year BETWEEN $first AND $last
ORDER BY "单位", "年度", CASE r.level WHEN '绝密' THEN 1 WHEN '机密' THEN 2 ELSE 3 END, u.room
