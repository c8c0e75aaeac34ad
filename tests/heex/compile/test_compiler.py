"""What is evaluated when: EN-1…EN-24, N2, the shape of statics, and Python's own scopes inside a template."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveComponent, LiveView
from liveview_core.declarations.attributes import attr, slot
from liveview_core.forms import to_form
from liveview_core.heex import Template, heex
from liveview_core.rendering.diff import Traversal
from liveview_core.rendering.rendered import ComponentRef, Comprehension, Part, Rendered, rendered_to_text
from liveview_core.values.assigns import Assigns, same, stored
from liveview_testing import live
from liveview_testing.laws import hold


@frozen
class User:
    name: str
    age: int = 1


def changes(old: dict[str, Any], new: dict[str, Any]) -> dict[str, object]:
    return {key: stored(old.get(key)) for key in new if key not in old or not same(old[key], new[key])}


class Client:
    """Renders a template again and again, and keeps what was sent, as a process does."""

    def __init__(self, template: Template, **assigns: Any) -> None:
        self.template = template
        self.assigns = assigns
        self.templates: dict[str, Any] = {}
        self.prints: Any = None
        self.first = self._render(None)

    def _render(self, changed: dict[str, object] | None) -> dict[str, Any]:
        traversal = Traversal(lambda ref: 7, shared=True)
        rendered = self.template(Assigns(self.assigns, changed))
        diff, self.prints = traversal.rendered(rendered, self.prints, changed is not None)
        self.templates = traversal.templates or {}
        return diff

    def set(self, **assigns: Any) -> dict[str, Any]:
        """Assign, render, and give what is sent."""
        changed = changes(self.assigns, assigns)
        self.assigns = {**self.assigns, **assigns}
        return self._render(changed)


def text(template: Template, **assigns: Any) -> str:
    return rendered_to_text(template(assigns))


# --- statics --------------------------------------------------------------------------------------------------------------


def test_statics_surround_dynamics() -> None:
    """EN-1: one more static than dynamics, "" between neighbours."""
    part = heex("{@a}{@b}<br>x{@c}")(a=1, b=2, c=3).part
    assert part.statics == ("", "", "<br>x", "")
    assert not part.root


def test_tags_are_closed_as_they_are_rendered() -> None:
    """TG-17: void tags stay open, self-closed ones get a close tag."""
    assert heex("<br/><div/><p></p>")().part.statics == ("<br><div></div><p></p>",)


def test_vx_2_and_3() -> None:
    """Whitespace at the ends, and what counts as a root (WS-2, TG-30)."""
    assert heex("\n  <p> a </p>  \n  ")().part == Part(("<p> a </p>",), heex("<p> a </p>")().part.fingerprint, True)
    assert heex(" \n  hi {@a}\n")(a=1).part.statics == (" \n  hi ", "")
    rendered = heex("<!-- {@a} <%= @a %> <b> -->{@a}")(a=1)
    assert (rendered.part.statics, rendered.part.root) == (("<!-- {@a} ", " <b> -->", ""), False)


def test_literal_expressions_are_dynamics() -> None:
    """ES-4: they are never merged into the statics; EN-6: they are evaluated only when nothing is tracked."""
    template = heex('{"b<"}{1}{None}')
    assert template().evaluate(False) == {"0": "b&lt;", "1": "1", "2": ""}
    assert template(Assigns({}, {})).evaluate(True) == {}


@pytest.mark.parametrize("nothing", ["", " ", "# note\n", " # note"])
def test_empty_braces_are_none(nothing: str) -> None:
    """N1.5: nothing, or a comment only, wherever an expression can stand."""
    box = heex("[{@a}{render_slot(@inner_block)}]", attr("a"), slot("inner_block"))
    for source, expected in (
        ("{E}", ""),
        ("<%= E%>", ""),
        ("<% E%>", ""),
        ("<p a={E} id={E} phx-click={E}></p>", "<p></p>"),
        ("<p class={E} style={E}></p>", '<p class="" style=""></p>'),
        ("<p {E}></p>", "<p></p>"),
        ("<p :if={E}>x</p>", ""),
        ("<p :for={x in [1]} :key={E}>{x}</p>", "<p>1</p>"),
        ("<.box a={E}>{E}</.box>", "[]"),
        ("<.box {E} a={1} />", "[1]"),
        ("<.box a={E} :if={E} />", ""),
        ("<% x =E%>{x}", ""),
    ):
        assert text(heex(source.replace("E", nothing), names={"box": box})) == expected, source


def test_fingerprints() -> None:
    """N3.4: the same source gives the same fingerprints, another source others; the number is a digest, pinned here."""
    one, two = heex("<p>{@a}</p>"), heex("<p>{@a}</p>")
    assert one(a=1).part == two(a=2).part
    assert one(a=1).part.fingerprint != heex("<p>{@b}</p>")(b=1).part.fingerprint
    assert heex("static")().part.fingerprint == 11688381927966873542


def test_equal_static_bodies_are_one_template() -> None:
    """Without dynamics the text is the template, wherever it stands: it is sent once."""
    client = Client(
        heex("<%= if @a: %>same<% else: %>other<% end %><b :if={@a}>x</b><%= if @a: %>same<% end %>"), a=True
    )
    assert client.templates == {"0": ["same"], "1": ["<b>x</b>"], "2": ["", "", "", ""]}


# --- dependencies ---------------------------------------------------------------------------------------------------------


def test_vx_7_paths() -> None:
    """EN-5, EN-8, EN-10: a path is compared at its end; the whole assign when it is used as a whole."""
    template = heex("{@u.name}{@u.age}{len(@u.name)}{repr(@u)}{@u['x'] if False else 1}")
    client = Client(template, u=User("ann", 1))
    assert client.set(u=User("ann", 2)) == {"1": "2", "3": "User(name=&#39;ann&#39;, age=2)", "4": "1"}
    assert client.set(u=User("ann", 2)) == {}


def test_dict_paths() -> None:
    """EN-9: constant keys of dicts are walked, computed ones end the path."""
    client = Client(heex('{@m["a"]}{@m["b"]["c"]}{@m[@k]}'), m={"a": 1, "b": {"c": 2}}, k="a")
    assert client.set(m={"a": 1, "b": {"c": 3}}) == {"1": "3", "2": "1"}
    client = Client(heex("{@m[@k]}"), m={"a": 1, "b": 2}, k="a")
    assert client.set(k="b") == {"0": "2"}


def test_whole_assigns_are_always_evaluated() -> None:
    """EN-11."""
    client = Client(heex('{assigns.get("b")}{assigns.a}{assigns["a"]}'), a=1, b=2)
    assert client.set(b=3) == {"0": "3"}
    assert client.set(a=2) == {"0": "3", "1": "2", "2": "2"}


def test_text_is_not_compared() -> None:
    """EN-10a: what is flagged is sent, even if it renders the same."""
    client = Client(heex("{@a + @b}"), a=1, b=2)
    assert client.set(a=2, b=1) == {"0": "3"}


def test_names_of_the_definition_are_no_dependency() -> None:
    """EN-6, N2.3: functions and constants of the module do not change."""
    limit = 3  # noqa: F841  # pyright: ignore[reportUnusedVariable]
    client = Client(heex("{min(@n, limit)}{limit}"), n=5)
    assert client.set(n=1) == {"0": "1"}


def test_variables_of_the_template_always_evaluate() -> None:
    """EN-12: `<% x = … %>` taints what uses it, and nothing outside of the body that binds it (EN-13)."""
    client = Client(heex("<% x = @a * 2 %>{x}{@b}<%= if @b: %><% y = @b %>{y}{@c}<% end %>"), a=1, b=2, c=3)
    assert client.set(c=4) == {"0": "2", "2": {"0": "2", "1": "4"}}
    assert client.set(a=2) == {"0": "4"}


def test_vx_6_branches() -> None:
    """EN-13, EN-14, DF-4: one dynamic; the branch checks its own dynamics; another branch is sent whole."""
    client = Client(heex("<div><%= if @a: %>A{@z}<% else: %>B{@z}<% end %></div>"), a=True, z=1)
    assert client.first["0"] == {"0": "1", "s": 0}
    assert client.set(a=5) == {}
    assert client.set(a=None) == {"0": {"0": "1", "s": 0}}
    assert client.templates == {"0": ["B", ""]}
    assert client.set(z=4) == {"0": {"0": "4"}}


def test_guards_count() -> None:
    """EN-13: what a guard reads is among what the block depends on, paths included."""
    client = Client(
        heex("<%= match @x: %><% case y if y > @u.age: %>over<% case _: %>under<% end %>"), x=2, u=User("ann", 1)
    )
    assert client.set(u=User("ben", 1)) == {}
    client.set(u=User("ben", 3))
    assert client.templates == {"0": ["under"]}


def test_every_generator_counts() -> None:
    """EN-13, EN-22: what a later generator or a filter reads is among what the loop depends on."""
    client = Client(heex("<%= for a in @xs if a > @low for b in @ys if b != @not_: %>{a}{b}<% end %>"),
                    xs=[1, 2], ys=["x", "y"], low=0, not_="")  # fmt: skip
    assert text(client.template, **client.assigns) == "1x1y2x2y"
    for change, page in (
        ({"ys": ["z"]}, "1z2z"), ({"low": 1}, "2z"), ({"ys": ["x", "z"]}, "2x2z"), ({"not_": "x"}, "2z"), ({"xs": [3]}, "3z"),
    ):  # fmt: skip
        diff = client.set(**change)
        assert diff["0"]["k"]["kc"] == len(page) // 2
        assert text(client.template, **client.assigns) == page


def test_vx_8_match() -> None:
    """EN-12: what a case binds is sent whenever the branch is evaluated."""
    client = Client(heex("<%= match @x: %><% case v: %>{v}{@z}<% end %>"), x=1, z=1)
    assert client.set(x=5) == {"0": {"0": "5"}}
    assert client.set(z=9) == {"0": {"0": "5", "1": "9"}}


def test_if_without_else_is_empty() -> None:
    """TG-39, N4: Python truth decides."""
    template = heex("<b :if={@x}>1</b><%= if @x: %>2<% end %>")
    assert template(x=[]).evaluate(False) == {"0": "", "1": ""}
    assert text(template, x=["a"]) == "<b>1</b>2"


# --- loops ----------------------------------------------------------------------------------------------------------------


def loop(template: Template, **assigns: Any) -> Comprehension:
    value = template(assigns).evaluate(False)["0"]
    assert isinstance(value, Comprehension)
    return value


def test_vx_4_loops() -> None:
    """EN-22, EN-23: variables are tracked by entry, the outer assigns by the outer set."""
    client = Client(heex("<ul><li :for={i in @is}>{i.age}{@z}</li></ul>"), **{"is": [], "z": 1})
    assert client.first["0"] == ""
    ann, ben = User("ann", 1), User("ben", 2)
    assert client.set(**{"is": [ann, ben]}) == {
        "0": {"k": {"0": {"0": "1", "1": "1"}, "1": {"0": "2", "1": "1"}, "kc": 2}, "s": 0}
    }
    assert client.set(**{"is": [ann, ben]}) == {}
    assert client.set(**{"is": [evolve(ann, name="x"), evolve(ben, age=3)]}) == {"0": {"k": {"1": {"0": "3"}, "kc": 2}}}
    assert client.set(z=4) == {"0": {"k": {"0": {"1": "4"}, "1": {"1": "4"}, "kc": 2}}}
    assert client.set(**{"is": []}) == {"0": {"k": {"kc": 0}}}


def test_loop_names() -> None:
    """Names that begin with an underscore, and those of later generators, are bound and not tracked (EN-12, EN-22)."""
    made = loop(heex("<%= for (a, _b), *c in @x for d in c if d: %>{a}{_b}{d}<% end %>"), x=[((1, 2), 3, 0, 4)])
    assert made.names == ("a", None, "c", None)
    assert made.entries == [(1, 2, [3, 0, 4], 3), (1, 2, [3, 0, 4], 4)]
    assert not made.single
    single = loop(heex("<p :for={a in @x} :if={a > 1} :key={a}>{a}</p>"), x=range(4))
    assert (single.names, single.entries, single.single) == (("a",), [2, 3], True)
    assert single.key is not None
    assert single.key(2) == 2


@pytest.mark.parametrize(
    ("source", "changed", "touched"),
    [
        ("<p :for={x in @xs}>{x}</p>", {"xs": True}, False),
        ("<p :for={x in @xs}>{x}{@a}</p>", {"xs": True}, False),
        ("<p :for={x in @xs}>{x}{@a}</p>", {"a": True}, True),
        ("<p :for={x in @xs} :key={f'{@a}-{x}'}>{x}</p>", {"a": True}, True),
        ("<p :for={x in @xs} :if={x != @a}>{x}</p>", {"a": True}, False),
        ("<p :for={_x in @xs}>{_x}</p>", {"xs": True}, True),
        ("<p :for={x in @xs}>{assigns}</p>", {"xs": True}, True),
        ("<p :for={x in @xs}><b :if={x}>{@a}</b></p>", {"a": True}, True),
    ],
)
def test_touched(source: str, changed: dict[str, object], touched: bool) -> None:
    """`touched` says whether an entry whose variables are the same must be looked at."""
    rendered = heex(source)(Assigns({"xs": [1], "a": 2}, changed))
    value = rendered.evaluate(True)["0"]
    assert isinstance(value, Comprehension)
    assert value.touched is touched


def test_each_entry_has_its_own_scope() -> None:
    """N3.5: a function made in a row sees the row's variable, later as well."""
    seen: list[Any] = []

    def keep(function: Any) -> str:  # pyright: ignore[reportUnusedFunction]
        seen.append(function)
        return ""

    text(heex("<p :for={x in @xs}>{keep(lambda: x)}</p>"), xs=[1, 2, 3])
    assert [function() for function in seen] == [1, 2, 3]


