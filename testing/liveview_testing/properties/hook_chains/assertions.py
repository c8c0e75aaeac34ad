"""What a widget that lives in hooks is held to, under any messages: isolation, no halting, routing.

Owns `assert_isolated`, `assert_never_halts` and `assert_routes`. Law: each plays the widget's hooks alone, in a socket of its own,
on messages that hypothesis draws, the same ones in every run; a failure shows the shortest story that leads to it.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from liveview_core import Socket
from liveview_core.errors import BadOption, LiveViewError, MissingAssign, StreamError, add_note, nearest_names, shown
from liveview_core.tracebacks import cause
from liveview_core.values.declaring import frozen
from liveview_testing.properties.hook_chains.drawn_stories import EXAMPLES, Story, hold_for_all
from liveview_testing.properties.hook_chains.heard_messages import WRITTEN_WRONG, Heard
from liveview_testing.properties.hook_chains.hook_run import TAKES, HookRun, Raised
from liveview_testing.properties.hook_chains.owners import (
    Belongings,
    Widget,
    WidgetLike,
    at_rest,
    mounting,
    owner_of,
    put_in,
    widget_of,
)
from liveview_testing.properties.hook_chains.widget_messages import (
    MOST_NAMES,
    HookMessage,
    Vocabulary,
    event_params,
    foreign_names,
    merged,
    messages_of,
    near_names,
    vocabulary,
)
from liveview_testing.world.simulation.page_law import LawBroken
from liveview_testing.world.tracebacks import shortened

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_Touched: TypeAlias = "tuple[Hashable, ...] | None"
STRANGER: Final[_Touched] = ("an error of another's hook",)


@frozen
class _Stage:
    """A socket with widgets in it: what is whose, and what their hooks speak of."""

    socket: Socket
    host: Socket
    mine: Belongings
    others: tuple[Belongings, ...]
    words: tuple[Vocabulary, ...]


def _staged(mine: Widget, widgets: Iterable[Widget], host: Socket | None, owns: Iterable[str] = ()) -> _Stage:
    """The widgets in their order; several instances of one are one owner, as they may share their hooks."""
    host = at_rest(mounting() if host is None else host, 0)
    socket, owners, words = host, dict[str, Belongings](), list[Vocabulary]()
    for each in widgets:
        socket, belongings = put_in(each, socket, owns)
        known = owners.get(each.name)
        owners[each.name] = belongings if known is None else known.and_those(belongings)
        words.append(vocabulary(belongings, socket))
    others = tuple(each for name, each in owners.items() if name != mine.name)
    return _Stage(at_rest(socket, 1), host, owners[mine.name], others, tuple(words))


@shortened
def assert_isolated(
    widget: WidgetLike,
    *beside: WidgetLike,
    socket: Socket | None = None,
    owns: Iterable[str] = (),
    messages: SearchStrategy[HookMessage] | None = None,
    examples: int = EXAMPLES,
) -> None:
    """The widget's hooks touch only its own assigns, streams, hooks, private values and topics, alone and with others *beside* it.

    Its own is what it made when it was attached, and of topics the families that it subscribed to (`chat:…`); `owns` names more
    that it may touch. With widgets beside it, before and after it in the chain, it does what it does alone. `socket` is the
    view's before the widgets come; `messages` what is sent, by default `strategies.widget_messages` of all of them.
    """
    mine, allowed = widget_of(widget), tuple(owns)
    all_beside = [widget_of(each) for each in beside]
    instances = [mine, *(each for each in all_beside if each.name == mine.name)]
    others = [each for each in all_beside if each.name != mine.name]
    alone = _staged(mine, instances, socket, allowed)
    _expect_hooks(alone)
    orders = ([*others, *instances], [*instances, *others]) if others else ()
    together = [_staged(mine, order, socket, allowed) for order in orders]
    words = merged(each for stage in (alone, *together) for each in stage.words)

    def hold(story: Story, heard: Heard) -> None:
        # Together first: there it is known whose is what.
        played = [_played(stage, story, heard) for stage in (*together, alone)]
        for touched in played:
            _expect_same(mine.name, story, played[-1], touched)

    first = _one_by_one(words, words.composed[:MOST_NAMES]) if messages is None else ()
    hold_for_all(mine.name, hold, messages_of(words) if messages is None else messages, examples, first)


@shortened
def assert_never_halts(
    widget: WidgetLike,
    *stages: str,
    socket: Socket | None = None,
    messages: SearchStrategy[HookMessage] | None = None,
    examples: int = EXAMPLES,
) -> None:
    """No hook of the widget halts a message of these stages, by default `handle_info` and `handle_params`: others hear it too."""
    wanted = stages or ("handle_info", "handle_params")
    for stage in wanted:
        if stage not in TAKES:
            raise BadOption(
                f"there is no stage {shown(stage)}",
                expected=f"one of {', '.join(TAKES)}",
                got=shown(stage),
                nearest=nearest_names(stage, TAKES),
            )
    mine = widget_of(widget)
    staged = _staged(mine, [mine], socket)
    if not any(stage in wanted for words in staged.words for stage in words.stages):
        return

    def hold(story: Story, heard: Heard) -> None:
        for message, run in _plays(staged.socket, story, heard):
            if isinstance(run, HookRun) and run.halted and message.stage in wanted:
                raise LawBroken(
                    "halting",
                    f"the hook {run.halted_by!r} of the widget {mine.name} halted a message on {message.stage}",
                    expected="Cont(socket): hooks after it, and the view, hear the message too",
                    got=f"Halt(socket) at {_told(story, message)}",
                    cure="return Cont(socket) with what the hook has changed",
                )

    hold_for_all(mine.name, hold, messages_of(merged(staged.words)) if messages is None else messages, examples)


@shortened
def assert_routes(
    widget: WidgetLike,
    events: Collection[str],
    *,
    socket: Socket | None = None,
    messages: SearchStrategy[HookMessage] | None = None,
    examples: int = EXAMPLES,
) -> None:
    """The widget's hooks take exactly these events: each of them ends there, all others go on to the view.

    An event of its own that is refused by an error ends there too; at one that is not its own the hooks raise nothing.
    """
    if isinstance(events, str):
        raise BadOption("events are a list", expected="a list of names", got=shown(events), cure=f"[{events!r}]")
    mine, own = widget_of(widget), tuple(events)
    staged = _staged(mine, [mine], socket)
    _expect_hooks(staged)
    words = merged(staged.words)
    taken: set[str] = set()
    refused: dict[str, Heard] = {}

    def hold(story: Story, heard: Heard) -> None:
        heard.went = True  # an event of its own may always be refused by an error
        for message, run in _plays(staged.socket, story, heard):
            if message.stage != "handle_event":
                continue
            event = message.arguments[0]
            if isinstance(run, HookRun) and run.halted:
                taken.add(event)
            elif isinstance(run, Raised) and event in own:
                refused.setdefault(event, Heard()).note(message, run)
            _expect_routed(mine.name, own, story, message, run)

    first = _one_by_one(words, near_names(words, own)) if messages is None else ()
    hold_for_all(mine.name, hold, _routed(words, own) if messages is None else messages, examples, first)
    for event in own:
        if event not in taken and messages is None:
            errors = refused.get(event, Heard())
            raise LawBroken(
                "routing",
                f"the widget {mine.name} never took its event {event!r}: each time it raised an error",
                expected="Halt(socket) for some params",
                got=errors.told("an error for everything that was drawn"),
                cure=errors.cure("say what comes with the event: assert_routes(…, messages=strategies.…)"),
            ) from errors.cause


def _one_by_one(words: Vocabulary, names: Iterable[str]) -> Iterator[Story]:
    """Events that it may well take: each alone with no params, then with all that its hooks ask for."""
    known = [*names]
    for params in ({}, dict.fromkeys(words.keys("handle_event"), "")):
        yield from ([HookMessage("handle_event", (name, params))] for name in known)


def _routed(words: Vocabulary, own: Sequence[str]) -> SearchStrategy[HookMessage]:
    from hypothesis import strategies as st

    def event(names: SearchStrategy[str]) -> SearchStrategy[HookMessage]:
        arguments = st.tuples(names, event_params(words))
        return st.builds(HookMessage, st.just("handle_event"), arguments)

    foreign = event(foreign_names(words, own))
    others = [stage for stage in words.stages if stage != "handle_event"]
    rest = [messages_of(words, others)] if others else []
    return st.one_of([*(event(st.just(name)) for name in own), foreign, foreign, *rest])


def _expect_routed(name: str, own: Sequence[str], story: Story, message: HookMessage, run: HookRun | Raised) -> None:
    event = message.arguments[0]
    if event in own:
        if isinstance(run, HookRun) and not run.halted:
            raise LawBroken(
                "routing",
                f"the event {event!r} of the widget {name} goes on to the view",
                expected="Halt(socket): its own events end in the widget",
                got=f"Cont(socket) at {_told(story, message)}",
                cure="return Halt(socket), also where the event comes to nothing",
            )
        return
    if isinstance(run, Raised):
        raise LawBroken(
            "routing",
            f"the widget {name} raises {type(run.error).__name__} at the event {event!r}, which is not its own",
            expected="Cont(socket), for every event but " + (", ".join(map(repr, own)) or "none"),
            got=f"{shown(run.error)} at {_told(story, message)}",
            cure="look at the event's name before its params: `if event not in (…): return Cont(socket)`",
        ) from cause(run.error)
    if run.halted:
        raise LawBroken(
            "routing",
            f"the hook {run.halted_by!r} of the widget {name} took the event {event!r}, which is not its own",
            expected="Cont(socket), for every event but " + (", ".join(map(repr, own)) or "none"),
            got=f"Halt(socket) at {_told(story, message)}",
            cure=f"compare whole names; if it is the widget's own: assert_routes(…, {[*own, event]!r})",
        )


# --- playing --------------------------------------------------------------------------------------------------------------


def _plays(socket: Socket, story: Story, heard: Heard) -> Iterable[tuple[HookMessage, HookRun | Raised]]:
    """One message after the other, the socket at rest between them; one that raises has changed nothing.

    What a hook may never do, whatever it hears, is no answer: it is raised.
    """
    for number, message in enumerate(story, 2):
        run = message.attempt(socket)
        heard.note(message, run)
        if isinstance(run, Raised) and isinstance(run.error, WRITTEN_WRONG):
            add_note(run.error, f"at {_told(story, message)}")
            raise run.error
        yield message, run
        if isinstance(run, HookRun):
            socket = at_rest(run.socket, number)


def _played(stage: _Stage, story: Story, heard: Heard) -> list[_Touched]:
    """What the widget touched at each message, None where it did not get to see it."""
    mine, others = stage.mine, stage.others
    touched = list[_Touched]()
    for message, run in _plays(stage.socket, story, heard):
        if isinstance(run, Raised):
            if run.id in mine.hooks:
                _expect_no_reaching(mine, story, message, run.error)
                touched.append(("raised", type(run.error).__name__))
            else:
                touched.append(STRANGER)
            continue
        steps = [step for step in run.steps if step.id in mine.hooks]
        for step in steps:
            for change in step.changes:
                if not mine.has(change):
                    raise LawBroken(
                        "isolation",
                        f"the hook {step.id!r} of the widget {mine.name} touched what is not its own on {message.stage}: {change}",
                        expected=f"changes to its own alone ({mine.told()})",
                        got=f"{_what(change.part)} {_name(change.name)}, which {owner_of(change, others, stage.host)};"
                        f" at {_told(story, message)}",
                        cure=_cure(change.part, change.name),
                    )
        seen = all(id in run.seen for id in mine.hooks if id in run.unseen)
        touched.append(tuple((change.part, change.name) for step in steps for change in step.changes) if seen else None)
    return touched


def _expect_no_reaching(mine: Belongings, story: Story, message: HookMessage, error: Exception) -> None:
    """A hook that asks for an assign or a stream that is not there counts on one that is not its own."""
    if isinstance(error, (MissingAssign, StreamError)) and _is_reach(error):
        raise LawBroken(
            "isolation",
            f"a hook of the widget {mine.name} needs what is not its own on {message.stage}: {error.happened}",
            expected=f"its own alone ({mine.told()})",
            got=f"{type(error).__name__} at {_told(story, message)}",
            cure="keep it in an assign of the widget's own; or pass the view's socket, assert_isolated(…, socket=…), and name"
            " what is shared, owns=(…)",
        ) from cause(error)


def _is_reach(error: LiveViewError) -> bool:
    return isinstance(error, MissingAssign) or error.happened.startswith("no stream with the name")


def _expect_same(
    name: str,
    story: Story,
    alone: list[_Touched],
    together: list[_Touched],
) -> None:
    for number, (mine, beside) in enumerate(zip(alone, together, strict=True)):
        if beside is STRANGER:  # another's error: alone it may have done something
            return
        if beside is None:  # halted before it: from here on it cannot be the same
            if mine:
                raise LawBroken(
                    "isolation",
                    f"the widget {name} does not get to see its message: a widget beside it halts it",
                    expected="hooks that halt their own events alone",
                    got=f"Halt(socket) before {name} at {_told(story, story[number])}",
                    cure="see assert_routes and assert_never_halts of the widgets beside it",
                )
            return
        if mine != beside:
            raise LawBroken(
                "isolation",
                f"the widget {name} does another thing beside others than alone",
                expected=f"changes of {_listed(mine or ())}",
                got=f"changes of {_listed(beside)}, at {_told(story, story[number])}",
                cure="what its hooks read must be its own, too",
            )


def _listed(touched: tuple[Hashable, ...]) -> str:
    return (
        ", ".join(
            " ".join(map(str, cast("Iterable[Any]", each))) if isinstance(each, tuple) else str(each)
            for each in touched
        )
        or "nothing"
    )


def _what(part: str) -> str:
    return {"assign": "the assign", "stream": "the stream", "hook": "the hook", "private": "the private value"}.get(
        part, f"the {part}"
    )


def _name(name: Any) -> str:
    return " on ".join(map(str, cast("Iterable[Any]", name))) if isinstance(name, tuple) else repr(name)


def _cure(part: str, name: Any) -> str:
    shared = name[0] if part == "hook" else part if part == "flash" else name
    way = {
        "assign": "keep it in an assign of the widget's own, or send the view a message: socket.send(…)",
        "stream": "make a stream of the widget's own when it is attached",
        "hook": "give hooks ids that begin with the widget's name, and detach those alone",
        "topic": "subscribe to a topic of the widget's own family when it is attached",
        "flash": "show it in the widget, or send the view a message: socket.send(…)",
    }.get(part, "make it when the widget is attached")
    return f"{way}; what it may touch is named: owns=({shared!r},)"


def _told(story: Story, message: HookMessage) -> str:
    """The message, and what came before it."""
    before = story[: _place(story, message)]
    return f"{message!r}, after {', '.join(map(repr, before))}" if before else repr(message)


def _place(story: Story, message: HookMessage) -> int:
    return next(at for at, each in enumerate(story) if each is message)


def _expect_hooks(stage: _Stage) -> None:
    if not any(words.stages for words in stage.words):
        raise BadOption(
            f"the widget {stage.mine.name} attached no hook",
            expected="a function that attaches hooks: socket.attach_hook(id, stage, fn)",
            got=f"a socket with {stage.mine.told()}",
            cure="a widget without hooks can hear nothing; assert on what it renders",
        )


__all__ = ["assert_isolated", "assert_never_halts", "assert_routes"]
