"""How the bytes of a specimen are hurt: parts lost, doubled, exchanged, and what an attacker would put in."""

from collections.abc import Sequence
from random import Random


def hurt(body: bytearray, chance: Random, tokens: Sequence[bytes], specimens: Sequence[bytes], longest: int) -> None:
    """Changes one place of `body`, or all behind it; it has at most `longest` bytes then."""
    start = chance.randrange(len(body) + 1)
    end = min(len(body), start + chance.choice((0, 1, 1, 4, 20, 200)))
    match chance.randrange(8):
        case 0:
            body[start:end] = b""
        case 1:
            body[start:end] = chance.randbytes(chance.randrange(1, 8))
        case 2 | 3:
            body[start:end] = chance.choice(tokens)
        case 4:
            body[start:start] = chance.choice(tokens) * chance.choice((2, 50, 1000, 20000))
        case 5:
            body[start:start] = bytes(body[start:end]) * chance.choice((1, 3, 300))
        case 6:
            body[start:] = chance.choice(specimens)[start:]
        case 7:
            body[:] = body[:start]
    del body[longest:]
