"""What a handle is not: a value, a text, a list, or an object of another test kit.

Owns what is said when an element is used as if it were what it describes, and the names that people bring from Playwright,
Selenium, Testing Library, the DOM, Capybara and PhoenixTest, each with what does the same here. Law: a handle is never silently
true or different; only a name that is not there costs anything.
"""

from __future__ import annotations

import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, NoReturn

from liveview_core.errors import LiveViewError, nearest_names
from liveview_core.tracebacks import ours, shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from types import FrameType


class NotAValue(LiveViewError, TypeError):
    """A handle was used as if it were what it describes."""


class NoSuchName(LiveViewError, AttributeError):
    """A handle has no such attribute or method."""


class Handle:
    """Names something that is looked up when it is used; it has no truth, no text and no length of its own."""

    __slots__ = ()

    if not TYPE_CHECKING:  # where types are checked, such uses stay errors of the checker

        def __bool__(self) -> bool:
            raise NotAValue(
                f"{self!r} is neither true nor false: it describes an element, there or not",
                expected="a question about it",
                got="bool(…) of the handle, as in `assert view.element(…)` or `if view.element(…)`",
                cure=".exists says whether it is there, .text what it says",
            )

        def __eq__(self, other: object) -> bool:
            if isinstance(other, (str, bytes, bool, int, float)):
                raise NotAValue(
                    f"{self!r} is never equal to {type(other).__name__} values: it describes an element",
                    expected="another element, or a snapshot",
                    got=repr(other),
                    cure=f".text == {other!r}" if isinstance(other, str) else ".exists, or a number read from .text",
                )
            return NotImplemented

        __hash__ = object.__hash__

        def __contains__(self, part: object) -> bool:
            raise NotAValue(
                f"{self!r} holds no text itself: it describes an element",
                got=f"{part!r} in the handle",
                cure=f"{part!r} in element.text, or in element.render() for its html",
            )

        def __iter__(self) -> NoReturn:
            raise _several(self, "a loop over the handle")

        def __len__(self) -> NoReturn:
            raise _several(self, "len() of the handle")

        def __getitem__(self, key: object) -> NoReturn:
            raise _several(self, f"[{key!r}] of the handle")

        def __getattr__(self, name: str) -> NoReturn:
            return missing(self, name, ELEMENT)


class Named:
    """A part of a world that says, of a name that it has not, what does the same: by `_names`, or the nearest."""

    __slots__ = ()
    _names: ClassVar[Mapping[str, str]] = MappingProxyType({})
    _called: ClassVar[str | None] = None

    if not TYPE_CHECKING:  # where types are checked, a name that is not there stays an error

        def __getattr__(self, name: str) -> NoReturn:
            missing(self, name, self._names, self._called)


def _several(handle: Handle, got: str) -> NotAValue:
    return NotAValue(
        f"{handle!r} is one element, not a list of them",
        expected="exactly one element is meant",
        got=got,
        cure="view.assert_has(selector, count=3) counts; view.element(the list).node.elements() are the children of one; "
        "element.attributes['href'] is an attribute",
    )


def missing(
    handle: object, name: str, cures: Mapping[str, str], what: str | None = None, inner: Collection[str] = ()
) -> NoReturn:
    """Say what does what an attribute of that name would. Always raises an AttributeError.

    `inner` are names that only our own rooms use: nobody is sent there.
    """
    kind = type(handle)
    if hasattr(kind, name):  # a property that raised an AttributeError of its own: that is what must be seen
        object.__getattribute__(handle, name)
    if name.startswith("_"):
        raise AttributeError(f"{kind.__name__!r} object has no attribute {name!r}", name=name, obj=handle)
    if (asker := _our_function()) is not None:
        others = {
            "Page": "page.view or page.sim",
            "View": "view.sim, or a page: sim.page(…)",
            "Simulation": "sim.page(…)",
        }
        other = others.get(kind.__name__)
        raise shorten(
            NoSuchName(
                f"{asker} takes another kind of handle than a {kind.__name__}",
                got=repr(handle),
                cure=f"what is meant may be {other}" if other else None,
            )
        )
    cure = cures.get(name) or cures.get(name.lower().replace("_", ""))
    known = [each for each in dir(kind) if not each.startswith("_") and each not in inner]
    near = () if cure else _same_letters(name, known) or nearest_names(name, known)
    raise shorten(
        NoSuchName(
            f"{what or kind.__name__} has no {name!r}",
            cure=cure or (f"take {near[0]!r}" if near else f"it has: {', '.join(known)}"),
            nearest=near,
        )
    )


def _our_function() -> str | None:
    """The function of ours that asked for the name, as the author calls it; None where the author's own line did."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_code.co_name in ("missing", "name", "__getattr__"):
        frame = frame.f_back
    if frame is None or not ours(frame):
        return None
    while frame.f_back is not None and ours(frame.f_back):
        frame = frame.f_back
    return frame.f_code.co_name


def _same_letters(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The name that differs in its spelling alone, as `toBeVisible` does."""
    letters = name.lower().replace("_", "")
    return tuple(each for each in known if each.replace("_", "") == letters)


