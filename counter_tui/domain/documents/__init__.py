"""Travel documents: reading and composing machine readable zones (ICAO Doc 9303), and documents keyed by hand."""

from .bursts import expected_length, looks_like_mrz_start, mrz_candidates, zone_length
from .checks import check_digit
from .composing import compose_mrz
from .dates import PartialDate
from .keyed import document_from_keyed
from .model import TRAINING_MARK, Document, Problem, Reading, Severity, document_key, is_training
from .reading import read_mrz
from .states import STATES

__all__ = [
    "STATES",
    "TRAINING_MARK",
    "Document",
    "PartialDate",
    "Problem",
    "Reading",
    "Severity",
    "check_digit",
    "compose_mrz",
    "document_from_keyed",
    "document_key",
    "expected_length",
    "is_training",
    "looks_like_mrz_start",
    "mrz_candidates",
    "read_mrz",
    "zone_length",
]
