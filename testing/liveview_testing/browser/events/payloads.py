"""What a browser sends: from an event on an element to the payload on the wire, as the official client builds it.

An event is fired at an element; what follows is a tuple of actions, plain data in the order in which the browser would do
them: `Send` an event payload, patch or navigate, leave the page, submit a form, or run a JS command that is none of these.
Nothing is sent here and nothing changes. Where LiveViewTest differs, the browser wins.

Law: the same element, overlay and arguments give the same actions; what a user could not do is a failure that says why.
"""  # JS-21, CP-17, CH-3, CH-4

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias, cast

from attrs import evolve, field

from liveview_core.values.declaring import frozen
from liveview_testing.browser.connection.addresses import parsed
from liveview_testing.browser.events.actions import (
    Action,
    Actions,
    Browse,
    Command,
    Json,
    Kind,
    LivePatch,
    LiveRedirect,
    ResetForm,
    Send,
    SubmitForm,
    Toggle,
)
from liveview_testing.browser.finding.select import everywhere, find, missed, sketch, sketch_name
from liveview_testing.browser.forms.filling import pairs_of, toggle
from liveview_testing.browser.forms.forms import (
    NOTHING,
    Control,
    Overlay,
    all_used,
    control_of,
    controls,
    default_target,
    form_of,
    require_form,
    serialize,
)
from liveview_testing.browser.forms.properties import dom_values, phx_values
from liveview_testing.browser.page.controls import (
    BUTTONS,
    CHECKABLE,
    CONTROLS,
    SUBMITTERS,
    around,
    disabled_by,
    disabled_in,
    hidden_by,
    hidden_in,
    kind_of,
)
from liveview_testing.browser.page.node import Node, same
from liveview_testing.failures.exceptions import (
    BadCommand,
    Bindings,
    Disabled,
    Hidden,
    NoBinding,
    NoMatch,
    NoTarget,
    Sketch,
    failure,
)

Hider: TypeAlias = "Callable[[Node], tuple[Node, str] | None]"


class Sight:
    """Somebody who knows a page as its browser has it: more than was sent. Called with an element it says what hides it."""

    __slots__ = ()

    def __call__(self, node: Node) -> tuple[Node, str] | None:
        """The element that hides this one, and how."""
        raise NotImplementedError

    def disabled(self, node: Node) -> Node | None:
        """What disables an element."""
        raise NotImplementedError

    def values(self, node: Node) -> Mapping[str, Any] | None:
        """What an element brings to an event by itself; None: what was sent says it."""
        raise NotImplementedError

    def text(
        self,
        form: Node,
        overlay: Overlay,
        submitter: Node | None,
        only: str | None,
        extra: Iterable[tuple[str, str]],
    ) -> str | None:
        """What a form holds, as it is sent; None: what was sent, and typed, says it."""
        raise NotImplementedError


def _disabled_by(hidden: Hider, node: Node) -> Node | None:
    return hidden.disabled(node) if isinstance(hidden, Sight) else disabled_by(node)


# --- firing -----------------------------------------------------------------------------------------------------------------


def click(
    node: Node,
    selector: str | None = None,
    value: Mapping[str, object] | None = None,
    overlay: Overlay = NOTHING,
    hidden: Hider = hidden_by,
) -> Actions:
    """A click on an element: the nearest `phx-click` around it, a live link, then what the element does by itself.

    Raises ElementDisabled, ElementHidden, BindingNotFound, TargetNotFound or CommandError.
    """
    named = selector or sketch_name(node)
    chain = around(node)
    _require_usable(chain, named, "click", hidden)
    link = _closest(chain, "data-phx-link")
    if link is not None and not _opens_elsewhere(node):
        return tuple(_follow(link, value, overlay))
    bound = _closest(chain, "phx-click", hidden)
    defaults = tuple(_default_action(chain, bound))
    for action in defaults:
        if isinstance(action, Toggle):  # a browser toggles first and then tells of the click
            overlay = toggle(action.control, overlay).over(overlay)
    actions: list[Action] = []
    if bound is not None and bound.get("phx-click"):
        actions.extend(_run(_Event("click", "phx-click", bound, value=value, overlay=overlay, hidden=hidden)))
    actions.extend(defaults)
    if not actions and bound is None:
        raise failure(_no_binding(node, named, "click", ("phx-click",), "[phx-click], a[href]"))
    return tuple(actions)


