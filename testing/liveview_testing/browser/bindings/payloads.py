"""What a browser sends: from an event on an element to the payload on the wire, as the official client builds it.

An event is fired at an element; what follows is a tuple of actions, plain data in the order in which the browser would do
them: `Send` an event payload, patch or navigate, leave the page, submit a form, or run a JS command that is none of these.
Nothing is sent here and nothing changes. Where LiveViewTest differs, the browser wins.

Law: the same element, overlay and arguments give the same actions; what a user could not do is a failure that says why.
"""  # JS-21, CP-17, CH-3, CH-4

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from liveview_testing.browser.bindings.actions import Action, Actions, Json, Send, Toggle
from liveview_testing.browser.bindings.bindings import Firing, cid_of, run, targets_of, view_of, with_cid
from liveview_testing.browser.bindings.default_actions import default_action, follow, opens_elsewhere
from liveview_testing.browser.bindings.visibility import Hider, Visibility, disabled_as_seen
from liveview_testing.browser.page.controls import (
    BUTTONS,
    CONTROLS,
    around,
    disabled_in,
    hidden_by,
    hidden_in,
)
from liveview_testing.browser.page.finding.select import everywhere, find, sketch, sketch_name
from liveview_testing.browser.page.forms import filling
from liveview_testing.browser.page.forms.forms import (
    NOTHING,
    Control,
    Overlay,
    all_used,
    control_of,
    controls,
    default_target,
    form_of,
    require_form,
)
from liveview_testing.browser.page.node import Node
from liveview_testing.failures.exceptions import (
    Bindings,
    Disabled,
    Hidden,
    NoBinding,
    Sketch,
    failure,
)

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
    if link is not None and not opens_elsewhere(node):
        return tuple(follow(link, value, overlay))
    bound = _closest(chain, "phx-click", hidden)
    defaults = tuple(default_action(chain, bound))
    for action in defaults:
        if isinstance(action, Toggle):  # a browser toggles first and then tells of the click
            overlay = filling.toggle(action.control, overlay).over(overlay)
    actions: list[Action] = []
    if bound is not None and bound.get("phx-click"):
        actions.extend(run(Firing("click", "phx-click", bound, value=value, overlay=overlay, hidden=hidden)))
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
    return tuple(run(Firing("click", "phx-click-away", node, value=value, overlay=overlay, hidden=hidden)))


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
        actions.extend(run(Firing(kind, attribute, each, value=value, overlay=overlay, meta=meta, hidden=hidden)))
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
    return tuple(run(Firing(kind, attribute, node, value=value, overlay=overlay, hidden=hidden)))


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
    return tuple(Send(with_cid(payload, cid_of(node, target, own)), view_of(node, target)) for target in found)


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
    fire = Firing(
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
    return tuple(run(fire))


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
    fire = Firing(
        "submit", "phx-submit", form, overlay=used, form=form, extra=extra, submitter=submitter, hidden=hidden
    )
    return tuple(run(fire))


# --- what a user cannot use -------------------------------------------------------------------------------------------------


def require_usable(node: Node, selector: str, action: str, hidden: Hider = hidden_by) -> None:
    """Raises ElementDisabled or ElementHidden for an element that a user cannot use."""
    _require_usable(around(node), selector, action, hidden)


def _require_usable(chain: Sequence[Node], selector: str, action: str, hidden: Hider) -> None:
    node = chain[0]
    by = hidden.disabled(node) if isinstance(hidden, Visibility) else disabled_in(chain)
    if by is None and node.tag not in CONTROLS:
        # A browser gives no click to what is inside a disabled button.
        by = next((each for each in chain if each.tag == "button" and disabled_as_seen(hidden, each) is not None), None)
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
        if each.get(binding) is not None and disabled_as_seen(hidden, each) is None:
            return each
    return None


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
