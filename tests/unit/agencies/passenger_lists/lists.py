"""What tests of passenger lists share: reading bytes with the shipped layouts, and a list to change."""

from datetime import date

from counter_tui.agencies.passenger_lists import Manifest, read_manifest
from counter_tui.settings_manifests import load_manifests

TODAY = date(2026, 11, 22)
HEAD = (
    "UNA:+.? '",
    "UNB+UNOA:4+SENDER:ZZ+IMIGRASI:ZZ+261122:0600+REF1++APIS'",
    "UNG+PAXLST+SENDER:ZZ+IMIGRASI:ZZ+261122:0600+1+UN+D:05B'",
    "UNH+M1+PAXLST:D:05B:UN:IATA'",
    "BGM+745'",
    "NAD+MS+++PO SENTOSA'",
    "TDT+20+PK-07+3++SENTOSA+++KB 7012 AB'",
    "LOC+125+KCH'",
    "DTM+189:2611220500:201'",
    "LOC+87+ENT'",
    "DTM+232:2611220900:201'",
)
SITI = (
    "NAD+FL+++AMINAH:SITI'",
    "ATT+2++F'",
    "DTM+329:740812'",
    "NAT+2+IDN'",
    "DOC+P:110:111+X1234567'",
    "DTM+36:310101'",
    "LOC+91+IDN'",
)


def paxlst(*people: str, count: int | None = 1) -> bytes:
    """A list with right envelopes around these segments."""
    body = [*people, *([f"CNT+42:{count}'"] if count is not None else [])]
    segments = len(HEAD) - 3 + len(body) + 1
    return "\n".join([*HEAD, *body, f"UNT+{segments}+M1'", "UNE+1+1'", "UNZ+1+REF1'", ""]).encode()


def read(raw: bytes | str, file: str = "list.txt", today: date = TODAY) -> Manifest:
    """Read with the layouts that ship."""
    return read_manifest(file, raw.encode() if isinstance(raw, str) else raw, load_manifests(), today)


def codes(manifest: Manifest) -> list[tuple[int, str, str]]:
    """Its remarks: line, place, code without the room."""
    return [(one.line, one.place, one.text.code.removeprefix("manifest.")) for one in manifest.remarks]


def said(manifest: Manifest) -> set[str]:
    """The codes of its remarks."""
    return {code for _, _, code in codes(manifest)}
