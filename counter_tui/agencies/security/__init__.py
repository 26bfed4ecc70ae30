"""Security: the joint list of wanted persons, lost documents and others, with its handling codes."""

from .connector import SecurityConnector

__all__ = ["SecurityConnector"]
