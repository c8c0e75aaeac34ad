"""What is put under an error of the author's own code: in which message it happened, and what was meant instead.

Owns these notes. Law: an error stays what it is; only who reads it learns more.
"""

from __future__ import annotations

import inspect
import linecache
import sys
from typing import TYPE_CHECKING, Any, TypeGuard

from liveview_core.errors import add_note, nearest_names, shown
from liveview_core.socket.socket import Socket
from liveview_core.tracebacks import ours
from liveview_core.values.patterns import late_pattern
from liveview_testing.failures.misuse.arguments import called_so

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["advise", "annotate"]

_OF_A_CALL = late_pattern(
    r"(?:(?P<owner>\w+)\.)?(?P<name>\w+)\(\) (?:takes|missing|got (?:an unexpected|multiple|some positional))"
)
_INNER = frozenset(
    str.split(
        "at cid cycle_flash effect has_changed hooks_of merge_assigns mounted navigation_type parent pushed_events quiet rendering "
        "reply router settled with_everything_changed with_flash with_hooks with_layout with_reply with_temporary without_redirect"
    )
)
"""What only the rooms of the core ask of a socket: nobody is sent there."""
_NAMES = {
    "push_redirect": "socket.push_navigate(to)",
    "live_redirect": "socket.push_navigate(to)",
    "live_patch": "socket.push_patch(to)",
    **dict.fromkeys(("navigate", "goto"), "socket.push_navigate(to)"),
    "patch": "socket.push_patch(to)",
    **dict.fromkeys(("noreply", "ok", "cont"), "return the socket itself: `return socket`"),
    "halt": "a hook returns Halt(socket)",
    **dict.fromkeys(("set", "set_state", "setState", "put", "assign_all"), "socket.assign(name=value)"),
    **dict.fromkeys(("get", "get_assign", "state"), "socket.assigns.get('name')"),
    **dict.fromkeys(
        ("emit", "dispatch", "push", "trigger"), "socket.push_event(event, payload) reaches the client's hooks"
    ),
    **dict.fromkeys(("flash", "get_flash"), "socket.put_flash(kind, message); @flash in the template"),
    **dict.fromkeys(("publish", "notify"), "socket.broadcast(topic, message)"),
    **dict.fromkeys(("session", "params"), "they come to mount(params, session, socket): assign what is needed there"),
    "put_root_layout": "a view says `layout = …`, mount Ok(socket, layout=…)",
    **dict.fromkeys(("append", "prepend", "insert"), "socket.stream_insert(name, item, at=0)"),
    **dict.fromkeys(("sleep", "after", "set_timeout", "setTimeout"), "socket.send_after(message, seconds)"),
    **dict.fromkeys(("set_interval", "setInterval"), "socket.send_interval(message, seconds)"),
    **dict.fromkeys(
        ("async_assign", "run_async", "task", "spawn"), "socket.start_async(name, function), and handle_async"
    ),
}
_ITEM = late_pattern(r"'Socket' object (?:is not subscriptable|does not support item (?:assignment|deletion))")
_OF_HTML = late_pattern(r"""['"]Html['"]|\bHtml\b(?:\.__format__|$)|type Html is""")
_FACT = late_pattern(
    r"\b(\w+(?:\([^()]*\))?\.(?:url|text|html|exists|attributes|now|title|flash|assigns|notes|wire))\(\)"
)
_AWAITED = late_pattern(r"\bawait\b.*(\bexpect\(|\bpage\b|\blocator\b|\.get_by_|\bview\b|\blive\()")
_UNCALLED = late_pattern(r"\bsocket\.(connected|id|now|view|assigns|random|redirected|effects|private)\(")


def annotate(error: Exception, where: str) -> None:
    """Say where it happened, and how what was called, or read, is called."""
    add_note(error, where)
    advise(error)


def advise(error: Exception) -> None:
    """Say how what was called, or read, is called; once."""
    read: Any = getattr(error, "obj", None)
    if isinstance(error, AttributeError) and isinstance(read, Socket):
        _add(error, _misread(read, error.name or ""))
    elif type(error) is AttributeError and _is_dict(read):
        _add(error, _of_a_dict(error.name or "", read))
    elif type(error) is KeyError and (note := _of_params(error)) is not None:
        _add(error, note)
    elif type(error) is TypeError and _OF_HTML.search(str(error)) is not None:
        _add(error, "its text is str(html); of an element, view.element(selector).text")
    elif type(error) is TypeError and (note := _called_so(error)) is not None:
        _add(error, note)


def _add(error: Exception, note: str) -> None:
    if note not in getattr(error, "__notes__", ()):
        add_note(error, note)


def _is_dict(value: Any) -> TypeGuard[dict[Any, Any]]:
    return type(value) is dict


def _of_a_dict(name: str, items: dict[Any, Any]) -> str:
    """What to write instead of an attribute of a dict, as params and payloads are."""
    return f'an item of a dict is ["{name}"], or .get("{name}"); it has: {names_of(items)}'


def names_of(items: dict[Any, Any]) -> str:
    """The keys of a dict, for people."""
    return ", ".join(map(shown, list(items)[:12])) or "nothing"


