-- Documents with their level and the last day their mark protects, as ``Mark.last_day`` has it; one that
-- was declassified keeps its mark on the page and has no level any more.
SELECT
  room, number, title, issuer, clear_by, cipher, mark, issued_on, declassified_on,
  CASE WHEN declassified_on IS NULL THEN SUBSTR(mark, 1, 2) END AS level,
  CASE
    WHEN REGEXP_EXTRACT(mark, '★[0-9]{4}年([0-9]+)月', 1) <> '' THEN MAKE_DATE(
      CAST(REGEXP_EXTRACT(mark, '★([0-9]{4})年', 1) AS INT),
      CAST(REGEXP_EXTRACT(mark, '年([0-9]+)月', 1) AS INT),
      CAST(REGEXP_EXTRACT(mark, '月([0-9]+)日', 1) AS INT))
    WHEN issued_on IS NULL THEN NULL
    WHEN REGEXP_EXTRACT(mark, '★([0-9]+)年$', 1) <> ''
      THEN MONTHS_AFTER(issued_on, 12 * CAST(REGEXP_EXTRACT(mark, '★([0-9]+)年$', 1) AS INT))
    WHEN REGEXP_EXTRACT(mark, '★([0-9]+)个月$', 1) <> ''
      THEN MONTHS_AFTER(issued_on, CAST(REGEXP_EXTRACT(mark, '★([0-9]+)个月$', 1) AS INT))
    WHEN REGEXP_EXTRACT(mark, '★([0-9]+)[日天]$', 1) <> ''
      THEN DAYS_AFTER(issued_on, CAST(REGEXP_EXTRACT(mark, '★([0-9]+)[日天]$', 1) AS INT))
    WHEN mark = '绝密★' THEN MONTHS_AFTER(issued_on, 360)
    WHEN mark = '机密★' THEN MONTHS_AFTER(issued_on, 240)
    WHEN mark = '秘密★' THEN MONTHS_AFTER(issued_on, 120)
  END AS last_day
FROM documents
