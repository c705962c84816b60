-- Every carrier as it stands, a paper with the level of its document; voided pages left out.
SELECT
  t.room, t.kind, t.number, t.document, t.network, t.department, t.entered, t.since, t.origin,
  t.missing, t.keep_until, t.inspected_on, m.issuer, m.clear_by, m.cipher,
  CASE WHEN t.kind = 'paper' THEN m.level ELSE t.level END AS level,
  t.custody."with" AS place,
  t.custody.purpose AS purpose,
  t.custody.due AS due,
  t.custody.how AS closed_how,
  COALESCE(t.custody.person, t.custody.unit, t.custody."to", t.custody.cabinet, '') AS who
FROM things AS t
LEFT JOIN marks AS m ON m.room = t.room AND m.number = t.document
WHERE t.custody.how IS DISTINCT FROM '作废'
