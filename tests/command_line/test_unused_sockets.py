"""`unused_sockets`: sockets that nobody reads any more, in every shape that a function has."""

from __future__ import annotations

import ast
import textwrap

import pytest

from liveview_testing.command_line.unused_sockets import thrown_away


def told(body: str, arguments: str = "event, params, socket") -> list[str]:
    """What is told of the body of a callback, each as its line and its text."""
    source = f"def handle_event(self, {arguments}):\n{textwrap.indent(textwrap.dedent(body).strip(), '    ')}"
    return [f"{line}: {text}" for line, _, _, text in thrown_away(ast.parse(source))]


def test_a_name_that_is_only_declared_keeps_nothing() -> None:
    assert told("new: Socket\nnew = socket.assign(a=1)\nreturn new") == []
    assert len(told("new: Socket\nsocket.assign(a=1)\nreturn socket")) == 1


def test_the_texts() -> None:
    """The three things that can happen to it, in full."""
    assert told("socket.assign(a=1)\nreturn socket") == [
        "2: what socket.assign(…) gives is thrown away: a socket is never changed\n"
        "  cure: socket = socket.assign(…), and return socket at the end"
    ]
    assert told("new = socket.assign(a=1).put_flash('info', 'x')\nreturn socket") == [
        "2: what socket.put_flash(…) gives is put into 'new', which is not read after that: a socket is never changed\n"
        "  cure: return new, or write socket = socket.put_flash(…)"
    ]
    assert told("for row in params:\n    new = socket.stream_insert('rows', row)\nreturn new") == [
        "3: what socket.stream_insert(…) gives is lost in the next round, which begins with 'socket' again:"
        " a socket is never changed\n"
        "  cure: socket = socket.stream_insert(…) in the loop, and go on with socket"
    ]
    assert told("socket.consume_uploaded_entries('a', f)\nreturn socket") == [
        "2: what socket.consume_uploaded_entries(…) gives is thrown away: a socket is never changed\n"
        "  cure: socket, … = socket.consume_uploaded_entries(…), and return socket at the end"
    ]


@pytest.mark.parametrize(
    ("line", "body"),
    [
        (3, "if event:\n    new = socket.assign(a=1)\nreturn socket"),
        (4, "match event:\n    case 'a':\n        new = socket.assign(a=1)\n    case _:\n        pass\nreturn socket"),
        (3, "for row in params:\n    socket.stream_insert('rows', row)\nreturn socket"),
        (3, "while event:\n    new = socket.assign(a=1)\nreturn socket"),
        (2, "new = socket.assign(a=1)\nnew = socket.assign(b=1)\nreturn new"),
        (2, "socket.assign(a=1) if event else None\nreturn socket"),
        (2, "event and socket.assign(a=1)\nreturn socket"),
        (2, "[socket.stream_insert('rows', row) for row in params]\nreturn socket"),
        (2, "_ = socket.assign(a=1)\nreturn socket"),
        (2, "_, files = socket.consume_uploaded_entries('a', f)\nreturn socket.assign(files=files)"),
        (2, "new, n = socket.assign(a=1), 3\nreturn socket.assign(n=n)"),
        (2, "new = socket.assign(a=1) if event else socket\nreturn socket"),
        (3, "try:\n    new = socket.assign(a=1)\nexcept ValueError:\n    return socket\nreturn socket"),
        (3, "with lock:\n    socket.push_event('a')\nreturn socket"),
        (2, "socket.pipe(load)\nreturn socket"),
        (2, "new: Socket = socket.assign(a=1)\nreturn socket"),
        (3, "other = socket\nother.assign(a=1)\nreturn other"),
        (2, "socket = socket.assign(a=1)"),
        (3, "for row in params:\n    new = socket.assign(row=row)\n    continue\nreturn socket"),
    ],
)
def test_found(line: int, body: str) -> None:
    """In one place, at its line."""
    assert [each.partition(":")[0] for each in told(body)] == [str(line)]


@pytest.mark.parametrize(
    "body",
    [
        "socket = socket.assign(a=1)\nreturn socket",
        "new = socket.assign(a=1)\nreturn new if event else socket",
        "for row in params:\n    socket = socket.assign(row=row)\nreturn socket",
        "for row in params:\n    if row:\n        new = socket.assign(row=row)\n        break\nelse:\n    new = socket\nreturn new",
        "new = None\nfor row in params:\n    new = new or socket.assign(row=row)\nreturn new",
        "new = socket.assign(a=1)\ndef later():\n    return new\nreturn socket.start_async('a', later)",
        "new = socket.assign(a=1)\nreturn socket.start_async('a', lambda: new)",
        "try:\n    socket = socket.assign(a=1)\n    check()\nexcept ValueError:\n    return socket\nreturn socket.assign(b=1)",
        "try:\n    socket = socket.assign(a=1)\nfinally:\n    log(socket)",
        "while True:\n    socket = socket.assign(a=1)\n    if event:\n        return socket",
        "socket = socket.assign(a=1)\nraise Wrong(socket)",
        "socket = socket.assign(a=1)\nraise Wrong",
        "match event:\n    case 'a':\n        socket = socket.assign(a=1)\n    case _:\n        return socket\nreturn socket",
        "socket = socket.assign(a=1)\nyield socket",
        "return Reply(socket.assign(a=1), {})",
        "for row in params:\n    socket = socket.assign(a=1)\n    if row:\n        continue\n    socket = f(socket)\nreturn socket",
        "global new\nnew = socket.assign(a=1)\nreturn socket",
        "with pytest.raises(BadOption):\n    socket.assign(1)\nreturn socket",
        "with self.assertRaises(BadOption) as raised, other:\n    new = socket.assign(1)\nreturn socket",
        "store.assign(a=1)\nnew = store.assign(a=1)\nreturn socket",
        "socket.assigns\nreturn socket",
    ],
)
def test_passed_over(body: str) -> None:
    """What some way through the function reads, or may read; and what is no socket."""
    assert told(body) == []


def test_helpers() -> None:
    """Functions and methods of the module that give sockets are as the socket's own; what is called twice so is nobody's."""
    source = """
class Page(LiveView):
    def mount(self, params, session, socket):
        self.load(socket)
        new = loaded(socket)
        self.twice(socket)
        self.log(socket)
        return socket

    def load(self, socket):
        return loaded(socket)

    def twice(self, socket):
        return socket

    def log(self, socket):
        return None


class Other(LiveView):
    def twice(self, socket):
        return socket


def loaded(socket):
    return socket.assign(a=1)
"""
    assert [(line, text.partition(" gives")[0]) for line, _, _, text in thrown_away(ast.parse(source))] == [
        (4, "what self.load(…)"),
        (5, "what loaded(…)"),
    ]


def test_by_its_type() -> None:
    """A parameter is a socket by its name or by its annotation."""
    assert told("s.assign(a=1)\nreturn s", "event, s: Socket") != []
    assert told("s.assign(a=1)\nreturn s", "event, s: 'liveview_core.Socket'") != []
    assert told("my_socket.assign(a=1)\nreturn my_socket", "event, my_socket") != []
    assert told("s.assign(a=1)\nreturn s", "event, s") == []
    assert told("socket.send(b'x')\nreturn socket", "event") == []
