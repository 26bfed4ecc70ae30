"""Codes of states and organisations that issue travel documents, and of nationalities: ICAO Doc 9303 part 3, section 5.

A code that is missing here is worth a second look, and no reason to refuse: states come and go.
"""

from typing import Final

# ISO 3166-1 alpha-3, without DEU: Germany writes D.
_ISO: Final = """
ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR
BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP
CZE DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB
GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ
KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI
MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN
PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM
SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI
URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
"""

# Germany; British nationals other than citizens; Kosovo; organisations; persons without a nationality; and Zimbabwe as
# older passports of its own write it.
_ICAO: Final = """
D EUE GBD GBN GBO GBP GBS IAO RKS UNA UNK UNO XBA XCC XCE XCO XDC XEC XES XIM XMP XOM XPO XXA XXB XXC XXX ZIM
"""

STATES: Final = frozenset((_ISO + _ICAO).split())
WITH_SPECIMENS: Final = STATES | {"UTO"}
"""And Utopia, in whose name the standard makes its examples."""


def is_state_shaped(code: str) -> bool:
    """Whether a code, without fillers, is three capital letters, or Germany's D."""
    return code == "D" or (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper())


def normal_state(code: str) -> str:
    """A code as the zone has it: capitals, no blanks or fillers, D for Germany's ISO code."""
    code = code.strip(" <").upper()
    return "D" if code == "DEU" else code
