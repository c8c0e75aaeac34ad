"""The guides' code runs, block after block, in one namespace each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
GUIDES = sorted(path.name for path in DOCS.glob("*.md") if "```python" in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("guide", GUIDES)
def test_the_code_of_a_guide_runs(guide: str) -> None:
    """Every block, in order; their assertions are the guide's claims."""
    text = (DOCS / guide).read_text(encoding="utf-8")
    blocks = list(re.finditer(r"^```python\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE))
    space: dict[str, Any] = {"__name__": f"guide_{guide}"}
    for block in blocks:
        line = text.count("\n", 0, block.start(1))
        exec(compile("\n" * line + block.group(1), str(DOCS / guide), "exec"), space)

    assert blocks


# --- docstrings -----------------------------------------------------------------------------------------------------------

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
