import pytest

from counter_tui.agencies.animal_plant.certificates import form, is_of, issuer


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("KH-11", "KH-11"),
        ("kh 11", "KH-11"),
        ("KH.11", "KH-11"),
        ("KT-09", "KT-9"),
        ("ki 1", "KI-1"),
        ("K 3.7", "K-3.7"),
        ("K-3.71", "K-3.71"),
        ("k1.1", "K-1.1"),
        ("pc", "PHYTO"),
        ("Phytosanitary", "PHYTO"),
        ("Health  Certificate", "VHC"),
        ("KX-11", "KX-11"),
        ("KH-111", "KH-111"),
    ],
)
def test_a_form_has_one_code_however_it_is_written(written: str, code: str) -> None:
    assert form(written) == code


@pytest.mark.parametrize(
    ("code", "accepted", "holds"),
    [
        ("KH-11", ("KH-11",), True),
        ("KH-1", ("KH-11",), False),
        ("KH-11", ("KH-1",), False),
        ("K-3.71", ("K-3.7",), True),
        ("K-3.7", ("K-3.71",), False),
        ("K-3.711", ("K-3.7",), False),
        ("K-3x7", ("K-3.7",), False),
    ],
)
def test_variants_of_a_unified_form_count_as_it(code: str, accepted: tuple[str, ...], holds: bool) -> None:
    assert is_of(code, accepted) is holds


@pytest.mark.parametrize(
    ("scheme", "code", "country", "who"),
    [
        ("BARANTIN", "K-3.7", "", "IDN"),
        ("IPPC", "PHYTO", "MYS", "MYS"),
        ("SGP", "PHYTO", "", "SGP"),
        ("IPPC", "PHYTO", "", ""),
    ],
)
def test_who_issued_it(scheme: str, code: str, country: str, who: str) -> None:
    assert issuer(scheme, code, country) == who
