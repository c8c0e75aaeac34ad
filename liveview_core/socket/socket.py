"""The socket: the state of a live view or component between two messages, as a value.

Law: every method returns a new socket (or the same one, where nothing changed) and nothing ever mutates; what a callback
wants from the outside becomes an effect in `socket.effects`, in order. All copies are made by `_make`
(`liveview_core.values.frozen`). The methods that users call stand by their areas: `assigns`, `streams`, `attach_hook`, `flash`,
`push`, `tasks`, `uploads`, `messages`, `connection`.

For the process and the components (users have no need of it; see the last section of the class):

* making one: `mounting_socket(...)`, `component_socket(parent, cid)`; entering a step: `at(instant)`
* reading: `_changed`, `has_changed()`, `pushed_events()`, `reply`, `cycle_flash`, `hooks_of(stage)`, `rendering()`
* writing what users may not: `merge_assigns` (no reserved names), `with_flash`, `with_reply`, `with_temporary`,
  `with_layout`, `with_hooks`, `without_redirect`
* after the message: `settled()` empties what lived for one message and resets temporary assigns;
  `quiet()` does only the first, for a message without a render; `mounted()` ends mounting
* async results: `tasks.take_task`, `tasks.apply_async` (module `tasks`)
"""  # SK-2, CP-7, AS-11, LC-34, LC-35, LC-22

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from attrs import evolve, field, fields

from liveview_core.errors import BadOption, ordered, shown
from liveview_core.protocol.effects import Effect, Redirect
from liveview_core.rendering.js import encodable
from liveview_core.socket.assigns import OPAQUE
from liveview_core.socket.socket_state import RESTING, Cycle, Facts, Instant, Standing, change_facts, make_cycle
from liveview_core.socket.tasks import TaskMethods
from liveview_core.socket.uploads import UploadMethods
from liveview_core.values import log
from liveview_core.values.assigns import Assigns, Changed, make_assigns
from liveview_core.values.declaring import frozen
from liveview_core.values.frozen import maker
from liveview_core.values.in_place_changes import unchanging
from liveview_core.values.log import Log

__all__ = ["Socket", "component_socket", "mounting_socket"]

P = ParamSpec("P")
R = TypeVar("R")

_NEW: Final = Standing()
_UNCHANGED: Final[Changed] = {}  # one for all sockets, as nobody ever adds to a socket's


