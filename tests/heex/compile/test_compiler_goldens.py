"""150 generated templates recorded from Phoenix: the same statics, the same dynamics in the same order, the same changes.

No process and no browser here: the compiled template, `Traversal`, and a text made of the recorded JSON.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from attrs import make_class

from liveview_core.declarations.attributes import attr, slot
from liveview_core.heex import Template, heex, render_slot
from liveview_core.rendering.diff import Traversal
from liveview_core.rendering.rendered import rendered_to_text
from liveview_core.values.assigns import Assigns, same, stored
from tests.harness.places import TRACES

CASES = TRACES / "random" / "random.jsonl"
TYPES: dict[str, Any] = {"string": str, "integer": int, "boolean": bool, "list": list, "any": "any", "global": "global"}


@cache
def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@cache
def _record(names: tuple[str, ...]) -> type[Any]:
    return make_class("Record", list(names), frozen=True, slots=True)


def value_of(term: Any) -> Any:
    """A recorded term as a value: a record is a frozen attrs object."""
    if isinstance(term, dict):
        if "__rec__" in term:
            fields = {name: value_of(each) for name, each in term["__rec__"].items()}
            return _record(tuple(fields))(**fields)
        return {name: value_of(each) for name, each in term.items()}
    return [value_of(each) for each in term] if isinstance(term, list) else term


def template_of(case: dict[str, Any]) -> Template:
    """The template of a case, with its components."""
    names: dict[str, Any] = {"render_slot": render_slot}
    for each in case["components"]:
        declared: list[Any] = []
        for a in each["attrs"]:
            options: dict[str, Any] = {"default": a["default"]} if "default" in a else {}
            declared.append(attr(a["name"], TYPES[a["type"]], required=a["required"], **options))
        for s in each["slots"]:
            inner = [attr(a["name"], TYPES[a["type"]], required=a["required"]) for a in s["attrs"]]
            declared.append(slot(s["name"], *inner))
        names[each["name"]] = heex(each["python"], *declared, names=dict(names))
    return heex(case["python"], names=names)


def resolved(node: Any, table: dict[str, Any]) -> Any:
    """A recorded tree with the statics themselves in place of their numbers."""
    if not isinstance(node, dict):
        return node
    return {
        key: table[str(each)] if key == "s" and isinstance(each, int) else resolved(each, table)
        for key, each in node.items()
        if key != "p"
    }


@pytest.mark.filterwarnings("ignore::liveview_core.heex.TemplateWarning")
@pytest.mark.parametrize("index", range(150))
def test_random_template(index: int) -> None:
    """Statics, dynamics, the changes of every step and the text are what Phoenix sent (EN, AT, WS, DF)."""
    case = cases()[index]
    template = template_of(case)
    values: dict[str, Any] = value_of(case["state"])

    def render(changed: dict[str, object] | None, prints: Any) -> tuple[Any, Any]:
        traversal = Traversal(lambda ref: 0, shared=True)
        diff, prints = traversal.rendered(template(Assigns(values, changed)), prints, changed is not None)
        return resolved(diff, traversal.templates or {}), prints

    recorded = case["join"]["rendered"]
    diff, prints = render(None, None)
    assert diff == resolved(recorded, recorded.get("p", {}))
    assert rendered_to_text(template(values)) == case["join"]["raw_html"]
    for number, step in enumerate(case["steps"]):
        new: dict[str, Any] = value_of(step["set"])
        changed = {name: stored(values.get(name)) for name in new if not same(values.get(name), new[name])}
        values = {**values, **new}
        diff, prints = render(changed, prints) if changed else ({}, prints)
        sent = step["diff"] or {}
        assert diff == resolved(sent, sent.get("p", {})), f"step {number}: {step['set']}"
        assert rendered_to_text(template(values)) == step["raw_html"], f"step {number}"
