"""Names that people bring to a page, a locator or an expectation from elsewhere, each with what does the same here.

Owns the tables. They are Testing Library's, jest-dom's, Selenium's, and those of Playwright's own that take a selector. Law: a cure
that is said does what was meant; where nothing does, nothing is said here.
"""

from __future__ import annotations

from collections.abc import Mapping

from liveview_testing.failures.misuse.handle_names import spelled_alike

_FIND = "page.get_by_role('button', name='Save'), page.get_by_label('Name'), or page.locator('css') if it must be"

PAGE_NAMES: Mapping[str, str] = spelled_alike(
    (
        "click dblclick tap hover press_button click_button click_link",
        "page.get_by_role('button', name='Save').click()",
    ),
    ("fill type fill_in enter_text", "page.get_by_label('Name').fill('Ann')"),
    ("press send_keys", "page.keyboard.press('Enter'), or page.get_by_label('Name').press('Enter')"),
    ("check uncheck set_checked choose", "page.get_by_label('Mails').check()"),
    ("select_option select", "page.get_by_label('Colour').select_option('red')"),
    ("set_input_files upload attach_file", "page.get_by_label('Picture').set_input_files('me.png')"),
    ("drag_and_drop", "page.get_by_text('tea').drag_to(page.get_by_text('shelf'))"),
    ("focus", "page.get_by_label('Name').focus()"),
    (
        "wait_for_selector wait_for wait_until wait_for_element wait find_by_text find_by_role find_by_label",
        "expect(page.get_by_text('saved')).to_be_visible() waits, in simulated time",
    ),
    (
        "query_selector query_selector_all find find_all find_element find_elements query_by_role query_by_text css within",
        _FIND,
    ),
    ("get_by_id find_by_id get_element_by_id", "page.locator('#id'); by what it is called: page.get_by_role(…)"),
    ("text_content inner_text text body", "page.get_by_role('main').inner_text()"),
    ("inner_html html source page_source markup", "page.content()"),
    ("is_visible is_hidden is_checked is_enabled is_disabled", "page.get_by_role('button', name='Save').is_visible()"),
    ("get_attribute input_value", "page.get_by_label('Name').get_attribute('title')"),
    ("assigns state_of get_assigns", "page.view.assigns; a test that looks at what a person sees: expect(locator)"),
    ("wire frames messages sent", "page.view.wire"),
    (
        "send broadcast push render_click render_hook element form has_element assert_has",
        "page.view is the handle that has it",
    ),
    ("advance tick travel sleep", "page.wait_for_timeout(milliseconds), or page.sim.clock.advance(seconds)"),
    ("tasks", "page.sim.tasks"),
    ("store", "page.sim.store"),
    ("close", "a page ends with its world; page.network.drop() cuts it off"),
    ("back", "page.go_back()"),
    ("forward", "page.go_forward()"),
    ("visit go navigate", "page.goto('/path')"),
    ("current_url path current_path", "page.url, or expect(page).to_have_url('/path')"),
    (
        "get_by_label_text query_by_label_text find_by_label_text get_by_placeholder_text",
        "page.get_by_label('Email'), page.get_by_placeholder('Email')",
    ),
    (
        "get_all_by_role query_all_by_role get_all_by_text query_all_by_text find_all_by_role find_all_by_text",
        "page.get_by_role('listitem') means all of them until it is used: .count(), .all(), .first",
    ),
    (
        "has_text has_css refute_has assert_text assert_path",
        "expect(page.get_by_text('milk')).to_be_visible(), expect(page).to_have_url('/path')",
    ),
    (
        "expect_navigation wait_for_navigation expect_request expect_response wait_for_response",
        "what follows from an act has happened: "
        "expect(page).to_have_url('/path'); what went over the wire: page.view.wire",
    ),
    ("flash", "page.view.flash, or what a person sees: expect(page.get_by_role('alert')).to_have_text('…')"),
    ("page_title", "page.title(), or expect(page).to_have_title('…')"),
    ("settle", "page.sim.settle()"),
    ("live", "page.sim.live('/path')"),
    ("cookies local_storage session", "sim.page(View, session={'user': 1}) opens a page with it"),
    (
        "dispatch_event eval_on_selector",
        "no JavaScript runs here: page.view.render_hook(event, params) is what a client hook pushes",
    ),
    ("save_screenshot", "print(page.aria_snapshot()), page.debug()"),
    ("set_offline", "page.context.set_offline(True), or page.network.drop()"),
)

