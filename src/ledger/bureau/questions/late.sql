-- 题目：逾期未办的清点、核查清退和检查
-- 依据：载体制度 一（八）2；委员会职责 第八条；监督检查制度 第四条；计算机制度 第三十六条
-- 说明：每个单位逾期的各项：上次哪天办的，应在哪天前办，已过几天；计算机合成一行，写明几台。
-- 参数：on 日期 = 今天 | 看到哪一天
SELECT
  u.unit AS "单位",
  o.duty AS "事项",
  o.article AS "条文",
  CAST(COUNT(*) AS BIGINT) AS "件数",
  MAX(o.last_on) AS "上次",
  MIN(o.due) AS "应在此前",
  MAX(DAYS_BETWEEN(o.due, $on)) AS "已过天数"
FROM owing AS o
JOIN units AS u ON u.room = o.room
WHERE o.due < $on
GROUP BY u.unit, u.room, o.duty, o.article
ORDER BY "已过天数" DESC, "单位", "事项", u.room
