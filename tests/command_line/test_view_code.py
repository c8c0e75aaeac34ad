"""`view_code`: slips in the code of views that `liveview check` finds, and what it passes over."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from liveview_testing.command_line.main import main
from tests.harness.checked_package import checked
from tests.harness.places import SCENARIOS

HEAD = "from liveview_core import LiveComponent, LiveView, heex\n\n\n"
VIEW = HEAD + "class Page(LiveView):\n    render = heex('<p>x</p>')\n\n"


pytestmark = pytest.mark.usefixtures("fresh_folder")


check = partial(checked, "slips", other="zother")


def routed(*entries: str) -> str:
    """A module with a router of these, each on its line, from the fourth on."""
    return (
        "from liveview_core import LiveSession, LiveView, Route, Router\n\nROUTER = Router([\n"
        + ",\n".join(entries)
        + "])\n"
    )


def method(name: str, body: str, arguments: str = "event, params, socket", keyword: str = "def") -> str:
    """The view with one method more."""
    return VIEW + f"    {keyword} {name}(self, {arguments}):\n        {body}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            method("handle_event", "socket.assign(n=1)\n        return socket"),
            "slips/page.py:8:9: error: what socket.assign(…) gives is thrown away: a socket is never changed\n"
            "  cure: socket = socket.assign(…), and return socket at the end",
        ),
        (
            method("handle_event", "socket.assign(n=1).put_flash('info', 'x')\n        return socket"),
            "what socket.put_flash(…) gives is thrown away",
        ),
        (
            method("handle_evnt", "return socket"),
            "slips/page.py:7:5: warning: Page.handle_evnt is no callback, and nobody here calls it\n  nearest: handle_event",
        ),
        (method("handleInfo", "return socket", "msg, socket"), "nearest: handle_info"),
        (method("moutn", "return socket", "params, session, socket"), "nearest: mount"),
        (
            method("handle_info", "return socket", "msg, socket", "async def"),
            "slips/page.py:7:5: error: Page.handle_info is `async def`, and nobody awaits it",
        ),
        (
            method("handle_event", "return socket.push_patch('/x')"),
            "slips/page.py:8:16: error: Page patches, and has no handle_params to hear of it",
        ),
        (
            method("handle_event", "return socket.send_after('tick', 5000)"),
            "slips/page.py:8:42: warning: send_after takes seconds: 5000 are 1.4 hours\n  cure: 5, if it is milliseconds",
        ),
        (method("handle_event", "return socket.send_interval('tick', 1000)"), "cure: 1, if it is milliseconds"),
        (method("handle_event", "return socket.send_after('tick', seconds=1500)"), "cure: 1.5, if it is milliseconds"),
        (
            method("handle_event", "return socket.broadcast('chat', 1)"),
            "slips/page.py:8:16: warning: nobody here subscribes to the topic 'chat'",
        ),
        (
            method("handle_event", "return socket.broadcast_from(f'chat:{event}', 1)"),
            "nobody here subscribes to the topic 'chat:{…}'",
        ),
        (
            HEAD + "CARD = heex('<p phx-mouseenter=\"x\">y</p>')\n",
            "slips/page.py:4:17: warning: the client has no binding phx-mouseenter\n"
            "  cure: listen to it in a hook, phx-hook, and push an event from there",
        ),
        (HEAD + "CARD = heex('<p :if={@a} ><b phx-dblclick=\"x\">y</b></p>')\n", "no binding phx-dblclick"),
        (
            HEAD + 'ROWS = heex(\'<ul id="r" phx-update="stream"><li :for={key, _ in @streams.rows}>y</li></ul>\')\n',
            "the rows of @streams.rows have no id\n  cure: write id={key}",
        ),
        (
            HEAD + "class Part(LiveComponent):\n    async def update(self, assigns, socket):\n        return socket\n",
            "error: Part.update is `async def`",
        ),
        (
            HEAD + "class Part(LiveComponent):\n    def handle_info(self, msg, socket):\n        return socket\n",
            "warning: Part.handle_info is never called: messages come to the view",
        ),
        (
            HEAD + "class Part(LiveComponent):\n    def mount(self, params, session, socket):\n        return socket\n",
            "error: Part.mount does not take what it is called with\n  cure: def mount(self, socket)",
        ),
        (
            HEAD + "class Page(LiveView):\n    def mount(self, socket):\n        return socket\n",
            "error: Page.mount does not take what it is called with\n  cure: def mount(self, params, session, socket)",
        ),
        (
            HEAD + "class Page(LiveView):\n    def terminate(self, reason, socket, why):\n        pass\n",
            "cure: def terminate(self, reason, socket)",
        ),
        (
            method("handle_event", "params.validate_required(['name'])\n        return socket"),
            "what .validate_required(…) gives is thrown away: a changeset is never changed\n"
            "  cure: params = params.validate_required(…)",
        ),
        (
            method("handle_event", "JS.hide(to='#a')\n        return socket"),
            "error: JS.hide(…) does nothing here",
        ),
        (
            method("handle_event", "socket.assign\n        return socket"),
            "slips/page.py:8:9: error: `socket.assign` does nothing: it names the method, and does not call it\n"
            "  cure: socket = socket.assign(…)",
        ),
        (
            method("handle_event", "map(lambda n: socket.assign(n=n), [1])\n        return socket"),
            "does nothing: nobody runs what is inside",
        ),
        (method("handle_event", "lambda: socket.assign(n=1)\n        return socket"), "nobody runs what is inside"),
        (
            method("handle_event", "socket.assigns.items.append(1)\n        return socket"),
            "slips/page.py:8:9: error: `socket.assigns.items.append(1)` changes in place what the socket holds: nobody is told, "
            'and no page shows it\n  cure: socket.update("items", lambda items: …), with a new value',
        ),
        (method("handle_event", "socket.assigns['d'].a[0] = 1\n        return socket"), 'socket.update("d", lambda d'),
        (method("handle_event", "socket.assigns.d['n'] += 1\n        return socket"), 'socket.update("d", lambda d'),
        (method("handle_event", "del socket.assigns.d['n']\n        return socket"), 'socket.update("d", lambda d'),
        (method("updte", "return socket", "assigns, socket").replace("LiveView)", "LiveComponent)"), "nearest: update"),
        (
            method("handle_event", "return socket") + method("handle_event", "return socket")[len(VIEW) :],
            "slips/page.py:9:5: error: Page.handle_event is defined twice: the first one, at line 7, is gone\n"
            "  cure: one function, with `match event: case …`",
        ),
        (method("render", "return None", "assigns"), "Page.render is defined twice"),
        (VIEW + "    temporary_assign = {}\n", "Page.temporary_assign is read by nobody\n  nearest: temporary_assigns"),
        (VIEW + "    on_mout: tuple = ()\n", "nearest: on_mount"),
        (VIEW + "    contaner = ('a', {})\n", "nearest: container"),
        (
            VIEW.replace("'<p>x</p>'", "'<p>{@count}</p>'")
            + "    def mount(self, params, session, socket):\n        return socket.assign(count=0)\n\n"
            + "    def handle_event(self, event, params, socket):\n        return socket.assign(cuont=1)\n",
            "slips/page.py:11:30: warning: the assign cuont of Page is read by nobody\n  nearest: count",
        ),
        (
            "from liveview_core import LiveView, Route, Router\n\n"
            "ROUTER = Router([Route('/a/:id', LiveView), Route('/b', LiveView), Route('/a/:name/', LiveView)])\n",
            "slips/page.py:3:68: warning: the route /a/:name/ is never reached: the one at line 3 takes its URLs",
        ),
        (
            routed("Route('/:x', LiveView)", "Route('/b', LiveView)"),
            "the route /b is never reached: /:x at line 4 takes its",
        ),
        (
            routed("Route('/u/:id', LiveView)", "Route('/u/new', LiveView)"),
            "cure: put it first: the special one before the",
        ),
        (
            routed("Route('/b', LiveView)", "Route('/b', LiveView, action='x')"),
            "the one at line 4 takes its URLs\n  cure: leave",
        ),
        (routed("Route('/*all', LiveView)", "Route('/', LiveView)"), "the route / is never reached: /*all at line 4"),
        (routed("Route('/a-:n', LiveView)", "Route('/a-b-:n', LiveView)"), "the route /a-b-:n is never reached"),
        (
            routed("Route('/:x', LiveView)", "LiveSession('s', [Route('/b', LiveView)])"),
            "slips/page.py:5:19: warning: the route /b is never reached: /:x at line 4 takes its URLs",
        ),
    ],
)
def test_found(text: str, told: str) -> None:
    """Each with its place and the cure."""
    assert told in check(text)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        (method("handle_event", "socket = socket.assign(n=1)\n        return socket"), ""),
        (method("handle_event", "store.assign(n=1)\n        return socket"), ""),
        (
            method("handle_event", "return self.handle_chat(socket)")
            + method("handle_chat", "return socket")[len(VIEW) :],
            "",
        ),
        (method("handle_params", "return socket.push_patch('/x')", "params, uri, socket"), ""),
        (method("mounted_at", "return socket") + method("rendered", "return 1")[len(VIEW) :], ""),
        (
            method("handle_event", "return socket.push_patch('/x')")
            + "        # handled by a hook\nSTAGE = 'handle_params'\n",
            "",
        ),
        (method("handle_event", "return socket.send_after('tick', 3600).send_interval('x', 0.5)"), ""),
        (method("handle_event", "return socket.send_after('tick', 86400)"), ""),
        (
            method("handle_event", "return socket.broadcast('chat', 1)"),
            method("mount", "return socket.subscribe('chat')"),
        ),
        (
            method("handle_event", "return socket.broadcast(f'chat:{event}', 1)"),
            method("mount", "return socket.subscribe(f'chat:{self.room}')"),
        ),
        (
            method("handle_event", "return socket.broadcast('chat:1', 1)"),
            method("mount", "return socket.subscribe(topic)"),
        ),
        (method("handle_event", "return socket.broadcast(topic, 1)"), ""),
        (method("handle_event", "items = [*socket.assigns.items]\n        items.append(1)\n        return socket"), ""),
        (
            method(
                "handle_event", "store.items.append(1)\n        socket.assigns.store.save(1)\n        return socket"
            ),
            "",
        ),
        (VIEW + "    def layuot(self):\n        return 1\n", ""),  # a method is no option
        (VIEW + "    render = heex('<p>y</p>', names={'before': render})\n    rendering = 1\n    mounting = 2\n", ""),
        (VIEW + "    def handle_info(self, msg, socket):\n        return socket.assign(counter=1, counts=2)\n", ""),
        (
            "from liveview_core import Route\n\nA = [Route('/a', f), Route('/a/b', f)]\nB = [Route('/a', f)]\n".replace(
                "f)", "L)"
            ).replace("import Route", "import LiveView as L, Route"),
            "",
        ),
        (
            routed(
                "Route('/u/new', LiveView)",
                "Route('/u/:id', LiveView)",
                "Route('/:x', LiveView)",
                "Route('/*y', LiveView)",
            ),
            "",
        ),
        (routed("Route('/a/:x', LiveView)", "Route('/a', LiveView)", "Route('/a/b/c', LiveView)"), ""),
        (routed("Route('/a-:n', LiveView)", "Route('/a-', LiveView)", "Route('/b-:n', LiveView)"), ""),
        (HEAD + 'CARD = heex(\'<p phx-click="x" phx-value-a="1" phx-window-keydown="y" data-phx-x>y</p>\')\n', ""),
        (
            HEAD
            + 'ROWS = heex(\'<ul id="r" phx-update="stream"><li :for={id, _ in @streams.rows} id={id}>y</li></ul>\')\n',
            "",
        ),
    ],
)
def test_passed_over(text: str, more: str) -> None:
    """What is right, and what cannot be known."""
    assert check(text, more) == ""


def test_the_scenarios() -> None:
    """They have no slips."""
    ran = CliRunner().invoke(main, ["check", str(SCENARIOS), "--no-play"])
    assert ran.output.endswith(": nothing is wrong\n")


@pytest.mark.parametrize("slip", ["socket.assign(n=1)", "JS.show(to='#a')", "changeset.validate_required(['a'])"])
def test_where_it_is(slip: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Line and column, as editors count them."""
    monkeypatch.chdir(tmp_path)
    text = method("handle_event", f"{slip}\n        return socket")
    Path("slips.py").write_text(text, encoding="utf-8")
    line = 1 + text[: text.index(slip)].count("\n")
    assert CliRunner().invoke(main, ["check", "slips.py"]).output.startswith(f"slips.py:{line}:9: ")
