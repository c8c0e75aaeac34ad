"""Random locators in the language of `locator(…)`: CSS with all that Playwright adds to it, engines, chains.

Law: a seed gives the same selectors everywhere. What needs layout is left out; words are few, so that much is found.
"""

from __future__ import annotations

import json
from random import Random

from tests.chromium.pages import Pages

_TAGS = "* * div p span li ul a button input label td tr th h1 select option details summary form textarea img b i svg dialog"
TAGS = _TAGS.split(" ")
CLASSES = ("a", "b", "c", "card", "A")
WORDS = ("a", "b", "Save", "a b", " a", "b ", "", "ab", "A", "\n", "x: y")
PLACES = ("first-child", "last-child", "only-child", "first-of-type", "last-of-type", "only-of-type", "empty", "root")
STATES = (
    *("checked", "disabled", "enabled", "required", "optional", "read-only", "read-write", "link", "any-link", "valid"),
    *("placeholder-shown", "indeterminate", "default", "in-range", "out-of-range", "invalid", "focus", "open"),
)
NTH = ("1", "2", "odd", "even", "2n+1", "n+2", "-n+2", "3n", "0", "n", "-2n+3")


class WordyPages(Pages):
    """Pages with few words, and with classes."""

    def text(self) -> str:
        return self.random.choice(WORDS)

    def attributes(self, tag: str) -> str:
        found = super().attributes(tag)
        if self.maybe(0.4):
            found += f' class="{" ".join(self.random.choices(CLASSES, k=self.random.randint(1, 2)))}"'
        return found + (f' data-x="{self.random.choice(("one", "one two", "one-two", ""))}"' if self.maybe(0.1) else "")


class Selectors:
    """A source of locators."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def word(self) -> str:
        text = self.random.choice(WORDS).replace("\n", "\\a ")
        return f'"{text}"'

    def attribute(self) -> str:
        name = self.random.choice(("class", "id", "title", "data-x", "type", "role", "value", "aria-label", "tabindex"))
        operator = self.random.choice(("", "=", "=", "^=", "$=", "*=", "~=", "|="))
        value = self.random.choice(("a", "one", "one two", "", "i1", "text", "checkbox", "ON", "card"))
        flag = " i" if self.maybe(0.2) else ""
        return f'[{name}{operator}"{value}"{flag}]' if operator else f"[{name}]"

    def pseudo(self, depth: int) -> str:
        pick = self.random.choice
        kind = pick(("place", "nth", "state", "state", "text", "text", "text", "not", "is", "has", "match"))
        if kind in ("not", "is", "has", "match") and not depth:
            kind = "text"
        match kind:
            case "place":
                return f":{pick(PLACES)}"
            case "nth":
                return f":{pick(('nth-child', 'nth-last-child', 'nth-of-type', 'nth-last-of-type'))}({pick(NTH)})"
            case "state":
                return f":{pick(STATES)}"
            case "not":
                return f":not({self.listed(depth - 1)})"
            case "is":
                return f":{pick(('is', 'where'))}({self.listed(depth - 1)})"
            case "has":
                return f":has({pick(('', '> ', '+ ', '~ '))}{self.complex(depth - 1)})"
            case "match":
                return f":nth-match({self.listed(depth - 1)}, {self.random.randint(1, 3)})"
            case _:
                matching = ':text-matches("[ab]", "i")' if self.maybe(0.5) else ':text-matches("^S")'
                return pick((*(f":{name}({self.word()})" for name in ("has-text", "text", "text-is")), matching))

    def compound(self, depth: int) -> str:
        found = self.random.choice(TAGS) if self.maybe(0.5) else ""
        if self.maybe(0.12):
            found += f".{self.random.choice((*CLASSES, 'z'))}"
        if self.maybe(0.05):
            found += f"#i{self.random.randint(0, 7)}"
        if self.maybe(0.08):
            found += self.attribute()
        while self.maybe(0.35):
            found += self.pseudo(depth)
        return found or "*"

    def complex(self, depth: int) -> str:
        found = self.compound(depth)
        while self.maybe(0.3):
            found += self.random.choice((" ", " ", " > ", " + ", " ~ ")) + self.compound(depth)
        return found

    def listed(self, depth: int) -> str:
        return ", ".join(self.complex(depth) for _ in range(self.random.choice((1, 1, 1, 2))))

    def engine(self) -> str:
        pick = self.random.choice
        word = json.dumps(pick([each for each in WORDS if "\n" not in each]))
        states = ("", "[disabled]", '[name="Save"i]', '[name="a"]')
        role = f"role={pick(('button', 'link', 'listitem'))}{pick(states)}"
        return pick((f"text={word}", "text=a", f"nth={pick((0, 1, -1, 2))}", role, ".."))

    def selector(self) -> str:
        """A locator."""
        parts = [self.listed(2) if self.maybe(0.9) else self.engine()]
        while self.maybe(0.3):
            parts.append(self.listed(1) if self.maybe(0.5) else self.engine())
        return " >> ".join(parts)
