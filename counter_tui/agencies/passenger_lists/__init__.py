"""Passenger lists: UN/EDIFACT PAXLST, and bus manifests as CSV or XLSX, into travellers; and back into PAXLST.

`read_manifest` tells a file's layout by what stands in it. What it cannot use it reports with file, line and segment,
and goes on; a file is refused only where nothing in it can be used.
"""

from .model import Manifest as Manifest
from .model import Traveller as Traveller
from .reading import read_manifest as read_manifest
