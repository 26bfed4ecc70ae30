"""All formats of tellings, by authority; each is loaded when it is first needed."""

from functools import cache

from ..domain.words import Authority
from .told import Told


@cache
def load_told(authority: Authority) -> Told:
    """How this authority's system is told."""
    if authority is Authority.IMMIGRATION:
        from .immigration.telling import ImmigrationTold

        return ImmigrationTold()
    if authority is Authority.CUSTOMS:
        from .customs.telling import CustomsTold

        return CustomsTold()
    if authority is Authority.HEALTH:
        from .health.telling import HealthTold

        return HealthTold()
    if authority is Authority.ANIMAL_PLANT:
        from .animal_plant.telling import AnimalPlantTold

        return AnimalPlantTold()
    from .security.telling import SecurityTold

    return SecurityTold()
