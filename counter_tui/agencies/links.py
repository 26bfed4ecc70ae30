"""What is fixed about the link to one authority's system: its grade, where it is, and how much patience it gets."""

from dataclasses import dataclass, field

from ..domain.agency_links import Grade


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds, but for the counts.

    `answer`: who stands at a counter waits so long. `late`: an answer that comes by then is kept for the next look.
    After `failures` in a row the system rests for `rest`; one question probes it then, and each probe that fails
    doubles the rest, up to `longest_rest`. `jitter` (0 to 1) is the part of a rest that chance may take away, so that
    not all come back at once. `at_once`: so many questions may be under way.
    """

    answer: float = 5.0
    late: float = 20.0
    failures: int = 3
    rest: float = 5.0
    longest_rest: float = 120.0
    jitter: float = 0.2
    at_once: int = 16


@dataclass(frozen=True, slots=True)
class LinkTerms:
    """One link by its configuration. `folder` is where the agency's files are put, of grade file; "" for any other.

    `url` is http(s)://host:port of the agency's own process, "" where its connector runs in this one; `token_file` is
    where the secret stands that it asks for, `trust_file` the certificate (PEM) that it, or its authority, must show;
    "" for one that this machine trusts anyhow. `list_name` and `list_keys`: which list its system gives, and the public
    halves (base64, Ed25519) of the keys that it may be signed with.
    """

    grade: Grade = Grade.LIVE
    patience: Patience = field(default_factory=Patience)
    url: str = ""
    token_file: str = ""
    trust_file: str = ""
    folder: str = ""
    list_name: str = ""
    list_keys: tuple[str, ...] = ()


STANDARD = LinkTerms()
