"""What Chromium does with selects under keys and the mouse, measured once and kept in `option_lists.txt`.

Owns the reading of that file, and how its acts are done on a page, the kit's or Playwright's. Law: both are asked the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import frozen

FILE = Path(__file__).with_name("option_lists.txt")
AROUND = "<input id=i>"
LETTERS = {"keydown": "d", "keyup": "u", "input": "i", "change": "c", "click": "k"}


@frozen
class Measured:
    """Acts on a select, what is chosen after them, and what was heard."""

    html: str
    acts: tuple[str, ...]
    chosen: list[str]
    heard: str


def measured() -> dict[str, Measured]:
    """All that was measured, by the lines of the file."""
    lists: dict[str, str] = {}
    found: dict[str, Measured] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, colon, html = line.partition(": ")
        if colon and "  " not in name:
            lists[name] = html + AROUND
            continue
        name, acts, chosen, heard = line.split("  ")
        found[f"{name} {acts}"] = Measured(
            lists[name], tuple(acts.split(" ")), chosen.split("|") if chosen else [], heard
        )
    return found


def play(page: Any, acts: tuple[str, ...]) -> list[str]:
    """Do all of that, and say what is chosen then."""
    select = page.locator("#s")
    for act in acts:
        if act == "focus":
            select.focus()
        elif act == "click":
            select.click()
        elif act == "away":
            page.locator("#i").focus()
        elif act == "wait":
            page.wait_for_timeout(1_100)
        elif act.startswith("="):
            select.select_option(act[1:].split(","))
        elif act.startswith("@"):
            at, *modifiers = act[1:].split("+")
            page.locator("#s option").nth(int(at)).click(modifiers=modifiers)
        else:
            page.keyboard.press(act)
    chosen: list[str] = page.locator("#s :checked").all_inner_texts()
    return chosen


def letters(lines: list[str]) -> str:
    """What was heard, shortly."""
    found = ""
    for line in lines:
        letter = LETTERS.get(line.split(" ")[0])
        if letter is not None:
            found += letter.upper() if "untrusted" in line else letter
    return found
