"""The catalogues' keeper takes in what is new, keeps what is translated, and names what is wrong."""

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from scripts import catalogues

SOURCE = """
from .words import _, ngettext, say
from .errors import StoreError

def greet(count):
    print(f"1 {_('Swipe a document, {name}.')}")
    ngettext("{count} waits", "{count} wait", count)
    say("status.cut")
    open("posts.toml")
    raise StoreError("store.locked", path="x")
"""
SENTENCE = "Swipe a document, {name}."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "counter_tui").mkdir()
    (tmp_path / "counter_tui" / "screen.py").write_text(SOURCE, "utf-8")
    return tmp_path


def part(root: Path, text: str) -> Path:
    path = root / "config" / "locales" / "parts" / "some.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def translate(root: Path, texts: dict[str, str | tuple[str, ...]]) -> None:
    catalog = catalogues.load(root, "id")
    for msgid, text in texts.items():
        message = catalog.get(msgid)
        assert message is not None, msgid
        message.string = text
    catalogues.save(root, "id", catalog)


def whole(root: Path) -> None:
    part(
        root,
        """
        [store.locked]
        en = "Locked: {path}."
        id = "Terkunci: {path}."
        [status]
        cut = {en = "cut", id = "putus"}
        """,
    )
    catalogues.extract(root)
    translate(root, {SENTENCE: "Gesek dokumen, {name}.", "{count} waits": ("{count} menunggu",)})


def texts(catalog: Catalog) -> dict[object, object]:
    return {message.id: message.string for message in catalog if message.id}


def test_what_is_new_is_wanted_in_the_languages_that_lack_it(root: Path) -> None:
    catalogues.extract(root)
    assert list(catalogues.problems(root)) == [
        "id: no text: ('{count} waits', '{count} wait')",
        f"id: no text: {SENTENCE!r}",
        "en: no text: 'status.cut'",
        "id: no text: 'status.cut'",
        "en: no text: 'store.locked'",
        "id: no text: 'store.locked'",
    ]


def test_what_was_never_extracted_is_missing(root: Path) -> None:
    found = list(catalogues.problems(root))
    assert f"id: missing: {SENTENCE!r} (scripts/catalogues.py extract)" in found
    assert "en: missing: 'store.locked' (scripts/catalogues.py extract)" in found


def test_a_part_moves_into_the_catalogues(root: Path) -> None:
    whole(root)
    assert not (root / "config" / "locales" / "parts" / "some.toml").exists()
    assert list(catalogues.problems(root)) == []
    assert texts(catalogues.load(root, "en"))["store.locked"] == "Locked: {path}."


def test_a_part_left_lying_is_named(root: Path) -> None:
    whole(root)
    part(root, "")
    assert list(catalogues.problems(root)) == ["some.toml: not taken in yet (scripts/catalogues.py extract)"]


def test_extracting_again_changes_nothing(root: Path) -> None:
    whole(root)
    before = {language: catalogues.po_path(root, language).read_bytes() for language in catalogues.LANGUAGES}
    catalogues.extract(root)
    assert {language: catalogues.po_path(root, language).read_bytes() for language in catalogues.LANGUAGES} == before


def test_a_sentence_that_is_gone_goes_and_a_code_stays(root: Path) -> None:
    whole(root)
    (root / "counter_tui" / "screen.py").write_text("", "utf-8")
    catalogues.extract(root)
    assert sorted(map(str, texts(catalogues.load(root, "id")))) == ["status.cut", "store.locked"]


def test_placeholders_must_agree(root: Path) -> None:
    whole(root)
    translate(root, {SENTENCE: "Gesek dokumen, {nama}."})
    assert list(catalogues.problems(root)) == [
        f"placeholders differ: {SENTENCE!r}: {{'en': {{'name'}}, 'id': {{'nama'}}}}"
    ]


def test_a_broken_placeholder_is_named(root: Path) -> None:
    whole(root)
    translate(root, {SENTENCE: "Gesek dokumen, {name."})
    assert [line for line in catalogues.problems(root) if line.startswith("id: ")]


def test_compiled_words_are_found_by_gettext(root: Path) -> None:
    whole(root)
    catalogues.compile_all(root)
    indonesian = gettext.translation("counter", root / "config" / "locales", ["id"])
    assert indonesian.gettext(SENTENCE) == "Gesek dokumen, {name}."
    assert [indonesian.ngettext("{count} waits", "{count} wait", n) for n in (1, 2)] == ["{count} menunggu"] * 2
    english = gettext.translation("counter", root / "config" / "locales", ["en"])
    assert english.gettext("status.cut") == "cut"
    assert [english.ngettext("{count} waits", "{count} wait", n) for n in (1, 2)] == ["{count} waits", "{count} wait"]


def test_a_part_that_is_no_table_of_texts_is_refused(root: Path) -> None:
    part(root, 'store = "Locked"')
    with pytest.raises(SystemExit, match="store: a string where"):
        catalogues.extract(root)


def test_codes_are_found_wherever_they_stand(root: Path) -> None:
    (root / "counter_tui" / "screen.py").write_text(
        'SignInError("signin.nobody")\nSignInError("signin.locked" if long else "signin.wait")\nopen("posts.toml")\n',
        "utf-8",
    )
    (root / "offline_cache").mkdir()
    (root / "offline_cache" / "vault.py").write_text('raise VaultBusy("vault.busy", path="x")\n', "utf-8")
    config = root / "config"
    config.mkdir()
    (config / "findings.toml").write_text('[[finding]]\ncode = "imm.lost"\naction = "keep"\n', "utf-8")
    (config / "reasons.toml").write_text('[[reason]]\ncode = "hold.cash"\n', "utf-8")
    (config / "procedures").mkdir()
    own = 'id = "sop1"\nstep = [{code = "step.ask"}, {code = "step.own"}]\n[texts."step.own"]\nen = "ours"\n'
    (config / "procedures" / "sop1.toml").write_text(own, "utf-8")
    assert sorted(catalogues.codes(root)) == [
        "action.keep",
        "finding.imm.lost",
        "procedure.sop1",
        "reason.hold.cash",
        "signin.locked",
        "signin.nobody",
        "signin.wait",
        "step.ask",
        "store.vault.busy",
    ]
