"""The street: which module may know which, read from the source, and what that buys at import time.

Law: at run time a module imports only from its own row of `STREET` or from rows before it, and never in a circle. An
import under `if TYPE_CHECKING` may look up the street (a signature may name what is built later), but no import of any
kind leaves the core for the kit, enters the core from the browser, or reaches for `scenarios` or `tests`.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from attrs import frozen

ROOT = Path(__file__).parent.parent
SOURCE_ROOTS = (ROOT, ROOT / "testing")

# In reading order; a name stands for the module or for the whole package.
STREET: tuple[tuple[str, ...], ...] = (
    (
        "values",
        "errors",
        "log",
        "safe",
        "persistent",
        "twin",
        "references",
        "differences",
        "effects",
        "params",
        "destinations",
        "attribute_types",
        "media_types",
        "signatures",
        "unchanging",
    ),
    ("rendered", "html", "js"),
    (
        "assigns",
        "streams",
        "async_result",
        "messages",
        "facts",
        "navigation",
        "attaching",
        "tasks",
        "uploads",
        "uploading",
    ),
    ("forms", "changeset", "pydantic_forms"),
    ("socket",),
    ("hooks", "view", "router", "transfers"),
    ("describing", "declarations", "tokens", "heex"),
    ("diff", "whole"),
    ("component", "components"),
    ("state", "turn", "mounting", "receiving", "process"),
)
ROW = {name: row for row, names in enumerate(STREET) for name in names}
BANNED = {"utils", "util", "helpers", "common", "manager", "base", "types", "misc"}


@frozen
class Arrow:
    """One import statement: who, whom, where, and whether only a type checker follows it."""

    source: str
    target: str
    line: int
    typing: bool

    def __str__(self) -> str:
        return f"{self.source}:{self.line} imports {self.target}"


def modules() -> dict[str, Path]:
    """Every module of the core and the kit, by its dotted name."""
    found: dict[str, Path] = {}
    for root, packages in zip(
        SOURCE_ROOTS, (["liveview_core"], ["liveview_testing", "_liveview_command.py", "_liveview_pytest.py"])
    ):
        for package in packages:
            for path in sorted((root / package).rglob("*.py")) or [root / package]:
                found[".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")] = path
    return found


MODULES = modules()
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def imports(node: ast.AST, typing: bool = False) -> Iterator[tuple[str, int, bool]]:
    """The imported names below `node`, inside functions too: an import made late is still an arrow."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import(names=names):
                yield from ((name.name, child.lineno, typing) for name in names)
            case ast.ImportFrom(module=str(module), names=names):
                for name in names:
                    inner = f"{module}.{name.name}"
                    yield (inner if inner in MODULES else module), child.lineno, typing
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                for inner_node in child.body:
                    yield from imports(ast.Module([inner_node], []), True)
                for inner_node in child.orelse:
                    yield from imports(ast.Module([inner_node], []), typing)
            case _:
                yield from imports(child, typing)


ARROWS = [Arrow(name, *found) for name, tree in TREES.items() for found in imports(tree)]
CORE = [arrow for arrow in ARROWS if arrow.source.startswith("liveview_core")]
KIT = [arrow for arrow in ARROWS if not arrow.source.startswith("liveview_core")]


def row(module: str) -> int:
    """The row of a core module; the facade stands after all of them."""
    parts = module.split(".")
    return ROW[parts[1]] if len(parts) > 1 else len(STREET)


def below(package: str, module: str) -> bool:
    """Whether `module` is `package` or lies in it."""
    return module == package or module.startswith(f"{package}.")


def test_every_core_module_has_its_place_on_the_street() -> None:
    """A new module is put on the street on purpose, and what is on the street exists."""
    present = {name.split(".")[1] for name in MODULES if name.startswith("liveview_core.")}
    assert present - set(ROW) == set()
    assert set(ROW) - present == set()


def test_core_imports_go_down_the_street() -> None:
    """`values <- socket <- hooks, view <- templates <- diff <- process`."""
    upward = [
        str(arrow)
        for arrow in CORE
        if below("liveview_core", arrow.target) and not arrow.typing and row(arrow.target) > row(arrow.source)
    ]
    assert upward == []


def test_no_circles() -> None:
    """The order of reading exists: the import graph of core and kit, without type-only arrows, can be sorted."""
    graph = {name: set[str]() for name in MODULES}
    for arrow in ARROWS:
        if arrow.target in MODULES and not arrow.typing and arrow.target != arrow.source:
            graph[arrow.source].add(arrow.target)
    assert len(tuple(TopologicalSorter(graph).static_order())) == len(MODULES)


def test_core_never_imports_the_kit() -> None:
    """Not even for a type, nor any library of the kit: the core runs on attrs (cattrs, pydantic: on request)."""
    allowed = set(sys.stdlib_module_names) | {"liveview_core", "attrs", "attr", "cattrs", "pydantic"}
    assert [str(arrow) for arrow in CORE if arrow.target.split(".")[0] not in allowed] == []