def click_away(
    node: Node,
    value: Mapping[str, object] | None = None,
    overlay: Overlay = NOTHING,
    selector: str | None = None,
    hidden: Hider = hidden_by,
) -> Actions:
    """A click somewhere outside of an element with `phx-click-away`; on the wire it is a click. What is hidden hears none."""
    named = selector or sketch_name(node)
    if node.get("phx-click-away") is None:
        raise failure(_no_binding(node, named, "click away from", ("phx-click-away",), "[phx-click-away]"))
    require_usable(node, named, "click away from", hidden)
    return tuple(_run(_Event("click", "phx-click-away", node, value=value, overlay=overlay, hidden=hidden)))


def key(
    kind: Literal["keydown", "keyup"],
    node: Node,
    selector: str | None = None,
    value: Mapping[str, object] | None = None,
    overlay: Overlay = NOTHING,
    hidden: Hider = hidden_by,
) -> Actions:
    """A key on an element: its own binding, else every `phx-window-…` binding of the page.

    The key is `value["key"]`; without one it is the `phx-key` of the binding, if that has one. A key that `phx-key` keeps out
    sends nothing.
    """
    named = selector or sketch_name(node)
    attribute, window = f"phx-{kind}", f"phx-window-{kind}"
    if node.get(attribute):
        require_usable(node, named, f"press a key on ({kind})", hidden)
        bound = [node]
    else:
        # The element's own binding keeps the window's from hearing; without one, all of them hear (js-client.md 6).
        bound, attribute = everywhere(node.page, f"[{window}]"), window
        if not bound:
            near = f"[{attribute}], [{window}]"
            raise failure(_no_binding(node, named, f"press a key on ({kind})", (f"phx-{kind}", window), near))
    actions: list[Action] = []
    for each in bound:
        wanted = each.get("phx-key")
        pressed = value.get("key") if value is not None and "key" in value else wanted
        if wanted and str(pressed).lower() != wanted.lower():
            continue
        meta: Json = {} if pressed is None else {"key": pressed}
        actions.extend(_run(_Event(kind, attribute, each, value=value, overlay=overlay, meta=meta, hidden=hidden)))
    return tuple(actions)


def focus(
    kind: Literal["focus", "blur"],
    node: Node,
    selector: str | None = None,
    value: Mapping[str, object] | None = None,
    overlay: Overlay = NOTHING,
    hidden: Hider = hidden_by,
) -> Actions:
    """Focus or blur of the element itself; the client looks at no ancestor, and window bindings never fire."""
    named = selector or sketch_name(node)
    attribute = f"phx-{kind}"
    require_usable(node, named, kind, hidden)
    if not node.get(attribute):
        raise failure(_no_binding(node, named, kind, (attribute,), f"[{attribute}]"))
    return tuple(_run(_Event(kind, attribute, node, value=value, overlay=overlay, hidden=hidden)))


def hook(node: Node, event: str, value: object = None, selector: str | None = None) -> Actions:
    """What a hook on the element pushes: exactly the given value; `phx-target` decides where it goes."""
    named = selector or sketch_name(node)
    viewport = node.get("phx-viewport-top") is not None or node.get("phx-viewport-bottom") is not None
    if not viewport and (node.get("phx-hook") is None or not node.id):
        note = "a hook needs an id on its element" if node.get("phx-hook") is not None else None
        wanted = ("phx-hook (with an id)", "phx-viewport-top", "phx-viewport-bottom")
        raise failure(_no_binding(node, named, f"push {event!r} from the hook of", wanted, "[phx-hook]", note))
    payload: Json = {"type": "hook", "event": event, "value": {} if value is None else value}
    own = node.get("phx-target")
    if own is None:
        return (Send(payload),)  # pushEvent: to the view, wherever the element is
    found = targets_of(node, own)
    return tuple(Send(_with_cid(payload, cid_of(node, target, own)), _view(node, target)) for target in found)


