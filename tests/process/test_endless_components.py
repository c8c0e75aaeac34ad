"""Components that show themselves without end are told at once: rendered level by level, they would fill all memory."""  # CP-9

from __future__ import annotations

import sys
from typing import Any

import pytest

from liveview_core import LiveComponent, LiveView, heex
from liveview_core.errors import TooDeep
from liveview_core.process import component_pass
from liveview_core.process.component_pass import DuplicateComponent
from liveview_testing import live


class Deeper(LiveComponent):
    render = heex("<div id={@id}><.live_component module={Deeper} id={f'c{@depth}'} depth={@depth + 1} /></div>")


class Longer(LiveComponent):
    render = heex("<div id={@id}><.live_component module={Longer} id={@id + 'x'} /></div>")


class Ping(LiveComponent):
    render = heex("<div id={@id}><.live_component module={Pong} id={@id + 'x'} /></div>")


class Pong(LiveComponent):
    render = heex("<div id={@id}><.live_component module={Ping} id={@id + 'x'} /></div>")


class Wider(LiveComponent):
    render = heex(
        "<i id={@id}><.live_component :for={x in 'xyz'} :key={x} module={Wider} id={@id + x} /></i>",
    )


class Same(LiveComponent):
    render = heex("<div id={@id}><.live_component module={Same} id={@id} /></div>")


class Nested(LiveComponent):
    render = heex("<b><.live_component :if={@left} module={Nested} id={@left} left={@left - 1} /></b>")


def page(component: Any, **more: Any) -> type[LiveView]:
    class Page(LiveView):
        render = heex(
            "<.live_component module={component} id='c' depth={0} {more} />",
            names={"component": component, "more": more},
        )

    return Page


@pytest.mark.parametrize("component", [Deeper, Longer, Ping])
def test_without_end(component: Any) -> None:
    """The component and the line of the template that shows it are named."""
    with pytest.raises(TooDeep) as caught:
        live(page(component))
    happened = caught.value.happened
    assert happened.startswith(f"the component {component.__name__}, which the template at {__file__}, line ")
    assert happened.endswith(" shows, is nested too deeply")
    assert caught.value.expected == f"what Python follows within its recursion limit of {sys.getrecursionlimit()} calls"


def test_wider_and_wider(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three in each: the limit is one of how many there are, as depth would come after memory has ended."""
    monkeypatch.setattr(component_pass, "_INNER", 2_000)
    with pytest.raises(TooDeep, match=r"the component Wider, which the template at .* shows, is nested") as caught:
        live(page(Wider))
    assert caught.value.expected == "at most 2,000 components below others of their module"


def test_depth_that_ends() -> None:
    """Ninety of its kind in one another are a page."""
    assert str(live(page(Nested, left=90)).html).count("<b") == 91


def test_one_inside_itself() -> None:
    """Its id stands twice: the line of the second is named."""
    with pytest.raises(DuplicateComponent) as caught:
        live(page(Same))
    assert f"in the template at {__file__}, line 40" in caught.value.__notes__
