"""Hostile files: mutated by seed, and the worst that are known."""

import time
import tracemalloc
from pathlib import Path
from random import Random

import pytest

from counter_tui.agencies.lists import read_list
from counter_tui.errors import ListError
from scripts.benches.fuzz_lists import attack, make

CPU = 0.05


def cpu(body: bytes, folder: Path) -> float:
    def once() -> float:
        start = time.thread_time()
        attack(body, folder)
        return time.thread_time() - start

    first = once()
    return first if first < CPU else min(once(), once(), first)


def test_no_mutated_file_brings_out_anything_but_a_refusal(tmp_path: Path) -> None:
    for seed in range(500):
        took = cpu(make(Random(seed)), tmp_path)
        assert took < CPU, seed


def test_the_files_of_a_seed_are_always_the_same() -> None:
    assert [make(Random(seed)) for seed in range(30)] == [make(Random(seed)) for seed in range(30)]


SDN = b'1,"A","individual","X",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"%s"\n'


@pytest.mark.parametrize(
    "body",
    [
        b"ref,name,aliases\n1,A," + b";" * 60_000 + b"\n",
        b"ref,name,birth_dates\n1,A," + b"1960 to 1980;" * 4000 + b"\n",
        b"ref,name\n" + b'a"",,"b\n' * 8000,
        b"ref,name\n" + b'1,"' + b"\n" * 60_000,
        SDN % (b"Passport " + b"1" * 60_000 + b"("),
        SDN % (b";" * 60_000),
        SDN % (b"a.k.a. '" + b"x'" * 20_000),
        SDN % (b"a " * 30_000 + b"Passport"),
        b"<CONSOLIDATED_LIST>" + b"<INDIVIDUAL/>" * 4000,
        b'{"format":"counter-list/1","entries":' + b"[" * 200_000,
        b'{"format":"counter-list/1"}\n' + b"[" * 60_000 + b"\n",
    ],
)
def test_the_worst_files_that_are_known_take_no_longer(tmp_path: Path, body: bytes) -> None:
    assert cpu(body, tmp_path) < CPU


def test_a_line_of_a_gigabyte_is_refused_and_not_read(tmp_path: Path) -> None:
    heads = {
        "csv": b"ref,name\n1,",
        "json": b'{"format":"counter-list/1","entries":[{"ref":"',
        "xml": b"<CONSOLIDATED_LIST><INDIVIDUAL a='",
        "sdn": b'1,"A","individual","X",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"',
    }
    for name, head in heads.items():
        path = tmp_path / name
        with path.open("wb") as file:  # sparse: all but its head are zeros that no disk holds
            file.write(head)
            file.truncate(1 << 30)
        tracemalloc.start()
        with pytest.raises(ListError):
            list(read_list(path))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 8 << 20
