"""Lints: usual mistakes of live views, found by what an action does, for any view, from any test.

Where a law must always hold, a lint names a habit that costs or confuses; each takes a view and, where something must happen, an
action that is played in a fork. What it finds it raises as `LawBroken`, with the evidence and the cure. The caller's
world stays as it was.

    growth(view, lambda v: v.form("#say", {"text": "hi"}).render_submit())   # a list where a stream belongs?
    audience(view, lambda v: v.element("#like").render_click())              # a broadcast that concerns nobody?
    address(view, "/posts")                                                  # is the page what its URL says?
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from liveview_core.errors import shown
from liveview_core.process.step import render_full
from liveview_core.protocol.async_result import AsyncResult, BadAsyncReturn
from liveview_core.values.assigns import same
from liveview_core.views.live_component import name_of
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.tree.instance import graft_at
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.tree import Row
from liveview_testing.laws import LawBroken, difference
from liveview_testing.user.html.html_reader import Tag, Text, read
from liveview_testing.user.simulation import Simulation, View
from liveview_testing.watching import Seen, watch
from liveview_testing.world.tracebacks import shortened

__all__ = [
    "address",
    "async_results",
    "audience",
    "callbacks",
    "copies",
    "echo",
    "growth",
    "hooked_elements",
    "identity",
    "ignored",
    "overtaken",
    "progress",
    "stays",
    "stream_rows",
    "unseen",
    "waiting",
]

Doing: TypeAlias = Callable[[View], Any]

NOT_A_COMPONENT_S = ("handle_info", "handle_params", "handle_call", "handle_cast", "terminate")


# --- the page and its URL ---------------------------------------------------------------------------------------------------


@shortened
def address(view: View, url: str) -> None:
    """The page is what its URL says: patching to it gives what opening it gives, and it `stays` so.

    The children of streams do not count: what came meanwhile is on no page that is opened just now. Names that are drawn
    from `socket.random` differ on every page: give them by the session.
    """
    there = view.fork()
    there.render_patch(url)
    if there.line.tab.left is not None or there.url != url:
        return  # it leads elsewhere, which is somebody else's URL
    visit = there.line.tab.visit
    fresh = there.sim.live(
        url,
        router=visit.router,
        session=visit.session,
        connect_params=visit.connect_params,
        connect_info=visit.connect_info,
        conn_assigns=visit.conn_assigns,
    )
    found = difference(read(str(there.render())), read(str(fresh.render())))
    if found is not None:
        where, patched, opened = found
        raise LawBroken(
            "address",
            f"the page at {url!r} depends on how one got there{where and ': in ' + where}",
            expected=f"what opening it shows: {opened}",
            got=f"what a patch from {view.url!r} shows: {patched}",
            cure="handle_params decides everything that the URL says, also by what it leaves out",
        )
    stays(there)


@shortened
def stays(view: View) -> None:
    """A patch to the URL where the page is already changes nothing: nothing is reset, nothing loaded anew."""
    there, url = view.fork(), view.url
    before = str(there.render())
    there.render_patch(url)
    if there.line.tab.left is None and str(there.render()) != before:
        raise LawBroken(
            "address",
            f"a patch to {url!r}, where the page is already, changes it",
            expected=shown(before),
            got=shown(str(there.render())),
            cure="compare with what is there before you reset or load anything",
        )


# --- what a message costs -----------------------------------------------------------------------------------------------


def audience(view: View, act: Doing) -> None:
    """Broadcasts reach whom they concern: a process that is woken has something to show for it."""
    heard = [each for each in watch(view, act) if each.origin == "broadcast"]
    idle = [each for each in heard if not each.sent and not each.effects and _unchanged(each)]
    if idle:
        raise LawBroken(
            "audience",
            f"{len(idle)} of the {len(heard)} processes that were woken by a broadcast had nothing to do",
            expected="a topic whose listeners are those whom the message concerns",
            got=", ".join(f"{each.process} heard {shown(each.payload)}" for each in idle[:3]),
            cure="name the topic after what it is about: f'todos:{list.id}', not 'todos'",
        )


def echo(view: View, act: Doing) -> None:
    """Who broadcasts what it has shown already does not hear it as well."""
    seen = watch(view, act)
    showing = {each.process for each in seen if each.origin == "client" and each.facts.changed}
    for each in seen:
        if each.origin == "broadcast" and each.sender == each.process and each.process in showing:
            raise LawBroken(
                "echo",
                f"{each.process} changed its page for {shown(each.payload)}, and then hears it from itself",
                expected="one of the two: change the page, or hear of it like everybody else",
                got=f"{each.bytes} more bytes for the same message",
                cure="broadcast_from(topic, message) leaves the sender out",
            )


@shortened
def growth(view: View, act: Doing, times: int = 3) -> None:
    """Doing something again and again does not make the socket grow: what is only shown lives on the page."""
    there = view.fork()
    sizes = [_sizes(there)]
    for _ in range(times):
        act(there)
        sizes.append(_sizes(there))
    for name, first in sizes[0].items():
        mine = [each.get(name, 0) for each in sizes]
        if all(later > earlier for earlier, later in pairwise(mine)):
            raise LawBroken(
                "growth",
                f"the assign {name!r} of {view!r} grows each time",
                expected="a socket that holds what the view decides by, not what it has shown",
                got=f"{first} items, then {', '.join(map(str, mine[1:]))}",
                cure=f"socket.stream_insert({name!r}, item): the items of a stream live on the page",
            )


def waiting(view: View, act: Doing) -> None:
    """Callbacks do not wait: while they do, the page is deaf."""
    for each in watch(view, act):
        if each.blocked:
            raise LawBroken(
                "waiting",
                f"{each.process} waited while it handled {each.origin} {each.event}: {shown(each.payload)}",
                expected="a callback that returns at once",
                got=f"a call of {', '.join(dict.fromkeys(each.blocked))}",
                cure="start_async(name, fn) or assign_async(key, fn): the work is done beside the view",
            )


@shortened
def progress(view: View, act: Doing) -> None:
    """Who starts work shows it: between the click and the result the page says that something is going on."""
    there = view.fork()
    there.sim.tasks.hold()
    before, pending = str(there.render()), {work.seq for work in there.sim.tasks.pending}
    act(there)
    started = [work for work in there.sim.tasks.pending if work.seq not in pending and work.process == view.id]
    if started and there.line.tab.left is None and str(there.render()) == before:
        raise LawBroken(
            "progress",
            f"{view!r} started {', '.join(repr(work.name) for work in started)}, and its page looks as before",
            expected="a page that says it is working",
            got="no change",
            cure="assign(loading=True) where the work is started, or assign_async with <:loading>",
        )


def unseen(view: View, act: Doing) -> None:
    """What a callback assigns it means: a value that is set and set back before the render was shown to nobody."""
    for each in watch(view, act):
        before, after = dict(each.before.socket.assigns), dict(each.after.socket.assigns)
        if not each.before.joined:
            continue
        for name in each.facts.changed:
            if (
                name not in ("streams", "flash")
                and name in before
                and name in after
                and same(before[name], after[name])
            ):
                raise LawBroken(
                    "unseen",
                    f"{each.process} set the assign {name!r} and set it back in one callback",
                    expected="a render between the two, or neither",
                    got=f"{name} = {shown(after[name])} before and after {each.origin} {each.event}",
                    cure="the page is rendered when the callback returns: start_async for the work in between",
                )


# --- async ------------------------------------------------------------------------------------------------------------------


@shortened
def overtaken(sim: Simulation) -> None:
    """No two tasks of one name are pending in a view: the older one's result would be nobody's."""  # AY-14
    seen = set[Any]()
    for work in sim.tasks.pending:
        key = (work.process, work.task.kind, work.task.cid, work.name)
        if key in seen:
            raise LawBroken(
                "overtaken",
                f"{work.process} started {work.name!r} again while it was pending",
                expected="one at a time, or the older one cancelled",
                got="two tasks, of which only the younger one's result is heard",
                cure=f"cancel_async({work.name!r}) before, or do not offer it while it runs",
            )
        seen.add(key)


@shortened
def async_results(view: View) -> None:
    """A failure that is shown to the user is the world's, not the program's: no result failed for its own shape."""  # AY-7
    for name, value in dict(view.assigns).items():
        reason = value.failed if isinstance(value, AsyncResult) else None
        reason = getattr(reason, "reason", reason)
        if isinstance(reason, BadAsyncReturn):
            raise LawBroken(
                "async",
                f"the assign {name!r} of {view!r} can never be there: {str(reason).splitlines()[0]}",
                expected=str(reason.expected),
                got=str(reason.got),
                cure=reason.cure,
            )


# --- components -------------------------------------------------------------------------------------------------------------


@shortened
def callbacks(view: View) -> None:
    """A component defines only callbacks that a component has: messages and URLs are its view's."""
    for instance in view.process.components:
        for name in NOT_A_COMPONENT_S:
            if callable(getattr(instance.module, name, None)):
                module = name_of(instance.module)
                raise LawBroken(
                    "callbacks",
                    f"{module} defines {name}, which nothing ever calls",
                    expected="mount, update, update_many, handle_event, handle_async, render",
                    got=name,
                    cure=f"the view's {name} hears it: send_update({module}, id=…, …); or make it a nested view",
                )


