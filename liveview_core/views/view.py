"""The view: what users write, and the border where what it returns is checked.

Law: only what a view defines exists; a view holds no state, it is a frozen object; and what a callback returns is
either legal or a `BadReturn` that says where, what was expected, what came, and the cure.
"""  # CB-6, CB-7

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from attrs import field

from liveview_core.errors import (
    BadOption,
    BadReturn,
    FrozenError,
    UndefinedCallback,
    article,
    nearest_names,
    ordered,
    shown,
)
from liveview_core.protocol.async_result import AsyncExit, AsyncOk
from liveview_core.rendering.rendered import Rendered
from liveview_core.socket.hooks import UNSET, Cont, Halt, check_mount_redirect, current, given, mount_options
from liveview_core.socket.socket import Socket
from liveview_core.tracebacks import cause, shorten
from liveview_core.values.assigns import Assigns
from liveview_core.values.declaring import frozen
from liveview_core.values.in_place_changes import unchanging

__all__ = [
    "AsyncExit",
    "AsyncOk",
    "BadReturn",
    "Cont",
    "Halt",
    "LiveView",
    "Ok",
    "Reply",
    "Sealed",
    "apply_mount_result",
    "as_view",
    "callback",
    "defines",
    "expect_call_reply",
    "expect_rendered",
    "expect_reply",
    "expect_socket",
    "inside_layout",
    "on_mount_hooks",
    "render_of",
]


@unchanging("Ok(socket, {name}=…)")
@frozen
class Ok:
    """What `mount` may return instead of a socket, with options."""  # LC-31

    socket: Socket
    temporary_assigns: Any = field(default=None, kw_only=True)
    layout: Any = field(default=UNSET, kw_only=True)

    def __repr__(self) -> str:
        return given(self)


@unchanging("Reply(socket, …) makes another")
@frozen
class Reply:
    """What `handle_event` and `handle_call` may return instead of a socket: an answer with it."""  # CB-2, CB-4

    socket: Socket
    payload: object


class _Sealing(type):
    """Seals objects once they are made: fields are configuration, set in `__init__` and never again."""

    if not TYPE_CHECKING:  # a checker that saw this would no longer know what `ChatLive(repo)` is

        def __call__(cls, *args, **kwargs):
            made = cls.__new__(cls, *args, **kwargs)
            object.__setattr__(made, "_open", True)
            made.__init__(*args, **kwargs)
            object.__delattr__(made, "_open")
            return made


_FUNCTIONS = (
    *("render", "mount", "terminate"),
    *(f"handle_{what}" for what in ("params", "event", "info", "async", "call", "cast")),
)
_DATA: tuple[type, ...] = (str, bytes, int, float, dict, list, tuple, set, Rendered)


def _no_function(where: str, name: str, value: object) -> BadOption | None:
    """What to say of a callback that is data: found where the class is made, not at the first page."""
    if not isinstance(value, _DATA):
        return None
    if name != "render":
        cure = f"write a method: def {name}(self, …)"
    elif isinstance(value, str):
        cure = f"compile it: render = heex({shown(value)})"
    elif isinstance(value, Rendered):
        cure = "give the template itself, which is called at every render: render = TEMPLATE"
    else:
        cure = 'write `render = heex("""…""")`, or a method render(self, assigns)'
    expected = 'a template, heex("…"), or a method' if name == "render" else "a method"
    return BadOption(
        f"{where} is {article(type(value).__name__)}, which cannot be called",
        expected=expected,
        got=shown(value),
        cure=cure,
    )


def _no_option(where: str, given: Mapping[str, Any]) -> BadOption | None:
    """What to say of an option of a class that cannot be one."""
    layout, temporary = given.get("layout", False), given.get("temporary_assigns", {})
    if isinstance(layout, _DATA) and layout is not False:
        expected, cure = "a template, heex(…), or False for none", "layout = LAYOUT"
        return BadOption(f"{where}.layout cannot be called", expected=expected, got=shown(layout), cure=cure)
    if not isinstance(temporary, (Mapping, property)) or isinstance(temporary, type):
        expected = "the names of assigns, each with the value that it is reset to"
        cure = "temporary_assigns = {'messages': []}"
        return BadOption(f"{where}.temporary_assigns is no mapping", expected=expected, got=shown(temporary), cure=cure)
    return None


