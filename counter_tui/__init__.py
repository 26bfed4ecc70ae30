"""A keyboard-driven terminal workstation for the inspection booths of a land border post."""

__version__ = "0.1.0"
