"""Where files of lists come from: folders that are looked through, and which of what lies there is to be taken next."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..agencies.lists.signed import MOST_BYTES, Manifest, read_manifest
from ..domain.screening.lists import ListRule
from ..errors import CounterError, ListError

SIGNED: Final = ".sig"
MOST_FILES: Final = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file with a manifest that one of its list's keys signed; the file itself was not looked at yet."""

    path: Path
    rule: ListRule
    manifest: Manifest
    digest: str

    @property
    def leads_from(self) -> int | None:
        """The version that it changes; None for a whole list."""
        return self.manifest.base


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken; `list` is "" where it could not be told which list it was meant to be."""

    list: str
    file: str
    error: CounterError


def find_candidates(
    folders: Iterable[Path], rules: Mapping[str, ListRule]
) -> tuple[tuple[Candidate, ...], tuple[Refusal, ...]]:
    """What lies in the folders under a signature; of a folder that is not there, nothing."""
    found: list[Candidate] = []
    refused: list[Refusal] = []
    for path in _files(folders):
        claimed, digest = _claim(path)
        rule = rules.get(claimed)
        if rule is None:
            refused.append(Refusal("", path.name, ListError("list.not-in-use", file=path.name)))
            continue
        try:
            found.append(Candidate(path, rule, read_manifest(path, rule.keys), digest))
        except ListError as error:
            refused.append(Refusal(claimed, path.name, error))
    return tuple(found), tuple(refused)


def choose(candidates: Sequence[Candidate], version: int | None, *, again: bool = False) -> Candidate | None:
    """What to take of one list next where `version` is held; `again`: that version itself too, it was damaged.

    What leads on from the version held is taken before the whole, unless the whole is of a later version.
    """
    whole = [c for c in candidates if c.leads_from is None and _is_news(c, version, again=again)]
    on = [] if again else [c for c in candidates if version is not None and c.leads_from == version]
    newer = [c for c in on if version is not None and c.manifest.version > version]
    both = sorted([*whole, *newer], key=lambda c: (c.manifest.version, c.leads_from is not None, c.path.name))
    return both[-1] if both else None


def find_rollback(candidates: Sequence[Candidate], version: int | None) -> Candidate | None:
    """The newest that lies there, where even that is older than the version held."""
    newest = max(candidates, key=lambda c: c.manifest.version, default=None)
    return newest if newest and version is not None and newest.manifest.version < version else None


def _is_news(candidate: Candidate, version: int | None, *, again: bool) -> bool:
    if version is None:
        return True
    return candidate.manifest.version > version or (again and candidate.manifest.version == version)


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        with suppress(OSError):
            signed = sorted(p for p in folder.iterdir() if p.suffix == SIGNED)[:MOST_FILES]
            yield from (p.with_suffix("") for p in signed)


def _claim(path: Path) -> tuple[str, str]:
    """Which list a manifest says it is of, whoever wrote it, and its SHA-256 (hex)."""
    try:
        with path.with_name(path.name + SIGNED).open("rb") as opened:
            raw = opened.read(MOST_BYTES)
    except OSError:
        return "", ""
    with suppress(ValueError, RecursionError):
        said = json.loads(raw.partition(b"\n")[0])
        if isinstance(said, dict) and isinstance(said.get("list"), str):
            return said["list"][:64], hashlib.sha256(raw).hexdigest()
    return "", hashlib.sha256(raw).hexdigest()
