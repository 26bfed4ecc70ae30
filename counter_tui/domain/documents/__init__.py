"""Travel documents: reading and composing machine readable zones (ICAO Doc 9303), and documents keyed by hand.

A part is loaded when it is first named: the first screens name a few of them, and wait for none of the others.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .bursts import expected_length as expected_length
    from .bursts import find_stand_in as find_stand_in
    from .bursts import looks_like_mrz_start as looks_like_mrz_start
    from .bursts import mrz_candidates as mrz_candidates
    from .bursts import scan_parts as scan_parts
    from .bursts import with_fillers as with_fillers
    from .bursts import zone_length as zone_length
    from .checks import check_digit as check_digit
    from .composing import compose_mrz as compose_mrz
    from .dates import PartialDate as PartialDate
    from .keyed import document_from_keyed as document_from_keyed
    from .losses import Loss as Loss
    from .losses import find_loss as find_loss
    from .model import TRAINING_MARK as TRAINING_MARK
    from .model import Document as Document
    from .model import Problem as Problem
    from .model import Reading as Reading
    from .model import Severity as Severity
    from .model import document_key as document_key
    from .model import is_training as is_training
    from .reading import read_mrz as read_mrz
    from .readout import Readout as Readout
    from .readout import read_out as read_out
    from .repairs import MOST_REPAIRS as MOST_REPAIRS
    from .repairs import Repair as Repair
    from .repairs import Repairs as Repairs
    from .repairs import find_repairs as find_repairs
    from .repairs import propose_repairs as propose_repairs
    from .scans import confirmed as confirmed
    from .scans import repair_scan as repair_scan
    from .states import STATES as STATES
    from .tidying import Change as Change
    from .types import document_type as document_type

_HOMES = {
    "bursts": "expected_length find_stand_in looks_like_mrz_start mrz_candidates scan_parts with_fillers zone_length",
    "checks": "check_digit",
    "composing": "compose_mrz",
    "dates": "PartialDate",
    "keyed": "document_from_keyed",
    "losses": "Loss find_loss",
    "model": "TRAINING_MARK Document Problem Reading Severity document_key is_training",
    "reading": "read_mrz",
    "readout": "Readout read_out",
    "repairs": "MOST_REPAIRS Repair Repairs find_repairs propose_repairs",
    "scans": "confirmed repair_scan",
    "states": "STATES",
    "tidying": "Change",
    "types": "document_type",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Loads the part that a public name lives in (PEP 562)."""
    if name not in _HOME_OF:
        raise AttributeError(name)
    return getattr(importlib.import_module(f".{_HOME_OF[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
