-- 题目：年度培训课时没有达到的人员
-- 依据：宣传教育制度 第七条（二）
-- 说明：按单位和类别合计：应训几人、达到几人、没有达到几人、人均课时。
-- 参数：year 整数 = 今年 | 哪一年
SELECT
  u.unit AS "单位",
  p.category AS "类别",
  CAST(COUNT(*) AS BIGINT) AS "应训人数",
  CAST(SUM(CASE WHEN COALESCE(t.hours, 0) >= w.wanted THEN 1 ELSE 0 END) AS BIGINT) AS "达到",
  CAST(SUM(CASE WHEN COALESCE(t.hours, 0) < w.wanted THEN 1 ELSE 0 END) AS BIGINT) AS "没有达到",
  CAST(ROUND(CAST(AVG(COALESCE(t.hours, 0)) AS DECIMAL(18, 6)), 1) AS DOUBLE) AS "人均课时"
FROM people AS p
JOIN units AS u ON u.room = p.room
JOIN (
  SELECT room, '核心' AS category, training_3 AS wanted FROM units
  UNION ALL
  SELECT room, '重要', training_2 FROM units
  UNION ALL
  SELECT room, '一般', training_1 FROM units
) AS w ON w.room = p.room AND w.category = p.category
LEFT JOIN training AS t ON t.room = p.room AND t.number = p.number AND t.year = $year
WHERE p.left_on IS NULL
GROUP BY u.unit, u.room, p.category
ORDER BY "单位", CASE p.category WHEN '核心' THEN 1 WHEN '重要' THEN 2 ELSE 3 END, u.room
