"""Customs: declarations (BC 2.2), border shopping cards (KILB), cash, vehicles (VhD), seizures."""

from .connector import CustomsConnector

__all__ = ["CustomsConnector"]
