"""The enrolment code: where a single window is, a one-time secret, and whom to trust, in one string read over a phone.

Crockford's base32 in groups of five: four characters and a check character over them and the group's number, so that a
slip of the tongue is found in its group, also two characters or two groups that changed places. Read without regard to
case, blanks and dashes; O counts as 0, I and L as 1.
"""

import ipaddress
from dataclasses import dataclass, field
from typing import Final, Self

from ..errors import LinkError

SECRET: Final = 10  # bytes
FINGERPRINT: Final = 16  # bytes of the authority's SHA-256
LONGEST: Final = 1000  # characters looked at
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT: Final = str.maketrans("OIL", "011", " -\t\r\n")
_GROUP: Final = 4
_NAME: Final = 0  # kinds of addresses, by their first byte
_IP4: Final = 4
_IP6: Final = 6


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """`host` is a name or an IP address; `fingerprint` the first 16 bytes of the authority's SHA-256."""

    host: str
    port: int
    secret: bytes = field(repr=False)
    fingerprint: bytes

    @property
    def url(self) -> str:
        """The single window's base URL."""
        return f"https://[{self.host}]:{self.port}" if ":" in self.host else f"https://{self.host}:{self.port}"

    def spelled(self) -> str:
        """The code, in groups. Raises LinkError `link.address` for a host that is none."""
        packed = _packed(self.host) + self.port.to_bytes(2) + self.secret + self.fingerprint
        bits = int.from_bytes(packed) << (-len(packed) * 8 % (5 * _GROUP))
        count = -(-len(packed) * 8 // (5 * _GROUP)) * _GROUP
        symbols = [bits >> 5 * at & 31 for at in reversed(range(count))]
        groups = [symbols[at : at + _GROUP] for at in range(0, count, _GROUP)]
        return "-".join(_word([*group, _check(group, number)]) for number, group in enumerate(groups))

    @classmethod
    def read(cls, typed: str) -> Self:
        """What was typed. Raises LinkError `code.mistyped` with the number of the `group`, or `code.length`."""
        symbols = [_ALPHABET.find(letter) for letter in typed[:LONGEST].upper().translate(_MEANT)]
        groups = [symbols[at : at + _GROUP + 1] for at in range(0, len(symbols), _GROUP + 1)]
        for number, group in enumerate(groups):
            if len(group) == _GROUP + 1 and (-1 in group or _check(group[:-1], number) != group[-1]):
                raise LinkError("code.mistyped", group=number + 1)
        if not groups or len(groups[-1]) != _GROUP + 1:
            raise LinkError("code.length", count=len(symbols))
        bits = 0
        for symbol in (symbol for group in groups for symbol in group[:-1]):
            bits = bits << 5 | symbol
        size = len(groups) * _GROUP * 5
        packed = (bits >> size % 8).to_bytes(size // 8)
        host, rest = _host(packed)
        if len(rest) < 2 + SECRET + FINGERPRINT or not host:
            raise LinkError("code.length", count=len(symbols))
        port, secret, pin = rest[:2], rest[2 : 2 + SECRET], rest[2 + SECRET : 2 + SECRET + FINGERPRINT]
        return cls(host, int.from_bytes(port), secret, pin)


def _packed(host: str) -> bytes:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        name = host.encode("ascii", "replace")
        if not 0 < len(name) < 128 or not _is_name(host):
            raise LinkError("link.address") from None
        return bytes([_NAME, len(name)]) + name
    return bytes([_IP4 if address.version == 4 else _IP6]) + address.packed


def _host(packed: bytes) -> tuple[str, bytes]:
    """The host, "" for none of ours, and what follows."""
    kind, rest = packed[0], packed[1:]
    if kind == _IP4 and len(rest) > 4:
        return str(ipaddress.IPv4Address(rest[:4])), rest[4:]
    if kind == _IP6 and len(rest) > 16:
        return str(ipaddress.IPv6Address(rest[:16])), rest[16:]
    if kind == _NAME and rest and len(rest) > rest[0]:
        name = rest[1 : 1 + rest[0]].decode("ascii", "replace")
        return (name if _is_name(name) else ""), rest[1 + rest[0] :]
    return "", b""


def _is_name(host: str) -> bool:
    return host.isascii() and all(letter.isalnum() or letter in "-." for letter in host)


def _word(symbols: list[int]) -> str:
    return "".join(_ALPHABET[symbol] for symbol in symbols)


def _check(group: list[int], number: int) -> int:
    """A sum over GF(32), each place and the number with a weight of its own: no change of one keeps it, no exchange."""
    total = 0
    for symbol in (*group, number % 32):
        total = _twice(total ^ symbol)
    return total


def _twice(symbol: int) -> int:
    """Times x, modulo x^5 + x^2 + 1."""
    return (symbol << 1 ^ (37 if symbol & 16 else 0)) & 31