def spelled_alike(*rows: tuple[str, str]) -> dict[str, str]:
    """Names without their underscores too: `getByText` is `get_by_text`."""
    found: dict[str, str] = {}
    for names, cure in rows:
        for name in names.split():
            found[name] = cure
            found[name.lower().replace("_", "")] = cure
    return found


_FILL = "view.form('#form', {'name': 'value'}).render_change(), or .render_submit()"
_INSIDE = "view.element('#parent child', 'its text'): one selector says where and what"
_BY_TEXT = "view.element('button', 'Save'): a selector, and the text that it must have"
_BY_NAME = (
    "view.form('#form', {'email': 'a@b.c'}): fields go by their names; view.element('[name=email]') is the element"
)
_WAIT = (
    "nothing is waited for: view.sim.clock.advance(seconds) lets time pass, then ask: view.has_element(selector, text)"
)
_JS = "no JavaScript runs here: render_hook(event, params) is what a client hook pushes"
_SHOW = "print(view.render()), or view.open_browser() to look at it"
_KEY = "render_keydown({'key': 'Enter'})"

_BOTH = (
    (
        "wait wait_for wait_until wait_for_selector wait_for_timeout wait_for_element wait_for_load_state sleep expect",
        _WAIT,
    ),
    ("evaluate execute_script run_js eval_on_selector exec_js trigger_handler", _JS),
    ("screenshot pprint print show dump inspect prettify pretty", _SHOW),
    ("hover mouseover drag drag_to drag_and_drop scroll scroll_into_view mouse", _JS),
    (
        "set_input_files attach_file upload upload_file set_files select_file",
        "view.file_input('#form', 'name', [{'name': 'a.txt', 'content': b'…'}]).render_upload('a.txt')",
    ),
    ("fill fill_in type press_sequentially input enter_text set_value set clear send_keys fill_form change", _FILL),
    (
        "check uncheck set_checked choose select select_option select_from tick",
        "view.form('#form', {'agree': True, 'size': 'L'}).render_change()",
    ),
)

ELEMENT = spelled_alike(
    ("click dblclick double_click tap left_click click_button click_link follow press_button", "render_click()"),
    ("submit request_submit", "render_submit(), of view.form(selector, {'name': 'value'})"),
    ("focus", "render_focus()"),
    ("blur unfocus", "render_blur()"),
    ("press key keydown key_down press_key", _KEY),
    ("keyup key_up", "render_keyup({'key': 'Enter'})"),
    (
        "dispatch_event trigger fire_event emit",
        "render_click() and its kin; render_hook(event, params) is what a client hook pushes",
    ),
    ("text_content inner_text get_text all_text texts all_text_contents own_text string strip content_text", ".text"),
    ("html inner_html outer_html to_html content markup innerHTML outerHTML", ".render(), its own tags included"),
    (
        "get_attribute attr attrib attribute get has_attribute get_property attrs dataset prop href id",
        ".attributes['href'], .attributes.get('data-id')",
    ),
    (
        "value input_value val get_value",
        ".attributes.get('value'): what the server rendered; what is typed is in the form's next event",
    ),
    ("class_list classes class_name has_class to_have_class", "'active' in .attributes.get('class', '').split()"),
    ("tag tag_name node_name name", ".node.tag"),
    (
        "is_visible is_present is_displayed visible present exist is_attached displayed is_hidden",
        ".exists; an element that a user cannot see refuses to be used, and says why",
    ),
    (
        "is_enabled is_disabled disabled enabled is_checked checked selected is_selected is_editable",
        "'disabled' in .attributes",
    ),
    (
        "count all first last nth size length len elements all_elements",
        "one element is meant: view.assert_has(selector, count=3) counts; .node.elements() are its children",
    ),
    (
        "find find_all find_element find_elements query_selector query_selector_all select_one css "
        "xpath locator within closest parent children filter child get_child element has_element",
        _INSIDE,
    ),
    (
        "has_text have_text to_have_text should_have_text assert_text contains includes should to_contain_text text_is",
        "'milk' in .text, or view.assert_has(selector, 'milk')",
    ),
    ("assert_exists should_exist to_be_visible is_there", "view.assert_has(selector, text)"),
    ("render_patch navigate goto visit", "render_click() on a link; view.render_patch(path), view.live_redirect(path)"),
    ("get_by_text get_by_role get_by_title get_by_alt_text find_by_text find_by_role query_by_text by_text", _BY_TEXT),
    ("get_by_label get_by_placeholder get_by_display_value find_by_name get_by_name", _BY_NAME),
    (
        "get_by_test_id get_by_id find_by_id get_element_by_id by_id",
        "view.element('#id'), view.element('[data-testid=id]')",
    ),
    ("debug", _SHOW),
    *_BOTH,
)

