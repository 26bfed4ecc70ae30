"""The agencies' systems: for each its own standard, a connector that converts it truly, and a simulated system."""
