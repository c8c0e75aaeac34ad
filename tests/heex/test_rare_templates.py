"""What seldom happens to a template: odd names, errors that only Python's compiler sees, values whose properties raise."""

from __future__ import annotations

import copy
import inspect
import sys
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve

import liveview_core.components
import liveview_core.heex
from liveview_core import JS, attr, component, heex
from liveview_core.errors import TooDeep
from liveview_core.heex import inspection
from liveview_core.heex.definition import TemplateFolder
from liveview_core.heex.runtime import SlotError, old_at, render_slot
from liveview_core.heex.syntax.errors import TemplateSyntaxError
from liveview_core.heex.syntax.source import CallSite


@pytest.mark.parametrize("module", [liveview_core.components, liveview_core.heex])
def test_what_a_module_does_not_have(module: ModuleType) -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = module.nothing


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("<% a in b for c = 1 %>", "only names can be bound here"),
        ('<.link :let={ } navigate="/x">x</.link>', "a pattern is missing"),
        ("{f'a\nb'}", "never closed"),
        ("{f'{1!r x}'}", "a field of an f-string is never closed: } is missing"),
        ("{f'{1!z}'}", "invalid conversion character"),
        ("{f'" + "{a:" * 3_000 + "}" * 3_000 + "'}", "the expression is nested too deeply"),
        ("<p :when={x}>x</p>", "write :if={…}"),
        ("<p :each={x}>x</p>", "write :for={x in @xs}"),
        ("<div :slot={x}>x</div>", "a slot is a tag: <:name>…</:name>"),
    ],
)
def test_refused_templates(template: str, text: str) -> None:
    with pytest.raises(TemplateSyntaxError) as raised:
        heex(template)
    assert text in str(raised.value)


def test_blanks_behind_a_conversion_are_python_s_business() -> None:
    """From 3.12 on they are allowed; what is inside is found either way."""
    with nullcontext() if sys.version_info >= (3, 12) else pytest.raises(TemplateSyntaxError):
        assert heex("{f'{@x!r :>5}'}")(x=1).__html__() == "    1"


def test_a_folder_of_templates_has_no_special_names() -> None:
    folder = TemplateFolder.__new__(TemplateFolder)
    assert not hasattr(folder, "__missing__")
    assert not hasattr(folder, "_folder")
    assert copy.copy(TemplateFolder) is TemplateFolder


def test_components_of_a_module_are_templates_and_functions() -> None:
    """Whatever else calls what it has `declarations` is passed over."""
    module = ModuleType("made")
    made: Any = component(attr("x", str))(lambda assigns: heex("<i></i>")(assigns))
    module.__dict__["other"] = type("Other", (), {"declarations": made.declarations})()
    assert inspection.components(module) == {}


def test_only_slots_are_rendered_as_slots() -> None:
    wrong: Any = ["text"]
    with pytest.raises(SlotError) as raised:
        heex("{render_slot(@x)}")(x=wrong).__html__()
    assert "render_slot takes a slot" in str(raised.value)
    assert callable(partial(render_slot, []))


class Moody:
    """A property that raises."""

    @property
    def mood(self) -> str:
        raise RuntimeError("not now")


def test_of_what_cannot_be_read_again_it_is_only_known_that_it_changed() -> None:
    assert old_at(Moody(), ((".", "mood"),)) is True
    assert old_at([1], (("[", 0),)) is True


def test_a_call_in_what_is_no_python_has_no_place(tmp_path: Path) -> None:
    """The file was changed since: what is in it now says nothing about the call."""
    file = tmp_path / "changed.py"
    file.write_text("heex('x'", encoding="utf-8")
    frame = inspect.currentframe()
    assert frame is not None
    assert evolve(CallSite.of(frame), file=str(file)).literal("x") is None


def test_the_empty_command_is_an_attribute() -> None:
    assert heex("<b phx-click={@js}></b>")(js=JS).__html__() == heex("<b phx-click={@js}></b>")(js=JS()).__html__()
    assert JS.__html__() == JS().__html__()


def test_a_template_that_calls_itself_for_ever() -> None:
    again: Any = heex("<i><.again /></i>", names={"again": lambda assigns: again(assigns)})
    with pytest.raises(TooDeep):
        again().__html__()
