"""What a test gives to act with: selectors, texts, names of events, values. Checked where it is given.

Law: what cannot mean anything is refused before anything is looked up or sent, and what is sent is data of its own: the test may
change its original afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from inspect import Parameter, Signature, signature
from typing import Any, cast

from liveview_core.errors import BadOption, nearest_names, shown, spelled
from liveview_core.rendering.js import NotData, encodable
from liveview_core.tracebacks import told
from liveview_core.views.router import Router


def called_so(method: Callable[..., Any], owner: str = "") -> str:
    """How a method is called, without itself and without types: for an error that says that the arguments do not fit."""
    taken = [each.replace(annotation=Parameter.empty) for each in signature(method).parameters.values()]
    return f"it is called so: {owner}{method.__name__}{Signature(taken[1:])}"


@told
def description(selector: object, text: object = None, data: object = None) -> None:
    """A selector, the text that the element must have, and what is filled into the form. Raises `BadOption`."""
    if not isinstance(selector, str):
        raise BadOption(
            "an element is described by a selector",
            expected="a str such as '#save' or 'form button'",
            got=shown(selector),
            cure="view.element('#save'), view.element('button', 'Save')",
        )
    if text is not None and not isinstance(text, (str, re.Pattern)):
        raise BadOption(
            f"the text of {selector!r} cannot be compared",
            expected="a str that the element's text contains, or a compiled pattern",
            got=shown(text),
            cure=f"str(…), or re.compile(…): view.has_element({selector!r}, {spelled(text)!r})",
        )
    finite(data)
    if data is not None and not isinstance(data, Mapping):
        raise BadOption(
            f"what is filled into {selector!r} is not a mapping",
            expected="the names of fields, each with its value; nested as the names are",
            got=shown(data),
            cure=f"view.form({selector!r}, {{'user': {{'name': 'Ann'}}}})",
        )


def event_name(event: object) -> None:
    """The name of an event. Raises `BadOption`."""
    if not isinstance(event, str):
        raise BadOption(
            "an event is called by its name",
            expected="a str, as in phx-click",
            got=shown(event),
            cure="view.render_click('save', {'id': '1'})",
        )


def topic(given: object) -> None:
    """What is broadcast to. Raises `BadOption`."""
    if not isinstance(given, str):
        raise BadOption("a topic is a str", expected="what a view subscribes to", got=shown(given))


def destination(to: object) -> None:
    """Where a view was sent, or anywhere. Raises `BadOption`."""
    if to is not None and not isinstance(to, str):
        raise BadOption("a destination is a path or a URL", expected="a str, or nothing for any", got=shown(to))


def address(to: object, method: str) -> str:
    """Where a browser is to go. Raises `BadOption`."""
    if isinstance(to, str):
        return to
    raise BadOption(
        f"{method} goes to a path or a URL", expected="a str", got=shown(to), cure=f"view.{method}('/users?page=2')"
    )


def fields(value: object) -> None:
    """The fields that a form's event sends, unchecked. Raises `BadOption`."""
    if value is not None and not isinstance(value, Mapping):
        raise _no_fields("what a form's event sends", value, "render_submit")


def files(value: object) -> None:
    """The files that a change chooses. Raises `BadOption`."""
    if not hasattr(value, "change_in"):  # a FileInput; its module imports the one that asks
        raise _no_fields("what changes a form", value, "render_change")


def _no_fields(what: str, value: object, method: str) -> BadOption:
    return BadOption(
        f"{what} is not a mapping",
        expected="the names of fields, each with its value; nested as the names are"
        + (", or a file_input(…)" if method == "render_change" else ""),
        got=shown(value),
        cure=f"{method}({{'user': {{'name': 'Ann'}}}})",
    )


def values(value: object, event: str | None = None) -> dict[str, Any]:
    """The values of an event; none given is none. Raises `BadOption`."""
    of = "an event" if event is None else f"the event {event!r}"
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise BadOption(
            f"the value of {of} is not a mapping",
            expected="a dict of JSON data",
            got=shown(value),
            cure="{'value': …}",
        )
    sent: dict[str, Any] = data(value, f"the value of {of}")
    return sent


