"""A process as a value: everything that a LiveView process would hold, and what one step on it gives.

Law: nothing here does anything. A `Process` stands between two messages, a `Step` is what one message made of it, and what
was `Sent` is plain JSON data, in the order in which it travels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, cast

from attrs import field

from liveview_core.errors import BadOption, shown
from liveview_core.process.components import NO_COMPONENTS, Components
from liveview_core.protocol.effects import Effect
from liveview_core.protocol.tokens import session_token
from liveview_core.rendering.attributes import checked_tag, class_names, root
from liveview_core.rendering.diff import Diff, Print
from liveview_core.rendering.html import escape
from liveview_core.rendering.js import encodable
from liveview_core.rendering.rendered import ChildRef
from liveview_core.socket.socket import Socket, mounting_socket
from liveview_core.socket.socket_state import make_facts
from liveview_core.values.copies import own
from liveview_core.values.declaring import frozen
from liveview_core.values.frozen import changer, maker
from liveview_core.values.in_place_changes import unchanging
from liveview_core.views.router import Match, Router
from liveview_core.views.view import LiveView, as_view, name_of

__all__ = [
    "Env",
    "Origin",
    "Process",
    "Sent",
    "Step",
    "StepFacts",
    "child_process",
    "container",
    "container_json",
    "container_of",
    "make_process",
    "new_process",
]


@unchanging("attrs.evolve(value, {name}=…) makes another")
@frozen
class Env:
    """What a process knows of the outside: the time in integer µs, and the seed that `socket.random` is made of.

    `manifest` are the static files that the server has now, by their digested names.
    """  # NV-32

    now: int = 0
    seed: str = "0"
    manifest: Mapping[str, str] | None = None


class Sent:
    """One message to the client; *payload* is the JSON that travels. A `phx_reply` answers the message of this step."""

    __slots__ = ("event", "payload")

    def __init__(self, event: str, payload: dict[str, Any]) -> None:
        self.event = event
        self.payload = payload

    @property
    def diff(self) -> Diff | None:
        """The diff that this message carries, if it carries one."""
        if self.event == "diff":
            return self.payload
        response: dict[str, Any] = self.payload.get("response", {}) if self.event == "phx_reply" else {}
        return response.get("diff", response.get("rendered"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sent) and (self.event, self.payload) == (other.event, other.payload)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Sent({self.event!r}, {self.payload!r})"


_PAYLOAD: Any = Sent.__dict__["payload"]


class DiffReply(Sent):
    """An answer that carries a diff and no more: what is around it is written when it is read.

    Of most logs most is that. The two dicts around each diff cost a click of the counter a twentieth, and 368 bytes that stay.
    """

    __slots__ = ("carried",)

    def __init__(self, diff: Diff) -> None:
        self.event = "phx_reply"
        self.carried = diff

    @property
    def payload(self) -> dict[str, Any]:  # type: ignore[override]  # pyright: ignore[reportIncompatibleVariableOverride]
        try:
            return cast("dict[str, Any]", _PAYLOAD.__get__(self))
        except AttributeError:  # it is read for the first time, and is the same from now on
            payload = {"status": "ok", "response": self._response()}
            _PAYLOAD.__set__(self, payload)
            return payload

    def _response(self) -> dict[str, Any]:
        return {"diff": self.carried}

    @property
    def diff(self) -> Diff | None:
        return self.carried

    def __reduce__(self) -> tuple[type[DiffReply], tuple[Diff]]:
        return type(self), (self.carried,)


class JoinReply(DiffReply):
    """The answer to a join, with what the view shows and no more."""

    __slots__ = ()

    def _response(self) -> dict[str, Any]:
        return {"rendered": self.carried, "liveview_version": VERSION}


VERSION = "1.2.10"  # of Phoenix LiveView, whose wire this is; the join reply carries it (LC-23)


@frozen
class StepFacts:
    """What a step cost and touched, for whoever watches: no text, no time, only counts and names.

    `evaluated` counts dynamics of templates; `changed` are the view's assigns that were rendered; `components` the
    cids that were rendered; `hooks` what ran, as `(stage, id, whether it changed the socket)`; `touched` those of them that changed
    assigns, as `(id, names)`.
    """  # TM-1

    evaluated: int = 0
    changed: tuple[str, ...] = ()
    components: tuple[int, ...] = ()
    hooks: tuple[tuple[str, Any, bool], ...] = ()
    touched: tuple[tuple[Any, tuple[str, ...]], ...] = field(default=(), eq=False)

    @staticmethod
    def of(counted: Counted) -> StepFacts:
        """From what a step keeps of them."""
        evaluated, changed, components, hooks, touched = counted
        return StepFacts(evaluated, changed, tuple(components), tuple(hooks), touched)


Touched: TypeAlias = tuple[tuple[Any, tuple[str, ...]], ...]

Counted: TypeAlias = tuple[int, tuple[str, ...], Sequence[int], Sequence[tuple[str, Any, bool]], Touched]
"""The facts of a step as its scratch had them: plain and cheap, so that a log may keep them. Nobody changes the lists any more."""


@frozen(weakref_slot=False)
class Origin:
    """What a process is from its beginning to its end, whatever happens to it.

    `router`, `live_session` and `root_view` say what it may patch to. `session` is the extra session that its token signs,
    `connection` the session of the page's connection, `info` what else is known of it; `inherited` are the
    parent's assigns that `assign_new` may take. `nested` is true of every child, also of a sticky one, which has no
    parent; `callers` are the lines of the templates that show it, the innermost first. `dom_id` is the id of its container: a view
    that is navigated to stands in that of the one before; `around` is that of its parent's.
    """  # NV-12, LC-13, NV-31, AS-22, RT-14

    id: str
    view: LiveView
    router: Router | None
    root_view: LiveView
    live_session: str | None
    parent: Any
    sticky: bool
    nested: bool
    session: dict[str, Any]
    connection: dict[str, Any]
    info: dict[str, Any]
    inherited: dict[str, Any]
    dom_id: str
    around: str | None
    callers: tuple[str, ...]


@unchanging("step(process, message, env) makes the next one")
@frozen(weakref_slot=False, eq=False)
class Process:
    """A LiveView process, between two messages.

    `origin` is what never changes; `uri` is the URL of its page, `patches` how many it made without a render. `stopped`
    is the reason why there is no process any more.
    """  # NV-15, LC-46

    origin: Origin
    socket: Socket
    components: Components
    prints: Print | None
    uri: str
    steps: int
    patches: int
    joined: bool
    stopped: Any

    @property
    def id(self) -> str:
        """The name of the process, which the client's topic is made of."""
        return self.origin.id

    @property
    def view(self) -> LiveView:
        """The view whose callbacks it runs."""
        return self.origin.view

    def __repr__(self) -> str:
        state = "joined" if self.joined else "not joined"
        return f"<Process {self.id} {type(self.view).__name__} {state if self.stopped is None else self.stopped}>"