def change(
    node: Node,
    names: Sequence[str] = (),
    selector: str | None = None,
    value: Mapping[str, object] | None = None,
    overlay: Overlay = NOTHING,
    uploads: Json | None = None,
    hidden: Hider = hidden_by,
) -> Actions:
    """A change of a form, or of one control in it. `names`: the fields just filled (they are in the overlay already).

    The event, and the `_target`, are those of the last field; a control with a `phx-change` of its own sends itself alone.
    `_target` in `value` overrides; other entries of `value` are sent as they are.
    """  # FM-34
    named = selector or sketch_name(node)
    is_control = node.tag in CONTROLS
    form = form_of(node) if is_control else node
    if form is None:
        note = "the client needs a form around it: put it into a <form>"
        raise failure(_no_binding(node, named, "change", ("phx-change on a control in a form",), "form", note))
    if not is_control:
        require_form(node, named, "change")
    require_usable(node, named, "change", hidden)
    group = controls(form)
    extra = dict(value or {})
    given = extra.pop("_target", None)
    source = control_of(node, group) if is_control else _changed(group, names, form.get("phx-change") is not None)
    own = source is not None and bool(source.node.get("phx-change"))
    bound = source.node if own and source is not None else form
    if not bound.get("phx-change"):
        raise failure(_no_binding(node, named, "change", ("phx-change",), "[phx-change]"))
    target = (source.name if source is not None else default_target(group)) or "undefined"
    pressed = source.node if source is not None and source.kind in BUTTONS else None
    fire = _Event(
        "change",
        "phx-change",
        bound,
        overlay=overlay,
        form=form,
        extra=extra,
        target=target if given is None else given,
        only=source.name if own and source is not None else None,
        submitter=pressed,
        uploads=uploads or {},
        hidden=hidden,
    )
    return tuple(_run(fire))


def submit(
    form: Node,
    submitter: Node | None = None,
    selector: str | None = None,
    value: Mapping[str, object] | None = None,
    overlay: Overlay = NOTHING,
    hidden: Hider = hidden_by,
) -> Actions:
    """A submit of a form with `phx-submit`: all its fields count as used. Native validation is not modelled."""  # FM-32
    named = selector or sketch_name(form)
    require_form(form, named, "submit")
    require_usable(form, named, "submit", hidden)
    if not form.get("phx-submit"):
        note = "submit_form() sends it over HTTP instead" if form.get("action") is not None else None
        raise failure(_no_binding(form, named, "submit", ("phx-submit",), "[phx-submit]", note))
    used = {**overlay, **all_used(form, overlay)}
    extra = {name: given for name, given in (value or {}).items() if name != "_target"}
    fire = _Event(
        "submit", "phx-submit", form, overlay=used, form=form, extra=extra, submitter=submitter, hidden=hidden
    )
    return tuple(_run(fire))


# --- what a user cannot use -------------------------------------------------------------------------------------------------


def require_usable(node: Node, selector: str, action: str, hidden: Hider = hidden_by) -> None:
    """Raises ElementDisabled or ElementHidden for an element that a user cannot use."""
    _require_usable(around(node), selector, action, hidden)


def _require_usable(chain: Sequence[Node], selector: str, action: str, hidden: Hider) -> None:
    node = chain[0]
    by = hidden.disabled(node) if isinstance(hidden, Sight) else disabled_in(chain)
    if by is None and node.tag not in CONTROLS:
        # A browser gives no click to what is inside a disabled button.
        by = next((each for each in chain if each.tag == "button" and _disabled_by(hidden, each) is not None), None)
    if by is not None:
        raise failure(Disabled(selector, sketch(node), action, None if by.path == node.path else sketch(by)))
    found = hidden_in(chain) if hidden is hidden_by else hidden(node)
    if found is not None:
        by, why = found
        raise failure(Hidden(selector, sketch(node), action, why, None if by.path == node.path else sketch(by)))


def _closest(chain: Sequence[Node], binding: str, hidden: Hider = hidden_by) -> Node | None:
    """The element with the binding nearest to a node, itself included; disabled ones are passed over.

    What is around the view hears nothing.
    """  # js-client.md 6
    page = chain[0].page
    for each in chain:
        if each.page is not page:
            break
        if each.get(binding) is not None and _disabled_by(hidden, each) is None:
            return each
    return None


# --- running a binding ------------------------------------------------------------------------------------------------------


