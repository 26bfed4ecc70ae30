"""The joint decision: what the acts on a crossing come to, in whatever order they arrive."""
