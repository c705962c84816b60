"""年历: a year's duties as a workbook and as one printed page."""
