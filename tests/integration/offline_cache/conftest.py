"""The vault of the unit tests serves here too."""

from tests.unit.offline_cache.conftest import rig

__all__ = ["rig"]
