"""Finds config/ and reads its files into the domain's types; what is wrong is told with its file and its key.

The folder is `COUNTER_CONFIG` where that is set, else the checkout's, else the installed package's own. All files are
TOML 1.0, data only. Rules carry where they come from (`owner`, `source`, `doubt`): required here, and kept in the file.

Every loader raises ConfigError: `config.no-folder`, `config.no-file`, `config.not-toml`, `config.wrong-value`,
`config.missing-key`, `config.unknown-key`, `config.doubled`, `config.no-such-name`.

What the first screen does not need is imported by the loader that does.
"""

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum, IntEnum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from .domain.posts import Counter, Officer, Post
from .domain.words import Agency, Role
from .errors import ConfigError

if TYPE_CHECKING:
    from .agencies.limits import Limits
    from .agencies.people import DemoPeople
    from .domain.deadlines import Deadlines
    from .domain.decisions import ReasonCode
    from .domain.documents.kinds import DocumentRules
    from .domain.findings import FindingRules
    from .domain.joint.state import Law
    from .domain.overriding import OverrideRules
    from .domain.risk import RiskRules
    from .domain.view import Rulebook

T = TypeVar("T")
MAX_BYTES = 1 << 20
PROVENANCE = ("owner", "source", "doubt")
DOUBTS = ("none", "memory", "design", "disputed")


def config_folder() -> Path:
    """The folder of the configuration; ConfigError `config.no-folder` where there is none."""
    places = _given() or _shipped()
    for place in places:
        if (place / "posts.toml").is_file():
            return place
    raise ConfigError("config.no-folder", folder=places[0].name)


def locales_folder() -> Path:
    """The folder of the words on the screens; a post's own configuration need not have them."""
    for place in (*_given(), *_shipped()):
        if (place / "locales").is_dir():
            return place / "locales"
    raise ConfigError("config.no-folder", folder="locales")


def _given() -> tuple[Path, ...]:
    given = os.environ.get("COUNTER_CONFIG")
    return (Path(given),) if given else ()


def _shipped() -> tuple[Path, ...]:
    here = Path(__file__).resolve().parent
    return here.parent / "config", here / "_config"


@dataclass(frozen=True, slots=True)
class _At:
    """Where in which file a value stands."""

    file: str
    key: str = ""

    def inside(self, name: str | int) -> "_At":
        step = f"[{name}]" if isinstance(name, int) else f".{name}" if self.key else name
        return _At(self.file, f"{self.key}{step}")

    def wrong(self, expected: str) -> ConfigError:
        return ConfigError("config.wrong-value", file=self.file, key=self.key, expected=expected)


def _read(name: str) -> tuple[dict[str, Any], _At]:
    path = config_folder() / name
    try:
        with path.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError:
        raise ConfigError("config.no-file", file=name) from None
    return _parsed(raw, name)


def _parsed(raw: bytes, name: str) -> tuple[dict[str, Any], _At]:
    if len(raw) > MAX_BYTES:
        raise ConfigError("config.not-toml", file=name, why="too large")
    try:
        return tomllib.loads(raw.decode("utf-8")), _At(name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as refused:
        raise ConfigError("config.not-toml", file=name, why=str(refused)[:120]) from None


def _build(kind: Any, raw: object, at: _At) -> Any:
    """The raw TOML value as this type: dataclass, enum, Literal, optional, tuple, frozenset or plain."""
    origin, args = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind, raw, at)
    if origin in (Union, UnionType):
        return _build(next(a for a in args if a is not type(None)), raw, at)
    if origin is Literal:
        if raw not in args:
            raise at.wrong(" | ".join(map(str, args)))
        return raw
    if origin in (tuple, frozenset):
        if not isinstance(raw, list):
            raise at.wrong("array")
        return origin(_build(args[0], one, at.inside(number)) for number, one in enumerate(raw))
    return _plain(kind, raw, at)


def _plain(kind: type, raw: object, at: _At) -> Any:
    if issubclass(kind, Enum):
        return _member(kind, raw, at)
    if kind is float and type(raw) is int:
        return float(raw)
    if type(raw) is not kind:
        raise at.wrong(kind.__name__)
    return raw


def _member(kind: type[Enum], raw: object, at: _At) -> Enum:
    """Enums stand in files by value; the lattices (IntEnum) by name."""
    known = {m.name if issubclass(kind, IntEnum) else m.value: m for m in kind}
    if not isinstance(raw, str) or raw not in known:
        raise at.wrong(" | ".join(map(str, known)))
    return known[raw]


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _record(kind: type[T], raw: object, at: _At, *, beside: Iterable[str] = ()) -> T:
    """A dataclass from a table; keys `beside` its fields may stand there too, any other is an error."""
    if not isinstance(raw, dict):
        raise at.wrong("table")
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]  # every caller gives a dataclass
    for key in raw:
        if key not in known and key not in beside:
            raise ConfigError("config.unknown-key", file=at.file, key=at.inside(key).key)
    hints: Mapping[str, Any] = _hints(kind)  # type: ignore[arg-type]  # a class is hashable
    given = {name: _build(hints[name], raw[name], at.inside(name)) for name in known if name in raw}
    for name, field in known.items():
        if name not in given and field.default is MISSING and field.default_factory is MISSING:
            raise ConfigError("config.missing-key", file=at.file, key=at.inside(name).key)
    return kind(**given)


