"""Random pages on the wire: templates of every kind, in each other, in lists, streams, containers and components.

Law: the same seed gives the same messages to the same page. What comes out keeps to the wire format, but not to good manners: an
id may stand twice, an ignored element may have none.
"""

from __future__ import annotations

from random import Random
from typing import Any, TypeAlias

from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.tree import Keyed, Template

Json: TypeAlias = "dict[str, Any]"
Shape: TypeAlias = "tuple[list[str], list[str]]"
"""Statics, and what each slot between them may hold."""

POOL: list[Shape] = [
    (["<p>", "</p>"], ["text"]),
    (['<b class="own" phx-click="b">', "</b>"], ["text"]),
    (["", ""], ["text"]),
    (["", ""], ["nest"]),
    (["<div", ">", "</div>"], ["spread", "any"]),
    (['<section id="', '"', ">", "</section>"], ["id", "spread", "any"]),
    (['<nav id="a"><button phx-click="n"', ">x</button>", "</nav>"], ["spread", "any"]),
    (['<nav id="nav"><button phx-click="n">x</button></nav><p>', "</p>"], ["any"]),
    (['<ol id="items" phx-update="stream">', "</ol>"], ["contained"]),
    (['<ol id="', '" phx-update="stream">', "</ol>"], ["id", "contained"]),
    (['<ol id="two" phx-update="stream">', "", "</ol>"], ["stream", "stream"]),
    (['<ol id="emp" phx-update="stream"><li id="none">', "</li>", "</ol>"], ["text", "stream"]),
    (['<div id="ig" phx-update="ignore" class="', '">', "</div>"], ["part", "text"]),
    (['<div id="ig" class="late" phx-update="ignore" data-n="', '"><i>', "</i></div>"], ["part", "text"]),
    (['<div id="', '" phx-update="ignore" class="', '">', "</div>"], ["once", "part", "any"]),
    (['<div id="', '" phx-update="', '">', "</div>"], ["once", "mode", "any"]),
    (["<ul>", "</ul>"], ["list"]),
    (["<ul>", '</ul><em id="b">', "</em>"], ["list", "text"]),
    (["", ""], ["list"]),
    (['<textarea name="t">', "</textarea>"], ["plain"]),
    (
        [
            '<form id="f" phx-change="c"><fieldset',
            '><input name="q"',
            "><button",
            ' phx-click="g">',
            "</button></fieldset></form>",
        ],
        ["spread", "spread", "spread", "text"],
    ),
    (['<form phx-change="c"', ">", "</form>"], ["spread", "any"]),
    (['<a href="#" hidden>', "</a>"], ["any"]),
    (["<i>", "</i>"], ["component"]),
    (["", ""], ["component"]),
    (['<button id="btn" phx-click="btn" phx-value-n="', '">', "</button>"], ["part", "text"]),
    (['<button class="own" phx-click="o">o</button>'], []),
]
TOPS: list[Shape] = [
    (["<main><h1>", "</h1>", "", "</main>"], ["text", "any", "any"]),
    (["<main><ul>", "</ul>", "</main>"], ["list", "any"]),
    (["<main hidden>", "<p>", "</p></main>"], ["list", "any"]),
    (['<main class="m">', '<span class="', '" phx-click="s">', "</span></main>"], ["any", "part", "text"]),
]
ROWS: list[Shape] = [
    (["<li>", "</li>"], ["text"]),
    (['<li id="', '">', "</li>"], ["id", "text"]),
    (["<li", ">", "</li>"], ["spread", "text"]),
    (['<li id="', '" phx-click="r"><b', ' class="own">', "</b></li>"], ["id", "spread", "any"]),
    (['<li id="', '"><button phx-click="in">', "</button></li>"], ["id", "text"]),
    (["", ""], ["any"]),
    (['<li id="', '" hidden><button phx-click="in">', "</button></li>"], ["id", "text"]),
    (['<li id="', '"><a href="#"><b phx-click="in">', "</b></a></li>"], ["id", "text"]),
    (['<li>a</li><li class="', '"></li>'], ["part"]),
]
ITEMS: list[Shape] = [
    (['<li id="', '">', "</li>"], ["item id", "text"]),
    (["<li", ">", "</li>"], ["item spread", "text"]),
    (['<li id="', '"><b', ' class="own">', "</b></li>"], ["item id", "spread", "any"]),
    (['<li id="', '"><i phx-click="it" class="', '">x</i></li>'], ["item id", "part"]),
]
KINDS = {tuple(statics): kinds for statics, kinds in (*POOL, *TOPS, *ROWS, *ITEMS)}
IDS = ("a", "b", "x-1", "x-2", "items", "i-1", "i-2", "btn", "none", "nav", "")
VALUES = {
    "text": ("", "1", "2", "t &lt;b", "own id=", "&amp;", "3", "4"),
    "plain": ("", "1", "&lt;b", "\n2"),
    "part": ("own", "a", "b", "x-1", "", "c d"),
    "id": IDS,
    "mode": ("ignore", "ignore", "replace", "", "append"),
    "item id": tuple(f"i-{number}" for number in range(1, 6)),
    "item spread": tuple(f' id="i-{number}"' for number in range(1, 6)),
    "spread": (
        *(
            "",
            "",
            "",
            ' id="a"',
            ' id="b"',
            " ID=a",
            "\tid='x-1'",
            ' class="own"',
            ' data-n="1"',
            " hidden",
            " disabled",
        ),
        *(' phx-update="ignore"', ' phx-click="sp"'),
        *(' phx-value-id="3"', ' name="z"', ' style="display: none"', ' id="a" class="own"'),
    ),
}
RAW = ('<i class="own" id="raw">raw</i>', "<b>r</b>", '<b id="a" phx-click="rw">r</b>')
DEEP = 3


