"""A bureau over many rooms: their books taken in, and asked all at once by an engine that exists."""
