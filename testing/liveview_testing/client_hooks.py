"""Client hooks and uploaders in Python: stand-ins for an app's JavaScript, for what `phx-hook` names and for what sends files.

    class Chart(ClientHook):
        events = ("points",)

        def mounted(self, el):
            el.push_event("ready", {}, reply="drawn")

        def drawn(self, el, reply, ref):
            el.set_state(reply["points"])

        def handle_event(self, el, event, payload):
            el.set_state(payload["points"])

    sim = Simulation(hooks={"Chart": Chart})

What a script would listen to on the element, it hears: `dom_events = ("drop", "keydown", "chart:zoom")` names events of the DOM,
those that `JS.dispatch` makes among them, and `handle_dom_event(self, el, event)` is called with each.
`el.after(200, "method")` is its clock.

A hook's definition is shared by all elements that name it, and holds nothing; what it remembers of one element is `el.state`, a
value.
`InfiniteScroll`, `FocusWrap`, `LiveFileUpload` and `LiveImgPreview` are the ones that LiveView ships, and need not be given.

An uploader of the app, which sends files elsewhere:

    class S3(ExternalUploader):
        def start(self, uploads, response):
            for upload in uploads:
                upload.progress(0)
                upload.after(200, "half")

        def half(self, upload):
            upload.progress(50)
            upload.after(200, "rest")

        def rest(self, upload):
            upload.progress(100)

    sim = Simulation(uploaders={"S3": S3()})

The name is what the view's `external` function answers as `"uploader"`. An uploader is shared by all files that go there, and holds
nothing; what it remembers of one file is `upload.state`, a value, and what it waits for is on the simulated clock.
"""

from __future__ import annotations

import inspect
import warnings
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar

from liveview_core.errors import BadOption, nearest_names, shown
from liveview_core.tracebacks import shorten
from liveview_core.values.declaring import frozen
from liveview_core.values.in_place_changes import unchanging
from liveview_testing.browser.uploads import hooks as uploads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from liveview_testing.browser.lifecycle.hook_element import HeardEvent, HookElement
    from liveview_testing.browser.uploads.external import ExternalEntry

__all__ = [
    "BUILT_IN",
    "ClientHook",
    "ExternalUploader",
    "FocusWrap",
    "InfiniteScroll",
    "LiveFileUpload",
    "LiveImgPreview",
]


def _is_slip(name: str, callback: str) -> bool:
    """Whether a name is a callback's, but for a slip: `mount`, `update`, `destroy`, `handle_events`."""
    from liveview_testing.failures.close_matches import distance  # rarely

    stem = (callback.removesuffix("ed"), callback.removesuffix("d"))
    return name.removesuffix("s") == callback or name in stem or distance(name, callback) == 1


def _check_callbacks(cls: type[Any], base: type[Any], names: Iterable[str]) -> None:
    """What is called takes what it is called with, and is done when it is called: nobody awaits it."""
    for name in names:
        function = vars(cls).get(name)
        if not isinstance(function, FunctionType):
            continue
        wanted = inspect.signature(getattr(base, name))
        shape = f"def {name}({', '.join(wanted.parameters)})"
        if function.__code__.co_flags & (inspect.CO_COROUTINE | inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR):
            raise shorten(
                BadOption(
                    f"{cls.__qualname__}.{name} does nothing when it is called: nobody awaits it, or takes what it yields",
                    expected=f"a plain function, `{shape}`",
                    got=f"{'async ' if inspect.iscoroutinefunction(function) else ''}def {name} …",
                    cure="el.after(milliseconds, 'method') calls another method later",
                )
            )
        try:
            inspect.signature(function).bind(*wanted.parameters)
        except TypeError:
            raise shorten(
                BadOption(
                    f"{cls.__qualname__}.{name} does not take what it is called with",
                    expected=shape,
                    got=f"def {name}{inspect.signature(function)}",
                    cure=f"write `{shape}`; what it does not need it need not use",
                )
            ) from None


