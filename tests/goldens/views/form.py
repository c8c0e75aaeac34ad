"""Golden `form`: to_form, inputs_for, `_target` and `_unused_` parameters, used_input, a submitter."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, heex, to_form, used_input
from liveview_core.forms import normalize_value, options_for_select
from tests.goldens.elixir import inspect

__all__ = ["normalize_value", "options_for_select", "view"]


def build(params: Any, errors: Any, **options: Any) -> Any:
    return to_form(params, as_="user", errors=errors, id="user", **options)


class Form(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        form = build({"name": "", "age": "", "tags": {"0": {"label": "x"}}}, [])
        return socket.assign(form=form, last=None, unused=None)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        user = params["user"]
        match event:
            case "validate":
                errors: list[Any] = [("name", ("can't be blank", {}))] if user["name"] == "" else []
                used = [name for name in ("name", "age", "bio", "agree") if used_input(build(user, [])[name])]
                return socket.assign(
                    form=build(user, errors, action="validate"),
                    last=inspect(params.get("_target")),
                    unused=inspect(used),
                )
            case "save":
                return socket.assign(last=inspect(sorted(user))).put_flash("info", f"saved {user['name']}")

    render = heex(r"""
    <.form for={@form} id="f" phx-change="validate" phx-submit="save">
      <label for={@form["name"].id}>Name</label>
      <input type="text" id={@form["name"].id} name={@form["name"].name} value={@form["name"].value} />
      <p :for={msg, _ in @form["name"].errors} :if={used_input(@form["name"])} class="err">{msg}</p>
      <input type="number" name={@form["age"].name} value={normalize_value("number", @form["age"].value)} />
      <select name={@form["role"].name}>{options_for_select([("Admin", "a"), ("User", "u")], @form["role"].value)}</select>
      <textarea name={@form["bio"].name}>{normalize_value("textarea", @form["bio"].value)}</textarea>
      <input type="hidden" name={@form["agree"].name} value="false" />
      <input type="checkbox" name={@form["agree"].name} value="true" checked={normalize_value("checkbox", @form["agree"].value)} />
      <.inputs_for :let={t} field={@form["tags"]} default={[{"label": "d0"}, {"label": "d1"}]}>
        <input type="text" name={t["label"].name} id={t["label"].id} value={t["label"].value} />
      </.inputs_for>
      <button name="user[via]" value="btn">Save</button>
      <i>{@last} {@unused}</i>
    </.form>
    """)


view = Form
untranslated = {"form"}  # a struct of another library; what it holds is on the page
