"""The end of a view in the client: what is told, what is called off, what is gone from the document.

Owns `destroy` and `remove`, and the page of a view that is gone, while something for it waits (`attach`, `detach`). Law: the views
inside a view go before it does, and its hooks hear of it.
"""  # HK-15

from __future__ import annotations

from attrs import evolve
from immutables import Map

from liveview_testing.browser.connection.view_state import children
from liveview_testing.browser.dom.document import FRAME, Shown
from liveview_testing.browser.dom.patching.phx_remove import unseen
from liveview_testing.browser.lifecycle import hooks, lost_input
from liveview_testing.browser.reaction import Reaction
from liveview_testing.browser.uploads import channels


def destroy(reaction: Reaction, view: str) -> None:
    """The client lets go of a view: those inside it first, then its process is told, then its hooks hear of it."""  # HK-15
    state = reaction.view(view)
    if state.state == "destroyed":
        return
    for each in children(reaction, view):
        destroy(reaction, each)
    if reaction.browser.uploads.entries:  # UPL-24
        channels.ended(reaction, view)
    channel = reaction.view(view).channel
    for timer in (channel.loader, channel.rejoin, channel.silence):
        reaction.call_off(timer)
    if reaction.browser.online and state.state != "closed":
        reaction.push(view, "phx_leave", {})
    forget_join(reaction, view)
    for awaited in reaction.view(view).awaited.values():
        reaction.call_off(awaited.timer)
    reaction.set_view(view, state="destroyed", awaited=Map())
    for number, _ in hooks.hooked(reaction, view):
        node = reaction.node(number)
        if node is not None:
            hooks.destroy(reaction, number, node)
    if reaction.document.marks:
        lost_input.destroyed(reaction, view)
    document = reaction.document
    shown = document.views.get(view)
    if shown is not None:
        reaction.document = evolve(document, views=document.views.set(view, evolve(shown, dead=True)))


def remove(reaction: Reaction, view: str) -> None:
    """What a view showed is gone from the document, with all that is known of it."""
    document = reaction.document
    if view in document.views and (reaction.browser.waiting or reaction.view(view).parked):
        _keep_detached(reaction, view)
    for each in document.within(view):
        remove(reaction, each.id)
    document = unseen(reaction.document, view)
    marks = document.marks
    for key, mark in list(marks.items()):
        if key[0] == view and (not key[1] or document.held[key[1]].owner is not None):
            marks = marks.delete(key)
            if mark.number:
                document = evolve(document, numbers=document.numbers.delete(mark.number))
    held = document.held
    for part, kept in list(held.items()):
        if kept.owner is not None and kept.owner[0] == view:
            held = held.delete(part)
    focus = None if document.focus is not None and document.focus[0] == view else document.focus
    there = document.views.delete(view) if view in document.views else document.views
    reaction.document = evolve(document, views=there, marks=marks, held=held, focus=focus)


def _keep_detached(reaction: Reaction, view: str) -> None:
    """What is still to be applied to a page that goes, because a transition ends first, is applied to it out of sight."""
    detached = reaction.browser.network.detached
    for each in detached:
        if not _is_awaited(reaction, each):
            detached = detached.delete(each)
    if _is_awaited(reaction, view):
        detached = detached.set(view, reaction.document.page(view))
    reaction.set_network(detached=detached)


def _is_awaited(reaction: Reaction, view: str) -> bool:
    """Whether something for a view waits."""
    return bool(reaction.view(view).parked) or any(
        getattr(each, "view", None) == view for each in reaction.browser.waiting
    )


def detach(reaction: Reaction, view: str) -> None:
    """The page of a view that is gone was patched, and is kept for what comes next."""
    page = reaction.document.page(view)
    remove(reaction, view)
    reaction.set_network(detached=reaction.browser.network.detached.set(view, page))


def attach(reaction: Reaction, view: str) -> bool:
    """The page of a view that is gone is there for a patch, to be seen by nobody; whether it was kept for that."""
    network = reaction.browser.network
    page = network.detached.get(view)
    if page is None:
        return False
    reaction.set_network(detached=network.detached.delete(view))
    document, marks = reaction.document, reaction.document.marks
    for key, mark in list(marks.items()):
        held = document.held.get(key[1])
        if key[0] == view and held is not None and held.owner is None and held.node.page is page:
            marks = marks.delete(key).set((view, 0, key[2]), mark)
    numbers = document.numbers.update(
        {mark.number: key for key, mark in marks.items() if key[0] == view and mark.number}
    )
    views = document.views.set(view, Shown(view, "", FRAME, page, (), dead=True))
    reaction.document = evolve(document, views=views, marks=marks, numbers=numbers)
    return True


def forget_join(reaction: Reaction, view: str) -> None:
    """A join that is under way will not be answered."""
    state = reaction.view(view)
    number = state.channel.join
    reaction.call_off(state.channel.silence)
    queued = reaction.browser.network.queued
    if queued:
        reaction.set_network(queued=tuple(each for each in queued if each[0] != view))
    if number is not None:
        waits = state.awaited.delete(number) if number in state.awaited else state.awaited
        reaction.set_view(view, awaited=waits)
        reaction.set_channel(view, join=None, silence=None)