VIEW = spelled_alike(
    (
        "find_by_text find_by_role query_by_text by_text getByText getByRole getByTitle getByAltText",
        "view.get_by_role('button', name='Save'), view.get_by_text('Save'), view.element('button', 'Save')",
    ),
    (
        "get_by_display_value find_by_name get_by_name getByLabel getByPlaceholder",
        "view.get_by_label('Email'), view.form('#form', {'email': 'a@b.c'})",
    ),
    (
        "get_by_id find_by_id get_element_by_id by_id getByTestId",
        "view.element('#id'), view.locator('#id'), view.get_by_test_id('id')",
    ),
    (
        "click click_button click_link tap press_button follow",
        "view.element('button', 'Save').render_click(), or view.render_click('event', {…}) by its name",
    ),
    ("submit submit_button", "view.form('#form', {'name': 'value'}).render_submit()"),
    (
        "press keydown press_key keyboard",
        "view.element(selector).render_keydown({'key': 'Enter'}), or view.render_keydown('event', {'key': 'Enter'})",
    ),
    (
        "query_selector query_selector_all find find_all find_element find_elements select_one css "
        "xpath get_element query all within",
        "view.element('#parent child', 'its text') is one element; view.has_element(…) whether there "
        "is one; view.assert_has(…, count=3) how many",
    ),
    ("text text_content inner_text get_text body", "view.element('main').text, or 'milk' in view.render()"),
    (
        "content source page_source inner_html outer_html markup response rendered",
        "view.html: what is in the container; view.document: the whole document",
    ),
    ("title get_title", "view.page_title"),
    ("path current_path current_url location uri", "view.url"),
    (
        "goto visit go navigate open get get_page reload refresh go_to",
        "view.sim.live('/path') opens a page; view.live_redirect(path), view.render_patch(path) go on from here",
    ),
    ("back forward", "view.go_back() and view.go_forward()"),
    (
        "handle_event push_event trigger fire_event dispatch_event emit push hook",
        "view.render_click('event', {…}) and its kin; view.render_hook('event', {…}) is what a client hook pushes",
    ),
    ("handle_info send_message send_info put_message tell", "view.send(message)"),
    ("handle_call", "view.call(message)"),
    ("handle_cast", "view.cast(message)"),
    ("state data get_assign assign get_assigns", "view.assigns"),
    (
        "has_text contains see should_see to_contain_text assert_text assert_contains assert_see have_text",
        "view.assert_has('main', 'milk'), or assert 'milk' in view.render()",
    ),
    (
        "assert_element assert_has_element assert_exists should_exist exists have_element",
        "view.assert_has(selector, text)",
    ),
    (
        "refute_element refute_has_element assert_no_element assert_missing assert_not_has dont_see",
        "view.refute_has(selector, text)",
    ),
    ("assert_patched", "view.assert_patch(to)"),
    ("assert_redirected assert_navigate", "view.assert_redirect(to)"),
    ("clock advance tick travel", "view.sim.clock.advance(seconds)"),
    ("tasks", "view.sim.tasks"),
    ("broadcast", "view.sim.broadcast(topic, message)"),
    ("store", "view.sim.store"),
    ("close unmount stop disconnect kill", "view.drop() loses the connection; view.rejoin() joins again"),
    ("reconnect connect", "view.rejoin()"),
    (
        "frames messages sent log events diffs network",
        "view.wire: every frame; view.assert_push_event(event) for pushed ones",
    ),
    ("choose_file", "view.file_input(form_selector, name, files)"),
    *_BOTH,
)

SIMULATION = spelled_alike(
    (
        "mount visit open goto get connect render new_page start_view session browser",
        "sim.live('/path'), or sim.live(View)",
    ),
    (
        "advance tick sleep travel freeze wait wait_for_timeout advance_time move_to pass_seconds",
        "sim.clock.advance(seconds)",
    ),
    ("now time", "sim.clock.now"),
    ("publish pubsub notify send emit", "sim.broadcast(topic, message), or view.send(message)"),
    (
        "flush drain run_until_idle run run_pending wait_until_idle",
        "sim.settle(); time passes in sim.clock.advance(seconds)",
    ),
    ("copy clone snapshot deepcopy", "sim.fork()"),
    ("log messages events wire", "sim.history, or view.wire"),
)

HTML = spelled_alike(
    ("text text_content inner_text get_text body", "view.element(selector).text; str(html) is the html as text"),
    (
        "select select_one query_selector query_selector_all css xpath find_all element has_element "
        "elements attributes click",
        "html is text: ask the view, view.element(selector, text), view.has_element(selector, text)",
    ),
    ("content decode_contents prettify pretty to_string html inner_html", "str(html)"),
    ("status status_code headers json data cookies", "no HTTP is spoken: view.wire holds what went over the socket"),
)
