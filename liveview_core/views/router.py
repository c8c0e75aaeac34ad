"""The router: which view a path shows, in which live session, with which params.

Law: the first route that matches wins; path params win over the query's. A router is a value that knows nothing of the
web: it answers questions about URLs.
"""  # NV-13

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeAlias, cast
from urllib.parse import quote, urlencode

from attrs import field

from liveview_core.errors import LiveViewError, NavigationError, NotMounted, nearest_names, shown
from liveview_core.protocol.params import Params, decode, unquoted
from liveview_core.socket.hooks import UNSET
from liveview_core.tracebacks import told_made
from liveview_core.values.declaring import frozen
from liveview_core.values.frozen import maker
from liveview_core.values.in_place_changes import unchanging
from liveview_core.values.patterns import late_pattern
from liveview_core.views.route_paths import BadRoute, Segment, segments_of
from liveview_core.views.urls import full_uri, taken_apart
from liveview_core.views.view import LiveView, as_view, checked_on_mount, name_of, on_mount_hooks

__all__ = [
    "BadRoute",
    "LiveSession",
    "Match",
    "NoRoute",
    "Route",
    "Router",
    "patch_target",
]


class NoRoute(LiveViewError, LookupError):
    """No route matches the path."""


_TAG = late_pattern(r"[A-Za-z][^\s/>]*")


