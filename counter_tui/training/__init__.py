"""Rehearsing what goes wrong: a link that is really cut, agencies' systems that really fail."""