def test_entries_are_copied() -> None:
    """What a print remembers is not the author's own list."""
    items = [1, 2]
    assert loop(heex("<p :for={x in @xs}>{x}</p>"), xs=items).entries is not items


def test_loops_raise_where_the_pattern_does_not_match() -> None:
    """N4: a departure from TG-37, which skips such items."""
    with pytest.raises(ValueError, match="not enough values"):
        text(heex("<p :for={a, b in @xs}>{a}</p>"), xs=[(1,)])


def test_rows_of_a_loop_that_uses_a_variable_of_outside() -> None:
    """As upstream: such rows are sent whole, bodies nested in them are not."""
    box = heex("<p>{render_slot(@inner_block, @n)}</p>", slot("inner_block"), attr("n", int))
    source = "<.box :let={v} n={@n}><i :for={x in @xs}>{x}{v}{@z}<b :if={x}>{x}{@z}</b></i></.box>"
    client = Client(heex(source, names={"box": box}), n=1, xs=[1], z=5)
    assert client.set(n=2) == {"0": {"0": {"0": {"k": {"0": {"0": "1", "1": "2", "2": "5"}, "kc": 1}}}}}


def test_a_name_with_an_underscore_taints_its_row() -> None:
    """EN-12: whether it is read or not; blocks inside of the row are not affected, and `_` alone is no variable."""
    client = Client(heex("<i :for={_k, v in @xs}>{v}{@z}<b :if={@z}>{@q}{v}</b></i>"), xs=[(1, 2)], z=1, q=0)
    assert client.set(q=0) == {}
    assert client.set(q=5) == {"0": {"k": {"0": {"0": "2", "1": "1", "2": {"0": "5"}}, "kc": 1}}}
    client = Client(heex("<i :for={_, v in @xs}>{v}{@z}</i>"), xs=[(1, 2)], z=1)
    assert client.set(z=4) == {"0": {"k": {"0": {"1": "4"}, "kc": 1}}}


