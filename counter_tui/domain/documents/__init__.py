"""Travel documents: reading and composing machine readable zones (ICAO Doc 9303), and documents keyed by hand."""

from .bursts import (
    expected_length,
    find_stand_in,
    looks_like_mrz_start,
    mrz_candidates,
    scan_parts,
    with_fillers,
    zone_length,
)
from .checks import check_digit
from .composing import compose_mrz
from .dates import PartialDate
from .keyed import document_from_keyed
from .losses import Loss, find_loss
from .model import TRAINING_MARK, Document, Problem, Reading, Severity, document_key, is_training
from .reading import read_mrz
from .readout import Readout, read_out
from .repairs import MOST_REPAIRS, Repair, Repairs, find_repairs, propose_repairs
from .scans import confirmed, repair_scan
from .states import STATES
from .tidying import Change
from .types import document_type

__all__ = [
    "MOST_REPAIRS",
    "STATES",
    "TRAINING_MARK",
    "Change",
    "Document",
    "Loss",
    "PartialDate",
    "Problem",
    "Reading",
    "Readout",
    "Repair",
    "Repairs",
    "Severity",
    "check_digit",
    "compose_mrz",
    "confirmed",
    "document_from_keyed",
    "document_key",
    "document_type",
    "expected_length",
    "find_loss",
    "find_repairs",
    "find_stand_in",
    "is_training",
    "looks_like_mrz_start",
    "mrz_candidates",
    "propose_repairs",
    "read_mrz",
    "read_out",
    "repair_scan",
    "scan_parts",
    "with_fillers",
    "zone_length",
]
