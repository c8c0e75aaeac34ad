"""The laws that hold for every view, as functions to be called from any test.

Each takes a view (or a world, or a socket) of the user's, and raises `LawBroken` with the evidence if its law does not hold.
Those that need something to happen take an action, `act(view)`, and play it in forks: the caller's world stays as it was.

    patch_law(view)                        # after anything: the page is what a render from scratch would give
    quiet_law(view, lambda v: v.send(object()))
    hold(sim)                              # every law that can be held to a world as it is, for all its views
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import zip_longest
from typing import Any, TypeAlias

from liveview_core.errors import shown
from liveview_core.socket import hooks
from liveview_core.socket.socket import Socket
from liveview_core.values.assigns import Assigns, same
from liveview_core.values.streams import Stream, Streams
from liveview_core.views.live_component import name_of
from liveview_testing.browser.page.finding.select import one
from liveview_testing.user.html.html_reader import read
from liveview_testing.user.simulation import Simulation, View
from liveview_testing.world.mutable_assigns import changed, contents
from liveview_testing.world.pubsub import double_subscriptions
from liveview_testing.world.simulation import page_law
from liveview_testing.world.simulation.page_law import LawBroken, comparable, difference
from liveview_testing.world.tracebacks import shortened

LONG = 100  # longer collections are data, not the state of a widget: nobody looks for streams there

__all__ = [
    "LawBroken",
    "detach_law",
    "difference",
    "effect_law",
    "hold",
    "hold_view",
    "hook_law",
    "info_law",
    "isolation_law",
    "patch_law",
    "quiet_law",
    "recovery_law",
    "replay_law",
    "replay_of",
    "store_law",
    "stream_law",
    "streams_settled",
    "subscription_law",
    "untouched_law",
]

Doing: TypeAlias = Callable[[View], Any]

patch_law = shortened(page_law.patch_law)


@shortened
def store_law(sim: Simulation) -> None:
    """What is in `sim.store` is what was put there: nobody has changed a list, a dict or a set of it in place."""
    page_law.store_law(sim.world)


@shortened
def hold(sim: Simulation) -> None:
    """Hold a world to the laws that need no action: patch, stream (nothing pending), effect of each view; subscription, store."""
    for view in sim.views:
        if not view.line.joined:  # its client is about to join: there is no page yet that it could have sent
            continue
        hold_view(view)
    subscription_law(sim)
    store_law(sim)


@shortened
def hold_view(view: View) -> None:
    """Hold one view to the laws that need no action: patch, stream (nothing pending), effect.

    A view with temporary assigns has forgotten what its page shows, and a page that something is on its way to is not there yet:
    of these the patch law says nothing.
    """
    if comparable(view.sim.world, view.line):
        patch_law(view)
    effect_law(view)
    streams_settled(view)


# --- quiet, replay, untouched ---------------------------------------------------------------------------------------------


@shortened
def quiet_law(view: View, act: Doing) -> None:
    """A message that changes nothing sends nothing; a client's is answered by an empty reply.

    Nothing changed means: the assigns are the same, and neither events, replies nor navigation were asked for.
    """
    there = view.fork()
    before, noted = there.socket, there.line.notes.size
    act(there)
    line = there.line
    if line.process is None or line.notes.size != noted or not _same_assigns(before, there.socket):
        return
    for happening in there.sim.since(view.sim.world.count):
        if happening.process != view.id:
            continue
        loud = [sent for sent in happening.sent if sent.event != "phx_reply" or sent.payload["response"]]
        if loud:
            raise LawBroken(
                "quiet",
                f"{happening.origin} {happening.event} changed nothing in {view!r}",
                expected="nothing on the wire, or an empty reply",
                got=", ".join(f"{sent.event} {shown(sent.payload)}" for sent in loud),
            )


def _same_assigns(before: Socket, after: Socket) -> bool:
    mine, theirs = dict(before.assigns), dict(after.assigns)
    return mine.keys() == theirs.keys() and all(same(mine[name], theirs[name]) for name in mine)


@shortened
def replay_law(view: View, act: Doing) -> None:
    """The same action from the same world gives the same run: frames, times and order, byte for byte."""
    first, second = view.fork(), view.fork()
    act(first)
    act(second)
    _same_run(first.sim, second.sim)


@shortened
def replay_of(story: Callable[[Simulation], Any], **options: Any) -> None:
    """The same story in two fresh worlds (`Simulation(**options)`) gives the same run, byte for byte."""
    first, second = Simulation(**options), Simulation(**options)
    story(first)
    story(second)
    _same_run(first, second)


def _same_run(first: Simulation, second: Simulation) -> None:
    mine, theirs = first.trace.decode().splitlines(), second.trace.decode().splitlines()
    for number, (one_line, other_line) in enumerate(zip_longest(mine, theirs), 1):
        if one_line != other_line:
            raise LawBroken(
                "replay",
                f"two runs of the same actions part at line {number} of their traces",
                expected=shown(one_line),
                got=shown(other_line),
                cure="take the time from socket.now, chance from socket.random, and keep fakes in sim.store",
            )
    if first.history.gone and first.digest != second.digest:
        raise LawBroken(
            "replay",
            "two runs of the same actions part in what their traces do not hold any more",
            expected=first.digest,
            got=second.digest,
            cure="a larger Simulation(history=…) to see where",
        )


@shortened
def recovery_law(view: View) -> None:
    """A connection that is lost and found leads to the page that never lost it: what state there is, is in URL, session and forms.

    It does not hold for views that keep more than that in their assigns; they have to keep it elsewhere.
    """  # ER-5
    there = view.fork()
    there.drop()
    there.rejoin()
    found = difference(read(str(view.render())), read(str(there.render())))
    if found is not None:
        where, mine, theirs = found
        raise LawBroken(
            "recovery",
            f"after {view!r} joined again its page is another one{where and ' in ' + where}",
            expected=mine,
            got=theirs,
            cure="keep it in the URL, in a form with an id and phx-change, or outside of the process",
        )


@shortened
def untouched_law(view: View, act: Doing, error: type[Exception] = Exception) -> Exception:
    """An action that raises leaves the world exactly as it was. Returns the error, so that its text can be tested.

    Also the lists, dicts and sets in it: a callback that changed one in place before it failed has changed what nobody gives back.
    """
    there = view.fork()
    before, trace = there.sim.world, there.sim.trace
    held = contents(before)
    try:
        act(there)
    except error as raised:
        if there.sim.world is not before or there.sim.trace != trace:
            raise LawBroken(
                "untouched",
                f"an action raised {raised!r} after part of it was done",
                expected="a world in which nothing happened",
                got=f"{there.sim.world!r}",
            ) from raised
        if places := changed(held):
            raise LawBroken(
                "untouched",
                f"an action raised {raised!r} after it had changed something in place",
                expected="values that are replaced, never changed: nobody can take a change back",
                got=f"another {', another '.join(places)}",
                cure="make a new one: socket.assign(items=[*socket.assigns.items, item])",
            ) from raised
        return raised
    raise LawBroken("untouched", "the action did not raise", expected=error.__name__, got="no error")


# --- effects, streams, subscriptions ------------------------------------------------------------------------------------------


@shortened
def effect_law(view: View) -> None:
    """Effects come out once: between two messages no effect is pending in the socket."""
    left = view.socket.effects
    if left:
        raise LawBroken("effect", f"effects are left in the socket of {view!r}", expected="none", got=shown(left))


@shortened
def streams_settled(view: View) -> None:
    """After a render nothing is pending in any stream: items live on the page, not in the socket.

    A stale copy of a stream elsewhere in the assigns (in a widget's own struct, say) is found too, also in a component.
    """
    _settled(repr(view), view.assigns)
    for each in view.process.components:
        _settled(f"{name_of(each.module)} {each.id!r} in {view!r}", each.socket.assigns)


def _settled(owner: str, assigns: Assigns) -> None:
    for name, value in assigns:
        for path, stream in _streams_in(value, name, 3):
            if stream.pending:
                raise LawBroken(
                    "stream",
                    f"the stream {stream.name!r} at {path} of {owner} is pending after the render",
                    expected="a stream without operations",
                    got=repr(stream),
                    cure="pass the stream itself to the component (@streams.name); a copy in a struct is not pruned",
                )


def _streams_in(value: Any, path: str, depth: int) -> Iterable[tuple[str, Stream]]:
    if isinstance(value, Stream):
        yield path, value
    elif isinstance(value, Streams):
        for name in value:
            yield f"streams.{name}", value[name]
    elif depth:
        for step, part in _parts(value):
            yield from _streams_in(part, path + step, depth - 1)


def _parts(value: Any) -> list[tuple[str, Any]]:
    """The parts of a value in which a stream may hide, each with how it is reached; of long lists nothing."""
    whole = value  # not narrowed, so that the parts stay `Any`
    match value:
        case list() | tuple():
            items: list[Any] = list(whole)
            return [(f"[{index}]", item) for index, item in enumerate(items)] if len(items) <= LONG else []
        case dict():
            names: list[Any] = list(whole)
            return [(f"[{shown(key)}]", whole[key]) for key in names] if len(names) <= LONG else []
        case _:
            fields: Any = getattr(whole.__class__, "__attrs_attrs__", ())
            return [(f".{field.name}", getattr(whole, field.name)) for field in fields]


@shortened
def stream_law(view: View, name: str, dom_ids: Iterable[str], within: str | None = None) -> None:
    """Nothing is pending, and the page's list is the model's: these DOM ids in this order, inside `within` (`#name`)."""
    streams_settled(view)
    container = one(view.dom, within or f"#{name}")
    listed, wanted = [node.id for node in container.elements()], list(dom_ids)
    if listed != wanted:
        raise LawBroken(
            "stream",
            f"the list of {name!r} on the page is not the model's",
            expected=shown(wanted),
            got=shown(listed),
        )


@shortened
def subscription_law(sim: Simulation) -> None:
    """No process listens to a topic twice: it would get every message twice, as in Phoenix."""
    found = double_subscriptions(sim.world.topics)
    if found:
        raise LawBroken(
            "subscription",
            "the same process listens to a topic more than once",
            expected="one subscription for each process and topic",
            got="; ".join(f"{process} listens {times} times to {topic!r}" for topic, process, times in found),
            cure="subscribe in one place, or keep count of who needs the topic",
        )


# --- hooks ----------------------------------------------------------------------------------------------------------------


@shortened
def hook_law(socket: Socket, stage: str, *arguments: Any) -> hooks.Verdict:
    """Hooks run in order of attaching; one that halts hides the message from those after it. Returns what they came to.

    `arguments` are what the hooks of the stage get before the socket: `("send", {...})` for handle_event.
    """
    attached = [hook.id for hook in socket.hooks_of(stage)]
    verdict = hooks.run(socket, stage, *arguments)
    ran = [id for id, _ in verdict.ran]
    if ran != attached[: len(ran)] or (not verdict.halted and len(ran) != len(attached)):
        raise LawBroken("hook", f"the {stage} hooks did not run in order", expected=shown(attached), got=shown(ran))
    return verdict


@shortened
def info_law(socket: Socket, message: Any) -> Socket:
    """handle_info hooks never halt: whatever they do with a message, the view hears it too. Returns the socket."""
    verdict = hook_law(socket, "handle_info", message)
    if verdict.halted:
        raise LawBroken(
            "hook",
            f"the handle_info hook {verdict.ran[-1][0]!r} halted {shown(message)}",
            expected="Cont, so that others and the view hear the message",
            got="Halt",
        )
    return verdict.socket


@shortened
def detach_law(socket: Socket, id: Any, stage: str) -> None:
    """Detaching what is not there is a no-op; detaching what is there takes just that away."""
    attached = [hook.id for hook in socket.hooks_of(stage)]
    left = [hook.id for hook in socket.detach_hook(id, stage).hooks_of(stage)]
    expected = [each for each in attached if each != id]
    if left != expected:
        raise LawBroken("hook", f"detaching {id!r} from {stage}", expected=shown(expected), got=shown(left))


@shortened
def isolation_law(view: View, act: Doing, own: Collection[str]) -> None:
    """What a widget does stays with the widget: the action changes no assign but these."""
    there = view.fork()
    before = dict(there.assigns)
    act(there)
    after = dict(there.assigns)
    names = [name for name in {**before, **after} if name not in own]
    strange = [name for name in names if name not in before or name not in after or not same(before[name], after[name])]
    if strange:
        raise LawBroken(
            "hook",
            "an action of one widget changed what is not its own",
            expected=f"changes to {', '.join(own)} alone",
            got=", ".join(f"{name}: {shown(before.get(name))} -> {shown(after.get(name))}" for name in strange),
        )
