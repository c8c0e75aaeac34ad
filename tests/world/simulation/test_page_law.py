"""What the patch law says where nothing was changed in place: an iterator in the assigns, a stream that is counted."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation
from liveview_testing.laws import patch_law
from liveview_testing.world.simulation.page_law import Ending, LawBroken, aside


class Once(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(f=(each for each in range(3)))

    render = heex("""<p :for={each in @f}>{each}</p>""")


class Counted(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(size=len).stream("rows", [{"id": 1}])

    # `len(@streams.rows)` itself is warned of where the template is made.
    render = heex("""<b>{@size(@streams.rows)}</b>
    <ul id="rows" phx-update="stream"><li :for={dom_id, row in @streams.rows} id={dom_id}>{row["id"]}</li></ul>""")


@pytest.mark.parametrize(
    ("view", "cure"),
    [
        (Once, "@f is a generator, which is empty once it was read: assign a tuple, or a list, of what it gives"),
        (
            Counted,
            "an assign was changed without assign (mutated in place?), or a message was lost on the way;"
            " or a stream was counted (len): there is only in it what is to be sent",
        ),
    ],
)
def test_what_was_not_changed_in_place(view: type[LiveView], cure: str) -> None:
    there = Simulation(checks={"patch law": "ignore"}).live(view)
    with pytest.raises(LawBroken) as broken:
        patch_law(there)
    assert broken.value.cure == cure


class Mutable(LiveView):
    """Changes in place what its template reads."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(d={"x": [1]})

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        socket.assigns.d.clear()
        return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        socket.assigns.d["x"].append(2)
        return socket

    render = heex("""<p>{len(@d["x"])}</p><button phx-click="clear">clear</button>""")


def test_a_page_that_cannot_be_rendered_from_scratch() -> None:
    view = Simulation(checks={"patch law": "ignore"}).live(Mutable)
    view.element("button").render_click()
    with pytest.raises(LawBroken) as broken:
        patch_law(view)
    assert str(broken.value) == (
        "the patch law is broken: the page of <View phx-1 of Mutable at /> cannot be rendered from scratch\n"
        "  expected: a template that depends on the assigns alone\n"
        "  got: KeyError('x')\n"
        "  cure: what the template reads was changed without assign (mutated in place?)"
    )


@pytest.mark.parametrize(
    ("by", "note"), [("a message", "after info 'str' to phx-1"), ("a test", "after an act that sent no message")]
)
def test_which_act_it_was(by: str, note: str) -> None:
    sim = Simulation(checks={"patch law": "every act"})
    view = sim.live(Mutable)
    with pytest.raises(LawBroken) as broken:
        if by == "a message":
            view.send("more")
        else:
            view.assigns.d["x"].append(1)
            sim.clock.advance(1)
    assert broken.value.__notes__ == [note]


def test_of_very_many_worlds_the_oldest_are_looked_at_before_the_end() -> None:
    ending = Ending()
    with aside():  # this test's own end knows nothing of them
        first = Simulation()
        view = first.live(Mutable)
        view.assigns.d["x"].append(1)
        ending.add(first)
        for _ in range(Ending.MANY):
            ending.add(Simulation())
        view.assigns.d["x"].pop()  # it was wrong when it was looked at
        with pytest.raises(LawBroken):
            ending.hold()
