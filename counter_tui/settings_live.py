"""What a live single window is told by configuration: its post, the counters that may enrol, and its staff.

    posts.toml      [live] post = "ID-POST", counters = ["P-1", "P-2"]: of the posts and counters in that file
    officers.toml   [[officer]] id, name, agency, role, and acts_for where that is more than the agency; no PINs

Raises ConfigError as `settings` does, and `config.not-live` where nothing says which post this is.
"""

from dataclasses import dataclass

from .domain.posts import Counter, Officer, Post
from .domain.words import Agency, Role
from .errors import ConfigError
from .settings import _build_table, _get, _read, _record, _rows, _unique


@dataclass(frozen=True, slots=True)
class LivePost:
    """A post, the counters that may enrol there by id, and who works there."""

    post: Post
    counters: dict[str, Counter]
    staff: tuple[Officer, ...]

    def get_counter(self, name: str) -> Counter:
        """A counter of this post. Raises ConfigError `config.no-such-name`."""
        if name not in self.counters:
            raise ConfigError("config.no-such-name", file="posts.toml", key="live.counters", name=name[:64])
        return self.counters[name]


@dataclass(frozen=True, slots=True)
class _Live:
    post: str
    counters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Officer:
    id: str
    name: str
    agency: Agency
    role: Role
    acts_for: frozenset[Agency] = frozenset()


def load_live_post() -> LivePost:
    """The post that this single window is of."""
    table, at = _read("posts.toml")
    if "live" not in table:
        raise ConfigError("config.not-live", file=at.file)
    where = at.inside("live")
    live = _record(_Live, _build_table(table, "live", at), where)
    posts = _unique(((r["id"], _record(Post, r, w)) for r, w in _rows(table, "post", at)), at)
    counters = _unique(((r["id"], _record(Counter, r, w)) for r, w in _rows(table, "counter", at)), at)
    ours = {name: _get(counters, name, where.inside("counters")) for name in live.counters}
    return LivePost(_get(posts, live.post, where.inside("post")), ours, _load_staff())


def _load_staff() -> tuple[Officer, ...]:
    table, at = _read("officers.toml")
    rows = [_record(_Officer, row, where) for row, where in _rows(table, "officer", at)]
    _unique(((one.id, one) for one in rows), at)
    return tuple(
        Officer(one.id, one.name, one.agency, one.role, one.acts_for or frozenset({one.agency})) for one in rows
    )
