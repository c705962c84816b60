-- What acts were written in spite of, article by article; wishes (宜) and
-- the ledger's own rules of bookkeeping are not among them.
SELECT f.room, f.n, f."on", f.act, f.finding.force AS force, f.finding.article AS article,
  f.finding.rule AS rule, f.finding.subject AS subject, f.finding.fact AS fact
FROM (
  SELECT room, n, "on", act, UNNEST(findings) AS finding FROM acts WHERE findings IS NOT NULL) AS f
WHERE f.finding.force IN ('禁', '须') AND f.finding.article NOT LIKE '记账规则%'
