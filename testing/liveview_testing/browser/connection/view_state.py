"""Which views a client holds on to, and how their containers look.

Owns the questions about views that are asked while a connection comes and goes. Law: the order is that in which they were first
joined.
"""  # CN-8

from __future__ import annotations

from attrs import evolve

from liveview_testing.browser.browser import NO_CHANNEL
from liveview_testing.browser.reaction import Reaction


def views(reaction: Reaction) -> list[str]:
    """The views that the client holds on to, in the order in which they were first joined."""
    document = reaction.document
    known = {shown.id: at for at, shown in enumerate(document.ordered()) if not shown.dead}
    for id, state in reaction.browser.views.items():
        if state.state in ("joining", "joined", "error") and state.channel is not NO_CHANNEL:
            known.setdefault(id, len(known))
    alive = [id for id in known if reaction.view(id).state not in ("closed", "destroyed")]
    return sorted(alive, key=lambda id: (reaction.view(id).channel.order, known[id], id))


def children(reaction: Reaction, view: str) -> list[str]:
    """The nested views right inside a view."""
    return [id for id in views(reaction) if reaction.view(id).channel.parent == view]


def is_main_view(reaction: Reaction, view: str) -> bool:
    """Whether it is the page's main view, which may be on its way still."""
    return view == reaction.browser.root


def set_classes(reaction: Reaction, view: str, names: tuple[str, ...]) -> None:
    """The container says how it stands with its view."""  # CN-8
    shown = reaction.document.views.get(view)
    if shown is not None and shown.classes != names:
        document = reaction.document
        reaction.document = evolve(document, views=document.views.set(view, evolve(shown, classes=names)))


def url_of(reaction: Reaction, view: str) -> str:
    """The URL that a view is joined with."""
    return reaction.view(view).channel.url or reaction.browser.url


def is_main(reaction: Reaction, view: str) -> bool:
    """Whether a view is the main one, or inside it, or was as it was left: what waits for links."""  # CN-24
    root, state = reaction.browser.root, reaction.view(view)
    while view != root:
        if state.channel.parent is None:
            return state.state == "destroyed" and state.channel.url is not None
        view = state.channel.parent
        state = reaction.view(view)
    return True


def waits(reaction: Reaction, view: str) -> bool:
    """Whether diffs of a view are kept back: it is joining, or a link is under way."""  # CN-24
    state = reaction.view(view)
    if state.channel.pending and state.state != "destroyed":
        return True
    return reaction.browser.link is not None and is_main(reaction, view)


def unpark(reaction: Reaction, left: str | None = None) -> None:
    """What was kept back, while a link was under way or a view had not joined, is applied now, in order of arrival.

    `left`: also what is still for that one, though it may have been left.
    """
    views = reaction.browser.views.items()
    parked = [id for id, state in views if state.parked and (state.state != "destroyed" or id == left)]
    for id in sorted(parked, key=lambda id: reaction.view(id).channel.order):
        if waits(reaction, id):
            continue
        waiting = reaction.view(id).parked
        reaction.set_view(id, parked=())
        for then in waiting:
            then(reaction)


def unanswered(reaction: Reaction, view: str | None) -> tuple[str, str]:
    """Why a click sends nothing while the last has no answer, and what helps: the answer, or the view."""
    if view is None or reaction.view(view).state != "error":
        return (
            "its last push has not been answered",
            "wait for the answer; that is the client's protection against double clicks",
        )
    lost = "its last push was lost with the view, which has not joined again"
    if reaction.browser.online:
        return lost, "sim.crashes says whether it crashed; the client joins again as time passes: sim.clock.advance(1)"
    return lost, "page.network.restore(), and time for the client to join again"


def overdue(reaction: Reaction, view: str, event: str, joins: int) -> tuple[str, str]:
    """The same of a push that half a minute has gone by: whether its view is still there to answer it."""
    state = reaction.view(view)
    if state.state == "error" or state.joins != joins:
        return f"the push of {event!r} was lost with its view", "sim.crashes says whether it crashed"
    return f"the push of {event!r} was not answered in 30 seconds", "answer it, or expect that the page is loaded again"
