"""One text is checked and that very text is written: subclasses of `str` whose methods say something else (ES-1, AT-10, NV-4)."""

from __future__ import annotations

import datetime
import json
from enum import Enum, IntEnum
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import JS, LiveComponent, LiveView, Reply, Route, Router, Socket, heex
from liveview_core.errors import LiveViewError
from liveview_core.protocol.destinations import checked_external, checked_path
from liveview_core.rendering.attributes import BadAttribute
from liveview_core.rendering.html import escape, plain, text
from liveview_core.rendering.js import NotData, encodable
from liveview_testing import Simulation

MARKUP = "\"'><script>x</script><img src=x onerror=y -->"


class Hostile(str):  # noqa: SLOT000 - as its subclasses, it has attributes
    """Its characters are one text; whatever else it is asked, it tells another."""

    said = MARKUP

    def __format__(self, spec: str) -> str:
        return self.said

    def __str__(self) -> str:
        return self.said

    def __repr__(self) -> str:
        return self.said

    def __contains__(self, item: object) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return hash("class")

    def __iter__(self) -> Any:
        return iter(self.said)

    def __getitem__(self, index: Any) -> str:
        return self.said[index]

    def _told(self, *_: Any, **__: Any) -> Any:
        return type(self)(self.said)

    def startswith(self, *_: Any) -> bool:
        return True

    def partition(self, *_: Any) -> Any:
        return (self.said, "", "")


for _name in ("replace", "lower", "upper", "strip", "join", "encode", "casefold", "translate", "isoformat", "geturl"):
    setattr(Hostile, _name, Hostile._told)  # pyright: ignore[reportPrivateUsage]


class Script(Hostile):
    said = "javascript:alert(1)"


class Kind(str, Enum):  # noqa: UP042 - as people write it, with a `__str__` of its own
    SAFE = "/safe"
    SCRIPT = "javascript:alert(1)"

    def __str__(self) -> str:
        return "https://example.com"

    def __format__(self, spec: str) -> str:
        return "https://example.com"


CONTEXTS = {
    "text": "<p>{@x}</p>",
    "list": "<p>{[@x, [@x]]}</p>",
    "field": '<p>{f"{@x}"}</p>',
    "conversion": '<p>{f"{@x!r}"}</p>',
    "format": '<p>{f"{@x:>3}"}</p>',
    "attribute": "<p title={@x}></p>",
    "attribute field": '<p title={f"a{@x}{@x!s}"}></p>',
    "sum": '<p title={"a" + @x}></p>',
    "class": "<p class={@x}></p>",
    "classes": '<p class={["a", @x, [@x]]}></p>',
    "class field": '<p class={f"{@x!s}"}></p>',
    "style": "<p style={@x}></p>",
    "data": '<p data={[("k", @x)]} aria={{"k": @x}}></p>',
    "spread": '<p {{"title": @x, "class": @x, "style": @x, "data": {"a": @x}}} {dict(role=@x, id="i")}></p>',
    "comment": "<p><!-- <%= @x %> --></p>",
    "argument": '<.dynamic_tag tag_name="p" title={@x} class={f"{@x}"}>{@x}</.dynamic_tag>',
    "title": "<.live_title prefix={@x}>{@x}</.live_title>",
    "command": "<p phx-click={JS.push(@x, value={'v': @x})}></p>",
}
NAMES = {
    "name": "<p {{@x: 1}}></p>",
    "pair": "<p {[(@x, 1)]}></p>",
    "flag": "<p {{@x: True}}></p>",
    "data name": "<p data={{@x: 1}}></p>",
    "nested name": "<p {dict(phx={'value': {@x: 1}})}></p>",
    "tag": "<.dynamic_tag tag_name={@x}>k</.dynamic_tag>",
    "void tag": "<.dynamic_tag tag_name={@x} />",
    "rest": '<.dynamic_tag tag_name="p" {{@x: 1}} />',
    "portal": '<.portal id="a" target="#b" container={@x}>k</.portal>',
}
LINKS = {
    "href": "<.link href={@x}>k</.link>",
    "method": '<.link href={@x} method="delete">k</.link>',
    "navigate": "<.link navigate={@x}>k</.link>",
    "patch": "<.link patch={@x}>k</.link>",
    "JS.navigate": "<p phx-click={JS.navigate(@x)}></p>",
    "JS.patch": "<p phx-click={JS.patch(@x)}></p>",
}


