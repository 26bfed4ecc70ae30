"""What stands in names beside the names: titles, degrees, particles; and how little the commonest names say."""

from typing import Final

from .families import family_of


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES: Final = _words("""
    HAJI HJ HAJJI HAJJAH HAJAH HJH HJJ HADJI ALHAJ ALHAJI TN NYONYA ENCIK ENCHE PUAN PN CIK DATO DATUK DATIN
    DATU TUANKU DRS DRA DR PROF PROFESSOR DOCTOR MR MRS MS MISS MISTER MSTR MDM MADAM BAPAK IBU SDR SDRI KYAI
    USTAD USTADZ USTAZ USTAZAH REV CAPT LT SGT BRIG HERR FRAU MONSIEUR MME MLLE SENOR SENORA MULLAH MULLA
    MAULVI MAULAVI MAWLAWI MAWLANA MOLLA QARI ENGR
""")
"""Forms of address; those that are also somebody's name (IR, ENG, HAFIZ) are not here."""
LEADING_TITLES: Final = _words("TUAN TUN NONA SIR GEN COL MAJ DAW")
"""Forms of address where they come first, and elsewhere names."""
FILLERS: Final = _words("JR SR II III IV ALIAS AKA FNU LNU NMN XXX NEE PHD MBA ESQ")
DEGREES: Final = _words("""
    S H SH SE ST SKOM SPD M MM MH MSI MT SI PD AG KOM SOS HUM KES A MD AMD SAG DR IR PHD BA BSC MSC MA LC E T IP PSI KEP
""")
"""What stands after a comma behind an Indonesian name: S.H., S.Kom., M.Si."""

PARTICLES: Final[dict[str, float]] = {
    **dict.fromkeys(_words("BIN BINTI BINTE BINT BNTI BTE BT BTI BTTE BTN IBN IBNU BENT"), 0.1),
    **dict.fromkeys(_words("AL EL UL UR AR AS ASH AD UD US ED ELDIN AK ANAK ANK"), 0.1),
    **dict.fromkeys(_words("VAN VON DER DEN DE DEL DELA DELOS DELLA DI DA DOS DU LA LAS LOS TER ZU ZUM I"), 0.2),
    **dict.fromkeys(_words("BEN NI"), 0.3),
    **dict.fromkeys(_words("ABU ABOU UMM UMMU THI"), 0.4),
    **dict.fromkeys(_words("DO AP LE"), 0.5),
}
"""Tokens that join others, with the weight that each still has: some of them are also somebody's name."""

_LIGHT_FAMILIES: Final = {
    "ABDUL": 0.3,
    "SHAIKH": 0.4,
    "SITI": 0.5,
    "SAYYID": 0.5,
    "MUHAMMAD": 0.6,
    "NUR": 0.6,
    "SINGH": 0.6,
    "KAUR": 0.6,
    "SHAH": 0.6,
    "KHAN": 0.7,
    "AHMAD": 0.8,
    "ALI": 0.8,
}
_LIGHT: Final = {
    **dict.fromkeys(
        _words("RADEN TENGKU TUNKU TEUKU WAN NIK AWANG DAYANG PENGIRAN MAULANA AKHUND AKHUNDZADA BEGUM BIBI"), 0.5
    ),
    **dict.fromkeys(_words("KUMAR RAJ DEVI MARIA"), 0.8),
}


def weight_of_name(token: str) -> float:
    """How much a name says about who bears it: 1 for most, less for the commonest."""
    families = family_of(token)
    return _LIGHT_FAMILIES.get(families[0], 1.0) if families else _LIGHT.get(token, 1.0)
