"""Golden `extra_trigger_action`: phx-trigger-action appears when the view has accepted the form."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, heex, to_form


class TriggerAction(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(form=to_form({"name": ""}, as_="user"), trigger=False)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event, params:
            case "validate", {"user": user}:
                return socket.assign(form=to_form(user, as_="user"))
            case "save", {"user": {"name": ""} as user}:
                errors: list[Any] = [("name", ("can't be blank", {}))]
                return socket.assign(form=to_form(user, as_="user", errors=errors, action="validate"))
            case "save", {"user": user}:
                return socket.assign(form=to_form(user, as_="user"), trigger=True)
            case "again", _:
                return socket.assign(trigger=False)

    render = heex(r"""
    <.form for={@form} id="f" action="/login" phx-change="validate" phx-submit="save" phx-trigger-action={@trigger}>
      <input type="text" id={@form["name"].id} name={@form["name"].name} value={@form["name"].value} />
      <p :for={msg, _ in @form["name"].errors}>{msg}</p>
      <button>Log in</button>
    </.form>
    """)


view = TriggerAction
untranslated = {"form"}  # a struct of another library; what it holds is on the page
