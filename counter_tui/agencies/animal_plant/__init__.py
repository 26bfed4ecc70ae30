"""Animal and plant quarantine: what is carried, and with which certificates."""

from .connector import AnimalPlantConnector

__all__ = ["AnimalPlantConnector"]
