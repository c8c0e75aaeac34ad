"""Generated pages and generated acts: what a person, time, the network and the server may do, in any order.

Law: everything comes from one source of choices, so a seed is a whole run. Every page is one that a person may write: forms that
submit to their view, ids that are unique, bindings with names or commands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import define, field

from liveview_core import JS, LiveComponent, LiveView, attr, heex
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.visibility import is_visible
from liveview_testing.browser.page.controls import kind_of
from tests.harness.counting_pages import page
from tests.harness.happenings import Choices
from tests.official_client.lockstep import Lockstep, body_of

State = dict[str, Any]


class Gadget(LiveComponent):
    """A component with a field, a button and a part that comes and goes."""

    def mount(self, socket: Any) -> Any:
        return socket.assign(n=0, last="")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1).assign(last=event)

    render = heex(
        """<div id={f"g-{@id}"} class={@last}><i>{@n}</i><button id={f"gb-{@id}"} phx-click="inc" phx-target={@myself}>+</button>
        <input id={f"gi-{@id}"} name={f"gi-{@id}"} value={@last} phx-keydown="key" phx-target={@myself}>
        <b :if={@n % 2 == 1} id={f"gx-{@id}"} phx-hook="Log" phx-mounted={@js}>odd</b></div>""",
        names={"JS": JS},
    )


class Inside(LiveView):
    """A nested view with a form and a hook."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0, last="")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1).assign(last=event)

    render = heex("""<b id="vb" phx-hook="Log" class={@last}>{@n}</b><button id="vup" phx-click="up">+</button>
    <form id="vf" phx-change="vc" phx-submit="vs"><input id="vi" name="vi" value={@last} phx-debounce="40"></form>""")


CARD = heex(
    """<div class="card" title={@label}><input name={f"card{@at}"}><u>{@label}</u></div>""",
    attr("label", "any"),
    attr("at", "any"),
)

# Components whose roots wait for answers: they come as stubs where nothing in them has changed.
FORM = heex(
    """<form id={@id} phx-change="e0" phx-submit="e1"><input id={@id + "a"} name="a" value={@v}><input id={@id + "b"} name="b">
    <input type="checkbox" id={@id + "x"} name="x"><p id={@id + "h"} phx-hook="Log">{@v}</p></form>""",
    attr("id", "any"),
    attr("v", "any"),
)
BOX = heex(
    """<div id={@id} phx-click="e0" phx-hook="Log"><b>{@v}</b><button id={@id + "q"} phx-click="e1" phx-disable-with="w">q</button>
    <input name={@id}></div>""",
    attr("id", "any"),
    attr("v", "any"),
)

TIMES = ("16", "40", "100", "", "blur")

COMMANDS: tuple[Callable[[str, Choices], Any], ...] = (
    lambda to, _: JS.push("e0"),
    lambda to, _: JS.toggle_class("on off", to=to),
    lambda to, _: JS.add_class("x", to=to),
    lambda to, _: JS.remove_class("x", to=to),
    lambda to, _: JS.set_attribute(("data-set", "1"), to=to),
    lambda to, _: JS.toggle_attribute(("data-t", "1", "2"), to=to),
    lambda to, _: JS.hide(to=to),
    lambda to, _: JS.show(to=to),
    lambda to, _: JS.toggle(to=to),
    lambda to, _: JS.hide(to=to, transition=("r", "s", "e"), time=60),
    lambda to, _: JS.show(to=to, transition=("r", "s", "e"), time=60),
    lambda to, _: JS.toggle(to=to, in_="i", out="o", time=50),
    lambda to, _: JS.transition(("r", "s", "e"), to=to, time=60),
    lambda to, _: JS.transition("r", to=to, time=30, blocking=False),
    lambda to, _: JS.add_class("y", to=to, transition="t", time=40),
    lambda to, _: JS.dispatch("app:hey", to=to, detail={"a": 1}),
    lambda to, _: JS.focus_first(to=to),
    lambda to, _: JS.push_focus(to=to),
    lambda to, _: JS.pop_focus(),
    lambda to, _: JS.push("e1", loading=to, page_loading=True),
    lambda to, _: JS.push("e2", value={"v": 1}),
    lambda to, _: JS.ignore_attributes(["data-set", "class"], to=to),
)


