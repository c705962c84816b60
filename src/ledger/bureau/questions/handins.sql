-- 题目：各单位报送情况
-- 依据：检查服务制度 第二条
-- 说明：每个单位最近一次报送到哪一刻、多少行、整本还是隐去题名姓名；很久没有报送的在前。
-- 参数：on 日期 = 今天 | 看到哪一天
SELECT
  unit AS "单位",
  level AS "最高密级",
  pack AS "规章包",
  taken_on AS "接收日期",
  made AS "账本截至",
  lines AS "行数",
  CASE WHEN concealed THEN '隐去题名姓名' ELSE '整本' END AS "内容",
  DAYS_BETWEEN(CAST(SUBSTR(made, 1, 10) AS DATE), $on) AS "距今天数",
  room AS "台账识别号"
FROM units
ORDER BY "账本截至", "单位", "台账识别号"
