"""A served world and a real page, which wait for one another.

Owns `Together`: time passes in the world while the page has nothing to do, and the page is waited for while it has. Law: no wall
clock decides what a test sees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liveview_testing.showing.connections.real_time import FOREVER
from liveview_testing.showing.connections.served import ServedWorld

if TYPE_CHECKING:
    from liveview_testing.showing.server import Server

WATCH = """() => {
  if (window.liveviewWatch) return;
  const watch = window.liveviewWatch = { sent: 0, underWay: new Map() };
  let begun = 0;
  const begin = (what) => {
    const number = begun++;
    watch.underWay.set(number, what);
    return () => watch.underWay.delete(number);
  };
  const around = (owner, names, make) => {
    for (const name of names) if (owner?.[name]) owner[name] = make(owner[name], `${owner.constructor.name}.${name}`);
  };
  const promised = (go, name) => function (...given) {
    const end = begin(name), promise = go.apply(this, given);
    promise.then(end, end);
    return promise;
  };
  const listened = (go, name) => function (...given) {
    const end = begin(name);
    this.addEventListener("loadend", end, { once: true });
    try {
      return go.apply(this, given);
    } catch (error) {
      end();
      throw error;
    }
  };
  around(WebSocket.prototype, ["send"], (send) => function (data) {
    watch.sent++;
    return send.call(this, data);
  });
  around(FileReader.prototype, ["readAsArrayBuffer", "readAsText", "readAsDataURL", "readAsBinaryString"], listened);
  around(Blob.prototype, ["arrayBuffer", "bytes", "text"], promised);
  around(XMLHttpRequest.prototype, ["send"], listened);
  around(window, ["fetch"], promised);
}"""
"""Put around what a page begins and a browser ends when it finds the time: what goes over a line, files, requests."""
SETTLE = """async () => {
  const live = window.liveSocket, watch = window.liveviewWatch;
  if (!live) return false;
  const later = window.__pwClock?.builtins?.setTimeout ?? setTimeout;
  const within = (what, wait) => new Promise((done, fail) => {
    const late = () => fail(new Error(`the browser has waited 30 seconds of a real clock for ${what()}`));
    const clear = window.__pwClock?.builtins?.clearTimeout ?? clearTimeout, timer = later(late, 30000);
    wait(() => { clear(timer); done(); });
  });
  const told = (conn, ...kinds) => within(() => `its line: ${kinds.join(" or ")}`, (done) => {
    for (const kind of kinds) conn.addEventListener(kind, () => later(done, 0), { once: true });
  });
  const conn = live.socket.conn;
  if (conn && conn.readyState === 0) await told(conn, "open", "error", "close");  // a line that opens or closes does so when the
  if (conn && conn.readyState === 2) await told(conn, "close");  // browser finds the time
  if (!live.isConnected() || !live.main) return false;
  await within(() => [...watch.underWay.values()].join(", "), (done) => {
    const look = () => watch.underWay.size ? later(look, 1) : done();
    look();
  });
  let sent;
  await within(() => "an answer of the server", (done) => {
    conn.addEventListener("close", () => later(done, 0), { once: true });
    if (!live.socket.ping(() => done())) done();
    sent = watch.sent;  // what was sent until now is answered before this is; what an answer makes the page send, is not
  });
  return watch.sent > sent || watch.underWay.size > 0;
}"""
"""Until the answers to all that the page has sent are there. Gives whether they have made it say more, or begin something."""
ROUNDS = 500
"""How often the two may answer one another at one instant."""
DUE = """() => {
  const controller = window.__pwClock?.controller;
  const timers = controller?._timers;
  if (!timers) return null;
  const now = controller._now.ticks;
  const due = [...timers.values()].map((each) => each.callAt - now);
  return due.length ? Math.max(0, Math.min(...due)) : null;
}"""


class Together:
    """The clock of a world and that of its browser, as one."""

    def __init__(self, server: Server, page: Any) -> None:
        self.server = server
        self.page = page
        page.add_init_script(f"({WATCH})()")
        page.evaluate(WATCH)

    @property
    def world(self) -> ServedWorld:
        """The world."""
        return self.server.room.world

    def settle(self) -> None:
        """Until neither side has anything to say to the other at this instant."""
        links = self.server.room.links
        for _ in range(ROUNDS):
            received = links.total
            try:
                talking = self.page.evaluate(SETTLE)
            except Exception as error:  # the page is on its way to another
                if "Execution context was destroyed" not in str(error) and "navigat" not in str(error):
                    raise
                self.page.wait_for_load_state("load")
                continue
            if not talking and links.total == received:
                return
        raise AssertionError(
            f"the page and its server are still talking after {ROUNDS} rounds in which no time passed\n"
            "  expected: that at some instant neither has anything left to say\n"
            "  cure: look for an event that leads to itself (an event that a push_event pushes, a form that is submitted again)"
        )

    def next_due(self) -> int | None:
        """In how many microseconds something is due, in the world or in the browser."""
        room = self.server.room
        due = self.server.in_loop(lambda: room.pacer.next_due(FOREVER))
        found = [] if due is None else [max(0, due - self.world.world.now)]
        try:
            browser = self.page.evaluate(DUE)
        except Exception:  # between two pages nothing is due
            browser = None
        if browser is not None:
            found.append(round(browser * 1000))
        return min(found, default=None)

    def advance(self, by: int) -> None:
        """Let so many microseconds pass on both sides, from due instant to due instant."""
        left = by
        while left > 0:
            due = self.next_due()
            step = left if due is None or due > left else max(due, 1_000)  # a browser's clock has milliseconds
            step = min(step, left)
            self._pass(step)
            left -= step

    def _pass(self, by: int) -> None:
        room = self.server.room
        self.server.in_loop(lambda: room.pacer.advance(by))
        whole = round(self.world.world.now / 1000) - round((self.world.world.now - by) / 1000)
        if whole:
            self.page.clock.run_for(whole)
        self.settle()


def at_once() -> bool:
    return True
