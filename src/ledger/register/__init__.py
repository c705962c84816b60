"""台账: the registers, which are what the acts of the book add up to."""
