-- 题目：今年与去年对比
-- 依据：委员会职责 第九条
-- 说明：各类事项今年和去年同期各几件：同期指从一月一日到同一个月日。
-- 参数：on 日期 = 今天 | 看到哪一天
-- 参数：unit 文字 = 空 | 只看这个单位
SELECT
  w.word AS "事项",
  CAST(SUM(CASE WHEN YEAR(a."on") = YEAR($on) THEN 1 ELSE 0 END) AS BIGINT) AS "今年",
  CAST(SUM(CASE WHEN YEAR(a."on") < YEAR($on) THEN 1 ELSE 0 END) AS BIGINT) AS "去年同期"
FROM acts AS a
JOIN words AS w ON w.act = a.act
JOIN units AS u ON u.room = a.room
WHERE ($unit = '' OR u.unit = $unit)
  AND ((a."on" <= $on AND YEAR(a."on") = YEAR($on))
    OR (a."on" <= MONTHS_AFTER($on, -12) AND YEAR(a."on") = YEAR($on) - 1))
GROUP BY w.word
ORDER BY "今年" DESC, "去年同期" DESC, "事项"