@told_made
@unchanging("attrs.evolve(value, {name}=…) makes another")
@frozen
class Route:
    """A path and the view that it shows: `Route("/chat/:room", ChatLive, action="show")`.

    `:name` is a param of one segment (also after a prefix, `page-:number`), a last `*name` takes the rest as a list. *container*
    is `(tag, attributes)` of the view's element; *metadata* is the user's own.
    """  # RT-1

    path: str
    view: Any = field(converter=as_view)  # pyright: ignore[reportUnknownVariableType]
    action: str | None = field(default=None, kw_only=True)
    container: tuple[str, Mapping[str, str]] | None = field(default=None, kw_only=True)
    metadata: Mapping[str, Any] = field(factory=dict[str, Any], kw_only=True)
    segments: tuple[Segment, ...] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.view, LiveView):
            raise BadRoute(
                f"the route {self.path!r} shows no view",
                expected="a LiveView, class or object",
                got=shown(self.view),
                cure=f"the path comes first: Route({shown(self.view)}, {getattr(self.path, '__name__', 'ChatLive')})"
                if isinstance(self.view, str) and not isinstance(self.path, str)  # pyright: ignore[reportUnnecessaryIsInstance]
                else f"Route({self.path!r}, ChatLive)",
            )
        if self.action is not None and not isinstance(self.action, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadRoute(f"the action of the route {self.path!r} is wrong", expected="a str", got=shown(self.action))
        match self.container:
            case None:
                pass
            case (str(tag), Mapping()) if _TAG.fullmatch(tag):
                pass
            case _:  # pyright: ignore[reportUnnecessaryComparison]
                raise BadRoute(
                    f"the container of the route {self.path!r} is wrong",
                    expected="(tag, {attribute: value})",
                    got=shown(self.container),
                )
        if not isinstance(self.metadata, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadRoute(  # RT-2
                f"the metadata of the route {self.path!r} is wrong",
                expected="a mapping",
                got=shown(self.metadata),
                cure=f"Route({self.path!r}, …, metadata={{'menu': …}})",
            )
        object.__setattr__(self, "segments", segments_of(self.path))

    def match(self, parts: list[str]) -> Params | None:
        """The path params, if the decoded segments *parts* are of this route."""
        params: Params = {}
        position = 0
        for segment in self.segments:
            if segment.glob and segment.name is not None:
                rest = parts[position:]
                if segment.text:
                    if not rest or not rest[0].startswith(segment.text):
                        return None
                    rest = [rest[0][len(segment.text) :], *rest[1:]]
                params[segment.name] = rest
                return params
            if position == len(parts):
                return None
            part = parts[position]
            if segment.name is None:
                if part != segment.text:
                    return None
            elif not part.startswith(segment.text) or part == segment.text:
                return None
            else:
                params[segment.name] = part[len(segment.text) :]
            position += 1
        return params if position == len(parts) else None


SessionSource: TypeAlias = "Mapping[str, Any] | Callable[[Mapping[str, Any]], Mapping[str, Any]]"
"""What a live session adds to the session: a mapping, or a function of the connection's session."""  # RT-7


def _routes(given: Iterable[Route]) -> tuple[Route, ...]:
    if not isinstance(given, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadRoute("a live session takes routes", expected="a list of Route(…)", got=shown(given))
    return tuple(given)


def _hooks(given: Callable[..., Any] | Iterable[Callable[..., Any]]) -> tuple[Callable[..., Any], ...]:
    # What is no hook is refused below, by its owner's name.
    return tuple(given) if isinstance(given, Iterable) else (given,)  # pyright: ignore[reportUnknownArgumentType]


@told_made
@unchanging("attrs.evolve(value, {name}=…) makes another")
@frozen
class LiveSession:
    """Routes that share on_mount hooks, a layout and extra session values; live navigation stays inside one."""  # RT-4, RT-8

    name: str
    routes: tuple[Route, ...] = field(converter=_routes)
    on_mount: tuple[Callable[..., Any], ...] = field(default=(), converter=_hooks, kw_only=True)
    session: SessionSource = field(factory=dict[str, Any], kw_only=True)
    layout: Any = field(default=UNSET, kw_only=True)
    root_layout: Any = field(default=UNSET, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadRoute("a live session needs a name", expected="a str", got=shown(self.name))
        for route in self.routes:
            if isinstance(route, LiveSession):
                raise BadRoute(
                    f"the live session {route.name!r} stands inside {self.name!r}",
                    expected="routes only",
                    cure="live sessions cannot be nested: put them side by side in the router",
                )
            if not isinstance(route, Route):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise BadRoute(f"the live session {self.name!r} takes routes", expected="Route(…)", got=shown(route))
        for option in ("layout", "root_layout"):
            value = getattr(self, option)
            if value is not UNSET and value is not False and not callable(value):
                raise BadRoute(
                    f"the {option} of the live session {self.name!r} is wrong",
                    expected="a template, or False for none",
                    got=shown(value),
                )
        if not callable(self.session):
            _checked_session(self.session, self.name)
        object.__setattr__(self, "on_mount", checked_on_mount(self.on_mount, f"the live session {self.name!r}"))

    def extra(self, session: Mapping[str, Any]) -> dict[str, Any]:
        """What this live session adds to the connection's *session*; it wins over it."""  # LC-2, LC-3
        given = self.session(session) if callable(self.session) else self.session
        return _checked_session(given, self.name)


def _checked_session(given: Any, name: str) -> dict[str, Any]:
    if type(given) is dict and not given:  # nearly always
        return {}
    if not isinstance(given, Mapping) or not all(isinstance(key, str) for key in given):  # pyright: ignore[reportUnknownVariableType]
        raise BadRoute(
            f"the session of the live session {name!r} is wrong",
            expected="a mapping with str keys, or a function that gives one",
            got=shown(given),  # pyright: ignore[reportUnknownArgumentType]
        )
    return dict(given)  # pyright: ignore[reportUnknownArgumentType]


@unchanging("attrs.evolve(value, {name}=…) makes another")
@frozen(weakref_slot=False)
class Match:
    """What a URL leads to: the route, its live session, the params of path and query together."""  # NV-13

    route: Route
    live_session: LiveSession
    params: Params
    uri: str

    @property
    def view(self) -> Any:
        """The view of the route."""
        return self.route.view

    @property
    def action(self) -> str | None:
        """The route's action: `@live_action`."""
        return self.route.action

    @property
    def on_mount(self) -> tuple[Callable[..., Any], ...]:
        """The hooks before `mount`: the live session's, then the view's own."""  # LC-20
        return (*self.live_session.on_mount, *on_mount_hooks(self.view))

    def same_root(self, view: Any, live_session: str | None) -> bool:
        """Whether a patch may lead here from *view* in *live_session*."""  # NV-12
        return self.view == view and self.live_session.name == (live_session or "default")


_make_match: Callable[..., Match] = maker(Match)


def _entries(given: Iterable[Route | LiveSession]) -> tuple[Route | LiveSession, ...]:
    if not isinstance(given, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadRoute(
            "a router takes routes",
            expected="a list of Route(…) and LiveSession(…)",
            got=shown(given),
            cure="Router([…])",
        )
    return tuple(given)


@told_made
@unchanging("attrs.evolve(value, {name}=…) makes another")
@frozen
class Router:
    """Routes and live sessions, in the order they are tried.

    >>> from liveview_core.views.view import LiveView
    >>> router = Router([Route("/chat/:room", LiveView, action="show")])
    >>> found = router.match("http://localhost/chat/tea?page=2")
    >>> found.params, found.action
    ({'page': '2', 'room': 'tea'}, 'show')
    """

    entries: tuple[Route | LiveSession, ...] = field(converter=_entries)
    table: tuple[tuple[Route, LiveSession], ...] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        loose = [entry for entry in self.entries if isinstance(entry, Route)]
        default = LiveSession("default", loose)  # RT-6
        table: list[tuple[Route, LiveSession]] = []
        seen = {"default"} if loose else set[str]()
        for entry in self.entries:
            match entry:
                case Route():
                    table.append((entry, default))
                case LiveSession(name, routes):
                    if name in seen:
                        raise BadRoute(
                            f"the live session {name!r} is declared twice",
                            expected="each live session once"
                            + ("; 'default' is that of the routes outside any" if name == "default" else ""),
                            cure="put all its routes into one LiveSession",
                        )
                    seen.add(name)
                    table.extend((route, entry) for route in routes)
                case _:  # pyright: ignore[reportUnnecessaryComparison]
                    raise BadRoute(
                        "a router takes routes",
                        expected="Route(…) or LiveSession(…)",
                        got=shown(entry),
                        cure=f"Router([Route({shown(entry) if isinstance(entry, str) else repr('/path')}, ChatLive)])",
                    )
        object.__setattr__(self, "table", tuple(table))

    def match(self, url: str) -> Match | None:
        """Where a URL, or a path, leads; None if nowhere."""
        split = taken_apart(url)
        return self.match_path(split.path, split.query, url)

    def match_path(self, path: str, query: str, uri: str) -> Match | None:
        """Where *path* with *query* leads; *uri* is what `handle_params` is told."""
        parts = [unquoted(part, plus=False) for part in path.split("/") if part]
        for route, live_session in self.table:
            params = route.match(parts)
            if params is not None:
                return _make_match(route, live_session, {**decode(query), **params} if query else params, uri)
        return None

    def resolve(self, url: str) -> Match:
        """Where a URL, or a path, leads; or an error that names the routes."""
        return self.match(url) or self._unknown(url)

    def navigation_type(self, to: str, view: Any, live_session: str) -> Literal["patch", "navigate", "href"]:
        """How a link to *to* goes from *view* in *live_session*: a patch, live navigation, or a page load."""  # NV-21
        match = self.match(to)
        if match is None or match.live_session.name != live_session:
            return "href"
        return "patch" if match.same_root(view, live_session) else "navigate"

    def path(self, view: Any, action: str | None = None, /, **params: Any) -> str:
        """The path of a view: `router.path(ChatLive, "show", room="tea", page=2)`; what is no path param is the query.

        >>> from liveview_core.views.view import LiveView
        >>> Router([Route("/chat/:room", LiveView)]).path(LiveView, room="a/b", page=2)
        '/chat/a%2Fb?page=2'
        """
        wanted = view if isinstance(view, type) else type(view)
        for route, _ in self.table:
            names = {segment.name for segment in route.segments if segment.name}
            if type(route.view) is wanted and route.action == action and names <= params.keys():
                query = {key: value for key, value in params.items() if key not in names}
                try:
                    path = "/" + "/".join(_written(segment, params) for segment in route.segments)
                    return f"{path}?{urlencode(query, doseq=True)}" if query else path
                except UnicodeEncodeError:
                    what = f"a path of {name_of(wanted)} with text that no URL can have: half a surrogate pair"
                    raise NavigationError(what, expected="whole characters", got=shown(params)) from None
        raise NoRoute(
            f"no route shows {name_of(wanted)} with the action {shown(action)} and the params {', '.join(params) or '(none)'}",
            expected="one of: "
            + (", ".join(f"{route.path} ({name_of(route.view)})" for route, _ in self.table) or "(none)"),
        )

    def _unknown(self, url: str) -> Match:
        paths = [route.path for route, _ in self.table]
        path = taken_apart(url).path
        raise NoRoute(
            f"no route matches {path!r}",
            expected=f"one of: {', '.join(paths) or '(this router is empty)'}",
            got=shown(url),
            cure=f"add Route({path!r}, …) to the router",
            nearest=nearest_names(path, paths),
        )


def _written(segment: Segment, params: Mapping[str, Any]) -> str:
    if segment.name is None:
        return quote(segment.text)
    value: Any = params[segment.name]
    if not segment.glob:
        return segment.text + quote(str(value), safe="")
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise NavigationError(
            f"the param {segment.name} of a path is all that is left of it",
            expected="a list of what stands between its slashes",
            got=shown(value),
            cure=f"{segment.name}={shown(value.strip('/').split('/') if isinstance(value, str) else [value])}",
        )
    return segment.text + "/".join(quote(str(each), safe="") for each in cast("Iterable[object]", value))


# --- patches ---------------------------------------------------------------------------------------------------------------


def patch_target(router: Router | None, page: str | None, to: str, view: Any, live_session: str | None) -> Match:
    """Where a patch to *to* leads, from the page's URL, root view and live session; elsewhere is an error."""  # NV-12, NV-13
    if router is None or page is None:
        raise NotMounted(
            f"cannot push_patch({to!r}): {name_of(view)} is not mounted at the router",
            cure="mount it with a Route, or use redirect",
        )
    path, *rest = re.split("[?#]", to, maxsplit=2)  # NV-13: without a query, what follows `#` is taken for one
    match = router.match_path(path, rest[0] if rest else "", full_uri(page, to))
    if match is None:
        raise NavigationError(
            f"cannot invoke handle_params nor navigate/patch to {to!r}: it is not defined in the router",
            expected="one of: " + ", ".join(route.path for route, _ in router.table),
            got=shown(to),
            cure=f"add Route({path!r}, …) to the router{'' if router.table[1:] else '; a view opened without one has “/” alone'}",
            nearest=nearest_names(path, [route.path for route, _ in router.table]),
        )
    if not match.same_root(view, live_session):
        where = "" if match.view != view else f" in the live session {match.live_session.name!r}"
        raise NavigationError(
            f"cannot push_patch to {to!r}: the path does not point to the current root view",
            expected=f"a path of {name_of(view)}" + (f" in the live session {live_session!r}" if where else ""),
            got=f"{match.route.path} shows {name_of(match.view)}{where}",
            # Live navigation stays inside a live session (RT-8).
            cure=f"socket.{'redirect' if where else 'push_navigate'}({to!r})",
        )
    return match
