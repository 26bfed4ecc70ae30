"""Without an interface: an import file, the file of answers, and a reconciliation at shift end."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from counter_tui.agencies.tellers import load_told
from counter_tui.agencies.telling import Held
from counter_tui.bootstrap.hub_telling import reconciled, told
from counter_tui.domain.words import Authority
from counter_tui.errors import StoreError
from counter_tui.single_window.telling_store import State
from tests.integration.single_window.world import NOW
from tests.integration.telling.rig import Hall

EVERY = list(Authority)


def handed_over(hall: Hall, authority: Authority, name: str = "out", **order: Any) -> list[bytes]:
    file = hall.folder / f"{name}-{authority.value}"
    told(hall.office, {"authority": authority.value, "file": str(file), **order})
    return file.read_bytes().splitlines() if file.exists() else []


def answered(hall: Hall, authority: Authority, lines: list[bytes]) -> dict[str, Any]:
    file = hall.folder / "answers"
    file.write_bytes(b"".join(line + b"\n" for line in lines))
    return told(hall.office, {"authority": authority.value, "answers": str(file)})


@pytest.mark.parametrize("authority", EVERY)
def test_a_file_goes_out_once_and_its_answers_come_back_as_seen(hall: Hall, authority: Authority) -> None:
    keys = [hall.decide("crossing-1"), hall.decide("crossing-1"), hall.decide("crossing-2")]
    lines = handed_over(hall, authority)
    assert [load_told(authority).take(line)[0] for line in lines] == keys
    assert handed_over(hall, authority, "second") == []
    assert handed_over(hall, authority, "third", again=True) == lines
    book = hall.systems[authority].book
    answers = [book.enter(line)[1] for line in [*lines, lines[0]]]
    said = answered(hall, authority, [answers[0], b"", *answers[1:], b"garbage", b"{}"])
    assert (said["seen"], said["known"], said["unreadable"]) == (3, 1, [6, 7])
    assert answered(hall, authority, answers) == {"seen": 0, "known": 4, "unknown": 0, "refused": [], "unreadable": []}
    seen = hall.seen(keys[0])
    assert seen is not None
    (answer,) = seen.answers
    assert (answer.authority, answer.by_hand, answer.at) == (authority, True, NOW)


@pytest.mark.parametrize("authority", EVERY)
def test_what_was_refused_in_a_file_is_told_again_once_it_was_put_right(hall: Hall, authority: Authority) -> None:
    key = hall.decide()
    (line,) = handed_over(hall, authority)
    refusal = load_told(authority).refuse(key, "CARD-CLOSED")
    assert answered(hall, authority, [refusal])["refused"] == [(key, "CARD-CLOSED")]
    assert told(hall.office, {"authority": authority.value})["refused"] == [[key, "CARD-CLOSED"]]
    assert told(hall.office, {"authority": authority.value, "retry": True}) == {"retried": 1}
    seen = hall.seen(key)
    assert seen is not None
    assert seen.refused == ()
    assert handed_over(hall, authority, "again") == [line]


def test_an_answer_to_nothing_told_here_is_counted_and_harms_nothing(hall: Hall) -> None:
    hall.decide()
    keys = ["B2/1", "A1/999", "A1/x", "/1", "A1/" + "9" * 40]
    lines = [load_told(Authority.CUSTOMS).refuse(key, "NO") for key in keys]
    assert answered(hall, Authority.CUSTOMS, lines)["unknown"] == 5


def test_a_file_is_for_its_owner_alone_and_overwrites_none(hall: Hall) -> None:
    hall.decide()
    file = hall.folder / "out"
    told(hall.office, {"authority": "customs", "file": str(file)})
    assert file.stat().st_mode & 0o777 == 0o600
    hall.decide("crossing-2")
    with pytest.raises(StoreError, match=r"store\.telling\.file-there"):
        told(hall.office, {"authority": "customs", "file": str(file)})
    with pytest.raises(StoreError, match=r"store\.telling\.unwritable"):
        told(hall.office, {"authority": "customs", "file": str(hall.folder / "none" / "out")})
    assert told(hall.office, {"authority": "customs"})["tally"][0]["due"] == 1
    with pytest.raises(StoreError, match=r"store\.telling\.no-file"):
        told(hall.office, {"authority": "customs", "answers": str(hall.folder / "none")})


def test_how_far_all_is(hall: Hall) -> None:
    hall.decide()
    hall.office.look()
    handed_over(hall, Authority.HEALTH)
    tally = {one["authority"]: one for one in told(hall.office, {})["tally"]}
    assert [(one["due"], one["handed"]) for one in tally.values()] == [(1, 0), (1, 0), (0, 1), (1, 0), (1, 0)]
    assert tally["health"]["oldest"] == "2026-11-21T05:14:02.000Z"


def agreed(hall: Hall, authority: Authority, held: list[Held], **order: Any) -> dict[str, Any]:
    asked: list[datetime] = []

    def ask(_: Authority, since: datetime) -> list[Held]:
        asked.append(since)
        return held

    return reconciled(hall.office, {"authority": authority.value, **order}, ask)


async def test_at_shift_end_both_sides_are_compared_and_what_is_missing_is_told_again(hall: Hall) -> None:
    keys = [hall.decide(f"crossing-{number}") for number in range(5)]
    await hall.tell(lambda: hall.complete(*keys))
    customs = hall.systems[Authority.CUSTOMS]
    held = [entered for entered, _ in customs.book._entered.values()]
    clean = agreed(hall, Authority.CUSTOMS, held)
    assert (clean["agreed"], clean["missing"], clean["extra"], clean["different"]) == (5, [], [], [])

    del customs.book._entered[keys[1]]
    stranger = Held("Z9/1", "0" * 64, "BC-9", NOW)
    other = replace(next(one for one in held if one.key == keys[2]), digest="f" * 64)
    theirs = [one for one in held if one.key not in keys[1:3]] + [stranger, other, held[0]]
    found = agreed(hall, Authority.CUSTOMS, theirs)
    assert (found["missing"], found["extra"], found["different"]) == ([keys[1]], ["Z9/1"], [keys[2]])
    assert (found["agreed"], found["doubled"]) == (3, [held[0].key])
    assert not hall.complete(keys[1])
    await hall.tell(lambda: hall.complete(*keys))
    assert customs.keys.count(keys[1]) == 1


def test_what_they_have_and_we_did_not_hear_of_counts_as_seen(hall: Hall) -> None:
    key = hall.decide()
    (line,) = handed_over(hall, Authority.SECURITY)
    book = hall.systems[Authority.SECURITY].book
    book.enter(line)
    pages = hall.folder / "held"
    pages.write_bytes(book.listed(load_told(Authority.SECURITY).ask_held(NOW, 0)) + b"\n")
    found = reconciled(hall.office, {"authority": "security", "file": str(pages)}, _nobody)
    assert (found["adopted"], found["agreed"]) == (1, 0)
    again = reconciled(hall.office, {"authority": "security", "file": str(pages)}, _nobody)
    assert (again["adopted"], again["agreed"]) == (0, 1)
    seen = hall.seen(key)
    assert seen is not None
    assert [answer.authority for answer in seen.answers] == [Authority.SECURITY]


def _nobody(_: Authority, __: datetime) -> list[Held]:
    raise AssertionError("a file was given")


def test_only_what_was_recorded_since_then_is_compared(hall: Hall) -> None:
    hall.decide()
    assert agreed(hall, Authority.CUSTOMS, [], since="2026-11-21T05:14:03+00:00")["missing"] == []
    with pytest.raises(StoreError, match=r"store\.telling\.time"):
        agreed(hall, Authority.CUSTOMS, [], since="yesterday")
    (hall.folder / "held").write_bytes(b'{"items":1}\n')
    with pytest.raises(StoreError, match=r"store\.telling\.unreadable"):
        reconciled(hall.office, {"authority": "security", "file": str(hall.folder / "held")}, _nobody)


def test_an_answer_beyond_the_largest_line_is_none(hall: Hall, tmp_path: Path) -> None:
    hall.decide()
    said = answered(hall, Authority.CUSTOMS, [b"x" * (3 << 20)])
    assert said["unreadable"]
    assert hall.office.open(Authority.CUSTOMS, (State.REFUSED,), 10) == []
