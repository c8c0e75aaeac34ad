"""What Chromium does with keys in texts, and with modifier keys elsewhere, measured once and kept in `caret_keys.jsonl`.

Owns the reading of that file. A line is a page, keys in its element `a` (or `d`), what its fields hold then, and what was heard.
Some begin with a click or Tab instead (`click2` is a double one), and say what has the focus in the end.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("caret_keys.jsonl")
LETTERS = {"keydown": "d", "keyup": "u", "input": "i", "change": "c", "click": "k", "submit": "s"}


def measured() -> list[dict[str, Any]]:
    """All that was measured."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def play(page: Any, known: dict[str, Any]) -> None:
    """Do it, on the kit's page or on Playwright's."""
    field = page.locator("#a" if "id=a" in known["html"] else "#d")
    if "focus" not in known:
        field.focus()
    for key in known["keys"]:
        if key == "focus":
            field.focus()
        elif key.startswith("click"):
            field.click(click_count=int(key[5:]))
        else:
            page.keyboard.press(key)


def letters(lines: list[str]) -> str:
    """What was heard, shortly."""
    return "".join(LETTERS.get(line.split(" ")[0], "") for line in lines)