def _of_params(error: KeyError) -> str | None:
    """What there is, where the params of an event, or of a URL, do not have what was asked of them."""
    at = _last(error)
    if at is None or not error.args:
        return None
    code = at.tb_frame.f_code
    name = code.co_varnames[2] if code.co_name == "mount" and code.co_argcount == 4 else "session"
    params, session = (at.tb_frame.f_locals.get(each) for each in ("params", name))
    if _is_dict(session) and _asks(at, name, error.args[0]) and error.args[0] not in session:
        return (
            f"{name} has: {names_of(session)}; a test gives it: live(View, session={{{error.args[0]!r}: …}}), and so do"
            " sim.live and sim.page"
        )
    line = linecache.getline(code.co_filename, at.tb_lineno)
    if not _is_dict(params) or error.args[0] in params or (line and "params" not in line):
        return None
    return f"params has: {names_of(params)}; what may be missing is read by .get({error.args[0]!r})"


def _asks(at: TracebackType, name: str, key: object) -> bool:
    """Whether the line asks a dict of that name for that key."""
    line = linecache.getline(at.tb_frame.f_code.co_filename, at.tb_lineno)
    return any(f"{name}[{quoted}]" in line for quoted in (repr(key), f'"{key}"'))


def _last(error: Exception) -> TracebackType | None:
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return at


def _called_so(error: TypeError) -> str | None:
    """How a function of the socket is called, where an argument does not fit."""
    if str(error).endswith("must be a mapping, not Assigns"):
        return (
            "assigns are no mapping: `socket.assign(assigns)` takes them as they are, `**dict(assigns)` by their names"
        )
    if _ITEM.fullmatch(str(error)) is not None:
        return "assigns are read as socket.assigns.name, and changed by returning socket.assign(name=…)"
    if str(error).endswith("object is not callable"):
        return _not_asked(error)
    if str(error).endswith("can't be used in 'await' expression"):
        return _awaited(error)
    said = _OF_A_CALL.match(str(error))
    if said is None:
        return None
    if said["owner"] == "Socket":
        method = getattr(Socket, said["name"], None)
        note = called_so(method, "socket.") if callable(method) else None
        named = "; an assign is named: socket.assign(count=5)" if said["name"] == "assign" else ""
        return None if note is None else note + named
    at = _last(error)
    return None if at is None or ours(at.tb_frame) else _of_ours(said["owner"], said["name"])


def _of_ours(owner: str | None, name: str) -> str | None:
    """How what the author called is called, if it is ours: a function of the facades, or a method of what they give."""
    facades = [vars(sys.modules[each]) for each in ("liveview_testing", "liveview_core") if each in sys.modules]
    for names in facades:
        if owner is None:
            found = names.get(name)
            if getattr(found, "__qualname__", None) == name and str(getattr(found, "__module__", "")).startswith(
                "liveview_"
            ):
                return f"it is called so: {name}{_taken(found, 0)}"
            continue
        for kind in [each for each in names.values() if isinstance(each, type)]:
            made_by = next((each for each in kind.__mro__ if each.__name__ == owner and name in vars(each)), None)
            if made_by is not None and made_by.__module__.startswith("liveview_"):
                method: Any = vars(made_by)[name]
                plain: Any = getattr(method, "method", None) or getattr(method, "__func__", None) or method
                first = 0 if hasattr(method, "__wrapped__") and isinstance(method, staticmethod) else 1
                return f"it is called so: {kind.__name__ if name == '__init__' else name}{_taken(plain, first)}"
    return None


def _taken(function: Any, first: int) -> str:
    """What a function takes, without types."""
    parameters = [*inspect.signature(function).parameters.values()][first:]
    plain = [each.replace(annotation=inspect.Parameter.empty) for each in parameters]
    shown_so = [each.replace(default=_Unsaid()) if type(each.default) is object else each for each in plain]
    return str(inspect.Signature(shown_so))


class _Unsaid:
    """A default that stands for none, which has no text of its own."""

    def __repr__(self) -> str:
        return "…"


def _not_asked(error: TypeError) -> str | None:
    """A fact of the socket that was called as if it were a question."""
    at = _last(error)
    if at is None:
        return None
    line = linecache.getline(at.tb_frame.f_code.co_filename, at.tb_lineno)
    found = _UNCALLED.search(line)
    if found is not None:
        return f"it is a fact, and no method: socket.{found[1]}, without the brackets"
    found = _FACT.search(line)
    return None if found is None else f"it is no method: {found[1]}, without the brackets"


def _awaited(error: TypeError) -> str | None:
    """What is awaited in Playwright's other dialect."""
    at = _last(error)
    line = "" if at is None else linecache.getline(at.tb_frame.f_code.co_filename, at.tb_lineno)
    if _AWAITED.search(line) is None:
        return None
    return "nothing is awaited: leave out `await`, and the `async` of the test; what takes time waits in simulated time"


def _misread(socket: Socket, name: str) -> str:
    """What to write instead of a name that a socket does not have. (A `__getattr__` there would cost every read of it.)"""
    if name in socket.assigns:
        return f"{name} is an assign: socket.assigns.{name}"
    if name in _NAMES:
        return f"a socket has no {name}: {_NAMES[name]}"
    near = nearest_names(name, (each for each in dir(Socket) if not each.startswith("_") and each not in _INNER))
    return f"the nearest that a socket has: {', '.join(near)}" if near else "assigns are read through socket.assigns"