def test_deep_loops_compile_once() -> None:
    """Loops inside slot content with `:let`: the cost of compiling grows with the template, not with 2 to its depth."""
    box = heex("{render_slot(@inner_block, 1)}", slot("inner_block"))
    source = "<.box :let={v}>" + "<i :for={x in [1]}>" * 18 + "{v}" + "</i>" * 18 + "</.box>"
    template = heex(source, names={"box": box})
    assert text(template) == "<i>" * 18 + "1" + "</i>" * 18
    assert len(template.python) < 40_000


# --- Python's scopes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "assigns", "expected"),
    [
        ("{(y := @a) + y}{[y for y in 'ab'][0]}", {"a": 2}, "4a"),
        ("<%= if (y := @a): %>{y}<% elif (z := @b): %>{y}{z}<% else: %>{y}{z}<% end %>", {"a": 0, "b": 4}, "04"),
        ("<%= if (y := @a): %>{y}<% elif (z := @b): %>{z}<% else: %>{y}{z}<% end %>", {"a": 0, "b": 0}, "00"),
        ("<%= if (y := @a): %>{y}<% end %>|<b :if={(y := @b)}>{y}</b>", {"a": 0, "b": 2}, "|<b>2</b>"),
        ("<% x = 1 %>{x}<%= if True: %>[{x}]<% end %><% x = x + 1 %>{x}", {}, "1[1]2"),
        ("<% a, (b, *c) = @t %>{a}{b}{len(c)}", {"t": (1, (2, 3, 4))}, "122"),
        ("<% x = 1 %><%= if @a: %><% x = 2 %>{x}<% end %>{x}", {"a": True}, "21"),
        ("<% @log.append(@a) %>{@log[-1]}", {"a": "z", "log": []}, "z"),
        ("{[x for x in @xs if x != @a][0]}{(lambda q, a=@a: q + a)(1)}", {"xs": [3, 4], "a": 3}, "44"),
        ("<%= match @x: %><% case [a, *b] if b: %>{a}{len(b)}<% case [a]: %>one {a}<% case _: %>?<% end %>", {"x": [1]}, "one 1"),
        ("<%= match @x: %> \n <% case User(name=n): %>{n}<% case None: %>none<% end %>", {"x": User("ann")}, "ann"),
        ("<%= match @x: %><% case 1: %>one<% end %>", {"x": 2}, ""),
        ("<%= for x in @xs: %><% y = x * 2 %>{y} <% end %>", {"xs": [1, 2]}, "2 4 "),
        ("<%= for i, r in enumerate(@rs) for c in r if c > 1: %>{i}:{c} <% end %>", {"rs": [[1, 2], [3]]}, "0:2 1:3 "),
        ("{f'{@a}<{@b!r}{@c:>3}'}", {"a": None, "b": "x", "c": 1}, "&lt;&#39;x&#39;  1"),
    ],
)  # fmt: skip
def test_scopes(source: str, assigns: dict[str, Any], expected: str) -> None:
    """Walrus, assignments, patterns, lambdas and comprehensions mean what they mean in Python (N1.8, EN-15)."""
    assert text(heex(source), **assigns) == expected


