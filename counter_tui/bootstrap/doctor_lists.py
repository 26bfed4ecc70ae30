"""The doctor on lists: what is held of each, how old it is, where it is screened, what was refused and why."""

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..domain.screening.lists import ListRule, Screened
from ..errors import CounterError
from . import paths
from .catalogues import in_words

if TYPE_CHECKING:
    from offline_cache import Vault

    from .list_records import ListRecord

Line = tuple[Literal["ok", "warn", "fail"], str, str]
"""Verdict, list, and what there is to say."""
HOUR = timedelta(hours=1)


def examine_lists(
    vault: "Vault", folder: Path, now: datetime, _: Callable[[str], str], language: str
) -> Iterator[Line]:
    """A line for each list in use at the demo counter whose main vault this is, and for each file that was refused."""
    from offline_cache import Records

    from .blind_keys import held_keys
    from .list_records import read_records, read_refused
    from .workplace import screening_rules

    rules = screening_rules(demo=True).lists
    held = {record.list: record for record in read_records(Records(vault))}
    keys = held_keys(Records(vault))
    for rule in rules.values():
        yield _line(rule, held.get(rule.id), keys.get(rule.id, ()), folder, now, _, language)
    for refused in read_refused(Records(vault)):
        why = in_words(language, CounterError(refused.why.code, **refused.why.as_dict()))
        yield "warn", refused.list or refused.file, _("refused: {why}").format(why=why)


def _line(
    rule: ListRule,
    record: "ListRecord | None",
    keys: tuple[bytes, ...],
    folder: Path,
    now: datetime,
    _: Callable[[str], str],
    language: str,
) -> Line:
    where = _where(_)[rule.screened]
    if not rule.screened.at_booth:
        return "ok", rule.id, _("{title}: {where}; pending until there is a link").format(title=rule.title, where=where)
    if record is None:
        return (
            "warn",
            rule.id,
            _("{title}: NOT CHECKED, none is held here; {where}").format(title=rule.title, where=where),
        )
    try:
        record = _as_in_file(record, keys, folder)
    except CounterError as error:
        why = in_words(language, error)
        return "fail", rule.id, _("{title}: NOT CHECKED, {why}").format(title=rule.title, why=why)
    said = _("{title}: version {version} of {time} UTC, {age} h old, {count} entries; {where}").format(
        title=rule.title,
        version=record.version,
        time=f"{record.as_of.astimezone(UTC):%Y-%m-%d %H:%M}",
        age=max(0, (now - record.as_of) // HOUR),
        count=record.count,
        where=where,
    )
    if rule.is_stale(record.as_of, now):
        return "warn", rule.id, said + "; " + _("STALE: at most {hours} h").format(hours=rule.max_age_hours)
    return "ok", rule.id, said


def _where(_: Callable[[str], str]) -> dict[Screened, str]:
    return {
        Screened.BOOTH_CLEAR: _("screened at the booth, in clear"),
        Screened.BOOTH_BLIND: _("screened at the booth, blind"),
        Screened.POST: _("screened at the post"),
        Screened.OWNER: _("screened by its owner"),
    }


def _as_in_file(record: "ListRecord", keys: tuple[bytes, ...], folder: Path) -> "ListRecord":
    """The record as the file has it. Raises StoreError where that cannot be opened, or asked for want of its key."""
    from offline_cache import CacheError, Vault
    from offline_cache.index import INDEX_SCHEMA

    from .blind_keys import get_key
    from .list_building import read_meta
    from .storage import translated

    path = paths.index_file(paths.indexes_folder(folder), record.file)
    try:
        with Vault.open(path, base64.b64decode(record.key), INDEX_SCHEMA) as index:
            meta = read_meta(index, record.list)
    except CacheError as error:
        raise translated(error) from None
    if meta.blind:
        get_key(keys, meta.blind)
    return record.of(meta)
