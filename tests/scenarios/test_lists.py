"""What the scenarios of lists teach: todos, timeline, room, posts, kanban."""

from __future__ import annotations

import pytest

from liveview_core import Route, Router
from liveview_testing import Simulation, View, lints
from liveview_testing.laws import hold, streams_settled
from liveview_testing.watching import watch
from tests.harness.playing import listeners, scenario, texts

todos, timeline, room, posts, kanban = (scenario(name) for name in ("todos", "timeline", "room", "posts", "kanban"))


# --- todos ------------------------------------------------------------------------------------------------------------------


def shared(sim: Simulation, *names: str) -> list[View]:
    """A list, and so many people who look at it."""
    view = todos.TodosLive(todos.Todos(sim.store, "home"))
    return [sim.live(view) for _ in names]


def add(view: View, title: str = "milk") -> None:
    """Somebody adds a todo."""
    view.form("#new", {"title": title}).render_submit()


def test_a_hundred_todos_are_in_no_socket(sim: Simulation) -> None:
    """The socket does not grow, and the hundredth diff is as small as the second."""
    ann, ben = shared(sim, "Ann", "Ben")
    lints.growth(ann, add)
    sizes = list[int]()
    for number in range(10, 40):
        add(ann, f"todo {number}")
        sizes.append(ben.wire[-1].bytes)
        streams_settled(ben)
    assert max(sizes[1:]) - min(sizes[1:]) <= 10  # ids and numbers of one more digit
    assert len(texts(ben, "li")) == 30


def test_a_list_nobody_looks_at_wakes_nobody(sim: Simulation) -> None:
    """The topic is this list's: somebody at another list hears nothing."""
    (ann,) = shared(sim, "Ann")
    other = sim.live(todos.TodosLive(todos.Todos(sim.store, "work")))
    lints.audience(ann, add)
    seen = watch(ann, add)
    assert {each.process for each in seen} == {ann.id}
    assert other.id not in listeners(sim)["todos:home"]


def test_an_edit_survives_everybody_else(sim: Simulation) -> None:
    """Ben edits; Ann renames, ticks off and adds: his input stays, and he saves over what is there now."""
    ann, ben = shared(sim, "Ann", "Ben")
    add(ann)
    ben.element("#todos-1 span").render_click()
    ann.element("#todos-1 input[type=checkbox]").render_click()
    add(ann, "more")
    assert ben.has_element("#todos-1 form")
    ben.form("#todos-1 form", {"title": "oat milk"}).render_submit()
    assert ann.has_element("#todos-1 .done span", "oat milk")
    hold(sim)


def test_a_fork_has_a_list_of_its_own(sim: Simulation) -> None:
    """What stands for the database is forked with the world."""
    (ann,) = shared(sim, "Ann")
    add(ann)
    there = ann.fork()
    add(there, "only there")
    assert (len(texts(ann, "li")), len(texts(there, "li"))) == (1, 2)
    assert [todo.title for todo in todos.Todos(sim.store, "home").all()] == ["milk"]


def test_deleting_twice_is_once(sim: Simulation) -> None:
    """Both click on x: the second click finds no component any more, and nothing happens (CP-16)."""
    ann, ben = shared(sim, "Ann", "Ben")
    add(ann)
    cid = 1
    ann.element("#todos-1 button").render_click()
    ben.event("click", "delete", {}, cid)
    assert texts(ben, "li") == []
    assert ben.has_element("#open", "0 to do")


# --- timeline ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def people() -> list[View]:
    """Two at the timeline."""
    sim = Simulation(timeline.ROUTER)
    return [sim.live("/timeline", session={"name": name}) for name in ("Ann", "Ben")]


def test_the_newest_is_first_and_the_limit_holds(people: list[View]) -> None:
    """At the top, at most three, in both pages; what fell off is deleted without a trace."""
    ann, ben = people
    for number in range(5):
        (ann, ben)[number % 2].form("#say", {"text": f"post {number}"}).render_submit()
    assert [text.split()[2] for text in texts(ann, "#posts li")] == ["4", "3", "2"]
    assert [text.split()[2] for text in texts(ben, "#posts li")] == ["4", "3", "2"]
    ann.sim.broadcast("timeline", timeline.TakenBack("Ann-00000000"))
    assert len(texts(ben, "#posts li")) == 3


def test_nobody_takes_back_what_is_another_s(people: list[View]) -> None:
    """The button is not on his page, and a forged event comes to nothing."""
    ann, ben = people
    ann.form("#say", {"text": "mine"}).render_submit()
    assert not ben.has_element("#posts button")
    id = ann.element("#posts button").attributes["phx-value-id"]
    assert watch(ben, lambda it: it.render_click("take_back", {"id": id}))[0].effects == ()
    assert ben.has_element("#posts li", "mine")


def test_an_insert_costs_the_same_on_a_long_timeline(people: list[View]) -> None:
    """Evaluations and bytes of the first post and of the twentieth."""
    ann, _ = people
    costs = set[tuple[int, int]]()
    for number in range(20):

        def post(it: View, text: str = f"post {number:02}") -> None:
            it.form("#say", {"text": text}).render_submit()

        heard = [each for each in watch(ann, post) if each.origin == "broadcast"]
        costs.add((sum(each.evaluated for each in heard), sum(each.bytes for each in heard[1:])))
        post(ann)
    assert len({evaluated for evaluated, _ in costs}) == 1
    assert len({size for _, size in costs}) <= 2  # the first brings the template of a row