@pytest.mark.parametrize("n", [None, True, "<"])
def test_walrus_in_an_f_string(n: Any) -> None:
    """N1.8, N4: the fields of one f-string share names, and are converted as elsewhere; the names stay inside."""
    template = heex(
        """<p title={f"{(y := @n)}{y}"} class={f"{(y := @n)}{y}"} style={f"{(y := @n)}{y}"}>"""
        """{f"{(y := @n)}{y}"}<.c v={f"{(y := @n)}{y}"} /></p>{"y" in dir()}{f""}<.c v={f""} />""",
        names={"c": heex("[{@v}]")},
    )
    twice = {None: "", True: "truetrue", "<": "&lt;&lt;"}[n]
    expected = f'<p title="{twice}" class="{twice}" style="{twice}">{twice}[{twice}]</p>false[]'
    assert text(template, n=n) == expected


def test_an_assignment_at_the_end() -> None:
    """Nothing need follow it; also in bodies."""
    assert text(heex("{@a}<% x = @a %>"), a=1) == "1"
    assert text(heex("<b :if={@a}>{@a}<% (x, y) = (@a, 1) %></b><i :for={z in @a}><% w = z %></i>"), a=[]) == ""
    assert text(heex("<i :for={z in @a}><% w = z %></i>"), a=[1, 2]) == "<i></i><i></i>"


