"""The demo: five simulated systems over one source of travellers, and those travellers' documents."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from ..domain.words import Authority
from .animal_plant.simulated import simulated as animal_plant
from .asgi import App
from .customs.simulated import simulated as customs
from .health.simulated import simulated as health
from .immigration.simulated import simulated as immigration
from .people import DemoPeople, DemoPerson
from .security.simulated import simulated as security


def demo_systems(people: DemoPeople, *, today: date, now: Callable[[], datetime]) -> dict[Authority, App]:
    """Each authority's system as an ASGI callable. `today` is the day that offsets count from; `now` is aware."""
    return {
        Authority.IMMIGRATION: immigration(people, today, now),
        Authority.CUSTOMS: customs(people, today, now),
        Authority.HEALTH: health(people, today, now),
        Authority.ANIMAL_PLANT: animal_plant(people, today, now),
        Authority.SECURITY: security(people, today, now),
    }


def demo_documents(persons: Sequence[DemoPerson], today: date) -> tuple[tuple[DemoPerson, tuple[str, ...]], ...]:
    """Each person with the lines of their document, as a reader types them; all bear the training mark."""
    return tuple((person, person.lines(today)) for person in persons)
