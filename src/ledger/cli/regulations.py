"""rules, pack: what the regulations ask, what holds it, and what differs between units."""
rules_ = None