def test_what_one_case_binds_another_does_not_see() -> None:
    """A failed pattern leaves nothing behind: `a` of the second case is the template's own."""
    source = "<% a = 'outer' %><%= match @x: %><% case [a, 1]: %>first<% case _: %>{a}<% end %>"
    assert text(heex(source), x=[0, 2]) == "outer"


def test_python_keywords_as_assigns() -> None:
    """N1.4: `@class`, `@for`, `@from`."""
    assert text(heex("{@class}{@for}"), **{"class": 1, "for": 2}) == "12"


def test_deep_nesting() -> None:
    """Python allows 100 levels of indentation; a template may be deeper."""
    depth = 60
    source = "<%= if @a: %>" * depth + "{@a}" + "<% end %>" * depth
    assert text(heex(source), a=1) == "1"


# --- components -----------------------------------------------------------------------------------------------------------


def heard(source: str, assigns: dict[str, Any], changed: dict[str, object] | None) -> Any:
    """What the component `<.spy>` of a template hears: its changed set, or "not called"."""
    calls: list[Any] = []

    def spy(given: Assigns) -> Rendered:
        calls.append(given._changed)  # pyright: ignore[reportPrivateUsage]
        return EMPTY(given)

    heex(source, names={"spy": spy})(Assigns(assigns, changed)).evaluate(True)
    return calls[0] if calls else "not called"


EMPTY = heex("<i></i>")
ANN = User("ann", 1)


@pytest.mark.parametrize(
    ("source", "changed", "expected"),
    [
        ("<.spy a={@a} />", None, None),
        ("<.spy a={@a} />", {}, "not called"),
        ("<.spy a={@a} b={1} c='x' d />", {"a": True}, {"a": True}),
        ("<.spy u={@u} a={@a} />", {"u": User("old", 1)}, {"u": User("old", 1)}),
        ("<.spy n={@u.name} a={@a} />", {"u": User("old", 1), "a": True}, {"n": True, "a": True}),
        ("<.spy n={@u.name} a={@a} />", {"u": User("ann", 2), "a": True}, {"a": True}),
        ("<.spy n={@u.name} />", {"u": User("ann", 2)}, "not called"),
        ("<.spy p={@m['k']} a={@a} />", {"m": {"k": ANN}}, {"p": ANN}),
        ("<.spy p={@xs[0]} a={@a} />", {"xs": [{"k": 1}]}, {"p": True}),
        ("<.spy p={@form['n']} a={@a} />", {"form": to_form({"n": "1"})}, {"p": True}),
        ("<.spy p={@form['z']} a={@a} />", {"form": to_form({"n": "1"}), "a": True}, {"a": True}),
        ("<.spy n={[@a, @b]} />", {"b": True}, {"n": True}),
        ("<.spy n={assigns} />", {}, {"n": True}),
        ("<.spy {@m} a={@a} />", {"a": True}, None),
        ("<.spy {{'x': 1}} a={@a} />", {"a": True}, {"a": True}),
        ("<.spy a={@a}>static</.spy>", {"a": True}, {"a": True}),
        ("<.spy>{@a}</.spy>", {"a": True}, {"inner_block": True}),
        ("<.spy :let={v}>{v}</.spy>", {"a": True}, "not called"),
        ("<.spy a={@a}><:col k={@b}>{@u.name}</:col></.spy>", {"b": True}, {"col": True}),
        ("<.spy a={@a}><:col k={@b}>{@u.name}</:col></.spy>", {"u": User("ann", 2)}, "not called"),
        ("<.spy a={@a}><:col :for={x in @xs}>{x}</:col></.spy>", {"xs": True}, {"col": True}),
        ("<.spy a={@a}><:col :if={@b}>x</:col></.spy>", {"b": True}, {"col": True}),
    ],
)
def test_what_a_component_hears(source: str, changed: dict[str, object] | None, expected: Any) -> None:
    """EN-16, EN-17, N2.5, EN-24."""
    assigns = {"a": 1, "b": 2, "u": ANN, "m": {"k": User("new", 1)}, "xs": [1], "form": to_form({"n": "2"})}
    assert heard(source, assigns, changed) == expected


