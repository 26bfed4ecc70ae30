import pytest

from counter_tui.agencies.animal_plant.states import state


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("MYS", "MYS"),
        ("mys", "MYS"),
        ("MY", "MYS"),
        ("Malaysia", "MYS"),
        ("Republic of Korea", "KOR"),
        ("DE", "D"),
        ("DEU", "D"),
        ("D", "D"),
        ("UAE", "ARE"),
        ("uk", "GBR"),
        ("Atlantis", "ATLANTIS"),
        ("QZ", "QZ"),
        ("", ""),
        (None, ""),
        ("\u202eMYS\x1b", "MYS"),
    ],
)
def test_a_country_has_one_code_however_it_is_written(said: str | None, code: str) -> None:
    assert state(said) == code