class Sealed(metaclass=_Sealing):
    """What views and components are: callbacks and configuration, no state. Equal fields make equal objects."""

    __slots__ = ("__weakref__", "_open")

    _called: ClassVar[str] = "a view"

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        __tracebackhide__ = True
        for name in _FUNCTIONS:
            error = _no_function(f"{cls.__qualname__}.{name}", name, vars(cls).get(name))
            if error is not None:
                shorten(error)
                raise error
        if (error := _no_option(cls.__qualname__, vars(cls))) is not None:
            shorten(error)
            raise error

    def __setattr__(self, name: str, value: object) -> None:
        if not hasattr(self, "_open"):
            raise FrozenError(
                f"{self._called} holds no state ({type(self).__qualname__}.{name} = …)",
                expected=f"state in the socket's assigns; {self._called}'s own fields are set when it is made, and never again",
                cure=f"return socket.assign({name}=…)",
            )
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenError(f"{self._called} holds no state (del {type(self).__qualname__}.{name})")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self is other or (hasattr(self, "__dict__") and vars(self) == vars(other))

    def __hash__(self) -> int:
        return hash(type(self))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={ordered(value)}" for name, value in getattr(self, "__dict__", {}).items())
        return f"{type(self).__qualname__}({fields})"


class LiveView(Sealed):
    """A live view. Define the callbacks that you need; a callback that is not defined does not exist.

    * `mount(params, session, socket)`: the first assigns. Runs twice: disconnected for the first HTML, then connected.
    * `handle_params(params, uri, socket)`: the URL; after mount and on every patch.
    * `handle_event(event, params, socket)`: clicks, changes, submits …
    * `handle_info(msg, socket)`: messages, from timers, topics and other views.
    * `handle_async(name, result, socket)`: results of `start_async`; `AsyncOk(value)` or `AsyncExit(reason)`.
    * `handle_call(msg, sender, socket)`, `handle_cast(msg, socket)`, `terminate(reason, socket)`.
    * `render`: `heex(…)`, or a method `render(self, assigns)`.

    They return a socket; `handle_event` and `handle_call` also `Reply(socket, payload)`, `mount` also `Ok(socket, …)`.
    Class-level options: `on_mount`, `layout`, `temporary_assigns`, `container` (the tag and attributes of its element).
    Fields, if any, are configuration and dependencies: `ChatLive(repo)`. Views of one class with equal fields are equal.
    """  # LC-12

    __slots__ = ()

    render: Callable[[Assigns], Rendered]
    on_mount: ClassVar[tuple[Callable[..., Any], ...]] = ()
    layout: ClassVar[Any] = False
    temporary_assigns: ClassVar[Mapping[str, Any]] = {}
    container: ClassVar[tuple[str, Mapping[str, Any]]] = ("div", {})

    if TYPE_CHECKING:  # what they look like where they are defined; at run time there is none of them

        def mount(self, params: Any, session: Any, socket: Socket, /) -> Socket | Ok: ...
        def handle_params(self, params: Any, uri: str, socket: Socket, /) -> Socket: ...
        def handle_event(self, event: str, params: Any, socket: Socket, /) -> Socket | Reply: ...
        def handle_info(self, msg: Any, socket: Socket, /) -> Socket: ...
        def handle_async(self, name: Any, result: Any, socket: Socket, /) -> Socket: ...
        def handle_call(self, msg: Any, sender: Any, socket: Socket, /) -> Socket | Reply: ...
        def handle_cast(self, msg: Any, socket: Socket, /) -> Socket: ...
        def terminate(self, reason: Any, socket: Socket, /) -> Any: ...


CALLBACKS = (
    "mount",
    "handle_params",
    "handle_event",
    "handle_info",
    "handle_async",
    "handle_call",
    "handle_cast",
    "terminate",
    "render",
)

