"""`liveview_core.heex.syntax.python.scanner`, `.syntax` and `.expression`: Python in a template (N1)."""

from __future__ import annotations

import ast
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core.heex.syntax.errors import TemplateSyntaxError
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.python.expression import block_head, expression, generators, pattern, statement
from liveview_core.heex.syntax.python.scanner import ScanError, scan
from liveview_core.heex.syntax.source import Excerpt, Source
from liveview_core.heex.syntax.tree import MARK, Assign, Code


def excerpt(text: str) -> Excerpt:
    return Excerpt(Source.verbatim(text), text, ((0, 0),))


def python(text: str) -> str:
    """The expression as Python writes it, with `@` for assigns."""
    return ast.unparse(expression(excerpt(text)).ast).replace(MARK, "@")


def refusal(text: str) -> tuple[str, str]:
    with pytest.raises(TemplateSyntaxError) as info:
        expression(excerpt(text))
    return f"{info.value.line}:{info.value.column}", info.value.happened


VALID = {
    "@a": "@a",
    " @a.b ": "@a.b",
    "@a+@b": "@a + @b",
    "-@a": "-@a",
    "not @a": "not @a",
    "@a and(@b)": "@a and @b",
    "[@a,@b]": "[@a, @b]",
    "@a==@b": "@a == @b",
    "x[@a:@b]": "x[@a:@b]",
    "@a if @b else @c": "@a if @b else @c",
    "{'a': @b, **@c}": "{'a': @b, **@c}",
    "f(*@a, **@b)": "f(*@a, **@b)",
    "lambda x, y=@a: x + y": "lambda x, y=@a: x + y",
    "@class": "@class",
    "@for + @from": "@for + @from",
    "@é.ü": "@é.ü",
    "@a\n+\n@b": "@a + @b",
    "@a # the @ of a comment": "@a",
    '"a@b"': "'a@b'",
    "'it\\'s @x'": '"it\'s @x"',
    '"""a"@b\n"""': "'a\"@b\\n'",
    "'''it's @x'''": '"it\'s @x"',
    'r"\\@x"': "'\\\\@x'",
    'b"@x"': "b'@x'",
    'f"a@b"': "f'a@b'",
    'f"user@{@host}"': "f'user@{@host}'",
    'f"{n:@^9}"': "f'{n:@^9}'",
    'f"{n:{@w}.{@p}}"': "f'{n:{@w}.{@p}}'",
    'f"{{@x}}{@y}"': "f'{{@x}}{@y}'",
    'f"{@x!r:>9}"': "f'{@x!r:>9}'",
    'f"{@x != @y}"': "f'{@x != @y}'",
    "f\"{@d['k']}\"": "f\"{@d['k']}\"",
    "f\"{f'{@x}'}\"": "f\"{f'{@x}'}\"",
    'f"{(lambda x: @y)(1)}"': "f'{(lambda x: @y)(1)}'",
    'rf"\\{@x}"': "f'\\\\{@x}'",
    'f"\\N{EN DASH}{@x}"': "f'–{@x}'",
    'f"""{\n@x\n}"""': "f'{@x}'",
    'f"{@x=}"': "f'@x={@x!r}'",
    '"a" f"{@x}" "b"': "f'a{@x}b'",
    "(n := @x) + n": "(n := @x) + n",
    "(x for x in @xs)": "(x for x in @xs)",
    "(@a, @b)": "(@a, @b)",
    "()": "()",
    "[x for x in @xs if @y]": "[x for x in @xs if @y]",
    "...": "...",
    "1.5 + .5": "1.5 + 0.5",
    "match[1:]": "match[1:]",
    "": "None",
    "  \n ": "None",
    "# nothing": "None",
}


@pytest.mark.parametrize("text", VALID)
def test_valid_expressions(text: str) -> None:
    """N1.2 to N1.5: `@` outside strings is an assign, inside it is text; empty is None."""
    expected = ast.parse(scan(VALID[text]).marked, mode="eval")  # the quotes that unparse takes depend on Python
    assert python(text) == ast.unparse(expected).replace(MARK, "@")


