"""What people write who come from other templates (Jinja and Django, JSX, Vue and Svelte, Elixir), and what it is called here.

Law: an expression is looked at only when Python has refused it, and the first sign that fits is the cure: what is special
stands before what is general. An attribute is looked at by its name; what is shown, by its shape.
"""

from __future__ import annotations

import ast
import re

__all__ = ["attribute_habit", "expression_habit", "shown_habit"]

_BLOCK = "a block is `<%= if @x: %> … <% end %>`, or `:if={@x}` on a tag"
_LOOP = "a loop is `<%= for x in @xs: %> … <% end %>`, or `:for={x in @xs}` on a tag"
_HEAD = "a block head ends with `:`, as in `<%= if @x: %>`"
_CLASS = 'class takes a list: `class={["a", "b" if @on else None]}`'

_EXPRESSIONS = tuple(
    (re.compile(sign), cure)
    for sign, cure in (
        # Jinja and Django
        (r"^\s*%-?\s*for\b", _LOOP),
        (r"^\s*%-?\s*(if|elif|else|endif|unless)\b", _BLOCK),
        (r"^\s*%-?\s*(end\w*)\b", "a block ends with `<% end %>`"),
        (r"^\s*%-?\s*(set|with)\b", "a template assigns in `<% name = … %>`"),
        (r"^\s*%-?\s*(block|extends|include|import|macro|call)\b", "a part of its own is a component: `<.name …>`"),
        (r"^\s*%-?\s*raw\b", "braces as text: `&lbrace;`, or phx-no-curly-interpolation on a tag"),
        # Svelte
        (r"^\s*[/:]\s*(if|each|else|await|key)\b", f"{_BLOCK}; {_LOOP}"),
        # Elixir
        (r"^\s*%\{", 'a map is a dict: `{"a": 1}`'),
        (r"^\s*%\w*\s*$", _BLOCK),
        (r"^\s*(if|unless)\b.*,\s*do:", 'a conditional is `"a" if @x else "b"`'),
        (r"^\s*unless\b", "Python writes `not`: `<%= if not @x: %>`"),
        (r"^\s*(cond|case)\b.*\bdo\b", "write `<%= match @x: %><% case 1: %> … <% end %>`, or if and elif"),
        (r"^\s*for\b.*<-.*\bdo\b", "Python writes `in`, and a block head ends with `:`: `<%= for x in @xs: %>`"),
        (r"^\s*if\b.*\bdo\b.+\bend\s*$", _BLOCK),
        (r"\bdo\s*$", _HEAD),
        (r"^\s*for\b.*\bdo\b", _LOOP),
        (r"&\w[\w.]*/\d|&&?\d|&\w+\(", "a function is its name, or `lambda x: …`"),
        (r"~[a-zA-Z]\W", "a template is a function of its own: `heex(…)`, called as `<.name />`"),
        (r"\bfn\b.*->", "Python writes `lambda x: …`"),
        (r"\|>", "Python has no pipe: write `f(x)`"),
        (r"<-", "Python writes `in`"),
        (r"<!--", "a comment is `<%!-- … --%>`, or `{# …}`"),
        (r"<>", "Python joins strings with `+`, or in an f-string"),
        (r"^\s*:\w+", 'an atom is a string: `"name"`'),
        (r"\w\?(?=\s*(\(|$|and\b|or\b))", "Python has no names with `?`"),
        (r"\.\.\d|\d\.\.", "a range is `range(1, 3)`, a slice `@xs[0:3]`"),
        # JSX and JavaScript
        (r"^\s*\.\.\.", "write the value alone: `{@rest}`"),
        (r"&&\s*<", "write `:if={…}` on the tag: `<p :if={@x}>`"),
        (r"\.map\s*\(.*=>", _LOOP),
        (r"\?\?", "write `@x if @x is not None else 1`"),
        (r"\?\.", "write `@x and @x.name`"),
        (r"\?.*:", 'a conditional is `"a" if @x else "b"`'),
        (r"\$\{|`", 'a template string is `f"…{@name}…"`'),
        (r"^\s*(const|let|var)\b", "a template assigns in `<% name = … %>`"),
        (r"^\s*(function)\b", "Python writes `lambda x: …`"),
        (r"\btypeof\b", "Python writes `isinstance(…)`"),
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
        (r"!(?!=)", "Python writes `not`"),
        (r"^\s*\*\*?", "write the value alone: `{@rest}`"),
        (r"^\s*else\s*$", "write `<% else: %>`"),
        (r"^\s*(import|from)\b", "import it in the module; for names of another scope there is `names=`"),
        (r"^\s*for\b", f"{_LOOP}; or a list, `{{[x for x in @xs]}}`"),
        (r"^\s*(if|match|elif|case)\b", _HEAD),
        (
            r"^\s*(while|with|try|def|class|return|del|global|nonlocal|assert|raise|pass)\b",
            "only expressions stand here",
        ),
        (r"\bif\b(?!.*\belse\b)", 'write `"a" if @x else None`, or `:if={@x}` on the tag'),
        (r"[-+*/%|&]=", "a template assigns in `<% name = … %>` only"),
        (r";", "one expression stands between braces"),
    )
)
_STRINGS = re.compile(r"""'[^'\n]*'|"[^"\n]*\"""")

_ATTRIBUTES = {
    "className": "write class={…}",
    "htmlFor": "write for={…}",
    "dangerouslySetInnerHTML": "write {raw(@html)} inside the tag",
    "key": "write :key={…} beside :for",
    "v-if": "write :if={…}",
    "v-show": "write :if={…}, or hidden={…}",
    "v-for": "write :for={x in @xs}",
    "v-model": 'write name="…" value={…}, and phx-change on the form',
    "v-html": "write {raw(@html)} inside the tag",
    "v-else": "write :if={not …}",
    "hx-get": 'write phx-click="name", and handle_event',
}
_EVENT = re.compile(r"on([A-Z]\w*)|v-on:(\w+)")


def expression_habit(code: str) -> str | None:
    """The cure of what *code*, which is not Python, was meant to be."""
    plain = _STRINGS.sub("''", code)
    return next((cure for sign, cure in _EXPRESSIONS if sign.search(plain)), None)


def attribute_habit(name: str) -> str | None:
    """The cure of an attribute of another world on an HTML tag."""
    event = _EVENT.fullmatch(name)
    if event is not None:
        kind = (event[1] or event[2]).lower()
        return f'write phx-{kind}="name", and handle_event("name", …) in the view'
    return _ATTRIBUTES.get(name)


def shown_habit(node: ast.expr, attribute: str | None) -> str | None:
    """The cure of a dict or set that is written where text is shown; None where it is none, or may be one."""
    if not isinstance(node, ast.Dict | ast.Set) or attribute not in (None, "class", "style"):
        return None
    if attribute == "class":
        return _CLASS
    if attribute == "style":
        return 'style takes text: `style={f"color: {@color}"}`'
    return "one pair of braces is enough: `{@name}`"
