-- 题目：超期在外的载体
-- 依据：载体制度 一（四）4；载体制度 一（五）3；载体制度 一（七）1；通信员制度 第五条；载体制度 一（二）3
-- 说明：传阅、借阅、外出、送修、发文没有回执、移交没有签收的，过了期限还没有回来的，逐件列出，密级高的在前。
-- 参数：on 日期 = 今天 | 看到哪一天
-- 参数：level 文字 = 空 | 只看这个密级
SELECT
  u.unit AS "单位",
  COALESCE(c.level, '') AS "密级",
  c.number AS "载体编号",
  CASE WHEN c.place = 'awaiting' THEN '移交待签收' ELSE c.purpose END AS "去向",
  c.who AS "在谁处",
  c.since AS "起自",
  c.due AS "应还",
  DAYS_BETWEEN(c.due, $on) AS "超期天数"
FROM custody AS c
JOIN units AS u ON u.room = c.room
WHERE c.due < $on AND ($level = '' OR c.level = $level)
ORDER BY CASE c.level WHEN '绝密' THEN 1 WHEN '机密' THEN 2 WHEN '秘密' THEN 3 ELSE 4 END,
  "超期天数" DESC, "单位", "载体编号", u.room
