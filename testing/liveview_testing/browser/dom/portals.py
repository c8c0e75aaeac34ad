"""Portals: what stands in a template and is to be seen elsewhere.

Owns `teleport`, which a patch ends with: the element in each `<template data-phx-portal="…">` that the patch came to stands in the
first element that the selector means, behind what else was put there. It is the element of its page all the same: only what is
around it is another.

Law: a document without portals is asked for nothing but whether its page has such templates.
"""  # PA-30, PA-31, PA-32

from __future__ import annotations

from attrs import evolve

from liveview_testing.browser.dom.document import Document, Portals
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.node import DomNode, portal_root, root
from liveview_testing.browser.dom.patching.node_matching import origin
from liveview_testing.browser.dom.patching.patched_element import visits
from liveview_testing.browser.dom.querying import find
from liveview_testing.browser.page.finding.select import find as find_in_page
from liveview_testing.browser.page.node import Node, PageOfNodes
from liveview_testing.failures.exceptions import SelectorError

ATTRIBUTE = "data-phx-portal"


def teleport(document: Document, view: str, before: PageOfNodes | None, *, whole: bool) -> tuple[Document, str | None]:
    """The document after a patch of `view`, which showed `before`; and what is wrong with a portal, if something is."""
    after = document.page(view)
    templates = find_in_page(after, f"template[{ATTRIBUTE}]")
    if document.portals:
        document = _without_gone(document)
    for node in templates:
        key: Key = (view, 0, node.path)
        if any(document.mark((view, 0, each.path)).held for each in node.ancestors()):
            continue  # it is not there yet
        known = document.mark(key).number in document.teleported
        was = None if before is None else origin(node, before)
        if known and was is not None and before is not None and not visits(was, node, whole=whole):
            continue
        document, number = _numbered(document, key)
        wrong, inside = _problem(node), portal_root(node)
        target = None if wrong is not None else _target(document, node.get(ATTRIBUTE) or "")
        if target is None or inside is None:
            selector = node.get(ATTRIBUTE)
            return document, wrong or f"there is no element {selector!r} to put the content of {_named(node)} into"
        if number in document.teleported and target in DomNode(document, view, 0, inside).ancestors():
            continue  # it is in there already, wherever
        document, there = _numbered(document, target.key)
        document = _put(document, number, there)
    return document, None


def _problem(node: Node) -> str | None:
    inside = portal_root(node)
    if not node.id:
        return f"a template with {ATTRIBUTE} has no id"
    return f"{_named(node)} has no element with an id inside" if inside is None or not inside.id else None


def _named(node: Node) -> str:
    return f"<template#{node.id}>"


def _target(document: Document, selector: str) -> DomNode | None:
    try:
        return next(iter(find(root(document), selector, 1)), None)
    except SelectorError:
        return None


def _numbered(document: Document, key: Key) -> tuple[Document, int]:
    """The document in which an element has a number, and that."""
    mark = document.mark(key)
    if mark.number:
        return document, mark.number
    number = document.numbered + 1
    document = evolve(document, numbered=number, numbers=document.numbers.set(number, key))
    return document.marked(key, evolve(mark, number=number)), number


def _put(document: Document, template: int, target: int) -> Document:
    before = document.teleported.get(template)
    if before == target:
        return document
    portals = document.portals
    if before is not None:
        portals = _taken(portals, before, template)
    portals = portals.set(target, (*portals.get(target, ()), template))
    return evolve(document, portals=portals, teleported=document.teleported.set(template, target))


def _without_gone(document: Document) -> Document:
    """Without the portals whose templates are gone, or what they stood in."""
    for template, target in document.teleported.items():
        if template not in document.numbers or target not in document.numbers:
            portals = _taken(document.portals, target, template)
            document = evolve(document, portals=portals, teleported=document.teleported.delete(template))
    return document


def _taken(portals: Portals, target: int, template: int) -> Portals:
    left = tuple(each for each in portals.get(target, ()) if each != template)
    return portals.set(target, left) if left else portals.delete(target)
