"""All connectors, by authority."""

from collections.abc import Callable, Mapping

from ..domain.findings import FindingRules
from ..domain.words import AGENCY_OF, Authority
from .animal_plant import AnimalPlantConnector
from .customs import CustomsConnector
from .health import HealthConnector
from .immigration import ImmigrationConnector
from .limits import Limits
from .ports import Connector, Fetch, Seal
from .security import SecurityConnector

Connect = Callable[[Fetch, FindingRules, Limits, Seal], Connector]

CONNECTORS: Mapping[Authority, Connect] = {
    Authority.IMMIGRATION: ImmigrationConnector,
    Authority.CUSTOMS: CustomsConnector,
    Authority.HEALTH: HealthConnector,
    Authority.ANIMAL_PLANT: AnimalPlantConnector,
    Authority.SECURITY: SecurityConnector,
}


def connect_all(
    fetches: Mapping[Authority, Fetch], rules: FindingRules, limits: Limits, seals: Mapping[str, Seal]
) -> tuple[Connector, ...]:
    """A connector for each authority there is a way to; `seals` by agency (`customs`), as each seals for itself."""
    return tuple(
        CONNECTORS[authority](fetch, rules, limits, seals[AGENCY_OF[authority].value])
        for authority, fetch in fetches.items()
    )
