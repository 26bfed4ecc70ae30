"""Papers that leave the counter: notice, admission slip, hand-over record, official letter; as values, pure.

A paper is a small tree of blocks with its words already in it, built from values and never from a screen. What it was
drawn from stands on it as a short reference. Nothing that is sealed is stated or implied by any of them.
"""