@define
class Builder:
    """A page in the making."""

    choices: Choices
    made: int = 0
    nested: bool = False
    ids: list[str] = field(factory=list)
    state: State = field(factory=dict)

    def name(self, what: str) -> str:
        self.made += 1
        name = f"{what}{self.made}"
        self.ids.append(name)
        return name

    def event(self) -> str:
        return self.choices.pick(("e0", "e1", "e2", "e3", "none"))

    def commands(self, *, pushes: bool = True) -> str:
        """The name of an assign that holds commands."""
        found: Any = None
        for _ in range(self.choices.between(1, 3)):
            to = "#" + self.choices.pick([*self.ids, "p0"])
            command = self.choices.pick(COMMANDS)(to, self.choices)
            found = command if found is None else found.concat(command)
        name = f"js{len(self.state)}"
        self.state[name] = found
        return "{@" + name + "}"

    def binding(self) -> str:
        return self.commands() if self.choices.chance(2) else f'"{self.event()}"'

    def pace(self) -> str:
        if self.choices.below(3):
            return ""
        return f' {self.choices.pick(("phx-debounce", "phx-throttle"))}="{self.choices.pick(TIMES[:4])}"'

    def blocks(self, depth: int = 0) -> str:
        return "".join(self.block(depth) for _ in range(self.choices.between(1, 3 if depth else 4)))

    def block(self, depth: int) -> str:
        kinds = [self.button, self.text, self.form, self.listing, self.hooked, self.conditional, self.gadget, self.card]
        kinds += [self.stream, self.ignored, self.away, self.keys, self.details, self.rooted]
        if depth < 2:
            kinds += [self.container, self.container]
        if not self.nested:
            kinds.append(self.view)
        made = self.choices.pick(kinds)
        return made(depth)

    def text(self, depth: int) -> str:
        return self.choices.pick(("<p>{@last}</p>", "{@n}", "<i>{@last}</i> and ", "<p>fixed</p>"))

    def button(self, depth: int) -> str:
        extra = self.choices.pick(
            ("", ' phx-disable-with="wait"', " class={@last}", " disabled={@on}", ' phx-value-a="1" value="v"')
        )
        tag = self.choices.pick(("button", "button", "div", "span"))
        return f'<{tag} id="{self.name("b")}" phx-click={self.binding()}{self.pace()}{extra}>go {{@n}}</{tag}>'

    def form(self, depth: int) -> str:
        if depth > 8:
            return ""
        fields = "".join(self.control() for _ in range(self.choices.between(1, 4)))
        change = f' phx-change="{self.event()}"' if self.choices.below(4) else ""
        reset = f'<button id="{self.name("r")}" type="reset">r</button>' if self.choices.chance(4) else ""
        disable = ' phx-disable-with="saving"' if self.choices.chance(3) else ""
        return (
            f'<form id="{self.name("f")}"{change} phx-submit="{self.event()}"><p>{{@last}}</p>{fields}'
            f'<button id="{self.name("s")}" name="by" value="1"{disable}>save</button>{reset}</form>'
        )

    def control(self) -> str:
        name = self.name("c")
        pace = "" if self.choices.below(3) else f' phx-debounce="{self.choices.pick(TIMES)}"'
        kind = self.choices.below(7)
        # A select that has the focus is blurred by each patch that changes it: with `phx-blur` that never ends (FI-12).
        focus = "" if self.choices.below(4) or kind in (2, 3) else ' phx-focus="e3" phx-blur="e0"'
        value = "" if self.choices.below(2) else " value={@last}"
        attributes = f'id="{name}" name="{name}"{pace}{focus}'
        match kind:
            case 0:
                return f'<input type="checkbox" {attributes} checked={{@on}}>'
            case 1:
                return f"<textarea {attributes}>{{@last}}</textarea>"
            case 2:
                return f"<select {attributes}><option :for={{r in @rows}} value={{r}}>{{r}}</option></select>"
            case 3:
                return f'<select {attributes}><option value="1">1</option><option value="2" selected={{@on}}>2</option></select>'
            case 4:
                return f'<input type="number" {attributes}{value}>'
            case _:
                return f"<input {attributes}{value}>"

    def listing(self, depth: int) -> str:
        name = self.name("l")
        match self.choices.below(3):
            case 0:
                return f'<ul><li :for={{r in @rows}} id={{f"{name}-{{r}}"}} class={{@last}}>{{r}}<input name={{f"{name}{{r}}"}}></li></ul>'
            case 1:
                return f'<ul><li :for={{r in @rows}} :key={{r}}>{{r}}<input name={{f"{name}{{r}}"}}></li></ul>'
            case _:
                return f'<ul><li :for={{r in @rows}}>{{r}}<button id={{f"{name}-{{r}}"}} phx-click="e1">x</button></li></ul>'

    def hooked(self, depth: int) -> str:
        hook = self.choices.pick(("Log", "Log", "Listen", "Push", "Reply"))
        inside = self.blocks(depth + 1) if depth < 2 and self.choices.chance(3) else "{@last}"
        return f'<div id="{self.name("h")}" phx-hook="{hook}">{inside}</div>'

    def conditional(self, depth: int) -> str:
        condition = self.choices.pick(("@on", "not @on", "@rows != []"))
        extra = self.choices.pick(("", f" phx-mounted={self.commands()}", ' phx-hook="Log"', " phx-remove={@rm}"))
        tag = self.choices.pick(("div", "section", "p"))
        named = f' id="{self.name("d")}"' if "hook" in extra or self.choices.chance(2) else ""
        inside = self.choices.pick(("{@last}", f'<input name="{self.name("i")}" phx-blur="e3">', "<b>b</b>"))
        return f"<{tag} :if={{{condition}}}{named}{extra}>{inside}</{tag}>"

    def gadget(self, depth: int) -> str:
        return f'<.live_component module={{Gadget}} id="{self.name("k")}" js={{@rm}} />'

    def card(self, depth: int) -> str:
        at = self.name("a")
        if self.choices.chance(2):
            return f'<.card at="{at}" label={{@last}} />'
        return f'<.card :for={{r in @rows}} at={{f"{at}{{r}}"}} label={{r}} />'

    def rooted(self, depth: int) -> str:
        shown = self.choices.pick(('"k"', "{@last}", "{@on}"))
        return f'<.{self.choices.pick(("rooted_form", "rooted_box"))} id="{self.name("m")}" v={shown} />'

    def stream(self, depth: int) -> str:
        if "items" in self.state:
            return ""
        self.state["items"] = None
        remove = self.choices.pick(("", " phx-remove={@rm}"))
        tail = self.choices.pick(("", '<li id="tail">tail</li>'))
        return (
            f'<ul id="stream" phx-update="stream"><li :for={{id, item in @streams.items}} id={{id}} phx-hook="Log"{remove}>{{item["n"]}}'
            f"<input name={{id}}></li>{tail}</ul>"
        )

    def ignored(self, depth: int) -> str:
        return f'<div id="{self.name("ig")}" phx-update="ignore" data-a={{@last}} class={{@last}}>{{@last}}<input name="{self.name("i")}"></div>'

    def away(self, depth: int) -> str:
        return f'<div id="{self.name("w")}" phx-click-away={self.binding()}><b>menu</b></div>'

    def keys(self, depth: int) -> str:
        key = self.choices.pick(("", ' phx-key="Escape"', ' phx-key="a"'))
        where = self.choices.pick(("phx-window-keydown", "phx-window-keyup"))
        return f'<div id="{self.name("y")}" {where}="{self.event()}"{key}{self.pace()}>keys</div><input id="{self.name("z")}" phx-keydown="e1"{key}>'

    def details(self, depth: int) -> str:
        return f'<details id="{self.name("t")}"><summary>s</summary><p>{{@last}}</p><input name="{self.name("i")}"></details>'

    def container(self, depth: int) -> str:
        extra = self.choices.pick(("", " class={@last}", " phx-click=" + self.binding(), " data-n={@n}", ' title="t"'))
        named = f' id="{self.name("o")}"' if self.choices.chance(2) else ""
        if self.choices.chance(4):  # a nested view stays: its joins are another judge's
            before, self.nested = self.nested, True
            inside = self.blocks(depth + 1)
            self.nested = before
            return f"<div{named} :if={{@on}}{extra}>{inside}</div>"
        return f"<div{named}{extra}>{self.blocks(depth + 1)}</div>"

    def view(self, depth: int) -> str:
        self.nested = True
        return '<div><.live_render view={Inside} id="inside" /></div>'


