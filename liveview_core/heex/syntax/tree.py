"""The tree of a template: what the parser gives and the compiler reads.

Law: a tree is a value. It holds what the author wrote, checked (no node here can be wrong by the
grammar), and nothing of what it will become: no names looked up, no statics joined, no defaults filled in. Every node knows
where it stands (`at`, template coordinates, 1-based line and column, columns count characters); `Source.where(at)`
gives the place in the file.

How an assign looks in an `ast`: `@name` is parsed as a name that begins with `MARK`, one reserved identifier character
that no template may contain. So `{@user.name}` is `Attribute(value=Name(id=MARK + "user"), attr="name")`;
`assign_name(id)` gives `"user"`, or None for an ordinary name. Constants never contain the mark. Names reserved by
Python work (`@class`, `@for`). An assign is only ever read: a marked name stands in no other place of an `ast`.

Line numbers and columns in an `ast` are those of the template (`lineno` 1-based, `col_offset` 0-based in characters),
except inside f-strings, where Python 3.11 has none that could be used.
"""  # N1.4, N1.6

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Literal as OneOf
from typing import NamedTuple, TypeAlias

from attrs import field

from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.source import Source
from liveview_core.values.declaring import frozen

__all__ = [
    "MARK",
    "Assign",
    "Attribute",
    "AttributeValue",
    "Block",
    "Clause",
    "Code",
    "Component",
    "Deps",
    "Element",
    "Expr",
    "Generator",
    "Generators",
    "Literal",
    "Node",
    "Path",
    "Pattern",
    "Root",
    "Run",
    "Slot",
    "Special",
    "Step",
    "Text",
    "Warning",
    "assign_name",
    "tags",
]

MARK = "\ua66e"
"""The identifier-start character that stands for `@` in every `ast` of a tree."""  # N1.4


def assign_name(identifier: str) -> str | None:
    """The assign that a name in an `ast` reads, or None for an ordinary name.

    >>> assign_name(MARK + "user"), assign_name("user")
    ('user', None)
    """
    return identifier[len(MARK) :] if identifier.startswith(MARK) else None


# ---------------------------------------------------------------------------------------------------------------------
# Expressions

Step: TypeAlias = tuple[OneOf[".", "[]"], "str | int"]
"""One step of a path: `(".", "name")` or `("[]", key)` with a str or int literal."""  # N2.1


class Path(NamedTuple):
    """What an expression reads: a root and the static steps from it, as long as they are static.

    `root` is "assign" (`@user.name` → `Path("assign", "user", ((".", "name"),))`) or "name" for any other free name:
    the compiler knows whether it is a variable of the template or a name of the definition's scope.
    """  # N2.1, EN-5, N2.3, EN-6

    root: OneOf["assign", "name"]
    name: str
    steps: tuple[Step, ...] = ()

    def __str__(self) -> str:
        steps = "".join(f".{key}" if kind == "." else f"[{key!r}]" for kind, key in self.steps)
        return ("@" if self.root == "assign" else "") + self.name + steps


@frozen
class Deps:
    """What an expression depends on: `always` (it uses `assigns` as a whole), or its paths.

    `paths` are sorted, without duplicates, and none is an extension of another.
    """  # N2, EN-11, EN-10

    always: bool = False
    paths: tuple[Path, ...] = ()


@frozen
class Code:
    """One Python expression of the template, parsed and checked.

    source  as the author wrote it (with `@`, stripped of surrounding whitespace): for messages.
    ast     the expression, assigns marked (see the module's text). Do not change it: parts of it may be shared.
    deps    what it depends on, scope-correct: names bound inside (comprehensions, lambdas, walrus) are not in it.
    names   the ordinary names it reads from outside (without assigns; includes builtins). Sort before iterating.
    binds   the names its walrus operators bind in the scope of the expression itself, in order of appearance. They are
            local to the `{}`; the head of an EEx `if` may share them with its own branch.
    path    the one path that the expression *is*, as in `{@user.name}`, else None.
    at      where it begins.

    An empty expression, or one of comments only, is the constant None.
    """  # N1, N2, N1.8, EN-15, N2.5, N1.5

    source: str
    ast: ast.expr = field(eq=False, repr=False)
    deps: Deps
    names: frozenset[str]
    at: Location
    binds: tuple[str, ...] = ()
    path: Path | None = None


