"""A scenario as a file: two people at one counter, and its story."""

from __future__ import annotations

SCENARIO = '''
"""A counter and its story."""
from liveview_core import LiveView, Route, Router, heex
from liveview_testing import Step


class Counter(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(n=0).subscribe("n")

    def handle_event(self, event, params, socket):
        return socket.broadcast_from("n", "up").update("n", lambda n: n + 1)

    def handle_info(self, msg, socket):
        return socket.update("n", lambda n: n + 1)

    render = heex("<p>{@n}</p><button phx-click='up'>+</button>")


ROUTER = Router([Route("/", Counter)])


def story(sim):
    ann, ben = sim.live("/"), sim.live("/")
    yield Step("Two open the counter", Ann=ann, Ben=ben)
    ann.element("button").render_click()
    yield Step("Ann counts", Ben=ben.element("p"))
    yield Step("Nobody does anything")
'''
