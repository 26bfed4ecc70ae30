"""`counter hub manifest`: a passenger list into the feed as who is expected, and its original into the window's vault.

Harmless twice: a traveller whom the feed has just so is not sent again. Originals are kept as they came, compressed, in
the vault's encryption, for as many days as `manifests.toml` says.
"""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from ..agencies.passenger_lists import read_manifest
from ..agencies.passenger_lists.expecting import expect
from ..agencies.passenger_lists.model import Remark
from ..agencies.passenger_lists.reading import open_manifest
from ..domain.texts import Text
from ..domain.words import Direction
from ..errors import AgencyError
from ..link import wire
from ..settings_manifests import load_manifests
from ..single_window.projection import EXPECTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..agencies.passenger_lists.model import Manifest
    from ..agencies.ports import ExpectedTraveller
    from .hub import Hub

MOST_TOLD: Final = 2_000
"""Remarks in an answer; the rest are counted."""
_INDEX, _ORIGINAL = "manifests", "manifest/"


def manifest_order(hub: Hub, order: dict[str, Any]) -> dict[str, Any]:
    """Take the list. Raises AgencyError as `open_manifest` and `read_manifest`."""
    path, now = Path(str(order["file"])), hub.now()
    raw = open_manifest(path)
    rules = load_manifests()
    manifest = read_manifest(path.name, raw, rules, now.date())
    zone = now.tzinfo or UTC
    found = expect(manifest, rules, zone, Direction.ENTRY, _due(order, now))
    with hub.store.transaction():
        _keep_original(hub, manifest, raw, rules.keep_days)
        new = sum(_keep(hub, one) for one in found.expected)
    not_expected = [Remark(manifest.file, traveller.line, why) for traveller, why in found.left_out]
    remarks = [*manifest.remarks, *not_expected]
    return {
        "listed": len(manifest.travellers),
        "expected": len(found.expected),
        "new": new,
        "digest": manifest.digest,
        "days": rules.keep_days,
        "groups": [
            {"name": group.name, "headcount": group.headcount, "due": group.due.isoformat() if group.due else ""}
            for group in found.groups
        ],
        "remarks": [_plain(one) for one in remarks[:MOST_TOLD]],
        "beyond": manifest.beyond + max(0, len(remarks) - MOST_TOLD),
    }


def original_order(hub: Hub, order: dict[str, Any]) -> dict[str, Any]:
    """Write a kept original to a file that is not there yet.

    Raises AgencyError `manifest.not-kept`, `manifest.no-file`.
    """
    digest, path = str(order["digest"]).lower(), Path(str(order["file"]))
    packed = hub.store.find_setting(_ORIGINAL + digest)
    if not packed:
        raise AgencyError("manifest.not-kept", file=digest[:64])
    try:
        with path.open("xb") as opened:
            opened.write(zlib.decompress(packed))
    except OSError:
        raise AgencyError("manifest.no-file", file=path.name) from None
    return {"file": path.name}


def _due(order: dict[str, Any], now: datetime) -> datetime | None:
    """The time that was given: of today, or with its day. Raises AgencyError `manifest.due`."""
    said = str(order.get("due") or "")
    if not said:
        return None
    with suppress(ValueError):
        return datetime.fromisoformat(said if "T" in said else f"{now:%Y-%m-%d}T{said}").replace(tzinfo=now.tzinfo)
    raise AgencyError("manifest.due", said=said[:32])


def _keep(hub: Hub, traveller: ExpectedTraveller) -> bool:
    """Put a traveller into the feed; whether that changed anything.

    What is held of their document from its zone, and of whom they travel with, is more than a list knows, and stays.
    """
    way = traveller.direction
    body = wire.ExpectedBody(
        document=traveller.document, group=traveller.group, guardian=traveller.guardian, direction=way
    )
    held = hub.store.find_feed(EXPECTED, traveller.document.key)
    if held is not None:
        with suppress(ValueError):
            known = wire.ExpectedBody.model_validate_json(held.body)
            better = known.document if known.document.format and not traveller.document.format else traveller.document
            body = wire.ExpectedBody(document=better, group=traveller.group, guardian=known.guardian, direction=way)
    hub.window.keep_expected(body)
    return held is None or held.body != body.to_bytes()


def _keep_original(hub: Hub, manifest: Manifest, raw: bytes, days: int) -> None:
    """Keep the bytes as they came, and forget those that are older than `days`."""
    now = hub.now().astimezone(UTC)
    index: dict[str, str] = json.loads(hub.store.find_setting(_INDEX) or b"{}")
    index.setdefault(manifest.digest, now.isoformat(timespec="seconds"))
    over = (now - timedelta(days=days)).isoformat(timespec="seconds")
    for digest in [digest for digest, kept in index.items() if kept < over and digest != manifest.digest]:
        hub.store.put_setting(_ORIGINAL + digest, b"")
        del index[digest]
    hub.store.put_setting(_ORIGINAL + manifest.digest, zlib.compress(raw, 6))
    hub.store.put_setting(_INDEX, json.dumps(index).encode())


def _plain(remark: Remark) -> dict[str, Any]:
    return {
        "file": remark.file,
        "line": remark.line,
        "place": remark.place,
        "code": remark.text.code,
        "params": remark.text.as_dict(),
    }


def _remark(told: dict[str, Any]) -> Remark:
    said = Text(str(told["code"]), tuple(sorted(told["params"].items())))
    return Remark(str(told["file"]), int(told["line"]), said, str(told["place"]))


# -- what the command prints -----------------------------------------------------------------------------------------


def print_taken(told: dict[str, Any], out: TextIO) -> None:
    """Who is expected now, and what of the list was dropped."""
    from ..tui import words
    from ..tui.words import _
    from .manifest import told as lines_of

    remarks: Sequence[Remark] = [_remark(one) for one in told["remarks"]]
    for line in lines_of(remarks, int(told["beyond"])):
        print(line, file=out)
    for group in told["groups"]:
        due = datetime.fromisoformat(group["due"]).strftime("%Y-%m-%d %H:%M") if group["due"] else _("time not told")
        said = _("{name}: {headcount} people, due {due}")
        print(words.fill(said, {"name": group["name"], "headcount": group["headcount"], "due": due}), file=out)
    print(
        _("{expected} of {listed} listed are expected at every counter; {new} of them new.").format_map(told), file=out
    )
    print(words.say("manifest.kept", days=int(told["days"]), digest=str(told["digest"])), file=out)
