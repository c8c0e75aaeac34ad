"""Random pages: html of the kind that LiveView applications show, weighted to what is hard for roles, names and snapshots.

Law: a seed gives the same page everywhere. Chromium parses it; what it makes of wrong nesting is the page.
"""

from __future__ import annotations

import json
from random import Random

_INLINE = "span b i em strong a label small code sub sup mark abbr u q del ins time output bdi kbd"
_BLOCKS = (
    "div p section article nav main aside header footer form fieldset ul ol dl table details dialog figure h1 h2 h3 pre "
    "blockquote address search menu hgroup"
)
_CONTROLS = "input input input input button button select textarea meter progress datalist"
_LEAVES = "img br hr svg wbr template script style iframe canvas area video audio noscript math object x-foo"
_ROLES = (
    "button link checkbox radio switch heading list listitem none presentation img textbox searchbox combobox listbox "
    "option tab tablist menu menuitem row cell grid region group dialog alert status generic paragraph slider tree treeitem "
    "term figure BUTTON image unknown"
)
INLINE, BLOCKS, CONTROLS, LEAVES, ROLES = (words.split(" ") for words in (_INLINE, _BLOCKS, _CONTROLS, _LEAVES, _ROLES))
IDS = [f"i{at}" for at in range(8)]
WORDS = [
    *(
        "Save",
        "save",
        "Email",
        "One",
        "Two",
        "a",
        "b",
        "x: y",
        "12",
        "- dash",
        "don't",
        "“q”",
        "é",
        "Straße",
        "yes",
        "#h",
    ),
    *(
        "Save all",
        " lead",
        "trail ",
        "\n ",
        " ",
        "",
        "  two  spaces ",
        "&nbsp;",
        "nb&nbsp;sp",
        "so&shy;ft",
        "{x}",
        "a\tb",
    ),
]
_TYPES = (
    "text text text email password search number checkbox checkbox radio radio submit button reset image file hidden "
    "range date color tel url time unknown"
)
TYPES = _TYPES.split(" ")
COMMON = (
    "button",
    "link",
    "checkbox",
    "radio",
    "textbox",
    "heading",
    "listitem",
    "option",
    "row",
    "cell",
    "list",
    "img",
)
STYLES = [
    *("display:none", "display:block", "display:inline", "display:inline-block", "display:contents", "display:flex"),
    *("visibility:hidden", "visibility:visible", "position:absolute", "float:left", "width:0", "height:0", "opacity:0"),
    *(
        "display:inline-flex",
        "width:10px;height:10px",
        "padding:2px",
        "display:grid",
        "white-space:pre",
        "height:0;width:0",
    ),
]
BOOL = ("true", "false", "mixed", "", "TRUE")


