"""清点: a count as a session, from the frozen list to the acts that settle every difference."""