make_process: Callable[..., Process] = maker(Process)
change_process: Callable[..., Process] = changer(Process)
change_origin: Callable[..., Origin] = changer(Origin)
make_origin: Callable[..., Origin] = maker(Origin)


class Step:
    """What a message did: the process afterwards, what goes to the client, what the outside shall do."""

    __slots__ = ("answer", "counted", "effects", "process", "sent")

    def __init__(
        self,
        process: Process,
        sent: list[Sent],
        effects: tuple[Effect, ...],
        answer: Any,
        counted: Counted,
    ) -> None:
        self.process = process
        self.sent = sent
        self.effects = effects
        self.answer = answer  # of handle_call; NO_REPLY where it gave none (CB-4)
        self.counted = counted

    @property
    def facts(self) -> StepFacts:
        """What it cost and touched."""
        return StepFacts.of(self.counted)

    @property
    def diff(self) -> Diff | None:
        """The last diff among what was sent."""
        for sent in reversed(self.sent):
            if sent.diff is not None:
                return sent.diff
        return None

    @property
    def reply(self) -> dict[str, Any] | None:
        """The response to the client's message, if there is one."""
        for sent in self.sent:
            if sent.event == "phx_reply":
                return sent.payload["response"]  # type: ignore[no-any-return]
        return None

    def __repr__(self) -> str:
        return f"Step(sent={self.sent!r}, effects={self.effects!r})"


_NOTHING: dict[str, Any] = {}
"""What most processes were given: everybody's, and nobody writes into it."""


