"""What people write who come from other templates (Jinja and Django, JSX, Vue and Svelte, Elixir), and what it is called here.

Law: an expression is looked at only when Python has refused it, and the first sign that fits is the cure: what is special
stands before what is general. An attribute is looked at by its name; what is shown, by its shape. What Python does not refuse, and
only fails when it runs, is the subject of `foreign_names`.
"""

from __future__ import annotations

import ast
import difflib
import re
from functools import lru_cache

from liveview_core.values.patterns import late_pattern

__all__ = [
    "BLOCK",
    "LOOP",
    "attribute_habit",
    "expression_habit",
    "script_habit",
    "shown_habit",
    "special_habit",
    "text_habit",
]

BLOCK = "a block is `<%= if @x: %> … <% end %>`, or `:if={@x}` on a tag"
LOOP = "a loop is `<%= for x in @xs: %> … <% end %>`, or `:for={x in @xs}` on a tag"
_HEAD = "a block head ends with `:`, as in `<%= if @x: %>`"
_CLASS = 'class takes a list: `class={["a", "b" if @on else None]}`'

_EXPRESSIONS = tuple(
    (late_pattern(sign), cure)
    for sign, cure in (
        # Blade, Smarty and Mustache
        (r"^\s*!!", "what is html already is `{raw(@x)}`"),
        (r"^\s*\{?\s*(else|elseif)\b(?!.*\bif\b)\s*\S*\s*\}?\s*$", "write `<% else: %>`"),
        (r"^\s*\{(--|!)|^\s*\*.*\*\s*$", "a comment is `<%!-- … --%>`, or `{# …}`"),
        (r"^\s*\{?\s*\^\s*\w", "write `:if={not @xs}` on a tag, or a block: `<%= if not @xs: %> … <% end %>`"),
        (r"^\s*\{\s*&\s*\w", "what is html already is `{raw(@x)}`"),
        (
            r"^\s*\{?\s*&\s*[a-z_][\w.]*\s*\}?\s*$",
            "an assign is `@name`, a function its name: no `&` stands before them",
        ),
        (r"^\s*\{\s*(yield|outlet)\b", "what stands inside a component is {render_slot(@inner_block)}"),
        (r"^\s*foreach\b", LOOP),
        (r"^\s*/?(literal|verbatim|raw)\s*$", "braces as text: `&lbrace;`, or phx-no-curly-interpolation on a tag"),
        (r"^\s*/(foreach|for|each)\s*$", LOOP),
        # Jinja and Django
        (r"^\s*%-?\s*for\b", LOOP),
        (r"^\s*%-?\s*(if|elif|elsif|else|endif|unless|case|when|switch)\b", BLOCK),
        (r"^\s*%-?\s*(end\w*)\b", "a block ends with `<% end %>`"),
        (r"^\s*%-?\s*(set|with|assign|capture|do|liquid|increment)\b", "a template assigns in `<% name = … %>`"),
        (r"^\s*%-?\s*(break|continue)\b", "filter the list: `:for={x in @xs if …}`"),
        (
            r"^\s*%-?\s*(block|extends|include|import|from|macro|call|render|embed)\b",
            "a part of its own is a component: `<.name …>`",
        ),
        (
            r"^\s*%-?\s*(csrf_token|url|static|load|trans|cycle)\b",
            "what is not in the template comes as an assign, `@name`",
        ),
        (r"^\s*%-?\s*comment\b", "a comment is `<%!-- … --%>`, or `{# …}`"),
        (
            r"^\s*%-?\s*(autoescape|filter|spaceless|verbatim|debug|now|regroup|firstof|ifchanged|\w*trans\w*)\b",
            "text is escaped by itself; what else is not in the template comes as an assign, `@name`",
        ),
        (r"\s(eq|neq?|gte?|lte?|ge|le)\s", "Python writes `==`, `!=`, `<`, `<=`, `>` and `>=`"),
        (r"^\s*\{-", "one pair of braces is enough: `{@name}`"),
        (r"^\s*%-?\s*raw\b", "braces as text: `&lbrace;`, or phx-no-curly-interpolation on a tag"),
        # Handlebars, EJS and PHP
        (r"^\s*\{\s*[#/]\s*\w", f"{BLOCK}; {LOOP}"),
        (r"^\s*\{\s*>", "a part of its own is a component: `<.name …>`"),
        (r"^\s*\}", "a block ends with `<% end %>`"),
        (r"\{\s*$", _HEAD),
        (r"^\s*=[^=]", "what is html already is `<%= raw(@x) %>`"),
        (r"^\s*\{\s*\w+(\s*,\s*\w+)+\s*\}\s*(=[^=]|$)", "Python unpacks without braces: `a, b = @pair`"),
        (r"^\s*\{?\s*\$\w", "an assign is `@name`"),
        (r"@\w+->|::", 'an attribute is `@x.name`, an item `@x["name"]`'),
        (r"^\s*end(\s*\w+)?\s*$", "a block ends with `<% end %>`"),
        # Svelte
        (r"^\s*@html\s+\S", "what is html already is `{raw(@x)}`"),
        (r"^\s*@attach\s", 'write phx-hook="…" on the tag, and give it an id'),
        (r"^\s*[/:]\s*(then|catch|await)\b", "write <.async_result :let={x} assign={@x}>"),
        (r"^\s*@(const|debug)\s", "a template assigns in `<% name = … %>`"),
        (r"^\s*@render\s", "what stands inside a component is {render_slot(@inner_block)}"),
        (r"^\s*[/:]\s*(if|each|else|key|snippet)\b|^\s*/\w+\s*$", f"{BLOCK}; {LOOP}"),
        # Elixir
        (r"\bform_for\b", "write `<.form for={@form} phx-change=… phx-submit=…>`"),
        (
            r"\b(live_patch|live_redirect|link)\s+",
            "write `<.link patch={…}>`, `<.link navigate={…}>` or `<.link href={…}>`",
        ),
        (r"^\s*%\{", 'a map is a dict: `{"a": 1}`'),
        (r"^\s*%\w*\s*$", BLOCK),
        (r"^\s*(if|unless)\b.*,\s*do:", 'a conditional is `"a" if @x else "b"`'),
        (r"^\s*unless\b", "Python writes `not`: `<%= if not @x: %>`"),
        (r"^\s*(cond|case)\b.*\bdo\b", "write `<%= match @x: %><% case 1: %> … <% end %>`, or if and elif"),
        (r"^\s*for\b.*<-.*\bdo\b", "Python writes `in`, and a block head ends with `:`: `<%= for x in @xs: %>`"),
        (r"^\s*if\b.*\bdo\b.+\bend\s*$", BLOCK),
        (r"\bdo\s*\||\{\s*\|\w+\|", LOOP),
        (r"\bdo\s*$", _HEAD),
        (r"^\s*for\b.*\bdo\b", LOOP),
        (r"&\w[\w.]*/\d|&&?\d|&\w+\(", "a function is its name, or `lambda x: …`"),
        (r"\S\s+unless\b", 'a conditional is `"a" if @x else "b"`'),
        (r"\blive_component\b", 'write `<.live_component module={…} id="…" />`'),
        (r"~p\W", 'a path is text: `f"/users/{@id}"`'),
        (r"~[wW]\W", 'a list is `["a", "b"]`'),
        (r"~[rR]\W|=~|[(,]\s*/[^/]+/", "import re in the module, and write `re.search(…)`"),
        (r"~[DTUN]\W", "a date comes as an assign, or from the module's own names"),
        (r"~[sScC]\W", 'a string is `"…"`'),
        (r"~[a-zA-Z]\W", "a template is a function of its own: `heex(…)`, called as `<.name />`"),
        (r"~\s*(\'\'|\w|@)", "Python joins strings with `+`, or in an f-string"),
        (r"\bfn\b.*->", "Python writes `lambda x: …`"),
        (r"\|>", "Python has no pipe: write `f(x)`"),
        (r"^\s*with\b.*<-", "write `<%= match @x: %><% case {…}: %> … <% end %>`, or if and elif"),
        (r"<-|^\s*\w+\s+of\s", "Python writes `in`"),
        (r"<!--|^\s*(--|/\*|//)", "a comment is `<%!-- … --%>`, or `{# …}`"),
        (r"<>", "Python joins strings with `+`, or in an f-string"),
        (r"^\s*:\w+", 'an atom is a string: `"name"`'),
        (r"[(,=\[{]\s*:[a-z_]\w*", 'an atom is a string: `"name"`'),
        (r"^\s*\?\w\s*$", 'a character is a string: `"a"`'),
        (r"\w\?(?=\s*(\(|$|and\b|or\b))", "Python has no names with `?`"),
        (r"\.\.\d|\d\.\.", "a range is `range(1, 3)`, a slice `@xs[0:3]`"),
        # JSX and JavaScript
        (r"^\s*\.\.\.|\.\.\.\s*$", "write the value alone: `{@rest}`"),
        (r"\.\.\.\s*[@\w]", "Python writes `[*@xs]` and `{**@x}`"),
        (r"&&\s*<", "write `:if={…}` on the tag: `<p :if={@x}>`"),
        (r"\.map\s*\(.*=>", LOOP),
        (r"\?\?", "write `@x if @x is not None else 1`"),
        (r"\?\.|&\.", "write `@x and @x.name`"),
        (r"\?.*:", 'a conditional is `"a" if @x else "b"`'),
        (r"\$\{|`", 'a template string is `f"…{@name}…"`'),
        (r"^\s*(const|let|var)\b", "a template assigns in `<% name = … %>`"),
        (r"^\s*(function)\b", "Python writes `lambda x: …`"),
        (r"\b(typeof|instanceof)\b", "Python writes `isinstance(…)`"),
        (r"\bas\s+\w+\s*$", "a value is not cast: leave `as …` out"),
        (r"\w!\s*($|\.)", "leave the `!` out"),
        (r"\bArray\.from\b", "Python writes list(…)"),
        (r"\bnew\s+\w", "Python writes no `new`: `Date()`"),
        (r"\+\+|--", "a template changes nothing: write `@x + 1`"),
        (r"&&", "Python writes `and`"),
        (r"\|\|", "Python writes `or`"),
        (r"===|!==", "Python writes `==`, or `is`"),
        (r"->|=>", "Python writes `lambda x: …`"),
        (
            r"<\w|</|/>",
            "tags stand in no expression: write `:if={…}` or `:for={…}` on the tag, or a block `<%= if …: %>`",
        ),
        # Python itself, where only an expression can stand
        (r"![rsa]\s*(:|$)", 'a conversion stands in an f-string: `{f"{@x!r}"}`'),
        (
            r"^\s*\{\s*(?!if\b|unless\b)[a-z][\w-]*\s+(''|[\w@])",
            "one pair of braces is enough, and a call takes parentheses: `{f(@x)}`",
        ),
        (r"!(?!=)", "Python writes `not`"),
        (r"@\w+\.\d", "an item is `@xs[0]`"),
        (r"^\s*\*\*?", "write the value alone: `{@rest}`"),
        (r"^\s*else\s*$", "write `<% else: %>`"),
        (r"\belse\s*$|,\s*else\b", 'a conditional is `"a" if @x else "b"`'),
        (r"^\s*(import|from)\b", "import it in the module; for names of another scope there is `names=`"),
        (r"^\s*for\b", f"{LOOP}; or a list, `{{[x for x in @xs]}}`"),
        (r"^\s*(if|match|elif|case)\b", _HEAD),
        (
            r"^\s*(while|with|try|def|class|return|del|global|nonlocal|assert|raise|pass)\b",
            "only expressions stand here",
        ),
        (r"\bif\b(?!.*\belse\b)", 'write `"a" if @x else None`, or `:if={@x}` on the tag'),
        (r"[-+*/%|&]=", "a template assigns in `<% name = … %>` only"),
        (
            r"^\s*[a-z_][\w.]*\s+(@|:[a-z_]\w*\s*,|''\s*(,|$))|^\s*(len|str|raw|render_slot|length|size)\s+\w",
            "a call takes parentheses: `f(@x)`",
        ),
        (
            r"^\s*(''|[a-z_]\w*)\s*:\s",
            'a dict has braces of its own: `{{"a": 1}}`; class takes a list, `class={["a", "b" if @on else None]}`',
        ),
        (r"^[^\[{]*\b\w+:\s", "an argument by name is `name=…`"),
        (r";", "one expression stands between braces"),
    )
)
_FILTERED = late_pattern(r"[\w)\]']\s*\|\s*(\w+)\s*:")
_STRINGS = late_pattern(r"""'[^'\n]*'|"[^"\n]*\"""")

