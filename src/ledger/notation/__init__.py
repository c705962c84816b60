"""How acts and pages are written: as JSON in the book and from scripts, and in Chinese words."""
