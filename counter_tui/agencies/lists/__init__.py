"""Lists of names that travellers are screened against: read from files, signed, versioned, brought forward by deltas.

    read_list(path)      what a file holds, entry by entry: OFAC, the United Nations, our own CSV and JSON
    sign_list, verify    a list and the manifest that its owner signed
    changes, apply       what leads from one version to the next

A file is told by what stands in it, never by its name, and is hostile until its signature holds: every reader streams,
and bounds what a line, a field, an entry and a file may be.
"""

from .model import DISCREET, Format, ListFile, Progress, Report, RowProblem, Tally
from .reading import read_list

__all__ = ["DISCREET", "Format", "ListFile", "Progress", "Report", "RowProblem", "Tally", "read_list"]