def reachable(start: str) -> set[str]:
    """Every module of ours that `start` leads to at run time."""
    seen: set[str] = set()
    todo = [name for name in MODULES if below(start, name)]
    while todo:
        seen.add(name := todo.pop())
        todo += [
            arrow.target for arrow in ARROWS if arrow.source == name and not arrow.typing and arrow.target not in seen
        ]
    return seen & set(MODULES)


def test_browser_never_imports_the_core() -> None:
    """A second, independent reading of the wire: it knows no module of the server, above all not `diff`.

    Not by a detour either: what it shares with the core is the base class of all errors, and the way values are declared.
    """
    browser = [arrow for arrow in KIT if below("liveview_testing.browser", arrow.source)]
    named = [str(arrow) for arrow in browser if below("liveview_core", arrow.target)]
    assert [arrow for arrow in named if not arrow.endswith(" imports liveview_core.values.declaring")] == []
    assert {name for name in reachable("liveview_testing.browser") if below("liveview_core", name)} <= {
        "liveview_core.errors",
        "liveview_core.values.declaring",
    }
    assert len(browser) > 10


def test_nobody_imports_scenarios_or_tests() -> None:
    """They are read, run and played; nothing leans on them."""
    wrong = {"scenarios", "tests", "benchmarks", "testing"}
    assert [str(arrow) for arrow in ARROWS if arrow.target.split(".")[0] in wrong] == []


def test_kit_never_imports_the_differ() -> None:
    """The kit may hold a process, but it never computes what that process should have sent."""
    assert [
        str(arrow) for arrow in KIT if below("liveview_core.rendering.diff", arrow.target) and not arrow.typing
    ] == []


def test_module_names_are_nouns_of_the_model() -> None:
    """No drawer for everything."""
    assert [name for name in MODULES if BANNED & set(name.split("."))] == []


def test_every_module_opens_with_what_it_owns() -> None:
    """The first thing in a file is a docstring of at least a full sentence."""
    silent = [name for name, tree in TREES.items() if not (ast.get_docstring(tree) or "").rstrip("`").count(" ") >= 4]
    assert silent == []


def definitions(tree: ast.Module) -> set[str]:
    """The names a module makes itself at its top level."""
    made: set[str] = set()
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                made.add(name)
            case ast.Assign(targets=targets):
                made |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                made.add(name)
            case _:
                pass
    return made


@pytest.mark.parametrize("package", ["liveview_core", "liveview_testing"])
def test_each_public_name_has_one_home(package: str) -> None:
    """A name of the facade is listed once and made by one module (the browser inside has its own, private words)."""
    facade = importlib.import_module(package)
    names: list[str] = list(facade.__all__)
    assert len(set(names)) == len(names)
    assert [name for name in names if not hasattr(facade, name)] == []
    public = [name for name in MODULES if below(package, name) and not below("liveview_testing.browser", name)]
    made = {module: definitions(TREES[module]) for module in public}
    homes = {name: [module for module, own in made.items() if name in own and module != package] for name in names}
    assert {
        name: found for name, found in homes.items() if len(found) != 1 and f"{package}.{name}" not in MODULES
    } == {}


def bare_python(folder: Path, names: list[str], code: str) -> subprocess.CompletedProcess[str]:
    """Run `code` where only `names` can be imported beside the standard library."""
    for name in names:
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        (folder / name).symlink_to(Path(spec.origin).parent)
    prepared = f"import sys; sys.path.insert(0, {str(folder)!r}); {code}"
    return subprocess.run([sys.executable, "-I", "-S", "-c", prepared], check=False, capture_output=True, text=True)


def test_core_needs_attrs_only(tmp_path: Path) -> None:
    """`import liveview_core` and a render, with nothing but attrs installed."""
    ran = bare_python(
        tmp_path, ["attr", "attrs", "liveview_core"], "import liveview_core; print(len(liveview_core.__all__))"
    )
    assert ran.stderr == ""
    assert int(ran.stdout) > 10


def test_kit_without_its_extra_names_the_cure(tmp_path: Path) -> None:
    """One line, with the command that mends it."""
    ran = bare_python(tmp_path, ["attr", "attrs", "liveview_core", "liveview_testing"], "import liveview_testing")
    assert ran.returncode == 1
    assert "pip install 'liveview-core[testing]'" in ran.stderr.splitlines()[-1]


def test_core_imports_nothing_it_does_not_use() -> None:
    """Importing the core stays cheap: no kit, no asyncio, no network module, no HTML parser comes along."""
    code = "import sys, liveview_core; print(' '.join(sorted(sys.modules)))"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert (
        loaded & {"liveview_testing", "pytest", "hypothesis", "asyncio", "socketserver", "http.server", "selectolax"}
        == set()
    )
