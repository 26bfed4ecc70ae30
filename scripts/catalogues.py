#!/usr/bin/env python3
"""The gettext catalogues: a build hook that compiles them, and a command that keeps them whole.

    scripts/catalogues.py compile   write a .mo beside each .po (the hook does it for wheels and editable installs)
    scripts/catalogues.py extract   take in new msgids from the source and texts from config/locales/parts/*.toml
    scripts/catalogues.py check     fail where a text is missing, untranslated, or its languages' placeholders differ

The .po files are the truth for every word on a screen. A msgid is a sentence (English, and so its own English text) or
a code (`store.wrong-key`), whose English text stands in en. Texts of codes can be handed in as parts, tables named by
code with a string for each language; `extract` moves them into the .po files and deletes the part.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
SOURCE = "counter_tui"
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "id": "nplurals=1; plural=0;"}
LANGUAGES = tuple(PLURALS)
CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_-]+)+")
CODE_TAKERS = re.compile(r"say|text|Text|problem|append|\w+Error")
CACHE_ERRORS = re.compile("[A-Z][A-Za-z]+")
"""Calls whose first argument is the code of a text."""
SENTENCE_TAKERS = frozenset({"_", "N_", "words", "gettext", "_gettext"})
"""Calls whose one argument is a sentence; `ngettext` takes two."""


class Catalogues(BuildHookInterface[Any]):
    """Hatchling's hook: a build has its catalogues, and a wheel has config/ inside the package."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are gathered; an editable install reads config/ where it is."""
        compile_all(Path(self.root))
        if version != "editable":
            build_data["force_include"]["config"] = "counter_tui/_config"


def po_path(root: Path, language: str) -> Path:
    """Where a language's catalogue is."""
    return root / "config" / "locales" / language / "LC_MESSAGES" / "counter.po"


def header(language: str) -> bytes:
    """The head of a catalogue, without dates or tools, so that a change shows as what it is."""
    return (
        "# Words of the screens; kept by scripts/catalogues.py.\n"
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n\n'
    ).encode()


def empty(language: str) -> Catalog:
    """A catalogue without texts that knows its language's plurals."""
    return read_po(BytesIO(header(language)), locale=language)


def load(root: Path, language: str) -> Catalog:
    """A language's catalogue; an empty one where there is none yet."""
    path = po_path(root, language)
    return read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else empty(language)


