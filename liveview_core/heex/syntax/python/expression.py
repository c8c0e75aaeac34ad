"""Python in a template: from the text between braces to a checked `ast`, with what it depends on.

Law: what leaves this module is one expression (pattern, list of generators, assignment) and nothing else: no text can
close our parentheses, no assign is bound, nothing needs a generator or a coroutine around it. Whatever Python itself finds
wrong, now or when the code is compiled, is a `TemplateSyntaxError` at the author's line and column.
"""  # N1, N2, TG-36

from __future__ import annotations

import ast
import re
from keyword import iskeyword

from attrs import evolve

from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.python.dependencies import (
    bare_path,
    bound_by_walrus,
    dependencies,
    pattern_dependencies,
    pattern_names,
    target_names,
)
from liveview_core.heex.syntax.python.python_syntax import Fragment
from liveview_core.heex.syntax.python.scanner import ScanError, scan
from liveview_core.heex.syntax.source import Excerpt
from liveview_core.heex.syntax.tree import MARK, Assign, Code, Deps, Generator, Generators, Path, Pattern, Step
from liveview_core.values.patterns import late_pattern

__all__ = ["block_head", "expression", "generators", "pattern", "statement"]


def expression(excerpt: Excerpt) -> Code:
    """The expression of a `{…}`, an attribute value or `<%= … %>`."""  # N1.5, N1.6
    known = _PATH.fullmatch(excerpt.text)
    if known is not None and (code := _path(excerpt, known)) is not None:
        return code
    text = Fragment(excerpt)
    if text.scan.first is None:
        at = text.location(0)
        nothing = ast.Constant(None, lineno=at.line, col_offset=at.column - 1)
        nothing.end_lineno, nothing.end_col_offset = nothing.lineno, nothing.col_offset
        return Code(excerpt.text.strip(), nothing, _NOTHING, frozenset(), at)
    node = text.parse("(\n", "\n)")
    if isinstance(node, ast.Tuple | ast.GeneratorExp) and node.lineno == 1:  # it took our parentheses for its own
        kind = "a tuple" if isinstance(node, ast.Tuple) else "a generator expression"
        raise text.error(f"{kind} needs parentheses of its own here", text.first, "write `(…)`, or a list `[…]`")
    if isinstance(node, ast.NamedExpr) and text.span(node)[0] == text.first:
        raise text.error("`:=` needs parentheses of its own here", text.first, "write `(name := …)`")
    return _code(text, node, (text.first, text.scan.last))


def pattern(excerpt: Excerpt, *, guard: bool = False) -> Pattern:
    """A match pattern: of `:let`, or, with `guard`, of `<% case … %>`."""  # N1.8
    text = Fragment(excerpt)
    if text.scan.first is None:
        raise text.error("a pattern is missing", 0, "write a name, or a match pattern as `{'id': id}`")
    at, when, condition = text.location(text.first), None, text.scan.find("if")
    if condition is not None:
        if not guard:
            raise text.error("a `:let` pattern takes no guard", condition, "use `:if` inside, or `<%= match … : %>`")
        when = expression(excerpt.cut(condition + len("if")))
        text = Fragment(excerpt.cut(0, condition))
    node = text.parse_pattern()
    text.check(node)
    with text.python():
        deps, _ = pattern_dependencies(node)
    name = node.name if isinstance(node, ast.MatchAs) and node.pattern is None else None
    return Pattern(excerpt.text.strip(), node, pattern_names(node), deps, at, when, name)


def generators(excerpt: Excerpt, attribute: Location | None = None) -> Generators:
    """`T in E` of a `:for` at `attribute`, or the head of an EEx `for`, which may have more of it."""  # TG-28, N1.7
    text = Fragment(excerpt)
    first = (text.scan.words or (("", -1),))[0]
    if text.scan.find("in") is None or first == ("for", text.scan.first):
        happened = "`:for` must be a generator expression" if attribute else "`for` must be followed by a generator"
        cure = "write `item in items`"
        if "<-" in excerpt.text:
            cure = "Python writes `item in items`, not `<-`"
        elif first[0] == "for":
            cure = "leave out the word `for`"
        raise excerpt.source.error(happened, attribute or text.location(text.first), cure)
    node = text.parse("[0 for\n", "\n]", "write `item in items`; a tuple or a conditional takes parentheses")
    assert isinstance(node, ast.ListComp)
    if attribute is not None:
        _refuse_more(text, node.generators, attribute)
    whole = excerpt.text.strip()
    clauses = tuple(_generator(text, clause) for clause in node.generators)
    if len(clauses) == 1:
        clauses = (evolve(clauses[0], source=whole),)
    return Generators(clauses, whole, text.location(text.first))