@unchanging(
    "el.set_state(…) remembers a value for this element, el.state reads it; what never changes is an attribute of the class",
    "a definition that holds nothing: all elements that name the hook share it",
)
@frozen
class ClientHook:
    """What a hook does when something happens to its element; every callback may be left out.

    Each is given the element first, which can be read, changed as a script would change it, and told to push events.
    """

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        known = [name for name in vars(ClientHook) if not name.startswith("_") and name not in ("events", "dom_events")]
        for name in [*vars(cls)]:
            if name.startswith("_") or name in known or not callable(vars(cls)[name]):
                continue
            same = [each for each in known if each.replace("_", "") == name.lower().replace("_", "")]
            near = same or [
                each for each in nearest_names(name, known) if each not in vars(cls) and _is_slip(name, each)
            ]
            if near:
                warnings.warn(
                    f"{cls.__qualname__}.{name} is no callback of a client hook, so the client never calls it\n"
                    f"  cure: call it {near[0]}, or by another name if it is a function of its own",
                    UserWarning,
                    stacklevel=2,
                )
        _check_callbacks(cls, ClientHook, known)
        for option in ("events", "dom_events"):
            given: object = getattr(cls, option)
            if isinstance(given, str):
                raise shorten(
                    BadOption(
                        f"{cls.__qualname__}.{option} is one text",
                        expected="the names of the events that it hears, as a tuple",
                        got=shown(given),
                        cure=f"{option} = ({given!r},)",
                    )
                )

    events: ClassVar[tuple[str, ...]] = ()
    """The names of the server's events that `handle_event` hears, from the moment at which the hook is mounted."""

    dom_events: ClassVar[tuple[str, ...]] = ()
    """The names of the events of the DOM that `handle_dom_event` hears, as they come to the element or up to it from inside."""

    def mounted(self, el: HookElement) -> None:
        """The element has come to the page, and its view has joined."""

    def before_update(self, el: HookElement) -> None:
        """A patch is about to change the element, or what is inside."""

    def updated(self, el: HookElement) -> None:
        """A patch has changed the element, or what is inside."""

    def destroyed(self, el: HookElement) -> None:
        """The element is gone, or its view."""

    def disconnected(self, el: HookElement) -> None:
        """The view has lost its connection."""

    def reconnected(self, el: HookElement) -> None:
        """The view has joined again."""

    def handle_event(self, el: HookElement, event: str, payload: Any) -> None:
        """The server has pushed an event that the hook listens to."""

    def handle_dom_event(self, el: HookElement, event: HeardEvent) -> None:
        """Something has happened to the element, or inside: what `addEventListener` would have been told."""

    def failed(self, el: HookElement, reason: Any) -> None:
        """A push was not answered, or with an error."""


@unchanging(
    "upload.set_state(…) remembers a value for this file, upload.state reads it; what never changes is an attribute of the class",
    "a definition that holds nothing: all files that go there share it",
)
@frozen
class ExternalUploader:
    """What the app's own uploader does with files that the server has accepted; only `start` must be given.

    Other methods are called by name: `upload.after(200, "rest")` calls `rest(upload)` 200 simulated milliseconds later.
    """

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        _check_callbacks(cls, ExternalUploader, ("start", "cancelled", "view_failed"))

    def start(self, uploads: Sequence[ExternalEntry], response: Mapping[str, Any]) -> None:
        """Files are to be sent: all that were accepted at once for this uploader, with the answer of the preflight."""
        raise NotImplementedError(f"{type(self).__name__}.start")

    def cancelled(self, upload: ExternalEntry) -> None:
        """A file is not to be sent any more: the server does not list it, or its view is gone."""

    def view_failed(self, upload: ExternalEntry) -> None:
        """The channel of the view has an error, while the file was being sent."""


@frozen
class FocusWrap(ClientHook):
    """Keeps Tab inside of its element: as it comes, the first element inside that can has the focus."""

    def mounted(self, el: HookElement) -> None:
        if el.is_visible and not el.has_focus_inside:
            el.focus_first()


@frozen
class InfiniteScroll(ClientHook):
    """Listens to scrolling for `phx-viewport-top` and `phx-viewport-bottom`: `locator.scroll_into_view_if_needed()` scrolls."""


@frozen
class LiveFileUpload(ClientHook):
    """Keeps a file input and the server's entries together."""

    def mounted(self, el: HookElement) -> None:
        el.js("ignore_attrs", {"attrs": ["value"]})
        el.set_state(uploads.seen(el.node))
        uploads.remove_required(el.opened[0], el.node)

    def updated(self, el: HookElement) -> None:
        reaction, number = el.opened
        el.set_state(uploads.updated(reaction, number, el.state))


@frozen
class LiveImgPreview(ClientHook):
    """Shows a chosen picture before it is sent."""

    def mounted(self, el: HookElement) -> None:
        el.set_attribute("src", uploads.preview_url(el.opened[0], el.node))


BUILT_IN: dict[str, ClientHook] = {
    "Phoenix.FocusWrap": FocusWrap(),
    "Phoenix.InfiniteScroll": InfiniteScroll(),
    "Phoenix.LiveFileUpload": LiveFileUpload(),
    "Phoenix.LiveImgPreview": LiveImgPreview(),
}
"""The hooks that LiveView ships, by the names that its components write."""
