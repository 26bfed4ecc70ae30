"""Requests and replies as JSON values, in few bytes; entries and receipts as `packing` has them.

A request: `v` version, `c` cursors (one number where they are equal), `m` room, `x` 1 if explicit, `a` the counter's
own head, `e` rows of entries.

A reply: `v` version, `t` time, `r` receipt `[window, at, ranges, signature]`, `h` the same for what is held beyond,
`b` head, `p` partial, `n` refusals `[sequence, reason, digest]`, `x` 1 if explicit, `f` feed
`[rank, kind, key, owner, as_of, body]`, `c` cursors where they are others than those that were asked for, `m` how
many are left (0: no more), `o` notices. A receipt goes without hashes: who has the journal fills them in, and the
signature tells whether they were meant; `ranges` are pairs of a sequence and how many follow it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Final, cast

from ..outbox import Receipt
from .messages import MAX_ENTRIES, ROOM, Cursors, Item, Rank, Refused, Reply, Request
from .packing import (
    BRIEF,
    MAX_BODY,
    MAX_WORD,
    HashBefore,
    PackingWrong,
    binary,
    checked,
    malformed,
    number,
    pack,
    pack_body,
    text64,
    unpack,
    unpack_body,
)

HashOf = Callable[[int], bytes | None]

MAX_ROOM: Final = 256 << 10
MAX_FEED: Final = 1_000
MAX_ITEM: Final = 4 << 20
MAX_NOTICES: Final = 16
_MOST_LEFT: Final = 1 << 40
MAX_RECEIPTED: Final = 4 * MAX_ENTRIES
_SIGNATURE: Final = 64
_MAX_KEY: Final = 256


def pack_request(request: Request) -> dict[str, Any]:
    """What goes over the wire."""
    packed: dict[str, Any] = {"v": request.version, "c": _pack_cursors(request.cursors)}
    if request.room != ROOM:
        packed["m"] = request.room
    if request.explicit:
        packed["x"] = 1
    if request.at is not None:
        packed["a"] = [request.at[0], text64(request.at[1][:BRIEF])]
    if request.entries:
        packed["e"] = pack(request.entries, brief=request.brief, explicit=request.explicit)
    return packed


def unpack_request(packed: object, *, counter: str, realm: str, hash_before: HashBefore) -> Request:
    """The request. Raises PackingWrong (see `packing.unpack`)."""
    given = _object(packed)
    return Request(
        version=number(given.get("v"), 1, 1_000),
        cursors=_cursors(given.get("c", 0)),
        room=number(given.get("m", ROOM), 0, MAX_ROOM),
        entries=tuple(unpack(given.get("e", []), counter=counter, realm=realm, hash_before=hash_before)),
        explicit=given.get("x") == 1,
        at=_place(given.get("a"), BRIEF),
    )


def pack_reply(reply: Reply, *, asked: Cursors) -> dict[str, Any]:
    """What goes over the wire; `asked` are the cursors of the request."""
    packed: dict[str, Any] = {"v": reply.version, "t": reply.time}
    optional = {
        "r": reply.receipt and pack_receipt(reply.receipt),
        "h": reply.held and pack_receipt(reply.held),
        "b": reply.head and [reply.head[0], text64(reply.head[1])],
        "p": reply.partial and [reply.partial[0], text64(reply.partial[1])],
        "n": [[one.sequence, one.reason, text64(one.digest[:BRIEF])] for one in reply.refused],
        "x": int(reply.explicit),
        "f": [[i.rank, i.kind, i.key, i.owner, i.as_of, pack_body(i.body)] for i in reply.feed],
        "c": None if reply.cursors == asked else _pack_cursors(reply.cursors),
        "m": max(1, reply.left) if reply.more else 0,
        "o": [text64(notice) for notice in reply.notices],
    }
    return packed | {name: value for name, value in optional.items() if value or (name == "c" and value is not None)}


def unpack_reply(packed: object, *, asked: Cursors, counter: str, hash_of: HashOf) -> Reply:
    """The reply. `hash_of` gives the hashes of the counter's journal.

    Raises PackingWrong `packing.malformed`, `packing.too-large`, or `packing.unknown-entry` for a receipt that names an
    entry which the journal does not have.
    """
    given = _object(packed)
    left = number(given.get("m", 0), 0, _MOST_LEFT)
    receipts = [
        None if given.get(name) is None else unpack_receipt(given[name], counter=counter, hash_of=hash_of)
        for name in ("r", "h")
    ]
    return Reply(
        receipt=receipts[0],
        head=_place(given.get("b"), 32),
        refused=tuple(_refused(one) for one in _list(given.get("n", []), MAX_RECEIPTED)),
        feed=tuple(_item(one) for one in _list(given.get("f", []), MAX_FEED)),
        cursors=_cursors(given["c"]) if "c" in given else asked,
        more=left > 0,
        time=_text(given.get("t"), 40),
        notices=tuple(binary(one, 0, MAX_BODY) for one in _list(given.get("o", []), MAX_NOTICES)),
        held=receipts[1],
        partial=_place(given.get("p"), 32),
        explicit=given.get("x") == 1,
        version=number(given.get("v"), 1, 1_000),
        left=left,
    )


def pack_receipt(receipt: Receipt) -> list[Any]:
    """A receipt without its hashes and its counter."""
    sequences = [sequence for sequence, _ in receipt.entries]
    ranges: list[int] = []
    for before, sequence in pairwise([None, *sequences]):
        if before is not None and sequence == before + 1:
            ranges[-1] += 1
        else:
            ranges += [cast("int", sequence), 0]
    return [receipt.window, receipt.at, ranges, text64(receipt.signature)]


def unpack_receipt(packed: object, *, counter: str, hash_of: HashOf) -> Receipt:
    """The receipt, with the hashes of this journal; its signature is still to be checked. Raises PackingWrong."""
    parts = _list(packed, 4)
    if len(parts) != 4:
        raise malformed()
    ranges = _list(parts[2], 2 * MAX_RECEIPTED)
    entries: list[tuple[int, bytes]] = []
    for first, more in zip(ranges[::2], ranges[1::2], strict=False):
        start = number(first, 1)
        for sequence in range(start, start + 1 + number(more, 0, MAX_RECEIPTED)):
            digest = hash_of(sequence) if len(entries) < MAX_RECEIPTED else None
            if digest is None:
                raise PackingWrong("packing.unknown-entry", sequence=sequence)
            entries.append((sequence, digest))
    return Receipt(
        _text(parts[0], MAX_WORD), _text(parts[1], 40), counter, tuple(entries), binary(parts[3], 0, _SIGNATURE)
    )


def _pack_cursors(cursors: Cursors) -> int | list[int]:
    return cursors[0] if len(set(cursors)) == 1 else list(cursors)


def _cursors(packed: object) -> Cursors:
    if isinstance(packed, int):
        return (number(packed, 0),) * len(Rank)  # type: ignore[return-value]
    given = _list(packed, len(Rank))
    if len(given) != len(Rank):
        raise malformed()
    return cast("Cursors", tuple(number(one, 0) for one in given))


def _place(packed: object, least: int) -> tuple[int, bytes] | None:
    if packed is None:
        return None
    parts = _list(packed, 2)
    if len(parts) != 2:
        raise malformed()
    return number(parts[0], 0), binary(parts[1], least, 32)


def _refused(packed: object) -> Refused:
    parts = _list(packed, 3)
    if len(parts) != 3:
        raise malformed()
    return Refused(number(parts[0], 1), _text(parts[1], MAX_WORD), binary(parts[2], 0, 32))


def _item(packed: object) -> Item:
    parts = _list(packed, 6)
    if len(parts) != 6:
        raise malformed()
    rank, kind, key, owner, as_of, body = parts
    bytes_ = unpack_body(body, MAX_ITEM)
    if len(bytes_) > MAX_ITEM:
        raise PackingWrong("packing.too-large")
    words = (_text(kind, MAX_WORD), _text(key, _MAX_KEY), _text(owner, MAX_WORD), _text(as_of, 40))
    return Item(*words, bytes_, number(rank, 0, max(Rank)))


def _object(packed: object) -> dict[str, Any]:
    if not isinstance(packed, dict):
        raise malformed()
    return packed


def _list(packed: object, most: int) -> Sequence[Any]:
    if not isinstance(packed, list):
        raise malformed()
    if len(packed) > most:
        raise PackingWrong("packing.too-large")
    return packed


def _text(packed: object, most: int) -> str:
    if not isinstance(packed, str) or len(packed) > most:
        raise malformed()
    return checked(packed)