@frozen
class _Event:
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
    except ValueError as error:
        raise _broken(node, attribute, f"it starts like a JS command but is no JSON ({error})") from None
    commands: list[tuple[str, Json]] = []
    for each in read:
        parts = cast("list[object]", each) if isinstance(each, list) else []
        name = parts[0] if parts else None
        args: object = parts[1] if len(parts) > 1 else {}
        if not isinstance(name, str) or not isinstance(args, dict):
            raise _broken(node, attribute, f"{json.dumps(each)} is no [name, arguments]")
        commands.append((name, cast(Json, args)))
    return tuple(commands)


def _broken(node: Node, attribute: str, problem: str) -> Exception:
    cure = "an event name, or a command made by liveview_core.rendering.js"
    return failure(BadCommand(sketch(node), attribute, node.get(attribute) or "", problem, cure))


def _run(fire: _Event) -> Iterator[Action]:
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


def _exec(fire: _Event, args: Json) -> Iterator[Action]:
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
            yield from _run(evolve(fire, attribute=attribute, source=each, value=value, meta={}, submitter=None))


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


def _push(fire: _Event, args: Json) -> Iterator[Action]:
    event = args.get("event") or fire.source.get(fire.attribute)
    value = cast("Mapping[str, object]", args.get("value") or {})
    target = args.get("target")
    owner = fire.form if fire.form is not None else fire.source
    for found in targets_of(fire.source, target or fire.source.get("phx-target")):
        # As the client has it: a submit does not tell the cid lookup about the push's own target.
        cid = cid_of(owner, found, None if fire.type == "submit" else target)
        payload = _form_payload(fire, event, value) if fire.form is not None else _plain_payload(fire, event, value)
        yield Send(_with_cid(payload, cid), _view(fire.source, found))


def _plain_payload(fire: _Event, event: object, value: Mapping[str, object]) -> Json:
    own = fire.hidden.values(fire.source) if isinstance(fire.hidden, Sight) else None
    sent = {**fire.meta, **(dom_values(fire.source, fire.overlay) if own is None else own), **value}
    return {"type": fire.type, "event": event, "value": _merged(sent, fire.value or {})}


