"""Live navigation: one view in the place of another.

Owns the leaving of the main view, the joining of the next one out of sight, and the moment at which it takes
the place, with the sticky views that stay.

Law: what is left is dead at once and still to be seen; only the newest link is committed.
"""  # CN-50, CN-53, CN-54, CN-51, CN-58

from __future__ import annotations

from typing import Any

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Channel, Then
from liveview_testing.browser.commands.running import Occasion, run
from liveview_testing.browser.commands.transitions import flush, when_free
from liveview_testing.browser.connection import error_display, joining, view_end, view_state
from liveview_testing.browser.dom.document import FRAME, Shown, taken_over
from liveview_testing.browser.dom.node import DomNode, container
from liveview_testing.browser.dom.patching.phx_remove import unseen
from liveview_testing.browser.events.focus import blur
from liveview_testing.browser.events.links import Enter, How
from liveview_testing.browser.reaction import Reaction


def replace_main(reaction: Reaction, url: str, flash: str | None, then: Then, number: int | None = None) -> None:
    """The main view is left, and the one at `url` asked for."""
    if number is None:
        number = reaction.browser.links + 1
        reaction.keep(link=url, links=number)
    root = reaction.browser.root
    outgoing = reaction.browser.network.outgoing or root
    view_end.destroy(reaction, root)
    reaction.set_network(outgoing=outgoing)
    if outgoing in reaction.document.views:
        _remove(reaction, outgoing)
    how: How = getattr(then, "how", "push")
    reaction.enter(Enter(url, flash, reaction.browser.history.referer, Replace(number, then), how))


def _remove(reaction: Reaction, outgoing: str) -> None:
    """P-remove of what is left: its container, and all inside but what is in sticky views."""  # CN-53
    document = reaction.document
    around = container(document, outgoing)
    elements = [] if around is None or around.get("phx-remove") is None else [around]
    elements.extend(_leaving(reaction, outgoing))
    numbers = tuple(reaction.number(reaction.again(node)) for node in elements)
    reaction.set_network(silenced=numbers)
    for node in elements:
        now = reaction.node(node.key)
        text = None if now is None else now.get("phx-remove")
        if now is not None and text:
            run(reaction, Occasion("remove", now, outgoing, bare=False, trusted=False), text)  # JC-1
    when_free(reaction, Audible())


@frozen
class Audible:
    """The elements that were leaving are heard again, if they are still there."""

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        reaction.set_network(silenced=())


def _leaving(reaction: Reaction, view: str) -> list[DomNode]:
    document = reaction.document
    sticky = {shown.dom_id for shown in document.views.values() if shown.sticky}
    return [
        node
        for node in error_display.bound_in(document, view, "phx-remove")
        if not any(each.id in sticky for each in (node, *node.ancestors()))
    ]


def entered(reaction: Reaction, view: str, wanted: Enter) -> None:
    """The world has a place for the view that was asked for: it is joined, out of sight."""
    reaction.keep(root=view)
    channel = Channel(url=wanted.url, redirect=True, referer=wanted.referer, flash=wanted.flash, commit=wanted.commit)
    joining.begin(reaction, view, channel)
    for then in wanted.after:
        then(reaction)
    flush(reaction)
    for then in wanted.soon:
        reaction.soon(then)


@frozen
class Replace:
    """The next view has joined: it takes the place, if no newer link was followed."""  # CN-51

    number: int
    then: Then

    def __call__(self, reaction: Reaction, operations: Any = None, /) -> None:
        root: str = operations.root
        state = reaction.view(root)
        reaction.set_channel(root, commit=None)
        if state.state != "destroyed" and state.joins == 1 and reaction.browser.links == self.number:
            reaction.keep(link=None)
            when_free(reaction, Take(root, self.number, self.then, operations))
        elif operations.alone:
            _late(reaction, root, operations)
        elif state.state == "destroyed" and reaction.browser.waiting:
            reaction.note(
                "CN-54",
                f"the page of {view_state.url_of(reaction, root)!r}, which has nested views, was left before it was there, while a"
                " transition held it back: the client's code stops there, and what waits behind it waits for the next transition;"
                " here it goes on",
                ONE_BY_ONE,
            )


def _late(reaction: Reaction, view: str, operations: Then) -> None:
    """A newer link was followed meanwhile: a view without nested ones is shown all the same, as a patch of what was left, under the
    address that is there.
    """  # CN-54
    outgoing = reaction.browser.network.outgoing
    if outgoing is None or outgoing not in reaction.document.views:
        return
    left = reaction.view(view).state == "destroyed"
    reaction.document = taken_over(unseen(reaction.document, outgoing), outgoing, view, dead=left)
    reaction.set_network(outgoing=view if left else None)
    reaction.note(
        "CN-54",
        f"the page of {view_state.url_of(reaction, view)!r} is shown under another address, though a link was followed after it",
        ONE_BY_ONE,
    )
    operations(reaction)


ONE_BY_ONE = "one link after the other: expect what the first leads to before the next is followed"


@frozen(eq=False)
class Take:
    """What was left goes out of the document, with all inside that is not sticky."""

    view: str
    number: int
    then: Then
    operations: Then

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        focus = reaction.document.focus
        if focus is not None and focus[0] != FRAME:
            blur(reaction)  # also in a view that stays: it is moved through a container that is not in the document yet
        document = reaction.document
        outgoing = reaction.browser.network.outgoing
        before = document.views.get(outgoing or "")
        stay = [shown for shown in document.views.values() if shown.sticky and not shown.dead]
        dom_id = before.dom_id if before is not None else self.view
        for shown in stay:
            moved = evolve(shown, around=self.view) if shown.around != FRAME else shown
            document = evolve(document, views=document.views.set(shown.id, moved))
        attributes = reaction.view(self.view).channel.attributes
        if attributes is None and before is not None:
            attributes = before.attributes
        new = Shown(self.view, dom_id, FRAME, joining.EMPTY, error_display.LOADING, main=True, attributes=attributes)
        reaction.document = evolve(document, views=document.views.set(self.view, new))
        if outgoing is not None:
            view_end.remove(reaction, outgoing)
        reaction.set_network(outgoing=None)
        self.then(reaction, self.number)
        self.operations(reaction)
