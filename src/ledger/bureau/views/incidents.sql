-- Losses and leaks with their clocks: what is still to be done, and by when.
SELECT c.room, c.number, c.nature, c.opened, c.closed, c.reported_on, t.step, t.article, t.due, t.done_on
FROM secret_cases AS c
JOIN clocks AS t ON t.room = c.room AND t.number = c.number
