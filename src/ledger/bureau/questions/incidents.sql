-- 题目：丢失、泄密案件的期限
-- 依据：泄密查处制度 第五条；泄密查处制度 第三条；泄密查处制度 第七条；泄密报告规定 第五条
-- 说明：每件案件的每一步：应在哪天前，哪天办的，是否误期。只看时段内发现的。
-- 参数：since 日期 = 2000-01-01 | 从哪一天起发现的
-- 参数：on 日期 = 今天 | 看到哪一天
SELECT
  u.unit AS "单位",
  i.number AS "案件编号",
  i.nature AS "性质",
  i.opened AS "发现",
  i.step AS "步骤",
  i.article AS "条文",
  i.due AS "应在此前",
  i.done_on AS "办理",
  CASE
    WHEN i.done_on > i.due THEN '迟办'
    WHEN i.done_on IS NOT NULL THEN '按期'
    WHEN i.closed IS NOT NULL THEN '已结案，没有记录'
    WHEN i.due < $on THEN '逾期未办'
    ELSE '未到期'
  END AS "情况"
FROM incidents AS i
JOIN units AS u ON u.room = i.room
WHERE i.opened BETWEEN $since AND $on
ORDER BY "发现", "单位", "案件编号", "应在此前", "步骤", u.room
