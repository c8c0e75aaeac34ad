"""What JS commands have shown, and how long it stays: a dialog that `JS.show` has opened can be used.

Owns the memory of what `show`, `hide` and `toggle` came to, and the commands that take the attribute `hidden` away
or set it. Law: it lifts what the markup hides and hides nothing by itself, for the client's own code may show an element
again without our hearing of it; it stays across patches, as with the client, for as long as the element does.
"""  # JS-12, JS-13, JS-16

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, cast

from liveview_testing.browser.events.actions import Command
from liveview_testing.browser.events.payloads import operations, selected
from liveview_testing.browser.finding.select import everywhere
from liveview_testing.browser.finding.selectors import same
from liveview_testing.browser.page.controls import around, hidings
from liveview_testing.failures.exceptions import SelectorError

if TYPE_CHECKING:
    from liveview_testing.browser.events.payloads import Hider
    from liveview_testing.browser.page.node import Node, Path
    from liveview_testing.browser.page.page import Page

Key: TypeAlias = "tuple[str, object]"
Seen: TypeAlias = "Mapping[Key, bool]"

LIFTED = ("the attribute hidden", "the style display")
DEPTH = 8  # of commands that call for commands


def hider(seen: Seen, of_view: Callable[[str], Seen] | None = None) -> Hider:
    """What hides an element from a user, after what was shown and hidden so far; `of_view` in other views of the document."""

    def hidden(node: Node) -> tuple[Node, str] | None:
        for each, why in hidings(around(node)):
            view = each.page.owner
            if not why.startswith(LIFTED) or not _is_shown(
                seen if view is None or of_view is None else of_view(view), each
            ):
                return each, why
        return None

    return hidden


def looked(seen: Seen, command: Command, view: str) -> Seen:
    """The memory of a view after a command."""
    verb = _verb(command)
    if verb is None:
        return seen
    new = dict(seen)
    for each in targets(command):
        if each.page.owner not in (None, view):
            continue
        new[_key(each)] = hider(new)(each) is not None if verb == "toggle" else verb == "show"
    return new


def still_there(seen: Seen, page: Page) -> Seen:
    """The memory without elements that are gone: one that comes later is as its markup says."""
    gone = [key for key in seen if not _is_there(page, key)]
    return {key: shown for key, shown in seen.items() if key not in gone} if gone else seen


def _verb(command: Command) -> str | None:
    """Whether a command shows, hides or toggles."""
    attribute = command.args.get("attr")
    if isinstance(attribute, list):  # with its values
        attribute = cast("list[object]", attribute)[0]
    match command.name, attribute:
        case ("show" | "hide" | "toggle") as verb, _:
            return verb
        case "remove_attr", "hidden":
            return "show"
        case "set_attr", "hidden":
            return "hide"
        case "toggle_attr", "hidden":
            return "toggle"
        case _:
            return None


def _is_shown(seen: Seen, node: Node) -> bool:
    said = seen.get(_key(node))
    return said if said is not None else _is_shown_at_first(node)


def _is_shown_at_first(node: Node) -> bool:
    """Whether some `phx-mounted` of the page shows it."""
    return any(
        _verb(command) == "show" and any(same(each) == same(node) for each in targets(command))
        for source in everywhere(node.page, "[phx-mounted]")
        for command in _commands(source, "phx-mounted")
    )


def _commands(source: Node, attribute: str, depth: int = DEPTH) -> Iterator[Command]:
    for name, args in operations(source, attribute):
        if name != "exec":
            yield Command(name, args, source, "mounted")
        elif depth:
            for each in selected(source, args.get("to")):
                yield from _commands(each, str(args.get("attr")), depth - 1)


def targets(command: Command) -> Sequence[Node]:
    """The elements that a command is run for."""
    try:
        return selected(command.source, command.args.get("to"))
    except SelectorError:  # a browser knows more of them
        return ()


def _key(node: Node) -> Key:
    """As in the morph: its id if it has one, else its place."""
    return ("id", node.id) if node.id else ("at", node.path)


def _is_there(page: Page, key: Key) -> bool:
    kind, value = key
    return bool(page.by_id(str(value))) if kind == "id" else page.node_at(cast("Path", value)) is not None