ROWS: tuple[list[int], ...] = ([1, 2, 3], [3, 1, 2], [2, 3], [1, 4, 2, 3], [], [2])


def rows_of(rows: list[int]) -> list[int]:
    return ROWS[(ROWS.index(rows) + 1) % len(ROWS)]


HANDLERS: dict[str, Callable[[Any, Any], Any]] = {
    "e0": lambda s, _: s.assign(last=f"l{s.assigns.n}"),
    "e1": lambda s, _: s.update("on", lambda on: not on),
    "e2": lambda s, _: s.update("rows", rows_of),
    "e3": lambda s, _: s.push_event("told", {"n": s.assigns.n}),
}


def made(choices: Choices) -> tuple[str, type[LiveView]]:
    """A page: its template, and the view."""
    builder = Builder(choices)
    text = f'<p id="p0">{{@n}}</p>{builder.blocks()}'
    removes = (
        JS.push("e0"),
        JS.hide(transition=("r", "s", "e"), time=50),
        JS.transition("fade", time=40),
        JS.add_class("gone"),
    )
    state = {name: value for name, value in builder.state.items() if name != "items"}
    view = page(
        text,
        {"Gadget": Gadget, "Inside": Inside, "card": CARD, "rooted_form": FORM, "rooted_box": BOX, "JS": JS},
        state={**state, "on": choices.chance(2), "rows": ROWS[0], "rm": choices.pick(removes)},
        begin=(lambda s: s.stream("items", [_item(1), _item(2)])) if "items" in builder.state else None,
        **HANDLERS,
    )
    return text, view


