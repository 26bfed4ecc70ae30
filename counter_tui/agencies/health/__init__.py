"""Health: the health pass and its four colours, temperature, symptoms, immunizations (HL7 FHIR R4)."""

from .connector import HealthConnector

__all__ = ["HealthConnector"]
