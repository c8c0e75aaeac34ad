"""The rooms: which may know which, by which doors, and what that buys at import time; read from the source, without importing it.

Laws, for imports of every kind, those for type checkers and those inside functions too:

* an arrow goes down: a room knows only rooms on floors below its own, and two of one floor do not know each other;
* it goes through a door: only what a room's `__init__.py` names in `FACE`, or offers itself, is imported from outside;
* no two files know each other, not even by a detour;
* nothing leaves the core for the kit, enters the core from the browser, or reaches for `scenarios` or `tests`.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import itertools
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from attrs import frozen

from tests.kit_rooms import KIT_ROOMS

ROOT = Path(__file__).parent.parent
SOURCE_ROOTS = (ROOT, ROOT / "testing")

# Floor by floor, from the ground up, in reading order. A name is a folder or a module of the package; a folder inside a room is a
# part of it, unless it is named here itself.
ROOMS: dict[str, tuple[tuple[str, ...], ...]] = {
    "liveview_core": (
        ("frames",),
        ("errors",),
        ("tracebacks",),
        ("values",),
        ("protocol",),
        ("rendering",),
        ("declarations", "forms", "uploads", "heex.syntax"),
        ("socket", "heex.compile"),
        ("views", "heex"),
        ("components",),
        ("process",),
    ),
    "liveview_testing": KIT_ROOMS,
}
MEETING = {
    "browser",
    "browser.commands",
    "browser.connection",
    "browser.events",
    "browser.lifecycle",
    "browser.uploads",
}
"""Rooms of one floor that may know each other: one heart, cut by what it is about; its files make no circle all the same."""

PACKAGES = ("liveview_core", "liveview_testing")
DOORS, ENTRIES, FILES, LINES = 14, 14, 14, 425
"""How many entries a package shows at most, and a room; how many files a room has, and a file lines: what fits in a head."""

LONGER = {
    "liveview_testing.browser.dom.node": (450, "a cursor over the DOM: each of its ways around leads to the next"),
}
"""Files that are longer, how long they may be, and why they are one thing."""
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
                inner = [f"{module}.{name.name}" for name in names]
                yield from dict.fromkeys((each if each in MODULES else module, child.lineno, typing) for each in inner)
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


@cache
def room(module: str) -> tuple[str, str] | None:
    """The package and the room of a module; None for the package itself, which stands above all of its rooms."""
    package, _, path = module.partition(".")
    while path:
        if any(path in floor for floor in ROOMS.get(package, ())):
            return package, path
        path = path.rpartition(".")[0]
    return None


def floor(place: tuple[str, str]) -> int:
    """How high a room is."""
    package, name = place
    return next(number for number, names in enumerate(ROOMS[package]) if name in names)


def face(place: tuple[str, str]) -> set[str]:
    """What may be imported from a room: itself, and the modules that its `FACE` names."""
    start = ".".join(place)
    for node in TREES[start].body:
        match node:
            case ast.Assign(targets=[ast.Name(id="FACE")], value=ast.Tuple(elts=names)):
                return {start, *(f"{start}.{name.value!s}" for name in names if isinstance(name, ast.Constant))}
            case _:
                pass
    return {start}


def listed(folder: Path) -> list[str]:
    """What somebody sees who opens a folder."""
    return sorted(each.name for each in folder.iterdir() if each.name != "__pycache__")


def below(package: str, module: str) -> bool:
    """Whether `module` is `package` or lies in it."""
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("package", ROOMS)
def test_every_module_has_a_room(package: str) -> None:
    """A new folder or module is given its floor on purpose, and what has one exists."""
    present = [name for name in MODULES if name.startswith(f"{package}.")]
    assert [name for name in present if room(name) is None] == []
    assert [name for names in ROOMS[package] for name in names if f"{package}.{name}" not in MODULES] == []


@pytest.mark.parametrize("package", ROOMS)
def test_arrows_go_down(package: str) -> None:
    """A room knows what is below it. Where it needs a type from above: a Protocol of its own, or the value moves down."""
    wrong: list[str] = []
    for arrow in ARROWS:
        source, target = room(arrow.source), room(arrow.target)
        if source is None or target is None or source == target or not source[0] == target[0] == package:
            continue
        if {source[1], target[1]} <= MEETING and package == "liveview_testing":
            continue
        if floor(target) >= floor(source):
            wrong.append(
                f"{arrow}: turn it, as {target[1]} stands {'above' if floor(target) > floor(source) else 'beside'} "
                f"{source[1]}; a Protocol in {source[1]}, or what is needed moves to a room below both"
            )
    assert wrong == []


@pytest.mark.parametrize("package", ROOMS)
def test_rooms_are_entered_by_their_faces(package: str) -> None:
    """What a room keeps to itself may change without a look at the others."""
    wrong = [
        f"{arrow}: import it from {sorted(face(target))}, or name the module in FACE of {'.'.join(target)}"
        for arrow in ARROWS
        if (target := room(arrow.target)) is not None and target[0] == package
        if room(arrow.source) != target and arrow.source != package and arrow.target not in face(target)
    ]
    assert wrong == []


@pytest.mark.parametrize("package", ROOMS)
def test_a_face_is_what_others_look_at(package: str) -> None:
    """A room's `FACE` names nothing that is not there, or that nobody outside imports."""
    doors = {("forms", "inputs"), ("forms", "pydantic_forms")}  # for users alone
    looked_at = {arrow.target for arrow in ARROWS if room(arrow.source) != room(arrow.target)}
    looked_at |= {f"{package}.{path}.{name}" for path, name in doors}
    for names in ROOMS[package]:
        for name in names:
            named = face((package, name)) - {f"{package}.{name}"}
            assert named - set(MODULES) == set()
            assert named - looked_at == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_no_circles(package: str) -> None:
    """There is an order to read the files in; imports for types count, as they are a circle in the reader's head."""
    graph = {name: set[str]() for name in MODULES if below(package, name)}
    for arrow in ARROWS:
        if arrow.source in graph and arrow.target in graph and arrow.target != arrow.source:
            graph[arrow.source].add(arrow.target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        ring = {(importing, imported) for imported, importing in itertools.pairwise(circle)}
        arrows = "\n".join(f"  {arrow}" for arrow in ARROWS if (arrow.source, arrow.target) in ring)
        pytest.fail(f"a circle; turn one of these, by a Protocol or by moving what is needed down:\n{arrows}")


@pytest.mark.parametrize("package", ROOMS)
def test_rooms_and_files_fit_in_a_head(package: str) -> None:
    """A room that has grown too large is two; a file that has, too."""
    folders = {path.parent for name, path in MODULES.items() if below(package, name)}
    assert {
        str(each.relative_to(ROOT)): count for each in folders if (count := len([*each.glob("*.py")])) > FILES
    } == {}
    assert {
        str(each.relative_to(ROOT)): entries
        for each in folders
        if len(entries := [name for name in listed(each) if name not in ("__init__.py", "py.typed")]) > ENTRIES
    } == {}
    shown = [name for name in listed(MODULES[package].parent) if name not in ("__init__.py", "py.typed")]
    assert len(shown) <= DOORS, shown
    lengths = {
        name: path.read_text(encoding="utf-8").count("\n") for name, path in MODULES.items() if below(package, name)
    }
    assert {name: length for name, length in lengths.items() if length > LONGER.get(name, (LINES, ""))[0]} == {}
    assert [name for name in LONGER if below(package, name) and lengths[name] <= LINES] == []


@pytest.mark.parametrize("package", ROOMS)
def test_a_room_says_what_it_owns(package: str) -> None:
    """The prose of a folder: what it owns, its law, the order to read it in."""
    said = (r"\bOwns\b", r"\bLaws?: ", r"\bRead\b")
    assert {
        name: missing
        for name, path in MODULES.items()
        if path.name == "__init__.py" and below(package, name) and name != package
        if (missing := [word for word in said if not re.search(word, ast.get_docstring(TREES[name]) or "")])
    } == {}


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

    Not by a detour either: what it shares with the core is the base class of all errors, and how values and patterns are made.
    """
    browser = [arrow for arrow in KIT if below("liveview_testing.browser", arrow.source)]
    named = [str(arrow) for arrow in browser if below("liveview_core", arrow.target)]
    shared = {
        "liveview_core.errors",
        "liveview_core.frames",
        "liveview_core.values.declaring",
        "liveview_core.values.frozen",
        "liveview_core.values.patterns",
    }
    assert [arrow for arrow in named if arrow.split()[-1] not in shared] == []
    assert {name for name in reachable("liveview_testing.browser") if below("liveview_core", name)} <= {
        *shared,
        "liveview_core.values",  # the room that these are in: prose, and no import
    }
    assert len(browser) > 10


def test_no_scenario_hides_a_module_of_python() -> None:
    """With their folder on the path, `import profile` would be ours, and `cProfile` would break."""
    assert {path.stem for path in (ROOT / "scenarios").rglob("*.py")} & sys.stdlib_module_names == set()


def test_nobody_imports_scenarios_or_tests() -> None:
    """They are read, run and played; nothing leans on them."""
    wrong = {"scenarios", "tests", "benchmarks", "testing"}
    assert [str(arrow) for arrow in ARROWS if arrow.target.split(".")[0] in wrong] == []


def test_values_are_declared_in_one_way() -> None:
    """`attrs.frozen` itself writes methods for every class at each import; ours has them written when they are asked for."""
    found = [
        f"{name}:{node.lineno}: import it from liveview_core.values.declaring"
        for name, tree in TREES.items()
        if name != "liveview_core.values.declaring"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in ("attrs", "attr", "dataclasses")
        if {"define", "frozen", "mutable", "dataclass"} & {each.name for each in node.names}
    ]
    assert found == []


def test_kit_never_imports_the_differ() -> None:
    """The kit may hold a process, but it never computes what that process should have sent."""
    assert [
        str(arrow) for arrow in KIT if below("liveview_core.rendering.diff", arrow.target) and not arrow.typing
    ] == []


def test_module_names_are_nouns_of_the_model() -> None:
    """No drawer for everything."""
    assert [name for name in MODULES if BANNED & set(name.split("."))] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_opens_with_what_it_owns(package: str) -> None:
    """The first thing in a file is a docstring of at least a full sentence."""
    trees = {name: tree for name, tree in TREES.items() if below(package, name)}
    silent = [name for name, tree in trees.items() if not (ast.get_docstring(tree) or "").rstrip("`").count(" ") >= 4]
    assert silent == []


# --- the tests of the house ---------------------------------------------------------------------------------------------------

NO_ROOMS = {
    "chromium": "a judge: a real browser",
    "goldens": "a judge: the real Phoenix LiveView, recorded",
    "official_client": "a judge: the official client under node",
    "harness": "what several folders share",
    "reports": "what users have reported, each told as they met it",
    "scenarios": "what each scenario teaches",
    "typing": "a project of somebody else",
}
"""Folders of tests that are no room's, and what they are."""


def folders_of_tests() -> dict[str, list[Path]]:
    """The files of each folder in `tests`, by its path there."""
    found: dict[str, list[Path]] = {}
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if "node_modules" not in path.parts:
            found.setdefault(path.parent.relative_to(ROOT / "tests").as_posix(), []).append(path)
    return found


def test_tests_lie_where_the_rooms_do() -> None:
    """Who changes a room finds its tests by its name: a folder of tests is called like a folder of the house, path for path."""
    rooms = {
        path.parent.relative_to(ROOT / root / package).as_posix()
        for root, package in (("", "liveview_core"), ("testing", "liveview_testing"))
        for path in (ROOT / root / package).rglob("__init__.py")
    }
    assert [each for each in folders_of_tests() if each.split("/")[0] not in NO_ROOMS and each not in rooms] == []
    assert NO_ROOMS.keys() & rooms == set()


def test_tests_share_by_the_harness() -> None:
    """A folder of tests leans on no other: what two need is in `tests/harness`, what is on record in `tests/goldens`."""
    shared = {"harness", "goldens"}
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}: move it to tests/harness"
        for folder, paths in folders_of_tests().items()
        if folder != "."
        for path in paths
        for name, line, _ in imports(ast.parse(path.read_text(encoding="utf-8")))
        if name.startswith("tests.") and name.split(".")[1] not in {*shared, folder.split("/")[0]}
    ]
    assert wrong == []


