-- 题目：一个单位的情况
-- 依据：检查服务制度 第二条
-- 说明：一个单位一页：账本、人员、载体、清点、检查、案件、违规，各一行。
-- 参数：on 日期 = 今天 | 看到哪一天
-- 参数：unit 文字 = 空 | 哪个单位，不写就是每个单位
WITH facts AS (
  SELECT room, 1 AS place, '账本截至' AS item, SUBSTR(made, 1, 10) AS said FROM units
  UNION ALL
  SELECT room, 2, '在册涉密人员', CAST(COUNT(*) AS VARCHAR) FROM people
  WHERE category IS NOT NULL AND left_on IS NULL GROUP BY room
  UNION ALL
  SELECT room, CASE level WHEN '绝密' THEN 3 WHEN '机密' THEN 4 ELSE 5 END, '在账' || level || '级载体',
    CAST(COUNT(*) AS VARCHAR)
  FROM carriers WHERE level IS NOT NULL AND place <> 'closed' GROUP BY room, level
  UNION ALL
  SELECT room, 6, '涉密计算机', CAST(COUNT(*) AS VARCHAR) FROM carriers
  WHERE kind = 'computer' AND network = '涉密' AND place <> 'closed' GROUP BY room
  UNION ALL
  SELECT room, 7, '最近清点', CAST("on" AS VARCHAR) || '，应有' || CAST(expected AS VARCHAR) || '件，实见'
    || CAST(seen AS VARCHAR) || '件'
  FROM counts WHERE COALESCE(key, '') = ''
  UNION ALL
  SELECT room, 8, '逾期未办：' || duty, CAST(COUNT(*) AS VARCHAR) || '项，最早应在' || CAST(MIN(due) AS VARCHAR) || '前'
  FROM owing WHERE due < $on GROUP BY room, duty
  UNION ALL
  SELECT room, 9, '超期在外的载体', CAST(COUNT(*) AS VARCHAR) || '件' FROM custody WHERE due < $on GROUP BY room
  UNION ALL
  SELECT room, 10, '未结案件：' || nature, CAST(COUNT(*) AS VARCHAR) || '件' FROM cases
  WHERE closed IS NULL GROUP BY room, nature
  UNION ALL
  SELECT room, 11, '今年检查：' || scope, CAST(COUNT(*) AS VARCHAR) || '次，查出问题'
    || CAST(SUM(COUNT_OF(problems)) AS VARCHAR) || '项'
  FROM inspections WHERE YEAR("on") = YEAR($on) GROUP BY room, scope
)
SELECT u.unit AS "单位", f.item AS "项目", f.said AS "情况"
FROM facts AS f
JOIN units AS u ON u.room = f.room
WHERE $unit = '' OR u.unit = $unit
ORDER BY "单位", u.room, f.place, "项目"
