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

SETTLE = """async () => {
  const live = window.liveSocket;
  if (!live) return 0;
  const later = window.__pwClock?.builtins?.setTimeout ?? setTimeout;
  const conn = live.socket.conn;
  const until = (...kinds) => new Promise((done) => {
    later(done, 2000);
    for (const kind of kinds) conn.addEventListener(kind, () => later(done, 0), { once: true });
  });
  if (conn && conn.readyState === 0) await until("open", "error", "close");  // a line that opens or closes does so when the
  if (conn && conn.readyState === 2) await until("close");  // browser finds the time
  if (!live.isConnected() || !live.main) return 0;
  const reading = window.liveviewReading ??= (() => {  // a file is read when the browser finds the time, not when the clock says
    const under = new Set(), readers = FileReader.prototype;
    for (const name of ["readAsArrayBuffer", "readAsText", "readAsDataURL", "readAsBinaryString"]) {
      const read = readers[name];
      readers[name] = function (...given) {
        under.add(this);
        this.addEventListener("loadend", () => under.delete(this), { once: true });
        return read.apply(this, given);
      };
    }
    return under;
  })();
  do { // an answer may lead to the next piece of a file
    while (reading.size) await new Promise((done) => later(done, 1));
    await new Promise((done) => {
      conn.addEventListener("close", () => later(done, 0), { once: true });
      later(done, 2000);
      if (!live.socket.ping(() => done())) done();
    });
  } while (reading.size);
  return 1;
}"""
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
                self.page.evaluate(SETTLE)
            except Exception as error:  # the page is on its way to another
                if "Execution context was destroyed" not in str(error) and "navigat" not in str(error):
                    raise
                self.page.wait_for_load_state("load")
                continue
            if links.total == received:
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
