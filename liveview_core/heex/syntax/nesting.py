"""Markup that a browser would re-arrange: reported, never refused.

Law: only what is sure. A browser's tree builder closes, moves or drops tags that it does not want where they stand; then
the page that the client patches is not the page that the server means. Judged are the literal tags of one template body
by the tree construction rules of the HTML standard (no-quirks mode). Nothing is known about what a component puts out or
what stands around a template, so nothing is said about it. Tags that a browser only *adds* (`tbody`, `tr`, `colgroup`)
move nothing and are no reason to warn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve

from liveview_core.heex.syntax.tree import Block, Component, Element, Literal, Node, Slot, Text, Warning
from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern

__all__ = ["rearranged"]


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_HEADINGS = _set("h1 h2 h3 h4 h5 h6")
_CLOSES_P = _HEADINGS | _set(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup "
    "main menu nav ol p search section summary ul pre listing form plaintext table hr xmp li dd dt"
)
_SCOPE = _set("applet caption html table td th marquee object template")
_MARKERS = _set("applet object marquee template td th caption")  # of the list of active formatting elements
_SPECIAL = (
    _CLOSES_P
    | _SCOPE
    | _set(
        "area base basefont bgsound body br button col colgroup embed frame frameset head iframe img input keygen link meta "
        "noembed noframes noscript param script select source style tbody textarea tfoot thead title tr track wbr"
    )
)
_SECTIONS = _set("tbody thead tfoot")
_TABLE_ONLY = _SECTIONS | _set("caption col colgroup tr td th")
_ANYWHERE = _set("script style template")
_INSIDE = {  # what stays where it is in these parents
    "table": _TABLE_ONLY | _ANYWHERE,
    **{section: _set("tr td th") | _ANYWHERE for section in _SECTIONS},
    "tr": _set("td th") | _ANYWHERE,
    "colgroup": _set("col template"),
    "head": _set("base basefont bgsound link meta title noscript noframes style script template"),
    "html": _set("head body"),
}
_TEXT_ONLY = _set("textarea title iframe noembed noframes xmp")
_CHILDLESS = _set("embed track wbr")
_BREAKOUT = _HEADINGS | _set(
    "b big blockquote body br center code dd div dl dt em embed head hr i img li listing menu meta nobr ol p pre ruby s "
    "small span strong strike sub sup table tt u ul var"
)
_INTEGRATION = _set("foreignobject desc title annotation-xml mi mo mn ms mtext")
_COMMENT = late_pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@frozen(eq=False)
class _Around:
    """What a tag finds open around it. `parent` None: not known."""

    parent: str | None = None
    p: bool = False  # in button scope
    a: bool = False  # among the active formatting elements
    button: bool = False  # in scope
    form: bool = False
    li: bool = False  # reached by the search that a `<li>` makes
    term: bool = False  # the same for `<dt>` and `<dd>`
    select: bool = False
    foreign: str | None = None  # inside svg or math

    def enter(self, name: str) -> _Around:
        """What the content of a tag finds."""
        if name in ("svg", "math"):
            return evolve(self, parent=name, foreign=name)
        if self.foreign is not None:
            inside = name not in _INTEGRATION
            return (
                evolve(self, parent=name, p=False, button=False, li=False, term=False)
                if inside
                else _Around(name, a=self.a, form=self.form)
            )
        open_scope = name not in _SCOPE
        through = name not in _SPECIAL or name in ("address", "div", "p")
        return _Around(
            name,
            p=name == "p" or (self.p and open_scope and name != "button"),
            a=name == "a" or (self.a and name not in _MARKERS),
            button=name == "button" or (self.button and open_scope),
            form=name == "form" or (self.form and name != "template"),
            li=name == "li" or (self.li and through),
            term=name in ("dd", "dt") or (self.term and through),
            select=name == "select" or (self.select and open_scope),
        )


def rearranged(children: Sequence[Node]) -> list[Warning]:
    """The tags of a template that would not stay where they are written."""
    warnings: list[Warning] = []
    outside = _Around()
    entered: dict[tuple[_Around, str], _Around] = {}  # rows of tags find the same open around them
    stack: list[tuple[Node | Slot, _Around]] = [(node, outside) for node in children]
    while stack:
        node, around = stack.pop()
        if isinstance(node, Block):
            stack.extend((child, around) for clause in node.clauses for child in clause.body)
        elif isinstance(node, Component):
            stack.extend((child, outside) for child in (*node.children, *node.slots))
        elif isinstance(node, Slot):
            stack.extend((child, outside) for child in node.children)
        elif isinstance(node, Element):
            name = node.name.lower()
            found = _misplaced(name, node, around)
            if found:
                warnings.append(Warning(f"{found[0]}; the page would not be what is written", node.at, found[1]))
            if node.children:
                inner = entered.get((around, name)) or entered.setdefault((around, name), around.enter(name))
                stack.extend([(child, inner) for child in node.children])
        elif isinstance(node, Text) and around.parent in ("table", "tr", "colgroup", *_SECTIONS):
            if around.foreign is None and _COMMENT.sub("", node.text).strip():
                happened = f"text directly in <{around.parent}>: a browser moves it before the table"
                warnings.append(Warning(f"{happened}; the page would not be what is written", node.at, "use a cell"))
    return warnings


def _misplaced(name: str, node: Element, around: _Around) -> tuple[str, str] | None:
    """What a browser does with a tag where it stands, and the cure; None: nothing."""
    parent = around.parent
    if around.foreign is not None:
        if name in _BREAKOUT:
            return (
                f"<{name}> inside <{around.foreign}>: a browser closes the <{around.foreign}> first",
                "use <foreignObject>",
            )
        return None
    if parent in _TEXT_ONLY or parent in _CHILDLESS:
        return f"<{name}> inside <{parent}>, which has no tags in it", "move it out"
    moved = _in_table(name, node, parent) or _in_document(name, parent)
    if moved:
        return moved
    if around.p and name in _CLOSES_P:
        return f"<{name}> inside <p>: a browser closes the <p> first", "use a <div> for the outer one"
    if around.a and name == "a":
        return "<a> inside <a>: a browser closes the outer one first", "links cannot be nested"
    if around.button and name == "button":
        return "<button> inside <button>: a browser closes the outer one first", "buttons cannot be nested"
    if around.form and name == "form":
        return "<form> inside <form>: a browser drops the inner one", "forms cannot be nested; see the form attribute"
    if parent in _HEADINGS and name in _HEADINGS:
        return f"<{name}> inside <{parent}>: a browser closes the outer one first", "use a <span> inside a heading"
    if around.li and name == "li":
        return "<li> inside <li>: a browser closes the outer one first", "put a <ul> between them"
    if around.term and name in ("dd", "dt"):
        return f"<{name}> inside <dt> or <dd>: a browser closes the outer one first", "put a <dl> between them"
    if (parent == "option" and name in ("option", "optgroup")) or (around.select and name == "select"):
        return f"<{name}> inside <{parent}>: a browser closes the outer one first", "they cannot be nested"
    return None


def _in_table(name: str, node: Element, parent: str | None) -> tuple[str, str] | None:
    if parent in ("table", "tr", "colgroup") or parent in _SECTIONS:
        hidden = name == "input" and any(
            each.name == "type" and isinstance(each.value, Literal) and each.value.text.lower() == "hidden"
            for each in node.attributes
        )
        if name in _INSIDE[parent] or (hidden and parent != "colgroup"):
            return None
        if name == "form" and parent != "colgroup":
            happened = f"<form> directly in <{parent}>: a browser closes it at once, its content is outside of it"
            return (happened, "put it around the table, or into a cell") if node.children else None
        if name in _TABLE_ONLY:
            return f"<{name}> inside <{parent}>: a browser closes the <{parent}> first", "write it beside"
        return f"<{name}> directly in <{parent}>: a browser moves it before the table", "put it into a cell, or around"
    if name in _TABLE_ONLY and parent not in (None, "template"):
        return f"<{name}> inside <{parent}>: outside a table a browser drops it", "put a <table> around it"
    return None


def _in_document(name: str, parent: str | None) -> tuple[str, str] | None:
    if parent in ("head", "html") and name not in _INSIDE[parent]:
        return f"<{name}> inside <{parent}>: a browser moves it into the <body>", "write it in the <body>"
    if name in ("html", "head", "body") and parent not in (None, "html"):
        return f"<{name}> inside <{parent}>: a browser drops it", "leave it to the layout"
    return None