_CURES = {  # CB-6, CB-7: what to write where a callback is missing
    "handle_params": "add `def handle_params(self, params, uri, socket): return socket`",
    "handle_event": "add `def handle_event(self, event, params, socket): return socket`",
    "handle_async": "add `def handle_async(self, name, result, socket): return socket`",
    "handle_call": "add `def handle_call(self, msg, sender, socket): return Reply(socket, None)`",
    "handle_cast": "add `def handle_cast(self, msg, socket): return socket`",
}


def as_view(given: Any) -> Any:
    """The view object: a class stands for itself without configuration."""
    if isinstance(given, type):
        try:
            return given()
        except TypeError as error:
            raise BadOption(
                f"the view {given.__qualname__} cannot be made without arguments",
                expected="a view object, or a class that needs none",
                got=str(error),
                cure=f"pass the object: {given.__qualname__}(…)",
            ) from cause(error)
    return given


def name_of(view: Any) -> str:
    """How a view is called in messages."""
    return view.__qualname__ if isinstance(view, type) else type(view).__qualname__


def defines(view: Any, name: str) -> bool:
    """Whether the view defines that callback."""
    return callable(getattr(view, name, None))


def callback(view: Any, name: str, why: str) -> Callable[..., Any]:
    """The callback of that name, or an error that says *why* it is needed."""  # CB-6, CB-7
    found = getattr(view, name, None)
    if callable(found):
        return found  # type: ignore[no-any-return]
    own = [each for each in dir(view) if not each.startswith("_") and each not in CALLBACKS]
    raise UndefinedCallback(
        f"{name_of(view)} does not define {name}, which {why}",
        expected=f"a method {name}",
        got="none of that name",
        cure=_CURES.get(name),
        nearest=nearest_names(name, own),
    )


def on_mount_hooks(view: Any) -> tuple[Callable[..., Any], ...]:
    """The view's own on_mount hooks."""  # HK-1
    given = getattr(view.__class__, "on_mount", ())
    return given if given.__class__ is tuple and not given else checked_on_mount(given, name_of(view))


def checked_on_mount(given: Any, owner: str) -> tuple[Callable[..., Any], ...]:
    """A sequence of on_mount hooks, or one; *owner* is whose they are."""  # HK-1
    hooks: tuple[Any, ...] = (given,) if callable(given) else tuple(given) if isinstance(given, Iterable) else (given,)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    for hook in hooks:
        if not callable(hook) or isinstance(hook, type):
            raise BadOption(
                f"an on_mount hook of {owner} is not a function",
                expected="functions of (params, session, socket) that return Cont(socket) or Halt(socket)",
                got=shown(hook),
                cure="on_mount = (require_user,); with an argument: functools.partial(require_role, 'admin')"
                + (
                    f"; a method of the class: on_mount = ({hook.__name__}.on_mount,)" if isinstance(hook, type) else ""
                ),
            )
    return hooks


# --- the border: what callbacks may return --------------------------------------------------------------------------------


def expect_socket(where: str, value: Any, before: Socket, detail: str = "") -> Socket:
    """The socket that *where* made of that *before*; *detail* says for which message: "event 'x'"."""  # CB-1, CB-3, CB-5
    if isinstance(value, Socket):
        return current(where, before, value)
    raise BadReturn(where, ["a Socket"], value, _cure(value, detail))


def expect_reply(where: str, value: Any, before: Socket, event: str, handler: Any = None) -> Socket:
    """The socket that `handle_event` (*handler*) returned for *event*, with its reply in it."""  # CB-2, CB-11
    if isinstance(value, Socket):
        return expect_socket(where, value, before)
    cure = _cure(value, f"event {event!r}")
    if isinstance(value, Reply) and isinstance(value.socket, Socket):  # pyright: ignore[reportUnnecessaryIsInstance]
        if isinstance(value.payload, Mapping):
            expect_socket(where, value.socket, before)
            return value.socket.with_reply(value.payload)  # pyright: ignore[reportUnknownMemberType]
        cure = "a reply is a mapping: Reply(socket, {'value': …})"
    nearest: tuple[str, ...] = ()
    if value is None:
        words = words_of(handler)
        if event in words:
            cure = f"no case for event {event!r}, or one without a return? End both with `return socket`"
        else:  # it may be misspelled, here or in the template
            nearest = nearest_names(event, words)
    raise BadReturn(where, ["a Socket", "Reply(socket, {…})"], value, cure, nearest)


