"""Names and methods of other templates, which Python can parse and which only fail when they run; and what they are called here.

Law: a name is judged only if nobody has defined it, an error only if it has been raised: what works is what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import Any, cast

from liveview_core.errors import nearest_names
from liveview_core.values.patterns import late_pattern

__all__ = ["assign_cure", "filter_cure", "foreign_component", "foreign_names", "running_habit"]

_NEVER = {  # names that nobody gives to something of his own
    "nil": "Python writes None",
    "null": "Python writes None",
    "undefined": "Python writes None",
    "none": "Python writes None",
    "true": "Python writes True",
    "false": "Python writes False",
    "NaN": 'Python writes float("nan")',
    "this": "an assign is `@name`",
    "props": "an assign is `@name`",
    "forloop": "a loop counts with `for index, x in enumerate(@xs)`",
    "JSON": "import json in the module, and write `json.dumps(@x)`",
    "Jason": "import json in the module, and write `json.dumps(@x)`",
    "Math": "Python has min, max, round and abs; for the rest import math in the module",
    "console": "write `print(…)` in the view: a template is Python, and runs on the server",
    "window": "a template runs on the server; the browser's part is a hook",
    "document": "a template runs on the server; the browser's part is a hook",
    "Object": "a dict has `.keys()`, `.values()` and `.items()`",
    "Enum": "Python has len, sum, min, max, sorted, and `[f(x) for x in @xs]`",
    "String": "text has methods: `@x.upper()`, `@x.strip()`",
    "Map": 'a dict has methods: `@x.get("key")`, `@x.keys()`',
    "endif": "a block ends with `<% end %>`",
    "endfor": "a block ends with `<% end %>`",
    "parseInt": "Python writes int(…)",
    "parseFloat": "Python writes float(…)",
}
_SOMETIMES = {  # names that may be defined later
    "length": "Python writes len(…)",
    "size": "Python writes len(…)",
    "count": "Python writes len(…)",
    "is_nil": "Python writes `@x is None`",
    "inspect": "Python writes repr(…)",
    "to_string": "Python writes str(…)",
    "hd": "the first item is `@xs[0]`",
    "loop": "a loop counts with `for index, x in enumerate(@xs)`",
    "self": "an assign is `@name`",
    "state": "an assign is `@name`",
    "children": "what stands inside a component is {render_slot(@inner_block)}",
    "content": "what stands inside a component is {render_slot(@inner_block)}",
    "slot": "a slot is {render_slot(@name)}",
    "switch": "write `<%= match @x: %><% case 1: %> … <% end %>`",
    "unless": "Python writes `not`: `<%= if not @x: %>`",
    "json": "import json in the module, and write `json.dumps(@x)`",
    "elem": "an item is `@x[0]`",
    "tl": "all but the first are `@xs[1:]`",
    **dict.fromkeys(("map_size", "byte_size", "tuple_size"), "Python writes len(…)"),
    **dict.fromkeys(
        ("is_list", "is_map", "is_binary", "is_atom", "is_integer", "is_tuple"), "Python writes `isinstance(@x, list)`"
    ),
    "rem": "Python writes `@n % 2`",
    "div": "Python writes `@n // 2`",
    **dict.fromkeys(("even", "odd", "divisibleby"), "Python writes `@n % 2 == 0`"),
    **dict.fromkeys(("Array", "List"), "Python writes list(…), `@xs[0]`, `x in @xs`"),
    **dict.fromkeys(("Integer", "Number"), "Python writes int(…) and str(…)"),
    "Boolean": "Python writes bool(…)",
    **dict.fromkeys(("Keyword", "Access"), 'a dict has methods: `@x.get("key")`, `@x.keys()`'),
    **dict.fromkeys(
        ("Date", "DateTime", "Calendar", "now"),
        "a date comes as an assign, `socket.now` in the view; text is `@at.strftime(…)`",
    ),
    **dict.fromkeys(
        ("IO", "Logger", "puts", "alert"), "write `print(…)` in the view: a template is Python, and runs on the server"
    ),
    **dict.fromkeys(("Routes", "route", "static", "static_path", "asset_path"), 'a path is text: `f"/users/{@id}"`'),
    **dict.fromkeys(
        ("useState", "useEffect", "React"), "state is in the assigns: socket.assign(…) in the view, `@name` here"
    ),
    **dict.fromkeys(
        ("clsx", "classNames", "classnames", "cn", "cx"), 'class takes a list: `class={["a", "b" if @on else None]}`'
    ),
    **dict.fromkeys(
        ("inner_block", "caller", "inner_content"), "what stands inside a component is {render_slot(@inner_block)}"
    ),
    **dict.fromkeys(
        ("get_flash", "live_flash", "get_flashed_messages", "messages"),
        'the messages are an assign: `@flash.get("info")`',
    ),
    **dict.fromkeys(("socket", "conn"), "a template sees assigns: assign in the view what it needs"),
    **dict.fromkeys(("html_escape", "h", "escape", "htmlspecialchars"), "text is escaped by itself: `{@x}`"),
    **dict.fromkeys(("to_json", "json_encode", "json_script"), "import json in the module, and write `json.dumps(@x)`"),
    "encodeURIComponent": "import quote from urllib.parse in the module",
    **dict.fromkeys(
        ("csrf_token", "get_csrf_token", "csrf_input"),
        "a LiveView's forms need none; `<.form action=…>` is for other pages",
    ),
    **dict.fromkeys(
        ("dgettext", "ngettext", "trans", "translate"), "import it in the module, or pass it with names={…}"
    ),
    "js": "commands are `JS.push(…)`, in capitals",
    "myself": "a component's own id is `@myself`",
    "url_for": 'a path is text: `f"/users/{@id}"`',
    "request": "what the request says comes to mount(params, session, socket): assign it there",
    "session": "what the session says comes to mount(params, session, socket): assign it there",
    "params": "what the URL says comes to mount and to handle_params: assign it there",
    "flash": "the messages are an assign: `@flash`",
    "form": "a form is an assign: `@form`",
    "gettext": "import it in the module, or pass it with names={…}",
    "_": "import it in the module, or pass it with names={…}",
    **dict.fromkeys(
        str.split("push_event push_patch push_navigate put_flash stream_insert start_async assign_new send_update"),
        "a template only shows: a callback of the view does that, on its socket",
    ),
    "defined": 'ask `"x" in assigns`, or give the assign in mount, or a default in attr(…)',
    "connected": "ask `@socket.connected`, or assign it in mount",
}
_FILTERS = {
    **{name: f"@x.{name}()" for name in ("upper", "lower", "title", "capitalize")},
    **dict.fromkeys(("trim", "strip"), "@x.strip()"),
    **dict.fromkeys(("length", "count", "size", "wordcount"), "len(@x)"),
    **dict.fromkeys(("escape", "e", "force_escape"), "@x"),
    **dict.fromkeys(("default", "d", "default_if_none"), '@x or "…"'),
    **dict.fromkeys(("tojson", "json", "json_script"), "json.dumps(@x)"),
    **dict.fromkeys(("truncate", "truncatechars", "truncatewords"), "@x[:20]"),
    "safe": "raw(@x)",
    "join": '", ".join(@xs)',
    "first": "@xs[0]",
    "last": "@xs[-1]",
    "reverse": "@xs[::-1]",
    "sort": "sorted(@xs)",
    "replace": '@x.replace("a", "b")',
    "date": "@x.strftime(…)",
    "floatformat": 'f"{@x:.2f}"',
    "string": "str(@x)",
    "pluralize": '"" if @n == 1 else "s"',
    "yesno": '"yes" if @x else "no"',
    "add": "@x + 1",
}
_NO_FILTER = "Python has no filters: write "
_COMPONENTS = {
    "live_patch": "write <.link patch={…}>",
    "live_redirect": "write <.link navigate={…}>",
    "live_flash": 'the messages are an assign: {@flash.get("info")}',
    "fragment": "leave it out, a template needs no root",
    **dict.fromkeys(("if", "unless", "show"), "write :if={…} on a tag"),
    **dict.fromkeys(("for", "each"), "write :for={x in @xs} on a tag"),
    **dict.fromkeys(
        str.split("button input simple_form modal icon flash flash_group table list header back error label"),
        "Phoenix writes it into each application (core_components); here it is the author's own: define it as `{name} = heex(…)`, "
        "or import it from where it is",
    ),
}
_MEMBERS = {
    **dict.fromkeys(("length", "size", "count"), "len(…)"),
    **dict.fromkeys(("map", "flatMap"), "`[f(x) for x in @xs]`, or :for={x in @xs} on a tag"),
    **dict.fromkeys(("forEach", "each"), ":for={x in @xs} on a tag"),
    **dict.fromkeys(("filter", "select", "reject"), "`[x for x in @xs if …]`"),
    **dict.fromkeys(("includes", "contains", "has", "include"), "`x in @xs`"),
    **dict.fromkeys(("some", "any"), "any(…)"),
    **dict.fromkeys(("every", "all"), "all(…)"),
    **dict.fromkeys(("toUpperCase", "upcase"), "`.upper()`"),
    **dict.fromkeys(("toLowerCase", "downcase"), "`.lower()`"),
    **dict.fromkeys(("trim", "trimStart", "trimEnd"), "`.strip()`"),
    **dict.fromkeys(("toString", "to_s", "to_string"), "str(…)"),
    **dict.fromkeys(("slice", "substring", "substr", "take"), "`@xs[0:3]`"),
    **dict.fromkeys(("replaceAll", "gsub"), "`.replace(…)`"),
    **dict.fromkeys(("indexOf", "findIndex"), "`.index(…)`"),
    "charAt": "`@x[0]`",
    "toFixed": '`f"{@x:.2f}"`',
    "toLocaleString": '`f"{@x:,}"`',
    "first": "`@xs[0]`",
    "last": "`@xs[-1]`",
    "at": "`@xs[0]`",
    "concat": "`+`",
    "find": "`next((x for x in @xs if …), None)`",
    "reduce": "sum(…), or a loop in the view",
    "reverse": "`@xs[::-1]`",
    **dict.fromkeys(("isEmpty", "empty", "is_empty", "blank", "none"), "`not @xs`"),
    "padStart": "`.rjust(3)`",
    "padEnd": "`.ljust(3)`",
    "toISOString": "`.isoformat()`",
    "join": '`", ".join(@xs)`',
    "startsWith": "`.startswith(…)`",
    "endsWith": "`.endswith(…)`",
    "push": "a change in the view: a template changes nothing",
    "entries": "`enumerate(@xs)`, of a dict `.items()`",
    "items": "`enumerate(@xs)`; only a dict has `.items()`",
    "keys": "`range(len(@xs))`; only a dict has `.keys()`",
}
_OR = late_pattern(r"unsupported operand type\(s\) for \|: .* and '(type|function|builtin_function_or_method)'")
_UNPACKED = late_pattern(r"values to unpack|cannot unpack non-iterable")
_PLUS = late_pattern(r"""can only concatenate str|unsupported operand type\(s\) for \+: '\w+' and 'str'""")


def filter_cure(name: str) -> str:
    """The cure of a filter that is given an argument, `{@x|default:"a"}`."""
    return f"{_NO_FILTER}`{_FILTERS.get(name, 'f(@x)')}`"


def foreign_component(name: str) -> str | None:
    """The cure of a component that is there in other frameworks."""
    cure = _COMPONENTS.get(name)
    return None if cure is None else cure.replace("{name}", name)


def foreign_names(names: Iterable[str], source: str) -> Iterator[tuple[str, str]]:
    """Of *names*, which nobody has defined, those of other worlds; each with its cure."""
    for name in names:
        if name in _NEVER:
            yield name, _NEVER[name]
        elif re.search(rf"(form|flash|changeset|params|assigns|@\w[\w.]*[a-rt-z])\[\s*:{name}\s*\]", source):
            # A name that ends in an s is that of a list, which Python slices so.
            yield name, f'an item is `["{name}"]`: Python has no atoms'
        elif name in _FILTERS and re.search(rf"\|\s*{name}\b", source):
            yield name, f"{_NO_FILTER}`{_FILTERS[name]}`"


def _is_stream_row(pair: Any) -> bool:
    return len(pair) == 2 and isinstance(pair[0], str) and "-" in pair[0]


_TWICE = late_pattern(r"bad operand type for unary [+-]: '(list|str|tuple)'")
_PUSHED = late_pattern(r"JS\.push\(\) takes")
_NO_ATOMS = 'an item is `["name"]`: Python has no atoms, and `[:name]` is a slice'
_JS_CALL = late_pattern(r"JS\.\w+\(\) takes \d+ positional arguments? but")


def running_habit(error: Exception) -> str | None:
    """The cure of what an expression of a template, which Python could parse, was meant to be when it failed."""
    match error:
        case NameError(name=str(name)):
            if name in _FILTERS and name not in _SOMETIMES:
                return f"{_NO_FILTER}`{_FILTERS[name]}`"
            return _NEVER.get(name) or _SOMETIMES.get(name)
        case AttributeError(name=str(name), obj=dict()) if name in cast("Any", error.obj):
            return f'an item of a dict is `["{name}"]`'
        case AttributeError(name=str(name), obj=tuple()) if _is_stream_row(error.obj):
            return "a stream gives pairs: `:for={dom_id, item in @streams.name} id={dom_id}`"
        case AttributeError(name=str(name), obj=type(__name__="JS") as commands):
            near = nearest_names(name, (each for each in dir(commands) if not each.startswith("_")))
            return f"the nearest that JS has: {', '.join(near)}" if near else None
        case TypeError() if str(error) == "tuple indices must be integers or slices, not str":
            return "a stream gives pairs: `:for={dom_id, item in @streams.name} id={dom_id}`; the parts of a tuple are `[0]`, `[1]`"
        case TypeError() if _PUSHED.match(str(error)):
            return 'what belongs to the event is named: `JS.push("save", value={"id": 1})`'
        case TypeError() if _JS_CALL.match(str(error)):
            return 'the target of a command is named: `JS.show(to="#menu")`'
        case AttributeError(name=str(name), obj=dict()) if name not in _MEMBERS:
            return f'a dict has items: `["{name}"]`, or `.get("{name}")`'
        case AttributeError(name=str(name), obj=str() | list() | tuple() | dict() | set() | int() | float()):
            return f"Python writes {_MEMBERS[name]}" if name in _MEMBERS else None
        case AttributeError(name=str(name), obj=None):
            return f"it is None: write `@x and @x.{name}`, or `:if={{@x}}` on the tag"
        case TypeError() if _OR.match(str(error)):
            return f"{_NO_FILTER}`f(@x)`"
        case TypeError() if _TWICE.match(str(error)):
            return "Python joins lists and strings with one `+`; what is left out, `[x for x in @xs if x not in @ys]`"
        case TypeError() | ValueError() if _UNPACKED.search(str(error)):
            return "a dict is looped over by `:for={key, value in @d.items()}`, a list with numbers by enumerate(@xs)"
        case TypeError() if str(error) == "unhashable type: 'slice'":  # pragma: no cover - before Python 3.12
            return _NO_ATOMS
        case KeyError(args=(slice(),)):
            return _NO_ATOMS
        case TypeError() if str(error) == "'int' object is not iterable":
            return "so many times is `range(@n)`"
        case TypeError() if str(error) == "'NoneType' object is not iterable":
            return "it is None: write `@xs or []`, or assign an empty list in mount"
        case KeyError(args=(str(key),)):
            return f'what may be missing is read by `.get("{key}")`'
        case TypeError() if _PLUS.match(str(error)):
            return 'Python joins text with text: write `f"…{@x}"`'
        case _:
            return None


def assign_cure(name: str, streams: Container[str]) -> str:
    """What to do about an assign that is not there: it may be a stream, or an upload."""
    if name in streams:
        return f"it is a stream: @streams.{name}"
    if name == "myself":
        return "leave phx-target out: a view is the target of all that names none, and only a component has `@myself`"
    if name == "uploads":
        return 'allow one in mount: `socket.allow_upload("name", accept=[…])`'
    return (
        f"assign it in mount, `socket.assign({name}=…)`, pass it, `<.component {name}={{…}}>`, or declare it with a default,"
        f' `attr("{name}", …, default=…)`'
    )
