"""Roles: what an element is for somebody who does not see it, by its tag or by its attribute `role`.

Owns the implicit roles, the known explicit ones and the cases in which "no role" is not believed.
Law: a role depends on the element, its ancestors and its neighbours, never on what is in it; only a table cell looks at its
siblings' content. Elements that have no role have none ("" nowhere, None everywhere).
"""

from __future__ import annotations

from liveview_testing.browser.accessibility.dom import DomElement, remembered
from liveview_testing.browser.accessibility.served import is_listbox
from liveview_testing.browser.accessibility.text import TRIM, js_number
from liveview_testing.browser.page.controls import input_type

_ROLES = (
    "alert alertdialog application article banner blockquote button caption cell checkbox code columnheader "
    "combobox complementary contentinfo definition deletion dialog directory document emphasis feed figure "
    "form generic grid gridcell group heading img insertion link list listbox listitem log main mark marquee "
    "math meter menu menubar menuitem menuitemcheckbox menuitemradio navigation none note option paragraph "
    "presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox "
    "separator slider spinbutton status strong subscript superscript switch tab table tablist tabpanel term "
    "textbox time timer toolbar tooltip tree treegrid treeitem"
)
ROLES = frozenset(_ROLES.split(" "))
NO_ROLE = ("none", "presentation")

BY_TAG = {
    "article": "article",
    "aside": "complementary",
    "blockquote": "blockquote",
    "button": "button",
    "caption": "caption",
    "code": "code",
    "datalist": "listbox",
    "dd": "definition",
    "del": "deletion",
    "details": "group",
    "dfn": "term",
    "dialog": "dialog",
    "dt": "term",
    "em": "emphasis",
    "fieldset": "group",
    "figure": "figure",
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "hr": "separator",
    "html": "document",
    "ins": "insertion",
    "li": "listitem",
    "main": "main",
    "mark": "mark",
    "math": "math",
    "menu": "list",
    "meter": "meter",
    "nav": "navigation",
    "ol": "list",
    "optgroup": "group",
    "option": "option",
    "output": "status",
    "p": "paragraph",
    "progress": "progressbar",
    "search": "search",
    "strong": "strong",
    "sub": "subscript",
    "sup": "superscript",
    "svg": "img",
    "table": "table",
    "tbody": "rowgroup",
    "textarea": "textbox",
    "tfoot": "rowgroup",
    "thead": "rowgroup",
    "time": "time",
    "tr": "row",
    "ul": "list",
}
BY_TYPE = {
    "button": "button",
    "checkbox": "checkbox",
    "file": "button",
    "image": "button",
    "number": "spinbutton",
    "radio": "radio",
    "range": "slider",
    "reset": "button",
    "submit": "button",
}
SUGGESTING = ("text", "search", "tel", "url", "email")  # inputs that a datalist makes a combobox

# Where a header or footer is not the page's.
SECTIONING = frozenset(("article", "aside", "main", "nav", "section"))
SECTIONING_ROLES = frozenset(("article", "complementary", "main", "navigation", "region"))

# Whose "no role" an element takes over.
TAKES_OVER = {
    "dd": ("dl", "div"),
    "div": ("dl",),
    "dt": ("dl", "div"),
    "li": ("ol", "ul"),
    "tbody": ("table",),
    "td": ("tr",),
    "tfoot": ("table",),
    "th": ("tr",),
    "thead": ("table",),
    "tr": ("thead", "tbody", "tfoot", "table"),
}

UNNAMED = frozenset(
    (
        *("caption", "code", "deletion", "emphasis", "generic", "insertion", "paragraph", "presentation", "strong"),
        *("subscript", "superscript"),
    )
)
_GLOBAL = (
    "atomic busy controls current describedby details dropeffect flowto grabbed hidden keyshortcuts live owns relevant"
)
GLOBAL = tuple(f"aria-{name}" for name in _GLOBAL.split(" "))


@remembered
def role(element: DomElement) -> str | None:
    """The role of an element; None if it has none."""
    explicit = explicit_role(element)
    if explicit is None:
        return implicit_role(element)
    if explicit in NO_ROLE:
        implicit = implicit_role(element)
        if _insists(element, implicit):
            return implicit
    return explicit


def explicit_role(element: DomElement) -> str | None:
    """The first role of the attribute that is known."""
    text = element.get("role")
    if not text:
        return None
    tokens = (token.strip(TRIM) for token in text.lower().split(" "))
    return next((token for token in tokens if token in ROLES), None)


def implicit_role(element: DomElement) -> str | None:
    """The role that the tag gives."""
    found = _own_role(element)
    if found is None:
        return None
    each = element
    while True:
        parent = each.parent
        if parent is None or parent.tag not in TAKES_OVER.get(each.tag, ()):
            return found
        explicit = explicit_role(parent)
        if explicit in NO_ROLE and not _insists(parent, explicit):
            return explicit
        each = parent


def _insists(element: DomElement, given: str | None) -> bool:
    """Whether an element that is said to have no role is used as if it had one."""
    if any(map(element.has, GLOBAL)):
        return True
    if element.has("aria-roledescription") and given != "generic":
        return True
    if given not in UNNAMED and (element.has("aria-label") or element.has("aria-labelledby")):
        return True
    return is_focusable(element)


def is_focusable(element: DomElement) -> bool:
    """Whether it takes the focus by its tag or by a `tabindex`, as far as roles ask."""
    tag = element.tag
    if tag in ("button", "details", "select", "textarea"):
        native = True
    elif tag in ("a", "area"):
        native = element.has("href")
    else:
        native = tag == "input" and not element.has("hidden")
    return (native or has_tabindex(element)) and not is_natively_disabled(element)


