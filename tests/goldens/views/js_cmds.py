"""Golden `js_cmds`: every JS command with its options, encoded in an attribute."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import JS, LiveView, heex

COMMANDS: list[tuple[str, Any]] = [
    ("show", JS.show()),
    ("show_to", JS.show(to="#x")),
    (
        "show_opts",
        JS.show(to="#x", transition=("ease-out", "opacity-0", "opacity-100"), time=300, display="flex", blocking=False),
    ),
    ("show_str", JS.show(transition="fade in")),
    ("hide", JS.hide()),
    ("hide_opts", JS.hide(to=("closest", ".m"), transition="fade-out", time=100)),
    ("toggle", JS.toggle()),
    (
        "toggle_opts",
        JS.toggle(to=("inner", ".i"), in_=("a b", "c", "d"), out="z", time=50, display="inline", blocking=False),
    ),
    ("add_class", JS.add_class("a b")),
    ("add_class_opts", JS.add_class("a", to="#x", time=10, transition=("t", "s", "e"))),
    ("remove_class", JS.remove_class("a b", to="#x")),
    ("toggle_class", JS.toggle_class("on off", to="#x", transition="tr")),
    ("transition", JS.transition("shake")),
    ("transition_opts", JS.transition(("a", "b", "c"), to="#x", time=500, blocking=False)),
    ("set_attribute", JS.set_attribute(("aria-expanded", "true"))),
    ("set_attribute_to", JS.set_attribute(("k", "v"), to="#x")),
    ("remove_attribute", JS.remove_attribute("open", to="#x")),
    ("toggle_attribute", JS.toggle_attribute(("open", "open"))),
    ("toggle_attribute3", JS.toggle_attribute(("aria-expanded", "true", "false"), to="#x")),
    ("ignore_attributes", JS.ignore_attributes(["open", "data-*"])),
    ("ignore_attributes_str", JS.ignore_attributes("open")),
    ("focus", JS.focus()),
    ("focus_to", JS.focus(to="#x")),
    ("focus_first", JS.focus_first(to="#x")),
    ("push_focus", JS.push_focus()),
    ("push_focus_to", JS.push_focus(to="#x")),
    ("pop_focus", JS.pop_focus()),
    ("navigate", JS.navigate("/a")),
    ("navigate_replace", JS.navigate("/a?b=1&c=2", replace=True)),
    ("patch", JS.patch("/a")),
    ("patch_replace", JS.patch("/a", replace=True)),
    ("dispatch", JS.dispatch("click")),
    ("dispatch_opts", JS.dispatch("my:ev", to="#x", detail={"a": 1, "b": "<>"}, bubbles=False)),
    ("dispatch_blocking", JS.dispatch("my:ev", blocking=True)),
    ("push", JS.push("ev")),
    ("push_value", JS.push("ev", value={"id": 1, "s": "a\"b'c<&>"})),
    ("push_target", JS.push("ev", target="#x")),
    ("push_opts", JS.push("ev", target="#x", loading="#l", page_loading=True, value={"k": None})),
    ("exec", JS.exec("data-cancel")),
    ("exec_to", JS.exec("data-cancel", to="#x")),
    ("concat", JS.show(to="#a").concat(JS.push("b"))),
    ("chain", JS.push("inc", value={"v": 1}).hide(to="#m").add_class("x").focus()),
    ("empty", JS),
]


class JsCmds(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(cmds=COMMANDS, n=0, open=False)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "inc":
                return socket.update("n", lambda n: n + params["v"])
            case "open":
                return socket.update("open", lambda open: not open)
            case _:
                return socket.update("n", lambda n: n + 10)

    render = heex(r"""
    <div>
      <button :for={name, js in @cmds} id={name} phx-click={js}>x</button>
      <p data-js={JS.push("inc").hide()}>{@n}</p>
      <p data-open={@open and JS.show(to="#o")}>{@open}</p>
    </div>
    """)


view = JsCmds
untranslated = {"cmds"}  # the trace holds the Elixir text of each command, too
