"""A recipe: ingredients that come and go in one form, and a dialog that asks before everything is deleted.

Whether a dialog is open is the client's business: JS commands show it and hide it, and the server hears only of what was decided.
All ways out of it (the button, the key Escape, a click beside it) are one command, kept in the dialog's `data-cancel`. "Add" and
"drop" are buttons of the form that say `change`: what they are called is an entry of `ingredients_sort` or `ingredients_drop`,
so that adding a line is no event of its own, and loses nothing that was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from liveview_core import JS, Changeset, LiveView, Route, Router, Socket, heex, to_form
from liveview_testing import Simulation, Step


@frozen
class Ingredient:
    """One line of a recipe."""

    name: str

    @staticmethod
    def changeset(ingredient: Any, params: Mapping[str, Any]) -> Changeset:
        """What was typed into one line."""
        return Changeset.cast(ingredient, params, ["name"]).validate_required("name")


@frozen
class Recipe:
    """What is cooked, and of what."""

    title: str
    ingredients: tuple[Ingredient, ...] = ()

    @staticmethod
    def changeset(recipe: Any, params: Mapping[str, Any]) -> Changeset:
        """What was typed, lines added and dropped included."""
        changeset = Changeset.cast(recipe, params, ["title"]).validate_required("title")
        return changeset.cast_assoc("ingredients", sort_param="ingredients_sort", drop_param="ingredients_drop")


SOUP = Recipe("Soup", (Ingredient("water"), Ingredient("leek")))

CHANGE = JS.dispatch("change")
ASK = JS.show(to="#sure").focus(to="#sure button")
CANCEL = JS.hide(to="#sure").pop_focus()
LEAVE = JS.exec("data-cancel", to="#sure")
DELETE = JS.push("delete").exec("data-cancel", to="#sure")


class RecipeLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(recipe=SOUP, form=to_form(Recipe.changeset(SOUP, {})))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        recipe = socket.assigns.recipe
        match event, params:
            case "validate", {"recipe": given} if recipe is not None:
                return socket.assign(form=to_form(Recipe.changeset(recipe, given), action="validate"))
            case "save", {"recipe": given} if recipe is not None:
                match Recipe.changeset(recipe, given).apply_action("update"):
                    case Recipe() as saved:
                        return socket.assign(recipe=saved, form=to_form(Recipe.changeset(saved, {})))
                    case changeset:
                        return socket.assign(form=to_form(changeset))
            case "delete", _:
                return socket.assign(recipe=None)
            case _:
                return socket

    render = heex("""
    <main>
      <p :if={not @recipe}>Nothing to cook.</p>
      <h1 :if={@recipe}>{@recipe.title}: {", ".join(each.name for each in @recipe.ingredients)}</h1>
      <.form :let={f} :if={@recipe} for={@form} id="recipe" phx-change="validate" phx-submit="save">
        <input type="text" name={f["title"].name} value={f["title"].value} />
        <.inputs_for :let={line} field={f["ingredients"]}>
          <input type="hidden" name="recipe[ingredients_sort][]" value={line.index} />
          <input type="text" id={line["name"].id} name={line["name"].name} value={line["name"].value} />
          <button type="button" class="drop" name="recipe[ingredients_drop][]" value={line.index} phx-click={CHANGE}>drop</button>
        </.inputs_for>
        <input type="hidden" name="recipe[ingredients_drop][]" />
        <button type="button" class="add" name="recipe[ingredients_sort][]" value="new" phx-click={CHANGE}>add</button>
        <button>Save</button>
      </.form>
      <button id="delete" type="button" phx-click={ASK} disabled={not @recipe}>Delete</button>
      <div id="sure" style="display: none" data-cancel={CANCEL} phx-window-keydown={LEAVE} phx-key="escape">
        <p phx-click-away={LEAVE}>
          Really? <button class="yes" phx-click={DELETE}>Yes</button> <button class="no" phx-click={LEAVE}>No</button>
        </p>
      </div>
    </main>
    """)


ROUTER = Router([Route("/recipe", RecipeLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """A line more, a line less, saved; and thought better of deleting it all, twice."""
    ann = sim.live("/recipe")
    ann.form("#recipe", {"recipe": {"title": "Leek soup"}}).render_change()
    ann.element(".add").render_click()
    yield Step("One line more; what was typed is still there", Ann=ann.element("#recipe"))
    assert ann.element("[name='recipe[title]']").attributes["value"] == "Leek soup"

    ann.form("#recipe", {"recipe": {"ingredients": {"2": {"name": "cream"}}}}).render_change()
    ann.element("[name='recipe[ingredients_drop][]'][value='0']").render_click()
    ann.form("#recipe").render_submit()
    yield Step("One line less, and saved", Ann=ann.element("h1"))
    assert ann.element("h1").text == "Leek soup: leek, cream"

    ann.element("#delete").render_click()
    ann.element("#sure .no").render_click()
    ann.element("#delete").render_click()
    ann.element("#sure p").render_click_away()
    yield Step("Asked twice, thought better of it twice: the server has not heard of it", Ann=ann.element("#sure"))
    assert ann.has_element("h1")

    ann.element("#delete").render_click()
    ann.element("#sure .yes").render_click()
    yield Step("And a third time", Ann=ann)
    assert ann.has_element("p", "Nothing to cook.")
    assert ann.has_element("#delete[disabled]")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
