from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.agencies.animal_plant.quantities import find_quantity


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        ("3", "KG", "3 KG"),
        ("3.0", "kgm", "3 KG"),
        ("12.850", " kg ", "12.85 KG"),
        ("250", "G", "0.25 KG"),
        ("0.5", "TNE", "500 KG"),
        ("1", "LBR", "0.45359237 KG"),
        ("2", "ekor", "2 HEAD"),
        ("40", "H87", "40 PCS"),
        ("30", "butir", "30 PCS"),
        ("750", "MLT", "0.75 L"),
    ],
)
def test_a_quantity_is_read_in_one_unit_of_its_kind(amount: str, unit: str, said: str) -> None:
    assert str(find_quantity(amount, unit)) == said


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        ("3", ""),
        ("3", "ONS"),
        ("3", "LB"),
        ("3", "boxes"),
        ("3,0", "KG"),
        ("1.000,5", "KG"),
        ("-3", "KG"),
        ("+3", "KG"),
        ("0", "KG"),
        ("0.000", "KG"),
        ("1e3", "KG"),
        ("NaN", "KG"),
        ("\u0663", "KG"),
        ("9" * 10, "KG"),
        ("", "KG"),
        ("None", "KG"),
    ],
)
def test_what_is_not_clear_is_no_quantity(amount: str, unit: str) -> None:
    assert find_quantity(amount, unit) is None


@given(st.decimals("0.001", "999999", places=3))
def test_grams_and_kilograms_agree(kilograms: Decimal) -> None:
    assert find_quantity(f"{kilograms:f}", "KGM") == find_quantity(
        f"{kilograms * 1000:f}".rstrip("0").rstrip("."), "GRM"
    )
