-- 题目：违规情况，按条文
-- 依据：监督检查制度 第七条
-- 说明：时段内明知与条文不符仍然登记的事项，按条文合计：几件、几个单位、最近一次。
-- 参数：since 日期 = 2000-01-01 | 从哪一天起
-- 参数：on 日期 = 今天 | 到哪一天止
-- 参数：unit 文字 = 空 | 只看这个单位
SELECT
  b.article AS "条文",
  b.force AS "力度",
  CAST(COUNT(*) AS BIGINT) AS "件数",
  CAST(COUNT(DISTINCT b.room) AS BIGINT) AS "单位数",
  MIN(b."on") AS "最早",
  MAX(b."on") AS "最近"
FROM breaches AS b
JOIN units AS u ON u.room = b.room
WHERE b."on" BETWEEN $since AND $on AND ($unit = '' OR u.unit = $unit)
GROUP BY b.article, b.force
ORDER BY "件数" DESC, "条文", "力度"
