-- What recurs, by when it is due again, and when it was last done: the counts of papers and the
-- inspections, as the unit's own rule pack has their months (0 for what does not recur).
SELECT k.room, '清点' AS duty, '载体制度 一（八）2' AS article, '' AS subject, c."on" AS last_on,
  MONTHS_AFTER(COALESCE(c."on", k.entered), u.count_months) AS due
FROM kept AS k
JOIN units AS u ON u.room = k.room
LEFT JOIN counts AS c ON c.room = k.room AND COALESCE(c.key, '') = ''
WHERE u.count_months > 0
UNION ALL
SELECT k.room, '核查清退', '载体制度 一（八）2', '', c.clearance_on,
  MONTHS_AFTER(COALESCE(c.clearance_on, k.entered), u.clearance_months)
FROM kept AS k
JOIN units AS u ON u.room = k.room
LEFT JOIN counts AS c ON c.room = k.room AND COALESCE(c.key, '') = ''
WHERE u.clearance_months > 0
UNION ALL
SELECT b.room, '单位检查', '委员会职责 第八条', '', r."on",
  MONTHS_AFTER(COALESCE(r."on", b."on"), u.unit_inspection_months)
FROM begun AS b
JOIN units AS u ON u.room = b.room
LEFT JOIN rounds AS r ON r.room = b.room AND r.key = '检查/单位检查'
WHERE u.unit_inspection_months > 0
UNION ALL
SELECT b.room, '部门自查', '监督检查制度 第四条', '', r."on",
  MONTHS_AFTER(COALESCE(r."on", b."on"), u.self_check_months)
FROM begun AS b
JOIN units AS u ON u.room = b.room
LEFT JOIN rounds AS r ON r.room = b.room AND r.key = '检查/自查'
WHERE u.self_check_months > 0
UNION ALL
SELECT c.room, '计算机检查', '计算机制度 第三十六条', c.number, c.inspected_on,
  MONTHS_AFTER(COALESCE(c.inspected_on, c.entered), u.computer_check_months)
FROM carriers AS c
JOIN units AS u ON u.room = c.room
WHERE c.kind = 'computer' AND c.place <> 'closed' AND u.computer_check_months > 0
