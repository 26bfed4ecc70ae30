"""Names of countries, in the many ways lists write them, to ICAO codes (Doc 9303 part 3, section 5).

A name is compared by its words in any order, without accents, case, punctuation and the words between, so that
`Iran, Islamic Republic of` and `Iran (Islamic Republic of)` are one. Former states have no code and are not guessed.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from ...domain.documents import STATES

_BETWEEN: Final = frozenset({"the", "of", "and", "possibly"})
_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST: Final = 120

_NAMES: Final = """
ABW Aruba|AFG Afghanistan/Islamic Republic of Afghanistan/Islamic Emirate of Afghanistan|AGO Angola|AIA Anguilla
ALA Aland Islands|ALB Albania|AND Andorra|ARE United Arab Emirates/UAE/Emirates|ARG Argentina|ARM Armenia
ASM American Samoa|ATA Antarctica|ATG Antigua and Barbuda|AUS Australia|AUT Austria|AZE Azerbaijan|BDI Burundi
BEL Belgium|BEN Benin|BES Bonaire, Sint Eustatius and Saba|BFA Burkina Faso|BGD Bangladesh|BGR Bulgaria
BHR Bahrain/Kingdom of Bahrain|BHS Bahamas|BIH Bosnia and Herzegovina/Bosnia|BLR Belarus/Byelorussia|BLZ Belize
BMU Bermuda|BOL Bolivia/Plurinational State of Bolivia|BRA Brazil/Brasil|BRB Barbados
BRN Brunei/Brunei Darussalam|BTN Bhutan|BWA Botswana|CAF Central African Republic|CAN Canada|CHE Switzerland
CHL Chile|CHN China/People's Republic of China/PRC/Tiongkok/RRT/Cina|CIV Cote d'Ivoire/Ivory Coast/Pantai Gading
CMR Cameroon|COD Democratic Republic of the Congo/Congo Kinshasa/DRC/DR Congo/Zaire
COG Congo/Republic of the Congo/Congo Brazzaville|COL Colombia|COM Comoros|CPV Cabo Verde/Cape Verde
CRI Costa Rica|CUB Cuba|CUW Curacao|CYM Cayman Islands|CYP Cyprus|CZE Czech Republic/Czechia
D Germany/Federal Republic of Germany/Deutschland/Jerman|DJI Djibouti|DMA Dominica|DNK Denmark
DOM Dominican Republic|DZA Algeria/People's Democratic Republic of Algeria|ECU Ecuador
EGY Egypt/Arab Republic of Egypt/Mesir|ERI Eritrea|ESH Western Sahara|ESP Spain/Spanyol|EST Estonia
ETH Ethiopia/Federal Democratic Republic of Ethiopia|FIN Finland|FJI Fiji
FLK Falkland Islands|FRA France/Perancis/Prancis|FRO Faroe Islands
FSM Micronesia/Federated States of Micronesia|GAB Gabon
GBR United Kingdom/United Kingdom of Great Britain and Northern Ireland/Great Britain/UK/Britain/England/Inggris
GEO Georgia|GGY Guernsey|GHA Ghana|GIB Gibraltar|GIN Guinea|GMB Gambia/Republic of the Gambia
GNB Guinea-Bissau|GNQ Equatorial Guinea|GRC Greece/Yunani|GRD Grenada|GRL Greenland|GTM Guatemala|GUM Guam
GUY Guyana|HKG Hong Kong/Hong Kong SAR/Hongkong|HND Honduras|HRV Croatia|HTI Haiti|HUN Hungary
IDN Indonesia/Republic of Indonesia/Republik Indonesia|IMN Isle of Man|IND India/Republic of India
IRL Ireland/Republic of Ireland|IRN Iran/Islamic Republic of Iran|IRQ Iraq/Republic of Iraq/Irak|ISL Iceland
ISR Israel/State of Israel|ITA Italy/Italia|JAM Jamaica|JEY Jersey|JOR Jordan/Hashemite Kingdom of Jordan/Yordania
JPN Japan/Jepang|KAZ Kazakhstan|KEN Kenya|KGZ Kyrgyzstan/Kyrgyz Republic|KHM Cambodia/Kamboja/Kampuchea|KIR Kiribati
KNA Saint Kitts and Nevis/St. Kitts and Nevis
KOR South Korea/Republic of Korea/ROK/Korea Selatan|KWT Kuwait
LAO Laos/Lao People's Democratic Republic/Lao PDR|LBN Lebanon/Lebanese Republic/Libanon|LBR Liberia
LBY Libya/Libyan Arab Jamahiriya/State of Libya|LCA Saint Lucia/St. Lucia|LIE Liechtenstein|LKA Sri Lanka|LSO Lesotho
LTU Lithuania|LUX Luxembourg|LVA Latvia|MAC Macau/Macao/Macao SAR|MAR Morocco/Kingdom of Morocco/Maroko|MCO Monaco
MDA Moldova/Republic of Moldova|MDG Madagascar|MDV Maldives/Maladewa|MEX Mexico/United Mexican States
MHL Marshall Islands
MKD North Macedonia/Macedonia/The Former Yugoslav Republic of Macedonia/FYROM/Republic of North Macedonia
MLI Mali|MLT Malta|MMR Burma/Myanmar/Union of Myanmar/Republic of the Union of Myanmar|MNE Montenegro|MNG Mongolia
MNP Northern Mariana Islands|MOZ Mozambique|MRT Mauritania/Islamic Republic of Mauritania|MSR Montserrat|MUS Mauritius
MWI Malawi|MYS Malaysia|NAM Namibia|NCL New Caledonia|NER Niger|NGA Nigeria/Federal Republic of Nigeria|NIC Nicaragua
NLD Netherlands/Kingdom of the Netherlands/Holland/Belanda|NOR Norway|NPL Nepal|NRU Nauru|NZL New Zealand|OMN Oman
PAK Pakistan/Islamic Republic of Pakistan|PAN Panama|PER Peru|PHL Philippines/Republic of the Philippines/Filipina
PLW Palau|PNG Papua New Guinea/Papua Nugini|POL Poland|PRI Puerto Rico
PRK North Korea/Democratic People's Republic of Korea/DPRK/Korea Utara|PRT Portugal|PRY Paraguay
PSE State of Palestine/Palestine/Palestinian/Palestinian Territory/Occupied Palestinian Territory
PSE West Bank/Gaza/Palestinian Authority/Palestina|PYF French Polynesia|QAT Qatar|REU Reunion|RKS Kosovo|ROU Romania
RUS Russia/Russian Federation/Rusia|RWA Rwanda|SAU Saudi Arabia/Kingdom of Saudi Arabia/Arab Saudi
SDN Sudan/Republic of the Sudan|SEN Senegal|SGP Singapore/Republic of Singapore/Singapura|SLB Solomon Islands
SLE Sierra Leone|SLV El Salvador|SMR San Marino|SOM Somalia/Federal Republic of Somalia|SRB Serbia/Republic of Serbia
SSD South Sudan/Republic of South Sudan|STP Sao Tome and Principe|SUR Suriname|SVK Slovakia/Slovak Republic
SVN Slovenia|SWE Sweden|SWZ Eswatini/Swaziland|SXM Sint Maarten|SYC Seychelles
SYR Syria/Syrian Arab Republic/Suriah|TCA Turks and Caicos Islands|TCD Chad/Republic of Chad|TGO Togo
THA Thailand/Kingdom of Thailand|TJK Tajikistan|TKM Turkmenistan
TLS Timor-Leste/East Timor/Timor Leste/Timor Timur|TON Tonga|TTO Trinidad and Tobago|TUN Tunisia
TUR Turkey/T\u00fcrkiye/Republic of Turkey/Turki|TUV Tuvalu
TWN Taiwan/Taiwan, Province of China/Republic of China|TZA Tanzania/United Republic of Tanzania|UGA Uganda|UKR Ukraine
URY Uruguay|USA United States/United States of America/USA/US/U.S.A./Amerika Serikat|UZB Uzbekistan
VAT Holy See/Vatican/Vatican City|VCT Saint Vincent and the Grenadines/St. Vincent and the Grenadines
VEN Venezuela/Bolivarian Republic of Venezuela|VGB British Virgin Islands/Virgin Islands, British
VIR Virgin Islands, U.S./US Virgin Islands|VNM Vietnam/Viet Nam/Socialist Republic of Viet Nam|VUT Vanuatu|WSM Samoa
XXA Stateless|YEM Yemen/Republic of Yemen/Yaman|ZAF South Africa/Republic of South Africa/Afrika Selatan|ZMB Zambia
ZWE Zimbabwe
"""


def find_country(said: str) -> str | None:
    """The ICAO code of a country's name or code; None where it is not known."""
    return _find(said) if len(said) <= _LONGEST else None


@lru_cache(maxsize=1 << 12)
def _find(said: str) -> str | None:
    code = said.strip()
    if code in STATES:
        return code
    if code == "DEU":
        return "D"
    return _by_words().get(_words(said))


@cache
def _by_words() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for state in _NAMES.replace("\n", "|").strip("|").split("|"):
        code, _, names = state.partition(" ")
        for name in names.split("/"):
            found[_words(name)] = code
    return found


def _words(name: str) -> tuple[str, ...]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = _WORD.findall(re.sub(r"['`\u2019.]", "", plain))
    return tuple(sorted(word for word in words if word not in _BETWEEN))