_LEAVE_OUT = "leave it out: what a template shows is its view's, and made on the server"
_ATTRIBUTES = {
    "className": "write class={…}",
    "htmlFor": "write for={…}",
    "dangerouslySetInnerHTML": "write {raw(@html)} inside the tag",
    "key": "write :key={…} beside :for",
    "let": "write :let={…}",
    "if": "write :if={…}",
    "unless": "write :if={not …}",
    "classList": "write class={…}",
    "textContent": "write {@text} inside the tag",
    "innerText": "write {@text} inside the tag",
    "innerHTML": "write {raw(@html)} inside the tag",
    "*ngIf": "write :if={…}",
    "*ngFor": "write :for={x in @xs}",
    "[(ngModel)]": 'write name="…" value={…}, and phx-change on the form',
    "v-text": "write {@text} inside the tag",
    "v-slot": "write <:name>…</:name>",
    "v-else-if": "write :if={…}",
    "v-if": "write :if={…}",
    "v-show": "write :if={…}, or hidden={…}",
    "v-for": "write :for={x in @xs}",
    "v-model": 'write name="…" value={…}, and phx-change on the form',
    "v-html": "write {raw(@html)} inside the tag",
    "v-else": "write :if={not …}",
    "defaultValue": "write value={…}",
    "defaultChecked": "write checked={…}",
    "ref": 'write phx-hook="…", and give the element an id',
    "v-bind": "write {@rest}",
    "v-on": 'write phx-click="name", and handle_event("name", …) in the view',
    "ngClass": _CLASS,
    "[ngClass]": _CLASS,
    "[ngStyle]": 'style takes text: `style={f"color: {@color}"}`',
    **dict.fromkeys(("ng-class", "class:list"), _CLASS),
    **dict.fromkeys(
        ("*ngSwitchCase", "*ngSwitchDefault", "[ngSwitch]", "ng-switch"),
        "write `<%= match @x: %><% case 1: %> … <% end %>`",
    ),
    **dict.fromkeys(("*if", "t-if", "tal:condition", "py:if", "ng-show"), "write :if={…}"),
    **dict.fromkeys(("ng-hide", "t-else", "t-elif"), "write :if={not …}"),
    **dict.fromkeys(("*for", "t-foreach", "tal:repeat", "py:for", "ng-options"), "write :for={x in @xs}"),
    **dict.fromkeys(
        ("ng-bind", "t-esc", "t-out", "tal:content", "py:content", "set:text", "th:utext"),
        "write {@text} inside the tag",
    ),
    **dict.fromkeys(("ng-bind-html", "t-raw", "set:html"), "write {raw(@html)} inside the tag"),
    **dict.fromkeys(("ng-init", "ng-controller", "ng-app", "ng-cloak", "is:raw", "define:vars"), _LEAVE_OUT),
    **dict.fromkeys(("client:load", "client:idle", "client:visible", "client:only"), _LEAVE_OUT),
    **dict.fromkeys(("bind:this", "use:action"), 'write phx-hook="…", and give the element an id'),
    **dict.fromkeys(
        ("wire:model", "wire:model.live", "wire:model.defer"), 'write name="…" value={…}, and phx-change on the form'
    ),
    "wire:loading": "while it waits, the element has the class phx-click-loading, or -submit-, -change-",
    "wire:navigate": "write <.link navigate={…}>",
    "wire:key": "write :key={…} beside :for",
    "wire:poll": "send_interval in mount, and handle_info",
    "wire:ignore": 'write phx-update="ignore", and give the element an id',
    **dict.fromkeys(
        ("hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete"),
        'write phx-click="name", or phx-submit="name" on a form, and handle_event("name", …) in the view',
    ),
    "ng-if": "write :if={…}",
    "ng-repeat": "write :for={x in @xs}",
    "ng-model": 'write name="…" value={…}, and phx-change on the form',
    "th:text": "write {@text} inside the tag",
    "th:if": "write :if={…}",
    "th:each": "write :for={x in @xs}",
    **dict.fromkeys(("v-once", "v-cloak", "v-pre", "v-memo"), "leave it out: only what changed is sent"),
}
_EVENT = late_pattern(
    r"on([A-Z]\w*)|v-on:(\w+)|on:(\w+)|\((\w+)\)|on[-_](\w+)|@on(\w+)|wire:(\w+)|ng-(click|change|submit|blur|focus)"
    r"|th:on(\w+)|hx-on:{1,2}(\w+)|phx:(\w+)|phx(click|change|submit|blur|focus|keydown|keyup)|phx([A-Z]\w*)"
)
_MODIFIED = late_pattern(r"(?<=\w)[.|][\w.|-]+(?=\)?$)")  # `.prevent`, `|once`
_KEYED = late_pattern(r"\b(keydown|keyup)\.(enter|escape|space|tab)\b")
_MODELLED = late_pattern(r"v-model[.:][\w.:-]+")
_UNDERLINED = late_pattern(r"(aria|data|phx)_(\w+)")
_CAMEL = late_pattern(r"(aria|data)([A-Z]\w*)")
_KEYWORD = late_pattern(r"(class|for|id|type|name|is|open|async|as|list|max|min)_")
_SCRIPT = late_pattern(
    r"on((dbl)?click|change|input|submit|reset|blur|focus|key\w+|load|scroll|select|toggle|(mouse|touch|pointer|drag)\w*|drop)"
)
_WORD = late_pattern(r"(?!return$|true$|false$|void$|debugger$)[A-Za-z_$][\w$-]*")
_BOUND = late_pattern(
    r"(?:v-bind:|bind:|th:|ng-(?=href|src|disabled|checked|value|style))([\w-]+)|\[(?:attr\.)?([\w-]+)\]"
)
_TOGGLED = late_pattern(r"class:([\w-]+)|\[class\.([\w-]+)\]")
_OTHER = (
    (late_pattern(r"v-slot:(\w+)|#(\w+)"), "a slot is a tag: <:{0}>…</:{0}>"),
    (late_pattern(r"style:([\w-]+)|\[style\.([\w-]+)[.\w%]*\]"), 'write style={{f"{0}: {{@{1}}}"}}'),
    (late_pattern(r"use:(\w+)"), 'write phx-hook="{0}", and give the element an id'),
    (late_pattern(r"let:(\w+)"), "write :let={{{0}}}"),
    (
        late_pattern(r"(?:transition|in|out|animate):(\w+)"),
        "write phx-mounted={{JS.transition(…)}}, or phx-remove={{JS.hide(…)}}",
    ),
)
"""Attributes of Vue and Svelte that carry a name."""


