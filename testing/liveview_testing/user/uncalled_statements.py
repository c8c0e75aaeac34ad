"""Statements that do nothing: `page.get_by_role("button").click`, without its brackets; `view.has_element("p")`, without `assert`;
`view.form("#f", {"a": "b"})`, which nobody submits.

Owns the look for them in the text of a test. Law: it costs a search or two in a text where there is none, and what is told does
nothing, whatever it is asked of: inside `with pytest.raises(…)` it may be what is tested.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from liveview_core.values.patterns import late_pattern
from liveview_testing.failures.misuse.asked_functions import says_nothing
from liveview_testing.world.page_checks import PageWarning

__all__ = ["idle", "tell", "tell_if_idle"]

_SURE = late_pattern(r"(?:assert|refute|to|not_to|render|follow)_\w+|has_element")
"""Names that nobody gives to a value: as an assertion they are idle too."""
_ASKS = r"has_element|is_(?:visible|hidden|enabled|disabled|checked|editable)"
_ASKED = late_pattern(_ASKS)
_UNHEARD = late_pattern(rf"^[ \t]+[A-Za-z_][\w.]*(?:\(.*\))?[\w.]*\.(?:{_ASKS})\(", re.MULTILINE)
_DESCRIPTIONS = r"get_by_(?:role|text|label|placeholder|alt_text|title|test_id)|locator|element|form|file_input"
_DESCRIBES = late_pattern(_DESCRIPTIONS)
_ANSWERS = late_pattern(
    rf"{_ASKS}|exists|text|count|inner_text|text_content|input_value|get_attribute|all_inner_texts|page_title|assigns|expect"
)
"""What a comparison with a page is about."""
_SELECTOR = late_pattern(r"[#.\[*:]|[a-z][\w-]*(?:$|[#.\[:> ,+~])")
_LATER = ("always", "sometimes", "eventually")
_KEYWORD = r"(?!(?:assert|if|elif|while|return|for|with|yield|raise|not|print|except|case|match|del|lambda|await)\b)"
_CALL = r"\((?:[^()\n]|\((?:[^()\n]|\([^()\n]*\))*\))*\)"
_CHAIN = rf"{_KEYWORD}[A-Za-z_]\w*(?:\.\w+|{_CALL}|\[[^\]\n]*\])*"
_LIKELY = late_pattern(
    rf"^[ \t]+{_CHAIN}\.(?:{_DESCRIPTIONS}){_CALL}(?:\.exists)?[ \t]*(?:#.*)?$"
    rf"|^[ \t]+(?:{_CHAIN}|'[^'\n]*'|\"[^\"\n]*\"|\d+)[ ](?:[=!]=|[<>]=?|(?:not )?in|is)[ ]"
    rf"|^[ \t]+assert (?:(?:not )?expect\(|.*\.(?:{_DESCRIPTIONS})\(.*\) is (?:not )?None)"
    r"|\b(?:laws|lints)\.\w+[ \t]*$|\.(?:concurrently\(\)|store\.update)[ \t]*$"
    r"|^[ \t]+(?:(?:map|filter|always|sometimes|eventually)\(|lambda\b.*\)$|\(\w+\.\w+.*\bfor\b.*\)$)",
    re.MULTILINE,
)
"""What a text has in which one of the rarer statements may be."""

_ONE_LINE = late_pattern(
    r"^[ \t]*(?:(?:async )?def [^\n]*\)(?: ->[^\n:]*)?|(?:(?:async )?(?:with|for)|if|elif|else|while|try|except|finally)\b[^\n]*)"
    r":[ \t]+[A-Za-z_]|;[ \t]*[A-Za-z_]\w*[.(]",
    re.MULTILINE,
)
"""Where a statement stands that does not begin its line."""


def idle(text: str) -> list[tuple[int, int, str]]:
    """The line, the column and the words for each statement of a module that only names a method, or asserts one."""
    rarer = _LIKELY.search(text) is not None or _ONE_LINE.search(text) is not None
    if not rarer and not _names_a_method(text) and _UNHEARD.search(text) is None:
        return []
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return []
    methods = _of_handles() | _of_expectations()
    found: list[tuple[int, int, str]] = []
    for node in ast.walk(tree):
        value = node.value if isinstance(node, ast.Expr) else node.test if isinstance(node, ast.Assert) else None
        if isinstance(node, ast.Expr) and (words := _unheard(node.value)) is not None:
            found.append((node.lineno, node.col_offset + 1, words))
        if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.Not):
            value = value.operand
        if not isinstance(value, ast.Attribute) or value.attr not in methods:
            continue
        if isinstance(node, ast.Assert) and _SURE.fullmatch(value.attr) is None:
            continue
        code = ast.unparse(value)
        said = f"…{code[-60:]}" if len(code) > 60 else code
        done = "does nothing" if isinstance(node, ast.Expr) else "asserts nothing, as a method is always true"
        words = (
            f"`{said}` {done}: it names the method, and does not call it\n  cure: .{value.attr}(…), with its brackets"
        )
        found.append((value.end_lineno or value.lineno, value.col_offset + 1, words))
    if rarer:
        lines = {line for line, _, _ in found}
        found += [each for each in _rarer(tree, methods) if each[0] not in lines]
    return sorted(found)


def _rarer(tree: ast.AST, methods: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Statements that describe, compare or promise something, and are left at that."""
    ours = {
        each.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("liveview_testing")
        for each in node.names
    }
    for node in _statements(tree):
        if isinstance(node, ast.Expr):
            told = _left(node.value, methods, ours)
        else:
            told = _vacuous(node.test)
        if told is not None:
            said = ast.unparse(node.value if isinstance(node, ast.Expr) else node.test)
            said = f"…{said[-60:]}" if len(said) > 60 else said
            yield node.lineno, node.col_offset + 1, f"`{said}` {told}"


