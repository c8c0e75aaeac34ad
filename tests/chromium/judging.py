"""A story in the simulation and, act by act, in a real browser: the same acts, the same pages, the same frames.

Owns `Judge`: world A plays a scenario's story with its simulated browsers; world B is served to Chromium. After each act in A
the same act value is done in Chromium, and then every page is compared: elements, attributes, text, URL, title, and the frames
that the clients sent. What a person could not do (a hook's event, a patch by name) goes through the client's own functions.

Law: nothing sleeps; a difference is told with the act after which it was seen, where, and both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from attrs import define, field

from liveview_testing import Simulation
from liveview_testing.record.scripts.act import Act
from liveview_testing.record.scripts.targets import (
    Handed,
    OnElement,
    OnFiles,
    OnLocator,
    OnPage,
    OnView,
    OnWorld,
    query_code,
)
from liveview_testing.showing.chromium.chromium import ChromiumNetwork
from liveview_testing.showing.chromium.synchronizing import Together
from liveview_testing.showing.session.seats import Seat
from liveview_testing.showing.targets import Shown
from liveview_testing.world.simulation.current import Current
from liveview_testing.world.timers import microseconds, moment
from liveview_testing.world.world import HOST, World
from tests.chromium.both_pages import differences
from tests.chromium.both_wires import QUIET, other_frame, plain, since_join

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from liveview_testing import Page as KitPage
    from liveview_testing.showing.server import Server
    from liveview_testing.user.simulation import View

FRAMES = 48
"""Milliseconds in which a browser draws three times: a command that focuses waits for two frames, a transition takes three."""

DRAWN = """() => {
  const draw = window.__pwClock?.builtins?.requestAnimationFrame ?? requestAnimationFrame;
  return new Promise((done) => draw(() => draw(() => done())));
}"""
ACT = """([inside, selector, text, verb, data, given, submitter]) => {
  const top = inside ? document.getElementById(inside) : document.querySelector("[data-phx-main]");
  const fits = (each) => text === null || each.textContent.includes(text);
  const found = [...top.querySelectorAll(selector)].filter(fits);
  if (found.length !== 1) return `${found.length} elements match ${selector}`;
  const el = found[0];
  const before = [];  // what is filled in is sent, and is not typed: afterwards each control is what it was
  const controls = (name) => [...(el.elements ?? [])].filter((each) => each.name === name || each.name === `${name}[]`);
  let last = null;
  for (const [name, value] of Object.entries(data ?? {})) {
    for (const each of controls(name)) {
      const [value, checked] = [each.value, each.checked];
      if (each.type === "checkbox" || each.type === "radio") before.push(() => { each.checked = checked; });
      else if (each.type !== "hidden") before.push(() => { each.value = value; });
    }
    for (const each of controls(name)) {
      if (each.type === "checkbox" || each.type === "radio") {
        each.checked = Array.isArray(value) ? value.includes(each.value) : String(value) === each.value || value === true;
        if (each.checked) last = each;
      } else if (each.type !== "hidden") {
        each.value = String(value);
        last = each;
      }
    }
  }
  switch (verb) {
    case "render_click": el.click(); return null;
    case "render_click_away": document.body.click(); return null;
    case "render_submit":
      el.requestSubmit(submitter ? el.querySelector(submitter) : null);
      before.forEach((put) => put());
      return null;
    case "render_change": {
      const target = last ?? el.elements?.[0] ?? el;
      target.dispatchEvent(new Event("input", { bubbles: true }));
      target.dispatchEvent(new FocusEvent("blur"));  // a test's change waits for no debounce
      before.forEach((put) => put());
      return null;
    }
    case "render_keydown": case "render_keyup": {
      const kind = verb.slice(7);
      el.dispatchEvent(new KeyboardEvent(kind, { bubbles: true, key: given?.key ?? el.getAttribute("phx-key") ?? "" }));
      return null;
    }
    case "render_hook": {
      let done = "no view";
      window.liveSocket.owner(el, (view) => {
        done = null;
        view.pushHookEvent(el, el.getAttribute("phx-target") ?? null, given[0], given[1] ?? {}).catch(() => {});
      });
      return done;
    }
    default: return `nobody knows how to ${verb}`;
  }
}"""


def named(data: Mapping[str, Any], around: str = "") -> Iterator[tuple[str, Any]]:
    """What is filled in, by the names of the controls."""
    for name, value in data.items():
        full = f"{around}[{name}]" if around else name
        if isinstance(value, Mapping):
            yield from named(value, full)
        else:
            yield full, list(value) if isinstance(value, list | tuple) else value


class Differs(AssertionError):
    """What Chromium shows, or sent, is not what the simulation does."""


@define(eq=False)
class Sitting:
    """A person on both sides."""

    who: str
    tab: int
    page: Page
    together: Together
    path: str


@define(eq=False)
class Judge:
    """A story on both sides."""

    shown: Shown
    server: Server
    chromium: Browser
    sabotage: Callable[[Judge, Simulation, Act], None] | None = None
    """What a test plants, to be found."""
    people: dict[str, Sitting] = field(factory=dict[str, Sitting])
    mirrored: int = 0
    passed_over: list[str] = field(factory=list[str])
    frames: int = 0

    def play(self) -> None:
        """Play the whole story on both sides."""
        sim = Mirrored(self)
        assert self.shown.module is not None
        try:
            for _ in self.shown.module.story(sim):
                pass
            self._compare_foretold()
        finally:
            for each in self.people.values():
                each.page.context.close()

    # --- an act -------------------------------------------------------------------------------------------------------

    def mirror(self, sim: Simulation, act: Act) -> None:
        """The same in Chromium, and compare."""
        if self.passed_over:  # from there on the two are not the same any more
            return
        crashes = len(self.server.room.world.crashes)
        why = self._do(sim, act)
        if why is not None:
            self.passed_over.append(f"{act}: {why}")
            return
        self.mirrored += 1
        if self.sabotage is not None:
            self.sabotage(self, sim, act)
        self._settle()
        if len(self.server.room.world.crashes) > crashes:  # here the client waits before it joins again
            self._advance(1_100_000)
            sim.clock.advance(1.1)  # and so does the simulated one
        self.compare(sim, act)

    def _advance(self, by: int) -> None:
        """Time passes, in the world once and in every browser."""
        sitting = list(self.people.values())
        sitting[0].together.advance(by)
        for each in sitting[1:]:
            each.page.clock.run_for(round(by / 1000))
        self._settle()

    def _settle(self) -> None:
        """Until nobody's page has anything to say, nor has one said anything that another is told of."""
        links, received = self.server.room.links, -1
        while links.total != received:
            received = links.total
            for each in self.people.values():
                each.together.settle()

    def _do(self, sim: Simulation, act: Act) -> str | None:
        if act.verb == "keep" or act.verb == "_keep":
            return None
        if act.opens:
            self._open(sim, act)
            return None
        world = self.server.room.world
        match act.on:
            case OnWorld("clock"):
                self._advance(microseconds(act.args[0]))
                return None
            case OnWorld("store"):
                self.server.in_loop(lambda: world.keep(*act.args))
                return None
            case OnWorld(part):
                handle: Any = {"": world, "tasks": world.tasks, "crashes": world.crashes}.get(part)
                if part == "crashes":
                    return None  # they are contained already
                self.server.in_loop(lambda: getattr(handle, act.verb)(*act.args, **act.options))
                return None
            case OnElement(inside, selector, text, data, submitter, _):
                if text is not None and not isinstance(text, str):
                    return "a pattern"
                by = submitter.selector if isinstance(submitter, OnElement) else submitter
                given: Any = list(act.args) if act.verb == "render_hook" else (act.args[0] if act.args else None)
                asked = [inside, selector, text, act.verb, None if data is None else dict(named(data)), given, by]
                return self._sitting(act).page.evaluate(ACT, asked)  # type: ignore[no-any-return]
            case OnView(inside):
                return self._in_view(act, inside)
            case OnLocator(query, within, _) if not within:
                names = {"page": self._sitting(act).page, "re": re}
                theirs = eval(query_code(query, "page"), names)
                handed = (
                    eval(query_code(each.on.query, "page"), names)
                    if isinstance(each, Handed) and isinstance(each.on, OnLocator)
                    else each
                    for each in act.args
                )
                getattr(theirs, act.verb)(*handed, **act.options)
                return None
            case OnPage("network"):
                network = ChromiumNetwork(self.server)
                self.server.in_loop(lambda: getattr(network, act.verb)(*act.args))
                return None
            case OnFiles(inside, form, name, files) if inside is None:
                chosen: list[Any] = [
                    {"name": each.name, "mimeType": each.type, "buffer": each.content} for each in files
                ]
                self._sitting(act).page.locator(f'{form} input[type=file][name="{name}"]').set_input_files(chosen)
                return None if act.verb == "render_change" else "an upload that is sent by parts"
            case _:
                return "not mirrored"

    def _in_view(self, act: Act, inside: str | None) -> str | None:
        sitting = self._sitting(act)
        match act.verb:
            case "render_patch":
                sitting.page.evaluate("(to) => { liveSocket.js().patch(to) }", act.args[0])
            case "live_redirect":
                sitting.page.evaluate("(to) => { liveSocket.js().navigate(to) }", act.args[0])
            case "follow_redirect":
                pass  # the client has gone there by itself
            case "send" if inside is None:
                world, root = self.server.room.world, self._root(sitting)
                self.server.in_loop(lambda: world.tell(root, act.args[0]))
            case _:
                return "not mirrored"
        return None

    def _sitting(self, act: Act) -> Sitting:
        return self.people[act.who]

    def _root(self, sitting: Sitting) -> str:
        seat = self.server.room.seats[f"judged-{sitting.who}"]
        assert seat.root is not None
        return seat.root

    def _open(self, sim: Simulation, act: Act) -> None:
        number = len(self.people)
        person = self.shown.people[number]
        window = f"judged-{act.who}"
        self.server.room.seats[window] = Seat(window, person)
        self.server.room.links.people[window] = act.who
        context = self.chromium.new_context(reduced_motion="reduce", bypass_csp=True)
        address = f"{self.server.origin}/_show"
        context.add_cookies([{"name": "liveview_show", "value": self.server.token, "url": address}])
        page = context.new_page()
        start = moment(self.server.room.world.world.now)
        page.clock.install(time=start - timedelta(minutes=10))
        page.clock.pause_at(start)
        together = Together(self.server, page)
        page.goto(f"{address}/as/{window}")
        page.locator("[data-phx-main].phx-connected").wait_for(state="attached")
        self.people[act.who] = Sitting(act.who, sim.world.tabs, page, together, person.path)
        if act.verb == "live":  # from here on a browser with a state of its own: what was typed, and has the focus
            opened = [each for each in sim.views if each.browser == sim.world.tabs and each.line.tab.parent is None]
            for each in opened[-1:]:
                _ = each.page

    # --- comparing ----------------------------------------------------------------------------------------------------

    def compare(self, sim: Simulation, act: Act) -> None:
        """Every page that both sides show. A view that was sent elsewhere and not followed yet is compared when it is."""
        for each in self.people.values():
            lines = [
                line for line in sim.world.lines.values() if line.tab.number == each.tab and line.tab.parent is None
            ]
            connected = {view.id: view for view in sim.views}
            alive = [line.id for line in lines if line.process is not None and line.joined and line.id in connected]
            if not alive:
                continue
            view = connected[alive[-1]]
            page: KitPage | None = None
            if each.tab in sim.world.browsers:
                each.page.clock.run_for(FRAMES)
                each.together.settle()
                soon = sim.fork()  # what is done in the next frames has been done
                soon.clock.advance(FRAMES / 1000)
                page = soon.tab(each.tab)
            html = str(view.render()) if page is None else page.content()
            reading = None if page is None else page.reading
            difference = differences(each.page, html, reading, view.id)
            if difference is not None:  # a browser takes the focus from what is hidden when it draws
                each.page.evaluate(DRAWN)
                difference = differences(each.page, html, reading, view.id)
            if difference is not None:
                raise Differs(f"after {act}, {each.who}'s page differs{difference}")
            where = each.page.url.removeprefix(self.server.origin)
            alone = each.path if view.url == "/" else view.url  # a view that was opened alone is at a path of its own
            if where not in (view.url, alone):
                raise Differs(f"after {act}, {each.who} is at {where} in Chromium, at {view.url} in the simulation")
            title = view.page_title
            if title is not None and each.page.title() != " ".join(str(title).split()):
                each.page.clock.run_for(FRAMES)  # a client writes the title in the frame that follows
            if title is not None and each.page.title() != " ".join(str(title).split()):
                raise Differs(f"after {act}, {each.who}'s title is {each.page.title()!r} in Chromium, {title!r} here")
            self._compare_frames(act, each, view)

    def _compare_foretold(self) -> None:
        """What the server's own browser foretold has been said by the real one, and nothing else of its kind."""
        links = self.server.room.links
        notes = [each for each in links.notes if "the simulated one would have said" in each]
        if notes or links.foretold:
            raise Differs(f"what the client says by itself\n  notes: {notes}\n  not said: {links.foretold}")

    def _compare_frames(self, act: Act, sitting: Sitting, view: View) -> None:
        """Every frame of the page's view, of those nested in it, and of its files."""
        served, alone = self.server.origin, sitting.path != "/" and view.url == "/"
        wire = [each for each in self.server.room.links.wire if each.who == sitting.who]
        pairs = [
            (view, f"lv:{self._root(sitting)}"),
            *((each, f"lv:{each.line.dom_id}") for each in view.live_children()),
        ]
        for mine, topic in pairs:
            ours = [(frame.direction, frame.event, frame.payload) for frame in mine.wire if frame.topic is None]
            theirs = [
                ("client" if sent.up else "server", sent.event, sent.payload) for sent in wire if sent.topic == topic
            ]
            first, second = (
                [
                    (way, event, plain(payload, served, HOST, sitting.path if alone else None))
                    for way, event, payload in each
                    if event not in QUIET
                ]
                for each in (since_join(ours), since_join(theirs))
            )
            difference = other_frame(first, second)
            if difference is not None:
                raise Differs(f"after {act}, on the wire of {sitting.who}: {difference}")
            self.frames += len(first)


class Mirrored(Simulation):
    """World A: each act is done in Chromium too, once it is done here. A fork of it is judged by nobody."""

    _current: MirroredCurrent

    def __init__(self, judge: Judge) -> None:
        super().__init__(getattr(judge.shown.module, "ROUTER", None), hooks=getattr(judge.shown.module, "HOOKS", None))
        self._current.judge, self._current.sim = judge, self

    def _begin(self, world: World, limit: int) -> None:
        super()._begin(world, limit)
        self._current = MirroredCurrent(world, limit)


class MirroredCurrent(Current):
    """Tells of each act that is put down."""

    judge: Judge | None = None
    sim: Simulation | None = None
    put_down: Any = None

    def _get(self) -> Any:
        return self.put_down

    def _set(self, value: Any) -> None:
        before, self.put_down = self.put_down, value
        judge, sim = self.judge, self.sim
        if judge is not None and sim is not None and value is not None and value[0] is before:
            self.judge = None  # what is asked here is no act
            try:
                judge.mirror(sim, sim.script[-1])
            finally:
                self.judge = judge

    acts = property(_get, _set)  # pyright: ignore[reportAssignmentType]
