-- The day on which each book was begun.
SELECT room, "on" FROM rounds WHERE key = '开账'