def has_tabindex(element: DomElement) -> bool:
    """Whether its `tabindex` is a number."""
    text = element.get("tabindex")
    return text is not None and js_number(text) is not None


def _own_role(element: DomElement) -> str | None:
    tag = element.tag
    found = BY_TAG.get(tag)
    if found is not None:
        return found
    rule = _RULES.get(tag)
    return None if rule is None else rule(element)


def _link(element: DomElement) -> str | None:
    return "link" if element.has("href") else None


def _form(element: DomElement) -> str | None:
    return "form" if _is_named(element) else None


def _section(element: DomElement) -> str | None:
    return "region" if _is_named(element) else None


def _is_named(element: DomElement) -> bool:
    return element.has("aria-label") or element.has("aria-labelledby")


def _header(element: DomElement) -> str | None:
    return None if _is_in_section(element) else "banner"


def _footer(element: DomElement) -> str | None:
    return None if _is_in_section(element) else "contentinfo"


def _is_in_section(element: DomElement) -> bool:
    return any(
        (each.tag in SECTIONING and not each.has("role")) or each.get("role") in SECTIONING_ROLES
        for each in element.chain()
    )


def _img(element: DomElement) -> str | None:
    plain = element.get("alt") == "" and not element.get("title")
    if plain and not has_tabindex(element) and not any(map(element.has, (*GLOBAL, *NAMING))):
        return "presentation"
    return "img"


NAMING = ("aria-label", "aria-labelledby", "aria-roledescription")


def _input(element: DomElement) -> str | None:
    kind = input_type(element)
    if kind in SUGGESTING:
        lists = element.document.by_ids(element.get("list"))
        if lists and lists[0].tag == "datalist":
            return "combobox"
        return "searchbox" if kind == "search" else "textbox"
    return None if kind == "hidden" else BY_TYPE.get(kind, "textbox")


def _select(element: DomElement) -> str | None:
    return "listbox" if is_listbox(element) else "combobox"


def _td(element: DomElement) -> str | None:
    table = element.closest("table")
    return "gridcell" if table is not None and explicit_role(table) in ("grid", "treegrid") else "cell"


def _th(element: DomElement) -> str | None:
    scope = element.get("scope")
    if scope in ("col", "colgroup"):
        return "columnheader"
    if scope in ("row", "rowgroup"):
        return "rowheader"
    before, after = element.beside()
    if before is None and after is None:
        row = element.parent
        if row is not None and row.tag == "tr":
            table = row.closest("table")
            if table is not None and len(_rows(table)) <= 1:
                return None
        return "columnheader"
    if before is not None and after is not None and before.tag == after.tag == "th":
        return "columnheader"
    return "rowheader" if _is_data(before) or _is_data(after) else "columnheader"


def _rows(table: DomElement) -> list[DomElement]:
    parts = [part for part in table.elements() if part.tag in ("thead", "tbody", "tfoot")]
    return [row for part in (table, *parts) for row in part.elements() if row.tag == "tr"]


def _is_data(element: DomElement | None) -> bool:
    if element is None or element.tag != "td":
        return False
    return bool(element.content.strip(TRIM)) or next(element.elements(), None) is not None


_RULES = {
    "a": _link,
    "area": _link,
    "footer": _footer,
    "form": _form,
    "header": _header,
    "img": _img,
    "input": _input,
    "section": _section,
    "select": _select,
    "td": _td,
    "th": _th,
}


def tags_of(wanted: str) -> frozenset[str] | None:
    """The tags that can have a role without saying so; None where any can."""
    if wanted in NO_ROLE:
        return None
    return _TAGS.get(wanted, frozenset())


def _by_role() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for tag, given in BY_TAG.items():
        found.setdefault(given, set()).add(tag)
    for given in (*BY_TYPE.values(), "textbox", "searchbox", "combobox"):
        found.setdefault(given, set()).add("input")
    for tag, roles in (
        ("a", ("link",)),
        ("area", ("link",)),
        ("footer", ("contentinfo",)),
        ("form", ("form",)),
        ("header", ("banner",)),
        ("img", ("img",)),
        ("section", ("region",)),
        ("select", ("listbox", "combobox")),
        ("td", ("cell", "gridcell")),
        ("th", ("columnheader", "rowheader")),
    ):
        for given in roles:
            found.setdefault(given, set()).add(tag)
    return {given: frozenset(tags) for given, tags in found.items()}


_TAGS = _by_role()


# --- native disabledness: roles and states both ask ---------------------------------------------------------------------------

CAN_BE_DISABLED = frozenset(("button", "input", "select", "textarea", "option", "optgroup"))


def is_natively_disabled(element: DomElement) -> bool:
    """Whether a control is disabled: by itself, by its group of options, by a fieldset around it (not by its legend's)."""
    if element.tag not in CAN_BE_DISABLED:
        return False
    disabled = element.document.state.disabled
    if disabled(element):
        return True
    if element.tag == "option" and any(each.tag == "optgroup" and disabled(each) for each in element.ancestors()):
        return True
    return is_in_disabled_fieldset(element)


def is_in_disabled_fieldset(element: DomElement) -> bool:
    """Whether a fieldset around it is disabled (not around its first legend)."""
    disabled = element.document.state.disabled
    fieldset = next((each for each in element.ancestors() if each.tag == "fieldset" and disabled(each)), None)
    if fieldset is None:
        return False
    legend = next((each for each in fieldset.elements() if each.tag == "legend"), None)
    return legend is None or not legend.contains(element)