@shortened
def copies(view: View) -> None:
    """A component changes nothing that its place gives it: the next update would take it back."""
    found = difference(read(view.dom.html()), read(render_full(view.process, update=True)))
    if found is not None:
        where, shows, given = found
        raise LawBroken(
            "copies",
            f"a component of {view!r} shows what the next update of its attributes takes back{where and ', in ' + where}",
            expected=f"what its place gives it: {given}",
            got=shows,
            cure="let the owner change it: socket.send(…) to the view, which changes the one there is",
        )


def identity(view: View, act: Doing) -> None:
    """A component stays with its item: its id is the item's, not the place that the item happens to have."""
    for each in watch(view, act):
        for instance in each.before.components:
            after = each.after.components.get(instance.cid)
            if after is None:
                continue
            old, new = dict(instance.socket.assigns), dict(after.socket.assigns)
            for name in old:
                before, now = _id_of(old[name]), _id_of(new.get(name))
                if name != "form" and before is not None and now is not None and before != now:
                    raise LawBroken(
                        "identity",
                        f"the component {name_of(instance.module)} with id {instance.id!r} was given another {name}",
                        expected=f"the {name} {shown(before)} that it has been showing",
                        got=f"the {name} {shown(now)}: what the component holds is another's now",
                        cure=f"id={{{name}.id}} and :key={{{name}.id}}, not an index",
                    )


