"""`liveview show --record` in Chromium: what is done in a page of the shell becomes a test that passes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page

    from tests.chromium.conftest import Serve

pytestmark = pytest.mark.browser


def shell(tab: Page, address: str, name: str = "Ann") -> FrameLocator:
    """The shell, and the page of somebody in it, which has joined."""
    tab.goto(address)
    frame = tab.frame_locator(f'iframe[name="frame-{name}"]')
    frame.locator("[data-phx-main].phx-connected").wait_for()
    tab.get_by_role("tab", name="Recording").click()
    return frame


def recorded(tab: Page, code: str) -> None:
    """Wait until the last line of the recording is of this kind."""
    tab.wait_for_function(
        "code => document.getElementById('recorded')?.textContent.split('\\n').at(-1).includes(code)", arg=code
    )


def saved(tab: Page, file: Path, *, whole: bool = True) -> str:
    """The body of the test, once it is written, and has passed here too. `whole`: its pages are those of the session."""
    tab.get_by_role("button", name="Save the test").click()
    told = tab.locator("p[role=status]").get_by_text(f"{file}: ").inner_text()
    text = file.read_text()
    assert told.endswith("it passes") if whole else "it passes" in told, f"{told}\n{text}"
    namespace: dict[str, object] = {"__name__": "written", "__file__": str(file)}
    exec(compile(text, str(file), "exec"), namespace)
    (test,) = [each for name, each in namespace.items() if name.startswith("test_")]
    test()  # type: ignore[operator]
    return text.partition("():\n")[2]


def test_the_counter(serve: Serve, tab: Page, tmp_path: Path) -> None:
    """Clicks, and two assertions by pointing: the page and its client do not see that click."""
    file = tmp_path / "test_counter.py"
    server = serve("scenarios/counter.py", record=file)
    ann = shell(tab, server.address)
    for _ in range(2):
        ann.get_by_role("button", name="+").click()
    ann.get_by_text("Count: 2").wait_for()
    for what, which in (
        ("its text", ann.get_by_role("heading")),
        ("it is visible", ann.get_by_role("button", name="Reset")),
    ):
        tab.get_by_role("button", name="Assert …").click()
        which.click()
        tab.get_by_role("button", name=what).click()
        tab.get_by_role("button", name=what).wait_for(state="detached")
    assert ann.get_by_role("heading").inner_text() == "Count: 2"
    assert saved(tab, file).splitlines() == [
        "    sim = Simulation()",
        "    ann = sim.page(CounterLive)",
        '    ann.get_by_role("button", name="+").click()',
        '    ann.get_by_role("button", name="+").click()',
        '    expect(ann.get_by_role("heading")).to_have_text("Count: 2")',
        '    expect(ann.get_by_role("button", name="Reset")).to_be_visible()',
    ]


def test_a_form(serve: Serve, tab: Page, tmp_path: Path) -> None:
    """Over a link into a form: each field one line, passwords too; Enter sends it, once; then back, and forward."""
    file = tmp_path / "test_registration.py"
    server = serve("scenarios/registration.py", record=file)
    ann = shell(tab, server.address)
    ann.get_by_role("link", name="Register").click()
    ann.get_by_label("Name").press_sequentially("Ann")
    ann.get_by_label("E-mail").fill("ann@example.org")
    ann.get_by_label("Age").fill("30")
    for field in ("Password", "Once more", "Password"):
        ann.get_by_label(field).fill("correct horse")
    ann.get_by_label("Once more").press("Enter")
    ann.get_by_text("Welcome, Ann!").wait_for()
    tab.get_by_role("button", name="Assert …").click()
    ann.get_by_text("Welcome, Ann!").click()
    tab.get_by_role("button", name="the address").click()
    recorded(tab, "to_have_url")
    for verb, what in (("back", "Register"), ("back", "Home"), ("forward", "Register")):
        tab.evaluate(f"history.{verb}()")
        (ann.get_by_role("button", name="Register") if what == "Register" else ann.get_by_text(what)).wait_for()
        recorded(tab, f"ann.go_{verb}()")
    assert [line.strip() for line in saved(tab, file).splitlines()] == [
        "sim = Simulation(ROUTER)",
        'ann = sim.page("/")',
        'ann.get_by_role("link", name="Register").click()',
        'ann.get_by_role("textbox", name="Name").fill("Ann")',
        'ann.get_by_role("textbox", name="E-mail").fill("ann@example.org")',
        'ann.get_by_role("spinbutton", name="Age").fill("30")',
        'ann.get_by_role("textbox", name="Password").fill("correct horse")',
        'ann.get_by_role("textbox", name="Once more").fill("correct horse")',
        'ann.get_by_role("textbox", name="Password").fill("correct horse")',
        'ann.get_by_role("textbox", name="Once more").press("Enter")',
        'expect(ann).to_have_url("http://www.example.com/")',
        "ann.go_back()",
        "ann.go_back()",
        "ann.go_forward()",
    ]


def test_files(serve: Serve, tab: Page, tmp_path: Path) -> None:
    """A short one is in the test, a longer one beside it, in the place of a large one is one as large."""
    file = tmp_path / "test_avatar.py"
    server = serve("scenarios/avatar.py", record=file)
    ann = shell(tab, server.address)
    chosen = ann.locator("input[type=file]")
    chosen.set_input_files({"name": "cv.txt", "mimeType": "text/plain", "buffer": b"I was born"})
    ann.get_by_text("is no picture").wait_for()
    ann.get_by_role("button", name="Take back").click()
    ann.locator("figure").wait_for(state="detached")  # else the client empties the field that was just filled
    picture = b"\x89PNG" + bytes(range(200)) * 4
    chosen.set_input_files({"name": "me.png", "mimeType": "image/png", "buffer": picture})
    ann.locator("figure").wait_for()
    ann.get_by_role("button", name="Save").click()
    ann.locator("figure").wait_for(state="detached")
    chosen.set_input_files({"name": "big.png", "mimeType": "image/png", "buffer": b"x" * 100_000})
    ann.get_by_text("is larger than").wait_for()
    files = [line.partition("set_input_files(")[2] for line in saved(tab, file).splitlines() if "_files(" in line]
    assert files[0] == """{"name": "cv.txt", "mimeType": "text/plain", "buffer": b'I was born'})"""
    assert files[1].endswith(
        'Path(__file__).with_name("test_avatar_files").joinpath("test_avatar", "me.png").read_bytes()})'
    )
    assert files[2] == '{"name": "big.png", "mimeType": "image/png", "buffer": bytes(100000)})'
    assert (tmp_path / "test_avatar_files" / "test_avatar" / "me.png").read_bytes() == picture


def test_several_people(serve: Serve, tab: Page, tmp_path: Path) -> None:
    """Each by their name, with their session; what one does is on the other's page."""
    file = tmp_path / "test_chat.py"
    server = serve("scenarios/chat.py", record=file)
    ann, ben = shell(tab, server.address), tab.frame_locator('iframe[name="frame-Ben"]')
    ben.locator("[data-phx-main].phx-connected").wait_for()
    for who, other, text in ((ann, ben, "hello"), (ben, ann, "hi")):
        box = who.locator("form").first.get_by_role("textbox")
        box.fill(text)
        box.press("Enter")
        other.locator("li", has_text=text).first.wait_for()
    tab.get_by_role("button", name="Assert …").click()
    ben.locator("li", has_text="hello").first.click()
    tab.get_by_role("button", name="it is visible").click()
    recorded(tab, "to_be_visible")
    text = saved(tab, file)
    assert {line.strip().partition("}")[0] for line in text.splitlines()[1:3]} == {
        f'{name.lower()} = sim.page("/dashboard", session={{"name": "{name}"' for name in ("Ann", "Ben")
    }
    assert [line.split(".")[0].strip() for line in text.splitlines()[3:7]] == ["ann", "ann", "ben", "ben"]


