"""A delta applied to the index of its base: a new segment, and what it replaces buried, in one transaction."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..domain.screening.model import Listed
from ..errors import ListError
from .list_building import Meta, Told, read_meta, write_segment

if TYPE_CHECKING:
    from offline_cache import Vault
    from offline_cache.index import Segment

    from ..agencies.lists import SignedDelta

_REF_ENDS = b'",['


def apply_changes(vault: "Vault", delta: "SignedDelta", digest: str, told: Told) -> Meta:
    """Bring the index to the delta's version, or leave it as it is; blocking. What is open over it stays as it was.

    Raises ListError as `SignedDelta.operations`, `list.count-differs`; CacheError.
    """
    from offline_cache.index import Index
    from offline_cache.index_building import bury

    put: list[Listed] = []
    named: set[str] = set()
    for operation in delta.operations():
        if isinstance(operation, Listed):
            put.append(operation)
        named.add(operation.ref if isinstance(operation, Listed) else operation)
    index = Index(vault)
    gone = [(segment, leaf) for segment in index.segments for leaf in _leaves_of(segment, named)]
    kept = read_meta(vault, delta.rule.id).count - len(gone)
    if kept + len(put) != delta.manifest.count:
        raise ListError(
            "list.count-differs", file=delta.path.name, declared=delta.manifest.count, found=kept + len(put)
        )
    with vault.transaction():
        for segment in index.segments:
            leaves = {leaf for of, leaf in gone if of is segment}
            bury(vault, segment.number, _records_of(segment, leaves))
        return write_segment(vault, put, delta.manifest, digest, told, before=kept)


def _leaves_of(segment: "Segment", refs: set[str]) -> Iterator[int]:
    """The leaves of entries with these references that are in force; whoever has no record is not found anyway."""
    from ..workstation.list_index import read_entry

    heads = {_head(b"[" + json.dumps(ref, ensure_ascii=False).encode() + b",[") for ref in refs}
    alive = {leaf for record, leaf in enumerate(segment.leaf_numbers(range(len(segment)))) if segment.is_alive(record)}
    for leaf, body in segment.leaves():
        if _head(body) in heads and leaf in alive and read_entry(body).ref in refs:
            yield leaf


def _head(leaf: bytes) -> bytes:
    """A leaf as far as its reference, or a first part of that: enough to pass over nearly all others."""
    return leaf[: leaf.index(_REF_ENDS)]


def _records_of(segment: "Segment", leaves: set[int]) -> Iterable[int]:
    numbers = segment.leaf_numbers(range(len(segment)))
    return (record for record, leaf in enumerate(numbers) if leaf in leaves)
