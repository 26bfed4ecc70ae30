"""The dictionary is trained on a post that does not exist: the same by the same seed, and with nobody in it."""

from importlib import resources
from itertools import islice

from scripts.benches import population
from scripts.dictionary import texts


def test_the_same_seed_gives_the_same_messages_and_another_others() -> None:
    assert list(texts(1, 6)) == list(texts(1, 6))
    assert list(texts(1, 6)) != list(texts(2, 6))


def test_nobody_whom_the_benches_measure_with_is_in_the_dictionary() -> None:
    dictionary = resources.files("counter_tui.link").joinpath("dictionary.zst").read_bytes()
    names = {word for sought in islice(population.travellers(500, 41), 500) for word in sought.name.split()}
    assert [name for name in names if len(name) > 6 and name.encode() in dictionary] == []
