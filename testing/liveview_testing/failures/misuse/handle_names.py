"""Names that people bring to an element, a view, a world or its html from elsewhere, each with what does the same here.

Owns the tables. They are Playwright's, Selenium's, Testing Library's, the DOM's, Capybara's and PhoenixTest's. Law: a cure that is
said does what was meant; where nothing does, nothing is said here.
"""

from __future__ import annotations


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
    ("debug open_browser", _SHOW),
    ("sim page", ".view.sim, .view.page"),
    ("render_upload", "view.file_input('#form', 'name', [{'name': 'a.txt', 'content': b'…'}]).render_upload('a.txt')"),
    ("siblings next previous next_sibling", _INSIDE),
    (
        "title role label style src data text_contents",
        ".attributes.get('title'), .attributes.get('data-id'); what a person hears of it: view.locator(selector).role()",
    ),
    ("inner outer", ".render(), its own tags included"),
    ("option", "view.form('#form', {'size': 'L'}).render_change()"),
    ("bounding_box", "there is no layout: nothing has a place or a size"),
    *_BOTH,
)

VIEW = spelled_alike(
    (
        "find_by_text find_by_role query_by_text by_text getByText getByRole getByTitle getByAltText",
        "view.get_by_role('button', name='Save'), view.get_by_text('Save'), view.element('button', 'Save')",
    ),
    (
        "get_all_by_role query_by_role query_all_by_role find_all_by_role get_all_by_text query_all_by_text find_all_by_text "
        "screen rtl user user_event",
        "view.get_by_role('listitem') means all of them until it is used: .count(), .all(), .first; there or not: .count() == 0",
    ),
    (
        "get_by_label_text query_by_label_text find_by_label_text get_by_placeholder_text query_by_placeholder_text",
        "view.get_by_label('Email'), view.get_by_placeholder('Email')",
    ),
    ("query_by_test_id find_by_test_id", "view.get_by_test_id('id')"),
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
    (
        "assert_path current_path_is has_path assert_url",
        "assert view.url == '/path'; a patch: view.assert_patch(to), a redirect: view.assert_redirect(to)",
    ),
    (
        "refute_path",
        "assert view.url != '/path'; no patch: view.refute_patched(), no redirect: view.refute_redirected()",
    ),
    ("unwrap", "it is not wrapped: view.element(…), view.form(…) are LiveViewTest's own, view.sim is the world"),
    (
        "rerender render_update update",
        "a page is rendered when its assigns change: act, or view.send(message); view.html is it now",
    ),
    ("container base_element as_fragment", "view.html, or view.element(selector).render()"),
    ("settle", "view.sim.settle()"),
    ("act", "every act is one: what follows from it has happened when it returns"),
    (
        "set_state set_assign put_assign set_assigns",
        "assigns are the view's own: act as a user does, or view.send(message)",
    ),
    (
        "subscribe",
        "a view subscribes itself, in mount: socket.subscribe(topic); a test sends: view.sim.broadcast(topic, message)",
    ),
    ("session cookies put_session init_test_session", "sim.live(View, session={'user': 1}) opens a page with it"),
    ("flash_message flash_messages get_flash", "view.flash['info'], view.flash.get('info')"),
    ("history", "view.sim.history, view.wire; of the browser: view.go_back(), view.go_forward()"),
    (
        "errors logs console warnings",
        "view.page.notes: what the browser swallowed; view.crash, what its process died of",
    ),
    ("tab context browser_context", "view.page is its tab"),
    ("has_css", "view.has_element(selector, text)"),
    ("assert_push", "view.assert_push_event(event, payload)"),
    ("refute_push", "view.refute_push_event(event)"),
    (
        "wait_for_url expect_navigation wait_for_navigation",
        "view.assert_redirect(to), view.assert_patch(to)",
    ),
    ("params query_params", "view.url; what mount got of it is in view.assigns, if it was assigned"),
    ("put_connect_params", "live(View, connect_params={…})"),
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
    ("log messages events wire frames", "sim.history, or view.wire"),
    (
        "new_context launch start_browser",
        "sim.page('/path') is a tab of a browser of its own; sim.page(…, name='Ann') says whose",
    ),
    ("cookies put_session", "sim.live(View, session={'user': 1}), sim.page(View, session={'user': 1})"),
    (
        "network disconnect reconnect offline",
        "of one page: page.network.drop(), page.network.restore(); view.drop(), view.rejoin()",
    ),
    ("users browsers processes", "what a test opened it holds: ann = sim.page('/a', name='Ann')"),
    (
        "subscribe",
        "a view subscribes itself, in mount: socket.subscribe(topic); a test sends: sim.broadcast(topic, message)",
    ),
    ("freeze_time", "it stands still already: only sim.clock.advance(seconds) and what waits let it go on"),
    ("save load restore checkpoint", "sim.fork() is the world as it is now; sim.script what was done, as a value"),
    ("kill crash", "Simulation(crashes='restart') lets a process die of its error"),
    ("reset close stop", "a world ends with its test: make another Simulation()"),
    ("logger capture_log", "page.notes, sim.crashes; what views print is pytest's capsys"),
    ("seed", "Simulation(seed=1)"),
    ("click find", "ask a page of it: page = sim.page('/path'), page.get_by_role('button').click()"),
)

HTML = spelled_alike(
    ("text text_content inner_text get_text body", "view.element(selector).text; str(html) is the html as text"),
    (
        "select select_one query_selector query_selector_all css xpath find_all element has_element "
        "elements attributes click",
        "html is text: ask the view, view.element(selector, text), view.has_element(selector, text)",
    ),
    ("contains has includes attrs", "'milk' in html; for an element ask the view: view.element(selector).attributes"),
    ("content decode_contents prettify pretty to_string html inner_html", "str(html)"),
    ("status status_code headers json data cookies", "no HTTP is spoken: view.wire holds what went over the socket"),
)
