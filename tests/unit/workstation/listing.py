"""Signed lists of invented persons in a folder, and what a counter makes of them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_tui.agencies.lists import Manifest, changes, read_list, sign
from counter_tui.agencies.lists.delta import write_delta
from counter_tui.agencies.lists.signed import manifest_path, mark_of
from counter_tui.bootstrap.identity import text
from counter_tui.bootstrap.list_store import VaultLists
from counter_tui.bootstrap.storage import translated
from counter_tui.domain.findings import FindingRule, FindingRules
from counter_tui.domain.screened import ScreeningRules
from counter_tui.domain.screening.lists import ListRule, Screened
from counter_tui.domain.words import Agency, Authority, Band, Direction, SubjectKind, Verdict
from counter_tui.workstation.ports import Clock
from counter_tui.workstation.screening import Screens
from offline_cache import Records, Vault

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
AS_OF = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
WATCH, BANS = "watch", "bans"
COLUMNS = ("ref", "name", "birth_dates", "handling")
Row = tuple[str, str, str, str]

FINDINGS = FindingRules(
    "1",
    {
        rule.code: rule
        for rule in (
            FindingRule(
                "sec.name-candidate",
                Authority.SECURITY,
                SubjectKind.PERSON,
                Verdict.REFER,
                45,
                Band.AMBER,
                "listing",
                "refer",
                candidate=True,
            ),
            FindingRule(
                "imm.ban-candidate",
                Authority.IMMIGRATION,
                SubjectKind.PERSON,
                Verdict.HOLD,
                35,
                Band.AMBER,
                "ban",
                "entry-ban",
                candidate=True,
            ),
        )
    },
)


def rule(list_id: str = WATCH, **changed: object) -> ListRule:
    """A list of security's that is screened at the booth."""
    made = ListRule(
        id=list_id,
        title="Wanted",
        agency=Agency.SECURITY,
        screened=Screened.BOOTH_CLEAR,
        finding="sec.name-candidate",
        max_age_hours=24,
        keys=(text(KEY.public_key().public_bytes_raw()),),
        legal_basis="none",
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def bans(**changed: object) -> ListRule:
    """A list of immigration's, on entry."""
    entry = {"agency": Agency.IMMIGRATION, "finding": "imm.ban-candidate", "direction": Direction.ENTRY}
    return rule(BANS, title="Bans", **(entry | changed))


def screening_rules(*rules: ListRule, threshold: float = 0.7) -> ScreeningRules:
    return ScreeningRules("1", {one.id: one for one in rules or (rule(),)}, FINDINGS, threshold)


@dataclass
class Source:
    """A folder in which lists are laid."""

    folder: Path
    laid: dict[tuple[str, int], Path] = field(default_factory=dict)

    def lay(
        self,
        rows: Sequence[Row],
        version: int = 1,
        *,
        of: str = WATCH,
        key: Ed25519PrivateKey = KEY,
        name: str | None = None,
        **changed: object,
    ) -> Path:
        """A whole list, signed."""
        self.folder.mkdir(exist_ok=True)
        path = self.folder / (name or f"{of}-{version}.csv")
        with path.open("w", newline="", encoding="utf-8") as opened:
            csv.writer(opened).writerows([COLUMNS, *rows])
        self._sign(path, self._manifest(of, version, len(rows), path), key, changed)
        self.laid[of, version] = path
        return path

    def lay_delta(self, base: int, version: int, *, of: str = WATCH, **changed: object) -> Path:
        """What leads from one list that was laid to another; the later one is taken away again."""
        old, new = read_list(self.laid[of, base]), read_list(self.laid[of, version])
        path = self.folder / f"{of}-{version}.delta"
        delta = changes(old, new)
        write_delta(path, delta, list_id=of, base=base, version=version)
        count = new.tally.entries
        self._sign(path, replace(self._manifest(of, version, count, path), base=base), KEY, changed)
        self.take_away(self.laid[of, version])
        return path

    def take_away(self, path: Path) -> None:
        path.unlink()
        manifest_path(path).unlink()

    @staticmethod
    def _manifest(of: str, version: int, count: int, path: Path) -> Manifest:
        return Manifest(of, version, AS_OF, date(2026, 1, 1), Screened.BOOTH_CLEAR, count, (mark_of(path),))

    @staticmethod
    def _sign(path: Path, manifest: Manifest, key: Ed25519PrivateKey, changed: dict[str, object]) -> None:
        signed = sign(replace(manifest, **changed), key.private_bytes_raw())  # type: ignore[arg-type]
        manifest_path(path).write_bytes(signed)


def screens(vault: Vault, folder: Path, clock: Clock, rules: ScreeningRules) -> Screens:
    """The lists of a counter whose main vault this is."""
    store = VaultLists(
        Records(vault), folder / "indexes", (folder / "lists",), lambda: rules.lists, "ID-ENTIKONG", clock.now
    )
    return Screens(lambda: store, lambda: rules, clock.now, translated)