MISUSED = {
    "a @ b": ("1:3", "an operator is missing before `@`"),
    '"x" @name': ("1:5", "an operator is missing before `@`"),
    "f(x) @name": ("1:6", "an operator is missing before `@`"),
    "[1] @a": ("1:5", "an operator is missing before `@`"),
    "1 @a": ("1:3", "an operator is missing before `@`"),
    "@a @b": ("1:4", "an operator is missing before `@`"),
    "a.@b": ("1:3", "an assign cannot follow a dot"),
    '"a-#{@x}"': ("1:1", "`#{…}` in a string is Elixir's"),
    "not@x": ("1:4", "`@` is glued to the word before it"),
    "@ x": ("1:1", "`@` must be followed at once by the name of an assign"),
    "@1": ("1:1", "`@` must be followed at once by the name of an assign"),
    "@@x": ("1:1", "`@` must be followed at once by the name of an assign"),
    "x) + (y": ("1:2", "`)` closes nothing"),
    "(x]": ("1:3", "`]` does not close `(`"),
    "f(x": ("1:2", "`(` is never closed"),
    '"abc': ("1:1", 'the string is never closed: " is missing'),
    "'''a'": ("1:1", "the string is never closed: ''' is missing"),
    "f'a": ("1:2", "the f-string is never closed: ' is missing"),
    "'a\nb'": ("1:1", "the string is never closed: ' is missing"),
    "@a, @b": ("1:1", "a tuple needs parentheses of its own here"),
    "x for x in @xs": ("1:1", "a generator expression needs parentheses of its own here"),
    "n := @x": ("1:1", "`:=` needs parentheses of its own here"),
    "(yield)": ("1:2", "`yield` is not available in a template"),
    "[(yield from x)]": ("1:3", "`yield` is not available in a template"),
    "await @x": ("1:1", "`await` is not available in a template"),
    "[x async for x in @y]": ("1:14", "`async` is not available in a template"),
    "*@a": ("1:1", "not a Python expression: cannot use starred expression here"),
    "(@x := 1)": ("1:2", "an assign cannot be bound"),
    "[@x for @x in @y]": ("1:9", "an assign cannot be bound"),
    "lambda @x: 1": ("1:8", "an assign cannot be bound"),
    "f(@x=1)": ("1:3", "an assign cannot be bound"),
    "f(\n  a b)": ("2:3", "not a Python expression: invalid syntax"),
    "é + )": ("1:5", "`)` closes nothing"),
    "'é' 'é' +* 1": ("1:10", "not a Python expression: invalid syntax"),
    'f"{@a @b}"': ("1:7", "an operator is missing before `@`"),
    "f'{a b}'": ("1:4", "not a Python expression: invalid syntax"),
    "f'{1}{}'": ("1:7", "the braces of an f-string are empty"),
    "f'x{@y + [z for @y in z]}'": ("1:5", "an assign cannot be bound"),
    'f"{"a"}"': ("1:4", 'the quote " of an f-string inside its own braces'),
    "f'{x!r:>{\"\\n\"}}'": ("1:11", "a backslash inside the braces of an f-string"),
    "f'''{x # c\n}'''": ("1:8", "a comment inside the braces of an f-string"),
    "f'{\nx}'": ("1:4", "a newline inside the braces of an f-string"),
    "f(a=1, a=2)": ("1:8", "not Python: keyword argument repeated: a"),
    "(lambda x, x: 1)": ("1:12", "not Python: duplicate argument 'x' in function definition"),
    "[n := 1 for n in x]": (
        "1:2",
        "not Python: assignment expression cannot rebind comprehension iteration variable 'n'",
    ),
    "a\0": ("1:1", "not a Python expression: source code string cannot contain null bytes"),
    "\ud800": ("1:1", "not a Python expression: "),
    "-" * 5000 + "1": ("1:1", "the expression is nested too deeply"),
    f"a + {MARK}b": ("1:5", f"the character {MARK} (U+A66E) is reserved"),
}


