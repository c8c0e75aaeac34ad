"""A page in Chromium and the same page in the simulation: where they differ.

Owns the readings of both, and `differences`: elements, attributes and text; and of each element what no attribute says: the value
of a control, whether it is checked or chosen, whether it has the focus, and whether it can be seen.

Law: what the client marks for itself is left out on both sides; nothing else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liveview_testing.browser.accessibility import is_visible
from liveview_testing.user.locators.finding.reading import LiveState

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from liveview_testing.browser.accessibility import DomElement
    from liveview_testing.user.locators.finding.reading import Reading

WALK = """(root) => {
  // What the client marks; `selected`, which its patch sets to what the property is; and what leads to a file that was chosen.
  const skip = ({ name, value }) => name.startsWith("data-phx-") || name === "selected" || value.startsWith("blob:");
  const walk = (node) => {
    const found = [];
    for (const each of node.childNodes) {
      if (each.nodeType === 3) {
        const text = each.data.replace(/\\s+/g, " ").trim();
        if (text) found.push(text);
      } else if (each.nodeType === 1) {
        const attributes = [...each.attributes].filter((a) => !skip(a)).map((a) => [a.name, a.name === "class"
          ? a.value.split(/\\s+/).filter((c) => c && !c.startsWith("phx-")).sort().join(" ") : a.value]).sort()
          .filter(([name, value]) => name !== "class" || value);
        found.push([each.tagName.toLowerCase(), attributes, walk(each)]);
      }
    }
    return found;
  };
  return walk(root);
}"""

STATE = """(top) => [...top.querySelectorAll("*")].map((el) => {
  const box = el.getBoundingClientRect();
  const tag = el.localName, checkable = tag === "input" && ["checkbox", "radio"].includes(el.type);
  return [
    tag,
    ["input", "textarea"].includes(tag) && !checkable && el.type !== "file" ? el.value : null,
    checkable ? el.checked : tag === "option" ? el.selected : null,
    el === document.activeElement,
    el.checkVisibility({ visibilityProperty: true }) && box.width > 0 && box.height > 0,
  ];
})"""

BOTH = f"""(html) => {{
  const top = document.querySelector("[data-phx-main]");
  const walk = {WALK};
  const ours = new DOMParser().parseFromString(html, "text/html");
  return [walk(ours.querySelector("[data-phx-main]") ?? ours.body), walk(top), ({STATE})(top)];
}}"""

KINDS = ("value", "checked, or chosen", "focus", "visible")


def differences(page: Page, html: str, reading: Reading | None, view: str) -> str | None:
    """Where a page in Chromium differs from the html of a view, and from what a person has there; None: nowhere."""
    ours, theirs, state = page.evaluate(BOTH, html)
    found = first_difference(ours, theirs, "")
    if found is not None or reading is None:
        return found
    top = reading.view(view)
    return None if top is None else other_state(states(top), state)


def states(top: DomElement) -> list[list[Any]]:
    """What no attribute says, of each element in document order."""
    state = LiveState()
    found: list[list[Any]] = []
    for each in top.iter():
        if each is top:
            continue
        kind = (each.get("type") or "text").lower()
        checkable = each.tag == "input" and kind in ("checkbox", "radio")
        seen = is_visible(each)
        typed = each.tag in ("input", "textarea") and not checkable and kind != "file"
        found.append(
            [
                each.tag,
                state.value(each) if typed else None,
                state.checked(each) if checkable else state.selected(each) if each.tag == "option" else None,
                state.focused(each) and seen,  # what is not drawn any more loses the focus in Chromium (departures)
                seen,
            ]
        )
    return found


def other_state(ours: list[list[Any]], theirs: list[list[Any]]) -> str | None:
    """The first element of which something else is so."""
    assert [each[0] for each in ours] == [each[0] for each in theirs], ([e[0] for e in ours], [e[0] for e in theirs])
    for at, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
        for kind, one, two in zip(KINDS, mine[1:], other[1:], strict=True):
            if one != two:
                return f": the {kind} of element {at}, <{mine[0]}>\n  simulation: {one!r}\n  Chromium:   {two!r}"
    return None


def first_difference(ours: Any, theirs: Any, where: str) -> str | None:
    """Where two pages differ first, and how."""
    for at, (mine, other) in enumerate(zip(ours, theirs, strict=False)):
        if isinstance(mine, str) or isinstance(other, str):
            if mine != other:
                return f" at {where}/{at}\n  simulation: {mine!r}\n  Chromium:   {other!r}"
            continue
        here = f"{where}/{mine[0]}"
        if mine[:2] != other[:2]:
            return f" at {here}\n  simulation: {mine[:2]}\n  Chromium:   {other[:2]}"
        found = first_difference(mine[2], other[2], here)
        if found is not None:
            return found
    if len(ours) != len(theirs):
        more = (ours if len(ours) > len(theirs) else theirs)[min(len(ours), len(theirs))]
        side = "simulation" if len(ours) > len(theirs) else "Chromium"
        return f" at {where}\n  only in the {side}: {more!r}"
    return None
