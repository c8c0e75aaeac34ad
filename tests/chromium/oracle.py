"""What Playwright answers in Chromium, in bulk: one evaluation a page, by the script that its driver puts into every page.

The script is read from the installed package and loaded once into a page that then shows one document after the other.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from playwright.sync_api import Page

MARK = "packages/injected/src/injectedScript.ts"

LOAD = """literal => {
  const source = (0, eval)("(" + literal + ")");
  const parts = ["InjectedScript", "isElementHiddenForAria", "getAriaChecked", "getAriaPressed", "getAriaSelected",
    "getAriaExpanded", "getAriaLevel", "getAriaDisabled", "getAriaInvalid", "getElementAccessibleErrorMessage",
    "getElementAccessibleNameText", "getElementAccessibleDescription", "matchesExpectAriaTemplate"];
  const own = new Function("module", source + "\\nreturn {" + parts.join(",") + "};")({});
  own.script = new own.InjectedScript(window, {testIdAttributeName: "data-testid", sdkLanguage: "python",
    isUnderTest: false, stableRafCount: 1, browserName: "chromium", isUtilityWorld: false, customEngines: []});
  window.__oracle = own;
  window.__read = node => {
    const kids = node.localName === "template" ? [] : [...node.childNodes];
    const out = [];
    for (const kid of kids) {
      if (kid.nodeType === 3) {
        if (out.length && typeof out[out.length - 1] === "string") out[out.length - 1] += kid.nodeValue;
        else out.push(kid.nodeValue);
      } else if (kid.nodeType === 1) out.push(window.__read(kid));
    }
    return [node.localName.toLowerCase(), [...node.attributes].map(a => [a.name, a.value]), out];
  };
}"""

ASK = """([html, queries]) => {
  const own = window.__oracle, script = own.script;
  document.open(); document.write("<!doctype html>" + html); document.close();
  const all = [...document.querySelectorAll("*")];
  const index = new Map(all.map((e, at) => [e, at]));
  const elements = all.map(e => ({
    role: script.utils.getAriaRole(e), hidden: own.isElementHiddenForAria(e),
    name: script.utils.getElementAccessibleNameText(e, false), named: own.getElementAccessibleNameText(e, true),
    description: own.getElementAccessibleDescription(e, false).text,
    error: own.getElementAccessibleErrorMessage(e), visible: script.utils.isElementVisible(e),
    states: [own.getAriaChecked(e), own.getAriaPressed(e), own.getAriaSelected(e), own.getAriaExpanded(e) ?? null,
      own.getAriaLevel(e), own.getAriaDisabled(e), own.getAriaInvalid(e)],
    display: ["inline", ""].includes(getComputedStyle(e).display) && e.localName !== "br",
    value: "value" in e && typeof e.value === "string" ? e.value : null,
  }));
  const found = queries.map(q => {
    try { return script.querySelectorAll(script.parseSelector(q), document).map(e => index.get(e)); }
    catch (error) { return String(error.message).split("\\n")[0]; }
  });
  const snapshot = script.ariaSnapshot(document.body, {mode: "default"});
  return {tree: window.__read(document.documentElement), elements, found, snapshot: snapshot.full ?? snapshot};
}"""


def load(page: Page) -> None:
    """Make a page ready to be asked."""
    import playwright

    package = Path(playwright.__file__).parent / "driver" / "package" / "lib" / "coreBundle.js"
    source = package.read_text(encoding="utf-8")
    line = next(line for line in source.split("\n") if MARK in line and len(line) > 100_000)
    page.set_content("<!doctype html>")
    page.evaluate(LOAD, line[line.index("'") :].rstrip().removesuffix(";"))


def ask(page: Page, html: str, queries: list[str]) -> dict[str, Any]:
    """What the browser has of some html: its tree, all about its elements, what queries find, the snapshot of the body."""
    return cast("dict[str, Any]", page.evaluate(ASK, [html, queries]))