class Tags(HTMLParser):
    """The tags and the attributes of a page, as a browser finds them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []
        self.values: list[str] = []
        self.comments = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [name for name, _ in attrs]))
        self.values += [value or "" for _, value in attrs]

    def handle_comment(self, data: str) -> None:
        self.comments += 1


def shape(page: str) -> object:
    tags = Tags(page)
    return tags.found, tags.comments


def shown(source: str, value: Any) -> str:
    return text(heex(source)(x=value))


TEXTS = st.one_of(st.text(max_size=8), st.sampled_from([MARKUP, "a", "-->", "/x", "javascript:x"]))


@pytest.mark.parametrize("context", CONTEXTS)
@given(real=TEXTS, said=TEXTS)
def test_no_value_leaves_its_place(context: str, real: str, said: str) -> None:
    """Whatever the methods of a value say, the page has the tags and attributes that are written."""

    class Saying(Hostile):
        pass

    Saying.said = said
    template = TEMPLATES[context]
    assert shape(text(template(x=Saying(real)))) == shape(text(template(x="plain")))


TEMPLATES = {name: heex(source) for name, source in CONTEXTS.items()}


@pytest.mark.parametrize(
    "context", [name for name in CONTEXTS if name not in ("conversion", "format", "attribute field", "class field")]
)
def test_what_is_written_is_the_text_itself(context: str) -> None:
    """Not what `__str__` or `__format__` give; where Python formats, it is escaped."""
    assert shown(CONTEXTS[context], Hostile("real")) == shown(CONTEXTS[context], "real")


@pytest.mark.parametrize("context", NAMES)
@pytest.mark.parametrize("name", ["a b", 'a"', "a>b", "a/b", "a=b", "<a"])
def test_names_are_checked(context: str, name: str) -> None:
    """A name that is good is written as it is; a bad one is refused, whatever it says to the checks."""

    class Saying(Hostile):
        said = "fine"

    assert shown(NAMES[context], Hostile("xyz")) == shown(NAMES[context], "xyz")
    if not (name == "<a" and "tag_name={" not in NAMES[context] and "container" not in NAMES[context]):
        with pytest.raises(LiveViewError):
            shown(NAMES[context], Saying(name))
    with pytest.raises(BadAttribute):
        shown("<p {{@x: 1}}></p>", Saying("a b"))


@pytest.mark.parametrize("context", LINKS)
def test_destinations_are_checked(context: str) -> None:
    """What the link has is what was checked."""

    class Safely(Hostile):
        said = "/fine"

    refused: list[str] = [Safely("javascript:alert(1)"), Kind.SCRIPT]
    for value in refused:
        with pytest.raises(LiveViewError):
            shown(LINKS[context], value)
    taken: list[str] = [Script("/safe"), Kind.SAFE]
    for value in taken:
        assert shown(LINKS[context], value) == shown(LINKS[context], "/safe")


def test_markup_of_a_link_is_what_was_checked() -> None:
    """A type with `__html__`: not its `str`, and not the entities but what they mean."""

    class Markup(str):
        __slots__ = ()

        def __html__(self) -> str:
            return "javascript:alert(1)"

    class Entities:
        def __html__(self) -> str:
            return "java&#115;cript:alert(1)"

        def __str__(self) -> str:
            return "/fine"

    for value in (Markup("/fine"), Entities()):
        with pytest.raises(LiveViewError, match="unsupported scheme 'javascript'"):
            shown(LINKS["href"], value)


def test_texts_of_the_library_are_exact() -> None:
    """The functions that check and escape return plain text."""
    for found in (escape(Hostile("<")), plain(Hostile("<")), text(Hostile("<")), checked_path(Hostile("/a"), "x")):
        assert type(found) is str
    assert escape(Hostile("<")) == "&lt;"
    assert type(checked_external(Script("/a"), "x")) is str
    assert checked_external((Script("tel"), Hostile("1")), "x") == "tel:1"
    assert JS.navigate(Script("/a")).ops[0][1]["href"].__class__ is str


# --- what travels ---------------------------------------------------------------------------------------------------------


class Told(Hostile):
    said = "another"


class One(IntEnum):
    ONE = 1


class Part(LiveComponent):
    render = heex("<i id={@id}>{@v}</i>")


class Child(LiveView):
    render = heex("<u>c</u>")


class Teller(LiveView):
    """Gives such texts and numbers wherever one can be given."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        socket = socket.assign(x=Told("x"), n=One.ONE, page_title=Told("title")).put_flash("info", Told("hello"))
        socket = socket.stream_configure("rows", dom_id=lambda row: Told(f"rows-{row}")).stream("rows", [1])
        return socket.allow_upload("up", accept=[Told(".png"), Told("image/*")])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        told: Any = {Told("k"): [Told("v"), One.ONE, Kind.SAFE, {One.ONE: datetime.date(2026, 2, 3)}]}
        match event:
            case "reply":
                return Reply(socket.push_event(Told("ev"), told), told)
            case "stream":
                socket = socket.stream("rows", [2], at=One.ONE, limit=One.ONE, update_only=True)
                return socket.stream_delete_by_dom_id("rows", Told("rows-1")).assign(
                    page_title=Told("t"), x=Told("<y>")
                )
            case "external":
                return socket.redirect(external=(Told("tel"), Told("1")))
            case to:
                return getattr(socket, to)(Told("/b"))

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket

    render = heex("""
    <p id={@x} data-n={@n}>{@x}{@flash.get("info")}</p>
    <ul id="rows" phx-update="stream"><li :for={id, row in @streams.rows} id={id}>{row}</li></ul>
    <.live_file_input upload={@uploads.up} /><.live_component module={Part} id={Told("part")} v={@x} />
    {live_render(@socket, Child, id=Told("child"), container=(Told("section"), {Told("class"): @x}))}
    <.portal id={Told("po")} target={Told("#t")}>p</.portal><.focus_wrap id={Told("fw")}>k</.focus_wrap>
    <button phx-click={JS.push(@x, value={@x: @x}, target=@x, loading=@x).show(to=@x, transition=(@x, @x, @x), display=@x)
      .dispatch(@x, to=("inner", @x), detail={@x: @x}).add_class(@x).set_attribute((@x, @x)).remove_attribute(@x)
      .toggle_attribute((@x, @x, @x)).ignore_attributes([@x]).exec(@x).focus(to=("document", @x)).transition(@x)}>z</button>
    """)


def inexact(value: Any) -> list[Any]:
    """What of a payload is no plain JSON data."""
    if type(value) is dict:
        return [found for pair in value.items() for each in pair for found in inexact(each)]
    if type(value) in (list, tuple):
        return [found for each in value for found in inexact(each)]
    return [] if type(value) in (str, int, float, bool, type(None)) else [value]


@pytest.mark.parametrize("event", ["reply", "stream", "external", "push_patch", "push_navigate", "redirect"])
def test_what_travels_is_exact(event: str) -> None:
    """Every text of every frame is the text itself, and every number a number."""
    router = Router([Route("/", Teller, container=(Told("main"), {Told("class"): Told("c")})), Route("/b", Teller)])
    view = Simulation(router).live("/")
    view.render_hook(event)
    for frame in view.wire:
        assert inexact(frame.payload) == []
        assert "another" not in json.dumps(frame.payload)
    assert "another" not in str(Simulation(router).live("/").render())


def test_numbers_of_thousands_of_digits_do_not_travel() -> None:
    """Python gives them no text."""
    for value in (10**5000, [-(10**5000)], {10**5000: 1}):
        with pytest.raises(NotData):
            encodable(value)
    assert encodable(10**4000) == 10**4000