# --- what the documents say of the house -----------------------------------------------------------------------------------

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/architecture.md")
_PATH = r"`((?:[\w.-]+/)+(?:[\w.-]+)?)`"


def knows(source: str, target: str) -> bool:
    """Whether a file, or one in a folder, imports another, or one in another folder; both are paths from the root."""

    def within(module: str, path: str) -> bool:
        at = MODULES[module].relative_to(ROOT)
        return at == Path(path) or Path(path) in at.parents

    return any(
        within(arrow.source, source) and within(arrow.target, target) for arrow in ARROWS if arrow.target in MODULES
    )


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_of_a_document_exists(document: str) -> None:
    """Whoever follows a document arrives."""
    text = (ROOT / document).read_text(encoding="utf-8")
    paths = [path for path in re.findall(_PATH, text) if not path.startswith(("http", "/"))]
    assert [path for path in paths if not (ROOT / path).exists()] == []
    assert paths


def test_every_arrow_of_the_architecture_is_an_import() -> None:
    """Those of the journey, from file to file, and those of the picture, from room to room."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    journey = [match[0] for match in re.finditer(rf"{_PATH}(?:\s+→\s+{_PATH})+", text)]
    chains = [re.findall(_PATH, each) for each in journey]
    for line in "".join(re.findall(r"^```\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)).splitlines():
        names = re.findall(r"[\w/.]+(?= ──►)|(?<=──► )[\w/.]+", line)
        here = ROOT / "liveview_core"
        chains.append(
            [
                f"liveview_core/{name}" if (here / name).exists() else f"testing/liveview_testing/{name}"
                for name in names
            ]
        )
    pairs = [pair for chain in chains for pair in itertools.pairwise(chain)]
    assert [f"{source} does not import {target}" for source, target in pairs if not knows(source, target)] == []
    assert len(pairs) > 20


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
        name: found
        for name, found in homes.items()
        if len(found) != 1 and f"{package}.{name}" not in MODULES
        if not (package == "liveview_testing" and getattr(facade, name).__module__ == "liveview_core.errors")
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