# `{@price:.2f}`: what may follow an expression in an f-string.
_FORMATTED = late_pattern(
    r"([^:]+)(:(?=.)(?:[^{}]?[<>=^])?[-+ ]?z?#?0?\d*[,_]?(?:\.\d+)?[bcdeEfFgGnosxX%]?)", re.DOTALL
)


def expression_habit(code: str) -> str | None:
    """The cure of what *code*, which is not Python, was meant to be."""
    plain = _STRINGS.sub("''", code)
    if (filtered := _FILTERED.search(plain)) is not None:
        from liveview_core.heex.syntax.foreign.names import filter_cure  # rarely

        return filter_cure(filtered[1])
    cure = next((cure for sign, cure in _EXPRESSIONS if sign.search(plain)), None)
    if cure is None and (formatted := _FORMATTED.fullmatch(code.strip())) is not None:
        return f'a format belongs into an f-string: {{f"{{{formatted[1].strip()}{formatted[2]}}}"}}'
    return cure


@lru_cache(maxsize=1000)
def attribute_habit(name: str) -> str | None:
    """The cure of an attribute of another world on an HTML tag."""
    if name in _ATTRIBUTES:
        return _ATTRIBUTES[name]
    return None if _is_ordinary(name) else _habit(name)


def _is_ordinary(name: str) -> bool:
    """Letters in lower case, digits and hyphens after none of three beginnings: no sign fits that; nearly all names are such."""
    return (
        name.replace("-", "0").isalnum()
        and name == name.lower()
        and not name.startswith(("on-", "ng-"))
        and (not name.startswith("phx") or name.startswith("phx-"))
    )