def _rows(table: Mapping[str, Any], name: str, at: _At) -> list[tuple[dict[str, Any], _At]]:
    rows = table.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise at.inside(name).wrong("array of tables")
    return [(row, at.inside(name).inside(number)) for number, row in enumerate(rows)]


def _rule(kind: type[T], row: Mapping[str, Any], at: _At, *, beside: Iterable[str] = ()) -> T:
    """A rule: its row says whose it is, where it comes from and how sure that is."""
    for name in PROVENANCE:
        if not isinstance(row.get(name), str) or not row[name]:
            raise ConfigError("config.missing-key", file=at.file, key=at.inside(name).key)
    if row["doubt"] not in DOUBTS:
        raise at.inside("doubt").wrong(" | ".join(DOUBTS))
    return _record(kind, row, at, beside=(*PROVENANCE, *beside))


def _unique(named: Iterable[tuple[str, T]], at: _At) -> dict[str, T]:
    found: dict[str, T] = {}
    for name, value in named:
        if name in found:
            raise ConfigError("config.doubled", file=at.file, key=name)
        found[name] = value
    return found


def _get(found: Mapping[str, T], name: str, at: _At) -> T:
    if name not in found:
        raise ConfigError("config.no-such-name", file=at.file, key=at.key, name=name)
    return found[name]


def _version(table: Mapping[str, Any], at: _At) -> str:
    return str(_build(str, table.get("version"), at.inside("version")))


def load_findings() -> "FindingRules":
    """The catalogue of findings (`findings.toml`)."""
    from .domain.findings import FindingRule, FindingRules

    table, at = _read("findings.toml")
    rules = [_rule(FindingRule, row, where) for row, where in _rows(table, "finding", at)]
    return FindingRules(_version(table, at), _unique(((r.code, r) for r in rules), at))


def load_limits() -> "Limits":
    """The legal values that connectors compare with (`findings.toml`, rows `limit`)."""
    from .agencies.limits import Limits  # only where connectors run

    table, at = _read("findings.toml")
    found: dict[str, Any] = {}
    for row, where in _rows(table, "limit", at):
        name = str(_rule(_Name, row, where, beside=("value", "unit")).name)
        if name in found:
            raise ConfigError("config.doubled", file=at.file, key=name)
        found[name] = row.get("value")
    return _record(Limits, found, at.inside("limit"))


@dataclass(frozen=True, slots=True)
class _Name:
    name: str


def load_risk() -> "RiskRules":
    """The rules of the joint risk in force (`risk.toml`)."""
    from .settings_risk import load_risk

    return load_risk()


def _build_table(table: Mapping[str, Any], name: str, at: _At) -> dict[str, Any]:
    found = table.get(name)
    if not isinstance(found, dict):
        raise at.inside(name).wrong("table")
    return found


def load_documents() -> "DocumentRules":
    """Kinds of documents and their rules (`documents.toml`), and the months on arrival (`findings.toml`)."""
    from .domain.documents.kinds import Basis, Differing, DocumentKind, DocumentRule, DocumentRules

    table, at = _read("documents.toml")
    kinds = [_rule(DocumentKind, row, where) for row, where in _rows(table, "kind", at)]
    known = {kind.code: kind for kind in kinds}
    rules = [_based(DocumentRule, row, where) for row, where in _rows(table, "rule", at)]
    for number, rule in enumerate(rules):
        _get(known, rule.kind, at.inside("rule").inside(number).inside("kind"))
    differing = [_based(Differing, row, where) for row, where in _rows(table, "differs", at)]
    found, there = _read("findings.toml")
    months = next((row for row, _ in _rows(found, "limit", there) if row.get("name") == "validity_months"), {})
    bases = {str(row.get("code")): Basis(str(row.get("source")), str(row.get("doubt"))) for row in found["finding"]}
    least = _build(int, months.get("value"), there.inside("validity_months"))
    return DocumentRules(_version(table, at), tuple(kinds), tuple(rules), tuple(differing), least, bases)


def _based(kind: type[T], row: Mapping[str, Any], at: _At) -> T:
    """A rule that keeps where it comes from, to be shown with it."""
    _rule(_Row, row, at, beside=row)
    given = {name: value for name, value in row.items() if name not in PROVENANCE}
    return _record(kind, given | {"basis": {"source": row["source"], "doubt": row["doubt"]}}, at)


@dataclass(frozen=True, slots=True)
class _Row:
    """Of which nothing but its provenance is looked at."""


def load_law(*, demo: bool) -> "Law":
    """What nobody may do in a joint decision (`override.toml`), and how long a confirmation may take."""
    from .settings_deadlines import load_signed_deadlines
    from .settings_override import load_override

    return _law(load_override(), load_signed_deadlines(demo=demo))