def statement(excerpt: Excerpt, at: Location) -> Assign | Code:
    """What may stand in `<% … %>`: `T = E`, or an expression."""  # N1.8
    text = Fragment(excerpt)
    equals = text.scan.equals
    function = text.scan.find("lambda")
    if equals is None or (function is not None and function < equals):
        return expression(excerpt)
    left = Fragment(excerpt.cut(0, equals))
    if left.scan.first is None:
        raise text.error("a name is missing before `=`", equals, "write `<% name = … %>`")
    node = left.parse("[0 for\n", "\n in 0]")
    assert isinstance(node, ast.ListComp)
    if len(node.generators) > 1 or node.generators[0].is_async:
        raise left.error("only names can be bound here", left.first, "write `<% name = … %>`")
    target = _target(left, node.generators[0].target)
    return Assign(left.excerpt.text.strip(), target_names(target), target, expression(excerpt.cut(equals + 1)), at)


def block_head(excerpt: Excerpt) -> tuple[str, Excerpt] | None:
    """The keyword of a block head and what stands between it and the final `:`; None for anything else.

    A head begins with if, for, match, elif, else or case, and its last token is `:`. It is cut off before scanning, or
    the `@` of `match @x:` would follow a name.
    """  # N1.8
    word = _HEAD.match(excerpt.text)
    if word is None or ":" not in excerpt.text:
        return None
    rest = excerpt.cut(word.end())
    try:
        end = scan(rest.text).last
    except (ScanError, RecursionError):
        end = len(rest.text.rstrip())  # what is wrong with the rest will be said when it is read
    if rest.text[end - 1 : end] != ":":
        return None
    return word[1], rest.cut(0, end - 1)


def _path(excerpt: Excerpt, found: re.Match[str]) -> Code | None:
    """`@name`, `row.title` and their like, which most expressions are: what Python's parser and the walks of it would give."""
    sigil, name, rest = found.groups()
    if not sigil and (iskeyword(name) or name == "assigns"):
        return None
    steps: tuple[Step, ...] = ()
    start, end = excerpt.location(found.start(1)), excerpt.location(found.end(2))
    node: ast.expr = ast.Name(MARK + name if sigil else name, _LOAD, **_span(start, end))
    if rest:
        index = found.end(2)
        for attribute in rest[1:].split("."):
            if iskeyword(attribute):
                return None
            index += 1 + len(attribute)
            steps = (*steps, (".", attribute))
            node = ast.Attribute(node, attribute, _LOAD, **_span(start, excerpt.location(index)))
    path = Path("assign" if sigil else "name", name, steps)
    return Code(
        found[0].strip(), node, Deps(paths=(path,)), frozenset() if sigil else frozenset((name,)), start, (), path
    )


def _span(start: Location, end: Location) -> dict[str, int]:
    return {
        "lineno": start.line,
        "col_offset": start.column - 1,
        "end_lineno": end.line,
        "end_col_offset": end.column - 1,
    }


_PATH = re.compile(r"[ \t]*(@?)([a-zA-Z_]\w*)((?:\.[a-zA-Z_]\w*)*)[ \t]*", re.ASCII)
_LOAD = ast.Load()
_HEAD = late_pattern(r"\s*(if|for|match|elif|else|case)\b")
_NOTHING = Deps()


def _code(text: Fragment, node: ast.expr, span: tuple[int, int] | None = None) -> Code:
    """The `Code` of a parsed node, which stands in `span`."""
    start, end = span or text.span(node)
    text.check(node)
    with text.python():
        source, at = text.excerpt.text[start:end], text.location(start)
        walrus = bound_by_walrus(node) if ":=" in text.excerpt.text else ()
        deps, names = dependencies(node, walrus=walrus)
        return Code(source, node, deps, names, at, walrus, bare_path(node))


def _refuse_more(text: Fragment, clauses: list[ast.comprehension], attribute: Location) -> None:
    """A `:for` takes one generator and no filter."""  # TG-28, N1.7
    if clauses[0].ifs:
        raise text.excerpt.source.error("`:for` takes no filter", attribute, "write the condition as `:if={…}`")
    if len(clauses) > 1:
        cure = "use `<%= for … : %>`, or a `:for` inside"
        raise text.excerpt.source.error("`:for` must be one generator expression", attribute, cure)


def _generator(text: Fragment, clause: ast.comprehension) -> Generator:
    if clause.is_async:
        raise text.error("`async` is not available in a template", text.span(clause.target)[0])
    start, _ = text.span(clause.target)
    _, end = text.span(clause.ifs[-1] if clause.ifs else clause.iter)
    target = _target(text, clause.target)
    filters = tuple(_code(text, each) for each in clause.ifs)
    source = text.excerpt.text[start:end]
    return Generator(source, target, target_names(target), _code(text, clause.iter), filters)


def _target(text: Fragment, target: ast.expr) -> ast.expr:
    """Names, tuples and stars, checked."""  # N1.7
    for node in ast.walk(target):
        if isinstance(node, ast.expr) and not isinstance(node, ast.Name | ast.Tuple | ast.Starred):
            raise text.error("only names can be bound here", text.span(node)[0], "use names and tuples of names")
    if isinstance(target, ast.Starred):
        raise text.error("a bare star cannot be bound", text.span(target)[0], "write `*rest,`, or a name")
    text.check(target)
    return target
