"""A generator of whole pages: template, function components, live components, state, and what happens to it.

Law: every page it makes is valid (no markup that a parser would re-arrange, no id twice, streams where streams may be), so
whatever differs later between the client, our browser and a render from scratch is somebody's mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from attrs import Factory, evolve, field, frozen
from hypothesis import strategies as st

from tests.harness.happenings import Choices, Chronicler, state

# --- the scope of an expression -------------------------------------------------------------------------------------------


@frozen
class Scope:
    """What can be written at a place: expressions by what they give, and how deep we are.

    `unique` is what distinguishes this copy of the place from its siblings (the variables of all loops around it), or None
    where it may stand on the page twice and so must hold nothing with an id.
    """

    texts: tuple[str, ...]
    truths: tuple[str, ...]
    lists: tuple[str, ...] = ()
    sublists: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    live: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    unique: tuple[str, ...] | None = ()
    depth: int = 3
    inline: bool = False

    def inside(self) -> Scope:
        """One level further in."""
        return evolve(self, depth=self.depth - 1)

    def with_row(self, name: str, *, unique: bool) -> Scope:
        """In a loop over rows."""
        return evolve(
            self,
            texts=(f"{name}.label", f"{name}.n", f"f'{{{name}.id}}:{{{name}.label}}'", *self.texts),
            truths=(f"{name}.done", f"{name}.n > 1", *self.truths),
            sublists=(f"{name}.subs", *self.sublists),
            unique=(*self.unique, f"{name}.id") if unique and self.unique is not None else None,
        )


ROOT = Scope(
    texts=(
        "@s",
        "@n",
        "@maybe",
        "@user.name",
        "@user.tag",
        "len(@items)",
        "@s.upper()",
        "raw(@markup)",
        'f"<{@n}> {@s}"',
    ),
    truths=("@flag", "@other", "not @flag", "@n > 1", "@flag and @n == 2", "@maybe is None"),
    lists=(
        "@items",
        "@more",
        "reversed(@items)",
        "[r for r in @items if r.done]",
        "sorted(@more, key=lambda r: r.label)",
    ),
    words=("@words", "range(@n)"),
)

# --- markup ---------------------------------------------------------------------------------------------------------------


@frozen
class Names:
    """Fresh names, so that no variable and no id is used twice in one page."""

    used: list[int] = field(default=Factory(list))

    def fresh(self, prefix: str) -> str:
        """The prefix and a number never given before."""
        self.used.append(0)
        return f"{prefix}{len(self.used)}"


PLAIN = ("hello", " ", "\n  ", "a &amp; b", "50%", "— é", '"x"', "two words ", "\n\n")
ATTRIBUTES: tuple[Callable[[str, str], str], ...] = (
    lambda text, truth: f"title={{{text}}}",
    lambda text, truth: f"data-a={{f'x-{{{text}}}'}}" if "'" not in text and '"' not in text else f"data-a={{{text}}}",
    lambda text, truth: f"hidden={{{truth}}}",
    lambda text, truth: f"class={{['k', {truth} and 'on', None]}}",
    lambda text, truth: f"data-b={{'lit' if {truth} else 'two words'}}",
    lambda text, truth: 'class="box big"',
    lambda text, truth: f"{{{{'data-c': {text}, 'data-d': {truth}}}}}",
)


@frozen
class Author:
    """Writes one page: every choice is a draw, names are fresh."""

    choices: Choices
    names: Names = field(default=Factory(Names))

    def pick(self, choices: Sequence[Any]) -> Any:
        """One of these."""
        return self.choices.pick(choices)

    def chance(self, one_in: int) -> bool:
        """True once in a while."""
        return self.choices.chance(one_in)

    def text(self, scope: Scope) -> str:
        """An expression whose value can stand in text and attributes."""
        text = self.pick(scope.texts)
        return f"({text} if {self.pick(scope.truths)} else 'else')" if self.chance(8) else str(text)

    def truth(self, scope: Scope) -> str:
        """An expression that is a condition."""
        return str(self.pick(scope.truths))

    def attributes(self, scope: Scope) -> str:
        """Up to two attributes, each name once, none that would be raw markup."""
        made: dict[str, str] = {}
        for _ in range(self.choices.below(3)):
            text = self.text(evolve(scope, texts=tuple(t for t in scope.texts if "raw" not in t)))
            attribute = self.pick(ATTRIBUTES)(text, self.truth(scope))
            made[attribute.split("=")[0].split("'")[0]] = attribute
        return "".join(f" {attribute}" for attribute in made.values())

    def children(self, scope: Scope, at_least: int = 0) -> str:
        """A run of nodes."""
        count = self.choices.between(at_least, 3)
        return "".join(self.node(scope) for _ in range(count))

    def node(self, scope: Scope) -> str:
        """One node of some kind that may stand here."""
        kinds: list[Callable[[Scope], str]] = [self.plain, self.expression]
        if scope.depth > 0:
            kinds += [self.element, self.conditional, self.block, self.loop, self.loop]
            if not scope.inline:
                kinds += [self.call] * bool(scope.calls) + [self.live] * 2 * bool(
                    scope.live and scope.unique is not None
                )
        if scope.slots:
            kinds += [self.slot]
        return str(self.pick(kinds)(scope))

    def plain(self, scope: Scope) -> str:
        """Text."""
        return str(self.pick(PLAIN))

    def expression(self, scope: Scope) -> str:
        """A value, in either spelling."""
        text = self.text(scope)
        return f"<%= {text} %>" if self.chance(4) else f"{{{text}}}"

    def slot(self, scope: Scope) -> str:
        """The content that the caller gave."""
        return f"{{{self.pick(scope.slots)}}}"

    def tag(self, scope: Scope, special: str, inner: Scope, at_least: int = 0) -> str:
        """An element; a phrasing tag holds phrasing content only."""
        if self.chance(8):
            return f"<{self.pick(('br', 'hr', 'img') if not scope.inline else ('br', 'img'))}{special}{self.attributes(inner)}>"
        name = self.pick(("span", "b", "em") if scope.inline or self.chance(3) else ("div", "section", "article"))
        held = evolve(inner.inside(), inline=scope.inline or name in ("span", "b", "em"))
        return f"<{name}{special}{self.attributes(inner)}>{self.children(held, at_least)}</{name}>"

    def element(self, scope: Scope) -> str:
        """An element."""
        return self.tag(scope, "", scope)

    def conditional(self, scope: Scope) -> str:
        """`:if`."""
        return self.tag(scope, f" :if={{{self.truth(scope)}}}", scope)

    def block(self, scope: Scope) -> str:
        """An EEx block: if, or match."""
        inner = scope.inside()
        if self.chance(3):
            clauses = [f"<% case {n}: %>{self.children(inner)}" for n in range(self.choices.between(1, 3))]
            number = self.pick(
                [text for text in scope.texts if text.endswith((".n", "@n"))] or ["(0 if @label else 1)"]
            )
            return f"<%= match {number}: %>{''.join(clauses)}<% case _: %>{self.children(inner)}<% end %>"
        parts = [f"<%= if {self.truth(scope)}: %>{self.children(inner)}"]
        if self.chance(3):
            parts.append(f"<% elif {self.truth(scope)}: %>{self.children(inner)}")
        if self.chance(2):
            parts.append(f"<% else: %>{self.children(inner)}")
        return "".join(parts) + "<% end %>"

    def loop(self, scope: Scope) -> str:
        """`:for` with and without `:key` and `:if`, or an EEx for."""
        name = self.names.fresh("v")
        if scope.lists and not self.chance(4):
            source, key, inner = self.pick(scope.lists), f"{name}.id", scope.with_row(name, unique=True)
        elif scope.sublists and not self.chance(3):
            source, key = self.pick(scope.sublists), f"{name}.id"
            inner = evolve(scope, texts=(f"{name}.text", f"{name}.id", *scope.texts))
            inner = evolve(inner, unique=None if inner.unique is None else (*inner.unique, f"{name}.id"))
        elif scope.words:
            source, key = self.pick(scope.words), ""
            inner = evolve(scope, texts=(name, *scope.texts), unique=None)
        else:
            return self.element(scope)
        if self.chance(4):
            condition = f" if {self.truth(inner)}" if self.chance(2) else ""
            return f"<%= for {name} in {source}{condition}: %>{self.children(inner.inside())}<% end %>"
        target = name
        if self.chance(5):
            index = self.names.fresh("i")
            source, target = f"enumerate({source})", f"{index}, {name}"
            inner = evolve(inner, texts=(index, *inner.texts))
        special = f" :for={{{target} in {source}}}"
        if key and self.chance(2):
            special += f" :key={{{key}}}"
        if self.chance(4):
            special += f" :if={{{self.truth(inner)}}}"
        return self.tag(scope, special, inner, 1)

    def call(self, scope: Scope) -> str:
        """A function component, with what its slots are given."""
        text = self.text(evolve(scope, texts=tuple(t for t in scope.texts if "raw" not in t)))
        inner = evolve(scope.inside(), unique=None)
        match self.pick(scope.calls):
            case "leaf":
                rest = (
                    self.pick(("", " data-z={@n}", ' title="t"', f" id-less={{{self.truth(scope)}}}"))
                    if "@n" in scope.texts
                    else ""
                )
                return f"<.leaf label={{{text}}}{rest.replace('id-less', 'data-y')} />"
            case "card":
                special = f" :if={{{self.truth(scope)}}}" if self.chance(4) else ""
                return f"<.card{special} label={{{text}}} flag={{{self.truth(scope)}}}>{self.children(inner)}</.card>"
            case _ if scope.lists:
                name = self.names.fresh("v")
                row = self.children(inner.with_row(name, unique=False), 1)
                return (
                    f"<.listing rows={{list({self.pick(scope.lists)})}}><:row :let={{{name}}}>{row}</:row></.listing>"
                )
            case _:
                return self.element(scope)

    def live(self, scope: Scope) -> str:
        """A live component whose id is its own: the place, and every loop around it."""
        assert scope.unique is not None
        id = "-".join([self.names.fresh("c"), *(f"{{{name}}}" for name in scope.unique)])
        text = self.text(evolve(scope, texts=tuple(t for t in scope.texts if "raw" not in t)))
        special = f" :if={{{self.truth(scope)}}}" if self.chance(4) else ""
        return f'<.live_component{special} module={{{self.pick(scope.live)}}} id={{f"{id}"}} label={{{text}}} />'

    def stream(self, name: str) -> str:
        """A container of one stream."""
        row = Scope(
            ("m.label", "m.n", "@n", 'f"{m.id}"'), ("m.done", "@flag"), sublists=("m.subs",), depth=1, inline=True
        )
        special = f" :if={{{self.truth(ROOT)}}}" if self.chance(4) else ""
        return (
            f'<ul{special} id="st-{name}" phx-update="stream">'
            f"<li :for={{dom_id, m in @streams.{name}}} id={{dom_id}}{self.attributes(row)}>{self.children(row, 1)}</li></ul>"
        )


# --- the page -------------------------------------------------------------------------------------------------------------


@frozen
class Page:
    """A generated page and what happens to it. Sources are texts, so that a failing example can be read."""

    template: str
    leaf: str
    card: str
    listing: str
    cell: str
    pane: str
    streams: tuple[str, ...]
    state: dict[str, Any]
    steps: list[list[dict[str, Any]]]


def streams_of(template: str) -> tuple[str, ...]:
    """The streams a template shows."""
    return tuple(name for name in ("left", "right") if f'id="st-{name}"' in template)


def write(choices: Choices) -> Page:
    """A page of any shape, and what happens to it."""
    author = Author(choices)
    own = Scope(("@label", "str(@label).upper()", 'f"<{@label}>"'), ("@flag", "not @flag"), depth=2, unique=None)
    bare = evolve(own, truths=("@label == 'a'", "@label"), depth=1, inline=True)
    leaf = f"<span {{@rest}}>{author.children(bare, 1)}</span>"
    card_scope = evolve(own, calls=("leaf",), slots=("render_slot(@inner_block)",))
    card = f"<div{author.attributes(own)}>{author.children(card_scope)}{{render_slot(@inner_block)}}</div>" + (
        author.children(card_scope) if author.chance(3) else ""
    )
    key = author.pick(("", " :key={e.id}"))
    entry = Scope(("e.label", "e.n"), ("e.done",), sublists=("e.subs",), calls=("leaf",), depth=1, unique=None)
    entry = evolve(entry, slots=("render_slot(@row, e)",))
    listing = f"<section><div :for={{e in @rows}}{key}>{author.children(entry)}{{render_slot(@row, e)}}</div></section>"
    inside = Scope(("@label", "@n", "@id"), ("@open", "@n > 1"), calls=("leaf", "card"), depth=1, unique=None)
    cell = f'<div id={{@id}} class="cell">{author.children(inside)}</div>'
    inner = '<.live_component module={Cell} id={f"{@id}-in"} label={@label} />'
    pane = f"<section id={{@id}}{author.attributes(inside)}>{author.children(inside)}{inner if author.chance(2) else ''}</section>"
    root = evolve(ROOT, calls=("leaf", "card", "listing"), live=("Cell", "Pane"))
    body = [author.children(root, 1), author.loop(root)]
    if author.chance(2):
        body.append(author.live(root))
    for name in ("left", "right"):
        if author.chance(3):
            body += [author.stream(name), author.children(root)]
    template = "".join(body)
    if not author.chance(4):
        template = f"<div{author.attributes(root)}>{template}</div>"
    shown = streams_of(template)
    hidden = [name for name in shown if f'}} id="st-{name}"' in template]
    first = state(choices)
    used = [name for name in sorted(first) if f"@{name}" in template]
    chronicler = Chronicler(choices, used, shown, hidden, "live_component" in template)
    return Page(template, leaf, card, listing, cell, pane, shown, first, chronicler.steps(first))


@st.composite
def pages(draw: Callable[[st.SearchStrategy[int]], int]) -> Page:
    """Pages drawn choice by choice: they shrink, but hypothesis likes to make many that resemble each other."""
    return write(Choices(lambda n: draw(st.integers(0, n - 1))))


seeded_pages: st.SearchStrategy[Page] = st.integers(0, 2**32 - 1).map(
    lambda seed: write(Choices(Random(seed).randrange))
)
"""Pages from a seed: no two alike, none that shrinks."""
