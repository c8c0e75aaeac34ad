"""An article and its tags: a form inside a form, whose rows are added, taken away and kept apart.

`<.inputs_for>` shows a form for each tag. A checkbox named `tags_sort[]` with a new value asks for one more, one named
`tags_drop[]` with a row's index for one less: both are plain inputs of the form, so adding and taking away is a change like
typing, nothing typed elsewhere is lost, and `cast_assoc` does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from liveview_core import Changeset, FormField, LiveView, Socket, heex, to_form, used_input
from liveview_testing import Simulation, Step, View
from liveview_testing.browser.page.finding.select import find


@frozen
class Tag:
    """A word to find an article by."""

    name: str

    @staticmethod
    def changeset(tag: Any, params: Mapping[str, Any]) -> Changeset:
        """What was typed into one row."""
        return Changeset.cast(tag, params, ["name"]).validate_required(["name"]).validate_length("name", max=12)


@frozen
class Article:
    """Something to read."""

    title: str
    tags: tuple[Tag, ...] = ()

    @staticmethod
    def changeset(article: Any, params: Mapping[str, Any]) -> Changeset:
        """What was typed, rows included."""
        return Changeset.cast(article, params, ["title"]).validate_required(["title"]).cast_assoc("tags")


class ArticleLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        article = Article("Mending a chair", (Tag("glue"), Tag("wood")))
        return socket.assign(article=article, form=to_form(Article.changeset(article, {})), edition=1)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        article: Article = socket.assigns.article
        match event, params:
            case "validate", {"article": given}:
                socket = socket.update("edition", lambda edition: edition + 1)
                return socket.assign(form=to_form(Article.changeset(article, given), action="validate"))
            case "save", {"article": given}:
                match Article.changeset(article, given).apply_action("update"):
                    case Article() as saved:
                        return socket.assign(article=saved, form=to_form(Article.changeset(saved, {})))
                    case changeset:
                        return socket.assign(form=to_form(changeset))
            case _:
                return socket

    render = heex("""
    <main>
      <h1>{@article.title}: {", ".join(tag.name for tag in @article.tags)}</h1>
      <.form for={@form} id="article" phx-change="validate" phx-submit="save">
        <input type="text" id={@form["title"].id} name={@form["title"].name} value={@form["title"].value} />
        <em :for={error in shown_errors(@form["title"])}>{error}</em>
        <.inputs_for :let={tag} field={@form["tags"]}>
          <p class="tag">
            <input type="hidden" name="article[tags_sort][]" value={tag.index} />
            <input type="text" id={tag["name"].id} name={tag["name"].name} value={tag["name"].value} />
            <em :for={error in shown_errors(tag["name"])}>{error}</em>
            <label>
              <input type="checkbox" id={f"{tag.id}_drop"} name="article[tags_drop][]" value={tag.index} /> remove
            </label>
          </p>
        </.inputs_for>
        <input type="hidden" name="article[tags_drop][]" />
        <label>
          <%!-- Another id each time: a new box, which is not ticked. --%>
          <input type="checkbox" id={f"one_more_{@edition}"} name="article[tags_sort][]" value="new" /> one more
        </label>
        <button>Save</button>
      </.form>
    </main>
    """)


def shown_errors(field: FormField) -> tuple[Any, ...]:
    """The errors of a field, once the user has been there."""
    return field.errors if used_input(field) else ()


def story(sim: Simulation) -> Iterator[Step]:
    """A tag is added, one is taken away, one is missing its word; then all is saved."""
    ann = sim.live(ArticleLive)
    yield Step("An article with two tags", Ann=ann)

    ann.element("[id^=one_more]").render_click()
    ann.form("#article", {"article": {"tags": {"2": {"name": "weekend"}}}}).render_change()
    yield Step("One more: an empty row, which Ann fills", Ann=ann.element("#article"))
    assert tags(ann) == ["glue", "wood", "weekend"]

    ann.element("#article_tags_0_drop").render_click()
    yield Step("The first one goes: what is in the others stays in them", Ann=ann.element("#article"))
    assert tags(ann) == ["wood", "weekend"]

    ann.form("#article", {"article": {"tags": {"0": {"name": ""}}}}).render_submit()
    yield Step("A tag needs a word", Ann=ann.element("#article"))
    assert ann.element("em").text == "can't be blank"

    ann.form("#article", {"article": {"tags": {"0": {"name": "oak"}}}}).render_submit()
    yield Step("Saved: the form begins anew, with what there is now", Ann=ann)
    assert ann.has_element("h1", "Mending a chair: oak, weekend")


def tags(view: View) -> list[str | None]:
    """What stands in the rows."""
    return [node.get("value") for node in find(view.dom, ".tag input[type=text]")]


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
