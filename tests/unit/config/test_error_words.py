"""Every error has its words, in both languages, with the parameters that it is made with."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_tui import settings
from tests.unit.config.test_settings import PLACEHOLDER, TEXTS, said


def raised() -> Iterator[tuple[str, set[str]]]:
    """Every code that an AgencyError or a ConfigError is made of, with the names of its parameters."""
    for source in Path(settings.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            match node:
                case ast.Call(ast.Name("AgencyError" | "ConfigError"), [ast.Constant(str(code))], given):
                    yield code, {one.arg for one in given if one.arg}


@pytest.mark.parametrize(("code", "given"), [pytest.param(*one, id=one[0]) for one in raised()])
def test_every_error_says_in_both_languages_what_happened_with_the_parameters_it_has(
    code: str, given: set[str]
) -> None:
    for language in TEXTS:
        assert set(PLACEHOLDER.findall(said(language, code))) <= given


def written() -> set[str]:
    """Every text that stands in the source by itself: a code that is handed on before an error is made of it is one."""
    sources = (source.read_text("utf-8") for source in Path(settings.__file__).parent.rglob("*.py"))
    return {node.value for source in sources for node in ast.walk(ast.parse(source)) if _is_text(node)}  # type: ignore[attr-defined]


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_errors_have_their_words_under_their_own_code_alone() -> None:
    rooms, known, given = ("agency.", "config."), written(), {code for code, _ in raised()}
    for language, texts in TEXTS.items():
        kept = {str(message.id) for message in texts}
        of_errors = {code for code in kept if code.startswith(rooms)}
        assert given - kept == set(), language
        assert of_errors - known == set(), language
        assert not [code for code in kept if code.startswith("error.")]
