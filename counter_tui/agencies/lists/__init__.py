"""Lists of names that travellers are screened against: read from files, signed, versioned, brought forward by deltas.

    read_list(path)      what a file holds, entry by entry: OFAC, the United Nations, our own CSV and JSON
    sign, verify         a list and the manifest that its owner signed
    changes, apply       what leads from one version to the next

A file is told by what stands in it, never by its name, and is hostile until its signature holds: every reader streams,
and bounds what a line, a field, an entry and a file may be.
"""

from .delta import Delta, SignedDelta, apply, changes, verify_delta
from .model import DISCREET, Format, ListFile, Progress, Report, RowProblem, Tally
from .reading import read_list
from .signed import FileMark, Manifest, SignedList, sign, verify

__all__ = [
    "DISCREET",
    "Delta",
    "FileMark",
    "Format",
    "ListFile",
    "Manifest",
    "Progress",
    "Report",
    "RowProblem",
    "SignedDelta",
    "SignedList",
    "Tally",
    "apply",
    "changes",
    "read_list",
    "sign",
    "verify",
    "verify_delta",
]