@pytest.mark.parametrize("text", MISUSED, ids=lambda text: repr(text[:30]))
def test_misused_expressions(text: str) -> None:
    """N1.3 to N1.6, TG-36: refused at their place."""
    place, happened = MISUSED[text]
    got = refusal(text)
    assert got[0] == place and got[1].startswith(happened)


CURES = {
    "@a && @b": "Python writes `and`",
    "@a || @b": "Python writes `or`",
    "!@a": "Python writes `not`",
    "x |> f()": "Python has no pipe: write `f(x)`",
    "**@rest": "write the value alone: `{@rest}`",
    "x += 1": "a template assigns in `<% name = … %>` only",
    "x = 1": "a template assigns in `<% name = … %>` only",
    "if @x do": "a block head ends with `:`, as in `<%= if @x: %>`",
    "import os": "import it in the module; for names of another scope there is `names=`",
    "@price / 3:.2f": 'a format belongs into an f-string: {f"{@price / 3:.2f}"}',
    "@count:>5": 'a format belongs into an f-string: {f"{@count:>5}"}',
    '"': 'close it; if it holds a `}`, that ended the expression: write `&rbrace;`, or `<%= "}" %>` for the whole',
}


@pytest.mark.parametrize("text", CURES)
def test_habits_of_other_languages_are_told_the_python_way(text: str) -> None:
    """An Elixir or JSX habit is refused by Python; the cure says what Python writes; what is in strings is no habit."""
    with pytest.raises(TemplateSyntaxError) as info:
        expression(excerpt(text))
    assert info.value.cure == CURES[text]
    with pytest.raises(TemplateSyntaxError) as info:
        expression(excerpt("a b + '!&& <-'"))
    assert info.value.cure is None


def test_the_full_text_of_a_mistake_in_an_expression() -> None:
    """Place, Python's words, cure, snippet."""
    with pytest.raises(TemplateSyntaxError) as info:
        expression(excerpt("[\n  @a && 1,\n]"))
    assert str(info.value) == (
        "template:2:7: not a Python expression: invalid syntax\n"
        "  cure: Python writes `and`\n"
        "  |\n"
        "1 | [\n"
        "2 |   @a && 1,\n"
        "  |       ^"
    )


def test_nodes_have_the_positions_of_the_template() -> None:
    """The compiler gives them to the generated code, so that a traceback points into the template."""
    code = expression(excerpt("  ['é', @a.b,\n @c]"))
    assert isinstance(code.ast, ast.List)
    places = [(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset) for node in code.ast.elts]
    assert places == [(1, 3, 1, 6), (1, 8, 1, 12), (2, 1, 2, 3)]
    assert code.at == Location(1, 3) and code.source == "['é', @a.b,\n @c]"


def test_walrus_names_are_told() -> None:
    """N1.8: they are local to their braces; those of a lambda are its own."""
    assert expression(excerpt("[(n := @a), (m := n), lambda: (k := 1)]")).binds == ("n", "m")


# -- patterns, generators, statements, heads


@pytest.mark.parametrize(
    ("text", "names", "name", "irrefutable"),
    [
        ("row", ("row",), "row", True),
        ("_", (), None, True),
        ("a, b", ("a", "b"), None, False),
        ("(a, *rest)", ("a", "rest"), None, False),
        ("{'id': id, **rest}", ("id", "rest"), None, False),
        ("Point(x=0, y=y)", ("y",), None, False),
        ("[a, [b]] as c", ("a", "b", "c"), None, False),
        ("x as y", ("x", "y"), None, True),
        ("1 | 2", (), None, False),
        ("@kind.A", (), None, False),
    ],
)
def test_patterns(text: str, names: tuple[str, ...], name: str | None, irrefutable: bool) -> None:
    """N1.8: a match pattern; what it binds, in order."""
    read = pattern(excerpt(text))
    assert (read.names, read.name, read.irrefutable) == (names, name, irrefutable)


def test_a_pattern_that_python_would_not_compile_is_refused_now() -> None:
    """TG-36: the compiler's own refusals too, at their place."""
    with pytest.raises(TemplateSyntaxError, match="alternative patterns bind different names"):
        pattern(excerpt("1 | x"))
    with pytest.raises(TemplateSyntaxError, match="multiple assignments to name 'a' in pattern") as info:
        pattern(excerpt("[a, a]"))
    assert info.value.column == 5


