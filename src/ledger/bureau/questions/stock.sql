-- 题目：现有涉密载体，按密级和种类
-- 依据：载体制度 一（八）2
-- 说明：各单位在账涉密载体几件，几件在室（柜）、几件在外。
-- 参数：unit 文字 = 空 | 哪个单位，不写就是每个单位
SELECT
  u.unit AS "单位",
  c.level AS "密级",
  CASE c.kind WHEN 'paper' THEN '文件' WHEN 'notebook' THEN '保密本' WHEN 'medium' THEN '移动存储介质'
    WHEN 'computer' THEN '计算机' ELSE '设备' END AS "种类",
  CAST(COUNT(*) AS BIGINT) AS "件数",
  CAST(SUM(CASE WHEN c.place IN ('room', 'cabinet') THEN 1 ELSE 0 END) AS BIGINT) AS "在室件数"
FROM carriers AS c
JOIN units AS u ON u.room = c.room
WHERE c.level IS NOT NULL AND c.place <> 'closed' AND ($unit = '' OR u.unit = $unit)
GROUP BY u.unit, u.room, c.level, c.kind
ORDER BY "单位", u.room, CASE c.level WHEN '绝密' THEN 1 WHEN '机密' THEN 2 ELSE 3 END, "种类"