ALL = {"a": True, "b": True, "c": True}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<% v = @a %><.spy a={v} b={@b} c={3} />", ALL),
        ("<% v = @a %><.spy a={@b} b={str(v)} c='x' />", ALL),
        ("<% v = @a %><.spy a={@b} b c='x'>{v}</.spy>", {**ALL, "inner_block": True}),
        ("<% v = @a %><.spy a={@b}><:b k={v} /><:c>static</:c></.spy>", {**ALL, "inner_block": True}),
        ("<% v = @a %><.spy a={@a} b={@b} c={3} />{v}", {"a": True}),
        ("<% v = @a %><.spy {{'c': 3}} a={v} b={@b} />", None),
        ("<.spy {{'c': 3}} a={@a} b={@b} />", {"a": True}),
        ("<.spy :for={x, _y in [(@a, 1)]} a={x} b={@b} c={3} />", ALL),
        ("<.spy :for={x, _ in [(@a, 1)]} a={x} b={@b} c={3} />", {"a": True}),
        ("<%= match @a: %><% case v: %><.spy a={v} b={@b} c={3} /><% end %>", ALL),
        ("<%= for x in [@a] for v in [x]: %><.spy a={v} b={@b} c={3} /><% end %>", ALL),
        ("<%= for _x in [@a]: %><.spy a={_x} b={@b} c={3} /><% end %>", ALL),
        ("<%= for x in [@a]: %><.spy a={x} b={@b} c={3} /><% end %>", {"a": True}),
        ("<.spy a={assigns} b={@b} c={3} />", {"a": True}),
        ("<.box :let={v} x={@a}><.spy a={v} b={@b} c={3} /></.box>", ALL),
        ("<% v = @a %><.box x={v}><.spy a={@a} b={@b} c={3} /></.box>", {"a": True}),
        ("<.spy :let={v} a={@a} b={@b} c={3}>{v}</.spy>", {"a": True}),
        ("<.spy a={@a} b={@b}><:c :for={x in [1]} k={x}>{x}</:c></.spy>", {"a": True}),
    ],
)
def test_a_variable_taints_the_whole_call(source: str, expected: Any) -> None:
    """EN-16: what one argument uses makes all of them count as changed, constants too; calls inside are not affected."""
    box = heex("{render_slot(@inner_block, @x)}", slot("inner_block"), attr("x", int))
    calls: list[Any] = []

    def spy(given: Assigns) -> Rendered:
        calls.append(given._changed)  # pyright: ignore[reportPrivateUsage]
        return EMPTY(given)

    template = heex(source, names={"spy": spy, "box": box})
    shown = Client(template, a=1, b=2)
    calls.clear()
    shown.set(a=5)
    assert calls == [expected]


def test_a_call_in_a_tainted_row_is_sent_whole() -> None:
    """EN-12, EN-16: what stands in the rows of such a loop is as if it used the variable."""
    inner = heex("{@a}{@b}{@c}")
    source = '<% v = @x %><%= for i in @xs: %>{v}<.inner a={1} b={@y} c={3} /><.inner a="k" b="l" c="m" /><% end %>'
    client = Client(heex(source, names={"inner": inner}), x=1, y=2, xs=[1])
    row = {"0": "5", "1": {"0": "1", "1": "2", "2": "3"}, "2": {"0": "k", "1": "l", "2": "m"}}
    assert client.set(x=5) == {"0": {"k": {"0": row, "kc": 1}}}


def test_an_item_that_is_not_there_is_not_sent() -> None:
    """EN-8: neither before nor after; in a block that is shown for other reasons."""
    client = Client(heex('<p>{@d["a"]}<b :if={@on}>{@d["b"]}</b></p>'), d={"a": "1"}, on=False)
    assert client.set(d={"a": "2"}) == {"0": "2"}
    rows = heex('<i :for={row in @rows}>{row["a"]}<b :if={@on}>{row["zz"]}</b></i>')
    client = Client(rows, rows=[{"a": "1"}], on=False)
    assert client.set(rows=[{"a": "2"}]) == {"0": {"k": {"0": {"0": "2"}, "kc": 1}}}


def test_vx_11_nested_paths_continue_in_components() -> None:
    """EN-16: the child compares the same old value."""
    box = heex("<div>{@u.name}{@n}</div>")
    client = Client(heex("<.box u={@u} n={@a + @b} />", names={"box": box}), u=User("ann", 1), a=1, b=2)
    assert client.set(u=User("ann", 2)) == {}
    assert client.set(u=User("ben", 2)) == {"0": {"0": "ben"}}
    assert client.set(a=2, b=1) == {"0": {"1": "3"}}


def test_vx_12_slots() -> None:
    """EN-20: slot content is evaluated only where the slot changed."""
    w = heex("<div>{render_slot(@inner_block)}{@t}</div>", slot("inner_block"), attr("t", int))
    client = Client(heex("<p><.w t={@t}><b>{@x}</b></.w></p>", names={"w": w}), t=1, x=1)
    assert client.set(t=2) == {"0": {"1": "2"}}
    assert client.set(x=2) == {"0": {"0": {"0": "2"}}}


def test_vx_9_rest_is_always_sent() -> None:
    """DC-15: the global attribute counts as changed whenever the component is called."""
    c = heex(
        "<i {@rest}>{@a}{render_slot(@inner_block, @a)}</i>",
        attr("a", int, default=1),
        attr("rest", "global", default={"class": "z"}),
        slot("inner_block"),
    )
    source = '<.c a={@x} foo="q" data-k={@y}>s{@z}</.c>'
    with pytest.warns(UserWarning, match="undefined attribute 'foo'"):
        template = heex(source, names={"c": c})
    client = Client(template, x=1, y=2, z=3)
    assert client.first["0"]["0"] == ' class="z" foo="q" data-k="2"'
    assert client.set(z=9) == {"0": {"0": ' class="z" foo="q" data-k="2"', "2": {"0": "9"}}}


def test_vx_10_spread() -> None:
    """EN-17: a dependent root attribute evaluates the component in full, its static slot content not."""
    c = heex(
        "<i {@rest}>{@a}{render_slot(@inner_block)}</i>", attr("a", int), attr("rest", "global"), slot("inner_block")
    )
    client = Client(heex("<.c {@m}>s</.c>", names={"c": c}), m={"a": 1, "data-k": 1})
    assert client.set(m={"a": 1, "data-k": 2}) == {"0": {"0": ' data-k="2"', "1": "1"}}


