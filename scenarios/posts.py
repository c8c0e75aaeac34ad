"""Posts: sorting is a patch, reading one is navigation.

What the page shows is a function of its URL: a URL without `sort` is the default order, also when one comes back to it. Sorting
again moves the entries that are there (`:key`), it sends none of them a second time. A post is another view of the same
live session: it is reached without loading a page, and its view starts anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from attrs import frozen

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step


@frozen
class Post:
    """Something somebody wrote."""

    id: int
    title: str
    date: str
    body: str


POSTS = (
    Post(1, "Sourdough for beginners", "2026-03-01", "Take your time."),
    Post(2, "A walk by the river", "2026-05-17", "Take an umbrella."),
    Post(3, "Mending a chair", "2026-01-09", "Take some glue."),
)

ORDERS: dict[str, Callable[[Post], Any]] = {"date": lambda post: post.date, "title": lambda post: post.title}
DEFAULT = "date"


class PostsLive(LiveView):
    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        sort = params.get("sort", DEFAULT)
        if sort not in ORDERS:  # what a URL says is anybody's idea
            sort = DEFAULT
        return socket.assign(sort=sort, posts=sorted(POSTS, key=ORDERS[sort]), page_title=f"Posts by {sort}")

    render = heex("""
    <main>
      <nav>
        <.link
          :for={order in ORDERS}
          id={f"by-{order}"}
          patch={"/posts" if order == DEFAULT else f"/posts?sort={order}"}
          aria-current={"true" if order == @sort else None}
        >{order}</.link>
      </nav>
      <ul>
        <li :for={post in @posts} :key={post.id}>
          <.link navigate={f"/posts/{post.id}"}>{post.title}</.link> <time>{post.date}</time>
        </li>
      </ul>
    </main>
    """)


class PostLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        found = [post for post in POSTS if str(post.id) == params["id"]]  # a path param is text, as all params are
        if not found:
            return socket.put_flash("error", "There is no such post.").push_navigate("/posts")
        return socket.assign(post=found[0], page_title=found[0].title)

    render = heex("""
    <article>
      <h1>{@post.title}</h1>
      <p>{@post.body}</p>
      <.link navigate="/posts">All posts</.link>
    </article>
    """)


ROUTER = Router([Route("/posts", PostsLive, action="index"), Route("/posts/:id", PostLive, action="show")])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann sorts the posts, goes back to the default order, and reads one."""
    ann = sim.live("/posts")
    yield Step("Posts, the oldest first", Ann=ann)

    ann.element("#by-title").render_click()
    yield Step("By title: the entries that are there move", Ann=ann.element("ul"))
    assert [item.text[:6] for item in ann.element("ul").node.elements()] == ["A walk", "Mendin", "Sourdo"]
    assert ann.page_title == "Posts by title"

    ann.element("#by-date").render_click()
    yield Step("A URL without a sort is the default order again", Ann=ann.element("ul"))
    assert [item.text[:6] for item in ann.element("ul").node.elements()] == ["Mendin", "Sourdo", "A walk"]

    ann.element("a", "Mending a chair").render_click()
    post = ann.follow_redirect("/posts/3")
    yield Step("Navigation: the view leaves, another joins on the same connection", Ann=post)
    assert post.page_title == "Mending a chair"

    post.element("a", "All posts").render_click()
    yield Step("And back", Ann=post.follow_redirect("/posts"))


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
