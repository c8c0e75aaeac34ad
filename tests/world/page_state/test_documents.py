"""The document around a page: the root layout, the title, and what a real browser is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from liveview_core import LiveSession, LiveView, Route, Router, heex
from liveview_testing import View, live


class Paged(LiveView):
    """A title that changes."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        socket = socket.assign(n=0)
        return socket.assign(page_title="First") if params.get("titled") else socket

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.assign(page_title=params.get("to"), n=1)

    render = heex("""<p>{@n}</p><svg><title>a picture</title></svg>""")


LAYOUT = heex("""
<!DOCTYPE html>
<html>
  <head>
    <.live_title prefix="P " suffix=" S" default="Default">{@page_title if "page_title" in assigns else None}</.live_title>
    <link rel="stylesheet" href="/app.css" />
    <script src="/app.js">let a = "<p>"</script>
  </head>
  <body class="root"><a href="/here">x</a>{@inner_content}<footer><img src="/logo.png" /></footer></body>
</html>
""")

PLAIN = heex("""<html><head><title>Fixed</title></head><body>{@inner_content}</body></html>""")

ROUTER = Router(
    [
        LiveSession("main", [Route("/", Paged), Route("/other", Paged)], root_layout=LAYOUT),
        LiveSession("plain", [Route("/plain", Paged)], root_layout=PLAIN),
        Route("/bare", Paged),
    ]
)


def page(path: str) -> View:
    return live(path, router=ROUTER)


def test_the_title_is_what_the_browser_makes_of_it() -> None:
    """Prefix, the title or the default, suffix (DF-31)."""
    view = page("/")
    assert view.page_title == "P Default S"
    view.render_click("t", {"to": "New & old"})
    assert view.page_title == "P New & old S"
    view.render_click("t", {"to": None})
    assert view.page_title == "P Default S"
    assert page("/?titled=1").page_title == "P First S"


def test_a_title_without_data() -> None:
    """Text of the head's own title until one is sent; an empty one changes nothing there (DF-31)."""
    view = page("/plain")
    assert view.page_title == "Fixed"
    view.render_click("t", {"to": "New"})
    assert view.page_title == "New"
    assert page("/bare").page_title is None


def test_the_document_follows_the_page() -> None:
    """What the layout gave stays, the container has the page as it is now, the title follows (LC-39)."""
    view = page("/")
    view.render_click("t", {"to": "a < b"})
    text = str(view.document)
    assert text.startswith("<!DOCTYPE html>")
    assert '<title data-prefix="P " data-default="Default" data-suffix=" S">P a &lt; b S</title>' in text
    assert '<body class="root"><a href="/here">x</a><div id="phx-1" data-phx-main' in text
    assert "<p>1</p><svg><title>a picture</title></svg></div><footer>" in text
    assert "<p>0</p>" not in text


def test_the_document_stays_with_live_navigation() -> None:
    """The root layout is not rendered again inside of a live session (RT-8)."""
    view = page("/?titled=1").live_redirect("/other")
    assert view.url == "/other"
    assert '<body class="root">' in str(view.document)


def test_without_a_root_layout_there_is_a_plain_document() -> None:
    """So that a page can be looked at."""
    assert str(page("/bare").document) == (
        '<!doctype html>\n<html><head><meta charset="utf-8"><title>phx-1</title></head><body>\n'
        "<p>0</p><svg><title>a picture</title></svg>\n</body></html>\n"
    )


def test_open_browser_shows_the_document() -> None:
    """Without scripts; what it loads comes from a folder, links stay (test-client.md 1.2)."""
    shown: list[str] = []
    page("/").open_browser(shown.append, assets="/srv/static/")
    file = Path(shown[0].removeprefix("file://"))
    text = file.read_text(encoding="utf-8")
    file.unlink()
    assert "<script" not in text
    assert 'href="/srv/static/app.css"' in text
    assert 'src="/srv/static/logo.png"' in text
    assert '<a href="/here">' in text
