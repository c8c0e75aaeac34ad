"""What the patch law says where nothing was changed in place: an iterator in the assigns, a stream that is counted."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation
from liveview_testing.laws import patch_law
from liveview_testing.world.simulation.page_law import LawBroken


class Once(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(f=(each for each in range(3)))

    render = heex("""<p :for={each in @f}>{each}</p>""")


class Counted(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.stream("rows", [{"id": 1}])

    render = heex("""<b>{len(@streams.rows)}</b>
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