def test_a_guard_belongs_to_a_case_only() -> None:
    """N1.8: `:let` takes a pattern without guard."""
    read = pattern(excerpt("(a, b) if a > @n"), guard=True)
    assert read.names == ("a", "b") and read.guard is not None
    assert (read.guard.source, read.guard.at, read.irrefutable) == ("a > @n", Location(1, 11), False)
    with pytest.raises(TemplateSyntaxError, match="takes no guard") as info:
        pattern(excerpt("a if a > 1"))
    assert info.value.column == 3


@pytest.mark.parametrize("text", ["@x", "[@x]", "{'a': @x}", "Point(x=@y)", "[*@x]", "{**@x}", "Point(@x=1)"])
def test_a_pattern_cannot_bind_an_assign(text: str) -> None:
    """N1.6: `case @x` would capture."""
    with pytest.raises(TemplateSyntaxError, match="an assign cannot be bound"):
        pattern(excerpt(text), guard=True)


def test_generators_with_everything() -> None:
    """N1.7: several generators and filters in the EEx form."""
    read = generators(excerpt("i, (a, *b) in enumerate(@xs) if i if a for c in a.b"))
    assert [clause.names for clause in read.clauses] == [("i", "a", "b"), ("c",)]
    assert [clause.source for clause in read.clauses] == ["i, (a, *b) in enumerate(@xs) if i if a", "c in a.b"]
    assert [each.source for each in read.first.filters] == ["i", "a"]
    assert (read.first.iterable.source, read.first.iterable.at) == ("enumerate(@xs)", Location(1, 15))
    assert read.names == ("i", "a", "b", "c")


@pytest.mark.parametrize(
    ("text", "happened", "cure"),
    [
        ("x <- @xs", "`:for` must be a generator expression", "Python writes `item in items`, not `<-`"),
        ("for x in @xs", "`:for` must be a generator expression", "leave out the word `for`"),
        ("@xs", "`:for` must be a generator expression", "write `item in items`"),
        ("", "`:for` must be a generator expression", "write `item in items`"),
        ("x in y if z", "`:for` takes no filter", "write the condition as `:if={…}`"),
        ("x in y for z in x", "`:for` must be one generator expression", "use `<%= for … : %>`, or a `:for` inside"),
    ],
)
def test_what_is_no_generator_is_refused_at_the_attribute(text: str, happened: str, cure: str) -> None:
    """TG-28, N1.7."""
    with pytest.raises(TemplateSyntaxError) as info:
        generators(excerpt(text), Location(1, 1))
    assert (info.value.happened, info.value.cure, info.value.column) == (happened, cure, 1)


@pytest.mark.parametrize(
    ("text", "column", "happened"),
    [
        ("@x in y", 1, "an assign cannot be bound"),
        ("a.b in y", 1, "only names can be bound here"),
        ("[a, b] in y", 1, "only names can be bound here"),
        ("*a in y", 1, "a bare star cannot be bound"),
        ("x in 1, 2", 7, "not a Python expression: invalid syntax"),
        ("x in y async for z in w", 18, "`async` is not available in a template"),
        ("x in y] + [z", 7, "`]` closes nothing"),
    ],
)
def test_wrong_generators_are_refused_at_their_place(text: str, column: int, happened: str) -> None:
    """N1.6, N1.7; a text cannot close our brackets (N1.5)."""
    with pytest.raises(TemplateSyntaxError) as info:
        generators(excerpt(text))
    assert (info.value.column, info.value.happened) == (column, happened)


@pytest.mark.parametrize(
    ("text", "names", "code"),
    [
        ("x = @a", ("x",), "@a"),
        ("a, (b, *c) = d", ("a", "b", "c"), "d"),
        ("x =-1", ("x",), "-1"),
        ("f = lambda a=1: a", ("f",), None),
    ],
)
def test_assignments(text: str, names: tuple[str, ...], code: str | None) -> None:
    """N1.8: `<% T = E %>`."""
    read = statement(excerpt(text), Location(1, 1))
    assert isinstance(read, Assign)
    assert read.names == names and code in (None, read.code.source)


