"""Every agency is told on whose authority a verdict was given, a delegation among them."""

from counter_tui.agencies import told_json
from counter_tui.agencies.customs import telling
from counter_tui.domain.words import Basis


def test_each_basis_has_a_word_of_its_own() -> None:
    for bases in (told_json.BASES, telling.BASES):
        assert set(bases) == set(Basis)
        assert len(set(bases.values())) == len(Basis)
