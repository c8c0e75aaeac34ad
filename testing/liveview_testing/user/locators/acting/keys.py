"""Keys by their names, as Playwright takes them, and what pressing them is to a tab.

Owns `presses`: "Enter", "a", "Control+Shift+k" as what happens to the tab, one after the other. Law: the keyboard is that of the
US; what it does not have is no key.
"""

from __future__ import annotations

from liveview_core.errors import nearest_names, shown
from liveview_testing.browser.stimuli import Press
from liveview_testing.user.locators.exceptions import Error

NAMED = (
    "Enter",
    "Tab",
    "Escape",
    "Backspace",
    "Delete",
    "Insert",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "ArrowDown",
    "CapsLock",
    "ContextMenu",
    "NumLock",
    "Pause",
    "PrintScreen",
    "ScrollLock",
    *(f"F{number}" for number in range(1, 13)),
)
MODIFIERS = ("Shift", "Control", "Alt", "Meta")
_CODES = {
    "Space": " ",
    "NumpadEnter": "Enter",
    "NumpadAdd": "+",
    "NumpadSubtract": "-",
    "NumpadMultiply": "*",
    "NumpadDivide": "/",
    "NumpadDecimal": ".",
    "Minus": "-",
    "Equal": "=",
    "BracketLeft": "[",
    "BracketRight": "]",
    "Backslash": "\\",
    "Semicolon": ";",
    "Quote": "'",
    "Backquote": "`",
    "Comma": ",",
    "Period": ".",
    "Slash": "/",
    **{f"Digit{digit}": str(digit) for digit in range(10)},
    **{f"Numpad{digit}": str(digit) for digit in range(10)},
}
_SIDES = {f"{name}{side}": name for name in MODIFIERS for side in ("Left", "Right")}
_SHIFTED = dict(zip("1234567890-=[]\\;'`,./", '!@#$%^&*()_+{}|:"~<>?', strict=True))


_CALLED = {
    "down": "ArrowDown",
    "up": "ArrowUp",
    "left": "ArrowLeft",
    "right": "ArrowRight",
    "esc": "Escape",
    "return": "Enter",
    "del": "Delete",
    "ins": "Insert",
    "ctrl": "Control",
    "cmd": "Meta",
    "command": "Meta",
    "win": "Meta",
    "option": "Alt",
    "spacebar": "Space",
    "pgup": "PageUp",
    "pgdn": "PageDown",
    "pgdown": "PageDown",
}
"""What keys are called elsewhere."""


def is_typed(char: str) -> bool:
    """Whether the keyboard has a key for a character."""
    return char in "\n\r\t" or (len(char) == 1 and " " <= char <= "~")


def key_of(name: str, shift: bool = False) -> str:
    """What an event says of a key. Raises `Error` where the keyboard has no such key."""
    if name in NAMED or name in MODIFIERS:
        return name
    if name == "ControlOrMeta":
        return "Control"
    if name in _SIDES:
        return _SIDES[name]
    if name in _CODES:
        plain = _CODES[name]
        return _SHIFTED.get(plain, plain) if shift and not name.startswith("Numpad") else plain
    if name.startswith("Key") and len(name) == 4 and "A" <= name[3] <= "Z":
        return name[3] if shift else name[3].lower()
    if name in ("\n", "\r"):
        return "Enter"
    if name == "\t":
        return "Tab"
    if len(name) == 1 and is_typed(name):
        return name
    known = _CALLED.get(name.lower())
    near = (known,) if known else nearest_names(name, (*NAMED, *MODIFIERS, *_CODES))
    raise Error(
        f'Unknown key: "{name}"',
        expected="a character of the US keyboard, or a key such as Enter, ArrowDown, Control+k",
        got=shown(name),
        cure=f"press({near[0]!r})" if near else "insert_text(…) writes any text without keys",
        nearest=near,
    )


def presses(combination: str, *, refused: bool = False) -> list[Press]:
    """A key, with those that are held down meanwhile, pressed and let go."""
    names = _names(combination)
    *held, last = names
    modifiers = [key_of(name) for name in held]
    key = key_of(last, "Shift" in modifiers)
    if any(each not in MODIFIERS for each in modifiers):
        # Keys that are no modifiers are pressed one in the other.
        downs = [Press(each, "down") for each in (*modifiers, key)]
        return [*downs, *(Press(each, "up") for each in reversed((*modifiers, key)))]
    down: set[str] = set()
    found: list[Press] = []
    for each in modifiers:
        down.add(each)
        found.append(Press(each, "down", frozenset(down)))
    found.append(Press(key, modifiers=frozenset(down), refused=refused))
    for each in reversed(modifiers):
        down.discard(each)
        found.append(Press(each, "up", frozenset(down)))
    return found


def _names(combination: str) -> list[str]:
    """The names in a combination: a plus where a name begins is a key itself."""
    names = [""]
    for char in combination:
        if char == "+" and names[-1]:
            names.append("")
        else:
            names[-1] += char
    return names
