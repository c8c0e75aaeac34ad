"""What rendering costs: diffs and whole pages beside a jinja2 render of the same page, and compiling a template.

python -m benchmarks
"""

from __future__ import annotations

import json
from typing import Any

from attrs import evolve
from jinja2 import Environment

from benchmarks.pages import TABLE, TableLive, rows
from benchmarks.yardstick import Measured, Result, measure
from liveview_core import LiveView, Socket, heex
from liveview_core.process.step import Env, Process, new_process, step
from liveview_core.protocol.messages import Event, Join
from liveview_core.rendering.rendered import rendered_to_text

WIDTH = 60
NAMES = [f"field_{number}" for number in range(WIDTH)]
SOURCE = "<dl>" + "".join(f'<dt>{n}</dt><dd class="value">{{@{n}}}</dd>' for n in NAMES) + "</dl>"
JINJA = Environment(autoescape=True).from_string(
    "<dl>" + "".join(f'<dt>{n}</dt><dd class="value">{{{{ {n} }}}}</dd>' for n in NAMES) + "</dl>"
)
VALUES: dict[str, Any] = {name: f"value & {number}" for number, name in enumerate(NAMES)}


class WideLive(LiveView):
    """A page of 60 dynamics; an event changes one."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(VALUES)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(field_7=params["to"])

    render = heex(SOURCE)


def joined(view: LiveView, session: dict[str, Any] | None = None) -> Process:
    """The process of *view*, after its client joined."""
    return step(new_process("phx-1", view, session=session), Join(), Env()).process


def render_of(process: Process) -> Any:
    """A whole render of the process as it is, to text."""
    view, assigns = process.view, process.socket.rendering()
    return lambda: rendered_to_text(view.render(assigns))


def one_row_bytes(process: Process) -> int:
    """What one changed row sends."""
    diff = step(process, Event("vote", "click", {"id": "500"}), Env()).diff
    return len(json.dumps(diff, separators=(",", ":")))


def results() -> list[Result]:
    """All measurements, each beside its yardstick."""
    env = Env()
    wide = joined(WideLive())
    table = joined(TableLive(), {"rows": 1000})
    change, vote = Event("change", "click", {"to": "other"}), Event("vote", "click", {"id": "500"})
    voted = rows(1000)
    voted = (*voted[:500], evolve(voted[500], votes=99), *voted[501:])

    def wide_jinja() -> str:
        return JINJA.render(VALUES)

    def table_jinja() -> str:
        return TABLE.render(rows=voted, clicks=0)

    return [
        Result("60 dynamics, one changed: the whole step", measure(lambda: step(wide, change, env), wide_jinja), 0.5),
        Result("60 dynamics, one changed: render and diff", measure(changed_diff(wide), wide_jinja), 0.06),
        Result("60 dynamics: full HTML", measure(render_of(wide), wide_jinja), 0.55),
        Result(
            "1000 keyed rows, one changed: the whole step", measure(lambda: step(table, vote, env), table_jinja), 0.03
        ),
        Result("1000 keyed rows: full HTML", measure(render_of(table), table_jinja), 0.6),
        Result("60 dynamics: compiling and the first render", compile_time(), 2.7, goal=2),
    ]


def changed_diff(process: Process) -> Any:
    """Render and diff alone, of a socket in which one of the 60 assigns has changed."""
    from liveview_core.rendering.diff import Traversal

    socket = process.socket.assign(field_7="other")
    prints, view, assigns = process.prints, process.view, socket.rendering()

    def diff() -> Any:
        return Traversal(lambda _: 0, shared=True).rendered(view.render(assigns), prints, True)

    return diff


def compile_time() -> Measured:
    """Compiling the template of 60 dynamics, and rendering it once: what is left for then counts too."""
    assigns = joined(WideLive()).socket.rendering()
    return measure(
        lambda: heex(SOURCE)(assigns),
        lambda: Environment(autoescape=True).from_string(JINJA_SOURCE).render(VALUES),
        rounds=10,
    )


JINJA_SOURCE = "<dl>" + "".join(f'<dt>{n}</dt><dd class="value">{{{{ {n} }}}}</dd>' for n in NAMES) + "</dl>"


def notes() -> list[str]:
    """Figures that are no ratio to a page."""
    return [
        f"one changed row of 1000 sends {one_row_bytes(joined(TableLive(), {'rows': 1000}))} bytes (at most 150)",
    ]