class Wire:
    """One server's side: `join()` is its page, `diff(page)` a message to what came of it."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.raw = self.random.choice((0, 0, 0, 0.05))
        self.next = 1
        self.once = 0
        self.inside = False  # a component: none that is known already is put in there, or one might stand in itself
        self.sent: Json = {}
        self.absent: list[int] = []
        self.known: list[int] = []

    def join(self) -> Json:
        """A whole page."""
        self.sent, self.absent = {}, []
        return self.with_components(self.new(TOPS if self.chance(0.6) else POOL[:-1], 0))

    def diff(self, page: Page) -> Json:
        """A message to this page; now and then another whole page."""
        present = page.present()
        self.known = sorted(page.components)
        self.next = max([*self.known, self.next - 1]) + 1
        if self.chance(0.03):
            return self.join()
        self.sent, self.absent = {}, [cid for cid in self.known if cid not in present]
        diff = self.changed(page.tree, 0) if self.chance(0.8) else {}
        for cid in self.known:
            if self.chance(0.3) and str(cid) not in self.sent:
                self.inside = True
                self.sent[str(cid)] = self.changed(page.components[cid], 1)
                self.inside = False
        return self.with_components(diff)

    def with_components(self, diff: Json) -> Json:
        return {**diff, "c": self.sent} if self.sent else diff

    def chance(self, of: float) -> bool:
        return self.random.random() < of

    # new

    def new(self, pool: list[Shape], level: int) -> Json:
        statics, kinds = self.random.choice(pool)
        return {"s": statics, **self.slots(kinds, level)}

    def slots(self, kinds: list[str], level: int) -> Json:
        return {str(at): self.value(kind, level + 1) for at, kind in enumerate(kinds)}

    def value(self, kind: str, level: int) -> Any:
        choice = self.random.choice
        if kind == "any":
            kind = choice(("text", "nest", "nest", "list", "stream", "component"))
        elif kind == "contained":
            kind = choice(("stream", "stream", "stream", "plain list", "nest", "component"))
        if kind == "once":  # what is ignored and stands in itself would never end
            self.once += 1
            return f"once-{self.once}"
        if kind == "text" and self.chance(self.raw):
            return choice(RAW)
        if kind in VALUES:
            return choice(VALUES[kind])
        if level > DEEP or self.chance(0.2):
            return ""
        if kind == "nest":
            return self.new(POOL, level)
        if kind == "component":
            return self.component(level)
        statics, kinds = choice({"list": ROWS, "plain list": ROWS[:2], "stream": ITEMS}[kind])
        if kind == "stream":
            return {"s": statics, **self.stream(kinds, level, choice("01"))}
        count = self.random.randint(0, 3)
        return {"s": statics, "k": {**{str(at): self.slots(kinds, level) for at in range(count)}, "kc": count}}

    def component(self, level: int) -> int:
        if self.absent and not self.inside and self.chance(0.3):
            return self.absent.pop()
        cid = self.next
        self.next += 1
        like = [*(-each for each in self.known), *(int(each) for each, diff in self.sent.items() if diff)]
        if like and not self.inside and self.chance(0.3):
            self.sent[str(cid)] = {"s": self.random.choice(like)}
            return cid
        self.sent[str(cid)] = {}
        before, self.inside = self.inside, True
        self.sent[str(cid)] = self.new([shape for shape in POOL if shape[0][0]], level)
        self.inside = before
        return cid

    def stream(self, kinds: list[str], level: int, ref: str) -> Json:
        choice = self.random.choice
        rows = [self.slots(kinds, level) for _ in range(choice((0, 1, 1, 1, 1, 2, 3)))]
        inserts = [
            [
                row["0"].removeprefix(' id="').removesuffix('"'),
                choice((-1, -1, -1, -1, 0, 1)),
                choice((None, None, None, None, None, 2, -2)),
                self.chance(0.15),
            ]
            for row in reversed(rows)
        ]
        deletes = [choice(VALUES["item id"]) for _ in range(choice((0, 0, 0, 0, 1, 2)))]
        reset = [True] if self.chance(0.08) else []
        entries = {str(at): row for at, row in enumerate(rows)}
        return {"k": {**entries, "kc": len(rows)}, "stream": [ref, inserts, deletes, *reset]}

    # changed

    def changed(self, node: Template, level: int) -> Json:
        diff: Json = {}
        for at, kind in enumerate(KINDS[node.skeleton.statics]):
            had = node.slots[at]
            if (
                kind == "once" or had == "ignore" or self.chance(0.5)
            ):  # what is ignored stays so: else it would show again
                continue
            if isinstance(had, Template) and self.chance(0.8):
                diff[str(at)] = self.changed(had, level + 1)
            elif isinstance(had, Keyed) and self.chance(0.85):
                diff[str(at)] = self.rows(had, level + 1)
            else:
                diff[str(at)] = self.value(kind, level + 1)
        return diff

    def rows(self, had: Keyed, level: int) -> Json:
        kinds, count = KINDS[had.skeleton.statics], len(had.rows)
        if had.stream is not None:
            return self.stream(kinds, level, had.stream)
        how = self.random.random()
        if how < 0.6:
            entries = {str(at): self.changed(had.rows.at(at), level) for at in range(count) if self.chance(0.5)}
            return {"k": {**entries, "kc": count}}
        if how < 0.8:
            longer = count + self.random.randint(0, 2)
            return {"k": {**{str(at): self.slots(kinds, level) for at in range(count, longer)}, "kc": longer}}
        left = self.random.sample(range(count), self.random.randint(0, count))
        moved = {
            str(at): old if self.chance(0.6) else [old, self.changed(had.rows.at(old), level)]
            for at, old in enumerate(left)
        }
        return {"k": {**moved, "kc": len(left), "km": True}}
