-- 题目：密级变更和解密
-- 依据：保密法 第二十四条
-- 说明：时段内各单位登记的变更、解密，按月。
-- 参数：since 日期 = 2000-01-01 | 从哪一天起
-- 参数：on 日期 = 今天 | 到哪一天止
SELECT
  u.unit AS "单位",
  CAST(YEAR(a."on") AS BIGINT) AS "年",
  CAST(MONTH(a."on") AS BIGINT) AS "月",
  CASE a.act WHEN 'regraded' THEN '变更' ELSE '解密' END AS "事项",
  CAST(COUNT(*) AS BIGINT) AS "件数"
FROM acts AS a
JOIN units AS u ON u.room = a.room
WHERE a.act IN ('regraded', 'declassified') AND a."on" BETWEEN $since AND $on
GROUP BY u.unit, u.room, YEAR(a."on"), MONTH(a."on"), a.act
ORDER BY "单位", "年", "月", "事项", u.room