def _habit(name: str) -> str | None:
    event = _EVENT.fullmatch(name) or _EVENT.fullmatch(_MODIFIED.sub("", name))
    if event is not None and (key := _KEYED.search(name)) is not None:
        return f'write phx-{key[1]}="name" phx-key="{key[2].capitalize()}"'
    if event is not None:
        return _bound(next(filter(None, event.groups())).lower().replace("_", "-"), "name")
    if _MODELLED.fullmatch(name) is not None:
        return _ATTRIBUTES["v-model"]
    if (underlined := _UNDERLINED.fullmatch(name)) is not None:
        return f"write {underlined[1]}-{underlined[2].replace('_', '-')}={{…}}"
    if (camel := _CAMEL.fullmatch(name)) is not None:
        return f"write {camel[1]}{re.sub('[A-Z]', lambda each: '-' + each[0].lower(), camel[2])}={{…}}"
    if (keyword := _KEYWORD.fullmatch(name)) is not None:
        return f"write {keyword[1]}={{…}}: a template has attributes, no Python names"
    if (toggled := _TOGGLED.fullmatch(name)) is not None:
        return f'write class={{["{toggled[1] or toggled[2]}" if @on else None]}}'
    for sign, cure in _OTHER:
        if (found := sign.fullmatch(name)) is not None:
            word = next(filter(None, found.groups()))
            return cure.format(word, word.replace("-", "_"))
    bound = _BOUND.fullmatch(name)
    return None if bound is None else f"write {bound[1] or bound[2]}={{…}}"


