"""The network between a tab and the server: how long frames take, what is on its way, and whether it is there at all.

Owns `Network`. Law: the link keeps the order of each direction; what is released are frames that come first in theirs. What is on
its way when the connection is lost is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from attrs import evolve

from liveview_core.errors import BadOption, shown
from liveview_testing.failures.misuse.handle_names import spelled_alike
from liveview_testing.failures.misuse.misused_handles import Named
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.scene import Scene
from liveview_testing.world.log.act_records import Asked, recorded
from liveview_testing.world.simulation.delivering.delivery import Run
from liveview_testing.world.tabs import network
from liveview_testing.world.timers import microseconds
from liveview_testing.world.tracebacks import shortened

if TYPE_CHECKING:
    from liveview_testing.world.simulation.acting import Acting
    from liveview_testing.world.tabs.frames import Flight


class Network(Named):
    """`page.network`."""

    __slots__ = ("_scene",)
    _names = spelled_alike(
        ("offline disconnect cut close go_offline", "page.network.drop(), or page.context.set_offline(True)"),
        ("online reconnect connect go_online up", "page.network.restore()"),
        ("slow delay throttle set_latency", "page.network.latency(0.2): seconds"),
        ("pause stop", "page.network.hold()"),
        ("resume go_on flush", "page.network.release()"),
        ("frames messages requests sent", "page.view.wire; under way: page.network.in_flight"),
    )
    _called = "page.network"

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def _asked(self) -> tuple[Acting, Asked]:
        """What acts are done to."""
        return cast("Acting", self._scene.world), ("page", self._scene.memory, "network")

    def __repr__(self) -> str:
        state = self._scene.state
        link = "held" if state.holding else f"{state.latency / 1_000_000:.10g} s"
        return f"<Network {link}, {len(state.flights)} in flight>"

    @property
    def in_flight(self) -> tuple[Flight, ...]:
        """The frames on their way, in the order in which they were sent: `.direction`, `.event`, `.payload`."""
        return self._scene.state.flights

    @recorded
    def latency(self, seconds: float | timedelta) -> None:
        """How long a frame takes from now on, in each direction."""
        wait = microseconds(seconds)
        if wait < 0:
            raise BadOption("frames arrive after they were sent", expected="0 seconds or more", got=shown(seconds))
        number = self._scene.tab
        _ = self._scene.state

        def change(run: Run) -> None:
            run.browsers = run.browsers.set(number, evolve(run.browsers[number], latency=wait))

        self._scene.world.act(change)

    @recorded
    def hold(self) -> None:
        """Frames of both directions wait from now on."""
        _ = self._scene.state
        self._scene.world.act(lambda run: network.hold(run, self._scene.tab))

    @shortened
    def release(self, frames: Sequence[Any] | None = None) -> None:
        """What waits arrives, in order, and the hold ends. `frames`: just these, the first ones of each direction."""
        if frames is None:
            self._any_release()
        else:  # by their places, under which they are found in another world, too
            chosen = self._first_ones(frames)
            flying = self.in_flight
            self._any_release(tuple(at for at, each in enumerate(flying) if any(each is one for one in chosen)))

    @recorded
    def _any_release(self, places: tuple[int, ...] | None = None) -> None:
        _ = self._scene.state
        chosen = None if places is None else tuple(self.in_flight[at] for at in places)
        self._scene.world.act(lambda run: network.release(run, self._scene.tab, chosen))

    def _first_ones(self, frames: object) -> tuple[Flight, ...]:
        given: Any = frames
        if isinstance(frames, (str, bytes)) or not isinstance(frames, Sequence):
            raise BadOption(
                "frames that are released are a list", expected="some of page.network.in_flight", got=shown(frames)
            )
        wanted: list[Any] = list(given)
        flying = self.in_flight
        for each in wanted:
            if not any(each is one for one in flying):
                raise Error(
                    "a frame that is not in flight cannot be released",
                    expected="frames of page.network.in_flight",
                    got=shown(each),
                )
        for direction in ("client", "server"):
            mine = [each for each in flying if each.direction == direction]
            asked = [each for each in mine if any(each is one for one in wanted)]
            if asked != mine[: len(asked)]:
                raise Error(
                    "frames of one direction never overtake each other",
                    expected=f"the first {len(asked)} of {len(mine)} of the {direction}",
                    got=", ".join(each.event for each in asked),
                    cure="release those that were sent before, too",
                )
        return tuple(each for each in flying if any(each is one for one in wanted))

    # --- losing and finding the connection ----------------------------------------------------------------------------

    @recorded
    def drop(self) -> None:
        """The connection is lost until `restore`: what is in flight is lost with it."""
        _ = self._scene.state
        self._scene.world.act(lambda run: network.drop(run, self._scene.tab))

    @recorded
    def restore(self) -> None:
        """The network is there again: the client connects the next time it tries to, which time has to pass for."""
        _ = self._scene.state
        self._scene.world.act(lambda run: network.restore(run, self._scene.tab))
