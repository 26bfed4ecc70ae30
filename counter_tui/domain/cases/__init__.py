"""Secondary cases: a traveller and what belongs to them, out of the lane, until everything about them is closed."""
