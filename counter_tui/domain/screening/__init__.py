"""Name screening: who on a list may be the traveller at the booth, how likely, and why."""