@pytest.mark.parametrize(
    "text", ["x == 1", "f(x=1)", "lambda x=1: x", "y if z else lambda x=1: x", "[a <= b]", "(x := 1)"]
)
def test_expressions_without_output(text: str) -> None:
    """N1.8: `<% E %>`."""
    assert isinstance(statement(excerpt(text), Location(1, 1)), Code)


@pytest.mark.parametrize("text", ["@x = 1", "x += 1", "x: int = 1", "a = b = 1", "a.b = 1", "a[0] = 1", "= 1", "del x"])
def test_other_statements_are_refused(text: str) -> None:
    """N1.8: only these."""
    with pytest.raises(TemplateSyntaxError):
        statement(excerpt(text), Location(1, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" if @x: ", ("if", " @x")),
        ("match @x:", ("match", " @x")),
        (" for x in y: # why", ("for", " x in y")),
        ("case {'a': 1}:", ("case", " {'a': 1}")),
        ("else:", ("else", "")),
        ("elif '@:' in x :", ("elif", " '@:' in x ")),
        ("if x[1:]", None),
        ("match[1:]", None),
        ("iffy:", None),
        ("x if y else z", None),
        ("if @x", None),
        ("if 'a:", ("if", " 'a")),  # the mistake is inside the head
    ],
)
def test_block_heads(text: str, expected: tuple[str, str] | None) -> None:
    """N1.8: the first word, and `:` as the last token."""
    head = block_head(excerpt(text))
    assert (head and (head[0], head[1].text)) == expected


# -- laws

TOKENS = st.sampled_from(
    [
        "@a",
        "@",
        "a",
        "1",
        ".",
        "+",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "f'",
        'f"',
        '"""',
        " ",
        "\n",
        "#",
        "\\",
        ":",
        "=",
        ",",
        "!r",
        "if ",
        "else ",
        " for ",
        " in ",
        "lambda ",
        "é",
        "not ",
    ]
)


@given(st.lists(TOKENS, max_size=25).map("".join))
def test_any_text_is_an_expression_or_a_template_syntax_error(text: str) -> None:
    """Law: nothing else comes out; and what comes out is Python that compiles, with no `@` bound."""
    code: Code | None = None
    error: TemplateSyntaxError | None = None
    try:
        code = expression(excerpt(text))
    except TemplateSyntaxError as caught:
        error = caught
    if code is None:
        assert error is not None
        assert 1 <= error.line <= text.count("\n") + 1
        assert error.column >= 1
        return
    compile(ast.fix_missing_locations(ast.Expression(code.ast)), "template", "eval")
    for node in ast.walk(code.ast):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, str) and MARK in node.value)


@given(st.text(max_size=60))
def test_the_scanner_keeps_the_length(text: str) -> None:
    """Law: only sigils are replaced, one character by one (N1.4)."""
    try:
        seen = scan(text)
    except ScanError:
        return
    assert len(seen.marked) == len(text)
    assert all(mark == char or (mark, char) == (MARK, "@") for mark, char in zip(seen.marked, text, strict=True))


@pytest.mark.parametrize(
    "source",
    [
        *("@a", " @user.name ", "row", "row.title.x", "@class", "@a.b1._c", "_", "match", "@assigns"),
        *("None", "@a.class", "not", "assigns.x", "assigns", "@a.1", "@a.b\n", "@ä", "@a. b", "__x", "a__b"),
    ],
)
def test_paths_are_read_at_once(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Python's parser and the walks of its tree would give them, places included."""

    def read() -> tuple[object, ...]:
        try:
            code = expression(excerpt(source))
        except TemplateSyntaxError as error:
            return (str(error),)
        return code, ast.dump(code.ast, include_attributes=True)

    quick = read()
    monkeypatch.setattr(sys.modules[expression.__module__], "_PATH", re.compile("(?!)"))
    assert quick == read()
