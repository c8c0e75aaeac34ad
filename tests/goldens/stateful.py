"""The code around the templates of `random/stateful.jsonl` (the recorded `stateful.ex`), in Python.

`build(case)` gives the view class of one recorded case and its LiveComponent classes by name.
"""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from functools import cache
from typing import Any

import attrs

from liveview_core import LiveComponent, LiveView, Reply, heex, render_slot


@cache
def record_class(*fields: str) -> Any:
    """A frozen value with these attributes, equal by value: what the traces call a record."""
    return attrs.make_class("Record", list(fields), frozen=True, slots=True)


def record(**fields: Any) -> Any:
    return record_class(*sorted(fields))(**fields)


def term(value: Any) -> Any:
    """A recorded JSON value as the term it stands for."""
    match value:
        case {"__rec__": fields}:
            return record(**{k: term(v) for k, v in fields.items()})
        case list():
            return [term(v) for v in value]
        case _:
            return value


def terms(values: dict[str, Any]) -> dict[str, Any]:
    return {k: term(v) for k, v in values.items()}


def some(op: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {k: op[k] for k in keys if k in op}


def run(ops: list[dict[str, Any]], socket: Any, modules: dict[str, Any]) -> Any:
    """The recorded operations, in one callback."""
    for op in ops:
        match op:
            case {"op": "assign", "set": values}:
                socket = socket.assign(terms(values))
            case {"op": "stream", "name": name, "items": items}:
                socket = socket.stream(name, term(items), **some(op, "at", "limit", "reset"))
            case {"op": "stream_insert", "name": name, "item": item}:
                socket = socket.stream_insert(name, term(item), **some(op, "at", "limit", "update_only"))
            case {"op": "stream_delete", "name": name, "item": item}:
                socket = socket.stream_delete(name, term(item))
            case {"op": "stream_delete_by_dom_id", "name": name, "dom_id": dom_id}:
                socket = socket.stream_delete_by_dom_id(name, dom_id)
            case {"op": "send_update", "module": module, "id": id, "set": values}:
                socket = socket.send_update(modules[module], id=id, **terms(values))
            case _:
                raise AssertionError(f"unknown operation {op}")
    return socket


class Recorded(LiveComponent):
    """`CompBase`: what every recorded component does."""

    modules: dict[str, Any] = {}

    def mount(self, socket: Any) -> Any:
        return socket.assign(n=0, open=True, note=None)

    def update(self, assigns: Any, socket: Any) -> Any:
        return socket.assign(assigns)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        assigns = socket.assigns
        match event:
            case "inc":
                return socket.update("n", lambda n: n + 1)
            case "toggle":
                return socket.update("open", lambda open: not open)
            case "note":
                return socket.assign(note=params["text"])
            case "noop":
                return socket
            case "ask":
                return Reply(socket, {"id": assigns.id, "x": params["x"]})
            case "push":
                return socket.push_event("ping", {"id": assigns.id, "n": assigns.n})
            case "tell":
                return socket.send(("told", assigns.id, assigns.n))
            case "ops":
                return run(params["ops"], socket, self.modules)


class RecordedFeed(Recorded):
    """`Feed`: a component with a stream of its own, made at its first update."""

    def update(self, assigns: Any, socket: Any) -> Any:
        first = socket.assigns.get("streams") is None
        socket = socket.assign(assigns)
        if not first:
            return socket
        id = socket.assigns.id
        return socket.stream_configure("rows", dom_id=lambda row: f"{id}-{row.id}").stream("rows", [])


class RecordedView(LiveView):
    """`Base`: sets the recorded state at mount and runs the recorded operations."""

    case: dict[str, Any] = {}
    modules: dict[str, Any] = {}

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return run(self.case["mount"], socket.assign(terms(self.case["state"])), self.modules)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "ops":
                return run(params["ops"], socket, self.modules)

    def handle_info(self, message: Any, socket: Any) -> Any:
        match message:
            case ("told", id, n):
                return socket.assign(told=f"{id}={n}")


def build(case: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    modules: dict[str, Any] = {}
    names: dict[str, Any] = {"render_slot": render_slot, "slot_arg": record}
    for component in case["components"]:
        template = heex(component["python"], names=dict(names))
        parent = RecordedFeed if component["name"] == "Feed" else Recorded
        cls = type(component["name"], (parent,), {"render": template, "modules": modules})
        modules[component["name"]] = names[component["name"]] = cls
    template = heex(case["view"]["python"], names=dict(names))
    view = type(case["view"]["name"], (RecordedView,), {"render": template, "modules": modules, "case": case})
    return view, modules
