"""Running a binding: the text of a `phx-` attribute, as the pushes and commands that it stands for.

Owns `Firing` (an event at an element that has a binding), `run`, and which views and components a push goes to. Law: commands are
run in their order; what cannot be read is the author's mistake, and says where it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, cast

from attrs import evolve, field

from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.bindings.actions import Action, Command, Json, LivePatch, LiveRedirect, Send
from liveview_testing.browser.bindings.visibility import Hider, Visibility
from liveview_testing.browser.commands.argument_shapes import misfit
from liveview_testing.browser.page.controls import (
    hidden_by,
)
from liveview_testing.browser.page.finding.select import everywhere, find, missed, sketch
from liveview_testing.browser.page.forms import filling
from liveview_testing.browser.page.forms.forms import NOTHING, Overlay, serialize
from liveview_testing.browser.page.forms.properties import dom_values, phx_values
from liveview_testing.browser.page.node import Node, same
from liveview_testing.failures.exceptions import (
    BadCommand,
    NoMatch,
    NoTarget,
    failure,
)


@frozen
class Firing:
    """One event at one binding: all that the commands of the binding may need."""

    type: Literal["click", "keydown", "keyup", "focus", "blur", "change", "submit"]
    attribute: str
    source: Node
    value: Mapping[str, object] | None = None  # of the test: wins over everything (test-client.md 1.3)
    overlay: Overlay = NOTHING
    meta: Json = field(factory=dict[str, object])  # of the browser event: loses to everything
    form: Node | None = None
    extra: Mapping[str, object] = field(factory=dict[str, object])
    target: object = None
    only: str | None = None
    submitter: Node | None = None
    uploads: Json | None = None
    hidden: Hider = hidden_by


def operations(node: Node, attribute: str) -> tuple[tuple[str, Json], ...]:
    """The commands of a binding: an event name is one push, a JSON list is what it says. Raises CommandError."""  # JS-1
    text = node.get(attribute) or ""
    if not text.startswith("["):
        return (("push", {"event": text}),)
    try:
        read: list[object] = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise broken(node, attribute, f"it starts like a JS command but is no JSON ({error})") from None
    commands: list[tuple[str, Json]] = []
    for each in read:
        parts = cast("list[object]", each) if isinstance(each, list) else []
        name = parts[0] if parts else None
        args: object = parts[1] if len(parts) > 1 else {}
        if not isinstance(name, str) or not isinstance(args, dict):
            raise broken(node, attribute, f"{json.dumps(each)} is no [name, arguments]")
        if (wrong := misfit(name, cast(Json, args))) is not None:
            raise broken(node, attribute, wrong)
        commands.append((name, cast(Json, args)))
    return tuple(commands)


def broken(node: Node, attribute: str, problem: str) -> Exception:
    cure = "an event name, or a command made by liveview_core.rendering.js"
    return failure(BadCommand(sketch(node), attribute, node.get(attribute) or "", problem, cure))


def run(fire: Firing) -> Iterator[Action]:
    for name, args in operations(fire.source, fire.attribute):
        match name:
            case "push":
                for _ in selected(fire.source, args.get("to")):
                    yield from _push(fire, args)
            case "patch":
                yield LivePatch(str(args.get("href", "")), "replace" if args.get("replace") else "push")
            case "navigate":
                yield LiveRedirect(str(args.get("href", "")), "replace" if args.get("replace") else "push")
            case "exec":
                yield from _exec(fire, args)
            case _:
                yield Command(name, args, fire.source, fire.type)


def _exec(fire: Firing, args: Json) -> Iterator[Action]:
    """The commands that an attribute of other elements holds, as if bound there: their `phx-value-*`, their `phx-target`.

    Of the browser event nothing comes along but its type. What is no form sends nothing for a change or a submit.
    """  # JS-20
    attribute = str(args.get("attr", ""))
    value = {
        name: given
        for name, given in (fire.value or {}).items()
        if name != "key" or fire.type not in ("keydown", "keyup")
    }
    for each in selected(fire.source, args.get("to")):
        text = each.get(attribute) or ""
        if not text.startswith("["):
            problem = f"JS.exec, in {fire.attribute} of {sketch(fire.source).name}, wants a JS command there"
            cure = (
                f"{attribute}={{JS.…}} on that element, or in JS.exec the attribute and the `to` that have the command"
            )
            raise failure(BadCommand(sketch(each), attribute, text or "nothing", problem, cure))
        if fire.form is None or each.path == fire.form.path:
            yield from run(evolve(fire, attribute=attribute, source=each, value=value, meta={}, submitter=None))


def selected(source: Node, to: object) -> Sequence[Node]:
    """The elements a command is run for; the client runs a push once for each."""  # JS-4
    match to:
        case str():
            return everywhere(source.page, to)
        case {"inner": str(selector)}:
            return find(source, selector)
        case {"closest": str(selector)}:
            accepted = set(map(same, everywhere(source.page, selector)))
            around = (source, *source.ancestors())
            return [each for each in around if same(each) in accepted][:1]
        case _:
            return [source]


def _push(fire: Firing, args: Json) -> Iterator[Action]:
    event = args.get("event") or fire.source.get(fire.attribute)
    value = cast("Mapping[str, object]", args.get("value") or {})
    target = args.get("target")
    owner = fire.form if fire.form is not None else fire.source
    for found in targets_of(fire.source, target or fire.source.get("phx-target")):
        # As the client has it: a submit does not tell the cid lookup about the push's own target.
        cid = cid_of(owner, found, None if fire.type == "submit" else target)
        payload = _form_payload(fire, event, value) if fire.form is not None else _plain_payload(fire, event, value)
        yield Send(with_cid(payload, cid), view_of(fire.source, found))


def _plain_payload(fire: Firing, event: object, value: Mapping[str, object]) -> Json:
    own = fire.hidden.values(fire.source) if isinstance(fire.hidden, Visibility) else None
    sent = {**fire.meta, **(dom_values(fire.source, fire.overlay) if own is None else own), **value}
    return {"type": fire.type, "event": event, "value": _merged(sent, fire.value or {})}


def _form_payload(fire: Firing, event: object, value: Mapping[str, object]) -> Json:
    form = cast(Node, fire.form)
    extra = filling.pairs_of(fire.extra)
    text = (
        fire.hidden.text(form, fire.overlay, fire.submitter, fire.only, extra)
        if isinstance(fire.hidden, Visibility)
        else None
    )
    if text is None:
        text = serialize(form, fire.overlay, fire.submitter, fire.only, extra)
    given = {name.partition("[")[0] for name in fire.extra}  # what the test gives wins
    meta = {name: each for name, each in {**phx_values(form), **value}.items() if name not in given}
    payload: Json = {"type": "form", "event": event, "value": text, "meta": meta}
    if fire.type == "change":
        payload["meta"] = {"_target": fire.target, **meta}
        payload["uploads"] = fire.uploads or {}
    return payload


def with_cid(payload: Json, cid: int | None) -> Json:
    return payload if cid is None else {**payload, "cid": cid}  # without a component it is absent, not null


def _merged(under: Json, over: Mapping[str, object]) -> Json:
    """Maps are merged, anything else is replaced; keys become text."""
    out = dict(under)
    for name, value in over.items():
        old = out.get(str(name))
        if isinstance(value, Mapping) and isinstance(old, dict):
            out[str(name)] = _merged(cast(Json, old), cast("Mapping[str, object]", value))
        elif isinstance(value, Mapping):
            out[str(name)] = _merged({}, cast("Mapping[str, object]", value))
        else:
            out[str(name)] = value
    return out


# --- targets ----------------------------------------------------------------------------------------------------------------


def targets_of(source: Node, target: object) -> Sequence[Node | int]:
    """Where an event goes: the element itself, a component, or every element that a selector matches."""  # CP-17
    if target is None or target == "":
        return [source]
    if isinstance(target, int) or _CID.fullmatch(str(target)):
        cid = int(cast("int | str", target))
        if cid not in source.page.present():
            raise failure(NoTarget(sketch(source), str(target)))
        return [cid]
    found = everywhere(source.page, str(target))
    if not found:
        near = missed(source.page.documents[0], str(target))
        raise failure(NoTarget(sketch(source), str(target), near.near if isinstance(near, NoMatch) else ()))
    return found


_CID = late_pattern(r"0|[1-9][0-9]*")


def cid_of(owner: Node, target: Node | int, pushed: object) -> int | None:
    """The `cid` of the payload: the component that owns the target; none if nothing asked for one."""  # js-client.md 6
    if isinstance(target, int):
        return target
    own = owner.get("phx-target")
    named = pushed or own
    if named is not None and _CID.fullmatch(str(named)):
        return int(str(named))
    if named is None or target.page.in_container(target) is not None:
        return None
    return target.cid


def view_of(source: Node, target: Node | int) -> str | None:
    """The view that hears of an event: the one that the target is in, or that has it for its container."""
    if isinstance(target, int):
        return source.page.owner
    inside = target.page.in_container(target)
    return target.page.owner if inside is None else inside.owner


def upload_cid(form: Node, *, targeted: bool) -> int | None:
    """The `cid` of what a form's uploads send: `targeted` by the form's `phx-target`, as events are, or as progress is."""
    return cid_of(form, targets_of(form, form.get("phx-target"))[0] if targeted else form, None)
