"""What an element does by itself when it is clicked: a link leads somewhere, a button submits, a label stands for its control.

Owns `follow` (links that the client handles) and `default_action`. Law: what the browser would not do without a script is not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from liveview_testing.browser.bindings.actions import (
    Action,
    Browse,
    Kind,
    LivePatch,
    LiveRedirect,
    ResetForm,
    SubmitForm,
    Toggle,
)
from liveview_testing.browser.bindings.bindings import Firing, broken, run
from liveview_testing.browser.connection.addresses import is_here, parsed
from liveview_testing.browser.page.controls import (
    CHECKABLE,
    CONTROLS,
    SUBMITTERS,
    disabled_by,
    kind_of,
)
from liveview_testing.browser.page.finding.select import everywhere, sketch
from liveview_testing.browser.page.forms.forms import Overlay, form_of
from liveview_testing.browser.page.node import Node
from liveview_testing.failures.exceptions import (
    BadCommand,
    failure,
)


def follow(link: Node, value: Mapping[str, object] | None, overlay: Overlay) -> Iterator[Action]:
    """A live link: it navigates, and then runs its own `phx-click`; bindings around it hear nothing."""
    kind, state, href = link.get("data-phx-link"), link.get("data-phx-link-state") or "push", link.get("href") or ""
    if kind not in ("patch", "redirect"):
        raise broken(link, "data-phx-link", 'it must be "patch" or "redirect"')
    if state not in ("push", "replace"):
        raise broken(link, "data-phx-link-state", 'it must be "push" or "replace"')
    how: Kind = "replace" if state == "replace" else "push"
    href = parsed(href)
    yield LivePatch(href, how) if kind == "patch" else LiveRedirect(href, how)
    command = link.get("phx-click")
    if command:
        if not command.startswith("["):
            problem = "on a live link the client runs JS commands only, no plain event name"
            cure = "JS.push(…) as its phx-click"
            raise failure(BadCommand(sketch(link), "phx-click", command, problem, cure))
        yield from run(Firing("click", "phx-click", link, value=value, overlay=overlay))


def default_action(chain: Sequence[Node], bound: Node | None) -> Iterator[Action]:
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


def opens_elsewhere(node: Node) -> bool:
    """Whether the client leaves a click to the browser: it asks the very element that is clicked for a new tab, or a download."""
    target = node.get("target")
    if target is not None and (target.lower() == "_blank" or not target.startswith("_")):
        return True
    return node.tag == "a" and node.get("download") is not None


def _browse(link: Node, href: str) -> Browse:
    href = parsed(href)
    elsewhere = not is_here(link.get("target")) or link.get("download") is not None
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", href, re.IGNORECASE)
    inert = scheme is not None and scheme.group(1).lower() not in ("http", "https")
    method = (link.get("data-method") or "get").lower()
    stays = elsewhere or inert or href.startswith("#")
    if method == "get":
        return Browse(href, stays=stays)
    return Browse(link.get("data-to") or href, method, stays, link.get("data-csrf"))
