"""baomi."""