# --- room -------------------------------------------------------------------------------------------------------------------


def test_the_page_is_what_its_url_says() -> None:
    """Patched or opened, each room is the same room; the same room again keeps what was said."""
    sim = Simulation(room.ROUTER)
    ann = sim.live("/rooms/tea", session={"name": "Ann"})
    ann.form("#say", {"text": "hi"}).render_submit()
    for url in ("/rooms", "/rooms/jazz", "/rooms/tea", "/rooms/tea?from=mail"):
        lints.address(ann, url)
    lints.stays(ann)


def test_the_input_is_cleared_by_what_the_server_holds() -> None:
    """Story 27: typed, sent, and empty again, in the html and in what the next submit would send."""
    sim = Simulation(room.ROUTER)
    ann = sim.live("/rooms/tea", session={"name": "Ann"})
    ann.form("#say", {"text": "hi"}).render_change()
    assert ann.element("#say input").attributes["value"] == "hi"
    ann.form("#say", {"text": "hi"}).render_submit()
    ann.form("#say").render_submit()
    assert ann.wire[-2].payload["value"] == "text="
    assert texts(ann, "li") == ["Ann hi"]


def test_leaving_a_room_ends_its_subscription() -> None:
    """One room, one subscription; none at the list of rooms."""
    sim = Simulation(room.ROUTER)
    ann = sim.live("/rooms/tea", session={"name": "Ann"})
    ann.element("#jazz").render_click()
    assert listeners(sim) == {"room:jazz": [ann.id]}
    ann.render_patch("/rooms")
    assert listeners(sim) == {}


# --- posts ------------------------------------------------------------------------------------------------------------------


def test_sorting_is_a_function_of_the_url() -> None:
    """Story 26: in whatever order one goes, each URL has its own order; nonsense is the default."""
    ann = Simulation(posts.ROUTER).live("/posts?sort=title")
    for url in ("/posts", "/posts?sort=title", "/posts?sort=date", "/posts?sort=nonsense"):
        lints.address(ann, url)


def test_sorting_moves_rows_without_sending_them() -> None:
    """No title goes over the wire a second time."""
    ann = Simulation(posts.ROUTER).live("/posts")
    ann.element("#by-title").render_click()
    assert "umbrella" not in ann.wire[-1].text
    assert "Sourdough" not in ann.wire[-1].text
    assert '"km":true' in ann.wire[-1].text


def test_a_post_that_is_not_there_leads_back() -> None:
    """With a flash that says why."""
    sim = Simulation(posts.ROUTER)
    gone = sim.live("/posts/99")
    assert gone.assert_redirect("/posts").flash == {"error": "There is no such post."}


# --- kanban -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def board(sim: Simulation) -> View:
    """A board."""
    return sim.live(kanban.BoardLive, router=Router([Route("/", kanban.BoardLive)]))


def drop(view: View, card: str, column: str, at: int) -> None:
    """A card is dropped somewhere."""
    view.element("#todo-cards").render_hook("dropped", {"card": card, "column": column, "at": at})


@pytest.mark.parametrize(
    ("card", "column", "at", "expected"),
    [
        ("c1", "todo", 2, {"todo": ["c2", "c3", "c1"], "doing": ["c4"], "done": []}),
        ("c2", "doing", 0, {"todo": ["c1", "c3"], "doing": ["c2", "c4"], "done": []}),
        ("c4", "done", 7, {"todo": ["c1", "c2", "c3"], "doing": [], "done": ["c4"]}),
        ("c3", "todo", -5, {"todo": ["c3", "c1", "c2"], "doing": ["c4"], "done": []}),
        ("c3", "nowhere", 0, {"todo": ["c1", "c2", "c3"], "doing": ["c4"], "done": []}),
    ],
)
def test_a_move_is_a_function_on_the_board(
    board: View, card: str, column: str, at: int, expected: dict[str, list[str]]
) -> None:
    """On the page of who moves and on everybody else's."""
    other = board.sim.live(kanban.BoardLive)
    drop(board, card, column, at)
    for view in (board, other):
        shown = {
            name: [node.id for node in view.element(f"#{name}-cards").node.elements()]
            for name in ("todo", "doing", "done")
        }
        assert shown == expected
    hold(board.sim)


def test_a_move_inside_a_column_sends_no_card(board: View) -> None:
    """Places alone: a card's title and button stay where they are, in the browser."""
    drop(board, "c3", "todo", 0)
    assert "neighbours" not in board.wire[-1].text
    assert board.wire[-1].bytes < 150


def test_every_card_is_somewhere_once(board: View) -> None:
    """However often cards are sent on: none is lost, none is doubled."""
    for _ in range(4):
        for card in ("c1", "c2", "c3", "c4"):
            board.element(f"#{card} button").render_click()
    assert sorted(str(node.id) for node in board.element("#done-cards").node.elements()) == ["c1", "c2", "c3", "c4"]
