"""What a test lets arrive inside `in_order` is in its script: done again it is the same run, written down it is a test."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_core.errors import LiveViewError
from liveview_testing import NotNow, NotUnderWay, Script, Simulation, replay, shrink, timeline


class DeskLive(LiveView):
    """Asks and is answered late, tells everybody, and rings after a while."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(asked=0, shown=0, heard=0, rung=False).subscribe("desk")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "ask":
                asked = socket.assigns.asked + 1
                return socket.assign(asked=asked).start_async(f"answer {asked}", lambda: asked)
            case "tell":
                return socket.broadcast_from("desk", "told")
            case _:
                return socket.send_after("ring", 5, name="bell")

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        if not hasattr(result, "value"):
            return socket.assign(shown=-1)
        if result.value < socket.assigns.shown:
            raise LookupError("an older answer")
        return socket.assign(shown=result.value)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(rung=True) if msg == "ring" else socket.update("heard", lambda heard: heard + 1)

    render = heex("""
    <button phx-click="ask">Ask</button><button phx-click="tell">Tell</button><button phx-click="bell">Bell</button>
    <p>{@shown} {@heard}</p>
    """)


def desk() -> tuple[Simulation, Any, Any]:
    sim = Simulation()
    return sim, sim.page(DeskLive), sim.page(DeskLive)


def click(page: Any, name: str) -> None:
    page.get_by_role("button", name=name).click()


def everything() -> Simulation:
    """One of each."""
    sim, ann, ben = desk()
    with sim.in_order() as order:
        click(ann, "Ask")
        click(ann, "Tell")
        click(ben, "Bell")
        order.deliver(ann, 2)
        order.deliver(ann, to=ben)
        order.finish("answer 1", ann).deliver()
        order.deliver(ben)
        order.pass_time(5)
        order.fire(ben, "bell")
        sim.tell(ben.view.id, "hello")
        order.deliver("test", to=ben)
        order.drop(ann)
        order.crash(ben)
    sim.clock.advance(30)
    click(ann, "Ask")
    return sim


def test_it_is_done_again_byte_for_byte() -> None:
    sim = everything()
    again: Simulation = replay(sim.script)
    assert again.trace == sim.trace
    assert again.script == sim.script


def test_it_is_written_as_a_test_and_as_json() -> None:
    sim = everything()
    text = sim.script.to_test()
    lines = [line for line in text.splitlines() if line.strip().startswith(("with ", "order."))]
    assert lines == [
        "    with sim.in_order() as order:",
        "        order.deliver(ann, 2)",
        "        order.deliver(ann, to=ben)",
        '        order.finish("answer 1", ann).deliver()',
        "        order.deliver(ben)",
        "        order.pass_time(5)",
        '        order.fire(ben, "bell")',
        '        order.deliver("test", to=ben)',
        "        order.drop(ann)",
        "        order.crash(ben)",
    ]
    names: dict[str, Any] = {}
    exec(text, names)
    names["test_story"]()
    assert Script.from_json(sim.script.to_json()) == sim.script


def test_a_block_in_which_nothing_is_done_is_a_block() -> None:
    sim, ann, _ = desk()
    with sim.in_order():
        pass
    with sim.in_order() as order:
        order.follow()
    click(ann, "Tell")
    text = sim.script.to_test()
    assert "    with sim.in_order() as order:\n        pass\n" in text
    names: dict[str, Any] = {}
    exec(text, names)
    names["test_story"]()


def test_it_is_made_smaller_with_its_order() -> None:
    """Two questions, of which the second is answered first; the rest goes, and what waits at the end need not be said."""
    sim, ann, ben = desk()
    with pytest.raises(LookupError), sim.in_order() as order:
        click(ben, "Tell")
        click(ann, "Ask")
        order.deliver(ann)
        order.deliver(ben)
        order.drop(ben)
        click(ann, "Ask")
        order.finish("answer 1", ann)
        order.deliver(ann)
        click(ann, "Tell")
        order.finish("answer 2", ann).deliver()
        order.deliver_result("answer 1", ann)
    small = shrink(sim.script.with_failed())
    assert [str(act) for act in small] == [
        "ann = sim.page(DeskLive)",
        "with sim.in_order() as order:",
        'ann.get_by_role("button", name="Ask").click()',
        "order.deliver(ann)",
        'ann.get_by_role("button", name="Ask").click()',
        'order.finish("answer 1", ann)',
        "order.deliver(ann)",
        'order.finish("answer 2", ann)',
        'order.deliver_result("answer 2", ann)',
        'order.deliver_result("answer 1", ann)',
    ]
    assert shrink(small) == small
    text = small.to_test()
    assert text.splitlines()[-1].endswith("# raises LookupError")
    names: dict[str, Any] = {}
    exec(text, names)
    with pytest.raises(LookupError, match="an older answer"):
        names["test_story"]()


