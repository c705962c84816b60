-- What is out of the officer's hands until a day, and that day: circulated, lent, taken out, sent.
SELECT
  c.room, c.kind, c.number, c.level, c.place, c.purpose, COALESCE(p.name, o.name, c.who) AS who,
  c.since,
  CASE
    WHEN c.purpose = '传阅' AND c.level IS NOT NULL THEN COALESCE(c.due, DAYS_AFTER(c.since,
      CASE WHEN c.level = '绝密' OR c.cipher THEN u.circulation_days_top_secret
      ELSE u.circulation_days END))
    WHEN c.purpose = '借阅' THEN c.due
    WHEN c.place = 'transit' AND c.purpose = '发文' THEN DAYS_AFTER(c.since, u.delivery_days)
    WHEN c.place IN ('transit', 'unit') THEN c.due
    WHEN c.place = 'awaiting' THEN DAYS_AFTER(c.since, 1)
  END AS due
FROM carriers AS c
JOIN units AS u ON u.room = c.room
LEFT JOIN people AS p ON p.room = c.room AND p.number = c.who
LEFT JOIN outsiders AS o ON o.room = c.room AND o.number = c.who
WHERE c.place IN ('person', 'unit', 'transit', 'awaiting')