def test_arguments() -> None:
    """FC-2, FC-3, FC-4: strings, bare attributes, names as written; explicit ones win over root attributes."""
    seen: list[dict[str, Any]] = []

    def spy(given: Assigns) -> Rendered:
        seen.append(dict(given))
        return EMPTY(given)

    source = "<.spy a='&lt;' b c={@n} d-e={f'x{None}{True}<'} {@m} n='explicit' /><.spy></.spy><.spy {@none} />"
    heex(source, names={"spy": spy})(n=1, m={"n": 2, "z": 3}, none=None).evaluate(False)
    block = seen[1].pop("inner_block")
    assert seen == [{"n": "explicit", "z": 3, "a": "&lt;", "b": True, "c": 1, "d-e": "xtrue<"}, {}, {}]
    assert len(block) == 1


def test_slots_as_they_come() -> None:
    """FC-5, FC-7: entries in document order with their attributes; `:for` and `:if`."""
    seen: list[Any] = []

    def spy(given: Assigns) -> Rendered:
        seen.extend(given.col)
        return EMPTY(given)

    source = """<.spy>
      <:col a="1" {@m} b={@n}>one</:col>
      <:col :for={x in @xs} :if={x > 1} a={x} />
      <:col :if={@no}>never</:col>
      <:col :if={@n}>last</:col>
    </.spy>"""
    heex(source, names={"spy": spy})(n=5, m={"a": "spread", "c": 3}, xs=[1, 2, 3], no=None).evaluate(False)
    assert [repr(entry) for entry in seen] == [
        "<slot :col a='1' c=3 b=5>",
        "<slot :col a=2 />",
        "<slot :col a=3 />",
        "<slot :col>",
    ]
    first = seen[0]
    assert (first.a, first["c"], first["none"], first.get("none", 1), "b" in first) == ("1", 3, None, 1, True)


def test_attributes_of_slot_entries_are_paths() -> None:
    """EN-9: an entry's other attribute changed, so what shows this one is not sent."""
    table = heex(
        "<b :for={col in @col}>{col['label']}|{col['size']}|{col.label}</b>",
        slot("col", attr("label", str), attr("size")),
    )
    client = Client(heex("<.table><:col label={@a} size={@b} /></.table>", names={"table": table}), a="x", b=1)
    assert client.set(b=2) == {"0": {"0": {"k": {"0": {"1": "2"}, "kc": 1}}}}
    assert client.set(a="y") == {"0": {"0": {"k": {"0": {"0": "y", "2": "y"}, "kc": 1}}}}


def test_static_slot_entries_are_equal() -> None:
    """EN-21: static content is the same value at every call, so that a loop over the entries sees no change."""
    table = heex("<p :for={c in @col}>{render_slot(c)}{c.a}</p>", slot("col", attr("a", int)), attr("z", int))
    client = Client(
        heex("<.table z={@z}><:col a={@n}>one</:col><:col a={1}>{@z}</:col></.table>", names={"table": table}), n=1, z=1
    )
    assert client.set(z=2) == {"0": {"0": {"k": {"1": {"0": {"0": "2"}}, "kc": 2}}}}
    assert client.set(n=2) == {"0": {"0": {"k": {"0": {"1": "2"}, "kc": 2}}}}


def test_render_slot_of_several() -> None:
    """FC-8: all entries in order; none is None, so that `or` gives a default; one entry alone."""
    box = heex("<b>{render_slot(@x) or 'default'}</b><i :for={e in @x}>{render_slot(e)}</i>", slot("x"))
    assert text(heex("<.box><:x>1</:x><:x>{2}</:x></.box>", names={"box": box})) == "<b>12</b><i>1</i><i>2</i>"
    assert text(heex("<.box />", names={"box": box})) == "<b>default</b>"


def test_let() -> None:
    """FC-10: a pattern binds what render_slot is given; without `:let` it is ignored."""
    box = heex("<b>{render_slot(@inner_block, @v)}</b>", slot("inner_block"), attr("v", "any"))
    for pattern, value, body, expected in (
        ("v", 1, "{v}", "1"),
        ("_", 1, "x", "x"),
        ('{"a": [x, *_]}', {"a": [7, 8]}, "{x}", "7"),
        ("User(name=n)", ANN, "{n}", "ann"),
        ("(a, b) as c", (1, 2), "{a}{b}{len(c)}", "122"),
    ):
        source = f"<.box :let={{{pattern}}} v={{@v}}>{body}</.box>"
        assert text(heex(source, names={"box": box, "User": User}), v=value) == f"<b>{expected}</b>"
    assert text(heex("<.box v={1}>x</.box>", names={"box": box})) == "<b>x</b>"


def test_slot_content_sees_the_callers_variables() -> None:
    """FC-12: of the caller, also inside loops and inside slots of slots."""
    box = heex("<b>{render_slot(@inner_block, @v)}</b>", slot("inner_block"), attr("v", "any"))
    source = "<.box :for={x in @xs} :let={y} v={x * 2}>{x}{y}<.box :let={z} v={y}>{x + y + z}{@n}</.box></.box>"
    assert text(heex(source, names={"box": box}), xs=[1, 2], n="n") == "<b>12<b>5n</b></b><b>24<b>10n</b></b>"