# --- what a client hook owns --------------------------------------------------------------------------------------------------


@shortened
def ignored(view: View, act: Doing) -> None:
    """Nothing is rendered for nobody: what is inside `phx-update="ignore"` does not change, the client would throw it away."""
    there = view.fork()
    before = _ignored(there)
    act(there)
    if there.line.tab.left is not None:
        return
    for id, inside in _ignored(there).items():
        if before.get(id, inside) != inside:
            raise LawBroken(
                "ignored",
                f"the inside of #{id} was sent again",
                expected='nothing: it has phx-update="ignore", the client keeps its own',
                got=shown(inside),
                cure="push_event(…) to its hook, or a data- attribute on the element itself, which the client does take",
            )


def _ignored(view: View) -> dict[str, str]:
    """What the server has for the inside of each ignored element; the browser's page still shows the first of it."""
    found: dict[str, str] = {}

    def look(nodes: list[Tag | Text]) -> None:
        for node in nodes:
            if isinstance(node, Tag):
                attributes = dict(node.attributes)
                if attributes.get("phx-update") == "ignore":
                    found[attributes.get("id", "")] = _text(node.children)
                else:
                    look(node.children)

    look(read(render_full(view.process)))
    return found


def _text(nodes: list[Tag | Text]) -> str:
    return "".join(node.written + (_text(node.children) if isinstance(node, Tag) else "") for node in nodes)


@shortened
def hooked_elements(view: View) -> None:
    """An empty element with a client hook is the hook's to fill: it says so, or the next patch empties it again."""
    for node in find(view.dom, "[phx-hook]"):
        if not node.id:
            raise LawBroken(
                "hooked",
                f"the hook {node.get('phx-hook')} is on an element without an id",
                expected="an id, by which the client keeps the hook",
                got=shown(node.html()),
                cure=f'<{node.tag} id="…" phx-hook={node.get("phx-hook")!r}>',
            )
        written = any(not isinstance(kid, str) or kid.strip() for kid in node.element.kids)  # in the template, not now
        if node.get("phx-update") != "ignore" and not written and node.tag not in _EMPTY:
            raise LawBroken(
                "hooked",
                f"#{node.id} is empty, so its hook {node.get('phx-hook')} fills it, and the next patch empties it again",
                expected='phx-update="ignore" on an element whose inside is the hook\'s',
                got=shown(node.html()),
                cure='phx-update="ignore"',
            )


@shortened
def stream_rows(view: View) -> None:
    """Rows of streams stand under the ids that the stream gives them: a reset and a delete find no others."""
    for node in find(view.dom, '[phx-update="stream"]'):
        rows = graft_at(node.place.node, node.element)
        strays = [item.key for item in rows if type(item) is Row and item.ref is None] if isinstance(rows, Rope) else []
        if strays:
            raise LawBroken(
                "stream_rows",
                f"rows of #{node.id} have ids that are not the stream's: no reset and no delete finds them",
                expected="the ids that the stream gives",
                got=", ".join(map(repr, strays[:5])),
                cure=":for={dom_id, item in @streams.…} id={dom_id}; other ids are given by stream(…, dom_id=…)",
            )


_EMPTY = ("input", "img", "textarea", "select", "video", "audio", "button")


# --- inside -----------------------------------------------------------------------------------------------------------------


def _unchanged(seen: Seen) -> bool:
    before, after = dict(seen.before.socket.assigns), dict(seen.after.socket.assigns)
    return before.keys() == after.keys() and all(same(before[name], after[name]) for name in before)


def _sizes(view: View) -> dict[str, int]:
    """How many items each assign holds, down two levels."""
    return {name: _count(value, 2) for name, value in view.assigns if name not in ("streams", "flash", "uploads")}


def _count(value: Any, depth: int) -> int:
    match value:
        case str() | bytes():
            return 0
        case _ if not depth:
            return 0
        case Mapping():
            inside: list[Any] = [*value.values()]  # pyright: ignore[reportUnknownMemberType]
            return len(inside) + sum(_count(each, depth - 1) for each in inside)
        case Sequence():
            inside = [*value]  # pyright: ignore[reportUnknownVariableType]
            return len(inside) + sum(_count(each, depth - 1) for each in inside)
        case _:
            fields: Any = getattr(value.__class__, "__attrs_attrs__", ())
            return sum(_count(getattr(value, each.name), depth - 1) for each in fields)


def _id_of(value: Any) -> Any:
    match value:
        case {"id": id}:
            return id
        case _:
            return getattr(value, "id", None) if hasattr(value.__class__, "__attrs_attrs__") else None