def test_the_panel(serve: Serve, tab: Page, tmp_path: Path) -> None:
    """Answers to tasks, a slow network, and one that goes and comes back, are acts of the test."""
    file = tmp_path / "test_report.py"
    server = serve("scenarios/report.py", record=file)
    ann = shell(tab, server.address)
    tab.get_by_role("tab", name="World").click()
    tab.get_by_role("button", name="Hold tasks").click()
    pane = tab.locator("#pane")
    for how, shown in (("fail", "The report failed"), ("answer", "so much"), ("run", "Sales of May")):
        ann.get_by_role("button", name="Generate").click()
        pane.get_by_role("button", name=how).wait_for()
        if how == "answer":
            pane.get_by_placeholder("JSON value").fill('"so much"')
        pane.get_by_role("button", name=how).click()
        ann.get_by_text(shown).wait_for()
    tab.get_by_role("tab", name="Recording").click()
    tab.locator("#latency").select_option("0.5")
    recorded(tab, "latency(0.5)")
    tab.locator("#latency").select_option("0")
    tab.locator("#offline").click()
    recorded(tab, "drop()")
    tab.locator("#offline").click()
    recorded(tab, "restore()")
    assert [line.strip() for line in saved(tab, file, whole=False).splitlines()[2:]] == [
        "sim.tasks.hold()",
        'ann.get_by_role("button", name="Generate").click()',
        'sim.tasks.fail("report", "failed")',
        'ann.get_by_role("button", name="Generate").click()',
        'sim.tasks.resolve("report", "so much")',
        'ann.get_by_role("button", name="Generate").click()',
        'sim.tasks.run("report")',
        "ann.network.latency(0.5)",
        "ann.network.latency(0)",
        "ann.network.drop()",
        "ann.network.restore()",
    ]


QUESTION = """from liveview_core import LiveView, heex


class QuestionLive(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(left=2)

    def handle_event(self, event, params, socket):
        return socket.update("left", lambda left: left - 1)

    render = heex('<main><p>{@left} left</p><button phx-click="take" data-confirm="Sure?">Take</button></main>')
"""


def test_a_question(serve: Serve, tab: Page, tmp_path: Path) -> None:
    """What was answered is answered in the test; a click that was taken back causes nothing, and is left out."""
    file, view = tmp_path / "test_question.py", tmp_path / "question_view.py"
    view.write_text(QUESTION)
    server = serve(str(view), record=file)
    ann = shell(tab, server.address)
    answers = [False, True]
    tab.on("dialog", lambda dialog: dialog.accept() if answers.pop(0) else dialog.dismiss())
    ann.get_by_role("button", name="Take").click()
    ann.get_by_role("button", name="Take").click()
    ann.get_by_text("1 left").wait_for()
    tab.get_by_role("button", name="Save the test").click()
    assert "it passes" in tab.locator("p[role=status]").inner_text()
    assert [line.strip() for line in file.read_text().partition("():\n")[2].splitlines()[2:]] == [
        'ann.once("dialog", lambda dialog: dialog.accept())',
        'ann.get_by_role("button", name="Take").click()',
    ]