def words_of(function: Any) -> set[str]:
    """The texts that a function's code compares with and works on: for "did you mean", never for a decision."""
    code = getattr(function, "__code__", None)
    consts: tuple[Any, ...] = () if code is None else code.co_consts
    several: list[Any] = [each for each in consts if isinstance(each, tuple | frozenset)]
    return {each for some in (consts, *several) for each in some if isinstance(each, str)}


def expect_call_reply(where: str, value: Any, before: Socket, detail: str = "") -> tuple[Socket, Any]:
    """The socket and the answer that `handle_call` returned; no answer is `UNSET`."""  # CB-4
    if isinstance(value, Socket):
        return expect_socket(where, value, before), UNSET
    if isinstance(value, Reply) and isinstance(value.socket, Socket):  # pyright: ignore[reportUnnecessaryIsInstance]
        return expect_socket(where, value.socket, before), value.payload
    raise BadReturn(where, ["a Socket", "Reply(socket, answer)"], value, _cure(value, detail))


def apply_mount_result(where: str, value: Any, before: Socket) -> Socket:
    """The socket that `mount` returned, its options applied; a patch in mount is an error."""  # LC-29…33, LC-24
    match value:
        case Socket():
            mounted = value
        case Ok(Socket() as returned, temporary_assigns=temporary, layout=layout):
            mounted = mount_options(where, returned, temporary, layout)
        case _:
            permitted = ["a Socket", "Ok(socket, temporary_assigns={…}, layout=…)"]
            raise BadReturn(where, permitted, value, _cure(value, ""))
    check_mount_redirect(expect_socket(where, mounted, before), where)
    return mounted


def render_of(view: Any, socket: Socket) -> Rendered:
    """What the view renders now: `render_with`'s function, else its own `render`."""  # SK-10, LC-40
    render = socket._standing.render or getattr(view, "render", None)
    if render is None:
        raise UndefinedCallback(
            f"{name_of(view)} has nothing to render",
            expected="one of: render = heex(…), a method render(self, assigns), socket.render_with(template)",
            got="none of them",
            cure='add `render = heex("""…""")`',
        )
    rendered = render(socket.rendering())
    if type(rendered) is Rendered:  # the texts of the border cost more than this
        return rendered
    return expect_rendered(f"{name_of(view)}.render", rendered)


def inside_layout(view: Any, rendered: Rendered, layout: Any, socket: Socket) -> Rendered:
    """What the view rendered, as the inner content of a layout; that always counts as changed."""  # LC-38
    assigns = socket.rendering().assign(inner_content=rendered)
    changed = assigns._changed
    if changed is not None:
        assigns = Assigns(assigns._values, {**changed, "inner_content": True})
    return expect_rendered(f"the layout of {name_of(view)}", layout(assigns))


def expect_rendered(where: str, value: Any) -> Rendered:
    """The template that `render`, or a layout, returned."""  # LC-40
    if isinstance(value, Rendered):
        return value
    cure = "return a template called with the assigns: `return TEMPLATE(assigns)`"
    if callable(value):
        cure = "call it: `return TEMPLATE(assigns)`"  # N3.3
    raise BadReturn(where, ["a Rendered"], value, cure)


def _cure(value: Any, detail: str) -> str:
    match value:
        case None if detail:
            return f"no case for {detail}? End the function with `return socket`"
        case None:
            return "end the function with `return socket`"
        case Assigns():
            return "socket.assigns is read-only: return `socket.assign(…)`"
        case Reply(Socket()):
            return "only handle_event and handle_call may reply: return the socket"
        case Ok():
            return "Ok(…) is for mount only: return the socket"
        case Cont(Socket()) | Halt(Socket()):
            return "Cont and Halt are for hooks: return the socket"
        case (str(), dict(), Socket()) | (dict(), Socket()) | (Socket(), dict()):
            return "return Reply(socket, {…})"
        case (Socket(), *_) | (str(), Socket(), *_):
            return "no tuple is needed: return the socket"
        case _ if isinstance(getattr(value, "__self__", None), Socket):
            return f"call it: `return socket.{value.__name__}(…)`"
        case _:
            return "return the socket"
