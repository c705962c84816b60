-- 题目：三十项检查服务项目表，账本能答的各项
-- 依据：检查服务制度 第一条
-- 说明：时段内各项：是、部分、否、无此事项；账本答不了的（看现场、问人的）不在其中，由检查人员填。
-- 参数：since 日期 = 2000-01-01 | 从哪一天起
-- 参数：on 日期 = 今天 | 看到哪一天
-- 参数：unit 文字 = 空 | 哪个单位，不写就是每个单位
WITH done AS (
  SELECT room, act, CAST(COUNT(*) AS BIGINT) AS times,
    CAST(SUM(CASE WHEN scope = '公开专项' THEN 1 ELSE 0 END) AS BIGINT) AS special,
    CAST(SUM(CASE WHEN scope IN ('介质', '自查') THEN 1 ELSE 0 END) AS BIGINT) AS looked
  FROM acts
  WHERE "on" BETWEEN $since AND $on
    AND act IN ('inspection_held', 'trained', 'counted', 'carried_out', 'sent_for_repair')
  GROUP BY room, act
),
wrong AS (
  SELECT room, act, CAST(COUNT(DISTINCT n) AS BIGINT) AS times FROM breaches
  WHERE "on" BETWEEN $since AND $on GROUP BY room, act
),
bodies_there AS (
  SELECT room, COALESCE(type, '保密委员会') AS type, MAX(CASE WHEN COALESCE(duties, '') <> '' THEN 1 ELSE 0 END) AS clear
  FROM bodies GROUP BY room, COALESCE(type, '保密委员会')
),
machines AS (
  SELECT room, CAST(COUNT(*) AS BIGINT) AS machines FROM carriers
  WHERE kind IN ('computer', 'medium') AND place <> 'closed' GROUP BY room
),
staff AS (
  SELECT p.room, CAST(COUNT(*) AS BIGINT) AS staff,
    CAST(SUM(CASE WHEN s.vetted IS NOT NULL AND COUNT_OF(s.pledges) > 0 THEN 1 ELSE 0 END) AS BIGINT) AS ready
  FROM people AS p
  LEFT JOIN standings AS s ON s.room = p.room AND s.key = p.number
  WHERE p.category IS NOT NULL AND p.left_on IS NULL
  GROUP BY p.room
),
out AS (
  SELECT room, CAST(COUNT(*) AS BIGINT) AS published,
    CAST(SUM(CASE WHEN reviewed_on IS NOT NULL AND approved_on IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS complete
  FROM disclosures WHERE disclosed_on BETWEEN $since AND $on GROUP BY room
),
answers AS (
  SELECT u.room, 1 AS item, '保密委员会建立没有、职责清不清楚' AS asks,
    CASE WHEN b.type IS NULL THEN '否' WHEN b.clear = 1 THEN '是' ELSE '部分' END AS verdict
  FROM units AS u LEFT JOIN bodies_there AS b ON b.room = u.room AND b.type = '保密委员会'
  UNION ALL
  SELECT u.room, 2, '信息公开机构建立没有、职责清不清楚',
    CASE WHEN b.type IS NULL THEN '否' WHEN b.clear = 1 THEN '是' ELSE '部分' END
  FROM units AS u LEFT JOIN bodies_there AS b ON b.room = u.room AND b.type = '信息公开机构'
  UNION ALL
  SELECT u.room, 8, '计算机和介质有没有台账', CASE WHEN m.machines IS NULL THEN '否' ELSE '是' END
  FROM units AS u LEFT JOIN machines AS m ON m.room = u.room
  UNION ALL
  SELECT u.room, 9, '个人手中账外载体清理没有', CASE
    WHEN COALESCE(c.times, 0) + COALESCE(i.looked, 0) = 0 THEN '否'
    WHEN COUNT_OF(k.extra) > 0 THEN '部分' ELSE '是' END
  FROM units AS u
  LEFT JOIN done AS c ON c.room = u.room AND c.act = 'counted'
  LEFT JOIN done AS i ON i.room = u.room AND i.act = 'inspection_held'
  LEFT JOIN counts AS k ON k.room = u.room AND COALESCE(k.key, '') = ''
  UNION ALL
  SELECT u.room, 10, '携带外出有没有审批登记', CASE
    WHEN d.times IS NULL THEN '无此事项' WHEN w.times IS NULL THEN '是' ELSE '部分' END
  FROM units AS u
  LEFT JOIN done AS d ON d.room = u.room AND d.act = 'carried_out'
  LEFT JOIN wrong AS w ON w.room = u.room AND w.act = 'carried_out'
  UNION ALL
  SELECT u.room, 11, '是不是定点维修', CASE
    WHEN d.times IS NULL THEN '无此事项' WHEN w.times IS NULL THEN '是' ELSE '部分' END
  FROM units AS u
  LEFT JOIN done AS d ON d.room = u.room AND d.act = 'sent_for_repair'
  LEFT JOIN wrong AS w ON w.room = u.room AND w.act = 'sent_for_repair'
  UNION ALL
  SELECT u.room, 13, '涉密人员审查、签诺没有', CASE
    WHEN s.staff IS NULL THEN '无此事项' WHEN s.ready = s.staff THEN '是'
    WHEN s.ready > 0 THEN '部分' ELSE '否' END
  FROM units AS u LEFT JOIN staff AS s ON s.room = u.room
  UNION ALL
  SELECT u.room, 14, '涉密人员教育开展没有', CASE WHEN d.times IS NULL THEN '否' ELSE '是' END
  FROM units AS u LEFT JOIN done AS d ON d.room = u.room AND d.act = 'trained'
  UNION ALL
  SELECT u.room, 15, '单位内部检查开展没有', CASE WHEN d.times IS NULL THEN '否' ELSE '是' END
  FROM units AS u LEFT JOIN done AS d ON d.room = u.room AND d.act = 'inspection_held'
  UNION ALL
  SELECT u.room, 28, '公开审查是否逐级登记审批', CASE
    WHEN o.published IS NULL THEN '无此事项' WHEN o.complete = o.published THEN '是' ELSE '部分' END
  FROM units AS u LEFT JOIN out AS o ON o.room = u.room
  UNION ALL
  SELECT u.room, 29, '公开审查专项检查开展没有', CASE WHEN COALESCE(d.special, 0) = 0 THEN '否' ELSE '是' END
  FROM units AS u LEFT JOIN done AS d ON d.room = u.room AND d.act = 'inspection_held'
)
SELECT u.unit AS "单位", CAST(a.item AS BIGINT) AS "序号", a.asks AS "检查内容", a.verdict AS "检查情况"
FROM answers AS a
JOIN units AS u ON u.room = a.room
WHERE $unit = '' OR u.unit = $unit
ORDER BY "单位", u.room, "序号"
