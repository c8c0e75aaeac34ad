"""What is rendered: the display and the visibility of an element.

Owns the browser's own style sheet as far as it matters here, the table of classes that a test may give, and what is hidden from
assistive technology. No cascade: inline style, then the table (the last entry wins), then the browser's own sheet.

Law: nothing is guessed: a class that the table does not name does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.accessibility.dom import DomElement, remembered
from liveview_testing.browser.accessibility.served import shows_options
from liveview_testing.browser.page.controls import input_type

STYLES = ("hidden", "invisible", "inline", "block", "flex", "contents", "sr-only", "sized")
"""What an entry of a style table can do. `flex`: as `block`, and what is inside is laid out in blocks."""

NONE = frozenset(
    (
        *("area", "base", "datalist", "head", "link", "meta", "noembed", "noframes", "param", "rp", "script", "style"),
        *("template", "title"),
    )
)
INLINE_BLOCK = frozenset(("button", "input", "marquee", "meter", "progress", "select", "textarea"))
_BLOCK = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frame frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend listing main menu nav ol "
    "optgroup option p plaintext pre search section summary ul xmp"
)
BLOCK = frozenset(_BLOCK.split(" "))
OTHERS = {
    "": "block",
    "caption": "table-caption",
    "col": "table-column",
    "colgroup": "table-column-group",
    "li": "list-item",
    "math": "math",
    "rt": "ruby-text",
    "ruby": "ruby",
    "slot": "contents",
    "table": "table",
    "tbody": "table-row-group",
    "td": "table-cell",
    "tfoot": "table-footer-group",
    "th": "table-cell",
    "thead": "table-header-group",
    "tr": "table-row",
}
_DISPLAYS = (
    "none contents inline block inline-block flow-root list-item flex inline-flex grid inline-grid table "
    "inline-table table-row table-cell table-row-group table-header-group table-footer-group table-column "
    "table-column-group table-caption ruby math"
)
DISPLAYS = frozenset(_DISPLAYS.split(" "))
FLEXIBLE = frozenset(("flex", "inline-flex", "grid", "inline-grid"))
INLINE = frozenset(("inline", "inline-block", "inline-flex", "inline-grid", "inline-table", "ruby", "math"))
TABLE_PARTS = frozenset(
    (
        *("table-row", "table-cell", "table-row-group", "table-header-group", "table-footer-group"),
        *("table-column", "table-column-group", "table-caption"),
    )
)
UNCONTAINED = frozenset(("contents", "table", "inline-table", "ruby")) | (TABLE_PARTS - {"table-cell"})
REPLACED = frozenset(
    (
        *("input", "select", "textarea", "img", "svg", "canvas", "video", "audio", "iframe", "object", "embed"),
        *("progress", "meter", "br", "wbr", "hr"),
    )
)
WITHOUT_CONTENTS = REPLACED - {"hr"}  # `display: contents` makes them disappear
SHAPELESS = frozenset(("title", "desc", "metadata", "style", "script", "defs"))  # of a drawing

UNSTYLED = frozenset(("video", "audio", "progress", "meter", "iframe"))  # what is in them has no style at all
UNRENDERED = frozenset(("canvas", "video", "audio", "iframe", "progress", "meter", "textarea"))
IGNORED = frozenset(("style", "script", "noscript", "template"))


# --- style --------------------------------------------------------------------------------------------------------------------

_DECLARATION = late_pattern(r"\s*([-a-zA-Z]+)\s*:((?:[^;\"'()]|\"[^\"]*\"|'[^']*'|\([^)]*\))*)(?:;|\Z)")
_KEYWORDS: Mapping[str, frozenset[str]] = {
    "display": DISPLAYS | {"inherit", "initial", "unset", "revert", "ruby-text"},
    "visibility": frozenset(("visible", "hidden", "collapse", "inherit", "initial", "unset", "revert")),
    "position": frozenset(("static", "relative", "absolute", "fixed", "sticky", "initial", "unset")),
    "float": frozenset(("none", "left", "right", "inline-start", "inline-end", "initial", "unset")),
    "content-visibility": frozenset(("visible", "hidden", "auto")),
}
_TWO_WORDS = {
    "block flow": "block",
    "block flex": "flex",
    "block grid": "grid",
    "inline flow": "inline",
    "inline flex": "inline-flex",
    "inline grid": "inline-grid",
    "inline flow-root": "inline-block",
}


@remembered
def style(element: DomElement) -> Mapping[str, str]:
    """The declarations of its style attribute that a browser takes, the last of each property."""
    text = element.get("style")
    if not text:
        return {}
    found: dict[str, str] = {}
    important: set[str] = set()
    for match in _DECLARATION.finditer(text):
        name, value = match[1].lower(), " ".join(match[2].lower().split())
        pressing = value.endswith("!important")
        if pressing:
            value = value.removesuffix("!important").rstrip()
        value = _TWO_WORDS.get(value, value)
        known = _KEYWORDS.get(name)
        if not value or (known is not None and value not in known) or (name in important and not pressing):
            continue
        if pressing:
            important.add(name)
        found[name] = value
    return found


@remembered
def sheet(element: DomElement) -> frozenset[str]:
    """What the table of style sheets does to an element: one display, and what else."""
    document = element.document
    if not document.styles:
        return frozenset()
    classes, styled = (element.get("class") or "").split(), document.styled
    hits = [styled[each] for each in classes if each in styled]
    hits.extend(told for key, told in document.selecting if document.selects(key, element))
    found: list[str] = []
    for _, effect in sorted(hits):
        if effect in _DISPLAY_OF:
            found = [each for each in found if each not in _DISPLAY_OF]
        found.append(effect)
    return frozenset(found)


_DISPLAY_OF = {
    "hidden": "none",
    "inline": "inline",
    "block": "block",
    "flex": "flex",
    "contents": "contents",
    "sr-only": "block",
}


# --- display ------------------------------------------------------------------------------------------------------------------


@remembered
def display(element: DomElement) -> str:
    """The computed display."""
    tag, parent = element.tag, element.parent
    if parent is not None and (
        parent.tag in UNSTYLED or display(parent) == "" or (parent.tag == "use" and is_drawn(parent))
    ):
        return ""
    if tag == "audio" and not element.has("controls"):
        return "none"  # whatever a style says
    if tag == "input" and input_type(element) == "hidden":
        return "none"
    found = _declared(element)
    if found == "contents" and (tag in WITHOUT_CONTENTS or _has_no_contents(element)):
        return "none"
    if found == "inline" and tag in INLINE_BLOCK and not (tag == "input" and input_type(element) in ("image", "file")):
        return "inline-block"
    if (found in INLINE or found in TABLE_PARTS) and parent is not None:
        if is_out_of_flow(element) or _is_in_flex(parent) or (tag == "legend" and parent.tag == "fieldset"):
            return _BLOCKED.get(found, "block")
    return found


def _has_no_contents(element: DomElement) -> bool:
    """Whether `display: contents` makes a part of a drawing or a formula disappear; not what only groups others."""
    if element.tag == "math" or any(each.tag == "math" for each in element.ancestors()):
        return True
    return element.tag not in ("g", "use", "svg", "tspan") and is_drawn(element)


_BLOCKED = {"inline-flex": "flex", "inline-grid": "grid", "inline-table": "table", "math": "block math"}


def _declared(element: DomElement) -> str:
    given = element.document.state.display(element)
    if given is None:
        given = style(element).get("display")
    if given == "inherit" and element.parent is not None:
        return display(element.parent)
    if given in ("initial", "unset"):
        return "inline"
    if given is not None and given != "revert":
        return given
    for effect in sheet(element):
        if effect in _DISPLAY_OF:
            return _DISPLAY_OF[effect]
    return _native(element)


def _native(element: DomElement) -> str:
    tag = element.tag
    if is_drawn(element):
        return "block" if tag in ("text", "foreignobject") else "inline"
    if tag in ("svg", "math"):
        return OTHERS.get(tag, "inline")  # `hidden` is for html
    if any(each.tag == "math" for each in element.ancestors()):
        return "block math"
    state = element.document.state
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":
        return "none"
    if tag == "dialog":
        if not state.open(element) and not state.popped(element):
            return "none"
    elif is_popover(element) and not state.popped(element):
        return "none"
    if tag in BLOCK:
        return "list-item" if tag == "summary" and _is_first_summary(element) else "block"
    if tag in NONE:
        return "none"
    if tag in INLINE_BLOCK:
        return "inline-block"
    return OTHERS.get(tag, "inline")


def is_drawn(element: DomElement) -> bool:
    """Whether it is a part of a drawing."""
    for each in element.ancestors():
        if each.tag == "svg":
            return True
        if each.tag == "foreignobject":
            return False
    return False


def is_foreign(element: DomElement) -> bool:
    """Whether it is where html stands in a drawing."""
    return element.tag == "foreignobject" and is_drawn(element)


def is_out_of_flow(element: DomElement) -> bool:
    """Whether it is laid out beside the flow: floating, positioned, a dialog, a popover."""
    declared = style(element)
    position = declared.get("position")
    if position is None and (element.tag == "dialog" or is_popover(element)):
        return True
    return position in ("absolute", "fixed") or declared.get("float", "none") not in ("none", "initial", "unset")


def is_popover(element: DomElement) -> bool:
    """Whether the attribute `popover` takes it out of the page: not a part of a control, nor what is no html."""
    if not element.has("popover") or element.tag in ("svg", "math") or is_drawn(element):
        return False
    return not _is_first_summary(element) and not (
        element.tag in ("option", "optgroup")
        and (select := element.closest("select")) is not None
        and not shows_options(select)
    )


def _is_in_flex(parent: DomElement) -> bool:
    each: DomElement | None = parent
    if parent.tag == "details":
        return False  # its content is in a block of its own
    while each is not None and display(each) == "contents":
        each = each.parent
    return each is not None and display(each) in FLEXIBLE


def _is_first_summary(element: DomElement) -> bool:
    parent = element.parent
    if parent is None or parent.tag != "details":
        return False
    return next((each for each in parent.elements() if each.tag == "summary"), None) is element


# --- rendered and visible -----------------------------------------------------------------------------------------------------


@remembered
def is_rendered(element: DomElement) -> bool:
    """Whether it takes part in the layout: not `display: none`, and not inside of something that is."""
    if display(element) in ("none", "") or element.tag == "noscript":
        return False
    if element.tag == "embed" and not element.has("src") and not element.has("type"):
        return False
    parent = element.parent
    if parent is None:
        return True
    tag, above = element.tag, parent.tag
    if above in UNRENDERED:
        return False
    if tag in SHAPELESS and is_drawn(element):
        return False
    if above == "details" and not element.document.state.open(parent) and not _is_first_summary(element):
        return False
    if tag == "option" or tag == "optgroup" or above == "select":
        select = element.closest("select")
        if select is not None and select is not element and not shows_options(select):
            return False
    if hides_content(parent):
        return False
    return is_rendered(parent)


def hides_content(element: DomElement) -> bool:
    """Whether what is inside an element is skipped."""
    declared = style(element).get("content-visibility")
    if declared is None:
        found = (element.get("hidden") or "").lower() == "until-found" and element.tag not in ("svg", "math")
    else:
        found = declared == "hidden"
    if not found:
        return False
    shown = display(element)
    if shown == "inline":
        return element.tag in REPLACED
    return shown not in UNCONTAINED


@remembered
def visibility(element: DomElement) -> bool:
    """Whether its computed `visibility` is visible."""
    declared = style(element).get("visibility")
    if declared is None and "invisible" in sheet(element):
        declared = "hidden"
    if declared in (None, "inherit", "unset", "revert"):
        return element.parent is None or visibility(element.parent)
    return declared in ("visible", "initial")


def is_shown(element: DomElement) -> bool:
    """Rendered, and its visibility is visible."""
    return is_rendered(element) and visibility(element)


@remembered
def is_hidden(element: DomElement) -> bool:
    """Whether assistive technology passes it over."""
    if element.tag in IGNORED:
        return True
    in_select = element.tag == "option" and element.closest("select") is not None
    if display(element) == "contents" and element.tag != "slot":
        kids = element.children if not in_select else ()
        return not any(shows_text(element, kid) if isinstance(kid, str) else not is_hidden(kid) for kid in kids)
    if not in_select and element.tag != "slot" and not is_shown(element):
        return True
    return is_said_hidden(element)


@remembered
def is_said_hidden(element: DomElement) -> bool:
    """Whether it or what is around it has `display: none` or `aria-hidden`."""
    if display(element) == "none" or (element.get("aria-hidden") or "").lower() == "true":
        return True
    return element.parent is not None and is_said_hidden(element.parent)


def shows_text(parent: DomElement, text: str) -> bool:
    """Whether a text in an element takes room."""
    return is_rendered_text(parent) and has_ink(text, keeps_spaces(parent))


def is_rendered_text(parent: DomElement) -> bool:
    """Whether the texts right in an element are laid out."""
    if not is_rendered(parent) or parent.tag in UNRENDERED or parent.tag in ("select", "optgroup"):
        return False
    if parent.tag == "details" and not parent.document.state.open(parent):
        return False
    if display(parent) == "inline" and is_drawn(parent) and all(each.tag != "text" for each in parent.chain()):
        return False  # a drawing shows texts in `text` only
    return not hides_content(parent)


def has_ink(text: str, keeps: bool) -> bool:
    """Whether a text has a width: more than white space that collapses."""
    return bool(text) if keeps else bool(text.strip(" \t\n\r\f"))


@remembered
def keeps_spaces(element: DomElement) -> bool:
    """Whether white space counts in it."""
    said = style(element).get("white-space")
    if said in ("pre", "pre-wrap", "break-spaces", "preserve", "preserve nowrap"):
        return True
    if said in ("normal", "nowrap", "pre-line", "initial"):
        return False
    if element.tag in ("pre", "listing", "plaintext", "xmp", "textarea"):
        return True
    return element.parent is not None and element.tag != "table" and keeps_spaces(element.parent)