class Pages:
    """A source of pages and of questions about them."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def page(self) -> str:
        """A page's body."""
        return "".join(self.block(4) for _ in range(self.random.randint(1, 4)))

    # what is in a page

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def text(self) -> str:
        return self.random.choice(WORDS)

    def attributes(self, tag: str) -> str:
        pick, out = self.random.choice, list[str]()

        def put(name: str, value: str, chance: float) -> None:
            if self.maybe(chance):
                out.append(f' {name}="{value}"')

        put("id", pick(IDS), 0.35)
        put("hidden", pick(("", "", "hidden", "until-found")), 0.05)
        put("aria-hidden", pick(("true", "true", "false", "TRUE", "")), 0.05)
        put("aria-label", self.text(), 0.1)
        put("aria-labelledby", " ".join(self.random.choices(IDS, k=self.random.randint(1, 2))), 0.07)
        put("aria-describedby", " ".join(self.random.choices(IDS, k=self.random.randint(1, 2))), 0.05)
        put("aria-description", self.text(), 0.03)
        put("aria-owns", pick(IDS), 0.02)
        put("title", self.text(), 0.08)
        put("role", pick(ROLES), 0.1)
        put("style", pick(STYLES), 0.1)
        put("tabindex", pick(("0", "-1", "x", "")), 0.04)
        put("data-testid", pick(("t1", "t2", "T1")), 0.05)
        for name in ("checked", "pressed", "selected", "expanded", "disabled"):
            put(f"aria-{name}", pick(BOOL), 0.03)
        put("aria-level", pick(("2", "0", "1.5", "x", "3")), 0.03)
        put("aria-invalid", pick(("true", "false", "grammar", "spelling", "", "x")), 0.03)
        put("aria-errormessage", pick(IDS), 0.02)
        put("aria-valuetext", self.text(), 0.02)
        put("aria-valuenow", "7", 0.02)
        put("aria-live", "polite", 0.02)
        put("contenteditable", "", 0.02)
        put("inert", "", 0.02)
        put("popover", "", 0.01)
        put("placeholder", self.text(), 0.4 if tag in ("input", "textarea") else 0.01)
        if tag in ("input", "button", "select", "textarea", "fieldset", "option", "optgroup"):
            put("disabled", "", 0.1)
        if tag in ("input", "textarea", "select"):
            put("required", "", 0.1)
            put("readonly", "", 0.05)
            put("name", pick("qr"), 0.4)
        if tag == "input":
            put("type", pick(TYPES), 0.9)
            put("value", pick((*WORDS, "5", "#00ff00", "2020-02-29", "10:30")), 0.4)
            put("checked", "", 0.25)
            put("list", pick(IDS), 0.1)
            put("alt", self.text(), 0.1)
            put("min", "3", 0.05)
            put("max", "9", 0.05)
        elif tag in ("a", "area"):
            put("href", pick(("#", "/x", "", "data:text/plain,hello", "a b")), 0.7)
        elif tag == "label":
            put("for", pick((*IDS, "")), 0.5)
        elif tag in ("details", "dialog"):
            put("open", "", 0.5)
        elif tag == "select":
            put("multiple", "", 0.15)
            put("size", pick("123"), 0.15)
        elif tag in ("img", "area"):
            put("alt", pick(("", "", "Alt", " ")), 0.6)
            put("width", "5", 0.2)
            put("height", "5", 0.2)
        elif tag in ("th", "td"):
            put("scope", pick(("col", "row", "x")), 0.2)
        elif tag in ("meter", "progress", "li", "button"):
            put("value", "0.5", 0.3)
        elif tag in ("audio", "video"):
            put("controls", "", 0.5)
        elif tag == "table":
            put("summary", "Sum", 0.1)
        return "".join(out)

    def open(self, tag: str) -> str:
        return f"<{tag}{self.attributes(tag)}>"

    def inlines(self, depth: int) -> str:
        return "".join(self.inline(depth) for _ in range(self.random.randint(0, 3)))

    def inline(self, depth: int) -> str:
        if depth <= 0 or self.maybe(0.4):
            return self.text()
        if self.maybe(0.35):
            return self.control(depth)
        if self.maybe(0.2):
            return self.leaf(depth)
        tag = self.random.choice(INLINE)
        return f"{self.open(tag)}{self.inlines(depth - 1)}</{tag}>"

    def control(self, depth: int) -> str:
        tag = self.random.choice(CONTROLS)
        if tag == "input":
            return self.open(tag)
        if tag in ("select", "datalist"):
            return f"{self.open(tag)}{self.options(tag == 'select')}</{tag}>"
        inside = self.inlines(depth - 1) if tag == "button" else self.text()
        return f"{self.open(tag)}{inside}</{tag}>"

    def options(self, groups: bool) -> str:
        out = ""
        for _ in range(self.random.randint(0, 3)):
            mark = " selected" if self.maybe(0.2) else ""
            option = f"{self.open('option')[:-1]}{mark}>{self.text()}</option>"
            out += f"{self.open('optgroup')[:-1]} label=G>{option}</optgroup>" if groups and self.maybe(0.2) else option
        return out

    def leaf(self, depth: int) -> str:
        tag = self.random.choice(LEAVES)
        if tag in ("img", "br", "hr", "wbr", "area"):
            return self.open(tag)
        if tag == "svg":
            title = f"<title>{self.text()}</title>" if self.maybe(0.5) else ""
            return f"{self.open(tag)}{title}<path></path></svg>"
        if tag == "math":
            return f"{self.open(tag)}<mi>x</mi></math>"
        inside = "1" if tag in ("script", "style", "noscript", "iframe") else self.inlines(depth - 1)
        return f"{self.open(tag)}{inside}</{tag}>"

    def blocks(self, depth: int) -> str:
        return "".join(self.block(depth) for _ in range(self.random.randint(0, 3)))

    def block(self, depth: int) -> str:
        if depth <= 0 or self.maybe(0.3):
            return self.inline(depth)
        tag = self.random.choice(BLOCKS)
        begin, end = self.open(tag), f"</{tag}>"
        if tag in ("ul", "ol", "menu"):
            items = (f"{self.open('li')}{self.block(depth - 1)}</li>" for _ in range(self.random.randint(0, 3)))
            return begin + "".join(items) + end
        if tag == "dl":
            return f"{begin}{self.open('dt')}{self.inlines(depth - 1)}</dt>{self.open('dd')}{self.block(depth - 1)}</dd>{end}"
        if tag == "table":
            return begin + self.rows(depth) + end
        if tag in ("p", "h1", "h2", "h3", "pre"):
            return begin + self.inlines(depth - 1) + end
        head = {"details": "summary", "fieldset": "legend", "figure": "figcaption"}.get(tag)
        first = f"{self.open(head)}{self.inlines(depth - 1)}</{head}>" if head and self.maybe(0.8) else ""
        return begin + first + self.blocks(depth - 1) + end

    def rows(self, depth: int) -> str:
        out = f"{self.open('caption')}{self.text()}</caption>" if self.maybe(0.3) else ""
        for _ in range(self.random.randint(0, 3)):
            cells = ""
            for _ in range(self.random.randint(0, 3)):
                tag = self.random.choice(("td", "td", "th"))
                cells += f"{self.open(tag)}{self.inline(depth - 1)}</{tag}>"
            out += f"{self.open('tr')}{cells}</tr>"
        return out

    # what is asked about it

    def questions(self) -> list[tuple[str, dict[str, object], str]]:
        """Queries: the verb, its arguments, and the selector that Playwright's own API makes of them."""
        found: list[tuple[str, dict[str, object], str]] = []
        for verb, engine in (("by_text", "text"), ("by_label", "label")):
            for _ in range(4):
                text, exact = self.word(), self.maybe(0.4)
                found.append(
                    (verb, {"text": text, "exact": exact}, f"internal:{engine}={json.dumps(text)}{'is'[exact]}")
                )
        for verb, name in (("by_placeholder", "placeholder"), ("by_title", "title"), ("by_alt_text", "alt")):
            text, exact = self.word(), self.maybe(0.4)
            found.append((verb, {"text": text, "exact": exact}, f"internal:attr=[{name}={_attribute(text, exact)}]"))
        found.append(("by_test_id", {"test_id": "t1"}, 'internal:testid=[data-testid="t1"s]'))
        found.extend(self.role_question() for _ in range(6))
        return found

    def word(self) -> str:
        text = self.random.choice([word for word in WORDS if "&" not in word])
        return text[:3] if self.maybe(0.3) else text

    def role_question(self) -> tuple[str, dict[str, object], str]:
        role = self.random.choice((*COMMON, *ROLES))
        asked: dict[str, object] = {}
        low = role.lower()
        if self.maybe(0.5):
            asked["include_hidden"] = self.maybe(0.7)
        if low in ("checkbox", "radio", "option", "switch", "treeitem") and self.maybe(0.4):
            asked["checked"] = self.maybe(0.5)
        if low in ("option", "row", "tab", "treeitem") and self.maybe(0.4):
            asked["selected"] = self.maybe(0.5)
        if low == "button" and self.maybe(0.3):
            asked["pressed"] = self.maybe(0.5)
        if low in ("button", "link", "row", "checkbox", "combobox") and self.maybe(0.2):
            asked["expanded"] = self.maybe(0.5)
        if low in ("heading", "listitem", "row") and self.maybe(0.3):
            asked["level"] = self.random.randint(0, 3)
        if self.maybe(0.2):
            asked["disabled"] = self.maybe(0.5)
        props = "".join(f"[{name.replace('_', '-')}={str(value).lower()}]" for name, value in asked.items())
        exact = self.maybe(0.3)
        for name, chance in (("name", 0.5), ("description", 0.1)):
            if self.maybe(chance):
                text = self.word()
                asked[name] = text
                props += f"[{name}={_attribute(text, exact)}]"
        return "by_role", {"role": role, "exact": exact, **asked}, f"internal:role={role}{props}"


def _attribute(text: str, exact: bool) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"{"is"[exact]}'
