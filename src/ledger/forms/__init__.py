"""表格: forms as data, filled from the ledger and written as DOCX, XLSX or text."""
