#!/usr/bin/env python3
"""The README's key table is generated: `scripts/readme.py write` makes it anew, `check` fails if it is old."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BEGIN, END = "<!-- keys -->\n", "<!-- /keys -->"


def key_table() -> str:
    """Every command, in the order of the footer, as a Markdown table."""
    from counter_tui.tui.commands.registry import key_table as commands

    rows = [(f"`{key}`".replace("|", "\\|"), help_) for key, _, help_ in commands()]
    return "| key | what it does |\n|---|---|\n" + "".join(f"| {key} | {help_} |\n" for key, help_ in rows)


def fill(readme: str, table: str) -> str:
    """The README with this table between its marks; ValueError where a mark is missing."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError("mark")
    return before + begin + table + end + after


def main(command: str) -> int:
    """Write or check; the exit code."""
    old = README.read_text("utf-8")
    new = fill(old, key_table())
    if command == "write":
        README.write_text(new, "utf-8")
        return 0
    if new != old:
        print("README.md: the key table is old. Next: scripts/readme.py write", file=sys.stderr)
    return int(new != old)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if len(sys.argv) != 2 or sys.argv[1] not in {"write", "check"}:
        raise SystemExit(__doc__)
    raise SystemExit(main(sys.argv[1]))