def save(root: Path, language: str, catalog: Catalog) -> None:
    """Write a catalogue, sorted by msgid and without places."""
    body = BytesIO()
    write_po(body, catalog, width=116, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    path = po_path(root, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header(language) + body.getvalue().strip() + b"\n")


def compile_all(root: Path) -> None:
    """Write the .mo beside each .po."""
    for language in LANGUAGES:
        with po_path(root, language).with_suffix(".mo").open("wb") as file:
            write_mo(file, load(root, language))


def trees(root: Path, folder: str) -> Iterator[ast.Module]:
    """The source of a folder, parsed."""
    for path in sorted((root / folder).rglob("*.py")):
        yield ast.parse(path.read_text("utf-8"), str(path))


def sentences(root: Path) -> Catalog:
    """Every msgid that the source hands to gettext, also from inside an f-string."""
    found = Catalog()
    for node in (node for tree in trees(root, SOURCE) for node in ast.walk(tree)):
        match node:
            case ast.Call(ast.Name("ngettext"), [ast.Constant(value=str(one)), ast.Constant(value=str(many)), _]):
                found.add((one, many))
            case ast.Call(ast.Name(id=name) | ast.Attribute(attr=name), [ast.Constant(value=str(msgid))]):
                if name in SENTENCE_TAKERS and msgid and not CODE.fullmatch(msgid):
                    found.add(msgid)
    return found


def literals(root: Path, folder: str, takers: re.Pattern[str]) -> set[str]:
    """The codes in the source of a folder: first arguments of takers' calls, and whatever looks like one of these."""
    taken: set[str] = set()
    others: set[str] = set()
    for node in (node for tree in trees(root, folder) for node in ast.walk(tree)):
        match node:
            case ast.Call(ast.Name(id=name) | ast.Attribute(attr=name), [ast.Constant(value=str(code)), *_]):
                if takers.fullmatch(name) and CODE.fullmatch(code):
                    taken.add(code)
            case ast.Constant(value=str(code)) if CODE.fullmatch(code) and not code.endswith(".toml"):
                others.add(code)
    rooms = {room_of(code) for code in taken}
    return taken | {code for code in others if room_of(code) in rooms}


def room_of(code: str) -> str:
    """The first word of a code: `store` of `store.locked`."""
    return code.partition(".")[0]


def rows(root: Path, file: str, table: str) -> list[dict[str, Any]]:
    """The rows of a table under config/; none where there is no such file."""
    path = root / "config" / file
    found = tomllib.loads(path.read_text("utf-8")).get(table, []) if path.exists() else []
    return list(found)


def codes(root: Path) -> Iterator[str]:
    """Every code that needs a text: what the source raises or says, what the cache raises, and what config/ names."""
    yield from literals(root, SOURCE, CODE_TAKERS)
    yield from (f"store.{code}" for code in literals(root, "offline_cache", CACHE_ERRORS))
    for finding in rows(root, "findings.toml", "finding"):
        yield f"finding.{finding['code']}"
        yield f"action.{finding['action']}"
    yield from (f"indicator.{row['id']}" for row in rows(root, "risk.toml", "indicator"))
    yield from (f"reason.{reason['code']}" for reason in rows(root, "reasons.toml", "reason"))
    for row in rows(root, "two_persons.toml", "matter"):
        yield from (f"matter.{row['matter']}", f"solo.{row['solo']}")
    yield from (f"override.{row['code']}" for row in rows(root, "override.toml", "never"))
    yield from (f"override.reason.{row['code']}" for row in rows(root, "override.toml", "reason"))
    for path in sorted((root / "config" / "procedures").glob("*.toml")):
        procedure = tomllib.loads(path.read_text("utf-8"))
        own = procedure.get("texts", {})
        named = (f"procedure.{procedure['id']}", *(step["code"] for step in procedure["step"]))
        yield from (code for code in named if code not in own)


def flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """The leaves of a part: a code and its text in each language."""
    for key, value in table.items():
        code = f"{prefix}.{key}" if prefix else key
        if not isinstance(value, dict):
            raise SystemExit(f"{code}: a string where a table with {', '.join(LANGUAGES)} should be")
        if all(isinstance(value.get(language), str) for language in LANGUAGES):
            yield code, {language: value[language] for language in LANGUAGES}
        yield from flatten({inner: below for inner, below in value.items() if inner not in LANGUAGES}, code)


def extract(root: Path) -> None:
    """Bring both catalogues up to the source: new sentences in, gone ones out, parts taken in."""
    template = sentences(root)
    parts = sorted((root / "config" / "locales" / "parts").glob("*.toml"))
    given = dict(pair for part in parts for pair in flatten(tomllib.loads(part.read_text("utf-8"))))
    for language in LANGUAGES:
        old = load(root, language)
        new = empty(language)
        kept_codes = {m.id: m.string for m in old if isinstance(m.id, str) and CODE.fullmatch(m.id) and m.string}
        texts = dict.fromkeys(codes(root), "") | kept_codes | {code: given[code][language] for code in given}
        for code, text in texts.items():
            new.add(code, text)
        for message in template:
            if message.id:
                kept = old.get(message.id if isinstance(message.id, str) else message.id[0])
                same = message.id if language == "en" else ""
                new.add(message.id, kept.string if kept and kept.id == message.id and all(strings(kept)) else same)
        save(root, language, new)
    for part in parts:
        part.unlink()


def placeholders(text: str) -> set[str]:
    """The names in braces of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def strings(message: Message) -> tuple[str, ...]:
    """The texts of a message: one, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def problems(root: Path) -> Iterator[str]:
    """What is wrong with the catalogues, a line each."""
    catalogs = {language: load(root, language) for language in LANGUAGES}
    wanted: set[object] = {message.id for message in sentences(root) if message.id} | set(codes(root))
    wanted |= {message.id for catalog in catalogs.values() for message in catalog if message.id}
    for msgid in sorted(wanted, key=str):
        first = msgid[0] if isinstance(msgid, tuple) else str(msgid)
        names: dict[str, set[str]] = {}
        for language, catalog in catalogs.items():
            message = catalog.get(first)
            if message is None or message.id != msgid:
                yield f"{language}: missing: {msgid!r} (scripts/catalogues.py extract)"
            elif not all(strings(message)) or message.fuzzy:
                yield f"{language}: no text: {msgid!r}"
            else:
                try:
                    names[language] = set().union(*map(placeholders, strings(message)))
                except ValueError as error:
                    yield f"{language}: {msgid!r}: {error}"
        if len(names) == len(LANGUAGES) and len({frozenset(found) for found in names.values()}) > 1:
            yield f"placeholders differ: {msgid!r}: {names}"
    for part in sorted((root / "config" / "locales" / "parts").glob("*.toml")):
        yield f"{part.name}: not taken in yet (scripts/catalogues.py extract)"


def check(root: Path) -> None:
    """Print every problem; exit 1 where there is one."""
    found = list(problems(root))
    print(*found, sep="\n", end="\n" if found else "")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    commands = {"compile": compile_all, "extract": extract, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        raise SystemExit(__doc__)
    commands[sys.argv[1]](ROOT)