_SAME = {name: name for name in ("click", "change", "submit", "blur", "focus", "keydown", "keyup", "click-away")}
_BINDINGS = _SAME | {
    "input": "change",
    "keypress": "keydown",
    "load": "mounted",
    "key-down": "keydown",
    "key-up": "keyup",
}


def _bound(kind: str, value: str) -> str:
    """How somebody hears an event who calls it so."""
    binding = _BINDINGS.get(kind)
    if binding is None:
        return f'listen to {kind} in a hook, phx-hook="…", and push an event from there'
    if value == "JS":
        return f"write phx-{binding}={{JS…}}"
    return f'write phx-{binding}="{value}", and handle_event("{value}", …) in the view'


def script_habit(name: str, value: str | ast.expr) -> tuple[str, str] | None:
    """What is wrong with a script of HTML's own, `onclick`, that can only be meant as a binding; and the cure."""
    if not name.startswith("on") or _SCRIPT.fullmatch(name) is None:
        return None
    if isinstance(value, str):
        if _WORD.fullmatch(value.strip()) is None:
            return None
        happened = f"{name}={value!r} is a script for the browser, and does nothing: no event is pushed"
        return happened, _bound(name[2:], value.strip())
    if any(isinstance(each, ast.Name) and each.id == "JS" for each in ast.walk(value)):
        return f"{name} takes a script for the browser, and JS commands are none", _bound(name[2:], "JS")
    return None


