"""A sign-up in steps, whose way depends on what was said: a company is asked for its number, a person for a birthday.

The step is in the URL, so "back" is the browser's. What was said is kept in the assigns, under the step it was said in. One
function knows the way (`way`), one what is wrong with a step (`mistakes`); a URL that is ahead of what was said leads to
the first step that is missing, and a change of mind at a branch takes nothing away from the steps both ways share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from liveview_core import LiveView, Route, Router, Socket, heex, to_form
from liveview_testing import Simulation, Step

Said = Mapping[str, Mapping[str, str]]

FIELDS = {"who": ("kind",), "company": ("name", "number"), "person": ("name", "birthday"), "mail": ("email",)}


def way(said: Said) -> tuple[str, ...]:
    """The steps, as far as they can be known from what was said."""
    kind = said.get("who", {}).get("kind")
    if kind not in ("company", "person"):
        return ("who",)
    return ("who", kind, "mail", "summary")


def mistakes(step: str, params: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the fields of a step."""
    found = {field: "is missing" for field in FIELDS[step] if not params.get(field, "").strip()}
    if step == "mail" and not found and "@" not in params["email"]:
        found["email"] = "is no address"
    if step == "who" and not found and params["kind"] not in ("company", "person"):
        found["kind"] = "is neither a company nor a person"
    return found


def reached(said: Said) -> str:
    """The first step that is still to be done."""
    return next((step for step in way(said) if step not in said), "summary")


class SignUpLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(said={})

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        said, step = socket.assigns.said, params.get("step", "who")
        steps = way(said)
        first = reached(said)
        if step not in steps or steps.index(step) > steps.index(first):
            return socket.push_patch(f"/signup/{first}", replace=True)
        return socket.assign(step=step, steps=steps, form=to_form(said.get(step, {})))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        step = socket.assigns.step
        match event:
            case "change" if step in FIELDS:
                return socket.assign(form=to_form(params))
            case "next" if step in FIELDS:
                errors = mistakes(step, params)
                if errors:
                    return socket.assign(form=to_form(params, errors=errors))
                answers = {field: params[field].strip() for field in FIELDS[step]}
                said = {**socket.assigns.said, step: answers}
                steps = way(said)
                return socket.assign(said=said).push_patch(f"/signup/{steps[steps.index(step) + 1]}")
            case "finish" if step == "summary":
                return socket.put_flash("info", "Welcome!").push_navigate("/")
            case _:
                return socket

    render = heex("""
    <main>
      <nav>
        <.link :for={step in @steps} patch={f"/signup/{step}"} aria-current={"step" if step == @step else None}>
          {step}
        </.link>
      </nav>
      <.form :if={@step != "summary"} for={@form} id={f"step-{@step}"} phx-change="change" phx-submit="next">
        <select :if={@step == "who"} name="kind">
          <option value="">please choose</option>
          <option
            :for={kind in ("company", "person")}
            value={kind}
            selected={@form["kind"].value == kind}
          >{kind}</option>
        </select>
        <input :for={field in texts(@step)} type="text" name={field} value={@form[field].value} placeholder={field} />
        <em :for={field in FIELDS[@step]}>{" ".join(f"{field} {error}" for error in @form[field].errors)}</em>
        <button>Next</button>
      </.form>
      <dl :if={@step == "summary"}>
        <%= for step in @steps[:-1]: %>
          <%= for field, answer in @said[step].items(): %>
            <dt>{field}</dt>
            <dd>{answer}</dd>
          <% end %>
        <% end %>
      </dl>
      <button :if={@step == "summary"} id="finish" phx-click="finish">Finish</button>
    </main>
    """)


def texts(step: str) -> list[str]:
    """The fields of a step that are typed."""
    return [field for field in FIELDS[step] if field != "kind"]


class HomeLive(LiveView):
    render = heex("""<h1>{@flash.get("info", "Home")}</h1>""")


ROUTER = Router([Route("/", HomeLive), Route("/signup", SignUpLive), Route("/signup/:step", SignUpLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """A company signs up, finds that it is a person, and finishes."""
    ann = sim.live("/signup/mail").follow_redirect("/signup/who")
    yield Step("Nobody starts in the middle: the first step that is missing is the first", Ann=ann)
    assert ann.url == "/signup/who"

    ann.form("form", {"kind": "company"}).render_submit()
    ann.form("form", {"name": "Tea & Co"}).render_submit()
    yield Step("A company has a number", Ann=ann)
    assert ann.url == "/signup/company"
    assert ann.has_element("em", "number is missing")

    ann.element("a", "who").render_click()
    ann.form("form", {"kind": "person"}).render_submit()
    yield Step("Ann goes back: she is a person, and is asked something else", Ann=ann)
    assert ann.url == "/signup/person"

    ann.form("form", {"name": "Ann", "birthday": "May 4"}).render_submit()
    ann.form("form", {"email": "ann@example.org"}).render_submit()
    yield Step("The summary shows the way that was gone", Ann=ann)
    assert [each.text for each in ann.element("dl").node.elements()][::2] == ["kind", "name", "birthday", "email"]

    ann.element("#finish").render_click()
    home = ann.follow_redirect("/")
    yield Step("Welcome", Ann=home)
    assert home.has_element("h1", "Welcome!")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
