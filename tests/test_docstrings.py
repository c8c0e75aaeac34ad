"""What docstrings, errors and warnings say is for users: no ids of rules, nothing that is not shipped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

UNSHIPPED = (
    "test-client|server|browser|js-client|locators|templates|api|api-next|architecture|house|worlds|models|looking"
)
RULE = re.compile(rf"\b[A-Z]{{2}}-\d+|\bN\d+(\.\d+)*\b|\b({UNSHIPPED})\.md\b")


def docstrings(source: Path) -> Iterator[tuple[int, str]]:
    """Every docstring of a module with its line, those of attributes too."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            for each in node.body:
                if (
                    isinstance(each, ast.Expr)
                    and isinstance(each.value, ast.Constant)
                    and isinstance(each.value.value, str)
                ):
                    yield each.lineno, each.value.value


@pytest.mark.parametrize("root", ["liveview_core", "testing"])
def test_docstrings_speak_to_users(root: str) -> None:
    """No ids of rules, which stand in comments, and no pointers to texts that are not shipped."""
    found = [
        f"{path.relative_to(ROOT)}:{line}: {match[0]}"
        for path in sorted((ROOT / root).rglob("*.py"))
        for line, text in docstrings(path)
        if (match := RULE.search(text)) is not None
    ]
    assert found == []


@pytest.mark.parametrize("root", ["liveview_core", "testing"])
def test_texts_speak_to_users(root: str) -> None:
    """Nor do errors and warnings cite rules: who reads them has no list of them. (A note keeps its rule in a field of its own.)"""
    cited = re.compile(r"\([A-Z]{2}-\d+(, [A-Z]{2}-\d+)*\)")
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {match[0]}"
        for path in sorted((ROOT / root).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and (match := cited.search(node.value))
    ]
    assert found == []
