"""The allowance of border residents: what one person may bring in free of duty in a month, kept as a ledger of sen.

The single window hands a resident's share to one counter at a time; what was handed out can be granted there without a
link, and nowhere else. Beside that each counter has a slice of a cap for when there is no link at all. The sum of
slices is the cap, so that counters apart from each other pass the allowance by no more than that, and what passes it
is seen by all as a debt.
"""

from typing import Final

SLICES: Final = "slices"
"""The kind, and the key, of the feed's item that tells the slices."""