@frozen
class Pattern:
    """A match pattern: of `:let`, or of `<% case … %>`.

    names   what it binds, in order of appearance.
    deps    what it reads: names in value patterns (`case Color.RED:`) and in its guard, minus `names`.
    guard   the `if` of a case; None for `:let`, which takes none.
    name    the one name that the pattern is (`:let={row}`), else None. `:let={_}` binds nothing: names is empty.
    """  # N1.8

    source: str
    ast: ast.pattern = field(eq=False, repr=False)
    names: tuple[str, ...]
    deps: Deps
    at: Location
    guard: Code | None = None
    name: str | None = None

    @property
    def irrefutable(self) -> bool:
        """It matches whatever comes: a name or `_`, without a guard."""
        return self.guard is None and _irrefutable(self.ast)


def _irrefutable(node: ast.pattern) -> bool:
    if isinstance(node, ast.MatchOr):
        return _irrefutable(node.patterns[-1])
    return isinstance(node, ast.MatchAs) and (node.pattern is None or _irrefutable(node.pattern))


@frozen
class Generator:
    """One `for T in E if …`: `target` is made of names, tuples and stars only; `names` in order of appearance.

    `iterable` and `filters` are `Code` whose deps do not know of `names`: it is the compiler that has the scopes.
    """  # N1.7

    source: str
    target: ast.expr = field(eq=False, repr=False)
    names: tuple[str, ...]
    iterable: Code
    filters: tuple[Code, ...] = ()


@frozen
class Generators:
    """The head of a `:for` (exactly one generator, no filter) or of an EEx `for`."""  # TG-28, EN-22

    clauses: tuple[Generator, ...]
    source: str
    at: Location

    @property
    def first(self) -> Generator:
        """The generator whose variables are tracked."""  # EN-22
        return self.clauses[0]

    @property
    def names(self) -> tuple[str, ...]:
        """All names bound, in order of appearance."""
        return tuple(name for clause in self.clauses for name in clause.names)


# ---------------------------------------------------------------------------------------------------------------------
# Attributes


@frozen
class Literal:
    """A quoted attribute value: verbatim text, unescaped by nobody, and its delimiter (`"` or `'`)."""  # AT-1, TG-15

    text: str
    quote: str


AttributeValue: TypeAlias = "Literal | Code | None"


@frozen
class Attribute:
    """An attribute as written: `name`, `name="…"` or `name={…}`; `name` None is a root attribute `{…}` (always `Code`).

    `value` None is the bare form. Whether an expression is an f-string, a list literal or a dict
    literal can be seen in `value.ast` (`ast.JoinedStr`, `ast.List`, `ast.Dict`). In document order, duplicates
    kept. Special attributes (`:if` …) and marks are not among them.
    """  # AT-5, N2.6, AT-3, AT-9, AT-11, TG-32

    name: str | None
    value: AttributeValue
    at: Location


@frozen
class Special:
    """The special attributes of a tag, each with the place of its name; None where absent.

    Which of them can be there depends on the kind of tag: HTML `if_ for_ key`, component `let if_ for_ key`, slot
    `let if_ for_`.
    """  # TG-24…29

    let: Pattern | None = None
    if_: Code | None = None
    for_: Generators | None = None
    key: Code | None = None
    let_at: Location | None = None
    if_at: Location | None = None
    for_at: Location | None = None
    key_at: Location | None = None

    def __bool__(self) -> bool:
        return not (self.let is None and self.if_ is None and self.for_ is None and self.key is None)


