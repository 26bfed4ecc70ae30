"""A list made blind by its owner, and read at a counter: keyed features, what to do, a pointer, and sealed entries.

The file is JSON Lines: a header (`"format": "counter-blind-list/1"`, `list`, `key`: the fingerprint of its blind key),
then an entry a line: `ref` and `version` (12 hex characters each, made under the owner's key), `handling`, `names` (of
each name its tokens, in hex: a byte of weight, hidden behind one of the key's, then features of 8 bytes), `weak`
(positions in `names`), `births`, `nationalities` and `numbers` (features in hex; of a number two), `sealed` (owner,
epoch, ciphertext). Entries come in the order of `ref`, which has nothing to do with that of the list. Signed like every
list (`signed`); a new version comes whole.

Only persons are in it, and none that is to be handled discreetly (H5): their owner matches those from crossing records.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from ...domain.screening.blind import FEATURE, WEIGHT_UNIT, Blinder, BlindListed, BlindToken
from ...domain.screening.lists import ListRule
from ...domain.screening.model import Listed, ListedKind
from ...domain.screening.tokens import MOST_TOKENS, tokens
from ...domain.sections import Sealed
from ...errors import ListError
from ..ports import Seal
from .delta import plain_entry
from .entries import HANDLING, MOST
from .model import DISCREET
from .signed import Manifest, check_meant, check_whole, read_manifest
from .text_lines import LINE, file_size, open_bytes

LAYOUT: Final = "counter-blind-list/1"
NAMED: Final = 12
MOST_FEATURES: Final = 4


@dataclass(slots=True)
class BlindTally:
    """What making a list blind came to: entries put in it, discreet ones and those that are no persons left out."""

    entries: int = 0
    discreet: int = 0
    others: int = 0


def make_blind(
    entries: Iterable[Listed], list_id: str, blinder: Blinder, seal: Seal, tally: BlindTally
) -> list[BlindListed]:
    """The entries of a list as a blind one has them. ListError `list.pointer-doubled` where two share a pointer."""
    made: dict[str, BlindListed] = {}
    for entry in entries:
        if entry.handling == DISCREET:
            tally.discreet += 1
        elif entry.kind is not ListedKind.PERSON:
            tally.others += 1
        else:
            one = _blinded(entry, list_id, blinder, seal)
            if made.setdefault(one.ref, one) is not one:
                raise ListError("list.pointer-doubled", list=list_id)
    tally.entries = len(made)
    return [made[ref] for ref in sorted(made)]


def _blinded(entry: Listed, list_id: str, blinder: Blinder, seal: Seal) -> BlindListed:
    ref = seal.name("listed", list_id, entry.ref)
    detail = json.dumps({"list": list_id, **plain_entry(entry)}, ensure_ascii=False)
    named = [(at in entry.weak, words) for at, name in enumerate(entry.names) if (words := tokens(name))]
    return BlindListed(
        ref,
        seal.name("entry", list_id, detail),
        entry.handling,
        tuple(tuple(map(blinder.token, words)) for _, words in named),
        frozenset(at for at, (weak, _) in enumerate(named) if weak),
        tuple(blinder.birth(birth) for birth in entry.births if birth.year is not None),
        tuple(blinder.nationality(ref, nation) for nation in entry.nationalities),
        tuple(found for number in entry.documents if (found := blinder.number(number)) is not None),
        seal(detail.encode()),
    )


def write_blind_list(path: Path, entries: Iterable[BlindListed], *, list_id: str, blinder: Blinder) -> None:
    """Write it. ListError `list.line-too-long` where an entry is larger than a counter takes."""
    with path.open("w", encoding="ascii", newline="\n") as opened:
        opened.write(json.dumps({"format": LAYOUT, "list": list_id, "key": blinder.fingerprint}) + "\n")
        for number, entry in enumerate(entries, start=2):
            line = json.dumps(_plain(entry, blinder), separators=(",", ":")) + "\n"
            if len(line) > LINE:
                raise ListError("list.line-too-long", file=path.name, line=number)
            opened.write(line)


def _plain(entry: BlindListed, blinder: Blinder) -> dict[str, Any]:
    def plain(token: BlindToken) -> str:
        return bytes((token.weight ^ blinder.mask(token.features[0]), *b"".join(token.features))).hex()

    sealed = entry.sealed
    return {
        "ref": entry.ref,
        "version": entry.version,
        "handling": entry.handling,
        "names": [list(map(plain, name)) for name in entry.names],
        "weak": sorted(entry.weak),
        "births": [birth.hex() for birth in entry.births],
        "nationalities": [nation.hex() for nation in entry.nationalities],
        "numbers": [(reads + printed).hex() for reads, printed in entry.numbers],
        "sealed": {"owner": sealed.owner, "epoch": sealed.epoch, "ciphertext": sealed.ciphertext},
    }


@dataclass(frozen=True, slots=True)
class SignedBlindList:
    """A blind list whose owner's signature held and whose file was whole when it was looked at.

    `fingerprint`: of the blind key that it was made with.
    """

    path: Path
    manifest: Manifest
    fingerprint: str

    def entries(self, blinder: Blinder) -> Iterator[BlindListed]:
        """Its entries; `blinder` has its key.

        ListError `list.damaged`, `list.discreet-at-booth`, `list.count-differs`, `list.half-written`; what was given
        before is then worth nothing.
        """
        count = 0
        with open_bytes(self.path) as opened:
            opened.readline(LINE)
            while line := opened.readline(LINE):
                count += 1
                yield _entry(line, blinder, self.path.name, count + 1)
        if count != self.manifest.count:
            raise ListError("list.count-differs", file=self.path.name, declared=self.manifest.count, found=count)
        check_whole(self.path, self.manifest, (self.path,))


def verify_blind(path: Path, rule: ListRule, *, post: str, today: date, held: int | None = None) -> SignedBlindList:
    """The blind list in this file, for the counters of a post; ListError as `verify`, and `list.not-blind`."""
    manifest = read_manifest(path, rule.keys)
    check_meant(path.name, manifest, rule, post=post, today=today, held=held)
    if manifest.base is not None:
        raise ListError("list.is-delta", file=path.name)
    check_whole(path, manifest, (path,))
    file_size(path)
    with open_bytes(path) as opened:
        header = _object(opened.readline(LINE))
    if header.get("format") != LAYOUT or not isinstance(fingerprint := header.get("key"), str):
        raise ListError("list.not-blind", file=path.name, list=rule.id)
    if header.get("list") != rule.id:
        raise ListError("list.other-list", file=path.name, list=rule.id)
    return SignedBlindList(path, manifest, fingerprint)


def _object(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _entry(line: bytes, blinder: Blinder, file: str, number: int) -> BlindListed:
    """Strictly: a signature says who wrote it, not that it is whole."""
    raw = _object(line)
    if raw.get("handling") == DISCREET:
        raise ListError("list.discreet-at-booth", file=file, count=1)
    try:
        return _read(raw, blinder)
    except (ValueError, TypeError, KeyError):
        raise ListError("list.damaged", file=file, line=number) from None


def _read(raw: dict[str, Any], blinder: Blinder) -> BlindListed:
    names = tuple(
        tuple(_token(token, blinder) for token in _several(name, MOST_TOKENS)) for name in _several(raw["names"], MOST)
    )
    weak = frozenset(_several(raw["weak"], MOST))
    sealed = raw["sealed"]
    numbers = [_features(one, 2) for one in _several(raw["numbers"], MOST)]
    if not weak.issubset(range(len(names))) or raw["handling"] not in HANDLING or not all(names):
        raise ValueError
    if not (
        isinstance(sealed["owner"], str) and type(sealed["epoch"]) is int and isinstance(sealed["ciphertext"], str)
    ):
        raise TypeError
    return BlindListed(
        _pointer(raw["ref"]),
        _pointer(raw["version"]),
        raw["handling"],
        names,
        weak,
        tuple(_features(one, 1)[0] for one in _several(raw["births"], MOST)),
        tuple(_features(one, 1)[0] for one in _several(raw["nationalities"], MOST)),
        tuple((reads, printed) for reads, printed in numbers),
        Sealed(sealed["owner"], sealed["epoch"], sealed["ciphertext"]),
    )


def _several(values: Any, most: int) -> list[Any]:
    if not isinstance(values, list) or len(values) > most:
        raise ValueError
    return values


def _pointer(value: Any) -> str:
    if not isinstance(value, str) or len(value) != NAMED or len(bytes.fromhex(value)) != NAMED // 2:
        raise ValueError
    return value


def _token(value: str, blinder: Blinder) -> BlindToken:
    raw = bytes.fromhex(value)
    features = _features(value[2:], len(raw) // FEATURE)
    if not 0 < len(features) <= MOST_FEATURES:
        raise ValueError
    weight = raw[0] ^ blinder.mask(features[0])
    if not 0 < weight <= WEIGHT_UNIT:
        raise ValueError
    return BlindToken(weight, features)


def _features(value: str, count: int) -> tuple[bytes, ...]:
    raw = bytes.fromhex(value)
    if len(raw) != FEATURE * count:
        raise ValueError
    return tuple(raw[at : at + FEATURE] for at in range(0, len(raw), FEATURE))
