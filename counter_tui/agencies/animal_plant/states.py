"""Countries as certificates write them, by code or by name, to ICAO codes (Doc 9303 part 3, section 5)."""

from typing import Final

from ..lists.cleaning import clean
from ..lists.countries import find_country

_ISO: Final = (
    "AE ARE|AU AUS|BD BGD|BN BRN|BR BRA|CA CAN|CN CHN|DE D|ES ESP|FR FRA|GB GBR|HK HKG|ID IDN|IN IND|IT ITA|JP JPN|"
    "KH KHM|KR KOR|LA LAO|LK LKA|MM MMR|MY MYS|NL NLD|NZ NZL|PG PNG|PH PHL|PK PAK|SA SAU|SG SGP|TH THA|TL TLS|TW TWN|"
    "US USA|VN VNM|ZA ZAF"
)
_OF_TWO_LETTERS: Final = {pair[:2]: pair[3:] for pair in _ISO.split("|")}
"""ISO 3166-1 alpha-2, of the countries that goods come from."""


def state(said: str | None) -> str:
    """The ICAO code of a country; what is not known as one stays as it is, in capitals; "" where nothing is said."""
    plain = clean(said or "").upper()
    return _OF_TWO_LETTERS.get(plain) or find_country(plain) or plain
