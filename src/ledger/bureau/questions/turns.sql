-- 题目：清点和核查清退，逐次是否按期
-- 依据：载体制度 一（八）2
-- 说明：时段内每个单位办过几次，几次迟于期限，相隔最长几天。
-- 参数：since 日期 = 2000-01-01 | 从哪一天起
-- 参数：on 日期 = 今天 | 到哪一天止
SELECT
  u.unit AS "单位",
  t.duty AS "事项",
  CAST(COUNT(*) AS BIGINT) AS "次数",
  CAST(SUM(CASE WHEN t.done_on > t.due THEN 1 ELSE 0 END) AS BIGINT) AS "迟办次数",
  COALESCE(MAX(t.days), 0) AS "最长间隔天数",
  MAX(t.done_on) AS "最近一次"
FROM turns AS t
JOIN units AS u ON u.room = t.room
WHERE t.done_on BETWEEN $since AND $on
GROUP BY u.unit, u.room, t.duty
ORDER BY "迟办次数" DESC, "单位", "事项", u.room
