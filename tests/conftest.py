"""How many random histories a run tries: few by default, many with --hypothesis-profile=many."""

from hypothesis import settings

settings.register_profile("few", max_examples=60, deadline=None)
settings.register_profile("many", max_examples=1000, deadline=None)
settings.load_profile("few")
