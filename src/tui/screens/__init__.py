"""A screen a file; each asks the room, shows what it answers, and decides nothing."""
