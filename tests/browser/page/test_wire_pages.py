"""Laws of the browser, held to on random pages: whatever is remembered, skipped or short cut, the answer is the plain one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from liveview_testing.browser.bindings import payloads
from liveview_testing.browser.bindings.actions import Send
from liveview_testing.browser.bindings.fast_click import aimed_click, fast_click
from liveview_testing.browser.page.finding.problems import problems
from liveview_testing.browser.page.finding.select import find, one
from liveview_testing.browser.page.finding.selector_reader import plan
from liveview_testing.browser.page.finding.selectors import Looking
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page, Patched
from liveview_testing.browser.page.tree.subtrees import is_row
from liveview_testing.browser.page.tree.tree import Row, WireError
from tests.browser.page.tree.test_fast_patch import agree
from tests.browser.page.wire_pages import IDS, Wire

SELECTORS = (
    *(
        "#a",
        "#b",
        "#x-1",
        "#items",
        "b",
        ".own",
        "b.own",
        "#a button",
        "#a .own",
        "#nav button",
        "button",
        "#btn",
        "button#btn",
    ),
    *("[data-phx-component]", "[data-phx-stream]", "[data-phx-stream] b", ":not(b)", "p, .own", "#items li", "#i-1"),
    *(
        "#i-1 button",
        "#i-1 b",
        "#x-1 b",
        "#x-1 button",
        "li:first-child",
        "[hidden]",
        "div.late",
        'div[class="a"]',
        "#ig i",
    ),
    *(
        "[phx-update]",
        "main:has(b)",
        "ol > li",
        "li + li",
        ":scope > main",
        "[id]",
        "#none",
        "form[phx-change]:not([id])",
    ),
    *(
        "*",
        "#raw",
        "button:disabled",
        "[data-n]",
        "section b",
        "#b b",
        "#b li",
        "span",
        ":is([data-phx-stream], .late)",
    ),
)
TEXTS = (("b", "1"), ("li", "2"), ("p", "1"), ("*", "raw"), ("button", "x"))


def steps(seed: int) -> Iterator[tuple[Page | None, Patched]]:
    """Pages and what messages made of them; of a message that breaks the wire format nothing comes, fast_patch neither."""
    wire, random = Wire(seed), Random(seed)
    try:
        patched = Page.join(wire.join())
    except WireError:
        return
    yield None, patched
    for _ in range(8):
        before = patched.page
        if random.random() < 0.5:  # something that is remembered
            for dom_id in random.sample(IDS, 3):
                before.by_id(dom_id)
            before.registry()
        diff = wire.diff(before)
        try:
            patched = before.merge(diff)
        except WireError:
            assert before.patch_briefly(diff) is None
            continue
        brief = before.patch_briefly(diff)
        if brief is not None and brief.tree is not before.tree:
            agree(before, diff)
            if random.random() < 0.7:
                patched = Patched(brief)
        yield before, patched
        if random.random() < 0.3 and patched.gone:
            patched = patched._replace(page=patched.page.drop_components(patched.gone))


def ids(page: Page) -> Counter[str]:
    """How often each DOM id stands on a page."""
    return Counter(node.id for node in page.root.iter() if node.id)


def paths(nodes: list[Node]) -> list[object]:
    return [node.path for node in nodes]


def plainly(page: Page, selector: str, text: str | None = None) -> list[Node]:
    """What matches, of all that there is."""
    looking = Looking(page.root)
    return [
        node
        for node in page.root.iter()
        if any(each.last.matches(node, looking) and each.reaches(node, looking) for each in plan(selector).options)
        and (text is None or text in node.text)
    ]


@given(st.integers(0, 2**32))
@settings(max_examples=max(100, settings().max_examples))
def test_what_is_found(seed: int) -> None:
    """By a selector, by a text, by an id: what a walk over the page finds, which is of templates that the index names."""
    for _, (page, *_) in steps(seed):
        if max(ids(page).values(), default=0) > 1:
            return  # by mistake; what it is then is of no interest
        nodes = list(page.root.iter())
        for selector in SELECTORS:
            assert paths(find(page, selector)) == paths(plainly(page, selector)), selector
        for selector, text in TEXTS:
            assert paths(find(page, selector, text)) == paths(plainly(page, selector, text)), (selector, text)
        for dom_id in filter(None, (*IDS, "i-3", "i-4", "i-5", "raw", "ig", "mode")):
            assert paths(page.by_id(dom_id)) == [node.path for node in nodes if node.id == dom_id], dom_id
        named = {page.templates.root, *page.templates.others}
        for node in nodes:
            assert node.place.node.skeleton in named
            assert page.templates.raw or node.place.shape is node.place.node.skeleton


@given(st.integers(0, 2**32))
def test_what_is_clicked(seed: int) -> None:
    """An aim answers for the one element that matches, and a click that is a fact of its template is what `payloads` says."""
    for _, (page, *_) in steps(seed):
        for selector in SELECTORS:
            aimed = aimed_click(page, selector)
            assert aimed is None or payloads.click(one(page, selector)) == (Send(aimed),), selector
        for node in page.root.iter():
            fast = fast_click(node)
            assert fast is None or payloads.click(node) == (Send(fast),), node


@given(st.integers(0, 2**32))
def test_what_stands_twice(seed: int) -> None:
    """Is said when it comes, and nothing else is."""
    for before, (page, _, _, _, _, _, brought) in steps(seed):
        said = {problem.about for problem in problems(before, page, brought) if problem.check == "duplicate id"}
        now = ids(page)
        assert all(now[dom_id] > 1 for dom_id in said)
        if before is not None and max(ids(before).values(), default=0) > 1:
            return
        items = [node for node in page.root.iter() if isinstance(node.place.node, Row)]
        homeless = {node.id for node in items if not is_row(node.place.node)}  # a stream that is in no container
        if not said:
            assert [dom_id for dom_id, times in now.items() if times > 1 and dom_id not in homeless] == []