LOCATOR_NAMES: Mapping[str, str] = spelled_alike(
    ("text get_text text_is own_text", ".inner_text(), or expect(locator).to_have_text('…')"),
    ("value input val get_value", ".input_value(), or expect(locator).to_have_value('…')"),
    ("html outer_html markup render", ".inner_html()"),
    (
        "attributes attrs attr get dataset props",
        ".get_attribute('href'), or expect(locator).to_have_attribute('href', '…')",
    ),
    ("exists exist is_present present is_attached", "expect(locator).to_be_attached(), or .count()"),
    ("name", ".accessible_name()"),
    ("length len size", ".count(), or expect(locator).to_have_count(3)"),
    ("render_click submit tap left_click click_button", ".click()"),
    ("render_submit", "click the button that submits, or .press('Enter') in a field"),
    ("render_change enter_text send_keys fill_in set_value", ".fill('…')"),
    ("select choose", ".select_option('red'); a radio: .check()"),
    ("upload attach_file", ".set_input_files('me.png')"),
    ("find find_all query_selector children", ".get_by_role(…), .get_by_text(…), .locator('css') look inside of it"),
    ("closest", ".locator('..'); from outside: page.get_by_role('listitem').filter(has=locator)"),
    ("siblings next_sibling", ".locator('..') and then inside of it"),
    ("nth_child", ".nth(0)"),
    (
        "tag tag_name node_name class_name id css style has_class get_property class_list",
        ".get_attribute('class'); expect(locator).to_have_class('on'), .to_have_id('a'), .to_have_role('button')",
    ),
    (
        "assert_has to_be_visible to_have_text to_be_checked expect element",
        "expect(locator).to_be_visible(), expect(locator).to_have_text('…')",
    ),
    ("count_is", "expect(locator).to_have_count(3)"),
    ("parent", ".locator('..')"),
    ("eq get_nth at", ".nth(0)"),
    ("has_text contains", ".filter(has_text='tea'), or expect(locator).to_contain_text('tea')"),
    ("should should_have_text assert_text", "expect(locator).to_have_text('…')"),
    ("key_down keydown keyboard", ".press('Enter')"),
    ("wait_until wait_for_element wait", "expect(locator).to_be_visible() waits, in simulated time"),
)

_NOT = "expect(…).not_to_be_visible(): each assertion has its not_to_…"

EXPECTATION_NAMES: Mapping[str, str] = spelled_alike(
    ("not not_ never", _NOT),
    ("to_be_in_the_document to_exist to_be_present", ".to_be_attached(), or what a person sees: .to_be_visible()"),
    ("to_have_text_content to_match_text to_equal_text", ".to_have_text('…'), or .to_contain_text('…') for a part"),
    ("to_have_focus", ".to_be_focused()"),
    (
        "to_be_true to_be_false to_be_falsy to_throw to_have_been_called to_have_been_called_with to_be_defined",
        "a value is asserted by itself: assert locator.inner_text() == '…'",
    ),
    (
        "to_have_html to_contain_html to_have_inner_html",
        "a value is asserted by itself: assert locator.inner_html() == '…'",
    ),
    ("to_be_required to_have_attr", ".to_have_attribute('required', '')"),
    (
        "to_be_invalid to_be_valid to_have_errors",
        ".to_have_attribute('aria-invalid', 'true'), .to_have_accessible_error_message('…')",
    ),
    ("to_have_form_values", "each field by itself: expect(page.get_by_label('Name')).to_have_value('…')"),
    ("to_have_screenshot to_pass", ".to_match_aria_snapshot('- heading \"Tea\"')"),
    ("to_have_style", ".to_have_class('on'), or .to_be_visible(): there is no layout"),
    ("to_have_property", "what can be asked: .to_have_value('…'), .to_be_checked(), .to_have_attribute('href', '…')"),
    ("text", ".to_have_text('…')"),
    ("to_have_length", ".to_have_count(3)"),
    ("to_have_display_value", ".to_have_value('…')"),
    ("to_have_error_message", ".to_have_accessible_error_message('…')"),
    ("to_have_description", ".to_have_accessible_description('…')"),
    (
        "to_be to_equal to_contain to_match to_be_truthy to_be_none to_be_null",
        "a value is asserted by itself: assert locator.inner_text() == '…'",
    ),
    (
        "to_match_snapshot to_match_inline_snapshot",
        ".to_match_aria_snapshot('- heading \"Tea\"'), or the fixture aria_snapshot",
    ),
    ("resolves rejects", "nothing is awaited: what follows from an act has happened when it returns"),
)
