"""A registration form: checked while one types, saved once, welcomed on another page.

A `Changeset` knows the fields and what is wrong with them; the form is made of it and nothing else. Mistakes are shown
where the user has been (`used_input`), not in fields that nobody has touched. What only the database knows, that an address is
taken, is an error of the same kind. A password is never sent back, so what was typed is left alone (`phx-update="ignore"`): a patch
would empty the field. Saved: a flash, and on to the next page, which shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from liveview_core import Changeset, FormField, LiveView, Route, Router, Socket, attr, heex, to_form, used_input
from liveview_testing import Simulation, Step


@frozen
class User:
    """Somebody who registered."""

    name: str
    email: str
    age: int | None = None
    password: str = field(default="", repr=False)

    @staticmethod
    def changeset(params: Mapping[str, Any]) -> Changeset:
        """What was typed, and what is wrong with it."""
        return (
            Changeset.cast(User, params, ["name", "email", "age", "password"])
            .validate_required(["name", "email", "password"])
            .validate_length("name", max=40)
            .validate_format("email", r"^[^@\s]+@[^@\s]+$")
            .validate_number("age", greater_than_or_equal_to=18)
            .validate_length("password", min=8)
            .validate_confirmation("password")
        )


TAKEN = ("ben@example.org",)


def save(changeset: Changeset) -> Changeset | User:
    """What the database makes of it: a user, or the changeset with what it found wrong."""
    if changeset.valid and changeset.get_field("email") in TAKEN:
        changeset = changeset.add_error("email", "has already been taken")
    return changeset.apply_action("insert")  # type: ignore[no-any-return]


def shown_errors(field: FormField) -> tuple[Any, ...]:
    """The errors of a field, once the user has been there."""
    return field.errors if used_input(field) else ()


input_field = heex(
    """
<label>
  {@label}
  <input type={@type} id={@field.id} name={@field.name} value={@value} phx-debounce="blur" />
  <em :for={error in shown_errors(@field)}>{error}</em>
</label>
""",
    attr("field", FormField, required=True),
    attr("label", str, required=True),
    attr("type", str, default="text"),
    attr("value", default=None),
)

password_field = heex(
    """
<label>
  {@label}
  <span id={f"{@field.id}-kept"} phx-update="ignore">
    <input type="password" id={@field.id} name={@field.name} phx-debounce="blur" />
  </span>
  <em :for={error in shown_errors(@field)}>{error}</em>
</label>
""",
    attr("field", FormField, required=True),
    attr("label", str, required=True),
)


class RegistrationLive(LiveView):
    """`save` is the database."""

    def __init__(self, save: Callable[[Changeset], Changeset | User] = save) -> None:
        self.save = save

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(form=to_form(User.changeset({})))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "validate", {"user": given}:
                return socket.assign(form=to_form(User.changeset(given), action="validate"))
            case "save", {"user": given}:
                match self.save(User.changeset(given)):
                    case User(name):
                        return socket.put_flash("info", f"Welcome, {name}!").push_navigate("/")
                    case changeset:
                        return socket.assign(form=to_form(changeset))
            case _:
                return socket

    render = heex("""
    <.form for={@form} id="registration" phx-change="validate" phx-submit="save">
      <.input_field field={@form["name"]} label="Name" value={@form["name"].value} />
      <.input_field field={@form["email"]} label="E-mail" type="email" value={@form["email"].value} />
      <.input_field field={@form["age"]} label="Age" type="number" value={@form["age"].value} />
      <.password_field field={@form["password"]} label="Password" />
      <.password_field field={@form["password_confirmation"]} label="Once more" />
      <button>Register</button>
    </.form>
    """)


class HomeLive(LiveView):
    render = heex("""
    <main>
      <p :for={kind, message in @flash.items()} class={kind} phx-click="lv:clear-flash">{message}</p>
      <h1>Home</h1>
      <.link navigate="/register">Register</.link>
    </main>
    """)


ROUTER = Router([Route("/", HomeLive), Route("/register", RegistrationLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann registers, with an address that is taken first."""
    home = sim.live("/")
    home.element("a", "Register").render_click()
    ann = home.follow_redirect("/register")
    yield Step("An empty form reproaches nobody", Ann=ann)
    assert not ann.has_element("em")

    ann.form("#registration", {"user": {"email": "ben@"}}).render_change()
    yield Step("Ann has been in one field: that one is told", Ann=ann)
    assert ann.element("em").text == "has invalid format"

    data = {"name": "Ann", "email": "ben@example.org", "age": "17", "password": "secret"}
    ann.form("#registration", {"user": data}).render_submit()
    yield Step("Submitted, every field is told", Ann=ann)
    assert ann.has_element("em", "must be greater than or equal to 18")
    assert ann.has_element("em", "should be at least 8 character(s)")

    better = {**data, "age": "34", "password": "correct horse", "password_confirmation": "correct horse"}
    ann.form("#registration", {"user": better}).render_submit()
    yield Step("Only the database knows that the address is taken", Ann=ann)
    assert ann.element("em").text == "has already been taken"

    ann.form("#registration", {"user": {**better, "email": "ann@example.org"}}).render_submit()
    home = ann.follow_redirect("/")
    yield Step("Welcome: the flash comes along", Ann=home)
    assert home.has_element(".info", "Welcome, Ann!")

    home.element(".info").render_click()
    yield Step("Read and clicked away", Ann=home)
    assert not home.has_element(".info")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