# ---------------------------------------------------------------------------------------------------------------------
# Nodes


@frozen
class Text:
    """Text of the page, verbatim: whitespace, HTML comments, doctype, content of script and style.

    Two Text nodes may stand side by side (where a template comment was).
    """  # WS-1, TG-5…8

    text: str
    at: Location


@frozen
class Expr:
    """`{…}` or `<%= … %>`: one dynamic."""

    code: Code
    at: Location


@frozen
class Assign:
    """`<% T = E %>`: binds `names` for what follows in the same body; run at every render."""  # N1.8

    target: str
    names: tuple[str, ...]
    target_ast: ast.expr = field(eq=False, repr=False)
    code: Code
    at: Location


@frozen
class Run:
    """`<% E %>`: evaluated at every render, nothing is output."""  # TG-2

    code: Code
    at: Location


class Clause(NamedTuple):
    """A branch of a block. `head`: Code (if, elif), None (else; the body of a `for`), or Pattern (case)."""

    head: Code | Pattern | None
    body: tuple[Node, ...]


@frozen
class Block:
    """An EEx block, one dynamic: `<%= if … : %>`, `<%= for … : %>` or `<%= match … : %>` up to `<% end %>`.

    kind "if"     head None; clauses (Code, body), …, and (None, body) for the else, last.
    kind "for"    head Generators; one clause (None, body).
    kind "match"  head Code (the subject); clauses (Pattern, body), ….
    """  # EN-13

    kind: OneOf["if", "for", "match"]
    head: Code | Generators | None
    clauses: tuple[Clause, ...]
    at: Location


@frozen
class Element:
    """An HTML tag. closing: "block" `<p>…</p>`, "void" `<br>` (also written `<br/>`), "self" `<div/>`."""  # TG-17

    name: str
    attributes: tuple[Attribute, ...]
    special: Special
    children: tuple[Node, ...]
    closing: OneOf["block", "void", "self"]
    at: Location


@frozen
class Slot:
    """A slot entry `<:name …>…</:name>`; `name` without the colon. A self-closed one has no inner block."""  # FC-5

    name: str
    attributes: tuple[Attribute, ...]
    special: Special
    children: tuple[Node, ...]
    self_closing: bool
    at: Location


@frozen
class Component:
    """A component call: `<.card …>` (name "card", remote False) or `<chat.render …>` (remote True).

    `children` is the inner block without the slots, `slots` are the entries in document order. The block form has
    an inner block even when it is empty: look at `self_closing`.
    """  # N1.9, FC-6, FC-4

    name: str
    remote: bool
    attributes: tuple[Attribute, ...]
    special: Special
    children: tuple[Node, ...]
    slots: tuple[Slot, ...]
    self_closing: bool
    at: Location


Node: TypeAlias = "Text | Expr | Assign | Run | Block | Element | Component"


@frozen
class Warning:
    """Something that is not wrong but surely not meant (deprecations, re-arranged markup)."""  # TG-16, TG-34, TG-31

    message: str
    at: Location
    cure: str = ""


@frozen
class Root:
    """A whole template, after trimming. `single_root`: exactly one HTML tag without `:if :for :key`."""  # WS-2, TG-30

    children: tuple[Node, ...]
    single_root: bool
    source: Source = field(eq=False, repr=False)
    warnings: tuple[Warning, ...] = ()


def tags(nodes: Sequence[Node | Slot]) -> Iterator[Element | Component]:
    """Every tag and component call below, however deep, in no order that means anything."""
    waiting = [*nodes]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Block):
            waiting.extend(child for clause in node.clauses for child in clause.body)
        elif isinstance(node, (Element, Component, Slot)):
            waiting.extend(node.children)
            if isinstance(node, Component):
                waiting.extend(node.slots)
            if not isinstance(node, Slot):
                yield node
