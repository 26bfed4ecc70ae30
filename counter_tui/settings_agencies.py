"""The links to the agencies' systems, as configured (`agencies.toml`). ConfigError as in `settings`."""

from base64 import b64decode
from dataclasses import dataclass, replace

from .agencies.limits import Limits
from .agencies.links import LinkTerms, Patience
from .domain.agency_links import Grade
from .domain.words import Authority
from .errors import ConfigError
from .settings import PROVENANCE, _At, _build_table, _read, _rows, _rule, _unique, load_limits

KEY_BYTES = 32
LONGEST = 3600.0
MOST_AT_ONCE = 256
_ASKED = ("url", "token_file")
NEEDS = {Grade.NONE: (), Grade.FILE: ("folder", "token_file"), Grade.QUERY: _ASKED, Grade.LIVE: _ASKED}
"""What a row must say, by its grade."""


@dataclass(frozen=True, slots=True)
class _Usual:
    answer: float
    late: float
    failures: int
    rest: float
    longest_rest: float
    jitter_percent: int
    at_once: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row(_Usual):
    authority: Authority
    grade: Grade
    url: str = ""
    token_file: str = ""
    trust_file: str = ""
    folder: str = ""
    list_name: str = ""
    list_keys: tuple[str, ...] = ()
    demo: bool = False

    def terms(self) -> LinkTerms:
        patience = Patience(
            answer=self.answer,
            late=self.late,
            failures=self.failures,
            rest=self.rest,
            longest_rest=self.longest_rest,
            jitter=self.jitter_percent / 100,
            at_once=self.at_once,
        )
        return LinkTerms(
            grade=self.grade,
            patience=patience,
            url=self.url,
            token_file=self.token_file,
            trust_file=self.trust_file,
            folder=self.folder,
            list_name=self.list_name,
            list_keys=self.list_keys,
        )


def load_agency_links(*, demo: bool) -> dict[Authority, LinkTerms]:
    """The link to each authority's system; one that no row names has grade none.

    Raises ConfigError as in `settings`, also for times that are out of order and for a live link without an address.
    """
    table, at = _read("agencies.toml")
    usual = _build_table(table, "usual", at)
    _rule(_Usual, usual, at.inside("usual"))
    for name in PROVENANCE:
        del usual[name]
    rows = [(_rule(_Row, usual | row, where), where) for row, where in _rows(table, "link", at)]
    ours = [(row, where) for row, where in rows if row.demo is demo]
    for row, where in ours:
        _check(row, where)
    named = _unique(((row.authority.value, row.terms()) for row, _ in ours), at)
    nothing = LinkTerms(Grade.NONE)
    return {authority: named.get(authority.value, nothing) for authority in Authority}


def load_agency_limits(*, demo: bool) -> Limits:
    """The legal values that connectors compare with, and by which keys security's list may be signed."""
    security = load_agency_links(demo=demo)[Authority.SECURITY]
    return replace(load_limits(), list_name=security.list_name, list_keys=security.list_keys)


def _check(row: _Row, at: _At) -> None:
    _check_times(row, at)
    for name in () if row.demo else NEEDS[row.grade]:
        if not getattr(row, name):
            raise ConfigError("config.missing-key", file=at.file, key=at.inside(name).key)
    for number, key in enumerate(row.list_keys):
        if not _is_key(key):
            raise at.inside("list_keys").inside(number).wrong("base64, 32 bytes")


def _check_times(row: _Usual, at: _At) -> None:
    if not 0 < row.answer <= row.late <= LONGEST:
        raise at.inside("late").wrong(f"0 < answer <= late <= {LONGEST:g}")
    if not 0 < row.rest <= row.longest_rest <= LONGEST:
        raise at.inside("longest_rest").wrong(f"0 < rest <= longest_rest <= {LONGEST:g}")
    for name, least, most in (("failures", 1, 100), ("jitter_percent", 0, 100), ("at_once", 1, MOST_AT_ONCE)):
        if not least <= getattr(row, name) <= most:
            raise at.inside(name).wrong(f"{least} to {most}")


def _is_key(text: str) -> bool:
    try:
        return len(b64decode(text, validate=True)) == KEY_BYTES
    except ValueError:
        return False