class Holder(LiveComponent):
    """Shows what it is given."""

    render = heex("<b id={@id}>{render_slot(@inner_block)}</b>")


def test_slots_of_components_that_come_to_new_rows() -> None:
    """EN-20, EN-23: the component is known, so its slot is tracked; the row around it is new, so what that binds has changed."""
    heard: list[Any] = []

    def spy(given: Assigns) -> Rendered:
        heard.append(given._changed)  # pyright: ignore[reportPrivateUsage]
        return SPIED(given)

    class Rows(LiveView):
        def mount(self, params: Any, session: Any, socket: Any) -> Any:
            return socket.assign(xs=[ANN], a=1, b=1)

        def handle_event(self, event: str, params: Any, socket: Any) -> Any:
            return socket.assign(xs=[User("ben", 1)], a=2)

        render = heex(
            """
            <div>
              <p :for={x in @xs} :key={x.name}>
                <.live_component module={Holder} id="one"><.spy u={x} n={x.name} a={@a} b={@b} /></.live_component>
              </p>
              <i phx-click="next"></i>
            </div>
            """,
            names={"spy": spy},
        )

    view = live(Rows)
    heard.clear()
    view.element("i[phx-click]").render_click()
    assert heard == [{"u": True, "n": True, "a": True}]
    assert view.has_element("b i", "benben2")
    hold(view.sim)


SPIED = heex("<i>{@u.name}{@n}{@a}</i>")


def test_components_do_not_see_template_variables() -> None:
    """`<.link>` inside `:for={link in …}` is the component."""
    link = heex("<a>{@to}</a>")
    assert text(heex("<.link :for={link in @links} to={link} />", names={"link": link}), links=["x"]) == "<a>x</a>"


def test_live_components_stay_references() -> None:
    """FC-1, ES-3: a component may answer with a reference to a live component."""

    def live(given: Assigns) -> ComponentRef:
        return ComponentRef(int, given.id, {})

    values = heex('<p><.live id="a" /></p>', names={"live": live})().evaluate(False)
    assert isinstance(values["0"], ComponentRef)


# --- laws -----------------------------------------------------------------------------------------------------------------

_VALUES = st.one_of(st.integers(0, 3), st.sampled_from(["", "a", "<"]), st.none(), st.booleans())
_PAGE = heex("""
<div class={["x", @a]} {@m}>
  <% v = @b %>
  {@a}{@u.name} {v}
  <%= if @a: %>{@b}<b :if={@b}>{@c}</b><% else: %>{@c}<% end %>
  <li :for={i, x in enumerate(@xs)} id={f"r-{i}"}>{x}{@a}<i :for={y in range(i)}>{y}{x}</i></li>
  <%= match @b: %><% case int(): %>int {@b}<% case w: %>{w}{@a}<% end %>
</div>
""")


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "a": _VALUES,
                "b": _VALUES,
                "c": _VALUES,
                "m": st.dictionaries(st.sampled_from(["title", "id-x"]), _VALUES),
                "u": st.builds(User, st.sampled_from(["ann", "ben"])),
                "xs": st.lists(_VALUES, max_size=3),
            },
        ),
        max_size=6,
    )
)
def test_what_is_not_sent_is_unchanged(steps: list[dict[str, Any]]) -> None:
    """The patch law on one template: the texts sent, merged over what was there, are the full render."""
    client = Client(_PAGE, a=1, b=2, c=3, m={}, u=ANN, xs=[])
    page = merged(None, client.first, client.templates)
    for step in steps:
        page = merged(page, client.set(**step), client.templates)
        fresh = Client(_PAGE, **client.assigns)
        assert shown(page) == shown(merged(None, fresh.first, fresh.templates))


def merged(old: Any, diff: Any, templates: dict[str, Any]) -> Any:
    """A small second reading of the wire: MG-1, MG-2, without streams and components."""
    if not isinstance(diff, dict):
        return diff
    if "s" in diff or not isinstance(old, dict):
        old = {}
    new = dict(old)
    for key, value in diff.items():
        if key == "s":
            new["s"] = templates[str(value)]
        elif key == "k":
            before = old.get("k", [])
            rows: list[Any] = []
            for index in range(value["kc"]):
                given_row = value.get(str(index))
                if given_row is None:
                    rows.append(before[index])
                elif isinstance(given_row, int):
                    rows.append(before[given_row])
                elif isinstance(given_row, list):
                    rows.append(merged(before[given_row[0]], given_row[1], templates))
                else:
                    rows.append(merged(before[index] if index < len(before) else None, given_row, templates))
            new["k"] = rows
        else:
            new[key] = merged(old.get(key), value, templates)
    return new


def shown(page: Any) -> Any:
    """An empty loop that was never sent is "" (DF-14), one that was emptied keeps its statics: both show nothing."""
    if isinstance(page, list):
        return [shown(each) for each in page]
    if not isinstance(page, dict):
        return page
    return "" if page.get("k") == [] else {key: shown(each) for key, each in page.items()}