def _item(at: int, n: Any = 0) -> State:
    return {"id": at, "n": n}


# --- acts ---------------------------------------------------------------------------------------------------------------------


def play(both: Lockstep, choices: Choices, acts: int) -> None:
    """Some acts on both."""
    for _ in range(acts):
        act(both, choices)
    if both.browser.holding:
        both.release()
    both.latency(0)
    both.advance(400)


def act(both: Lockstep, choices: Choices) -> None:
    """One act: by a person, time, the network or the server."""
    match choices.below(14):
        case 0 | 1 | 2 | 3:
            _at_an_element(both, choices)
        case 4:
            key = choices.pick(("a", "Enter", "Tab", "Escape", "1", " ", "Backspace"))
            _press(both, key)
        case 5:
            both.type(choices.pick(("1", "12", "3")))
        case 6 | 7:
            both.advance(choices.pick((0, 1, 10, 16, 16, 40, 100)))
        case 8 | 9:
            _tell(both, choices)
        case 10:
            if not both.browser.holding and not both.browser.flights:
                both.latency(choices.pick((0, 30, 5)))
        case 11:
            if both.browser.holding:
                both.release()
            elif both.browser.latency == 0 and not both.browser.flights:
                both.hold()
        case 12:
            if both.browser.holding and both.browser.flights:
                both.release(1)
        case _:
            both.blur()


def _press(both: Lockstep, key: str) -> None:
    both.press(key)


def _at_an_element(both: Lockstep, choices: Choices) -> None:
    nodes = list(body_of(root(both.browser.document)).iter())
    liked = [at for at, each in enumerate(nodes) if _is_liked(each)]
    if not liked:
        return
    at = choices.pick(liked) if choices.below(5) else choices.below(len(nodes))
    node = nodes[at]
    kind = kind_of(node)
    if node.tag in ("input", "textarea") and kind not in ("checkbox", "radio", "hidden") and choices.chance(2):
        if node.get("readonly") is None and node.get("disabled") is None and is_visible(node, {}):
            both.fill(at, choices.pick(("7", "8", "")))
            return
    if node.tag == "select" and node.get("disabled") is None:
        values = [each.get("value") or "" for each in node.iter() if each.tag == "option"]
        if values:
            both.choose(at, choices.pick(values))
            return
    if choices.chance(5):
        both.focus(at)
    else:
        both.click(at)


def _is_liked(node: DomNode) -> bool:
    return node.tag in ("input", "button", "select", "textarea", "summary") or any(
        node.get(name) is not None for name in ("phx-click", "phx-click-away")
    )


def _tell(both: Lockstep, choices: Choices) -> None:
    match choices.below(6):
        case 0 | 1:
            both.tell({"last": choices.pick(("m", "other", ""))})
        case 2:
            both.tell(lambda s: s.update("on", lambda on: not on))
        case 3:
            both.tell(lambda s: s.update("rows", rows_of))
        case 4:
            n = choices.below(5)
            both.tell(lambda s: s.push_event("told", {"n": n}).update("n", lambda at: at + n))
        case _:
            _stream(both, choices)


def _stream(both: Lockstep, choices: Choices) -> None:
    if "streams" not in both.view.assigns:
        return
    at, n = choices.between(1, 4), choices.below(9)
    match choices.below(4):
        case 0:
            both.tell(lambda s: s.stream_insert("items", _item(at, n)))
        case 1:
            both.tell(lambda s: s.stream_insert("items", _item(at, n), at=0))
        case 2:
            both.tell(lambda s: s.stream_delete_by_dom_id("items", f"items-{at}"))
        case _:
            both.tell(lambda s: s.stream("items", [_item(3, n), _item(at, n)], reset=True))