def test_what_does_not_need_its_order_has_none() -> None:
    sim, ann, ben = desk()
    with sim.in_order() as order:
        click(ben, "Tell")
        order.deliver(ben)
        click(ann, "Bell")
    assert [str(act) for act in shrink(sim.script, lambda sim: any(view.assigns.heard for view in sim.views))][2:] == [
        'ben.get_by_role("button", name="Tell").click()'
    ]


def test_an_act_of_an_order_that_fails_leaves_the_world_as_it_was() -> None:
    sim, ann, _ = desk()
    with sim.in_order() as order:
        click(ann, "Ask")
        before = sim.world
        with pytest.raises(NotUnderWay, match="a frame of Ann is not under way"):
            order.deliver(ann, 2)
        assert sim.world is before
    with pytest.raises(NotUnderWay, match="nothing waits any more"):
        order.drop(ann)


def test_the_script_of_a_fork_in_mid_flight_goes_on() -> None:
    sim, ann, _ = desk()
    with sim.in_order():
        click(ann, "Ask")
        again: Simulation = replay(sim.script)
        assert again.world.mailboxes is not None
        assert len(again.world.mailboxes.boxes) == 1


def test_a_script_without_a_block_has_no_order() -> None:
    sim, ann, _ = desk()
    with sim.in_order() as order:
        click(ann, "Ask")
        order.deliver(ann)
    script = sim.script
    without = [act for act in script if act.verb != "in_order"]
    with pytest.raises(LiveViewError, match="nothing waits here"):
        replay(Script(tuple(without), script.world))


def test_a_timeline_of_it_has_its_acts() -> None:
    """A world that did not record is played again with its order."""
    told = timeline(everything())
    texts = [told.text(act["what"]) for act in told.acts]
    assert {"deliver ann 2", "drop ann", "crash ben"} <= {*texts}


def test_an_order_inside_another_is_refused() -> None:
    """Its end would let everything of the first arrive; the first goes on."""
    sim, ann, _ = desk()
    with sim.in_order() as order:
        click(ann, "Tell")
        with pytest.raises(LiveViewError) as caught, sim.in_order():
            pass
        assert str(caught.value).splitlines()[0] == "sim.in_order() inside sim.in_order(): what waits is chosen already"
        assert order.waiting == ["link phx-1 -> phx-1: event"]


@pytest.mark.parametrize(
    "choose",
    [
        lambda order, ann: order.deliver(ann),
        lambda order, ann: order.deliver(ann, to=ann),
        lambda order, ann: order.deliver_result("answer 1"),
        lambda order, ann: order.finish("answer 1"),
        lambda order, ann: order.fail("answer 1"),
        lambda order, ann: order.fire(ann),
        lambda order, ann: order.pass_time(),
        lambda order, ann: order.pass_time(1),
        lambda order, ann: order.drop(ann),
        lambda order, ann: order.crash(ann),
    ],
)
def test_an_order_whose_block_has_ended_chooses_nothing(choose: Any) -> None:
    sim, ann, _ = desk()
    with sim.in_order() as order:
        click(ann, "Ask")
    assert order.waiting == []
    with pytest.raises(
        NotUnderWay, match=r"^nothing waits any more\n  expected: an order that is chosen inside of its block"
    ):
        choose(order, ann)


def test_a_fork_does_nothing_while_acts_are_put_down() -> None:
    """It would be done there, and at once."""
    sim, ann, _ = desk()
    fork = sim.fork()
    there = fork.view(ann)
    with sim.concurrently() as acts:
        click(ann, "Tell")
        with pytest.raises(NotNow) as caught:
            click(there, "Tell")
        with pytest.raises(NotNow, match=r"^an act inside sim\.concurrently\(\), in a fork of its world"):
            fork.clock.advance(1)
    assert str(caught.value) == (
        "an act inside sim.concurrently(), in a fork of its world: it would be done at once, and there\n"
        "  expected: acts in the world whose block it is\n  got: a page, a view or a simulation of a fork\n"
        "  cure: the pages of that world: sim.page(…), sim.view(page).page; or the block of the fork: fork.concurrently()"
    )
    assert [str(act) for act in acts] == ['ann.get_by_role("button", name="Tell").click()']
    click(there, "Tell")
    assert [each.assigns.heard for each in fork.views] == [0, 1]
    with fork.concurrently() as others, pytest.raises(NotNow):
        click(ann, "Tell")
    assert len(others) == 0
    assert [each.assigns.heard for each in sim.views] == [0, 0]
