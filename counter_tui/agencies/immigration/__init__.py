"""Immigration: the border control system (hits, visa and stay, travel history, who is expected)."""

from .connector import ImmigrationConnector

__all__ = ["ImmigrationConnector"]