def _statements(node: ast.AST) -> Iterator[ast.Expr | ast.Assert]:
    """All that are an expression or an assertion, but for those inside `with pytest.raises(…)`."""
    if isinstance(node, ast.With | ast.AsyncWith) and any(_raises(each.context_expr) for each in node.items):
        return
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.Expr | ast.Assert):
            yield each
        elif isinstance(each, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from _statements(each)


def _raises(call: ast.expr) -> bool:
    return isinstance(call, ast.Call) and _called(call) in (
        "raises",
        "warns",
        "assertRaises",
        "assertRaisesRegex",
        "suppress",
    )


def _called(call: ast.Call) -> str:
    """The last name of what is called."""
    function = call.func
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _describes(value: ast.expr) -> bool:
    """Whether it is surely an element that is described, there or not."""
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return False
    name = value.func.attr
    if _DESCRIBES.fullmatch(name) is None:
        return False
    if name.startswith("get_by_"):
        return True
    first = value.args[0] if value.args else None
    return isinstance(first, ast.Constant) and isinstance(first.value, str) and _SELECTOR.match(first.value) is not None


def _left(value: ast.expr, methods: frozenset[str], ours: set[str]) -> str | None:
    """What is said of an expression that is left at that."""
    if isinstance(value, ast.Call) and _describes(value):
        acts = (
            ".render_submit(), .render_change(), …"
            if _called(value) == "form"
            else ".render_click(), .click(), expect(…), …"
        )
        return f"does nothing: it describes an element, and nothing is done with it\n  cure: {acts}"
    if isinstance(value, ast.Attribute) and value.attr == "exists" and _describes(value.value):
        return f"asserts nothing: it asks, and nobody takes the answer\n  cure: assert {ast.unparse(value)}"
    if (
        isinstance(value, ast.Attribute)
        and isinstance(value.value, ast.Name)
        and value.value.id in ours & {"laws", "lints"}
    ):
        return "does nothing: it names the law, and holds nothing to it\n  cure: with its brackets"
    if isinstance(value, ast.Attribute) and ast.unparse(value).endswith(".store.update"):
        return "does nothing: it names the method, and does not call it\n  cure: .update(name, function), with its brackets"
    if isinstance(value, ast.Compare | ast.BoolOp) and any(_answer(each) for each in ast.walk(value)):
        return f"asserts nothing: it compares, and nobody takes the answer\n  cure: assert {ast.unparse(value)}"
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "concurrently":
        return "does nothing: what is done at the same time stands inside it\n  cure: with sim.concurrently(): …"
    if isinstance(value, ast.Call) and _called(value) in _LATER and _called(value) in ours:
        return f"does nothing: it is what `explore` looks at\n  cure: explore(sim, …, {_called(value)}(…))"
    lazy = isinstance(value, ast.GeneratorExp | ast.Lambda)
    if lazy or (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in ("map", "filter")
    ):
        inside = (
            each for each in ast.walk(value) if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute)
        )
        if any(_called(each) in methods for each in inside):
            return "does nothing: nobody runs what is inside\n  cure: a loop: for each in …: …"
    return None


def _answer(node: ast.AST) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return _ANSWERS.fullmatch(name) is not None


