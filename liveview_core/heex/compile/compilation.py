"""What is known while one template is compiled: its parts, names and numbers, and how an expression of it is written.

Law: every part, group and call has the name of its place in document order, so that one source gives one function; who
compiles elements, calls, blocks or loops adds to it through these methods and keeps nothing of its own.
"""  # N3.4

from __future__ import annotations

import ast
from collections.abc import Sequence
from hashlib import blake2b

from liveview_core.heex.compile.bodies import Body, Made
from liveview_core.heex.compile.generated_code import Line, Writer, indented
from liveview_core.heex.compile.scopes import Scope, Terms
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.tree import Code, Component, Deps, Node, Pattern, Root
from liveview_core.rendering.rendered import Part
from liveview_core.values.declaring import frozen

__all__ = ["Compilation", "Counted", "guarded"]


@frozen
class Counted:
    """One dynamic of a template, as evaluations are counted: where it stands, and its position in its body."""

    at: Location
    position: int


class Compilation:
    """The state of compiling one template, and what all who take part in it ask for.

    `count` adds `__seen(index)` around every dynamic; `reads` is filled with the names read from outside, and where.
    """

    def __init__(self, root: Root, *, count: bool = False, reads: dict[str, Location] | None = None) -> None:
        self.root = root
        self.source = root.source
        self.writer = Writer(root.source, reads)
        self.parts: dict[str, Part] = {}
        self.groups: dict[str, frozenset[str]] = {}
        self.static_blocks: dict[str, Part] = {}
        self.components: dict[str, Component] = {}
        self.counted: list[Counted] | None = [] if count else None
        self._digest = blake2b(root.source.text.encode(), digest_size=16).digest()
        self._number = 0

    def body(self, nodes: Sequence[Node], outer: Scope, at: Location, *, root: bool = False) -> tuple[list[Line], Made]:
        """A body as a function of one flag; the lines that define it, and how to make its `Rendered`."""  # EN-1
        raise NotImplementedError

    def nodes(self, body: Body, nodes: Sequence[Node]) -> None:
        """Add nodes to a body, in order."""
        raise NotImplementedError

    # -- numbers and names

    def number(self) -> int:
        """A number for a generated name, a level or a part; from 1."""
        self._number += 1
        return self._number

    def part(self, statics: tuple[str, ...], *, root: bool = False) -> str:
        """The name of the part with these statics; its fingerprint is a digest of the source and the place in it.

        The same source has other statics as a file, and in another module: they count too.
        """  # N3.4, WS-3, TG-32
        name = f"__P{len(self.parts)}"
        if len(statics) == 1:
            # Without dynamics the text is all there is: equal text is the same template wherever it stands, as upstream.
            digest = blake2b(statics[0].encode(), digest_size=8).digest()
        else:
            place = f"{len(self.parts)}\0{chr(0).join(statics)}"
            digest = blake2b(place.encode(), digest_size=8, key=self._digest).digest()
        self.parts[name] = Part(statics, int.from_bytes(digest, "big"), root)
        return name

    def group(self, names: frozenset[str]) -> str:
        """The name of these names of assigns."""
        name = f"__G{len(self.groups)}"
        self.groups[name] = names
        return name

    # -- expressions

    def expression(self, code: Code, scope: Scope) -> str:
        """A placeholder for an expression."""
        return self.writer.expression(code.ast, scope, own=bool(code.binds))

    def piece(self, node: ast.expr, scope: Scope, within: ast.JoinedStr | None = None) -> str:
        """A placeholder for a piece of one; `within` the f-string it stands in."""
        return self.writer.expression(node, scope, within=within)

    def pattern(self, pattern: Pattern, scope: Scope) -> str:
        """A placeholder for a match pattern."""
        self.writer.check(pattern.names, pattern.at)
        return self.writer.pattern(pattern.ast, scope)

    def dynamic(self, body: Body, code: str, deps: Deps, at: Location) -> None:
        """Add a dynamic of one expression."""
        seen = self.seen(at, body.dynamics)
        body.simple(f"{seen}{code})" if seen else self.writer.shared(code, at), Terms.of(deps, body.scope), at)

    def seen(self, at: Location, position: int) -> str:
        """The beginning of a call that counts an evaluation, if evaluations are counted."""
        if self.counted is None:
            return ""
        self.counted.append(Counted(at, position))
        return f"__seen({len(self.counted) - 1}, "

    def nested(self, body: Body, position: int, lines: list[Line], terms: Terms, at: Location) -> None:
        """Add a dynamic that takes statements."""
        seen = self.seen(at, position)
        body.nested(position, [*([Line(0, f"{seen}None)", at)] if seen else []), *lines], terms, at)


def guarded(lines: list[Line], at: Location) -> list[Line]:
    """The statements of a function, with errors told where they happened; costs nothing while there are none."""
    return [
        Line(1, "try:", at),
        *indented(lines, 2),
        Line(1, "except __Exception as __e:", at),
        Line(2, "__failed(__e, __a)", at),
        Line(2, "raise", at),
    ]