@unchanging("return socket.assign({name}=…)")
@frozen(repr=False, init=False, weakref_slot=False)
class Socket(TaskMethods, UploadMethods):
    """What callbacks get and return.

    `Socket(connected=True, **assigns)` makes a bare one, to test hooks and widget functions without a view.

    >>> socket = Socket(count=0).assign(count=1).put_flash("info", "saved")
    >>> socket.assigns.count, socket.changed("count"), socket.assigns.flash
    (1, True, {'info': 'saved'})
    """  # SK-1

    _assigns: dict[str, Any] = field(alias="_assigns")
    _changed: Changed = field(alias="_changed")
    _effects: Log[Effect] = field(alias="_effects")
    _cycle: Cycle = field(alias="_cycle")
    _redirected: Redirect | None = field(alias="_redirected")
    _standing: Standing = field(alias="_standing")
    _facts: Facts = field(alias="_facts")
    _instant: Instant | None = field(alias="_instant", eq=False)

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, *, connected: bool = False, **assigns: object) -> None:
        if "_assigns" in assigns:  # attrs.evolve passes the fields themselves
            slots: dict[str, Any] = assigns
            self.__attrs_init__(**slots)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
            return
        self.__attrs_init__(  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
            assigns, {}, log.EMPTY, RESTING, None, _NEW, Facts(connected=connected), None
        )

    def _with_assigns(self, values: dict[str, Any], changed: Changed) -> Socket:
        return _make(
            values, changed, self._effects, self._cycle, self._redirected, self._standing, self._facts, self._instant
        )

    def effect(self, effect: Effect) -> Socket:
        """With one more effect."""
        return _make(
            self._assigns,
            self._changed,
            self._effects.append(effect),
            self._cycle,
            self._redirected,
            self._standing,
            self._facts,
            self._instant,
        )

    def pipe(self, fn: Callable[Concatenate[Socket, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """`fn(socket, *args, **kwargs)`, so that functions over sockets chain like methods."""
        if not callable(fn):
            raise BadOption(
                "pipe takes a function over a socket",
                expected="a function, called with the socket and what is given beside it",
                got=shown(fn),
                cure="socket.pipe(function, argument)",
            )
        return fn(self, *args, **kwargs)

    # --- for the process and the components -------------------------------------------------------------------------------

    @property
    def reply(self) -> Any:
        """The reply given in this message, or `NO_REPLY`."""  # CB-11
        return self._cycle.reply

    @property
    def cycle_flash(self) -> dict[str, Any]:
        """The flash messages put in this message."""  # SK-5
        return self._cycle.flash

    def at(self, instant: Instant) -> Socket:
        """Inside a step: `now` and `random` answer."""
        return _make(
            self._assigns,
            self._changed,
            self._effects,
            self._cycle,
            self._redirected,
            self._standing,
            self._facts,
            instant,
        )

    def has_changed(self) -> bool:
        """Whether any assign changed since the last render."""  # LC-42
        return bool(self._changed)

    def pushed_events(self) -> list[list[Any]]:
        """The events pushed in this message, in order, as they stand in a diff."""  # PE-2
        return [each.wire() for each in self._cycle.events.oldest_first()]

    def rendering(self) -> Assigns:
        """What a template gets: the assigns and `@socket`, which gives no assigns away."""  # SK-8
        seen = _make(OPAQUE, _UNCHANGED, log.EMPTY, RESTING, None, self._standing, self._facts, None)
        values = self._assigns.copy()
        values["socket"] = seen
        return make_assigns(self._changed, None, values)

    def with_flash(self, flash: Mapping[str, Any]) -> Socket:
        """With exactly this flash."""  # FL-4, FL-5
        return self._put("flash", dict(flash))

    def with_reply(self, reply: Any) -> Socket:
        """With this reply, as it will travel; the last one wins."""  # CB-11
        return self._with_cycle(make_cycle(self._cycle.events, encodable(reply, "the reply"), self._cycle.flash))

    def with_temporary(self, temporary: Mapping[str, Any]) -> Socket:
        """With more temporary assigns, put where absent and not marked changed."""  # LC-33
        standing = evolve(self._standing, temporary={**self._standing.temporary, **temporary})
        return self._with_assigns({**temporary, **self._assigns}, self._changed)._with_standing(standing)

    def with_layout(self, layout: Any) -> Socket:
        """With a layout that beats the view's own; False for none."""  # LC-32
        return self._with_standing(evolve(self._standing, layout=layout))

    def without_redirect(self) -> Socket:
        """With the redirect taken."""  # NV-10
        return self._with_redirected(None)

    def mounted(self) -> Socket:
        """With nothing left that exists only while mounting; the assigns are `settled`'s business."""  # LC-22
        return self._with_facts(change_facts(self._facts, mounting=None))

    def quiet(self) -> Socket:
        """With nothing left of this message but the marks of change; for a message without a render."""  # LC-35
        return _make(
            self._assigns, self._changed, log.EMPTY, RESTING, self._redirected, self._standing, self._facts, None
        )

    def settled(self) -> Socket:
        """After a render: nothing changed, nothing pending, temporary assigns at their defaults."""  # AS-11, LC-34
        assigns = self._assigns
        if self._changed and self._standing.temporary:
            assigns = {**assigns, **self._standing.temporary}
        return _make(assigns, _UNCHANGED, log.EMPTY, RESTING, self._redirected, self._standing, self._facts, None)

    def _with(self, **slots: Any) -> Socket:
        return _make(*[slots.get(name, getattr(self, name)) for name in _SLOTS])

    def _with_cycle(self, cycle: Cycle) -> Socket:
        return _make(
            self._assigns,
            self._changed,
            self._effects,
            cycle,
            self._redirected,
            self._standing,
            self._facts,
            self._instant,
        )

    def _with_redirected(self, redirected: Redirect | None) -> Socket:
        return self._with(_redirected=redirected)

    def _with_standing(self, standing: Standing) -> Socket:
        return self._with(_standing=standing)

    def _with_facts(self, facts: Facts) -> Socket:
        return _make(
            self._assigns,
            self._changed,
            self._effects,
            self._cycle,
            self._redirected,
            self._standing,
            facts,
            self._instant,
        )

    def __repr__(self) -> str:
        facts = self._facts
        parts = [f"{name}={ordered(value)}" for name, value in self._assigns.items()]
        view = f" {type(facts.view).__name__}" if facts.view is not None else ""
        parts.insert(0, f"connected={facts.connected}")
        more = f", changed={list(self._changed)}" if self._changed else ""
        more += f", effects={ordered(list(self.effects))}" if self._effects else ""
        more += f", {self._redirected.describe()}" if self._redirected is not None else ""
        return f"<Socket{view}({', '.join(parts)}){more}>"

    def __reduce__(self) -> tuple[Callable[..., Socket], tuple[Any, ...]]:
        return _restored, (
            self._assigns,
            self._changed,
            self._effects,
            self._cycle,
            self._redirected,
            self._standing,
            self._facts,
        )


def _restored(*slots: Any) -> Socket:
    return _make(*slots, None)


_make: Callable[..., Socket] = maker(Socket)
_SLOTS: Final = tuple(each.name for each in fields(Socket))


def mounting_socket(
    facts: Facts, live_action: Any = None, flash: Mapping[str, Any] | None = None, instant: Instant | None = None
) -> Socket:
    """The socket that a view's on_mount hooks and `mount` get; its two assigns are not marked changed."""  # LC-4
    assigns = {"live_action": live_action, "flash": dict(flash or {})}
    return _make(assigns, {}, log.EMPTY, RESTING, None, _NEW, facts, instant)


def component_socket(parent: Socket, cid: int) -> Socket:
    """The socket that a component's `mount` gets: its own assigns and hooks, the view's facts."""  # CP-5
    facts = change_facts(parent._facts, cid=cid, mounting=None)
    bare = _make({"myself": cid}, {}, log.EMPTY, RESTING, None, _NEW, facts, parent._instant)
    return bare.with_flash({})