def _vacuous(test: ast.expr) -> str | None:
    """What is said of an assertion that always holds, or never."""
    match test:
        case ast.Compare(left=left, ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]) if _describes(left):
            return "asserts nothing: it describes an element, there or not, and is never None\n  cure: .exists, or expect(…)"
        case ast.UnaryOp(op=ast.Not(), operand=ast.Compare(left=left, ops=[ast.Is()])) if _describes(left):
            return "asserts nothing: it describes an element, there or not, and is never None\n  cure: .exists, or expect(…)"
        case ast.UnaryOp(op=ast.Not(), operand=ast.Call(func=ast.Attribute(value=asked))) if _is_expect(asked):
            return "asserts nothing: an expectation answers nothing\n  cure: expect(…).not_to_…(…), without `assert`"
        case ast.Call(func=ast.Attribute(value=asked, attr=name)) if _is_expect(asked) and _SURE.fullmatch(name):
            return "fails where it holds: an expectation answers nothing\n  cure: expect(…).to_…(…), without `assert`"
        case ast.Attribute(value=ast.Name(id=("laws" | "lints"))):
            return "asserts nothing: it names the law, and holds nothing to it\n  cure: with its brackets, without `assert`"
        case _:
            return None


def _is_expect(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and _called(value) == "expect"


def _unheard(value: ast.expr) -> str | None:
    """A question whose answer nobody takes."""
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return None
    name = value.func.attr
    if _ASKED.fullmatch(name) is None:
        return None
    code = ast.unparse(value)
    said = f"…{code[-60:]}" if len(code) > 60 else code
    return f"`{said}` asserts nothing: it asks, and nobody takes the answer\n  cure: assert {said.removeprefix('…')}"


def tell(file: str) -> None:
    """Warn of the idle statements of a module, each at its own line."""
    try:
        text = Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    for line, _, words in idle(text):
        if words.startswith("`expect(") and " does nothing: " in words:
            continue  # it says so itself when it is dropped
        if any(file == told and begin <= line <= end for told, begin, end in _told):
            continue  # the function that it is all of
        warnings.warn_explicit(words, PageWarning, file, line)


def tell_if_idle(what: str, function: Callable[..., Any]) -> None:
    """Warn once of a function that is asked whether something holds, and says nothing: it answers None, and cannot raise."""
    cure = says_nothing(function)
    code: Any = getattr(getattr(function, "__func__", function), "__code__", None)
    if cure is None:
        return
    file, begin = code.co_filename, code.co_firstlineno
    end = max(line for _, _, line in code.co_lines() if line is not None)
    if (file, begin, end) not in _told:
        _told.add((file, begin, end))
        words = f"{what} asserts nothing: it answers None, and nothing in it can raise\n  cure: {cure}"
        warnings.warn_explicit(words, PageWarning, file, begin)


_told: set[tuple[str, int, int]] = set()


@cache
def _of_handles() -> frozenset[str]:
    """The names of what is done with a page, a view, a world."""
    from liveview_testing.user.handles.element import Element
    from liveview_testing.user.handles.file_input import FileInput
    from liveview_testing.user.locators.acting.keyboard import Keyboard
    from liveview_testing.user.locators.network import Network
    from liveview_testing.user.simulation import Locator, Page, Simulation, View
    from liveview_testing.world.simulation.clock import Clock
    from liveview_testing.world.simulation.tasks import Tasks

    return _methods(Locator, Page, View, Element, FileInput, Simulation, Keyboard, Network, Clock, Tasks)


@cache
def _of_expectations() -> frozenset[str]:
    """The names of what is expected of a page: their modules, which read pages, are run for a text that seems to have one."""
    from liveview_testing.user.locators.expecting.expect import LocatorAssertions, PageAssertions

    return _methods(LocatorAssertions, PageAssertions)


def _methods(*kinds: type) -> frozenset[str]:
    found: dict[str, bool] = {}
    for kind in kinds:
        for name in dir(kind):
            if not name.startswith("_"):
                found[name] = found.get(name, True) and callable(getattr(kind, name))
    return frozenset(name for name, always in found.items() if always)


_LAST_NAME = late_pattern(r"\.(\w+)(?=[ \t]*(?:#.*|[;)].*)?$)", re.MULTILINE)


def _names_a_method(text: str) -> bool:
    """Whether a line ends in the name of a method, or has one before a bracket or a semicolon that closes what it is in."""
    methods = _of_handles()
    return any(name in methods or name.startswith(("to_", "not_to_")) for name in _LAST_NAME.findall(text))
