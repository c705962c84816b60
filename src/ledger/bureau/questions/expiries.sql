-- 题目：保密期限将满和已满、尚未处理的文件
-- 依据：保密法 第二十四条
-- 说明：在账文件的保密期限在若干天内届满，或者已满还没有登记解密、变更的。期满要先核实有没有延长。
-- 参数：on 日期 = 今天 | 看到哪一天
-- 参数：days 整数 = 90 | 往后看几天
SELECT
  u.unit AS "单位",
  m.number AS "文稿编号",
  m.mark AS "标志",
  m.issued_on AS "制发日",
  m.last_day AS "期满日",
  DAYS_BETWEEN($on, m.last_day) AS "剩余天数",
  CAST(COUNT(c.number) AS BIGINT) AS "在账份数"
FROM marks AS m
JOIN units AS u ON u.room = m.room
LEFT JOIN carriers AS c ON c.room = m.room AND c.document = m.number AND c.place <> 'closed'
WHERE m.last_day <= DAYS_AFTER($on, $days) AND m.declassified_on IS NULL
GROUP BY u.unit, u.room, m.number, m.mark, m.issued_on, m.last_day
ORDER BY "期满日", "单位", "文稿编号", u.room
