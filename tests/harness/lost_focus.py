"""What Chromium does with an element that has the focus, and cannot have it any more: pages before and after, and when it is lost.

Owns `CASES`. Law: nothing is said of elements that go; the one with the id `a` has the focus.
"""  # PF-12

from __future__ import annotations

from typing import Literal

from attrs import frozen

When = Literal["stays", "at once", "next frame"]


@frozen
class Case:
    """Html before and after; when the focus is lost."""

    before: str
    after: str
    when: When


A = "<input id=a>"
CASES = (
    Case(A, "<input id=a hidden>", "at once"),
    Case(A, "<input id=a style='display:none'>", "next frame"),
    Case(A, "<input id=a style='visibility:hidden'>", "next frame"),
    Case(A, "<input id=a style='opacity:0'>", "stays"),
    Case(A, "<input id=a disabled>", "next frame"),
    Case(A, "<input id=a readonly>", "stays"),
    Case(A, "<input id=a inert>", "next frame"),
    Case(A, "<input id=a tabindex=-1>", "stays"),
    Case(A, "<input id=a type=checkbox>", "stays"),
    Case(A, "<input id=a type=hidden>", "next frame"),
    Case("<button id=a>x</button>", "<button id=a disabled>x</button>", "next frame"),
    Case("<button id=a>x</button>", "<button id=a hidden>x</button>", "at once"),
    Case("<textarea id=a></textarea>", "<textarea id=a hidden></textarea>", "at once"),
    Case(f"<fieldset id=f>{A}</fieldset>", f"<fieldset id=f disabled>{A}</fieldset>", "at once"),
    Case(
        f"<fieldset id=f><legend>{A}</legend></fieldset>",
        f"<fieldset id=f disabled><legend>{A}</legend></fieldset>",
        "stays",
    ),
    Case(f"<div id=d>{A}</div>", f"<div id=d hidden>{A}</div>", "next frame"),
    Case(f"<div id=d>{A}</div>", f"<div id=d inert>{A}</div>", "next frame"),
    Case(f"<div id=d>{A}</div>", f"<div id=d style='display:none'>{A}</div>", "next frame"),
    Case(f"<div id=d>{A}</div>", f"<div id=d style='visibility:hidden'>{A}</div>", "next frame"),
    Case(
        f"<div id=d><p id=p style='visibility:visible'>{A}</p></div>",
        f"<div id=d style='visibility:hidden'><p id=p style='visibility:visible'>{A}</p></div>",
        "stays",
    ),
    Case(
        f"<details id=d open><summary>s</summary>{A}</details>",
        f"<details id=d><summary>s</summary>{A}</details>",
        "next frame",
    ),
    Case(
        "<details id=d open><summary id=a>s</summary>x</details>",
        "<details id=d><summary id=a>s</summary>x</details>",
        "stays",
    ),
    Case(f"<dialog id=d open>{A}</dialog>", f"<dialog id=d>{A}</dialog>", "next frame"),
    Case("<div id=a tabindex=0>x</div>", "<div id=a>x</div>", "at once"),
    Case("<div id=a tabindex=0>x</div>", "<div id=a tabindex=0 style='display:none'>x</div>", "next frame"),
    Case("<div id=a contenteditable>x</div>", "<div id=a>x</div>", "at once"),
    Case("<a id=a href='#x'>x</a>", "<a id=a>x</a>", "next frame"),
    Case(f"<label id=d>{A}</label>", f"<label id=d hidden>{A}</label>", "next frame"),
)