def new_process(
    id: str,
    view: Any,
    *,
    router: Router | None = None,
    match: Match | None = None,
    session: Mapping[str, Any] | None = None,
    uri: str = "http://localhost/",
    parent: Any = None,
    root_view: Any = None,
    sticky: bool = False,
    nested: bool = False,
    connection: Mapping[str, Any] | None = None,
    info: Mapping[str, Any] | None = None,
    inherited: Mapping[str, Any] | None = None,
    flash: Mapping[str, Any] | None = None,
    dom_id: str | None = None,
    around: str | None = None,
    callers: tuple[str, ...] = (),
) -> Process:
    """A process that nothing has happened to: what the session token of a page says.

    `match` is the route that it is mounted at; without one it is a child, or isolated, and has no params.
    `session` is what the token signs, `connection` the session of the page's connection, `info` what `get_connect_info`
    knows of it. `dom_id` is that of its container, where it is not `id`; `around` that of its parent's.
    """  # LC-13, LC-17, LC-2, NV-31
    view = as_view(view)
    for what, given in (("session", session), ("connection's session", connection)):  # LC-3
        if given is not None and not _has_names(given):
            raise BadOption(
                f"the {what} of {name_of(view)} is no mapping with str keys",
                expected="{'user_id': …}",
                got=shown(given),
            )
    facts = make_facts(
        id=id,
        view=view,
        connected=False,
        routed=match is not None,
        router=router,
        uri=None,
        live_session=None,
        parent=parent,
        cid=None,
        mounting=None,
    )
    origin = make_origin(
        id=id,
        view=view,
        router=router,
        root_view=view if root_view is None else as_view(root_view),
        live_session=match.live_session.name if match is not None else None,
        parent=parent,
        sticky=sticky,
        nested=nested,
        session=own(dict(session)) if session else _NOTHING,
        connection=own(dict(connection)) if connection else _NOTHING,
        info=dict(info) if info else _NOTHING,
        inherited=dict(inherited) if inherited else _NOTHING,
        dom_id=dom_id or id,
        around=around or parent,
        callers=callers,
    )
    return make_process(origin, mounting_socket(facts, None, flash), NO_COMPONENTS, None, uri, 0, 0, False, None)


def _has_names(given: object) -> bool:
    if given == {} and type(given) is dict:
        return True  # nearly always
    return isinstance(given, Mapping) and all(isinstance(key, str) for key in given)  # pyright: ignore[reportUnknownVariableType]


def child_process(parent: Process, ref: ChildRef, inherited: Mapping[str, Any]) -> Process:
    """The process of a child view, before anything happened to it; *inherited* are its parent's assigns."""  # RT-12…14
    line: str | None = getattr(ref, "caller", None)
    return new_process(
        ref.id,
        ref.view,
        router=parent.origin.router,
        session=ref.session,
        connection=parent.origin.connection,
        info=parent.origin.info,
        uri=parent.uri,
        parent=None if ref.sticky else parent.id,
        root_view=None if ref.sticky else parent.origin.root_view,
        sticky=ref.sticky,
        inherited=inherited,
        nested=True,
        around=None if ref.sticky else parent.origin.dom_id,
        callers=parent.origin.callers if line is None else (line, *parent.origin.callers),
    )


def container_of(view: LiveView, given: tuple[str, Mapping[str, Any]] | None) -> tuple[str, dict[str, Any]]:
    """The tag and attributes of a view's element: its own, and those of the route or the call over them."""  # LC-12
    tag, attributes = view.container
    if given is None:
        given = tag, {}
    return checked_tag(given[0], f"container of {type(view).__name__}"), {**attributes, **given[1]}


def container_json(view: LiveView, given: tuple[str, Mapping[str, Any]] | None) -> list[Any]:
    """As `container_of`, for the client that builds the element anew."""  # LC-23
    tag, attributes = container_of(view, given)
    kind = attributes.get("class")
    if isinstance(kind, (list, tuple)):
        attributes["class"] = class_names(kind)
    return [tag, encodable(attributes, f"the container of {type(view).__name__}")]


def container(
    process: Process,
    inner: str,
    given: tuple[str, Mapping[str, Any]] | None,
    *,
    main: bool = False,
    session: str | None = None,
    static: str = "",
) -> str:
    """The view's element around its HTML, with the tokens that a client joins with.

    *given* is the container of the route or of the call; *static* is quoted, as static tokens are.
    """  # LC-11, LC-12, RT-12, RT-13
    origin = process.origin
    tag, attributes = container_of(origin.view, given)
    id = escape(origin.id)
    token = session_token(id) if session is None else escape(session)
    out = f'<{tag} id="{id}"{" data-phx-main" if main else ""} data-phx-session="{token}" data-phx-static="{static}"'
    if origin.sticky:
        out += " data-phx-sticky"
    elif origin.around is not None:
        out += f' data-phx-parent-id="{escape(origin.around)}"'
    return f"{out}{root(attributes) if attributes else ''}>{inner}</{tag}>"


class ReloadStep(Step):
    """A join that failed by an *error* with an HTTP status: the client is told to load the page anew, and is not told why."""

    __slots__ = ("error",)

    def __init__(self, step: Step, error: Exception) -> None:
        super().__init__(step.process, step.sent, step.effects, step.answer, step.counted)
        self.error = error
