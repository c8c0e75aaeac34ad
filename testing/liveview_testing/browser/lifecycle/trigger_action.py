"""`phx-trigger-action`: a form that a patch brings with it, or puts it on, is submitted over HTTP.

Owns `trigger`. Law: of several such forms the last is submitted, as it is then, and every view of the page is left before.
"""  # FI-23

from __future__ import annotations

from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.dom.patching.node_matching import origin
from liveview_testing.browser.dom.patching.patched_element import visits
from liveview_testing.browser.dom.querying import is_behind
from liveview_testing.browser.events.submission import NativeSubmit
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.node import Node, PageOfNodes
from liveview_testing.browser.reaction import Reaction


def trigger(
    reaction: Reaction,
    view: str,
    part: int,
    old: PageOfNodes | None,
    new: PageOfNodes,
    *,
    whole: bool,
    within: Node | None = None,
) -> None:
    """A form that was added or patched and has `phx-trigger-action` is submitted over HTTP: every view is left before."""  # FI-23
    triggered: DomNode | None = None
    for node in find(new, "form[phx-trigger-action]"):
        if within is not None and not any(each.path == within.path for each in (node, *node.ancestors())):
            continue
        was = None if old is None else origin(node, old)
        form = DomNode(reaction.document, view, part, node)
        behind = form.mark.held or (within is None and is_behind(form))  # LK-10: its clone is in no document
        if not behind and (was is None or visits(was, node, whole=whole)):
            triggered = form
    if triggered is None or reaction.browser.network.unloaded or not reaction.browser.follows:
        return
    number = triggered.mark.submitter
    submitter = None if number is None else reaction.node(number)
    if submitter is not None and not (submitter.get("name") and triggered in submitter.ancestors()):
        submitter = None
    wanted = NativeSubmit(view, triggered, submitter, scripted=True)
    reaction.client.unload(reaction)
    reaction.ask(wanted)
