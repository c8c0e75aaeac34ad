"""A timeline: new posts come in at the top, old ones fall off the end, and the author can take one back.

The posts are a stream: each view holds none of them. `at=0` puts a post first, `limit=3` keeps the first three on the page;
what was taken back is deleted by its id, wherever it stands, and nothing happens where it has already fallen off.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from liveview_core import LiveView, Route, Router, Socket, heex, to_form
from liveview_testing import Simulation, Step

LENGTH = 3
TOPIC = "timeline"


@frozen
class Post:
    """What somebody said."""

    id: str
    author: str
    text: str


@frozen
class Posted:
    """Somebody said something."""

    post: Post


@frozen
class TakenBack:
    """Somebody takes it back."""

    id: str


class TimelineLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return (
            socket.assign(me=session["name"], form=to_form({"text": ""}))
            .subscribe(TOPIC)
            .stream("posts", [], limit=LENGTH)
        )

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        me: str = socket.assigns.me
        match event, params:
            case "typing", _:
                return socket.assign(form=to_form(params))
            case "post", {"text": str(text)} if text.strip():
                post = Post(f"{me}-{socket.random.getrandbits(32):08x}", me, text.strip())
                return socket.assign(form=to_form({"text": ""})).broadcast(TOPIC, Posted(post))
            case "take_back", {"id": str(id)} if id.startswith(f"{me}-"):  # an event can be forged: only one's own
                return socket.broadcast(TOPIC, TakenBack(id))
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case Posted(post):
                return socket.stream_insert("posts", post, at=0, limit=LENGTH)
            case TakenBack(id):
                return socket.stream_delete_by_dom_id("posts", f"posts-{id}")
            case _:
                return socket

    render = heex("""
    <main>
      <.form for={@form} id="say" phx-change="typing" phx-submit="post">
        <input type="text" name="text" value={@form["text"].value} />
      </.form>
      <ol id="posts" phx-update="stream">
        <li :for={dom_id, post in @streams.posts} id={dom_id}>
          <b>{post.author}</b> {post.text}
          <button :if={post.author == @me} phx-click="take_back" phx-value-id={post.id}>take back</button>
        </li>
      </ol>
    </main>
    """)


ROUTER = Router([Route("/timeline", TimelineLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann and Ben post until the first post falls off; Ann takes one back."""
    ann, ben = (sim.live("/timeline", session={"name": name}) for name in ("Ann", "Ben"))
    ann.form("#say", {"text": "first"}).render_submit()
    ben.form("#say", {"text": "second"}).render_submit()
    yield Step("The latest is at the top", Ann=ann, Ben=ben)
    assert [item.text for item in ben.element("#posts").node.elements()] == ["Ben second take back", "Ann first"]

    ann.form("#say", {"text": "third"}).render_submit()
    ben.form("#say", {"text": "fourth"}).render_submit()
    yield Step("Three are kept: the first has fallen off, though nobody said so on the wire", Ben=ben)
    assert not ben.has_element("li", "first")

    ann.element("#posts button").render_click()
    yield Step("Ann takes hers back: one id goes over each wire", Ann=ann, Ben=ben)
    assert not ben.has_element("li", "third")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