def data(value: Any, what: str = "what an event sends") -> Any:
    """The same as a client sends it, of its own. Raises `NotData`: what is no JSON no client can send."""  # PE-7
    return encodable(value, what)


def finite(value: object) -> None:
    """What is sent has an end. Raises `BadOption`."""
    if isinstance(value, (Mapping, list, tuple)):
        payload(value)


def endless(value: object) -> BadOption:
    """What is said of a value that contains itself, or nests as if it did."""
    return BadOption(
        "a value contains itself, or nests too deep to be sent",
        expected="JSON data",
        got=type(value).__name__,
        cure="send a part of it, by value",
    )


def payload(expected: Any) -> Any:
    """What a test expects to have been pushed or replied, as it travels: tuples are lists, dates text. `ANY` stays."""
    try:
        return _payload(expected)
    except RecursionError:
        raise endless(expected) from None


def _payload(expected: Any) -> Any:
    whole = expected
    match expected:
        case Mapping():
            return {str(key) if type(key) is int else key: _payload(each) for key, each in whole.items()}
        case list() | tuple():
            return [_payload(each) for each in whole]
        case _:
            try:
                return encodable(expected)
            except NotData:
                return expected  # no JSON: equal to nothing that was sent, unless it says so itself


def choice(option: str, value: object, *allowed: str) -> None:
    """An option that is one of a few words. Raises `BadOption`."""
    if value not in allowed:
        words = " or ".join(map(repr, allowed))
        near = nearest_names(value, allowed)
        raise BadOption(
            f"the option {option} is wrong",
            expected=words,
            got=shown(value),
            cure=f"{option}={allowed[0]!r}",
            nearest=near,
        )


def mappings(**options: object) -> None:
    """Options that are mappings of names, or are not given. Raises `BadOption`."""
    for option, value in options.items():
        if value is None:
            continue
        cure = f"{option}={{'name': 'Ann'}}"
        if not isinstance(value, Mapping):
            raise BadOption(f"the option {option} is no mapping", expected="a dict", got=shown(value), cure=cure)
        wrong = next((key for key in cast("Mapping[object, object]", value) if not isinstance(key, str)), None)
        if wrong is not None:
            raise BadOption(
                f"the option {option} has a key that is no text", expected="str keys", got=shown(wrong), cure=cure
            )
        if option == "connect_params":  # the client sends them; all others stay where the server is
            data(value, option)


def routes(router: object) -> None:
    """A router, or none. Raises `BadOption`."""
    if router is not None and not isinstance(router, Router):
        raise BadOption(
            "paths are resolved by a router",
            expected="a Router",
            got=shown(router),
            cure='Router([Route("/chat/:room", ChatLive)])',
        )


_HOST = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?", re.ASCII)


def host(given: object) -> None:
    """Where the simulated server is. Raises `BadOption`."""
    if not isinstance(given, str) or _HOST.fullmatch(given) is None:
        raise BadOption(
            "the host is where every URL of the simulated server begins",
            expected="http:// or https://, a name in small letters, a port if it needs one; no path",
            got=shown(given),
            cure='Simulation(host="https://shop.test")',
        )


def path(given: str) -> None:
    """A path on the simulated host. Raises `BadOption`."""
    if not given.startswith("/") or given.startswith("//"):
        raise BadOption(
            f"{given!r} is no path",
            expected="a str that begins with one '/'",
            got=shown(given),
            cure=f"/{given.split('://')[-1].partition('/')[2] if '://' in given else given.strip().lstrip('/')}",
        )


__all__ = [
    "choice",
    "data",
    "description",
    "destination",
    "endless",
    "event_name",
    "fields",
    "files",
    "finite",
    "mappings",
    "path",
    "payload",
    "routes",
    "topic",
    "values",
]
