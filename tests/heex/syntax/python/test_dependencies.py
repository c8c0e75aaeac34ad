"""`liveview_core.heex.syntax.python.dependencies`: what an expression reads (N2, EN-5, EN-10, EN-11)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core.heex.syntax.python.expression import expression, pattern
from liveview_core.heex.syntax.source import Excerpt, Source
from liveview_core.heex.syntax.tree import Deps


def deps(text: str) -> Deps:
    return expression(Excerpt(Source.verbatim(text), text, ((0, 0),))).deps


# expression -> its paths, as `str(Path)` writes them
READS = {
    "1": "",
    "@a": "@a",
    "@a.b": "@a.b",
    "@a.b.c": "@a.b.c",
    "@a['k']": "@a['k']",
    "@a[0].b": "@a[0].b",
    "@a[-1]": "@a",
    "@a[1:2]": "@a",
    "@a[True]": "@a",
    "@a[None]": "@a",
    "@a['x', 'y']": "@a",
    "@a[b'x']": "@a",
    "@d[@k]": "@d @k",
    "@d[@k].x": "@d @k",
    "@d.e[@k.l].x": "@d.e @k.l",
    "@name.upper()": "@name",
    "@u.a.fmt(1).b": "@u.a",
    "@u.a.fmt(@v.w)": "@u.a @v.w",
    "@f()": "@f",
    "@d['f']()": "@d['f']",
    "@f.g.h().i": "@f.g",
    "@a + @a.b": "@a",
    "@a.b + @a.c": "@a.b @a.c",
    "@a.b.c + @a.b + @a.bc": "@a.b @a.bc",
    "@a['b'] + @a.b": "@a.b @a['b']",
    "assigns.x": "@x",
    "assigns['x'].y": "@x.y",
    "assigns.x + @x.y": "@x",
    "x": "x",
    "x.y['z']": "x.y['z']",
    "len(@xs)": "@xs len",
    "math.sqrt(@x)": "@x math",
    "[x for x in x.items]": "x.items",
    "[x.n for x in @xs]": "@xs",
    "[y for x in @xs for y in x.ys if y.ok and @ok]": "@ok @xs",
    "{x: @v for x in @xs}": "@v @xs",
    "(x for x in [y for y in y])": "y",
    "lambda x: x.a + y.b": "y.b",
    "lambda x=x.d: x": "x.d",
    "lambda *a, k=@k, **kw: (a, kw, z)": "@k z",
    "(lambda: (n := 1) + n)() + n": "n",
    "(n := @x.y) + n": "@x.y",
    "(lambda a=(n := @x): a)() + n": "@x",
    "[(m := x) for x in @xs] + [m]": "@xs",
    "[x for x in @xs] + [x]": "@xs x",
    "@a if @b else c": "@a @b c",
    'f"{@a.b:>{@w}}"': "@a.b @w",
    "(@a)": "@a",
    "(@a or @b).c": "@a @b",
    "f(*@a, **@b, k=@c)": "@a @b @c f",
}


@pytest.mark.parametrize("text", READS)
def test_what_an_expression_reads(text: str) -> None:
    """N2.1, N2.2: longest static paths, scope-correct, prefixes swallow."""
    assert deps(text) == Deps(False, deps(text).paths)
    assert " ".join(map(str, deps(text).paths)) == READS[text]


@pytest.mark.parametrize(
    "text",
    ["assigns", "f(assigns)", "assigns[0]", "assigns[@k]", "[assigns for x in y]", "assigns.get('x') and assigns"],
)
def test_the_whole_of_assigns_is_always(text: str) -> None:
    """N2.1, EN-11: any other use of `assigns`."""
    assert deps(text).always


@pytest.mark.parametrize("text", ["[assigns.x for assigns in y]", "lambda assigns: assigns", "assigns.x.y"])
def test_a_bound_assigns_or_a_path_of_it_is_not(text: str) -> None:
    """N2.1, N2.2."""
    assert not deps(text).always


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("@a", "@a"),
        ("(@a.b)", "@a.b"),
        ("x.y", "x.y"),
        ("assigns.a['b']", "@a['b']"),
        ("@a + 1", None),
        ("@a()", None),
        ("@a[@b]", None),
        ("@a[@b].c", None),
        ("not @a", None),
        ("assigns", None),
        ("1", None),
    ],
)
def test_whether_an_expression_is_a_bare_path(text: str, path: str | None) -> None:
    """N2.5: only then does a component get the old value."""
    read = expression(Excerpt(Source.verbatim(text), text, ((0, 0),))).path
    assert (read and str(read)) == path


def test_names_are_the_ordinary_free_names() -> None:
    """What the compiler must find in the definition's scope, or in the template's variables."""
    text = "[f(x, @y, z.w) for x in xs if (n := x)] + [n] + [lambda q: q + r]"
    read = expression(Excerpt(Source.verbatim(text), text, ((0, 0),)))
    assert read.names == {"f", "z", "xs", "r"} and read.binds == ("n",)


def test_what_a_pattern_reads() -> None:
    """Value and class patterns read names; captures do not."""
    text = "Point(x=Color.RED, y=y) | Point(x=@k.v, y=y)"
    read = pattern(Excerpt(Source.verbatim(text), text, ((0, 0),)))
    assert " ".join(map(str, read.deps.paths)) == "@k.v Color.RED Point"


@given(
    st.recursive(
        st.sampled_from(["@a", "x", "@b.c", "1"]),
        lambda inner: st.one_of(
            inner.map(lambda each: f"({each}).d"),
            inner.map(lambda each: f"({each})[0]"),
            inner.map(lambda each: f"({each}).m()"),
            st.tuples(inner, inner).map(lambda pair: f"({pair[0]})[{pair[1]}]"),
            st.tuples(inner, inner).map(lambda pair: f"[y for y in {pair[0]} if {pair[1]}]"),
            inner.map(lambda each: f"(lambda x: {each})"),
        ),
        max_leaves=8,
    )
)
def test_no_assign_is_forgotten(text: str) -> None:
    """Law: every assign in the text is the root of a path; no path extends another; they are sorted."""
    paths = deps(text).paths
    assert {path.name for path in paths if path.root == "assign"} == {name for name in ("a", "b") if f"@{name}" in text}
    for path in paths:
        assert not any(
            path != other and path[:2] == other[:2] and path.steps[: len(other.steps)] == other.steps for other in paths
        )
    assert list(paths) == sorted(
        paths, key=lambda path: (path.root, path.name, [(k, type(v).__name__, str(v)) for k, v in path.steps])
    )