def _form_payload(fire: _Event, event: object, value: Mapping[str, object]) -> Json:
    form = cast(Node, fire.form)
    extra = pairs_of(fire.extra)
    text = (
        fire.hidden.text(form, fire.overlay, fire.submitter, fire.only, extra)
        if isinstance(fire.hidden, Sight)
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


def _with_cid(payload: Json, cid: int | None) -> Json:
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


_CID = re.compile(r"0|[1-9][0-9]*")


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


def _view(source: Node, target: Node | int) -> str | None:
    """The view that hears of an event: the one that the target is in, or that has it for its container."""
    if isinstance(target, int):
        return source.page.owner
    inside = target.page.in_container(target)
    return target.page.owner if inside is None else inside.owner


def upload_cid(form: Node, *, targeted: bool) -> int | None:
    """The `cid` of what a form's uploads send: `targeted` by the form's `phx-target`, as events are, or as progress is."""
    return cid_of(form, targets_of(form, form.get("phx-target"))[0] if targeted else form, None)


# --- what an element does by itself -----------------------------------------------------------------------------------------


def _follow(link: Node, value: Mapping[str, object] | None, overlay: Overlay) -> Iterator[Action]:
    """A live link: it navigates, and then runs its own `phx-click`; bindings around it hear nothing."""
    kind, state, href = link.get("data-phx-link"), link.get("data-phx-link-state") or "push", link.get("href") or ""
    if kind not in ("patch", "redirect"):
        raise _broken(link, "data-phx-link", 'it must be "patch" or "redirect"')
    if state not in ("push", "replace"):
        raise _broken(link, "data-phx-link-state", 'it must be "push" or "replace"')
    how: Kind = "replace" if state == "replace" else "push"
    href = parsed(href)
    yield LivePatch(href, how) if kind == "patch" else LiveRedirect(href, how)
    command = link.get("phx-click")
    if command:
        if not command.startswith("["):
            problem = "on a live link the client runs JS commands only, no plain event name"
            cure = "JS.push(…) as its phx-click"
            raise failure(BadCommand(sketch(link), "phx-click", command, problem, cure))
        yield from _run(_Event("click", "phx-click", link, value=value, overlay=overlay))


def _default_action(chain: Sequence[Node], bound: Node | None) -> Iterator[Action]:
    """The browser's own answer to a click: the nearest link, button or box that the click is on."""
    for each in chain:
        match each.tag:
            case "a" | "area" if each.get("href") is not None:
                href = each.get("href") or ""
                if not (bound is not None and bound.path == each.path and href == "#"):  # the client prevents that one
                    yield _browse(each, href)
                return
            case "button" | "input":
                yield from _pressed(each)
                return
            case "label":
                control = _labelled(each)
                if control is not None and disabled_by(control) is None:
                    yield from _pressed(control)
                return
            case "select" | "textarea" | "option":
                return
            case _:
                continue


def _pressed(control: Node) -> Iterator[Action]:
    kind = kind_of(control)
    if kind in CHECKABLE:
        yield Toggle(control)
    elif kind in SUBMITTERS or kind == "reset":
        form = form_of(control)
        if form is not None:
            yield ResetForm(form, control) if kind == "reset" else SubmitForm(form, control)


def _labelled(label: Node) -> Node | None:
    named = label.get("for")
    if named:
        quoted = re.sub(r'(["\\])', r"\\\1", named)
        return next(iter(everywhere(label.page, f'[id="{quoted}"]', limit=1)), None)
    return next((each for each in label.iter() if each.tag in CONTROLS and kind_of(each) != "hidden"), None)


def _opens_elsewhere(node: Node) -> bool:
    """Whether the client leaves a click to the browser: it asks the very element that is clicked for a new tab, or a download."""
    target = node.get("target")
    if target is not None and (target.lower() == "_blank" or not target.startswith("_")):
        return True
    return node.tag == "a" and node.get("download") is not None


_HERE = ("", "_self", "_parent", "_top")  # names of this very tab: no page of ours is in a frame


def _browse(link: Node, href: str) -> Browse:
    href = parsed(href)
    elsewhere = (link.get("target") or "").lower() not in _HERE or link.get("download") is not None
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", href, re.IGNORECASE)
    inert = scheme is not None and scheme.group(1).lower() not in ("http", "https")
    method = (link.get("data-method") or "get").lower()
    stays = elsewhere or inert or href.startswith("#")
    if method == "get":
        return Browse(href, stays=stays)
    return Browse(link.get("data-to") or href, method, stays, link.get("data-csrf"))


def _changed(group: Sequence[Control], names: Sequence[str], bound: bool) -> Control | None:
    """The control that a change is about: of the last filled name; one that speaks for itself only if it is the only one."""
    for name in reversed(names):
        for control in group:
            alone = len(names) == 1 or not bound or not control.node.get("phx-change")
            if control.name == name and not control.disabled and control.kind != "hidden" and alone:
                return control
    return None


# --- nearest misses ---------------------------------------------------------------------------------------------------------

_EVENTS = (
    *("phx-click", "phx-click-away", "phx-change", "phx-submit", "phx-focus", "phx-blur", "phx-keydown", "phx-keyup"),
    *("phx-window-keydown", "phx-window-keyup", "phx-hook", "phx-viewport-top", "phx-viewport-bottom", "href"),
)


def bindings(node: Node) -> Bindings:
    """The event bindings of an element, in a fixed order."""
    found = ((name, node.get(name)) for name in _EVENTS)
    return tuple((name, value) for name, value in found if value is not None)


def _no_binding(
    node: Node, selector: str, action: str, wanted: tuple[str, ...], near: str, note: str | None = None
) -> NoBinding:
    """The evidence: the element's own bindings, those around it, and what inside of it would have answered."""
    outside = [(sketch(each), bindings(each)) for each in node.ancestors() if bindings(each)]
    inside = [(sketch(each), bindings(each)) for each in find(node, near, limit=2)]
    if note is None and inside:
        note = f"perhaps {inside[0][0].name} inside of it is meant"
    misses: tuple[tuple[Sketch, Bindings], ...] = tuple(outside[:2] + inside)
    return NoBinding(selector, sketch(node), action, wanted, bindings(node), misses, note)
