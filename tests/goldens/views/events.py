"""Golden `events`: event payloads of every kind and form encoding; the view prints what it receives."""

# ruff: noqa: E501 - the lines of the template are as recorded

from __future__ import annotations

from typing import Any

from liveview_core import JS, LiveView, heex
from tests.goldens.elixir import inspect

__all__ = ["JS", "view"]


class Events(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(log=None)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.assign(log=f"{event} {inspect(params)}")

    render = heex(r"""
    <div>
      <pre>{@log}</pre>
      <button id="v" phx-click="vals" phx-value-a="1" phx-value-b-c="x y" phx-value-d={None} value="btnval">v</button>
      <button id="jsv" phx-click={JS.push("jsvals", value={"x": 1, "nested": {"y": [1, 2]}})} phx-value-z="9">j</button>
      <button id="two" phx-click={JS.push("first").push("second", value={"k": 1})}>t</button>
      <button id="dis" phx-click="never" disabled>d</button>
      <button id="plain">plain</button>
      <button class="dup" phx-click="dup" phx-value-i="1">dup one</button>
      <button class="dup" phx-click="dup" phx-value-i="2">dup two</button>
      <input id="k" phx-keydown="kd" phx-keyup="ku" phx-key="Enter" phx-focus="fo" phx-blur="bl" phx-value-q="1" name="q" value="cur" />
      <div id="w" phx-window-keydown="wkd"></div>
      <a id="href" href="/elsewhere">h</a>
      <a id="nohref">n</a>
      <div id="hook" phx-hook="H"></div>
      <form id="f" phx-change="ch" phx-submit="su">
        <input type="text" name="a" value="1" />
        <input type="text" name="dis" value="no" disabled />
        <input type="hidden" name="h" value="hid" />
        <input type="checkbox" name="c[]" value="1" checked /><input type="checkbox" name="c[]" value="2" /><input type="checkbox" name="c[]" value="3" checked />
        <input type="radio" name="r" value="x" /><input type="radio" name="r" value="y" checked />
        <select name="s"><option value="1">1</option><option value="2" selected>2</option></select>
        <select name="m[]" multiple><option value="1" selected>1</option><option value="2" selected>2</option><option value="3">3</option></select>
        <textarea name="t">
    text</textarea>
        <input type="date" name="date" value="2020-01-02" />
        <input type="number" name="num" value="" />
        <input name="deep[a][b]" value="dv" /><input name="deep[l][]" value="l1" /><input name="deep[l][]" value="l2" />
        <fieldset disabled><input name="infs" value="no" /></fieldset>
        <button type="submit" name="go" value="yes">Go</button>
      </form>
    </div>
    """)


view = Events