def _law(override: "OverrideRules", deadlines: "Deadlines") -> "Law":
    from .domain.joint.state import Law

    barred, within = override.barred, deadlines.confirm
    return Law(barred, release_takes_two=True, refusal_takes_two=True, confirm_within=within)


def load_rulebook(*, demo: bool = False) -> "Rulebook":
    """What a merge needs; its version names those of its parts. In the demo the key that ships signs rules too."""
    from .domain.presented import PresentedRules
    from .domain.view import Rulebook
    from .settings_deadlines import load_signed_deadlines
    from .settings_floor import load_signed_floor
    from .settings_override import load_override
    from .settings_procedures import load_procedures
    from .settings_risk import load_signed_risk

    risk, presented = load_signed_risk(demo=demo), PresentedRules(load_documents(), load_findings())
    procedures, floor = load_procedures(demo=demo), load_signed_floor(presented.documents, demo=demo)
    override, deadlines = load_override(), load_signed_deadlines(demo=demo)
    parts = {
        "risk": risk.version,
        "procedures": procedures.version,
        "documents": presented.documents.version,
        "findings": presented.findings.version,
        "floor": floor.version,
        "override": override.version,
        "deadlines": deadlines.version,
    }
    version = ", ".join(f"{name} {of}" for name, of in parts.items())
    law = _law(override, deadlines)
    return Rulebook(risk, procedures, version, presented, floor=floor, law=law, deadlines=deadlines)


def load_reasons() -> "tuple[ReasonCode, ...]":
    """The reasons that verdicts ask for (`reasons.toml`), in the order they are offered."""
    from .domain.decisions import ReasonCode

    table, at = _read("reasons.toml")
    found = [_rule(ReasonCode, row, where) for row, where in _rows(table, "reason", at)]
    return tuple(_unique(((r.code, r) for r in found), at).values())


READER = {"gap": (5, 200), "quiet": (50, 3000), "guard": (0, 2000), "repeat": (0, 1000), "characters": (3, 20)}


def load_reader() -> dict[str, float]:
    """The document reader's timing (`reader.toml`): `gap`, `quiet`, `guard`, `repeat` in seconds, and `characters`."""
    table, at = _read("reader.toml")
    for name in table:
        if name not in READER:
            raise ConfigError("config.unknown-key", file=at.file, key=name)
    found: dict[str, float] = {}
    for name, (least, most) in READER.items():
        value = table.get(name)
        if type(value) is not int or not least <= value <= most:
            raise at.inside(name).wrong(f"{least} to {most}")
        found[name] = value if name == "characters" else value / 1000
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    post: str
    counter: str


def load_place(name: str = "demo") -> tuple[Post, Counter]:
    """The post and the counter of a place (`posts.toml`)."""
    table, at = _read("posts.toml")
    place = _record(_Place, _build_table(_build_table(table, "place", at), name, at.inside("place")), at.inside(name))
    posts = _unique(((r["id"], _record(Post, r, w)) for r, w in _rows(table, "post", at)), at)
    counters = _unique(((r["id"], _record(Counter, r, w)) for r, w in _rows(table, "counter", at)), at)
    return _get(posts, place.post, at.inside("post")), _get(counters, place.counter, at.inside("counter"))


def load_counters() -> tuple[Counter, ...]:
    """All counters of the posts (`posts.toml`)."""
    table, at = _read("posts.toml")
    return tuple(_record(Counter, row, where) for row, where in _rows(table, "counter", at))


@dataclass(frozen=True, slots=True)
class _DemoOfficer:
    id: str
    name: str
    agency: Agency
    role: Role
    pin: str
    acts_for: frozenset[Agency] = frozenset()


def load_demo_officers() -> tuple[tuple[Officer, str], ...]:
    """The demo's persons, each with the PIN that the sign-in screen shows (`demo/officers.toml`)."""
    table, at = _read("demo/officers.toml")
    found = [_record(_DemoOfficer, row, where) for row, where in _rows(table, "officer", at)]
    _unique(((one.id, one) for one in found), at)
    return tuple((Officer(o.id, o.name, o.agency, o.role, o.acts_for or frozenset({o.agency})), o.pin) for o in found)


def load_demo_people() -> "DemoPeople":
    """The demo's travellers, from whom every simulated system derives what it holds (`demo/travellers.toml`)."""
    from .agencies.people import DemoGroup, DemoPeople, DemoPerson  # not before the first screen

    table, at = _read("demo/travellers.toml")
    groups = _unique(((g.id, g) for g in (_record(DemoGroup, r, w) for r, w in _rows(table, "group", at))), at)
    people = _unique(((p.id, p) for p in (_record(DemoPerson, r, w) for r, w in _rows(table, "person", at))), at)
    for person in people.values():
        if person.group is not None:
            _get(groups, person.group, at.inside(person.id).inside("group"))
        if person.guardian is not None:
            _get(people, person.guardian, at.inside(person.id).inside("guardian"))
    return DemoPeople(tuple(people.values()), tuple(groups.values()))
