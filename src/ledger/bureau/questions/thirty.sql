-- 题目：三十项检查服务项目表
-- 依据：检查服务制度 第一条
-- 说明：时段内各项：是、部分、否、无此事项，备注里是账上的根据。第5、30两项只有逐条核对现状才能答全，账上有问题的答“部分”，没有的答“待查”；各项都只说账上的，现场的由检查人员核实。
-- 参数：since 日期 = 2000-01-01 | 从哪一天起
-- 参数：on 日期 = 今天 | 看到哪一天
-- 参数：unit 文字 = 空 | 哪个单位，不写就是每个单位
WITH asks AS (
  SELECT item, asks, scope FROM (VALUES
    (1, '保密委员会建立没有、职责清不清楚', '保密委员会'),
    (2, '信息公开机构建立没有、职责清不清楚', '信息公开机构'),
    (3, '有没有记录保密工作的本子', ''),
    (4, '办没办、参没参加协作组活动', '协作组'),
    (5, '载体从收发到销毁各环节是否规范', ''),
    (6, '定密走没走程序、依据准不准', ''),
    (7, '保密室是否三铁一器', ''),
    (8, '计算机和介质有没有台账', ''),
    (9, '个人手中账外载体清理没有', ''),
    (10, '携带外出有没有审批登记', ''),
    (11, '是不是定点维修', ''),
    (12, '保密干部持证上岗没有', ''),
    (13, '涉密人员审查、签诺没有', ''),
    (14, '涉密人员教育开展没有', ''),
    (15, '单位内部检查开展没有', ''),
    (16, '国家秘密载体管理制度及落实', '国家秘密载体管理'),
    (17, '计算机及移动存储介质管理制度及落实', '计算机及移动存储介质管理'),
    (18, '办公自动化设备管理制度及落实', '办公自动化设备管理'),
    (19, '国家秘密定密管理制度及落实', '国家秘密定密管理'),
    (20, '保密宣传教育制度及落实', '保密宣传教育'),
    (21, '保密监督检查制度及落实', '保密监督检查'),
    (22, '涉密设备维修报废更换制度及落实', '涉密设备维修报废更换'),
    (23, '要害部门部位管理制度及落实', '要害部门部位管理'),
    (24, '单位电子邮箱管理制度及落实', '单位电子邮箱管理'),
    (25, '出国（境）人员管理制度及落实', '出国（境）人员管理'),
    (26, '对外提供资料审查报批制度及落实', '对外提供资料审查报批'),
    (27, '信息公开保密审查制度建立没有、职责清不清楚', '信息公开保密审查'),
    (28, '公开审查是否逐级登记审批', ''),
    (29, '公开审查专项检查开展没有', ''),
    (30, '计算机、介质、通信和办公设备是否按汇编防护和操作', '')
  ) AS q(item, asks, scope)
),
done AS (
  SELECT a.room,
    SUM(CASE WHEN a.act = 'convened' THEN 1 ELSE 0 END) AS met,
    SUM(CASE WHEN a.act = 'activity_held' THEN 1 ELSE 0 END) AS activities,
    SUM(CASE WHEN a.act = 'activity_held' AND COALESCE(a.attended, TRUE) THEN 1 ELSE 0 END) AS attended,
    SUM(CASE WHEN a.act = 'produced' AND a.mark <> '' THEN 1 ELSE 0 END) AS marked,
    SUM(CASE WHEN a.act = 'produced' AND a.mark <> '' AND a.drafted_by <> '' AND a.classifier <> ''
      AND a.basis <> '' THEN 1 ELSE 0 END) AS based,
    SUM(CASE WHEN a.act = 'counted' THEN 1 ELSE 0 END) AS counted,
    SUM(CASE WHEN a.act = 'inspection_held' THEN 1 ELSE 0 END) AS inspected,
    SUM(CASE WHEN a.act = 'inspection_held' AND a.scope IN ('介质', '自查') THEN 1 ELSE 0 END) AS looked,
    SUM(CASE WHEN a.act = 'inspection_held' AND a.scope = '公开专项' THEN 1 ELSE 0 END) AS special,
    SUM(CASE WHEN a.act = 'trained' THEN 1 ELSE 0 END) AS trained,
    SUM(CASE WHEN a.act = 'carried_out' THEN 1 ELSE 0 END) AS taken,
    SUM(CASE WHEN a.act = 'sent_for_repair' THEN 1 ELSE 0 END) AS repaired,
    SUM(CASE WHEN a.act = 'disclosed' THEN 1 ELSE 0 END) AS disclosed,
    SUM(CASE WHEN a.act = 'disclosed' AND d.reviewed_on IS NOT NULL AND d.approved_on IS NOT NULL
      THEN 1 ELSE 0 END) AS reviewed
  FROM acts AS a
  LEFT JOIN disclosures AS d ON d.room = a.room AND d.number = a.disclosure
  WHERE a."on" BETWEEN $since AND $on AND a.act IN ('convened', 'activity_held', 'produced', 'counted',
    'inspection_held', 'trained', 'carried_out', 'sent_for_repair', 'disclosed')
  GROUP BY a.room
),
against AS (
  SELECT f.room,
    COUNT(DISTINCT CASE WHEN f.act = 'carried_out' THEN f.n END) AS taken,
    COUNT(DISTINCT CASE WHEN f.act = 'sent_for_repair' THEN f.n END) AS repaired,
    COUNT(DISTINCT CASE WHEN f.finding.article LIKE '载体制度 %' THEN f.n END) AS carriers,
    COUNT(DISTINCT CASE WHEN f.finding.article LIKE '载体制度 二%' OR f.finding.article LIKE '计算机制度 %'
      OR f.finding.article LIKE '通信办公制度 %' THEN f.n END) AS machines
  FROM (
    SELECT room, n, act, UNNEST(findings) AS finding FROM acts
    WHERE findings IS NOT NULL AND "on" BETWEEN $since AND $on) AS f
  WHERE f.finding.force IN ('禁', '须')
  GROUP BY f.room
),
firsts AS (
  SELECT room, COALESCE(type, '保密委员会') AS type, MIN(number) AS number
  FROM bodies
  GROUP BY room, COALESCE(type, '保密委员会')
),
bodies_there AS (
  SELECT f.room, f.type, b.name, COALESCE(b.head, '') AS head, COALESCE(b.duties, '') AS duties
  FROM firsts AS f
  JOIN bodies AS b ON b.room = f.room AND b.number = f.number
),
safes AS (
  SELECT room, COUNT(*) AS safes,
    SUM(CASE WHEN COALESCE(supervised, FALSE) AND COALESCE(secured, FALSE) THEN 0 ELSE 1 END) AS bad
  FROM cabinets
  GROUP BY room
),
machines AS (
  SELECT room,
    SUM(CASE WHEN kind = 'computer' THEN 1 ELSE 0 END) AS computers,
    SUM(CASE WHEN kind = 'medium' THEN 1 ELSE 0 END) AS media,
    SUM(CASE WHEN kind IN ('computer', 'medium') AND custody."with" <> 'closed' THEN 1 ELSE 0 END) AS used,
    SUM(CASE WHEN custody."with" = 'closed' THEN 0
      WHEN kind = 'medium' THEN CASE WHEN level <> '' AND COALESCE(keeper, '') = '' THEN 1 ELSE 0 END
      ELSE CASE WHEN (level <> '' OR network = '涉密') AND (COALESCE(keeper, '') = ''
          OR COALESCE(department, '') = '') THEN 1 ELSE 0 END
        + CASE WHEN kind = 'computer' AND (COALESCE(network, '') = '' OR (level <> '' AND network <> '涉密'))
          THEN 1 ELSE 0 END
      END) AS blank
  FROM things
  WHERE kind IN ('computer', 'medium', 'device')
  GROUP BY room
),
unsettled AS (
  SELECT room, COUNT(*) AS cases FROM cases WHERE closed IS NULL GROUP BY room
),
away AS (
  SELECT room, COUNT(*) AS away FROM custody WHERE due < $on GROUP BY room
),
unchecked AS (
  SELECT room, COUNT(*) AS unchecked FROM owing WHERE duty = '计算机检查' AND due < $on GROUP BY room
),
officers AS (
  SELECT p.room, COUNT(*) AS officers,
    SUM(CASE WHEN p.left_on IS NULL AND (COALESCE(p.certificate_no, '') = '' OR s.certified_until < $on)
      THEN 1 ELSE 0 END) AS bare
  FROM people AS p
  LEFT JOIN standings AS s ON s.room = p.room AND s.key = p.number
  WHERE LIST_CONTAINS(p.roles, '保密员')
  GROUP BY p.room
),
staff AS (
  SELECT p.room, COUNT(*) AS staff,
    SUM(CASE WHEN s.vetted IS NOT NULL AND COUNT_OF(s.pledges) > 0 THEN 1 ELSE 0 END) AS ready
  FROM people AS p
  LEFT JOIN standings AS s ON s.room = p.room AND s.key = p.number
  WHERE p.category IS NOT NULL AND p.left_on IS NULL
  GROUP BY p.room
),
facts AS (
  SELECT u.room, u.unit,
    COALESCE(d.met, 0) AS met, COALESCE(d.activities, 0) AS activities, COALESCE(d.attended, 0) AS attended,
    COALESCE(d.marked, 0) AS marked, COALESCE(d.based, 0) AS based, COALESCE(d.counted, 0) AS counted,
    COALESCE(d.inspected, 0) AS inspected, COALESCE(d.looked, 0) AS looked, COALESCE(d.special, 0) AS special,
    COALESCE(d.trained, 0) AS trained, COALESCE(d.taken, 0) AS taken, COALESCE(d.repaired, 0) AS repaired,
    COALESCE(d.disclosed, 0) AS disclosed, COALESCE(d.reviewed, 0) AS reviewed,
    COALESCE(w.taken, 0) AS wrong_taken, COALESCE(w.repaired, 0) AS wrong_repaired,
    COALESCE(w.carriers, 0) AS wrong_carriers, COALESCE(w.machines, 0) AS wrong_machines,
    COALESCE(b.safes, 0) AS safes, COALESCE(b.bad, 0) AS bad_safes,
    COALESCE(m.computers, 0) AS computers, COALESCE(m.media, 0) AS media, COALESCE(m.used, 0) AS used,
    COALESCE(m.blank, 0) AS blank, COALESCE(c.cases, 0) AS cases, COALESCE(a.away, 0) AS away,
    COALESCE(n.unchecked, 0) AS unchecked, COUNT_OF(k.extra) AS extra,
    COALESCE(o.officers, 0) AS officers, COALESCE(o.bare, 0) AS bare,
    COALESCE(s.staff, 0) AS staff, COALESCE(s.ready, 0) AS ready
  FROM units AS u
  LEFT JOIN done AS d ON d.room = u.room
  LEFT JOIN against AS w ON w.room = u.room
  LEFT JOIN safes AS b ON b.room = u.room
  LEFT JOIN machines AS m ON m.room = u.room
  LEFT JOIN unsettled AS c ON c.room = u.room
  LEFT JOIN away AS a ON a.room = u.room
  LEFT JOIN unchecked AS n ON n.room = u.room
  LEFT JOIN counts AS k ON k.room = u.room AND COALESCE(k.key, '') = ''
  LEFT JOIN officers AS o ON o.room = u.room
  LEFT JOIN staff AS s ON s.room = u.room
  WHERE $unit = '' OR u.unit = $unit
)
SELECT
  f.unit AS "单位",
  CAST(q.item AS BIGINT) AS "序号",
  q.asks AS "检查内容",
  CASE
    WHEN q.item IN (1, 2) THEN CASE WHEN b.type IS NULL THEN '否' WHEN b.head = '' OR b.duties = '' THEN '部分' ELSE '是' END
    WHEN q.item = 3 THEN CASE WHEN f.met > 0 THEN '是' ELSE '部分' END
    WHEN q.item = 4 THEN CASE WHEN b.type IS NULL THEN '无此事项' WHEN f.attended > 0 THEN '是' ELSE '否' END
    WHEN q.item = 5 THEN CASE WHEN f.cases + f.wrong_carriers + f.away > 0 THEN '部分' ELSE '待查' END
    WHEN q.item = 6 THEN CASE WHEN f.marked = 0 THEN '无此事项' WHEN f.based = f.marked THEN '是' ELSE '部分' END
    WHEN q.item = 7 THEN CASE WHEN f.bad_safes = f.safes THEN '否' WHEN f.bad_safes > 0 THEN '部分' ELSE '是' END
    WHEN q.item = 8 THEN CASE WHEN f.computers + f.media = 0 THEN '否' WHEN f.blank > 0 THEN '部分' ELSE '是' END
    WHEN q.item = 9 THEN CASE WHEN f.counted + f.looked = 0 THEN '否' WHEN f.extra > 0 THEN '部分' ELSE '是' END
    WHEN q.item = 10 THEN CASE WHEN f.taken = 0 THEN '无此事项' WHEN f.wrong_taken > 0 THEN '部分' ELSE '是' END
    WHEN q.item = 11 THEN CASE WHEN f.repaired = 0 THEN '无此事项' WHEN f.wrong_repaired > 0 THEN '部分' ELSE '是' END
    WHEN q.item = 12 THEN CASE WHEN f.officers = 0 OR f.bare > 0 THEN '否' ELSE '是' END
    WHEN q.item = 13 THEN CASE WHEN f.staff = 0 THEN '无此事项' WHEN f.ready = f.staff THEN '是'
      WHEN f.ready > 0 THEN '部分' ELSE '否' END
    WHEN q.item = 14 THEN CASE WHEN f.trained > 0 THEN '是' ELSE '否' END
    WHEN q.item = 15 THEN CASE WHEN f.inspected > 0 THEN '是' ELSE '否' END
    WHEN q.item = 28 THEN CASE WHEN f.disclosed = 0 THEN '无此事项' WHEN f.reviewed = f.disclosed THEN '是' ELSE '部分' END
    WHEN q.item = 29 THEN CASE WHEN f.special > 0 THEN '是' ELSE '否' END
    WHEN q.item = 30 THEN CASE WHEN f.used = 0 THEN '无此事项' WHEN f.wrong_machines + f.unchecked > 0 THEN '部分' ELSE '待查' END
    WHEN p.key IS NULL THEN '否'
    WHEN (q.item = 20 AND f.trained = 0) OR (q.item = 21 AND f.inspected = 0) THEN '部分'
    ELSE '是'
  END AS "检查情况",
  CASE
    WHEN q.item IN (1, 2) THEN CASE WHEN b.type IS NULL THEN '没有登记' WHEN b.head = '' THEN '没有登记负责人'
      WHEN b.duties = '' THEN '没有登记职责文件' ELSE b.name END
    WHEN q.item = 3 THEN '会议' || CAST(f.met AS VARCHAR) || '次，台账逐笔记录保密工作'
    WHEN q.item = 4 THEN CASE WHEN b.type IS NULL THEN '没有编入协作组'
      ELSE '活动' || CAST(f.activities AS VARCHAR) || '次，参加' || CAST(f.attended AS VARCHAR) || '次' END
    WHEN q.item = 5 THEN '违规登记' || CAST(f.wrong_carriers AS VARCHAR) || '件，未结案件' || CAST(f.cases AS VARCHAR)
      || '件，超期在外' || CAST(f.away AS VARCHAR) || '件；现状由单位用 baomi check 逐条核对'
    WHEN q.item = 6 THEN '定密' || CAST(f.marked AS VARCHAR) || '件，承办人、责任人、依据齐全' || CAST(f.based AS VARCHAR) || '件'
    WHEN q.item = 7 THEN '保密柜' || CAST(f.safes AS VARCHAR) || '个，监制、防盗监控没有登记合格' || CAST(f.bad_safes AS VARCHAR) || '个'
    WHEN q.item = 8 THEN '计算机' || CAST(f.computers AS VARCHAR) || '台、介质' || CAST(f.media AS VARCHAR)
      || '件，登记不全' || CAST(f.blank AS VARCHAR) || '处'
    WHEN q.item = 9 THEN '清点' || CAST(f.counted AS VARCHAR) || '次、清查' || CAST(f.looked AS VARCHAR)
      || '次，账外' || CAST(f.extra AS VARCHAR) || '件'
    WHEN q.item = 10 THEN '携带外出' || CAST(f.taken AS VARCHAR) || '次，手续不全' || CAST(f.wrong_taken AS VARCHAR) || '次'
    WHEN q.item = 11 THEN '送修' || CAST(f.repaired AS VARCHAR) || '次，手续不全' || CAST(f.wrong_repaired AS VARCHAR) || '次'
    WHEN q.item = 12 THEN '保密员' || CAST(f.officers AS VARCHAR) || '人，没有有效上岗证' || CAST(f.bare AS VARCHAR) || '人'
    WHEN q.item = 13 THEN '涉密人员' || CAST(f.staff AS VARCHAR) || '人，审查并签保密书' || CAST(f.ready AS VARCHAR) || '人'
    WHEN q.item = 14 THEN '教育' || CAST(f.trained AS VARCHAR) || '次'
    WHEN q.item = 15 THEN '检查' || CAST(f.inspected AS VARCHAR) || '次'
    WHEN q.item = 28 THEN '公开' || CAST(f.disclosed AS VARCHAR) || '件，三步齐全' || CAST(f.reviewed AS VARCHAR) || '件'
    WHEN q.item = 29 THEN '专项检查' || CAST(f.special AS VARCHAR) || '次'
    WHEN q.item = 30 THEN '计算机、介质' || CAST(f.used AS VARCHAR) || '台（件），违规登记' || CAST(f.wrong_machines AS VARCHAR)
      || '件，逾期未查计算机' || CAST(f.unchecked AS VARCHAR) || '台；现状由单位用 baomi check 逐条核对'
    WHEN p.key IS NULL THEN '没有登记这项制度'
    WHEN q.item = 20 THEN '已登记，落实' || CAST(f.trained AS VARCHAR) || '次'
    WHEN q.item = 21 THEN '已登记，落实' || CAST(f.inspected AS VARCHAR) || '次'
    ELSE '已登记'
  END AS "备注"
FROM facts AS f
CROSS JOIN asks AS q
LEFT JOIN bodies_there AS b ON b.room = f.room AND b.type = q.scope
LEFT JOIN policies AS p ON p.room = f.room AND p.key = q.scope
ORDER BY "单位", f.room, "序号"