def special_habit(name: str) -> str | None:
    """The cure of an attribute that begins with a colon, and is none of ours."""
    if name in (":else", ":elif", ":else-if", ":elsif", ":unless"):
        return "write `:if={not @x}` on it, or a block: `<%= if @x: %> … <% else: %> … <% end %>`"
    if name in (":each", ":foreach", ":loop"):
        return "write :for={x in @xs}"
    if name in (":show", ":when"):
        return "write :if={…}"
    if name == ":slot":
        return "a slot is a tag: <:name>…</:name>"
    near = difflib.get_close_matches(name, (":if", ":for", ":key", ":let"), n=1, cutoff=0.75)
    if near:
        return f"write {near[0]}={{…}}"
    return f"an attribute has no colon: write {name[1:]}={{…}}" if re.fullmatch(r":[a-z][\w-]*", name) else None


_PUT_IN = late_pattern(r"\$\{@|#\{@|\{@[a-zA-Z_]\w*[^{}]*\}")


def text_habit(value: str) -> tuple[str, str] | None:
    """What is wrong with a string, no f-string, in which something looks put in; and the cure."""
    found = _PUT_IN.search(value)
    if found is None:
        return None
    cure = 'write `f"…{@name}…"`'
    if found[0].startswith("#"):
        return "`#{…}` in a string is Elixir's", cure
    if found[0].startswith("$"):
        return "`${…}` in a string is JavaScript's", cure
    return f"{found[0]} in a string is text: nothing is put in there", cure


def shown_habit(node: ast.expr, attribute: str | None) -> str | None:
    """The cure of a dict or set that is written where text is shown; None where it is none, or may be one."""
    if not isinstance(node, ast.Dict | ast.Set) or attribute not in (None, "class", "style"):
        return None
    if attribute == "class":
        return _CLASS
    if attribute == "style":
        return 'style takes text: `style={f"color: {@color}"}`'
    return "one pair of braces is enough: `{@name}`"
